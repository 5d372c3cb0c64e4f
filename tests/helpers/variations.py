"""One selection written in many ways: aliases, order of fields, white space, fragments instead of plain fields."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any


@dataclass(frozen=True)
class FieldSelection:
    """A field of a selection: what it is called in every answer, how it is written, what is asked below it, of which type it is."""

    name: str
    written: str
    of: tuple[FieldSelection, ...] = ()
    on: str = ""


class Writer:
    """Writes a selection in one of its ways."""

    def __init__(self, number: int) -> None:
        self.random = Random(number)  # noqa: S311 - a test that can be run again
        self.names = (f"v{number}" for number in itertools.count())
        self.fragments: list[str] = []

    def operation(self, asked: Sequence[FieldSelection]) -> str:
        """Return a whole operation."""
        body = self.selection(asked, "Query")
        return self.gap().join([f"query {next(self.names)} {body}", *self.fragments])

    def gap(self) -> str:
        return self.random.choice((" ", "\n", "  ", " , ", "\t", "\n# a remark {\n"))

    def selection(self, asked: Sequence[FieldSelection], of: str) -> str:
        order = list(asked)
        self.random.shuffle(order)
        twice = self.random.random() < 0.2
        texts = [self.field(one, of) for one in order]
        return "{" + self.gap() + self.gap().join(texts + (texts[:1] if twice else [])) + self.gap() + "}"

    def field(self, one: FieldSelection, of: str) -> str:
        name = one.written.partition("(")[0].partition(":")[0].strip()
        aliased = self.random.random() < 0.5 or one.name != name
        text = (f"{next(self.names)}__{one.name}:{self.gap()}" if aliased else "") + one.written
        if one.of:
            text += self.gap() + self.selection(one.of, "")
        return self.wrapped(text, one.on or of, must=bool(one.on))

    def wrapped(self, text: str, on: str, *, must: bool) -> str:
        """Return a field as it is, in an inline fragment, or as the spread of a fragment; fields of one type always in one of these."""
        way = self.random.random()
        if not must and (way < 0.5 or not on):
            return text if way < 0.8 else f"... {{{self.gap()}{text}{self.gap()}}}"
        if way < 0.75:
            return f"... on {on}{self.gap()}{{ {text} }}"
        name = next(self.names)
        self.fragments.append(f"fragment {name} on {on} {{{self.gap()}{text} }}")
        return f"...{self.gap() if self.random.random() < 0.5 else ''}{name}"


def written(asked: Sequence[FieldSelection], number: int) -> str:
    """Return the way of that number of writing a selection."""
    return Writer(number).operation(asked)


def without_aliases(value: Any) -> Any:
    """Return an answer under the names of the selection."""
    if isinstance(value, list):
        return [without_aliases(one) for one in value]
    if isinstance(value, dict):
        return {key.rpartition("__")[2] or key: without_aliases(one) for key, one in value.items()}
    return value

"""Random values of any input type of the schema, written as literals, as variables, or as literals with variables inside."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    Undefined,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_non_null_type,
    is_required_input_field,
)

from tests.helpers.random_questions import DAYS, TEXTS, WITHINS

ABSENT = object()
"""Stands for a variable that is not given."""

NUMBERS = (1, 2, 10.5, 12, 100, 1.9, 0, 5)
TEXTS_OF = {
    "country": ("RU", "UA", "XK"),
    "nationality": ("UA", "RU", "PL", "XK"),
    "controlledBy": ("RU", "UA", "XK"),
    "disputedProperty": ("description",),
    "tag": ("teacher", "activist", "'; //", "journalist"),
    "text": ("Iryna", "Ірина", "Приклад", "court", "zoe", "a b"),
}
CUT = {"and", "or", "not", "someEvent", "noEvent", "history", "where"}
"""Fields of filters that hold filters."""


@dataclass
class Pools:
    """What there is to ask for in one graph: ids, sort keys in cursors of earlier answers by their types, what nobody asked for yet."""

    ids: Sequence[str]
    cursors: dict[str, list[list[Any]]] = field(default_factory=lambda: {"ID": [], "DAY": [], "NAME": []})
    wanted: set[str] = field(default_factory=set)


@cache
def held_by(type_: Any) -> frozenset[str]:
    """Return the names of the input types and lists of words that a value of a type can hold, its own among them."""
    found = {}
    edge = [type_]
    while edge:
        one = edge.pop()
        if one.name not in found and isinstance(one, GraphQLInputObjectType | GraphQLEnumType):
            found[one.name] = one
            edge += [get_named_type(each.type) for each in getattr(one, "fields", {}).values()]
    return frozenset(found)


@dataclass
class Variable:
    """A variable: how it is declared, the argument or field that it stands for, that one's type, and its value."""

    declared: str
    of: str
    type: Any
    value: Any


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


class Values:
    """Makes values; ``uses`` counts what was used, so that what was used least comes next.

    Where they are ``is_exact`` no variable is null that has a value.
    """

    def __init__(self, random: Random, pools: Pools, uses: Counter[str]) -> None:
        self.random, self.pools, self.uses = random, pools, uses
        self.variables: dict[str, Variable] = {}
        self.is_exact = False

    def some(self, chance: float) -> bool:
        return self.random.random() < chance

    def one(self, items: Iterable[Any]) -> Any:
        return self.random.choice(list(items))

    def is_wanted(self, type_: Any) -> bool:
        """Tell whether a value of an input type can hold something that nobody asked for yet."""
        return any(one.partition(".")[0] in held_by(get_named_type(type_)) for one in self.pools.wanted)

    def least_used(
        self, options: Iterable[Any], named: Callable[[Any], str], leads: Callable[[Any], bool] = lambda _one: False
    ) -> Any:
        """Return one of these: one that nobody asked for yet or that leads there, else one of those that were used least."""
        options = list(options)
        wanted = [one for one in options if named(one) in self.pools.wanted] or [one for one in options if leads(one)]
        if wanted and self.some(0.8):
            options = wanted
        elif self.some(0.7):
            least = min(self.uses[named(one)] for one in options)
            options = [one for one in options if self.uses[named(one)] == least]
        found = self.random.choice(options)
        self.uses[named(found)] += 1
        return found

    # ── values, as JSON ─────────────────────────────────────────────────────────────────────────────────────────

    def value(self, type_: Any, name: str, deep: int = 2) -> Any:
        """Return a value of a type for an argument or field of that name."""
        if not is_non_null_type(type_) and self.some(0.06):
            return None
        type_ = get_nullable_type(type_)
        if is_list_type(type_):
            return self.listed(type_.of_type, name, deep)
        if isinstance(type_, GraphQLInputObjectType):
            return self.fields(type_, deep)
        if isinstance(type_, GraphQLEnumType):
            return self.least_used(type_.values, lambda word: f"{type_.name}.{word}")
        return self.scalar(type_.name, name)

    def listed(self, inner: Any, name: str, deep: int) -> Any:
        named = get_named_type(inner).name
        if named == "Dimension":
            return list(dict.fromkeys(self.value(inner, name) for _ in range(self.one((1, 1, 2, 3)))))
        if named == "StepInput":
            steps = [self.value(inner, name, deep) for _ in range(self.one((1, 1, 2, 2, 3)))]
            steps[0].pop("within", None)
            return steps
        return [self.value(inner, name, deep) for _ in range(self.one((0, 1, 1, 2, 3)))]

    def fields(self, type_: GraphQLInputObjectType, deep: int) -> dict[str, Any]:
        every = {name: one for name, one in type_.fields.items() if deep > 0 or name not in CUT}
        chosen = {name for name, one in every.items() if is_required_input_field(one)}
        for _ in range(self.one((0, 1, 1, 1, 2))):
            chosen.add(
                self.least_used(
                    every, lambda name: f"{type_.name}.{name}", lambda name: self.is_wanted(every[name].type)
                )
            )
        order = [name for name in every if name in chosen]
        self.random.shuffle(order)
        found = {name: self.value(every[name].type, name, deep - (name in CUT)) for name in order}
        first, last = (found.get(name) for name in ("from", "until"))
        if first and last and first > last:
            found |= {"from": last, "until": first}
        for inner in (one for name in ("and", "or", "not") for one in _listed(found.get(name))):
            inner.pop("occurrence", None)  # refused there
        return found

    def scalar(self, of: str, name: str) -> Any:
        match of:
            case "ID":
                return self.one(self.pools.ids) if self.some(0.9) else self.one(("nobody", "", "a/participants/b", "5"))
            case "Int":
                return self.one((0, 1, 2, 2, 3, 5, 20))
            case "Float":
                return self.one(NUMBERS)
            case "Boolean":
                return self.some(0.5)
            case "Date":
                return self.one(DAYS)
            case "Duration":
                return self.one(WITHINS)
            case _:
                return self.one(TEXTS_OF.get(name, TEXTS))

    def other(self, type_: Any, name: str, value: Any) -> Any:
        """Return another value of the same shape: the texts and ids in it are others."""
        type_ = get_nullable_type(type_)
        match value:
            case list() if is_list_type(type_):
                return [self.other(type_.of_type, name, one) for one in value]
            case dict() if isinstance(type_, GraphQLInputObjectType):
                return {key: self.other(type_.fields[key].type, key, one) for key, one in value.items()}
            case str() if name in {"after", "property"}:
                return value
            case str() if getattr(type_, "name", "") in {"ID", "String"}:
                return self.scalar(type_.name, name)
            case _:
                return value

    # ── how they are written ────────────────────────────────────────────────────────────────────────────────────

    def written(self, type_: Any, name: str, value: Any, *, has_default: bool = False) -> str:
        """Return how a value is written in a document, perhaps by variables."""
        if self.some(0.3):
            return self.variable(type_, name, value, has_default=has_default)
        return self.literal(type_, name, value)

    def literal(self, type_: Any, name: str, value: Any, *, constant: bool = False) -> str:
        inner = get_nullable_type(type_)
        if value is None:
            return "null"
        write = self.literal if constant else self.written
        given = {"constant": True} if constant else {}
        if is_list_type(inner):
            if len(value) == 1 and value[0] is not None and self.some(0.2):
                return write(inner.of_type, name, value[0], **given)
            return "[" + ", ".join(write(inner.of_type, name, one, **given) for one in value) + "]"
        if isinstance(inner, GraphQLInputObjectType):
            parts = []
            for key, one in value.items():
                at = inner.fields[key]
                more = given if constant else {"has_default": at.default_value is not Undefined}
                parts.append(f"{key}: {write(at.type, key, one, **more)}")
            return "{" + ", ".join(parts) + "}"
        if isinstance(inner, GraphQLEnumType):
            return str(value)
        if inner.name == "ID" and value == "5":
            return "5"
        return json.dumps(value, ensure_ascii=self.some(0.2)) if isinstance(value, str) else json.dumps(value)

    def variable(self, type_: Any, name: str, value: Any, *, has_default: bool = False) -> str:
        """Declare a variable for a value and return its use."""
        called = f"v{len(self.variables)}"
        shown = str(type_)
        given = value
        if shown.endswith("!") and has_default and self.some(0.3):
            shown = shown[:-1]
            given = ABSENT if self.some(0.4) and not self.is_exact else value
        elif self.some(0.2):
            shown += f" = {self.literal(type_, name, value, constant=True)}"
            given = ABSENT if self.some(0.6) else value
        elif not is_non_null_type(type_) and name != "orderBy" and not self.is_exact and self.some(0.1):
            given = self.one((None, ABSENT))
        self.variables[called] = Variable(f"${called}: {shown}", name, type_, given)
        return f"${called}"

    def given(self) -> dict[str, Any]:
        """Return the variables of the operation."""
        return {name: one.value for name, one in self.variables.items() if one.value is not ABSENT}

    def others(self) -> dict[str, Any]:
        """Return other variables of the same shape."""
        return {
            name: self.other(one.type, one.of, one.value)
            for name, one in self.variables.items()
            if one.value is not ABSENT
        }

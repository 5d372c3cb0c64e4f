"""JSON Lines: one record a line, with the name of its section under ``section``. Every key and value has its column."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any, Final

from graph_api.errors import Problem
from graph_api.ingest.nodes import (
    NULL,
    SECTIONS,
    Entry,
    MappingNode,
    Node,
    ScalarNode,
    SeedSyntaxError,
    SequenceNode,
    SourcePosition,
    check_depth,
    check_text,
    too_deep,
    unknown_section,
)
from graph_api.values.value_type import shorten

TOKEN: Final = re.compile(r'[{}\[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}\[\],:"]+')
"""The tokens of JSON, in a text that is known to be JSON."""


def read(text: str, file: str) -> Iterator[Entry | Problem]:
    """Yield an entry or a problem for each line that is not blank."""
    if not text.strip():
        yield SourcePosition(file, 1, 1).problem("empty", "Empty file: expected at least one record.")
    texts: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            position = SourcePosition(file, number, 1)
            try:
                yield _entry(_parse(line, position, texts), position)
            except SeedSyntaxError as error:
                yield error.problem


def _entry(node: Node, position: SourcePosition) -> Entry | Problem:
    section = node.values.get("section") if isinstance(node, MappingNode) else None
    if not isinstance(node, MappingNode) or not isinstance(section, ScalarNode):
        found = "Missing section" if isinstance(node, MappingNode) else "Invalid record"
        message = f'{found}: expected a record with "section", one of {", ".join(SECTIONS)}.'
        return position.problem("sections", message)
    if section.text not in SECTIONS:
        return unknown_section(section.text, section.position)
    values = {key: value for key, value in node.values.items() if key != "section"}
    keys = {key: node.keys[key] for key in values}
    if section.text == "withheld" and "id" in values:
        return Entry("withheld", values["id"])
    return Entry(section.text, MappingNode(node.position, values, keys))


def _parse(line: str, position: SourcePosition, texts: dict[str, str]) -> Node:
    """Return the tree of one line, each node at its column; ``texts`` are those of the lines before. Raises SeedSyntaxError."""
    try:
        json.loads(line, parse_constant=partial(_reject_constant, position), parse_int=str, parse_float=str)
    except RecursionError:
        raise too_deep(position) from None
    except json.JSONDecodeError as error:
        at = replace(position, column=error.colno)
        raise SeedSyntaxError(at.problem("syntax", f"Invalid JSON: {error.msg}.")) from None
    return _Tokens(line, position, texts).node(1)


def _reject_constant(position: SourcePosition, constant: str) -> Any:
    raise SeedSyntaxError(position.problem("syntax", f"Invalid JSON: {constant} is not a JSON value."))


class _Tokens:
    """The tokens of a line that is valid JSON, read once from left to right."""

    def __init__(self, line: str, start: SourcePosition, texts: dict[str, str]) -> None:
        self.line, self.start, self.texts = line, start, texts
        self.tokens = TOKEN.finditer(line)
        self.next = next(self.tokens)

    def take(self) -> tuple[str, SourcePosition]:
        """Return the next token and its position."""
        found = self.skip()
        return found[0], SourcePosition(self.start.file, self.start.line, found.start() + 1)

    def skip(self) -> re.Match[str]:
        """Pass the next token, and return it."""
        found = self.next
        self.next = next(self.tokens, found)
        return found

    def text(self, token: str) -> str:
        """Return what a token that is a string says; equal texts of a file are one object."""
        text = json.loads(token) if "\\" in token else token[1:-1]
        return self.texts.setdefault(text, text)

    def node(self, depth: int) -> Node:
        """Return the tree of the value that begins with the next token. Raises SeedSyntaxError."""
        token, position = self.take()
        check_depth(depth, position)
        match token[0]:
            case "{":
                return self._mapping(position, depth)
            case "[":
                return self._sequence(position, depth)
            case '"':
                text = check_text(self.text(token), position)
                return ScalarNode(position, text, plain=text not in NULL)
            case _:
                return ScalarNode(position, token, plain=True)

    def _mapping(self, position: SourcePosition, depth: int) -> MappingNode:
        values: dict[str, Node] = {}
        keys: dict[str, SourcePosition] = {}
        while self.next[0] != "}":
            if self.next[0] == ",":
                self.skip()
                continue
            written, at = self.take()
            key = check_text(self.text(written), at)
            if key in values:
                raise SeedSyntaxError(
                    at.problem("duplicate-key", f"Duplicate key {shorten(key)!r}: expected each key once.")
                )
            self.skip()  # the colon
            keys[key] = at
            values[key] = self.node(depth + 1)
        self.skip()
        return MappingNode(position, values, keys)

    def _sequence(self, position: SourcePosition, depth: int) -> SequenceNode:
        items: list[Node] = []
        while self.next[0] != "]":
            if self.next[0] == ",":
                self.skip()
            else:
                items.append(self.node(depth + 1))
        self.skip()
        return SequenceNode(position, tuple(items))

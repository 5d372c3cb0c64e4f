"""YAML and JSON as trees of nodes that know where they stand.

Scalars keep their text: what ``no`` or ``2024-05`` means is decided by the property that holds it, never guessed. Anchors, aliases,
tags and duplicate keys are problems; so nothing can be multiplied or constructed by a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from graph_api.errors import Problem
from graph_api.ingest.characters import find_forbidden_character
from graph_api.values.raw import shorten

MAX_DEPTH = 12
"""Deeper than any record can be; a file that nests deeper is refused before it is walked."""


@dataclass(frozen=True, slots=True)
class SourcePosition:
    """A position in a file, counted from 1."""

    file: str
    line: int
    column: int

    def problem(self, rule: str, message: str) -> Problem:
        """Return a problem at this position."""
        return Problem(self.file, self.line, self.column, rule, message)


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """One value as written; ``plain`` unless quoted. A plain ``null``, ``~`` or nothing is no value."""

    position: SourcePosition
    text: str
    plain: bool

    @property
    def is_null(self) -> bool:
        """Whether it stands for no value."""
        return self.plain and self.text in {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list."""

    position: SourcePosition
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class MappingNode:
    """A mapping; ``keys`` says where each key stands."""

    position: SourcePosition
    values: dict[str, Node]
    keys: dict[str, SourcePosition]


Node = ScalarNode | SequenceNode | MappingNode


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of one section: a mapping, or a bare id under ``withheld``."""

    section: str
    node: Node


class SeedSyntaxError(Exception):
    """A file, or a part of it, that is no tree of plain values."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def parse_yaml(text: str, file: str) -> Node | None:
    """Return the tree of one YAML document; None where the file is empty.

    Raises SeedSyntaxError with the first thing that is not plain YAML.
    """
    try:
        events = yaml.parse(text, Loader=yaml.CSafeLoader)
        return _document(iter(events), file)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        position = SourcePosition(file, mark.line + 1, mark.column + 1) if mark else SourcePosition(file, 1, 1)
        raise SeedSyntaxError(
            position.problem("syntax", f"not readable as YAML: {_syntax_message(error, text)}")
        ) from None
    except yaml.YAMLError as error:
        raise SeedSyntaxError(SourcePosition(file, 1, 1).problem("syntax", f"not readable as YAML: {error}")) from None


def _syntax_message(error: yaml.MarkedYAMLError, text: str) -> str:
    mark, start = error.problem_mark, error.context_mark
    what = " ".join(part for part in (error.context, error.problem) if part)
    if mark is not None:
        line = text.split("\n")[mark.line : mark.line + 1]
        if line and line[0].startswith("\t"):
            return "a tab stands at the beginning of the line; right would be blanks"
        if start is not None and start.line != mark.line:
            what += f"; it begins in line {start.line + 1}"
    return what


def _document(events: Iterator[Any], file: str) -> Node | None:
    root: Node | None = None
    documents = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise SeedSyntaxError(_at(event, file).problem("syntax", "a second YAML document; one file holds one"))
        elif isinstance(event, yaml.NodeEvent):
            root = _node(event, events, file, 1)
    return None if isinstance(root, ScalarNode) and root.is_null else root


def _at(event: Any, file: str) -> SourcePosition:
    return SourcePosition(file, event.start_mark.line + 1, event.start_mark.column + 1)


def _node(event: Any, events: Iterator[Any], file: str, depth: int) -> Node:
    position = _at(event, file)
    _reject_anchors_and_tags(event, position)
    if depth > MAX_DEPTH:
        raise SeedSyntaxError(position.problem("depth", f"nested deeper than {MAX_DEPTH} levels; no record is"))
    if isinstance(event, yaml.ScalarEvent):
        return ScalarNode(position, _checked_text(event.value, position), plain=bool(event.implicit[0]))
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(child := next(events), yaml.SequenceEndEvent):
            items.append(_node(child, events, file, depth + 1))
        return SequenceNode(position, tuple(items))
    return _mapping(position, events, file, depth)


def _reject_anchors_and_tags(event: Any, position: SourcePosition) -> None:
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise SeedSyntaxError(
            position.problem("no-anchors", "saw an anchor or alias; write the value out, files are read by people")
        )
    if event.tag is not None:
        raise SeedSyntaxError(position.problem("no-tags", f"saw the tag {shorten(event.tag)}; values carry no tags"))


def _checked_text(text: str, position: SourcePosition) -> str:
    """Return the text of a value; raises SeedSyntaxError where an escape stands for what a file may not hold."""
    found = find_forbidden_character(text)
    if found is not None:
        raise SeedSyntaxError(position.problem("characters", f"in this value: {found[1]}"))
    return text


def _mapping(position: SourcePosition, events: Iterator[Any], file: str, depth: int) -> MappingNode:
    mapping = MappingNode(position, {}, {})
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        if not isinstance(key, yaml.ScalarEvent):
            raise SeedSyntaxError(_at(key, file).problem("syntax", "a key must be a word"))
        where = _at(key, file)
        _reject_anchors_and_tags(key, where)
        _checked_text(key.value, where)
        if key.value in mapping.values:
            message = f"the key {shorten(key.value)!r} stands here a second time; first in line {mapping.keys[key.value].line}"
            raise SeedSyntaxError(where.problem("duplicate-key", message))
        mapping.keys[key.value] = where
        mapping.values[key.value] = _node(next(events), events, file, depth + 1)
    return mapping


def parse_json_line(line: str, file: str, number: int) -> Node:
    """Return the tree of one line of JSON; all of it stands at column 1 of that line.

    Raises SeedSyntaxError.
    """
    position = SourcePosition(file, number, 1)

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in found]
        if len(set(keys)) < len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise SeedSyntaxError(position.problem("duplicate-key", f"the key {shorten(twice)!r} stands here twice"))
        return dict(found)

    def never(constant: str) -> Any:
        raise SeedSyntaxError(position.problem("syntax", f"{constant} is not JSON"))

    try:
        value = json.loads(line, object_pairs_hook=pairs, parse_constant=never, parse_int=str, parse_float=str)
    except RecursionError:
        raise SeedSyntaxError(
            position.problem("depth", f"nested deeper than {MAX_DEPTH} levels; no record is")
        ) from None
    except json.JSONDecodeError as error:
        where = SourcePosition(file, number, error.colno)
        raise SeedSyntaxError(where.problem("syntax", f"not readable as JSON: {error.msg}")) from None
    return _from_json(value, position, 1)


def _from_json(value: Any, position: SourcePosition, depth: int) -> Node:
    if depth > MAX_DEPTH:
        raise SeedSyntaxError(position.problem("depth", f"nested deeper than {MAX_DEPTH} levels; no record is"))
    if isinstance(value, dict):
        for key in value:
            _checked_text(key, position)
        return MappingNode(
            position,
            {key: _from_json(one, position, depth + 1) for key, one in value.items()},
            dict.fromkeys(value, position),
        )
    if isinstance(value, list):
        return SequenceNode(position, tuple(_from_json(one, position, depth + 1) for one in value))
    if value is None:
        return ScalarNode(position, "null", plain=True)
    if isinstance(value, bool):
        return ScalarNode(position, "true" if value else "false", plain=True)
    return ScalarNode(
        position,
        _checked_text(str(value), position),
        plain=not isinstance(value, str) or value not in {"", "~", "null", "Null", "NULL"},
    )

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
from graph_api.ingest.characters import odd_character

MAX_DEPTH = 12
"""Deeper than any record can be; a file that nests deeper is refused before it is walked."""


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file, counted from 1."""

    file: str
    line: int
    column: int

    def problem(self, rule: str, message: str) -> Problem:
        """Return a problem at this place."""
        return Problem(self.file, self.line, self.column, rule, message)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as written; ``plain`` unless quoted. A plain ``null``, ``~`` or nothing is no value."""

    place: Place
    text: str
    plain: bool

    @property
    def is_null(self) -> bool:
        """Whether it stands for no value."""
        return self.plain and self.text in {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    place: Place
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping; ``keys`` says where each key stands."""

    place: Place
    values: dict[str, Node]
    keys: dict[str, Place]


Node = Scalar | Items | Fields


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of one section: a mapping, or a bare id under ``withheld``."""

    section: str
    node: Node


def short(text: str, most: int = 60) -> str:
    """Return a text as a message can show it.

    >>> short("convicton"), len(short("x" * 1_000_000))
    ('convicton', 60)
    """
    return text if len(text) <= most else text[: most - 1] + "…"


class Unreadable(Exception):
    """A file, or a part of it, that is no tree of plain values."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def parse_yaml(text: str, file: str) -> Node | None:
    """Return the tree of one YAML document; None where the file is empty.

    Raises Unreadable with the first thing that is not plain YAML.
    """
    try:
        events = yaml.parse(text, Loader=yaml.CSafeLoader)
        return _document(iter(events), file)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
        raise Unreadable(place.problem("syntax", f"not readable as YAML: {_why(error, text)}")) from None
    except yaml.YAMLError as error:
        raise Unreadable(Place(file, 1, 1).problem("syntax", f"not readable as YAML: {error}")) from None


def _why(error: yaml.MarkedYAMLError, text: str) -> str:
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
                raise Unreadable(_at(event, file).problem("syntax", "a second YAML document; one file holds one"))
        elif isinstance(event, yaml.NodeEvent):
            root = _node(event, events, file, 1)
    return None if isinstance(root, Scalar) and root.is_null else root


def _at(event: Any, file: str) -> Place:
    return Place(file, event.start_mark.line + 1, event.start_mark.column + 1)


def _node(event: Any, events: Iterator[Any], file: str, depth: int) -> Node:
    place = _at(event, file)
    _refuse_magic(event, place)
    if depth > MAX_DEPTH:
        raise Unreadable(place.problem("depth", f"nested deeper than {MAX_DEPTH} levels; no record is"))
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(place, _readable(event.value, place), plain=bool(event.implicit[0]))
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(child := next(events), yaml.SequenceEndEvent):
            items.append(_node(child, events, file, depth + 1))
        return Items(place, tuple(items))
    return _mapping(place, events, file, depth)


def _refuse_magic(event: Any, place: Place) -> None:
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise Unreadable(
            place.problem("no-anchors", "saw an anchor or alias; write the value out, files are read by people")
        )
    if event.tag is not None:
        raise Unreadable(place.problem("no-tags", f"saw the tag {short(event.tag)}; values carry no tags"))


def _readable(text: str, place: Place) -> str:
    """Return the text of a value; raises Unreadable where an escape stands for what a file may not hold."""
    found = odd_character(text)
    if found is not None:
        raise Unreadable(place.problem("characters", f"in this value: {found[1]}"))
    return text


def _mapping(place: Place, events: Iterator[Any], file: str, depth: int) -> Fields:
    fields = Fields(place, {}, {})
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        if not isinstance(key, yaml.ScalarEvent):
            raise Unreadable(_at(key, file).problem("syntax", "a key must be a word"))
        where = _at(key, file)
        _refuse_magic(key, where)
        _readable(key.value, where)
        if key.value in fields.values:
            said = (
                f"the key {short(key.value)!r} stands here a second time; first in line {fields.keys[key.value].line}"
            )
            raise Unreadable(where.problem("duplicate-key", said))
        fields.keys[key.value] = where
        fields.values[key.value] = _node(next(events), events, file, depth + 1)
    return fields


def parse_json_line(line: str, file: str, number: int) -> Node:
    """Return the tree of one line of JSON; all of it stands at column 1 of that line.

    Raises Unreadable.
    """
    place = Place(file, number, 1)

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in found]
        if len(set(keys)) < len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise Unreadable(place.problem("duplicate-key", f"the key {short(twice)!r} stands here twice"))
        return dict(found)

    def never(constant: str) -> Any:
        raise Unreadable(place.problem("syntax", f"{constant} is not JSON"))

    try:
        value = json.loads(line, object_pairs_hook=pairs, parse_constant=never, parse_int=str, parse_float=str)
    except RecursionError:
        raise Unreadable(place.problem("depth", f"nested deeper than {MAX_DEPTH} levels; no record is")) from None
    except json.JSONDecodeError as error:
        where = Place(file, number, error.colno)
        raise Unreadable(where.problem("syntax", f"not readable as JSON: {error.msg}")) from None
    return _from_json(value, place, 1)


def _from_json(value: Any, place: Place, depth: int) -> Node:
    if depth > MAX_DEPTH:
        raise Unreadable(place.problem("depth", f"nested deeper than {MAX_DEPTH} levels; no record is"))
    if isinstance(value, dict):
        for key in value:
            _readable(key, place)
        return Fields(
            place, {key: _from_json(one, place, depth + 1) for key, one in value.items()}, dict.fromkeys(value, place)
        )
    if isinstance(value, list):
        return Items(place, tuple(_from_json(one, place, depth + 1) for one in value))
    if value is None:
        return Scalar(place, "null", plain=True)
    if isinstance(value, bool):
        return Scalar(place, "true" if value else "false", plain=True)
    return Scalar(
        place,
        _readable(str(value), place),
        plain=not isinstance(value, str) or value not in {"", "~", "null", "Null", "NULL"},
    )

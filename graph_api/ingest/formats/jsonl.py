"""JSON Lines: one record a line, with the name of its section under ``section``. Positions are those of lines, column 1."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from graph_api.errors import Problem
from graph_api.ingest.nodes import (
    SECTIONS,
    Entry,
    MappingNode,
    Node,
    ScalarNode,
    SeedSyntaxError,
    SourcePosition,
    node_of,
    too_deep,
    unknown_section,
)
from graph_api.values.value_type import shorten


def read(text: str, file: str) -> Iterator[Entry | Problem]:
    """Yield an entry or a problem for each line that is not blank."""
    if not text.strip():
        yield SourcePosition(file, 1, 1).problem("empty", "Empty file: expected at least one record.")
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            position = SourcePosition(file, number, 1)
            try:
                yield _entry(_parse(line, position), position)
            except SeedSyntaxError as error:
                yield error.problem


def _entry(node: Node, position: SourcePosition) -> Entry | Problem:
    section = node.values.get("section") if isinstance(node, MappingNode) else None
    if not isinstance(node, MappingNode) or not isinstance(section, ScalarNode):
        found = "Missing section" if isinstance(node, MappingNode) else "Invalid record"
        message = f'{found}: expected a record with "section", one of {", ".join(SECTIONS)}.'
        return position.problem("sections", message)
    if section.text not in SECTIONS:
        return unknown_section(section.text, position)
    values = {key: value for key, value in node.values.items() if key != "section"}
    keys = {key: node.keys[key] for key in values}
    if section.text == "withheld" and "id" in values:
        return Entry("withheld", values["id"])
    return Entry(section.text, MappingNode(node.position, values, keys))


def _parse(line: str, position: SourcePosition) -> Node:
    """Return the tree of one line. Raises SeedSyntaxError."""

    def unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        if len(set(keys)) < len(keys):
            duplicate = next(key for key in keys if keys.count(key) > 1)
            message = f"Duplicate key {shorten(duplicate)!r}: expected each key once."
            raise SeedSyntaxError(position.problem("duplicate-key", message))
        return dict(pairs)

    def reject_constant(constant: str) -> Any:
        raise SeedSyntaxError(position.problem("syntax", f"Invalid JSON: {constant} is not a JSON value."))

    try:
        value = json.loads(
            line, object_pairs_hook=unique_keys, parse_constant=reject_constant, parse_int=str, parse_float=str
        )
    except RecursionError:
        raise too_deep(position) from None
    except json.JSONDecodeError as error:
        at = SourcePosition(position.file, position.line, error.colno)
        raise SeedSyntaxError(at.problem("syntax", f"Invalid JSON: {error.msg}.")) from None
    return node_of(value, position)

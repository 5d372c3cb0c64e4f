"""YAML 1.2: one document with a list of records in each section.

Anchors, aliases, tags and duplicate keys are refused, so that no file can multiply or construct anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from graph_api.errors import Problem
from graph_api.ingest.nodes import (
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
    unknown_section,
)
from graph_api.values.value_type import shorten


def read(text: str, file: str) -> Iterator[Entry | Problem]:
    """Yield the entries of a document and the problems of its sections. Raises SeedSyntaxError where it is not plain YAML."""
    root = parse_yaml(text, file)
    if root is None:
        yield SourcePosition(file, 1, 1).problem("empty", "Empty file: expected at least one record.")
        return
    if not isinstance(root, MappingNode):
        yield root.position.problem("sections", f"Invalid seed file: expected sections, {', '.join(SECTIONS)}.")
        return
    for section, node in root.values.items():
        if section not in SECTIONS:
            yield unknown_section(section, root.keys[section])
        elif isinstance(node, SequenceNode):
            yield from (Entry(section, item) for item in node.items)
        elif not (isinstance(node, ScalarNode) and node.is_null):
            message = f"Invalid section {section!r}: expected a list of records, lines that begin with '- '."
            yield node.position.problem("sections", message)


def parse_yaml(text: str, file: str) -> Node | None:
    """Return the tree of one YAML document; None where the file is empty.

    Raises SeedSyntaxError with the first construct that is not plain YAML.
    """
    try:
        return _document(iter(yaml.parse(text, Loader=yaml.CSafeLoader)), file)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        position = SourcePosition(file, mark.line + 1, mark.column + 1) if mark else SourcePosition(file, 1, 1)
        raise _syntax_error(position, _syntax_message(error, text)) from None
    except yaml.YAMLError as error:
        raise _syntax_error(SourcePosition(file, 1, 1), str(error)) from None


def _syntax_error(position: SourcePosition, message: str) -> SeedSyntaxError:
    return SeedSyntaxError(position.problem("syntax", f"Invalid YAML: {message}."))


def _syntax_message(error: yaml.MarkedYAMLError, text: str) -> str:
    mark, start = error.problem_mark, error.context_mark
    message = " ".join(part for part in (error.context, error.problem) if part)
    if mark is not None:
        line = text.split("\n")[mark.line : mark.line + 1]
        if line and line[0].startswith("\t"):
            return "the line begins with a tab, expected spaces"
        if start is not None and start.line != mark.line:
            message += f" (begins in line {start.line + 1})"
    return message


def _document(events: Iterator[Any], file: str) -> Node | None:
    root: Node | None = None
    documents = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _syntax_error(_position(event, file), "a second document, expected one document in a file")
        elif isinstance(event, yaml.NodeEvent):
            root = _node(event, events, file, 1)
    return None if isinstance(root, ScalarNode) and root.is_null else root


def _position(event: Any, file: str) -> SourcePosition:
    return SourcePosition(file, event.start_mark.line + 1, event.start_mark.column + 1)


def _node(event: Any, events: Iterator[Any], file: str, depth: int) -> Node:
    position = _position(event, file)
    _reject_anchors_and_tags(event, position)
    check_depth(depth, position)
    if isinstance(event, yaml.ScalarEvent):
        return ScalarNode(position, check_text(event.value, position), plain=bool(event.implicit[0]))
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(child := next(events), yaml.SequenceEndEvent):
            items.append(_node(child, events, file, depth + 1))
        return SequenceNode(position, tuple(items))
    return _mapping(position, events, file, depth)


def _reject_anchors_and_tags(event: Any, position: SourcePosition) -> None:
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        message = "Anchors and aliases are not supported: expected the value written out."
        raise SeedSyntaxError(position.problem("no-anchors", message))
    if event.tag is not None:
        message = f"Tags are not supported, found {shorten(event.tag)!r}: expected the value alone."
        raise SeedSyntaxError(position.problem("no-tags", message))


def _mapping(position: SourcePosition, events: Iterator[Any], file: str, depth: int) -> MappingNode:
    mapping = MappingNode(position, {}, {})
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        at = _position(key, file)
        if not isinstance(key, yaml.ScalarEvent):
            raise _syntax_error(at, "a list or mapping as key, expected a word")
        _reject_anchors_and_tags(key, at)
        check_text(key.value, at)
        if key.value in mapping.values:
            message = f"Duplicate key {shorten(key.value)!r}: first in line {mapping.keys[key.value].line}."
            raise SeedSyntaxError(at.problem("duplicate-key", message))
        mapping.keys[key.value] = at
        mapping.values[key.value] = _node(next(events), events, file, depth + 1)
    return mapping

"""Values of properties: from a node of a file to the JSON value that a claim keeps, by the value type of the property."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graph_api.errors import InvalidValue, Problem
from graph_api.ingest.nodes import MappingNode, Node, ScalarNode, SequenceNode
from graph_api.ontology.properties import Property
from graph_api.values.raw import Raw, describe

Report = Callable[[Problem], None]


def raw_value(node: Node) -> Raw:
    """Return what a node holds, without its positions."""
    match node:
        case ScalarNode():
            return None if node.is_null else node.text
        case SequenceNode():
            return [raw_value(item) for item in node.items]
        case MappingNode():
            return {key: raw_value(value) for key, value in node.values.items()}


def parse_property(prop: Property, node: Node, report: Report) -> Any:
    """Return the JSON value of a property, a list where it has many; None, with a report, where it is invalid."""
    if not prop.many:
        return _parse_one(prop, node, report)
    if not isinstance(node, SequenceNode):
        expected = f"[{describe(raw_value(node))}]"
        report(node.position.problem("type", f"{prop.name}: Invalid list: expected {expected}."))
        return None
    values = [_parse_one(prop, item, report) for item in node.items]
    return values if values and None not in values else None  # an empty list states nothing


def _parse_one(prop: Property, node: Node, report: Report) -> Any:
    try:
        return prop.value_type.parse(raw_value(node))
    except InvalidValue as invalid:
        report(node.position.problem(prop.value_type.name, f"{prop.name}: {invalid}"))
        return None

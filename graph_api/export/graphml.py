"""GraphML for Gephi, yEd and networkx: every record of an answer is a node, every field that leads to another one an edge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from xml.etree import ElementTree

from graph_api.export.export_format import ExportFormat
from graph_api.export.records import answer_records

NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"


def write_graphml(data: Mapping[str, Any]) -> str:
    """Return an answer as a directed graph (GraphML 1.0). Raises InvalidQuery where it selects no ids.

    A node has the selected values of its record, an edge the name of the field as ``label``. Select ``label`` of the records to see names.
    """
    found = answer_records(data)
    columns = _columns(found.records.values())
    root = ElementTree.Element("graphml", {"xmlns": NAMESPACE})
    for name, kind in columns.items():
        key = {"id": f"n-{name}", "for": "node", "attr.name": name, "attr.type": kind}
        ElementTree.SubElement(root, "key", key)
    ElementTree.SubElement(root, "key", {"id": "e-label", "for": "edge", "attr.name": "label", "attr.type": "string"})
    graph = ElementTree.SubElement(root, "graph", {"id": "answer", "edgedefault": "directed"})
    for id_, values in found.records.items():
        node = ElementTree.SubElement(graph, "node", {"id": id_})
        for name, value in values.items():
            ElementTree.SubElement(node, "data", {"key": f"n-{name}"}).text = _text(value)
    for place, (start, name, end) in enumerate(found.links):
        edge = ElementTree.SubElement(graph, "edge", {"id": f"e{place}", "source": start, "target": end})
        ElementTree.SubElement(edge, "data", {"key": "e-label"}).text = name
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _columns(records: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the GraphML type of every value: the one that all records have, else string."""
    found: dict[str, str] = {}
    for record in records:
        for name, value in record.items():
            kind = _type(value)
            found[name] = kind if found.get(name, kind) == kind else "string"
    return found


def _type(value: Any) -> str:
    match value:
        case bool():
            return "boolean"
        case int():
            return "long"
        case float():
            return "double"
        case _:
            return "string"


def _text(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return "; ".join(map(str, value))
        case _:
            return str(value)


FORMAT: Final = ExportFormat("graphml", "application/graphml+xml; charset=utf-8", "graphml", write_graphml)

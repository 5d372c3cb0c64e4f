"""The binders of what compares claims and records with each other: differences, totals beside what they add up to, and paths."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final

from graph_api.compiler.binder import (
    BY_ID,
    BindContext,
    BoundField,
    FieldBinder,
    outgoing,
    property_field,
    scalar,
    to_many,
    to_one,
    value_field,
)
from graph_api.compiler.difference_text import decode_difference
from graph_api.compiler.ir import AllOf, Comparator, Compare, LabelScan, OrderKey, Page, PropertyColumn, ScopeVar
from graph_api.compiler.ir_facts import (
    DifferenceClaimScan,
    DifferenceScan,
    FactsColumn,
    PathCitationScan,
    PathNodeScan,
    PathScan,
)
from graph_api.compiler.path_text import explain_path, explain_path_uk
from graph_api.compiler.placeholders import map_value
from graph_api.compiler.response_shape import ConnectionShape
from graph_api.compiler.selection import SelectedField
from graph_api.compiler.sum_text import StatedTotal, explain_sum, read_total
from graph_api.errors import InvalidQuery
from graph_api.ontology.names import Label, Rel
from graph_api.values import quantities
from graph_api.values.languages import Language

MAX_LENGTH: Final = 6
"""Hops of the longest path that is looked for."""

CITATION_ORDER: Final = (
    OrderKey("known_from", value_type=int),
    OrderKey("id"),
    *(OrderKey(key, of="link") for key in ("at", "quote", "quote_language", "note")),
    OrderKey("id", of="speaker"),
)
"""The order of the citations of something: by the day from which their sources are known."""


def differences(selected: SelectedField, context: BindContext) -> BoundField:
    """Bind the connection of differences: all, or those on a record and on the events that happened to it, of one kind or all."""
    kind, subject = selected.arguments.get("kind"), selected.arguments.get("subject")
    source = LabelScan(Label.DIFFERENCE) if subject is None else DifferenceScan(map_value(subject, str))
    if kind is None:
        return context.connection(selected, source, BY_ID)
    where = AllOf((Compare("kind", Comparator.EQUAL, str(kind)), Compare("id", Comparator.AFTER, "")))
    return context.connection(selected, source, (OrderKey("kind"), OrderKey("id")), where)  # the order of an index


def _explanation(selected: SelectedField, _context: BindContext) -> BoundField:
    columns = (PropertyColumn("kind"), PropertyColumn("property"), FactsColumn.DIFFERING_CLAIMS)
    return scalar(selected, columns, decode_difference)


def reconcile(selected: SelectedField, context: BindContext) -> BoundField:
    """Bind the connection of figures beside what they add up to: all, or those about a record, of one measure or all."""
    about, measure = selected.arguments.get("about"), selected.arguments.get("measure")
    given = ({"about": {"eq": about}} if about is not None else {}) | (
        {"measure": {"eq": measure}} if measure is not None else {}
    )
    where = context.bindings.filters.predicate("FigureFilter", given) if given else None
    return context.connection(selected, LabelScan(Label.FIGURE), BY_ID, where)


def _of_total(value: Callable[[StatedTotal], Any]) -> FieldBinder:
    columns = (PropertyColumn("quantity"), PropertyColumn("parts_complete"), FactsColumn.SUM)
    return lambda selected, _context: scalar(selected, columns, lambda *facts: value(read_total(*facts)))


def _sum_explanation(selected: SelectedField, context: BindContext) -> BoundField:
    return _of_total(partial(explain_sum, language=selected.language))(selected, context)


def _path_text(selected: SelectedField, _context: BindContext) -> BoundField:
    if selected.language is Language.UK:
        return scalar(selected, (FactsColumn.PATH_UK,), lambda facts: explain_path_uk(*facts))
    return scalar(selected, (FactsColumn.PATH,), lambda facts: explain_path(*facts))


def paths(selected: SelectedField, context: BindContext) -> BoundField:
    """Bind the connection of the shortest paths between two records. Raises InvalidQuery for an invalid length."""
    length = selected.arguments["maxLength"]
    if not 1 <= length <= MAX_LENGTH:
        raise InvalidQuery(f"Invalid argument `maxLength: {length}` of paths: expected 1 to {MAX_LENGTH}.")
    source = PathScan(map_value(selected.arguments["from"], str), map_value(selected.arguments["to"], str), length)
    bound = context.connection(selected, source, BY_ID)
    [page] = bound.columns
    if not isinstance(page, Page) or not isinstance(bound.shape, ConnectionShape):
        raise TypeError("Invalid field paths: expected a connection.")
    count = any(one.name == "complete" for one in selected.of["PathConnection"])
    return BoundField((replace(page, count=count),), replace(bound.shape, counts=("complete",)))


COMPARISONS: Final[dict[str, dict[str, FieldBinder]]] = {
    "Difference": {
        "id": property_field("id"),
        "kind": property_field("kind"),
        "subject": to_one(outgoing(Rel.DIFFERS_ON)),
        "property": property_field("property"),
        "claims": lambda s, c: c.to_many(DifferenceClaimScan(), s, ()),
        "explanation": _explanation,
    },
    "Path": {
        "length": property_field("length"),
        "nodes": lambda s, c: c.to_many(PathNodeScan(), s, ()),
        "citations": to_many(PathCitationScan(), CITATION_ORDER),
        "text": _path_text,
    },
    "Reconciliation": {
        "figure": to_one(ScopeVar("self")),
        "stated": value_field("quantity", quantities.decode),
        "sumOfParts": _of_total(lambda total: total.check.sum_of_parts),
        "sumOfEvents": _of_total(lambda total: total.check.sum_of_events),
        "namedPeople": _of_total(lambda total: total.named_people),
        "difference": _of_total(lambda total: total.check.difference),
        "agrees": _of_total(lambda total: total.check.agrees),
        "explanation": _sum_explanation,
    },
}
"""The binder of every field of these types."""

"""The binders of stays, and of who was at one site on the same days."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from graph_api.compiler import decode as to
from graph_api.compiler.binder import (
    BindContext,
    BoundField,
    FieldBinder,
    connection,
    incoming,
    outgoing,
    property_field,
    scalar,
    to_many,
    to_one,
    value_object,
)
from graph_api.compiler.comparisons import CITATION_ORDER
from graph_api.compiler.date_filters import overlapping
from graph_api.compiler.ir import OrderKey, PropertyColumn, ScopeVar, StatusCitationScan
from graph_api.compiler.ir_facts import CoDetentionScan, ComparedStayScan
from graph_api.compiler.selection import SelectedField
from graph_api.ontology.names import Label, Rel
from graph_api.ontology.vocabulary import DateCertainty
from graph_api.values.overlaps import Overlap, overlap_of_spans

BY_START: Final = (OrderKey("start_hi", value_type=int), OrderKey("id"))
"""The order of stays: by the last possible day on which they began."""

stays: Final = connection(outgoing(Rel.STAYED, Label.STAY), BY_START)
"""Binds the connection of the stays of a person."""

_BOUNDS: Final = ("start_lo", "start_hi", "end_lo", "end_hi")
_BY_OTHER: Final = (OrderKey("subject"), OrderKey("id"), OrderKey("id", of="link"))


def held(selected: SelectedField, context: BindContext) -> BoundField:
    """Bind the connection of the stays at a site that overlap a window. Raises InvalidQuery for one that ends before it begins."""
    where = overlapping(selected.arguments, "start", "end")
    return context.connection(selected, incoming(Rel.STAY_AT, Label.STAY), BY_START, where)


def co_detainees(selected: SelectedField, context: BindContext) -> BoundField:
    """Bind the connection of stays of others at the sites where a person was, on the same days."""
    for_all = selected.arguments["holds"] == DateCertainty.FOR_ALL_DATES
    return context.connection(selected, CoDetentionScan(for_all), _BY_OTHER)


def _of_overlap(value: Callable[[Overlap], Any]) -> FieldBinder:
    columns = tuple(PropertyColumn(key, of) for of in ("link", "self") for key in _BOUNDS)

    def convert(*days: int) -> Any:
        own, other = (((at[0], at[1]), (at[2], at[3])) for at in (days[:4], days[4:]))
        return value(overlap_of_spans(own, other))

    return lambda selected, _context: scalar(selected, columns, convert)


def _holds(found: Overlap) -> str:
    return (DateCertainty.FOR_ALL_DATES if found.surely else DateCertainty.FOR_SOME_DATES).value


STAYS: Final[dict[str, dict[str, FieldBinder]]] = {
    "Stay": {
        "participant": to_one(incoming(Rel.STAYED)),
        "site": to_one(outgoing(Rel.STAY_AT, Label.SITE)),
        "span": lambda s, _c: value_object(s, (PropertyColumn("start"), PropertyColumn("end")), to.span_or_open),
        "stated": property_field("stated"),
        "events": to_many(
            outgoing(Rel.FOLLOWS_FROM, Label.EVENT),
            (OrderKey("rank", can_be_null=True, value_type=int), OrderKey("id")),
        ),
        "citations": to_many(StatusCitationScan(), CITATION_ORDER),
    },
    "CoDetention": {
        "person": to_one(ScopeVar("who")),
        "site": to_one(outgoing(Rel.STAY_AT, Label.SITE)),
        "holds": _of_overlap(_holds),
        "surely": _of_overlap(lambda found: found.surely),
        "atMost": _of_overlap(lambda found: found.at_most),
        "stays": lambda s, c: c.to_many(ComparedStayScan(), s, ()),
    },
}
"""The binder of every field of these types."""

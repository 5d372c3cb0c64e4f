"""The binders of what compares claims and records with each other: differences."""

from __future__ import annotations

from typing import Final

from graph_api.compiler.binder import (
    BY_ID,
    BindContext,
    BoundField,
    FieldBinder,
    outgoing,
    property_field,
    scalar,
    to_one,
)
from graph_api.compiler.difference_text import decode_difference
from graph_api.compiler.ir import Comparator, Compare, LabelScan, PropertyColumn
from graph_api.compiler.ir_facts import DifferenceClaimScan, DifferenceScan, FactsColumn
from graph_api.compiler.placeholders import map_value
from graph_api.compiler.selection import SelectedField
from graph_api.ontology.names import Label, Rel


def differences(selected: SelectedField, context: BindContext) -> BoundField:
    """Bind the connection of differences: all, or those on a record and on the events that happened to it, of one kind or all."""
    kind, subject = selected.arguments.get("kind"), selected.arguments.get("subject")
    where = None if kind is None else Compare("kind", Comparator.EQUAL, str(kind))
    source = LabelScan(Label.DIFFERENCE) if subject is None else DifferenceScan(map_value(subject, str))
    return context.connection(selected, source, BY_ID, where)


def _explanation(selected: SelectedField, _context: BindContext) -> BoundField:
    columns = (PropertyColumn("kind"), PropertyColumn("property"), FactsColumn.DIFFERING_CLAIMS)
    return scalar(selected, columns, decode_difference)


COMPARISONS: Final[dict[str, dict[str, FieldBinder]]] = {
    "Difference": {
        "id": property_field("id"),
        "kind": property_field("kind"),
        "subject": to_one(outgoing(Rel.DIFFERS_ON)),
        "property": property_field("property"),
        "claims": lambda s, c: c.to_many(DifferenceClaimScan(), s, ()),
        "explanation": _explanation,
    },
}
"""The binder of every field of these types."""

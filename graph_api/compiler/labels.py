"""Binds ``label``, what to call a record in a list or a link, and the title of an event.

::

    node(id: "a") { label }

    name or title as stored; of an untitled event "Conviction of Iryna Example", of a figure "Freed: 390 people",
    of a participation "Türkiye, mediator: Exchange of 24 June"
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from graph_api.compiler.binder import BindContext, BoundField, FieldBinder, property_field, scalar
from graph_api.compiler.ir import ComputedColumn, Projection, PropertyColumn, ScopeVar, SubqueryOne
from graph_api.compiler.selection import SelectedField
from graph_api.values import quantities

TITLE_COLUMNS: Final = (PropertyColumn("title"), PropertyColumn("kind"), ComputedColumn.SUBJECT_NAMES)
"""What the title of an event is made of."""
HIT_COLUMNS: Final = (PropertyColumn("name"), *TITLE_COLUMNS)
"""What the label of a record with a name or a title is made of."""
_EVENT_OF_PART: Final = SubqueryOne(ScopeVar("event"), Projection(TITLE_COLUMNS))


def title(stated: str | None, kind: str, names: Sequence[str]) -> str:
    """Return the title of an event: as stated, otherwise its kind and its subjects.

    >>> title(None, "CONVICTION", ["Iryna Example"])
    'Conviction of Iryna Example'
    """
    if stated:
        return stated
    words = kind.replace("_", " ").capitalize()
    if not names:
        return words
    shown = list(names[:2]) + (["others"] if len(names) > 2 else [])
    joined = shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + f" and {shown[-1]}"
    return f"{words} of {joined}"


def hit_label(name: str | None, stated: str | None, kind: str, names: Sequence[str]) -> str:
    """Return the label of a record with a name or a title."""
    return name or title(stated, kind, names)


def figure_label(measure: str | None, quantity: str) -> str | None:
    """Return the label of a figure, whose quantity is stored JSON; None, which is an error at its field, without a measure.

    >>> figure_label("bodies-agreed", '{"text": "6,000 bodies"}')
    'Bodies agreed: 6,000 bodies'
    """
    if measure is None:
        return None
    stated = quantities.decode(quantity) or {}
    return f"{measure.replace('-', ' ').capitalize()}: {stated.get('text')}"


def participation_label(participant: str, role: str, event: Sequence[Sequence[Any]]) -> str:
    """Return the label of a participation; ``event`` is one row of the columns of a title.

    >>> participation_label("Türkiye", "MEDIATOR", [["Exchange of 24 June", "EXCHANGE", None]])
    'Türkiye, mediator: Exchange of 24 June'
    """
    return f"{participant}, {role.replace('_', ' ').lower()}: {title(*event[0])}"


def event_title(selected: SelectedField, _context: BindContext) -> BoundField:
    """Bind the title of an event."""
    return scalar(selected, TITLE_COLUMNS, title)


def _figure(selected: SelectedField, _context: BindContext) -> BoundField:
    return scalar(selected, (PropertyColumn("measure"), PropertyColumn("quantity")), figure_label)


def _participation(selected: SelectedField, _context: BindContext) -> BoundField:
    columns = (PropertyColumn("name", "who"), PropertyColumn("role"), _EVENT_OF_PART)
    return scalar(selected, columns, participation_label)


NAMED: Final[dict[str, FieldBinder]] = {"label": property_field("name")}
"""The label of a person, group, organization, state, place or site."""
SOURCE: Final[dict[str, FieldBinder]] = {"label": property_field("title")}
EVENT: Final[dict[str, FieldBinder]] = {"label": event_title}
FIGURE: Final[dict[str, FieldBinder]] = {"label": _figure}
PARTICIPATION: Final[dict[str, FieldBinder]] = {"label": _participation}

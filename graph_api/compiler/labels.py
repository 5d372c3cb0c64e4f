"""Binds ``label``, what to call a record in a list or a link, and the title of an event.

::

    node(id: "a") { label }

    name or title as stored; of an untitled event "Conviction of Iryna Example", of a figure "Handed over: 390 people",
    of a participation "Türkiye, mediator: Exchange of 24 June"
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from graph_api.compiler.binder import BindContext, BoundField, FieldBinder, property_field, scalar
from graph_api.compiler.ir import Column, ComputedColumn, Projection, PropertyColumn, ScopeVar, SubqueryOne
from graph_api.compiler.measure_text import measure_words
from graph_api.compiler.response_shape import Convert
from graph_api.compiler.role_text import ROLES_UK
from graph_api.compiler.selection import SelectedField
from graph_api.compiler.title_text import title
from graph_api.ontology.vocabulary import Role
from graph_api.values import quantities
from graph_api.values.languages import Language

_TITLE: Final = (PropertyColumn("title"), PropertyColumn("kind"))
_TITLE_COLUMNS: Final[dict[Language, tuple[Column, ...]]] = {
    Language.EN: (*_TITLE, ComputedColumn.NAMED_IN_TITLE, PropertyColumn("date")),
    Language.UK: (*_TITLE, ComputedColumn.NAMED_IN_TITLE_UK, PropertyColumn("date")),
}
"""What the title of an event is made of."""
_NAME: Final = PropertyColumn("name")
_NAME_COLUMNS: Final[dict[Language, tuple[Column, ...]]] = {
    Language.EN: (_NAME,),
    Language.UK: (PropertyColumn("name_uk"), _NAME),
}


def hit_columns(language: Language) -> tuple[Column, ...]:
    """Return the columns of the label of a record with a name or a title."""
    return (*_NAME_COLUMNS[language], *_TITLE_COLUMNS[language])


def hit_label(language: Language) -> Convert:
    """Return what makes the label of a record with a name or a title from these columns."""
    names, titled = len(_NAME_COLUMNS[language]), _titled(language)
    return lambda *columns: next(filter(None, columns[:names]), None) or titled(*columns[names:])


def _titled(language: Language) -> Convert:
    return partial(title, language=language)


def figure_label(measure: str | None, quantity: str, language: Language = Language.EN) -> str | None:
    """Return the label of a figure, whose quantity is stored JSON; None, which is an error at its field, without a measure.

    >>> figure_label("bodies-agreed", '{"text": "6,000 bodies"}')
    'Bodies agreed: 6,000 bodies'
    >>> figure_label("freed-share", '{"text": "a third"}', Language.UK)
    'Частка переданих: «a third»'
    """
    if measure is None:
        return None
    stated = quantities.decode(quantity) or {}
    words = measure_words(measure, language)
    if language is Language.UK:
        return f"{words[:1].upper()}{words[1:]}: {quantities.stated_in_ukrainian(str(stated.get('text')))}"
    return f"{words.capitalize()}: {stated.get('text')}"


def participation_label(participant: str, role: str, event: Sequence[Sequence[Any]]) -> str:
    """Return the label of a participation; ``event`` is one row of the columns of a title.

    >>> participation_label("Türkiye", "MEDIATOR", [["Exchange of 24 June", "EXCHANGE", None, None]])
    'Türkiye, mediator: Exchange of 24 June'
    """
    return f"{participant}, {role.replace('_', ' ').lower()}: {title(*event[0])}"


def participation_label_uk(name_uk: str | None, participant: str, role: str, event: Sequence[Sequence[Any]]) -> str:
    """Return the label of a participation in Ukrainian, with the name in the nominative after the role.

    >>> participation_label_uk("Туреччина", "Türkiye", "MEDIATOR", [["Exchange of 24 June", "EXCHANGE", None, "2024-06-24"]])
    'Обмін, 24 червня 2024 року; посередник: Туреччина'
    """
    stated, kind, named, date = event[0]
    return f"{title(stated, kind, named, date, Language.UK)}; {ROLES_UK[Role(role)]}: {name_uk or participant}"


def event_title(selected: SelectedField, _context: BindContext) -> BoundField:
    """Bind the title of an event."""
    return scalar(selected, _TITLE_COLUMNS[selected.language], _titled(selected.language))


def _name(selected: SelectedField, _context: BindContext) -> BoundField:
    return scalar(selected, _NAME_COLUMNS[selected.language], _first if selected.language is Language.UK else None)


def _first(*names: str | None) -> str | None:
    return next((one for one in names if one is not None), None)


def _figure(selected: SelectedField, _context: BindContext) -> BoundField:
    columns = (PropertyColumn("measure"), PropertyColumn("quantity"))
    return scalar(selected, columns, partial(figure_label, language=selected.language))


def _participation(selected: SelectedField, _context: BindContext) -> BoundField:
    is_ukrainian = selected.language is Language.UK
    columns = (
        *((PropertyColumn("name_uk", "who"),) if is_ukrainian else ()),
        PropertyColumn("name", "who"),
        PropertyColumn("role"),
        SubqueryOne(ScopeVar("event"), Projection(_TITLE_COLUMNS[selected.language])),
    )
    return scalar(selected, columns, participation_label_uk if is_ukrainian else participation_label)


NAMED: Final[dict[str, FieldBinder]] = {"label": _name}
"""The label of a person, group, organization, state, place or site."""
SOURCE: Final[dict[str, FieldBinder]] = {"label": property_field("title")}
EVENT: Final[dict[str, FieldBinder]] = {"label": event_title}
FIGURE: Final[dict[str, FieldBinder]] = {"label": _figure}
PARTICIPATION: Final[dict[str, FieldBinder]] = {"label": _participation}

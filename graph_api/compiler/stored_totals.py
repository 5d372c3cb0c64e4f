"""Which totals are stored: numbers by one dimension, of all events or of each kind, of all people or of each category.

::

    totals(by: [MEDIATOR, CATEGORY], events: {kind: EXCHANGE})
    ──▶  StoredSet("MEDIATOR KIND CATEGORY", ("value", "category"), kinds=("EXCHANGE",))

A load keeps them true (``ingest.totals``). All others are counted when they are asked for. How many people a list has is their sum, where it
is filtered by no more than what totals are divided by::

    people(where: {someEvent: {kind: EXCHANGE}, sex: FEMALE}) { totalCount }
    ──▶  StoredCount("SEX KIND", ((kind = "EXCHANGE"), (value IN ["FEMALE"])))
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from graph_api.compiler.ir import (
    AllOf,
    Comparator,
    Compare,
    Exists,
    HasLabel,
    Hop,
    LabelScan,
    Page,
    Predicate,
    Totals,
    Traverse,
)
from graph_api.compiler.occurrences import REPORTED
from graph_api.ontology.names import Label, Rel, event_label
from graph_api.ontology.vocabulary import EventKind, Role

KIND: Final = "KIND"
CATEGORY: Final = "CATEGORY"
DIMENSIONS_OF_EVENTS: Final = (
    "YEAR", "MONTH", "MEDIATOR", "SITE", "PLACE", "COURT", "OFFENCE", "ARTICLE", "SOURCE_KIND", "REGION", "STANDING", "SOURCE",
    "FROM_SITE", "TO_SITE",
)  # fmt: skip
"""Dimensions that depend on the event only, but for its kind."""
DIMENSIONS_OF_PEOPLE: Final = ("CUSTODY", "LEGAL", "SEX", "SIDE", "OCCUPATION", "TAG", "NATIONALITY")
"""Dimensions that depend on the subject, but for the category."""
OF_ONE_VALUE: Final = frozenset({CATEGORY, "CUSTODY", "LEGAL", "SEX"})
"""Dimensions of which a person has one value at most, whatever the event."""
SUBJECT_OF: Final = Traverse(
    (Hop((Rel.TOOK_PART,), forward=True, label=Label.EVENT.value, match=(("role", Role.SUBJECT.value),)),)
)
UNDIVIDED: Final = frozenset({"SOURCE"})
"""Dimensions with so many values that they are not stored by kind and category."""

_KINDS: Final = {event_label(kind): kind.value for kind in EventKind}

StoredKey: TypeAlias = tuple[str, str | None, str | None, str | None]
"""The dimensions of a stored total, and its value, kind and category; None where it has none or no source states it."""


@dataclass(frozen=True, slots=True)
class StoredSet:
    """The stored totals that answer a query: those of these ``dimensions``, with a property for each of its keys.

    Only events of one of ``kinds`` count, and people of the ``category``; an empty tuple and None mean all.
    """

    dimensions: str
    keys: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    category: str | None = None


def stored_set(query: Totals) -> StoredSet | None:
    """Return the stored totals that answer a query exactly; None where it has to be counted."""
    kinds, category = _kinds_of(query.events), _category_of(query.people)
    own = [one for one in query.by if one not in (KIND, CATEGORY)]
    if kinds is None or category is None or len(own) > 1 or (len(kinds) > 1 and KIND not in query.by):
        return None
    divided = [KIND] if KIND in query.by or kinds else []
    divided += [CATEGORY] if CATEGORY in query.by or category else []
    if divided and UNDIVIDED & {*own}:
        return None
    keys = tuple(one.lower() if one in (KIND, CATEGORY) else "value" for one in query.by)
    return StoredSet(" ".join([*own, *divided]), keys, kinds, category or None)


@dataclass(frozen=True, slots=True)
class StoredCount:
    """The stored totals whose people add up to those of a list: those of these ``dimensions`` whose properties pass each comparison.

    Every person has one value at most of each dimension, so that nobody is counted twice.
    """

    dimensions: str
    conditions: tuple[Compare, ...] = ()


def stored_count(page: Page) -> StoredCount | None:
    """Return the stored totals that count the rows of a list exactly; None where these have to be counted.

    It is a list of people of whom something of any kind, or of one kind, is reported, with at most one comparison each of the category and
    of another property that totals are divided by.
    """
    parts = page.where.of if isinstance(page.where, AllOf) else (page.where,)
    events = [part for part in parts if isinstance(part, Exists)]
    compared = {part.key: part for part in parts if isinstance(part, Compare) and _is_of_values(part)}
    if page.source != LabelScan(Label.PERSON) or len(events) != 1 or len(parts) != 1 + len(compared):
        return None
    kinds = _kinds_of(events[0].where) if (events[0].source, events[0].count) == (SUBJECT_OF, ()) else None
    own = [key for key in compared if key.upper() != CATEGORY]
    if kinds is None or len(kinds) > 1 or len(own) > 1:
        return None
    conditions = [Compare(KIND.lower(), Comparator.EQUAL, kinds[0])] if kinds else []
    conditions += [one if key not in own else replace(one, key="value") for key, one in compared.items()]
    divided = [key.upper() for key in own] + [KIND] * len(kinds) + [CATEGORY] * (CATEGORY.lower() in compared)
    return StoredCount(" ".join(divided) or CATEGORY, tuple(conditions))


def _is_of_values(one: Compare) -> bool:
    """Return whether a comparison is with values of a property of people of which each has one at most, and by which totals are divided."""
    return one.of == "self" and one.key.upper() in OF_ONE_VALUE and one.op in {Comparator.EQUAL, Comparator.IN}


def stored_keys(dimension: str, value: str | None, kind: str, category: str | None) -> Iterator[StoredKey]:
    """Yield the stored totals to which an event of a kind, with a subject of a category, belongs by a value of a dimension.

    >>> [dimensions for dimensions, *_ in stored_keys("SEX", "FEMALE", "RELEASE", None)]
    ['SEX', 'SEX KIND', 'SEX CATEGORY', 'SEX KIND CATEGORY']
    """
    yield dimension, value, None, None
    if dimension not in UNDIVIDED:
        yield f"{dimension} {KIND}", value, kind, None
        yield f"{dimension} {CATEGORY}", value, None, category
        yield f"{dimension} {KIND} {CATEGORY}", value, kind, category


def kind_keys(kind: str, category: str | None) -> tuple[StoredKey, ...]:
    """Return the stored totals by kind and category alone."""
    return (
        (KIND, None, kind, None),
        (CATEGORY, None, None, category),
        (f"{KIND} {CATEGORY}", None, kind, category),
    )


def _kinds_of(events: Predicate | None) -> tuple[str, ...] | None:
    """Return the kinds of events reported as past that a filter lets pass, an empty tuple for all; None for every other filter."""
    parts = events.of if isinstance(events, AllOf) else (events,)
    labels = [part.labels for part in parts if isinstance(part, HasLabel)]
    if REPORTED not in parts or len(parts) != 1 + len(labels) or len(labels) > 1 or () in labels:
        return None  # an empty list of kinds lets nothing pass
    return tuple(_KINDS[label] for some in labels for label in some)


def _category_of(people: Predicate | None) -> str | None:
    """Return the category of people that a filter lets pass, an empty text for all; None for every other filter."""
    match people:
        case None:
            return ""
        case Compare(key="category", op=Comparator.IN, value=(str() as category,), of="self"):
            return category
        case _:
            return None

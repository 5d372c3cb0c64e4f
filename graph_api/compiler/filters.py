"""Predicates of filter inputs. Each field of a filter declares, beside its description, one of the conditions of this module.

::

    people(where: {tag: "civilian", not: {born: {until: "1950-01-01"}}})

    AllOf((Not(Compare("born_hi", Comparator.AT_MOST, -7305)), Compare("tags", Comparator.HAS, "civilian")))

A condition is a function of the value of a field, which is never null: an explicit null means the same as leaving a field out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graph_api.compiler.ir import (
    AllOf,
    AnyOf,
    AnyText,
    ClaimExists,
    Comparator,
    Compare,
    Exists,
    HasLabel,
    Hop,
    InOrder,
    Not,
    Predicate,
    Step,
    Traverse,
)
from graph_api.compiler.occurrences import ANNOUNCED, REPORTED
from graph_api.compiler.placeholders import map_value
from graph_api.errors import InvalidQuery
from graph_api.ontology.names import Rel, event_label
from graph_api.ontology.vocabulary import ClaimScope, DateCertainty, EventKind, Occurrence, Role
from graph_api.values.characters import comparable_text
from graph_api.values.durations import Duration

Input = Mapping[str, Any]
Condition = Callable[[Any, "Filters"], Predicate]
"""Turns the value of a field into a predicate; the filters are for inputs that contain other filters."""

Parse = Callable[[Any], str]

ALWAYS: Predicate = AllOf(())

MAX_STEPS: Final = 6
"""Limit of the steps of a sequence; the database takes seconds to plan more."""


@dataclass(frozen=True, slots=True)
class Filters:
    """The condition of every field of every filter input, by name."""

    conditions: Mapping[str, Mapping[str, Condition]]

    def predicate(self, input_type: str, value: Input) -> Predicate:
        """Return the predicate of a filter: all its conditions, in the order of their names."""
        conditions = self.conditions[input_type]
        return _and([conditions[name](one, self) for name, one in sorted(_given(value).items())])

    def events(self, value: Input | None) -> Predicate:
        """Return the predicate of the outermost EventFilter: without one, or without ``occurrence``, only events reported as past."""
        given = _given(value)
        occurrence = Occurrence(given.pop("occurrence", Occurrence.REPORTED))
        found = [self.predicate("EventFilter", given)] if given else []
        if occurrence is not Occurrence.ANY:
            found.append(REPORTED if occurrence is Occurrence.REPORTED else ANNOUNCED)
        return _and(found)


def _given(value: Input | None) -> dict[str, Any]:
    return {key: one for key, one in (value or {}).items() if one is not None}


def _and(found: list[Predicate]) -> Predicate:
    return found[0] if len(found) == 1 else AllOf(tuple(found))


# ── traversals ──────────────────────────────────────────────────────────────────────────────────────────────────


def took_part(role: str | None = None) -> Hop:
    """Return the hop from a participant to the events in which it had a role."""
    match = (("role", role),) if role else ()
    return Hop((Rel.TOOK_PART,), forward=True, label="Event", match=match)


def participants(role: str | None = None, label: str = "Record") -> Hop:
    """Return the hop from an event to those who had a role in it."""
    match = (("role", role),) if role else ()
    return Hop((Rel.TOOK_PART,), forward=False, label=label, match=match)


def acted(role: str | None = None, label: str = "Record") -> Hop:
    """Return the hop between an event and those who had a role in it, the court and the authority that it names included."""
    named = {None: (Rel.AUTHORITY, Rel.COURT), Role.COURT.value: (Rel.COURT,)}.get(role, ())
    return Hop((Rel.TOOK_PART, *named), forward=None, label=label, match=took_part(role).match)


# ── combinations ────────────────────────────────────────────────────────────────────────────────────────────────


def all_of(input_type: str) -> Condition:
    """Return the condition that every one of several filters of a type holds."""
    return lambda values, filters: AllOf(tuple(filters.predicate(input_type, one) for one in values))


def any_of(input_type: str) -> Condition:
    """Return the condition that at least one of several filters of a type holds."""
    return lambda values, filters: AnyOf(tuple(filters.predicate(input_type, one) for one in values))


def none_of(input_type: str) -> Condition:
    """Return the condition that a filter of a type does not hold."""
    return lambda value, filters: Not(filters.predicate(input_type, value))


# ── properties ──────────────────────────────────────────────────────────────────────────────────────────────────


def has_id(key: str = "id") -> Condition:
    """Return the condition of an IDFilter on a property."""
    return lambda value, _filters: _compare_id(key, value)


def _compare_id(key: str, value: Input, of: str = "self") -> Predicate:
    found: list[Predicate] = []
    for name, one in _given(value).items():
        match name:
            case "eq":
                found.append(Compare(key, Comparator.EQUAL, map_value(one, str), of))
            case _:
                found.append(Compare(key, Comparator.IN, map_value(one, _texts), of))
    return _and(found)


def _texts(values: list[Any]) -> tuple[Any, ...]:
    return tuple(map_value(one, _composed) for one in values)


def _composed(value: Any) -> str:
    """Return a text in NFC, the form of stored texts."""
    return unicodedata.normalize("NFC", str(value))


def equals(key: str, *, unstated: str = "", parse: Parse = str) -> Condition:
    """Return the condition that a property has a value. The value ``unstated`` also matches a property that is not stated.

    ``parse`` raises InvalidValue for a word that is not of a closed list.
    """

    def condition(value: Any, _filters: Filters) -> Predicate:
        equal = Compare(key, Comparator.EQUAL, map_value(value, parse))
        return AnyOf((equal, Compare(key, Comparator.IS_NULL))) if unstated and str(value) == unstated else equal

    return condition


def is_true(key: str) -> Condition:
    """Return the condition that a boolean property has a value."""
    return lambda value, _filters: Compare(key, Comparator.EQUAL, bool(value))


def is_true_unless_stated(key: str) -> Condition:
    """Return the condition that a boolean property, which is true unless stated otherwise, has a value."""
    is_false = Compare(key, Comparator.EQUAL, value=False)
    return lambda value, _filters: Not(is_false) if value else is_false


def has(key: str, *, parse: Parse = str) -> Condition:
    """Return the condition that a list property contains a value."""
    return lambda value, _filters: Compare(key, Comparator.HAS, map_value(value, parse))


_TEXT_OPERATORS: Final = {
    "eq": Comparator.EQUAL,
    "in": Comparator.IN,
    "contains": Comparator.CONTAINS,
    "startsWith": Comparator.STARTS_WITH,
}


NUMBER_TESTS: Final[Mapping[str, tuple[Comparator | None, Comparator | None]]] = {
    "eq": (Comparator.AT_LEAST, Comparator.AT_MOST),
    "gt": (Comparator.AFTER, None),
    "gte": (Comparator.AT_LEAST, None),
    "lt": (None, Comparator.BEFORE),
    "lte": (None, Comparator.AT_MOST),
}
"""How each test of a NumberFilter compares the highest and the lowest number that is possible."""


COUNT_TESTS: Final[Mapping[str, Comparator]] = {
    "eq": Comparator.EQUAL,
    "gt": Comparator.AFTER,
    "gte": Comparator.AT_LEAST,
    "lt": Comparator.BEFORE,
    "lte": Comparator.AT_MOST,
}
"""How each test of a NumberFilter compares a number that is known."""


def matches_name() -> Condition:
    """Return the condition of a TextFilter on names or titles: one spelling passes all its tests, compared as ``comparable_text`` does."""

    def condition(value: Input, _filters: Filters) -> Predicate:
        tests = tuple(
            (_TEXT_OPERATORS[name], map_value(one, _comparable if name in ("eq", "in") else _comparable_part))
            for name, one in _given(value).items()
        )
        return AnyText("name_keys", tests, folded=True) if tests else ALWAYS

    return condition


def _comparable(value: Any) -> Any:
    return (
        tuple(map_value(one, _comparable) for one in value)
        if isinstance(value, list)
        else _comparable_part(value).strip()
    )


def _comparable_part(value: Any) -> str:
    return comparable_text(str(value))


def matches_text(key: str | None, *lists: str) -> Condition:
    """Return the condition of a TextFilter: one text, of a property or of lists of texts, passes all its tests."""

    def condition(value: Input, _filters: Filters) -> Predicate:
        tests = tuple(
            (_TEXT_OPERATORS[name], map_value(one, _texts if name == "in" else _composed))
            for name, one in _given(value).items()
        )
        if not tests:
            return ALWAYS
        own = (_and([Compare(key, op, tested) for op, tested in tests]),) if key else ()
        return AnyOf((*own, *(AnyText(one, tests) for one in lists)))

    return condition


def category(value: Input, _filters: Filters) -> Predicate:
    """Return the predicate of a CategoryFilter."""
    given = _given(value)
    selected: list[tuple[str, ...]] = [(str(given["eq"]),)] if "eq" in given else []
    if "in" in given:
        selected.append(tuple(str(one) for one in given["in"]))
    basis = ClaimScope(given.get("basis", ClaimScope.SHOWN))
    found: list[Predicate] = []
    for values in selected:
        if basis is ClaimScope.ANY_SOURCE:
            found.append(ClaimExists("category", values))
        else:
            found.append(Compare("category", Comparator.IN, values))
    if selected and basis is ClaimScope.UNDISPUTED:
        found.append(Not(Compare("disputed", Comparator.HAS, "category")))
    return _and(found)


def disputed(value: Any, _filters: Filters) -> Predicate:
    """Return the predicate that sources differ about some property, or about none."""
    empty = Compare("disputed", Comparator.IS_EMPTY)
    return Not(empty) if value else empty


# ── other records ───────────────────────────────────────────────────────────────────────────────────────────────


def reaches(*hops: Hop) -> Condition:
    """Return the condition of an IDFilter on records that hops lead to; an empty one holds for every row."""
    return lambda value, _filters: Exists(Traverse(hops), _compare_id("id", value)) if _given(value) else ALWAYS


def counts(*hops: Hop) -> Condition:
    """Return the condition of a NumberFilter on the number of different records that hops lead to."""
    return lambda value, _filters: _and(
        [Exists(Traverse(hops), count=((COUNT_TESTS[name], number),)) for name, number in _given(value).items()]
    )


def reaches_property(hop: Hop, key: str, *, parse: Parse = str) -> Condition:
    """Return the condition that a hop leads to a record whose property has a value."""
    return lambda value, _filters: Exists(Traverse((hop,)), Compare(key, Comparator.EQUAL, map_value(value, parse)))


def event(value: Input, filters: Filters) -> Predicate:
    """Return the predicate of an EventMatch: the record has a role in an event that matches."""
    given = _given(value)
    where = filters.events(given.get("where"))
    return Exists(Traverse((took_part(str(given.get("role", Role.SUBJECT))),)), where)


def no_event(value: Input, filters: Filters) -> Predicate:
    """Return the predicate that no event matches an EventMatch."""
    return Not(event(value, filters))


def history(value: Input, filters: Filters) -> Predicate:
    """Return the predicate of a HistoryFilter."""
    given = _given(value)
    holds = DateCertainty(given.get("holds", DateCertainty.FOR_SOME_DATES))
    return InOrder(steps(given["steps"], filters), holds, bool(given.get("sameDay", False)))


def steps(values: list[Input], filters: Filters) -> tuple[Step, ...]:
    """Return the steps of a sequence. Raises InvalidQuery for none or too many, or if the first has ``within``."""
    if not 1 <= len(values) <= MAX_STEPS:
        raise InvalidQuery(f"Invalid number of steps {len(values)}: expected 1 to {MAX_STEPS}.")
    found = []
    for index, one in enumerate(values):
        given = _given(one)
        within = Duration.parse(given["within"]) if "within" in given else None
        if within is not None and index == 0:
            raise InvalidQuery(
                "Invalid `within` on the first step: expected it on later steps only, since it is measured from the step before."
            )
        where = filters.events(given.get("where"))
        found.append(Step(event_label(EventKind(given["kind"])), str(given.get("role", Role.SUBJECT)), where, within))
    return tuple(found)


# ── events ──────────────────────────────────────────────────────────────────────────────────────────────────────


def occurrence(value: Any, _filters: Filters) -> Predicate:
    """Refuse ``occurrence`` below the outermost EventFilter, where it is read. Raises InvalidQuery, except for the default."""
    if Occurrence(value) is not Occurrence.REPORTED:
        raise InvalidQuery(
            f"Invalid `occurrence: {value}` below and, or or not: expected it at the outermost EventFilter only."
        )
    return ALWAYS


def kind(value: Any, filters: Filters) -> Predicate:
    """Return the predicate that an event is of a kind."""
    return kinds([value], filters)


def kinds(values: list[Any], _filters: Filters) -> Predicate:
    """Return the predicate that an event is of one of several kinds."""
    return HasLabel(tuple(sorted({event_label(EventKind(value)) for value in values})))


def handed_to(value: Input, _filters: Filters) -> Predicate:
    """Return the predicate that somebody was handed over to an actor."""
    return Exists(Traverse((participants(),)), _compare_id("side", value, "link")) if _given(value) else ALWAYS


def standing_of_court(value: Any, filters: Filters) -> Predicate:
    """Return the predicate that the court or authority of an event has a standing, or a court that no source names."""
    acted = Hop((Rel.COURT, Rel.AUTHORITY), forward=True, label="Organization")
    named = Exists(Traverse((acted,)), equals("standing", unstated="UNSTATED")(value, filters))
    return AnyOf((named, equals("court_standing")(value, filters)))


def sentence_years(value: Input, _filters: Filters) -> Predicate:
    """Return the predicate of a NumberFilter on the term of a sentence in years; life is longer than any term, and equal to none."""
    is_life = Compare("sentence_kind", Comparator.EQUAL, "LIFE")
    found: list[Predicate] = []
    for name, years in _given(value).items():
        is_above, is_below = NUMBER_TESTS[name]
        above = is_above and Compare("sentence_high", is_above, years * 12)
        if above:
            found.append(above if is_below else AnyOf((is_life, above)))
        if is_below:
            found.append(Compare("sentence_low", is_below, years * 12))
    return _and(found)


def ground(value: Any, filters: Filters) -> Predicate:
    """Return the predicate of the ground of a release; other kinds of events have none, not even an unstated one."""
    predicate = equals("ground", unstated="UNSTATED")(value, filters)
    released = HasLabel((event_label(EventKind.RELEASE), event_label(EventKind.REUNIFICATION)))
    return AllOf((released, predicate)) if isinstance(predicate, AnyOf) else predicate

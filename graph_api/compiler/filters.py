"""Filter inputs to the IR. An explicit null means the same as leaving out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graph_api.compiler.ir import (
    AllOf,
    AnyOf,
    AnyText,
    ClaimExists,
    Compare,
    Exists,
    HasLabel,
    Hop,
    InOrder,
    Not,
    Operator,
    Predicate,
    Step,
    Traverse,
)
from graph_api.compiler.placeholders import map_value
from graph_api.errors import InvalidQuery
from graph_api.ontology.names import Rel, event_label
from graph_api.ontology.vocabulary import ClaimScope, DateCertainty, EventKind, Role
from graph_api.values.dates import day_number, parse_day
from graph_api.values.durations import Duration

Input = Mapping[str, Any]

NEVER: Predicate = AnyOf(())
ALWAYS: Predicate = AllOf(())

PLACES_OF_EVENTS = (Rel.AT, Rel.IN, Rel.WITHIN, Rel.FROM_SITE, Rel.TO_SITE, Rel.FROM_PLACE, Rel.TO_PLACE)
"""Ways from an event to the places and sites that it has to do with, and from these to the places that they lie in."""
SITES_OF_EVENTS = (Rel.AT, Rel.FROM_SITE, Rel.TO_SITE)
MAX_STEPS = 6
"""More would take the planner of the database seconds."""
MAX_PLACE_DEPTH = 8
"""More levels of places within places than there are."""


def took_part(role: str | None = None) -> Hop:
    """Return the way from somebody to the events in which they had a role."""
    match = (("role", role),) if role else ()
    return Hop((Rel.TOOK_PART,), forward=True, label="Event", match=match)


def participants(role: str | None = None, label: str = "Record") -> Hop:
    """Return the way from an event to those who had a role in it."""
    match = (("role", role),) if role else ()
    return Hop((Rel.TOOK_PART,), forward=False, label=label, match=match)


def _given(value: Input | None) -> dict[str, Any]:
    return {key: one for key, one in (value or {}).items() if one is not None}


def _and(found: list[Predicate]) -> Predicate:
    return found[0] if len(found) == 1 else AllOf(tuple(found))


def compared(key: str, value: Input, of: str = "self") -> Predicate:
    """Return an IDFilter on a property."""
    found: list[Predicate] = []
    for name, one in _given(value).items():
        match name:
            case "eq":
                found.append(Compare(key, Operator.EQUAL, map_value(one, str), of))
            case _:
                found.append(Compare(key, Operator.IN, map_value(one, _texts), of))
    return _and(found)


def _texts(values: list[Any]) -> tuple[Any, ...]:
    return tuple(map_value(one, str) for one in values)


_TEXT_OPS = {"eq": Operator.EQUAL, "in": Operator.IN, "contains": Operator.CONTAINS, "startsWith": Operator.STARTS_WITH}


def text(key: str, lists: tuple[str, ...], value: Input) -> Predicate:
    """Return a TextFilter: one text of a property, if ``key`` is not empty, or of lists of texts passes all that it asks."""
    given = _given(value)
    tests = tuple((_TEXT_OPS[name], map_value(one, _texts if name == "in" else str)) for name, one in given.items())
    if not tests:
        return ALWAYS
    own: tuple[Predicate, ...] = (_and([Compare(key, op, asked) for op, asked in tests]),) if key else ()
    return AnyOf((*own, *(AnyText(of, tests) for of in lists)))


def reached(hops: tuple[Hop, ...]) -> Callable[[Any], Predicate]:
    """Return an IDFilter on records that can be reached; one that asks nothing holds of every row."""
    return lambda value: Exists(Traverse(hops), compared("id", value)) if _given(value) else ALWAYS


def point(key: str) -> Callable[[Any], Predicate]:
    """Return a WhenFilter on a date."""
    return lambda value: _within(value, key, f"{key}_lo", f"{key}_hi", f"{key}_lo", f"{key}_hi")


def _within(value: Input, key: str, lo: str, hi: str, end_lo: str, end_hi: str, *, overlap: bool = False) -> Predicate:
    given = _given(value)
    found: list[Predicate] = []
    if "known" in given:
        guard: Predicate = Not(Compare(key, Operator.IS_NULL))
        found.append(guard if given["known"] else Not(guard))
    surely = given.get("holds", DateCertainty.FOR_SOME_DATES) == DateCertainty.FOR_ALL_DATES
    start = _day(given["from"]) if "from" in given else None
    until = _day(given["until"]) if "until" in given else None
    if start is not None and until is not None and start > until:
        raise InvalidQuery(
            f"Invalid range from {given['from']} until {given['until']}: expected `from` to be on or before `until`."
        )
    if overlap:
        if start is not None:
            found.append(Compare(end_lo if surely else end_hi, Operator.AT_LEAST, start))
        if until is not None:
            found.append(Compare(hi if surely else lo, Operator.AT_MOST, until))
    else:
        if start is not None:
            found.append(Compare(lo if surely else hi, Operator.AT_LEAST, start))
        if until is not None:
            found.append(Compare(hi if surely else lo, Operator.AT_MOST, until))
    return _and(found)


def _day(value: Any) -> int:
    return day_number(parse_day(value) if isinstance(value, str) else value)


def _category(value: Input) -> Predicate:
    given = _given(value)
    words = [str(given["eq"])] if "eq" in given else []
    asked = [tuple(words)] if words else []
    if "in" in given:
        asked.append(tuple(str(one) for one in given["in"]))
    basis = ClaimScope(given.get("basis", ClaimScope.SHOWN))
    found: list[Predicate] = []
    for some in asked:
        if basis is ClaimScope.ANY_SOURCE:
            found.append(ClaimExists("category", some))
        else:
            found.append(Compare("category", Operator.IN, some))
    if asked and basis is ClaimScope.UNDISPUTED:
        found.append(Not(Compare("disputed", Operator.HAS, "category")))
    return _and(found)


def _match(value: Input) -> Predicate:
    given = _given(value)
    where = event_filter(given["where"]) if "where" in given else None
    return Exists(Traverse((took_part(str(given.get("role", Role.SUBJECT))),)), where)


def steps(values: list[Input]) -> tuple[Step, ...]:
    """Return the steps of a sequence.

    Raises InvalidQuery where there is none or too many, or the first has ``within``.
    """
    if not values:
        raise InvalidQuery(f"Invalid number of steps 0: expected 1 to {MAX_STEPS}.")
    if len(values) > MAX_STEPS:
        raise InvalidQuery(f"Invalid number of steps {len(values)}: expected 1 to {MAX_STEPS}.")
    found = []
    for place, one in enumerate(values):
        given = _given(one)
        within = Duration.parse(given["within"]) if "within" in given else None
        if within is not None and place == 0:
            raise InvalidQuery(
                "Invalid `within` on the first step: expected it on later steps only, since it is measured from the step before."
            )
        where = event_filter(given["where"]) if "where" in given else None
        found.append(Step(event_label(EventKind(given["kind"])), str(given.get("role", Role.SUBJECT)), where, within))
    return tuple(found)


def _history(value: Input) -> Predicate:
    given = _given(value)
    return InOrder(
        steps(given["steps"]),
        DateCertainty(given.get("holds", DateCertainty.FOR_SOME_DATES)),
        bool(given.get("sameDay", False)),
    )


Meaning = Callable[[Any], Predicate]


def _filter(meanings: Mapping[str, Meaning]) -> Callable[[Input], Predicate]:
    def meaning(value: Input) -> Predicate:
        found: list[Predicate] = []
        for name, one in sorted(_given(value).items()):
            match name:
                case "and":
                    found += [meaning(each) for each in one]
                case "or":
                    found.append(AnyOf(tuple(meaning(each) for each in one)))
                case "not":
                    found.append(Not(meaning(one)))
                case _:
                    found.append(meanings[name](one))
        return _and(found)

    return meaning


def _equal(key: str) -> Meaning:
    return lambda value: Compare(key, Operator.EQUAL, map_value(value, str))


def _flag(key: str) -> Meaning:
    return lambda value: Compare(key, Operator.EQUAL, bool(value))


def _has(key: str) -> Meaning:
    return lambda value: Compare(key, Operator.HAS, map_value(value, str))


def _of_court(value: Any) -> Predicate:
    asked = Compare("standing", Operator.EQUAL, str(value))
    silent: tuple[Predicate, ...] = (Compare("standing", Operator.IS_NULL),) if str(value) == "UNSTATED" else ()
    acted = Hop((Rel.COURT, Rel.AUTHORITY), forward=True, label="Organization")
    return Exists(Traverse((acted,)), AnyOf((asked, *silent)))


def _sentence_years(value: Input) -> Predicate:
    given = _given(value)
    found: list[Predicate] = []
    if "gte" in given:
        found.append(
            AnyOf(
                (
                    Compare("sentence_kind", Operator.EQUAL, "LIFE"),
                    Compare("sentence_high", Operator.AT_LEAST, given["gte"] * 12),
                )
            )
        )
    if "lte" in given:
        found.append(Compare("sentence_low", Operator.AT_MOST, given["lte"] * 12))
    return _and(found)


def _ground(value: Any) -> Predicate:
    labels = HasLabel((event_label(EventKind.RELEASE), event_label(EventKind.REUNIFICATION)))
    asked: Predicate = Compare("ground", Operator.EQUAL, str(value))
    return AllOf((labels, AnyOf((asked, Compare("ground", Operator.IS_NULL))))) if str(value) == "UNSTATED" else asked


def _handed_to(value: Input) -> Predicate:
    return Exists(Traverse((participants(),)), compared("side", value, "link")) if _given(value) else ALWAYS


def _kinds(values: list[Any]) -> Predicate:
    return HasLabel(tuple(sorted({event_label(EventKind(value)) for value in values})))


def _disputed(value: Any) -> Predicate:
    empty = Compare("disputed", Operator.IS_EMPTY)
    return Not(empty) if value else empty


_CITED = Hop((Rel.CITES,), forward=True, label="Source")

event_filter = _filter(
    {
        "id": lambda value: compared("id", value),
        "kind": lambda value: _kinds([value]),
        "kinds": _kinds,
        "date": point("date"),
        "during": lambda value: _within(value, "date", "date_lo", "date_hi", "until_lo", "until_hi", overlap=True),
        "participant": reached((participants(),)),
        "mediator": reached((participants(Role.MEDIATOR.value),)),
        "handedTo": _handed_to,
        "site": reached((Hop(SITES_OF_EVENTS, forward=True, label="Site"),)),
        "place": reached((Hop(PLACES_OF_EVENTS, forward=True, label="Place", max_length=MAX_PLACE_DEPTH),)),
        "court": reached((Hop((Rel.COURT,), forward=True, label="Organization"),)),
        "standing": _of_court,
        "offence": lambda value: text("", ("offence_codes", "offence_texts"), value),
        "article": lambda value: text("", ("offence_articles",), value),
        "sentenceYears": _sentence_years,
        "inAbsentia": _flag("in_absentia"),
        "ground": _ground,
        "partOf": reached((Hop((Rel.PART_OF,), forward=True, label="Event"),)),
        "source": reached((_CITED,)),
        "sourceKind": lambda value: Exists(Traverse((_CITED,)), Compare("kind", Operator.EQUAL, str(value))),
        "disputed": _disputed,
    }
)

_SUBJECT: Mapping[str, Meaning] = {
    "id": lambda value: compared("id", value),
    "name": lambda value: text("name", ("name_texts",), value),
    "category": _category,
    "someEvent": _match,
    "noEvent": lambda value: Not(_match(value)),
    "history": _history,
}
person_filter = _filter(
    {
        **_SUBJECT,
        "sex": lambda value: _or_unknown("sex", value),
        "tag": _has("tags"),
        "nationality": _has("nationalities"),
        "born": point("born"),
    }
)
group_filter = _filter({**_SUBJECT, "name": lambda value: text("name", (), value)})


def _or_unknown(key: str, value: Any) -> Predicate:
    asked: Predicate = Compare(key, Operator.EQUAL, str(value))
    return AnyOf((asked, Compare(key, Operator.IS_NULL))) if str(value) in {"UNKNOWN", "UNSTATED"} else asked


source_filter = _filter(
    {
        "id": lambda value: compared("id", value),
        "title": lambda value: text("title", (), value),
        "kind": _equal("kind"),
        "publisher": reached((Hop((Rel.PUBLISHER,), forward=True, label="Organization"),)),
        "published": point("published"),
    }
)
_NOT_SPECIFIC: Predicate = Compare("specific", Operator.EQUAL, value=False)
site_filter = _filter(
    {
        "id": lambda value: compared("id", value),
        "name": lambda value: text("name", ("name_texts",), value),
        "kind": _equal("kind"),
        "place": reached((Hop((Rel.IN, Rel.WITHIN), forward=True, label="Place", max_length=MAX_PLACE_DEPTH),)),
        "controlledBy": lambda value: Exists(
            Traverse((Hop((Rel.CONTROLLED,), forward=True, label="Control"),)),
            Compare("by", Operator.EQUAL, map_value(value, str)),
        ),
        "specific": lambda value: Not(_NOT_SPECIFIC) if value else _NOT_SPECIFIC,
    }
)
organization_filter = _filter(
    {
        "id": lambda value: compared("id", value),
        "name": lambda value: text("name", ("name_texts",), value),
        "kind": _equal("kind"),
        "standing": lambda value: _or_unknown("standing", value),
        "country": _equal("country"),
    }
)
place_filter = _filter(
    {
        "id": lambda value: compared("id", value),
        "name": lambda value: text("name", ("name_texts",), value),
        "kind": _equal("kind"),
        "within": reached((Hop((Rel.WITHIN,), forward=True, label="Place", max_length=MAX_PLACE_DEPTH),)),
    }
)
figure_filter = _filter(
    {
        "id": lambda value: compared("id", value),
        "measure": lambda value: text("measure", (), value),
        "unit": _equal("quantity_unit"),
        "about": reached((Hop((Rel.ABOUT,), forward=True),)),
        "side": reached((Hop((Rel.FIGURE_SIDE,), forward=True),)),
        "category": _equal("category"),
        "saidBy": reached((Hop((Rel.SAID_BY,), forward=True),)),
        "source": reached((_CITED,)),
        "asOf": point("as_of"),
    }
)

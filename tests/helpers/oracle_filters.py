"""The filters of the contract as plain functions to True or False; what is not known does not hold."""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import Any

from graph_api.evidence.claims import NESTED_RECORDS, Claim, exact_kind
from graph_api.ontology.properties import Property
from graph_api.values.dates import day_number, parse_day
from graph_api.values.durations import Duration
from tests.helpers.oracle_order import Step, can_be_in_order, must_be_in_order

TO_SITES = ("AT", "FROM_SITE", "TO_SITE")
OF_SITES = ("IN", "WITHIN")
OF_EVENTS = (*TO_SITES, *OF_SITES, "FROM_PLACE", "TO_PLACE")

World = Any
Record = Any
Where = Mapping[str, Any]
Meaning = Callable[[World, Record, Any], bool]


def property_of(claim: Claim, name: str) -> Property:
    """Return what the model says of a property of a claim."""
    properties = (
        NESTED_RECORDS[claim.kind].properties if claim.is_of_nested_record else exact_kind(claim.kind).properties
    )
    return next(one for one in properties if one.name == name)


def given(where: Where | None) -> dict[str, Any]:
    """Return a filter without its nulls, which mean the same as leaving out."""
    return {key: value for key, value in (where or {}).items() if value is not None}


# ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────


def ids(where: Where, values: Iterable[str | None]) -> bool:
    """Say whether one of these ids is asked for; a filter that asks nothing holds."""
    asked = given(where)
    if not asked:
        return True
    return any(
        value is not None
        and ("eq" not in asked or value == asked["eq"])
        and ("in" not in asked or value in asked["in"])
        for value in values
    )


def text(where: Where, values: Iterable[str | None]) -> bool:
    """Say whether one of these texts is asked for; a filter that asks nothing holds."""
    asked = given(where)
    if not asked:
        return True
    return any(value is not None and _is_text(asked, value) for value in values)


def name(where: Where, values: Iterable[str]) -> bool:
    """Say whether one of these names is asked for, however its apostrophes, hyphens, blanks and capitals are written."""
    asked = given(where)
    plain: dict[str, Any] = {
        key: [_plain(one).strip() for one in many] if isinstance(many, list) else _plain(many)
        for key, many in asked.items()
    }
    plain |= {"eq": plain["eq"].strip()} if "eq" in plain else {}
    return not asked or any(_is_text(plain, _plain(one).strip()) for one in values)


def _plain(text: str) -> str:
    for like, plain in (("’ʼ‘´`ʹ", "'"), ("‐‑–—", "-"), ("\u00a0\u2009", " ")):
        text = re.sub(f"[{like}]", plain, text)
    found = "".join(
        c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in ("Cf", "Cc") or c.isspace()
    )
    found = unicodedata.normalize("NFC", found.casefold().replace("i\u0307", "i").replace("ı", "i"))
    return re.sub(r"\s+", " ", re.sub("[\u0300\u0301]", "", found))


def _is_text(asked: Where, value: str) -> bool:
    return all(
        (
            value == asked.get("eq", value),
            value in asked.get("in", [value]),
            asked.get("contains", "").lower() in value.lower(),
            value.lower().startswith(asked.get("startsWith", "").lower()),
        )
    )


def point(where: Where, stored: Mapping[str, Any], key: str) -> bool:
    """Say whether a date lies between two days, for all or some of the days that it allows."""
    asked = given(where)
    if "known" in asked and asked["known"] is not (key in stored):
        return False
    surely = asked.get("holds") == "FOR_ALL_DATES"
    lo, hi = stored.get(f"{key}_lo"), stored.get(f"{key}_hi")
    start, until = _days(asked)
    if start is None and until is None:
        return True
    if key not in stored and surely:
        return False
    if lo is None or hi is None:
        latest = stored.get("known_from") if key == "published" else None
        return key != "custody_reported" and (start is None or latest is None or latest >= start)
    first, last = (lo, hi) if surely else (hi, lo)
    return (start is None or first >= start) and (until is None or last <= until)


def during(where: Where, stored: Mapping[str, Any]) -> bool:
    """Say whether the time from an event's date to its end overlaps that from one day to another."""
    asked = given(where)
    if "known" in asked and asked["known"] is not ("date" in stored):
        return False
    surely = asked.get("holds") == "FOR_ALL_DATES"
    start, until = _days(asked)
    begins = stored["date_hi"] if surely else stored["date_lo"]
    ends = stored["until_lo"] if surely else stored["until_hi"]
    if surely and "date" not in stored and _days(asked) != (None, None):
        return False
    return (start is None or ends >= start) and (until is None or begins <= until)


def _days(asked: Where) -> tuple[int | None, int | None]:
    start, until = (
        None if asked.get(name) is None else day_number(parse_day(asked[name])) for name in ("from", "until")
    )
    return start, until


def _category(world: World, row: Record, where: Where) -> bool:
    asked = given(where)
    wanted = [{asked["eq"]}] if "eq" in asked else []
    wanted += [set(asked["in"])] if "in" in asked else []
    if not wanted:
        return True
    if asked.get("basis") == "ANY_SOURCE":
        said = {claim.values.get("category") for claim in world.claims[row.id]}
        return all(said & some for some in wanted)
    if asked.get("basis") == "UNDISPUTED" and "category" in row.stored["disputed"]:
        return False
    return all(row.stored.get("category") in some for some in wanted)


# ── filters ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _filter(meanings: Mapping[str, Meaning]) -> Meaning:
    def matches(world: World, row: Record, where: Where) -> bool:
        for name, asked in given(where).items():
            match name:
                case "and":
                    holds = all(matches(world, row, each) for each in asked)
                case "or":
                    holds = any(matches(world, row, each) for each in asked)
                case "not":
                    holds = not matches(world, row, asked)
                case _:
                    holds = meanings[name](world, row, asked)
            if not holds:
                return False
        return True

    return matches


def _shown(key: str, silent: str | None = None) -> Meaning:
    return lambda _world, row, asked: bool(row.stored.get(key, silent) == asked)


def _reaches(*types: str) -> Meaning:
    return lambda world, row, asked: ids(asked, [link.end for link in world.links(row.id, *types)])


def _texts(row: Record) -> list[str]:
    return list(row.stored["name_text"].split("\n"))


def _standing(world: World, row: Record, asked: str) -> bool:
    of_court = row.stored.get("court_standing")
    acted = [one.stored.get("standing", "UNSTATED") for one in world.to(row.id, "COURT", "AUTHORITY")]
    return asked in acted or asked == of_court


def _sentence_years(_world: World, row: Record, where: Where) -> bool:
    asked = given(where)
    low, high = row.stored.get("sentence_low"), row.stored.get("sentence_high")
    for_life = row.stored.get("sentence_kind") == "LIFE"
    months = {key: value * 12 for key, value in asked.items()}
    holds = {
        "eq": lambda n: low is not None and low <= n <= high,
        "gt": lambda n: for_life or (high is not None and high > n),
        "gte": lambda n: for_life or (high is not None and high >= n),
        "lt": lambda n: low is not None and low < n,
        "lte": lambda n: low is not None and low <= n,
    }
    return all(holds[key](value) for key, value in months.items())


def happened(world: World, row: Record, where: Where | None) -> bool:
    """Say whether an event matches an outermost filter: announced ones only where it asks for them."""
    asked = dict(given(where or {}))
    occurrence = asked.pop("occurrence", "REPORTED")
    wanted = {"REPORTED": [False], "ANNOUNCED": [True], "ANY": [True, False]}[occurrence]
    return row.stored["announced"] in wanted and event(world, row, asked)


def _some_event(world: World, row: Record, where: Where) -> bool:
    asked = given(where)
    return any(
        happened(world, one, asked.get("where")) for one in world.events_of(row.id, asked.get("role") or "SUBJECT")
    )


def _history(world: World, row: Record, where: Where) -> bool:
    asked = given(where)
    return bool(
        chains(world, row, asked["steps"], asked.get("holds", "FOR_SOME_DATES"), same_day=asked.get("sameDay", False))
    )


def _source_count(world: World, row: Record, where: Where) -> bool:
    number = len(world.to(row.id, "CITES"))
    tests = {"eq": operator.eq, "gt": operator.gt, "gte": operator.ge, "lt": operator.lt, "lte": operator.le}
    return all(tests[name](number, asked) for name, asked in given(where).items())


def known_from(where: Where, stored: Mapping[str, Any]) -> bool:
    """Say whether the first source was known in the window; every record has such a day."""
    asked = given(where)
    start, until = _days(asked)
    day = stored["since"]
    return asked.get("known", True) and (start is None or day >= start) and (until is None or day <= until)


def counted_over(where: Where, stored: Mapping[str, Any]) -> bool:
    """Say whether the span of a figure, of which an end may be open, overlaps the window, or its day lies in it."""
    asked = given(where)
    is_dated = any(key in stored for key in ("from", "until", "as_of"))
    if "known" in asked and asked["known"] is not is_dated:
        return False
    start, until = _days(asked)
    if start is None and until is None:
        return True
    if not is_dated:
        return asked.get("holds") != "FOR_ALL_DATES"
    near, far = ("lo", "hi") if asked.get("holds") == "FOR_ALL_DATES" else ("hi", "lo")
    open_end = asked.get("holds") != "FOR_ALL_DATES"

    def within(first: str, last: str, *, is_open: bool) -> bool:
        end, begin = stored.get(f"{last}_{near}"), stored.get(f"{first}_{far}")
        return (start is None or (is_open if end is None else end >= start)) and (
            until is None or (is_open if begin is None else begin <= until)
        )

    has_span = "from" in stored or "until" in stored
    if has_span and "until" not in stored and "as_of" in stored:
        stored = {**stored, "until_lo": stored["as_of_lo"], "until_hi": stored["as_of_hi"]}
    return (has_span and within("from", "until", is_open=open_end)) or (
        "as_of" in stored and within("as_of", "as_of", is_open=False)
    )


def _disputed_property(_world: World, row: Record, asked: str) -> bool:
    return re.sub("([A-Z])", lambda found: f"-{found[1].lower()}", asked) in row.stored["disputed"]


_EVIDENCE: dict[str, Meaning] = {
    "source": _reaches("CITES"),
    "sourceCount": _source_count,
    "disputed": lambda _w, row, asked: bool(row.stored["disputed"]) is asked,
    "disputedProperty": _disputed_property,
}

event: Meaning = _filter(
    {
        "id": lambda _w, row, asked: ids(asked, [row.id]),
        "kind": lambda _w, row, asked: row.stored["kind"] == asked,
        "kinds": lambda _w, row, asked: row.stored["kind"] in asked,
        "date": lambda _w, row, asked: point(asked, row.stored, "date"),
        "during": lambda _w, row, asked: during(asked, row.stored),
        "participant": lambda world, row, asked: ids(
            asked,
            [
                *(part.link.start for part in world.parties(row.id)),
                *(link.end for type_ in ("COURT", "AUTHORITY") for link in world.links(row.id, type_)),
            ],
        ),
        "mediator": lambda world, row, asked: ids(
            asked, [part.link.start for part in world.parties(row.id, "MEDIATOR")]
        ),
        "handedTo": lambda world, row, asked: ids(asked, [part.stored.get("side") for part in world.parties(row.id)]),
        "site": _reaches(*TO_SITES),
        "place": lambda world, row, asked: ids(
            asked, [one for one in world.above(row.id, *OF_EVENTS) if world.get(one).type == "Place"]
        ),
        "court": _reaches("COURT"),
        "standing": _standing,
        "offence": lambda _w, row, asked: text(
            asked, [*row.stored.get("offence_codes", []), *row.stored.get("offence_texts", [])]
        ),
        "article": lambda _w, row, asked: text(asked, row.stored.get("offence_articles", [])),
        "sentenceYears": _sentence_years,
        "inAbsentia": _shown("in_absentia"),
        "ground": lambda _w, row, asked: row.type == "Release" and row.stored.get("ground", "UNSTATED") == asked,
        "partOf": _reaches("PART_OF"),
        "sourceKind": lambda world, row, asked: any(one.stored["kind"] == asked for one in world.to(row.id, "CITES")),
        **_EVIDENCE,
        "about": _reaches("ABOUT"),
        "fromSite": _reaches("FROM_SITE"),
        "toSite": _reaches("TO_SITE"),
        "knownFrom": lambda _w, row, asked: known_from(asked, row.stored),
        "occurrence": lambda _w, _row, _asked: True,
    }
)

_SUBJECT: dict[str, Meaning] = {
    "id": lambda _w, row, asked: ids(asked, [row.id]),
    "name": lambda _w, row, asked: name(asked, _texts(row)),
    "category": _category,
    "someEvent": _some_event,
    "noEvent": lambda world, row, asked: not _some_event(world, row, asked),
    "history": _history,
}
person: Meaning = _filter(
    {
        **_SUBJECT,
        **_EVIDENCE,
        "occupation": lambda _w, row, asked: text(asked, row.stored.get("occupations", [])),
        "group": lambda world, row, asked: ids(
            asked, [link.start for link in world.links(row.id, "MEMBER", back=True)]
        ),
        "sex": _shown("sex", "UNKNOWN"),
        "tag": lambda _w, row, asked: asked in row.stored.get("tags", []),
        "nationality": lambda _w, row, asked: asked in row.stored.get("nationalities", []),
        "born": lambda _w, row, asked: point(asked, row.stored, "born"),
        "custody": _shown("custody"),
        "legal": _shown("legal"),
        "custodyReported": lambda _w, row, asked: point(asked, row.stored, "custody_reported"),
    }
)
group: Meaning = _filter(_SUBJECT)
source: Meaning = _filter(
    {
        "id": lambda _w, row, asked: ids(asked, [row.id]),
        "title": lambda _w, row, asked: name(asked, [row.stored["title"]]),
        "kind": _shown("kind"),
        "publisher": _reaches("PUBLISHER"),
        "published": lambda _w, row, asked: point(asked, row.stored, "published"),
    }
)
site: Meaning = _filter(
    {
        "id": lambda _w, row, asked: ids(asked, [row.id]),
        "name": lambda _w, row, asked: name(asked, _texts(row)),
        "kind": _shown("kind"),
        "place": lambda world, row, asked: ids(asked, world.above(row.id, *OF_SITES)),
        "controlledBy": lambda world, row, asked: any(
            one.stored["by"] == asked for one in world.to(row.id, "CONTROLLED")
        ),
        "specific": _shown("specific", True),  # type: ignore[arg-type]
    }
)
organization: Meaning = _filter(
    {
        "id": lambda _w, row, asked: ids(asked, [row.id]),
        "name": lambda _w, row, asked: name(asked, _texts(row)),
        "kind": _shown("kind"),
        "standing": _shown("standing", "UNSTATED"),
        "country": _shown("country"),
    }
)
place: Meaning = _filter(
    {
        "id": lambda _w, row, asked: ids(asked, [row.id]),
        "name": lambda _w, row, asked: name(asked, _texts(row)),
        "kind": _shown("kind"),
        "within": lambda world, row, asked: ids(asked, world.above(row.id, "WITHIN")),
    }
)
figure: Meaning = _filter(
    {
        "id": lambda _w, row, asked: ids(asked, [row.id]),
        "measure": lambda _w, row, asked: text(asked, [row.stored["measure"]]),
        "unit": _shown("quantity_unit"),
        "about": _reaches("ABOUT"),
        "side": _reaches("FIGURE_SIDE"),
        "category": _shown("category"),
        "sex": _shown("sex"),
        "during": lambda _w, row, asked: counted_over(asked, row.stored),
        "saidBy": _reaches("SAID_BY"),
        "source": _reaches("CITES"),
        "asOf": lambda _w, row, asked: point(asked, row.stored, "as_of"),
    }
)


# ── sequences ───────────────────────────────────────────────────────────────────────────────────────────────────


def chains(
    world: World, subject: Record, steps: Sequence[Where], holds: str, *, same_day: bool
) -> list[tuple[bool, list[Record]]]:
    """Return every chain of different events in that order, the best established first, then the earliest."""
    follows = world.follows()
    choices = [
        [
            one
            for one in world.events_of(subject.id, step.get("role") or "SUBJECT")
            if one.stored["kind"] == step["kind"] and happened(world, one, step.get("where"))
        ]
        for step in steps
    ]
    withins = [_months_and_days(step["within"]) if step.get("within") else None for step in steps]
    found = []
    for events in product(*choices):
        chain = [
            Step(one.id, one.stored["date_lo"], one.stored["date_hi"], within)
            for one, within in zip(events, withins, strict=True)
        ]
        is_sure = must_be_in_order(chain, follows, same_day=same_day)
        if is_sure or (holds == "FOR_SOME_DATES" and can_be_in_order(chain, follows, same_day=same_day)):
            found.append((is_sure, list(events)))
    return sorted(found, key=_rank)


def _months_and_days(text: str) -> tuple[int, int]:
    duration = Duration.parse(text)
    return duration.months, duration.days


def _rank(chain: tuple[bool, list[Record]]) -> tuple[Any, ...]:
    is_sure, events = chain
    undated = sum("date" not in one.stored for one in events)
    return (not is_sure, undated, [one.stored["date_lo"] for one in events], [one.id for one in events])

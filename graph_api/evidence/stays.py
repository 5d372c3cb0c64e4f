"""Stays: one participant at one site for one span, as far as events bound it; and how long two were at the same site.

A stay is stated (CONFINEMENT) or derived: from being taken to a site (DETENTION), from the site of a TRANSFER, for its days from a SIGHTING. It ends
with the next event that surely leaves it. A derived stay holds for all dates only on days on which a source has the participant there: the arrival,
a sighting, a departure from that site, a death there; its end lies between the last such day and the next leaving event. No stay follows from a site that
is not specific or may be another, from several sites at once, or from a place.

Source of the rules: sections 6 and 7 of the rules of the case file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graph_api.ontology.vocabulary import EventKind
from graph_api.values.dates import OPEN_HI, OPEN_LO, When, edtf_of_days
from graph_api.values.overlaps import Overlap, overlap_of_spans

_AT_SITES: Final = frozenset({EventKind.CONFINEMENT, EventKind.DETENTION, EventKind.SIGHTING})
_MOVES: Final = frozenset({EventKind.TRANSFER, EventKind.DEPORTATION})
"""Kinds of events of which the site is the one to which they led."""
_ARRIVALS: Final = _AT_SITES | {EventKind.TRANSFER}
_LEAVING: Final = frozenset(
    {
        *_MOVES,
        EventKind.RELEASE,
        EventKind.REUNIFICATION,
        EventKind.EXCHANGE,
        EventKind.DEATH,
    }
)
"""Kinds of events with which a stay is over."""


@dataclass(frozen=True, slots=True)
class StayEvent:
    """An event of one participant. Days are day numbers; ``until`` is None where no source states an end.

    ``site`` is the one specific site at which it happened or to which it led, ``from_site`` the one that it left. ``follows`` has the events
    that it surely came after, closed. ``date_text`` and ``until_text`` are the dates as written.
    """

    id: str
    kind: EventKind
    lo: int = OPEN_LO
    hi: int = OPEN_HI
    until: tuple[int, int] | None = None
    site: str | None = None
    from_site: str | None = None
    follows: frozenset[str] = frozenset()
    date_text: str | None = None
    until_text: str | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay at a site, with the first and last possible day of its start and of its end, and the events that it rests on."""

    site: str
    start: tuple[int, int]
    end: tuple[int, int]
    is_stated: bool
    events: tuple[str, ...]


def stay_events(rows: Iterable[Mapping[str, Any]]) -> list[StayEvent]:
    """Return the events that sources report as past, from what is stored; sites are rows {id, exact}.

    Their days are those that answers show: a day on which somebody read a page bounds no stay.
    """
    return [
        StayEvent(
            row["id"],
            EventKind(row["kind"]),
            row["shown_lo"],
            row["shown_hi"],
            (row["until_lo"], row["until_hi"]) if row.get("until") else None,
            _site(row.get("to_sites" if EventKind(row["kind"]) in _MOVES else "sites")),
            _site(row.get("from_sites")),
            frozenset(row.get("follows") or ()),
            row.get("date"),
            row.get("until"),
        )
        for row in rows
        if not row.get("announced")
    ]


def _site(sites: Sequence[Mapping[str, Any]] | None) -> str | None:
    return sites[0]["id"] if sites and len(sites) == 1 and sites[0]["exact"] else None


def stays(events: Sequence[StayEvent]) -> list[Stay]:
    """Return the stays of one participant, by the last possible day of their start, then by their first event.

    ``events`` are all that sources report as past. A sighting within a derived stay at the same site is part of it.
    """
    found = [_stay(one, events) for one in events if one.site and one.kind in _ARRIVALS]
    seen = {(one.site, event) for one in found for event in one.events[1:]}
    kinds = {one.id: one.kind for one in events}
    kept = [
        one for one in found if kinds[one.events[0]] is not EventKind.SIGHTING or (one.site, one.events[0]) not in seen
    ]
    return sorted(kept, key=lambda one: (one.start[1], one.events[0]))


def stays_of_group(events: Iterable[StayEvent]) -> list[Stay]:
    """Return the stays of a group: those that a source states, each by itself, since not all of a group are moved or released at once."""
    stated = (one for one in events if one.kind in (EventKind.CONFINEMENT, EventKind.SIGHTING))
    return sorted((stay for one in stated for stay in stays([one])), key=lambda one: (one.start[1], one.events[0]))


def span_of_stay(stay: Stay, events: Iterable[StayEvent]) -> tuple[str | None, str | None]:
    """Return when a stay began and ended as EDTF dates: as written where the written date allows the same days, else the days themselves.

    None where nothing bounds it.
    """
    arrival = next(one for one in events if one.id == stay.events[0])
    return _written(arrival.date_text, stay.start), _written(arrival.until_text, stay.end)


def _written(text: str | None, days: tuple[int, int]) -> str | None:
    when = When.parse(text) if text else None
    return text if when and (when.lo, when.hi) == days else edtf_of_days(*days)


def _stay(arrival: StayEvent, events: Sequence[StayEvent]) -> Stay:
    start = (arrival.lo, arrival.hi)
    last = min((one.hi for one in events if one.kind is EventKind.DEATH), default=OPEN_HI)
    is_stated = arrival.kind is EventKind.CONFINEMENT
    if arrival.kind is EventKind.SIGHTING or arrival.until is not None:
        lo, hi = arrival.until or start
        return Stay(str(arrival.site), start, (min(max(lo, start[0]), last), min(hi, last)), is_stated, (arrival.id,))
    leaving = [one for one in events if one is not arrival and _leaves(one, arrival)]
    hi = min([last, *(one.hi for one in leaving if _is_before(arrival, one))])
    seen = [
        one for one in events if one is not arrival and _has_there(one, arrival) and _is_unbroken(arrival, one, leaving)
    ]
    lo = max([start[0], *(one.lo for one in seen)])
    relied = [arrival.id, *sorted(one.id for one in seen)]
    relied += sorted(one.id for one in leaving if one.hi == hi and one not in seen and _is_before(arrival, one))[:1]
    return Stay(str(arrival.site), start, (min(lo, hi), hi), is_stated, tuple(relied))


def _leaves(one: StayEvent, arrival: StayEvent) -> bool:
    """Whether a stay that began with ``arrival`` is over with this event: it leaves, or has the participant at another site."""
    return one.kind in _LEAVING or (one.kind in _AT_SITES and one.site is not None and one.site != arrival.site)


def _has_there(one: StayEvent, arrival: StayEvent) -> bool:
    """Whether a source has the participant at the site on the day of this event."""
    if one.kind in _MOVES:
        return one.from_site == arrival.site
    return one.site == arrival.site and (one.kind is EventKind.SIGHTING or one.kind in _LEAVING)


def _is_unbroken(arrival: StayEvent, seen: StayEvent, leaving: Iterable[StayEvent]) -> bool:
    """Whether a day on which a source has the participant there surely belongs to the stay that began with ``arrival``."""
    return _is_before(arrival, seen) and all(
        one is seen or _is_before(one, arrival) or _is_before(seen, one) for one in leaving
    )


def _is_before(a: StayEvent, b: StayEvent) -> bool:
    is_until_death = (
        b.kind is EventKind.DEATH is not a.kind and a.lo <= b.hi
    )  # nobody is moved or seen after their death
    return a.id in b.follows or ((a.hi < b.lo or is_until_death) and b.id not in a.follows)


def overlap(a: Stay, b: Stay) -> Overlap:
    """Return for how many days two stays at one site coincide.

    It holds for all dates exactly where ``surely`` is 1 or more.

    >>> five, two = Stay("sizo", (1, 1), (5, 5), True, ()), Stay("sizo", (4, 6), (6, 9), True, ())
    >>> overlap(five, two), overlap(five, Stay("sizo", (2, 2), (3, 3), True, ()))
    (Overlap(surely=0, at_most=2), Overlap(surely=2, at_most=2))
    """
    return overlap_of_spans((a.start, a.end), (b.start, b.end))


def is_at_two_sites(a: Stay, b: Stay) -> bool:
    """Whether one participant had both stays on one day whatever the days are, at two sites."""
    return a.site != b.site and overlap(a, b).surely >= 1

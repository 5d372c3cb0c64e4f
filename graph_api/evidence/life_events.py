"""The events of one person as status and "within reach" read them, and which of them was surely before which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from graph_api.ontology.vocabulary import AppealResult, EventKind, ReleaseGround
from graph_api.values.dates import OPEN_HI, OPEN_LO

LIVED_THROUGH: Final = frozenset(
    {
        EventKind.DISAPPEARANCE,
        EventKind.DETENTION,
        EventKind.CONFINEMENT,
        EventKind.SIGHTING,
        EventKind.PROOF_OF_LIFE,
        EventKind.TRANSFER,
        EventKind.DEPORTATION,
        EventKind.CHARGE,
        EventKind.REMAND,
        EventKind.EXCHANGE,
        EventKind.RELEASE,
        EventKind.REUNIFICATION,
    }
)
"""Kinds of events that nobody can be the subject of after their death."""


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """An event of which a person is reported to be the subject.

    ``lo`` and ``hi`` are the first and last possible day number. ``reported`` is the last possible day by dates and days of publication
    only, of the end where a source states one; None where only the day on which somebody read a page bounds it. ``until_lo`` and ``until_hi``
    are the days of an end that a source states. ``follows`` has the events that it surely came after, closed.
    ``side`` is the actor to whom the person was handed over, ``side_code`` the code of that state. ``sentence`` is JSON text, ``disputed`` the
    properties on which sources differ.
    """

    id: str
    kind: EventKind
    lo: int = OPEN_LO
    hi: int = OPEN_HI
    reported: int | None = None
    date: str | None = None
    until: str | None = None
    is_announced: bool = False
    follows: frozenset[str] = frozenset()
    of: str | None = None
    replaces: frozenset[str] = frozenset()
    ground: ReleaseGround = ReleaseGround.UNSTATED
    result: AppealResult = AppealResult.UNSTATED
    in_absentia: bool = False
    sentence: str | None = None
    side: str | None = None
    side_code: str | None = None
    is_returned: bool = False
    until_lo: int | None = None
    until_hi: int | None = None
    disputed: frozenset[str] = frozenset()


def life_events(rows: Iterable[Mapping[str, Any]]) -> tuple[LifeEvent, ...]:
    """Return the events that sources report as past, by id, from what is stored: properties of the event with what its links say.

    The day by which an event began is narrowed by those of the events that followed it. It is reported until its end, where a source states
    one; whatever nobody can be the subject of after their death is narrowed by that.
    """
    by_id = {str(row["id"]): row for row in rows}
    read = [one for one in map(_life_event, by_id.values()) if not one.is_announced]
    narrowed = []
    for one in read:
        deaths = [other for other in read if other.kind is EventKind.DEATH and one.kind in LIVED_THROUGH]
        days = [_earliest(one, *deaths, *(other for other in read if one.id in other.follows))]
        end = by_id[one.id].get("until_reported_hi")
        days += [] if end is None else [_earliest(replace(one, reported=end), *deaths)]
        narrowed.append(replace(one, reported=max((day for day in days if day is not None), default=None)))
    return tuple(sorted(narrowed, key=lambda one: one.id))


def _earliest(*events: LifeEvent) -> int | None:
    return min((one.reported for one in events if one.reported is not None), default=None)


def _life_event(row: Mapping[str, Any]) -> LifeEvent:
    return LifeEvent(
        row["id"],
        EventKind(row["kind"]),
        row["date_lo"],
        row["date_hi"],
        row.get("reported_hi"),
        row.get("date"),
        row.get("until"),
        bool(row.get("announced")),
        frozenset(row.get("follows") or ()),
        row.get("of"),
        frozenset(row.get("replaces") or ()),
        ReleaseGround(row.get("ground") or "UNSTATED"),
        AppealResult(row.get("result") or "UNSTATED"),
        bool(row.get("in_absentia")),
        row.get("sentence"),
        row.get("side"),
        row.get("side_code"),
        bool(row.get("to_place")),
        row.get("until_lo") if row.get("until") else None,
        row.get("until_hi") if row.get("until") else None,
        frozenset(row.get("disputed") or ()),
    )


def comes_surely_before(a: LifeEvent, b: LifeEvent) -> bool:
    """Whether ``a`` was before ``b`` whatever the days are: by the stated order, by their bounds, or because ``b`` is the death.

    >>> taken, seen = LifeEvent("taken", EventKind.DETENTION, 1, 5), LifeEvent("seen", EventKind.SIGHTING, 6, 9)
    >>> comes_surely_before(taken, seen), comes_surely_before(seen, taken)
    (True, False)
    """
    if a.id in b.follows:
        return True
    if b.id in a.follows:
        return False
    if b.kind is EventKind.DEATH and a.kind in LIVED_THROUGH and not can_be_after_death(a, b):
        return True
    return a.hi < b.lo and not lasts_beyond(a, b)


def lasts_beyond(one: LifeEvent, other: LifeEvent) -> bool:
    """Whether an event ended after another one whatever the days are, by the end that a source states.

    >>> held, handover = LifeEvent("held", EventKind.CONFINEMENT, 1, 2, until_lo=9, until_hi=9), LifeEvent("over", EventKind.EXCHANGE, 5, 5)
    >>> lasts_beyond(held, handover), comes_surely_before(held, handover)
    (True, False)
    """
    return one.until_lo is not None and one.until_lo > other.hi and one.id not in other.follows


def can_be_after_death(one: LifeEvent, death: LifeEvent) -> bool:
    """Whether the stated date of an event allows a day after the last possible day of a death.

    An event without a date of its own was before it: nobody lives through anything after their death.
    """
    return (
        one.kind in LIVED_THROUGH
        and one.date is not None
        and death.id not in one.follows
        and (one.reported or one.hi) > death.hi
    )


def maximal(events: Sequence[LifeEvent]) -> list[LifeEvent]:
    """Return the events of which no other one is surely later."""
    return [one for one in events if not any(comes_surely_before(one, other) for other in events if other is not one)]

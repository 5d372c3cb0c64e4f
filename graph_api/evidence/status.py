"""The status of a person: whether in custody and at which step of proceedings, as last reported, each axis by itself.

Each axis takes the maximal elements of "surely before" among the events that sources report as past. Where these are of one value, that is the
status; where they differ, nothing settles which was last, and the status is unknown. A conviction proves no custody, a death sentence no
death, and an announced handover no return. Nothing here depends on the day on which somebody read a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from graph_api.evidence.judgments import SET_ASIDE, last_chain, stated_sentence
from graph_api.evidence.life_events import LifeEvent, can_be_after_death, comes_surely_before, maximal
from graph_api.ontology.vocabulary import Custody, EventKind, LegalState, ReleaseGround

_CUSTODY: Final = {
    EventKind.DISAPPEARANCE: Custody.UNKNOWN,
    EventKind.DETENTION: Custody.IN_CUSTODY,
    EventKind.CONFINEMENT: Custody.IN_CUSTODY,
    EventKind.SIGHTING: Custody.IN_CUSTODY,
    EventKind.PROOF_OF_LIFE: Custody.IN_CUSTODY,
    EventKind.TRANSFER: Custody.IN_CUSTODY,
    EventKind.REMAND: Custody.IN_CUSTODY,
    EventKind.DEPORTATION: Custody.UNKNOWN,
    EventKind.EXCHANGE: Custody.FREE,
    EventKind.RELEASE: Custody.FREE,
    EventKind.REUNIFICATION: Custody.FREE,
    EventKind.DEATH: Custody.DEAD,
    EventKind.BODY_RETURN: Custody.DEAD,
    EventKind.BURIAL: Custody.DEAD,
}
_DEATHS: Final = (EventKind.DEATH, EventKind.BODY_RETURN, EventKind.BURIAL)
"""Kinds of events that report a death, the one that says when first; the others say it where no source reports the death itself."""
_BEGINS_CUSTODY: Final = (EventKind.DETENTION, EventKind.CONFINEMENT, EventKind.REMAND)
"""Kinds of events that can begin custody, the strongest first; a move or a sighting tells of custody that began before."""

_LEGAL: Final = {
    EventKind.CHARGE: LegalState.CHARGED,
    EventKind.REMAND: LegalState.DETAINED_BY_RULING,
    EventKind.TRIAL: LegalState.ON_TRIAL,
    EventKind.CONVICTION: LegalState.CONVICTED,
    EventKind.ACQUITTAL: LegalState.ACQUITTED,
    EventKind.COMPULSORY_MEASURE: LegalState.COMPULSORY_MEASURE,
}
_LEGAL_STAGE: Final = {
    state: stage
    for stage, states in enumerate(
        (
            (LegalState.CHARGED,),
            (LegalState.DETAINED_BY_RULING,),
            (LegalState.ON_TRIAL,),
            (
                LegalState.CONVICTED,
                LegalState.CONVICTED_IN_ABSENTIA,
                LegalState.ACQUITTED,
                LegalState.COMPULSORY_MEASURE,
            ),
            (LegalState.VERDICT_QUASHED,),
            (LegalState.SENTENCE_SERVED,),
        )
    )
    for state in states
}
_DECIDING: Final = frozenset({"sentence", "result"})
"""Properties of judgments and appeals that decide which sentence is in force."""
_RETURNS: Final = (EventKind.EXCHANGE, EventKind.RELEASE, EventKind.REUNIFICATION, EventKind.BODY_RETURN)


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a status. ``is_unordered``: the last reports differ, and none is known to be the later one.

    ``since`` and ``reported_for`` are dates as written, ``reported`` is the last possible day number of the last report; each None where no
    date states it. ``events`` are the ids of the events relied on, sorted.
    """

    value: Custody | LegalState
    since: str | None = None
    reported: int | None = None
    reported_for: str | None = None
    events: tuple[str, ...] = ()
    is_unordered: bool = False


@dataclass(frozen=True, slots=True)
class PersonStatus:
    """What is last reported of a person. ``sentence`` is JSON text, ``is_sentence_disputed`` whether sources differ on it or on what an appeal left.

    ``has_unordered_judgments``: there are judgments of which none is known to be the last.
    """

    custody: Axis = field(default_factory=lambda: Axis(Custody.UNKNOWN))
    legal: Axis = field(default_factory=lambda: Axis(LegalState.UNKNOWN))
    sentence: str | None = None
    is_sentence_disputed: bool = False
    is_pardoned: bool = False
    has_unordered_judgments: bool = False
    returned: EventKind | None = None
    last: tuple[LifeEvent, ...] = ()
    events: tuple[str, ...] = ()


def person_status(events: Sequence[LifeEvent], nationalities: Iterable[str] = ()) -> PersonStatus:
    """Return the status of the person of these events, which are all that sources report as past."""
    custody, last = _custody(events, frozenset(nationalities))
    legal = _legal(events)
    chain, has_unordered = last_chain(events)
    pardons = [one for one in events if one.ground is ReleaseGround.PARDON]
    in_force = stated_sentence(chain)
    is_pardoned = in_force is not None and any(not comes_surely_before(one, chain[0]) for one in pardons)
    returns = sorted((one for one in events if one.kind in _RETURNS), key=lambda one: (one.hi, one.id))
    last_return = max(maximal(returns), key=lambda one: (one.hi, one.id), default=None)
    relied = {*custody.events, *legal.events, *((in_force.id,) if in_force else ())}
    return PersonStatus(
        custody,
        legal,
        None if in_force is None or is_pardoned else in_force.sentence,
        in_force is not None and any(_DECIDING & one.disputed for one in (in_force, *chain[1:])),
        is_pardoned,
        has_unordered,
        last_return.kind if last_return else None,
        last,
        tuple(sorted(relied)),
    )


# ── custody ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _custody(events: Sequence[LifeEvent], nationalities: frozenset[str]) -> tuple[Axis, tuple[LifeEvent, ...]]:
    reported = next((kind for kind in _DEATHS if any(one.kind is kind for one in events)), None)
    told = [
        one
        for one in events
        if one.kind in _CUSTODY
        and not (one.kind is EventKind.REMAND and one.in_absentia)
        and (one.kind not in _DEATHS or one.kind is reported)
    ]
    deaths = [one for one in told if one.kind in _DEATHS]
    last = maximal(told)
    values = {one.id: _custody_of(one, told, nationalities) for one in told}
    if deaths:
        last = [*deaths, *(one for one in told if any(can_be_after_death(one, death) for death in deaths))]
    axis = _axis(told, last, values, Custody.UNKNOWN, _BEGINS_CUSTODY)
    is_dated = axis.value is not Custody.DEAD or reported is EventKind.DEATH
    return axis if is_dated else replace(axis, since=None), tuple(last)


def _custody_of(one: LifeEvent, told: Sequence[LifeEvent], nationalities: frozenset[str]) -> Custody:
    """Return what an event says of custody. A handover says that somebody is free where it was to their own side, or where they were free."""
    if one.kind is not EventKind.EXCHANGE or _is_own_side(one, nationalities):
        return _CUSTODY[one.kind]
    before = maximal([other for other in told if comes_surely_before(other, one)])
    was_free = bool(before) and all(other.kind in (EventKind.RELEASE, EventKind.REUNIFICATION) for other in before)
    return Custody.FREE if was_free else Custody.UNKNOWN


def _is_own_side(one: LifeEvent, nationalities: frozenset[str]) -> bool:
    """Whether a handover was to the person's own side: the one stated, unless sources give only nationalities of others."""
    return one.side is not None and (not nationalities or one.side_code is None or one.side_code in nationalities)


def _axis(
    events: Sequence[LifeEvent],
    last: Sequence[LifeEvent],
    values: dict[str, Custody] | dict[str, LegalState],
    unknown: Custody | LegalState,
    begins: tuple[EventKind, ...] = (),
) -> Axis:
    found = {values[one.id] for one in last}
    ids = tuple(sorted(one.id for one in last))
    if len(found) != 1:
        return Axis(unknown, events=ids, is_unordered=len(found) > 1)
    [value] = found
    if value == unknown:
        return Axis(unknown, reported=_reported(last), reported_for=_reported_for(last), events=ids)
    episode = [one for one in events if values[one.id] == value and not _is_ended(one, events, values)]
    first = _first(episode, begins if value == Custody.IN_CUSTODY else ())
    if first is not None:
        ids = tuple(sorted({*ids, first.id}))
    return Axis(value, first.date if first else None, _reported(last), _reported_for(last), ids)


def _is_ended(one: LifeEvent, events: Sequence[LifeEvent], values: dict[str, Custody] | dict[str, LegalState]) -> bool:
    """Whether an event of another value, other than an unknown one, surely came after this one."""
    return any(
        values[other.id] not in (values[one.id], Custody.UNKNOWN) and comes_surely_before(one, other)
        for other in events
    )


def _first(episode: Sequence[LifeEvent], begins: tuple[EventKind, ...]) -> LifeEvent | None:
    """Return the event that began an episode; None where nothing tells which it was."""
    choices: list[tuple[EventKind, ...]] = [(kind,) for kind in begins] or [tuple(EventKind)]
    for kinds in choices:
        own = [one for one in episode if one.kind in kinds]
        first = [one for one in own if not any(comes_surely_before(other, one) for other in own)]
        if first:
            return min(first, key=lambda one: (one.date is None, one.hi, one.id))
    return None


def _latest(last: Sequence[LifeEvent]) -> LifeEvent | None:
    dated = [one for one in last if one.reported is not None]
    return max(dated, key=lambda one: (one.reported or 0, one.id), default=None)


def _reported(last: Sequence[LifeEvent]) -> int | None:
    latest = _latest(last)
    return latest.reported if latest else None


def _reported_for(last: Sequence[LifeEvent]) -> str | None:
    latest = _latest(last)
    return (latest.until or latest.date) if latest else None


# ── proceedings ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _legal(events: Sequence[LifeEvent]) -> Axis:
    values = {one.id: value for one in events if (value := _legal_of(one, events)) is not None}
    steps = [one for one in events if one.id in values]
    last = maximal(steps)
    stages = {_LEGAL_STAGE[values[one.id]] for one in last}
    if len(stages) > 1:
        latest = [one for one in last if _LEGAL_STAGE[values[one.id]] == max(stages)]
        if all(one.lo >= other.hi for one in latest for other in last if other not in latest):
            last = latest
    return _axis(steps, last, values, LegalState.UNKNOWN)


def _legal_of(one: LifeEvent, events: Sequence[LifeEvent]) -> LegalState | None:
    match one.kind:
        case EventKind.CONVICTION if one.in_absentia:
            return LegalState.CONVICTED_IN_ABSENTIA
        case EventKind.APPEAL:
            return LegalState.VERDICT_QUASHED if one.result in SET_ASIDE else _value_of_judgment(one, events)
        case EventKind.RELEASE if one.ground is ReleaseGround.TERM_SERVED:
            return LegalState.SENTENCE_SERVED
        case _:
            return _LEGAL.get(one.kind)


def _value_of_judgment(appeal: LifeEvent, events: Sequence[LifeEvent]) -> LegalState | None:
    """Return the legal state that the judgment of an appeal gives: the appeal left it in force."""
    of = {one.id: one for one in events}.get(appeal.of or "")
    return None if of is None or of is appeal else _legal_of(of, events)

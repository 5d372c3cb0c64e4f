"""What all events together decide: the stated order, the bounds of each, what orders rest on, and sentences in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from graph_api.evidence.bounds import DatedEvent, EventBounds, event_bounds
from graph_api.evidence.claims import Claim
from graph_api.evidence.judgments import sentences_in_force
from graph_api.evidence.life_events import LifeEvent
from graph_api.evidence.order import EmptyBounds, Follows, closure
from graph_api.evidence.origins import SourceFacts
from graph_api.evidence.resolution import ResolvedValue
from graph_api.evidence.resolved_record import ResolvedRecord, since_of, value_of
from graph_api.ontology.vocabulary import AppealResult, EventKind, Modality, Role, strongest, weakest
from graph_api.values.dates import OPEN_HI, OPEN_LO, date_hull
from graph_api.values.value_type import store_json

ORDERING: Final = {"after": False, "trial": False, "of": False, "outcome": True}
"""Properties that state an order of two events, and whether the event that states it is the earlier one."""


def stated_order(records: Mapping[str, ResolvedRecord]) -> dict[Follows, Modality]:
    """Return the stated order of events, transitively closed: STATED where sources state every step of some path, else IMPLIED."""
    all_steps: set[Follows] = set()
    stated_steps: set[Follows] = set()
    for id_, one in records.items():
        for name, is_earlier in ORDERING.items() if one.is_event else ():
            if name == "trial" and one.event_kind is EventKind.REMAND:
                continue  # custody is ordered before proceedings as well as during them
            for claim in one.source_claims:
                value = claim.values.get(name, ())
                steps = {
                    (other, id_) if is_earlier else (id_, other)
                    for other in ([value] if isinstance(value, str) else value)
                    if other in _links_of(one, name)
                }
                all_steps |= steps
                if claim.modality in (Modality.STATED, Modality.ATTRIBUTED):
                    stated_steps |= steps
    stated = closure(stated_steps)
    return {pair: Modality.STATED if pair in stated else Modality.IMPLIED for pair in closure(all_steps)}


def _links_of(one: ResolvedRecord, name: str) -> Sequence[str]:
    """Return the records that a property names, as shown."""
    value = value_of(one, name)
    return [value] if isinstance(value, str) else value or ()


def bounds_of_events(
    records: Mapping[str, ResolvedRecord],
    parts: Mapping[str, Sequence[ResolvedRecord]],
    stated: set[Follows],
    sources: Mapping[str, SourceFacts],
) -> dict[str, EventBounds]:
    """Return the bounds and rank of every event. Raises OrderCycle and EmptyBounds, each naming the events."""
    births = {
        id_: _days(one.shown["born"])[0]
        for id_, one in records.items()
        if one.claims[0].kind == "person" and "born" in one.shown
    }
    people = {id_ for id_, one in records.items() if one.claims[0].kind == "person"}
    events = {
        id_: _dated_event(one, parts.get(id_, ()), sources, people) for id_, one in records.items() if one.is_event
    }
    return event_bounds(events, stated, births)


def _dated_event(
    one: ResolvedRecord, parts: Sequence[ResolvedRecord], sources: Mapping[str, SourceFacts], people: AbstractSet[str]
) -> DatedEvent:
    """Return what decides the bounds of an event. Only people are its subjects: not all members of a group die at once."""
    lo, hi = _days(one.shown.get("date"))
    end = _days(one.shown["until"]) if "until" in one.shown else None
    last = min(hi, end[1] if end else OPEN_HI)
    hi = min(last, known_on(one, sources))
    if lo > hi:
        raise EmptyBounds(one.id, lo, hi)
    return DatedEvent(
        one.id,
        one.event_kind,
        (lo, hi),
        (lo, min([last, *_published_days(one.source_claims, sources)])),
        end,
        is_dated="date" in one.shown,
        is_announced=one.is_announced,
        part_of=value_of(one, "part-of"),
        subjects=tuple(
            who
            for part in parts
            if value_of(part, "role") == Role.SUBJECT.value and (who := value_of(part, "who")) in people
        ),
    )


def _days(shown: ResolvedValue | None) -> tuple[int, int]:
    if shown is None:
        return OPEN_LO, OPEN_HI
    return date_hull(shown.stated if shown.is_disputed else (shown.parsed,))


def reported_by(one: ResolvedRecord, sources: Mapping[str, SourceFacts]) -> int | None:
    """Return the last possible day by the dates and the days of publication; a day on which somebody read a page never counts."""
    days = _published_days(one.source_claims, sources)
    days += [_days(one.shown[name])[1] for name in ("date", "until") if name in one.shown]
    return min((day for day in days if day < OPEN_HI), default=None)


def end_reported_by(one: ResolvedRecord, sources: Mapping[str, SourceFacts]) -> int | None:
    """Return the last possible day of the end that sources state, by its date and their days of publication; None where it is open or none states it."""
    if "until" not in one.shown or (end := _days(one.shown["until"])[1]) >= OPEN_HI:
        return None
    stating = [claim for claim in one.source_claims if "until" in claim.values]
    return min(end, max(_published_days(stating, sources), default=end))


def known_on(one: ResolvedRecord, sources: Mapping[str, SourceFacts]) -> int:
    """Return the day number from which a source that reports the event as past was known; OPEN_HI where all only announce it."""
    return min((since_of(claim, sources) for claim in one.source_claims if not claim.announced), default=OPEN_HI)


def _published_days(claims: Iterable[Claim], sources: Mapping[str, SourceFacts]) -> list[int]:
    """Return the days of publication of the sources that report something as past."""
    return [
        published
        for claim in claims
        if not claim.announced and claim.citation
        if (published := sources[claim.citation.source].published) is not None
    ]


# ── what the order of a sequence rests on ───────────────────────────────────────────────────────────────────────────


def basis_properties(
    one: ResolvedRecord, bounds: EventBounds, sources: Mapping[str, SourceFacts]
) -> dict[str, int | str | None]:
    """Return what is stored of an event for the order of sequences (``compiler.order_basis``)."""
    date = one.shown.get("date")
    stated = _days(date) if date is not None else (None, None)
    known = known_on(one, sources)
    dating = [claim.modality for claim in one.source_claims if date is not None and claim.id in date.because]
    return {
        "shown_lo": bounds.shown[0],
        "shown_hi": bounds.shown[1],
        "stated_lo": stated[0],
        "stated_hi": stated[1],
        "known": known if known < OPEN_HI else None,
        "modality": event_modality(one).value,
        "date_modality": (strongest if date.is_decided else weakest)(dating).value
        if date is not None and dating
        else None,
    }


def event_modality(one: ResolvedRecord) -> Modality:
    """Return the strongest modality of the claims that the event happened."""
    return strongest(claim.modality for claim in one.source_claims if "kind" in claim.values)


def part_modality(part: ResolvedRecord, event: ResolvedRecord, parts: Sequence[ResolvedRecord]) -> Modality:
    """Return the strongest modality of the claims that somebody had a part in the event.

    In an event with one subject, whoever states anything of the event states the subject's part.
    """
    own = strongest(claim.modality for claim in part.source_claims)
    if not _is_subject(part) or any(each is not part and _is_subject(each) for each in parts):
        return own
    return strongest((own, event_modality(event)))


def _is_subject(part: ResolvedRecord) -> bool:
    return bool(value_of(part, "role") == Role.SUBJECT.value)


# ── sentences ───────────────────────────────────────────────────────────────────────────────────────────────────────


def sentences_by_judgment(
    records: Mapping[str, ResolvedRecord], bounds: Mapping[str, EventBounds], stated: AbstractSet[Follows]
) -> dict[str, str]:
    """Return the sentence in force of each judgment of guilt as JSON text, by id, where there is one."""
    earlier: dict[str, set[str]] = {}
    for after, before in stated:
        earlier.setdefault(after, set()).add(before)
    return sentences_in_force(
        LifeEvent(
            id_,
            one.event_kind,
            bounds[id_].lo,
            bounds[id_].hi,
            follows=frozenset(earlier.get(id_, ())),
            of=value_of(one, "of"),
            replaces=frozenset(_links_of(one, "replaces")),
            result=AppealResult(value_of(one, "result") or AppealResult.UNSTATED),
            sentence=store_json(value_of(one, "sentence")) if "sentence" in one.shown else None,
        )
        for id_, one in records.items()
        if one.is_event and one.event_kind in (EventKind.CONVICTION, EventKind.APPEAL) and not one.is_announced
    )

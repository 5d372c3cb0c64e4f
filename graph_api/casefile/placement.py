"""The order of the lines of a case file, and how the place of each is known.

The list is a linear extension of "surely before" over the person's own events. Whatever it cannot settle it says: with which other lines no
source settles the order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from graph_api.casefile.facts import EventFacts
from graph_api.casefile.messages import WORDS, message_text, word_list
from graph_api.casefile.value_words import date_words
from graph_api.evidence.bounds import LAST_STAGES, OwnEvent, is_strictly_before, linear_extension
from graph_api.evidence.order import closure
from graph_api.evidence.status_text import Language
from graph_api.ontology.event_types import KINDS_OF_EVENTS, LIVED_THROUGH
from graph_api.values.dates import day_date

DESCRIPTIONS: Final = {
    "DATED": "A date is stated, however wide.",
    "STATED_ORDER": "No date is stated, and sources state an order on one side only: it stands directly after or before that line.",
    "BETWEEN": "No date is stated, and it is ordered with a line before and a line after it.",
    "UNDATED": "No date and no order is stated: it stands at the end, apart.",
}


class Placement(StrEnum):
    """How the place of a line in the order is known."""

    DATED = "DATED"
    STATED_ORDER = "STATED_ORDER"
    BETWEEN = "BETWEEN"
    UNDATED = "UNDATED"


@dataclass(frozen=True, slots=True)
class PlacedEvent:
    """An event with the number of its line. ``after`` and ``before`` are the nearest lines that are surely earlier and later.

    ``is_before_by_report``: the day by which the event was reported is enough to place it before the line ``before``.
    """

    line: int
    event: EventFacts
    placement: Placement
    after: int | None
    before: int | None
    not_ordered_with: tuple[int, ...]
    is_before_by_report: bool = False


def placed(events: Sequence[EventFacts]) -> list[PlacedEvent]:
    """Return events in the order of their lines, those without date and stated order last."""
    own = {one.id: _own(one) for one in events}
    by_id = {one.id: one for one in events}
    stated = {(one.id, other) for one in events for other in one.follows if other in own}
    ordered = {id_ for pair in stated for id_ in pair}
    follows = frozenset(closure({*stated, *_by_meaning(events)}))
    apart = sorted(one.id for one in events if one.date is None and one.id not in ordered)
    found, rest = linear_extension([one for id_, one in own.items() if id_ not in apart], follows)
    order = [*found, *rest, *apart]
    lines = {id_: line for line, id_ in enumerate(order, 1)}

    def place(id_: str) -> PlacedEvent:
        earlier = [lines[other] for other in own if is_strictly_before(own[other], own[id_], follows)]
        later = [lines[other] for other in own if is_strictly_before(own[id_], own[other], follows)]
        open_ = sorted(set(lines.values()) - {*earlier, *later, lines[id_]})
        before = min((line for line in later if id_ in apart or line > lines[id_]), default=None)
        day = by_id[id_].reported
        return PlacedEvent(
            lines[id_],
            by_id[id_],
            _placement(by_id[id_], earlier, later, is_apart=id_ in apart),
            max((line for line in earlier if line < lines[id_]), default=None),
            before,
            tuple(open_),
            before is not None and day is not None and day < own[order[before - 1]].lo,
        )

    return [place(id_) for id_ in order]


def _by_meaning(events: Sequence[EventFacts]) -> Iterator[tuple[str, str]]:
    """Yield (later, earlier) for a death, the return of the body and the burial, and what the person lived through before."""
    own = [(KINDS_OF_EVENTS[one.kind].stage, one.id) for one in events if one.is_subject]
    before = [id_ for stage, id_ in own if stage in LIVED_THROUGH]
    for last in LAST_STAGES:
        these = [id_ for stage, id_ in own if stage is last]
        yield from ((later, earlier) for later in these for earlier in before)
        before = these or before


def _own(one: EventFacts) -> OwnEvent:
    return OwnEvent(one.id, KINDS_OF_EVENTS[one.kind].stage, one.lo, one.hi, one.date is not None, one.shown_hi)


def _placement(event: EventFacts, earlier: Sequence[int], later: Sequence[int], *, is_apart: bool) -> Placement:
    if event.date is not None:
        return Placement.DATED
    if is_apart:
        return Placement.UNDATED
    return Placement.BETWEEN if earlier and later else Placement.STATED_ORDER


def placement_words(one: PlacedEvent, language: Language) -> str:
    """Return how a line without a date is placed, in words; empty for one with a date."""
    match one.placement:
        case Placement.DATED:
            return ""
        case Placement.BETWEEN if one.after and one.before:
            return message_text(WORDS["between"], language, after=one.after, before=one.before)
        case Placement.STATED_ORDER if one.after:
            return message_text(WORDS["after"], language, after=one.after)
        case Placement.STATED_ORDER if one.before:
            return message_text(WORDS["before"], language, before=one.before)
        case _:
            return _undated_words(one, language)


def _undated_words(one: PlacedEvent, language: Language) -> str:
    day = day_date(one.event.reported) if one.event.reported is not None else None
    if day is None:
        return message_text(WORDS["no-date"], language)
    date = date_words(day.isoformat(), language)
    if one.before is None:
        return message_text(WORDS["reported-by"], language, date=date)
    key = "reported-by-before" if one.is_before_by_report else "reported-by-and-before"
    return message_text(WORDS[key], language, date=date, before=one.before)


def order_note(one: PlacedEvent, language: Language) -> str:
    """Return the sentence that says with which lines the order is not settled; empty where it is settled with all.

    Of a line without date and order it is not said again: it stands apart, under a heading that says so.
    """
    if not one.not_ordered_with or one.placement is Placement.UNDATED:
        return ""
    key = "not-ordered" if len(one.not_ordered_with) == 1 else "not-ordered-many"
    return message_text(WORDS[key], language, lines=word_list([str(line) for line in one.not_ordered_with], language))

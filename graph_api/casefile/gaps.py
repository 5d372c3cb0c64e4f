"""Gaps: spans of which this edition says nothing, in the same words for everybody, so that they never tell whether something was held back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from graph_api.casefile.facts import CaseFacts, EventFacts, StayFacts
from graph_api.casefile.messages import Message, message_text, sentence_case
from graph_api.casefile.placement import PlacedEvent, Placement
from graph_api.casefile.value_words import date_words
from graph_api.evidence.status import PersonStatus
from graph_api.evidence.status_text import Language
from graph_api.ontology.vocabulary import Custody, EventKind
from graph_api.values.dates import day_date
from graph_api.values.spans import span_words

GAPS: Final = {
    "NO_SITE": Message("No site is named in this edition.", "У цій версії місця несвободи не названо."),
    "BETWEEN_STAYS": Message(
        "Between two stays that this edition gives.", "Між двома перебуваннями, які наведено в цій версії."
    ),
    "NO_REPORT": Message(
        "No later report in this edition than {date}.", "Пізніших за {date} повідомлень у цій версії немає.",
        {"date": "19 September 2025"},
    ),
    "NO_REPORT.UNDATED": Message(
        "No date of the last report in this edition.", "Дати останнього повідомлення в цій версії не наведено."
    ),
}  # fmt: skip
"""The words of gaps."""

GAP_DESCRIPTIONS: Final = {
    "NO_SITE": "In custody, and this edition names no site.",
    "BETWEEN_STAYS": "Between two stays.",
    "NO_REPORT": "Since the last report of custody.",
}


class GapKind(StrEnum):
    """What a gap is."""

    NO_SITE = "NO_SITE"
    BETWEEN_STAYS = "BETWEEN_STAYS"
    NO_REPORT = "NO_REPORT"


_BEGIN: Final = (
    EventKind.DETENTION, EventKind.CONFINEMENT, EventKind.SIGHTING, EventKind.PROOF_OF_LIFE, EventKind.TRANSFER, EventKind.REMAND,
)  # fmt: skip
_END: Final = (EventKind.EXCHANGE, EventKind.RELEASE, EventKind.REUNIFICATION, EventKind.DEATH)
_SITES: Final = frozenset({"sites", "to-site", "from-site"})


@dataclass(frozen=True, slots=True)
class FileGap:
    """A span of which this edition says nothing; ``start`` and ``end`` are dates as written, None where open."""

    kind: str
    start: str | None
    end: str | None
    span: str
    text: str


def gap_words(span: str, text: str, language: Language) -> str:
    """Return a gap as one sentence: its span, then what this edition does not give.

    >>> gap_words("з травня 2022 року", "У цій версії місця несвободи не названо.", Language.UK)
    'З травня 2022 року: у цій версії місця несвободи не названо.'
    """
    return f"{sentence_case(span)}: {text if language is Language.EN else text[:1].lower() + text[1:]}"


def find_gaps(
    lines: Sequence[PlacedEvent], status: PersonStatus, facts: CaseFacts, language: Language
) -> tuple[FileGap, ...]:
    """Return the gaps of a case file.

    They are each time in custody for which no site is named, the days between two stays, and the time since the last report of custody.
    """
    found = [
        _gap("NO_SITE", _first_date(episode), closing.date if closing else None, language)
        for episode, closing in _episodes(lines)
        if not any(_names_site(one, facts) for one in episode)
    ]
    found += (_gap("BETWEEN_STAYS", before.end, after.start, language) for before, after in _apart(facts))
    if status.custody.value is Custody.IN_CUSTODY:
        day = day_date(status.custody.reported) if status.custody.reported is not None else None
        start = day.isoformat() if day else None
        found.append(_gap("NO_REPORT", start, facts.known_to or None, language))
    return tuple(found)


def _episodes(lines: Sequence[PlacedEvent]) -> Iterator[tuple[list[EventFacts], EventFacts | None]]:
    """Yield each time in custody, as the lines order it: the events of it, and the event that ended it."""
    episode: list[EventFacts] = []
    for line in lines:
        event = line.event
        if not event.is_subject or line.placement is Placement.UNDATED:
            continue
        if event.kind in _BEGIN and not event.row.get("in_absentia"):
            episode.append(event)
        elif event.kind in _END and episode:
            yield episode, event
            episode = []
    if episode:
        yield episode, None


def _apart(facts: CaseFacts) -> Iterator[tuple[StayFacts, StayFacts]]:
    """Yield each two neighbouring stays with a day between them whatever the days are, and no return that may have been between them."""
    returns = [one for one in facts.events if one.is_subject and one.kind in _END and not one.is_announced]
    for before, after in pairwise(facts.stays):
        (_, (left, last)), ((first, arrived), _) = before.bounds, after.bounds
        if first - last > 1 and not any(left <= one.shown_hi and one.shown_lo <= arrived for one in returns):
            yield before, after


def _first_date(episode: Sequence[EventFacts]) -> str | None:
    return next((one.date for one in episode if one.date), None)


def _names_site(event: EventFacts, facts: CaseFacts) -> bool:
    return any(_SITES & set(one.values) for one in facts.claims.get(event.id, ()))


def _gap(kind: str, start: str | None, end: str | None, language: Language) -> FileGap:
    span = span_words(start, end, language)
    if kind == GapKind.NO_REPORT:
        message = GAPS[kind] if start else GAPS["NO_REPORT.UNDATED"]
        words = date_words(start, language) if start else ""
        return FileGap(kind, start, end, span, message_text(message, language, date=words))
    return FileGap(kind, start, end, span, message_text(GAPS[kind], language))

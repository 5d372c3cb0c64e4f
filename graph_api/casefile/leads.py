"""Leads: questions that the loaded sources leave open about one person, never findings. Their words never tell whether something was held back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from graph_api.casefile.facts import CaseFacts, EventFacts
from graph_api.casefile.messages import Message, message_text
from graph_api.casefile.placement import PlacedEvent
from graph_api.casefile.references import ReferenceNumbers
from graph_api.casefile.value_words import date_words
from graph_api.evidence.status_text import Language
from graph_api.ontology.event_types import KINDS_OF_EVENTS, Stage
from graph_api.ontology.vocabulary import EventKind, Role
from graph_api.values.dates import OPEN_HI, day_number, parse_day

LEADS: Final = {
    "NO_OUTCOME": Message("No outcome of this step in this edition.", "У цій версії результату цього кроку не наведено."),
    "NO_COURT": Message("The court is not given in this edition.", "У цій версії суду не наведено."),
    "NO_ARTICLE": Message("The article is not given in this edition.", "У цій версії статті закону не наведено."),
    "NO_SENTENCE": Message("The sentence is not given in this edition.", "У цій версії покарання не наведено."),
    "NO_DATE": Message("The date of the judgment is not given in this edition.", "У цій версії дати вироку не наведено."),
    "NO_AUTHORITY": Message("Who took the person is not given in this edition.", "У цій версії не наведено, хто затримав особу."),
    "NO_REASON": Message(
        "Why the person was taken is not given in this edition.", "У цій версії не наведено, чому особу затримано."
    ),
    "NO_DETENTION_BEFORE_RETURN": Message(
        "What came before the return is not given in this edition.", "У цій версії не наведено, що передувало поверненню."
    ),
    "NO_PLACE_OF_DEATH": Message("The place of death is not given in this edition.", "У цій версії місця смерті не наведено."),
    "BODY_NOT_RETURNED": Message("No return of the body in this edition.", "У цій версії повернення тіла не наведено."),
    "EXPECTED_AND_NOT_REPORTED": Message(
        "Expected {date}; no later report in this edition.", "Очікувалося: {date}; пізніших повідомлень у цій версії немає.",
        {"date": "some day between September and November 2024"},
    ),
    "ONE_PUBLISHER": Message("All lines rest on one publisher: {name}.", "Усі рядки ґрунтуються на джерелах одного видавця: {name}.", {"name": "Babel"}),
    "ORIGINS_NOT_CHECKED": Message(
        "All lines rest on sources of which nobody has checked whether one repeats another.",
        "Усі рядки ґрунтуються на джерелах, щодо яких не перевірено, чи повторює одне з них інше.",
    ),
}  # fmt: skip
"""The words of each kind of lead."""

KIND_DESCRIPTIONS: Final = {
    "NO_OUTCOME": "A charge, custody ordered or a trial without a judgment, or a decision of a higher court without its result.",
    "NO_COURT": "A judgment or decision without the name of the court.",
    "NO_ARTICLE": "A judgment without an article of the law.",
    "NO_SENTENCE": "A judgment without the sentence.",
    "NO_DATE": "A judgment without a date.",
    "NO_AUTHORITY": "Somebody was taken, and who took them is not given.",
    "NO_REASON": "Somebody was taken, and why is not given.",
    "NO_DETENTION_BEFORE_RETURN": "A return without anything that came before it.",
    "NO_PLACE_OF_DEATH": "A death without a place.",
    "BODY_NOT_RETURNED": "A death without the return of the body.",
    "EXPECTED_AND_NOT_REPORTED": "An announced event whose last possible day has passed.",
    "ONE_PUBLISHER": "All lines rest on one publisher.",
    "ORIGINS_NOT_CHECKED": "All lines rest on sources whose origins were not checked.",
}


class LeadKind(StrEnum):
    """What a question is about."""

    NO_OUTCOME = "NO_OUTCOME"
    NO_COURT = "NO_COURT"
    NO_ARTICLE = "NO_ARTICLE"
    NO_SENTENCE = "NO_SENTENCE"
    NO_DATE = "NO_DATE"
    NO_AUTHORITY = "NO_AUTHORITY"
    NO_REASON = "NO_REASON"
    NO_DETENTION_BEFORE_RETURN = "NO_DETENTION_BEFORE_RETURN"
    NO_PLACE_OF_DEATH = "NO_PLACE_OF_DEATH"
    BODY_NOT_RETURNED = "BODY_NOT_RETURNED"
    EXPECTED_AND_NOT_REPORTED = "EXPECTED_AND_NOT_REPORTED"
    ONE_PUBLISHER = "ONE_PUBLISHER"
    ORIGINS_NOT_CHECKED = "ORIGINS_NOT_CHECKED"


_JUDGMENTS: Final = (EventKind.CONVICTION, EventKind.ACQUITTAL, EventKind.COMPULSORY_MEASURE)
_BEFORE_RETURN: Final = (
    Stage.MISSING,
    Stage.TAKEN,
    Stage.HELD,
    Stage.CHARGED,
    Stage.REMAND,
    Stage.TRIAL,
    Stage.JUDGMENT,
)
_PROCEEDINGS: Final = (EventKind.CHARGE, EventKind.REMAND, EventKind.TRIAL, *_JUDGMENTS)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A lead: its kind, its words, and the lines that it is about; none where it is about the whole file."""

    kind: str
    text: str
    lines: tuple[int, ...] = ()


def open_questions(
    lines: Sequence[PlacedEvent],
    expected: Sequence[PlacedEvent],
    facts: CaseFacts,
    used: ReferenceNumbers,
    language: Language,
) -> tuple[OpenQuestion, ...]:
    """Return the leads of a case file: those on lines first, in the order of the lines. ``expected`` are the announced events."""
    own = [one for one in lines if one.event.is_subject]
    found = [(kind, one.line) for one in own for kind in _of_line(one, own, facts)]
    leads = [OpenQuestion(kind, message_text(LEADS[kind], language), (line,)) for kind, line in found]
    leads += [
        OpenQuestion(
            "EXPECTED_AND_NOT_REPORTED",
            message_text(LEADS["EXPECTED_AND_NOT_REPORTED"], language, date=date_words(one.event.date, language)),
            (one.line + len(lines),),
        )
        for one in expected
        if one.event.date and _has_passed(one.event, own, facts)
    ]
    return (*leads, *_of_sources(facts, used, language))


def _of_line(one: PlacedEvent, own: Sequence[PlacedEvent], facts: CaseFacts) -> Iterator[str]:
    event = one.event
    stated = {name for claim in facts.claims.get(event.id, ()) for name in claim.values}
    kinds = {each.event.kind for each in own}
    missing: Mapping[str, bool] = {}
    match event.kind:
        case EventKind.CHARGE | EventKind.REMAND | EventKind.TRIAL:
            judged = any(each.event.kind in _JUDGMENTS and each.event.hi >= event.lo for each in own)
            missing = {"NO_OUTCOME": not judged}
        case EventKind.APPEAL:
            missing = {"NO_OUTCOME": event.row.get("result") in (None, "UNSTATED"), "NO_COURT": "court" not in stated}
        case EventKind.CONVICTION:
            missing = _of_judgment(event, stated, facts)
        case EventKind.DETENTION:
            is_known = any(other.role is Role.DETAINING_AUTHORITY for other in event.others)
            has_reason = "stated-reason" in stated or bool(kinds & {*_PROCEEDINGS})
            missing = {"NO_AUTHORITY": not is_known, "NO_REASON": not has_reason}
        case EventKind.DEATH:
            is_placed = bool(stated & {"sites", "places"})
            missing = {"NO_PLACE_OF_DEATH": not is_placed, "BODY_NOT_RETURNED": EventKind.BODY_RETURN not in kinds}
        case EventKind.EXCHANGE | EventKind.RELEASE | EventKind.REUNIFICATION:
            came_before = any(KINDS_OF_EVENTS[each].stage in _BEFORE_RETURN for each in kinds)
            missing = {"NO_DETENTION_BEFORE_RETURN": not came_before}
        case _:
            pass
    yield from (kind for kind, is_missing in missing.items() if is_missing)


def _of_judgment(event: EventFacts, stated: set[str], facts: CaseFacts) -> Mapping[str, bool]:
    claims = facts.claims.get(event.id, ())
    offences = [offence for one in claims for offence in one.values.get("offences", ())]
    sentences = [one.values["sentence"]["kind"] for one in claims if "sentence" in one.values]
    return {
        "NO_COURT": "court" not in stated,
        "NO_ARTICLE": not any("article" in offence for offence in offences),
        "NO_SENTENCE": not any(kind != "UNSTATED" for kind in sentences),
        "NO_DATE": event.date is None,
    }


def _has_passed(event: EventFacts, own: Sequence[PlacedEvent], facts: CaseFacts) -> bool:
    """Whether an announced event should have been by the day up to which sources were read, and nothing reported can be it."""
    if event.hi >= OPEN_HI or not facts.known_to or event.hi > day_number(parse_day(facts.known_to)):
        return False
    kinds = {event.kind, *(_JUDGMENTS if event.kind is EventKind.TRIAL else ())}
    return not any(one.event.kind in kinds and one.event.hi >= event.lo for one in own)


def _of_sources(facts: CaseFacts, used: ReferenceNumbers, language: Language) -> Iterator[OpenQuestion]:
    sources = [facts.sources[one] for one in used.numbers]
    publishers = {one.publisher or one.id for one in sources}
    if len(publishers) == 1:
        yield OpenQuestion("ONE_PUBLISHER", message_text(LEADS["ONE_PUBLISHER"], language, name=publishers.pop()))
    if len(sources) > 1 and not any(one.is_origin_checked for one in sources):
        yield OpenQuestion("ORIGINS_NOT_CHECKED", message_text(LEADS["ORIGINS_NOT_CHECKED"], language))

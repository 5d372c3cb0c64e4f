"""The case file of a person: one pure function from facts to a value in which every text is decided.

::

    parse_facts(row) ──▶ CaseFacts ── case_file(facts, language) ──▶ CaseFile ──▶ JSON, text, pages

The same facts and language give the same value. ``content_hash`` is the SHA-256 of its canonical JSON without ``snapshot``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Final

from graph_api.casefile.about import FileAbout, FileGroup, file_about, file_groups
from graph_api.casefile.canonical_json import canonical_json
from graph_api.casefile.clauses import PlainClause, date_clauses, line_clauses
from graph_api.casefile.difference_words import difference_words
from graph_api.casefile.facts import CaseFacts, DifferenceFacts, SaidClaim
from graph_api.casefile.gaps import FileGap, find_gaps
from graph_api.casefile.headings import HEADINGS
from graph_api.casefile.leads import OpenQuestion, open_questions
from graph_api.casefile.messages import CATEGORIES, message_text, sentence_case
from graph_api.casefile.notices import notice_lines
from graph_api.casefile.placement import PlacedEvent, order_note, placed, placement_words
from graph_api.casefile.references import NumberedReference, ReferenceNumbers, reference_list
from graph_api.casefile.stays import FileCompanion, FileStay, companions_note, file_companions, file_stays
from graph_api.casefile.value_words import date_words
from graph_api.evidence.life_events import life_events
from graph_api.evidence.status import PersonStatus, person_status
from graph_api.evidence.status_text import Language, custody_text, legal_texts
from graph_api.values.dates import OPEN_HI, OPEN_LO, day_date

_PREPOSITIONS: Final = ("in ", "at ", "from ", "to ", "by ", "with ", "on a charge", "until ", "and ", "or ")
"""How clauses begin that need no comma before them, in English."""


@dataclass(frozen=True, slots=True)
class FileClause:
    """A part of a line with the numbers of the references that say just that.

    ``property`` is what it prints: a property in seed files, or the role of somebody else. ``said_by`` is the id of a record. ``end`` is how many
    characters of the text of the line end with it: where its references belong.
    """

    property: str
    text: str
    references: tuple[int, ...]
    modality: str
    end: int
    said_by: str | None = None
    said_by_role: str | None = None


@dataclass(frozen=True, slots=True)
class FileLine:
    """A numbered line about one event. ``earliest`` and ``latest`` are days as YYYY-MM-DD, None where open."""

    line: int
    event: str
    kind: str
    role: str
    date: str | None
    placement: str
    earliest: str | None
    latest: str | None
    not_ordered_with: tuple[int, ...]
    text: str
    clauses: tuple[FileClause, ...]
    references: tuple[int, ...]
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileStatus:
    """One axis of the status: its value, the sentences that say it, and the references of the events relied on."""

    axis: str
    value: str
    text: str
    references: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FileDifference:
    """A difference with the references of the claims that differ."""

    id: str
    kind: str
    property: str | None
    text: str
    references: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything in the loaded sources about one person, in one language. ``category`` is as sources describe the person.

    ``known`` is the day as of which it is made, ``known_to`` then the same day; empty for what is known today.
    """

    id: str
    language: str
    name: str
    name_references: tuple[int, ...]
    spellings: tuple[str, ...]
    spelling_references: tuple[int, ...]
    category: str
    born: str
    audience: str
    known: str
    known_to: str
    snapshot: str
    notices: tuple[str, ...]
    status: tuple[FileStatus, ...]
    timeline: tuple[FileLine, ...]
    announced: tuple[FileLine, ...]
    stays: tuple[FileStay, ...]
    companions: tuple[FileCompanion, ...]
    companions_note: str
    differences: tuple[FileDifference, ...]
    gaps: tuple[FileGap, ...]
    leads: tuple[OpenQuestion, ...]
    about: tuple[FileAbout, ...]
    groups: tuple[FileGroup, ...]
    references: tuple[NumberedReference, ...]
    content_hash: str = ""


def case_file(facts: CaseFacts, language: Language) -> CaseFile:
    """Return the case file of facts in a language."""
    used = ReferenceNumbers()
    lines = placed([one for one in facts.events if not one.is_announced])
    expected = placed([one for one in facts.events if one.is_announced])
    own = facts.claims.get(facts.id, ())
    name = _name(facts, language)
    used.cite(
        one for one in own if facts.name in _stated_names(one)
    )  # first, so that all languages have the same numbers
    spelling_references = used.cite(one for one in own if _stated_names(one))
    name_references = used.cite(one for one in own if name in _stated_names(one))
    status = person_status(life_events(one.row for one in facts.events if one.is_subject), facts.nationalities)
    reported = tuple(_statuses(status, facts, used, language))
    timeline = tuple(_line(one, facts, used, language) for one in lines)
    announced = tuple(_line(one, facts, used, language, first=len(lines)) for one in expected)
    stays = file_stays(facts, used, language)
    companions = file_companions(facts, used, language)
    differences = tuple(_difference(one, used, language) for one in facts.differences)
    found = CaseFile(
        facts.id,
        language.value,
        name,
        name_references,
        tuple(one for one in dict.fromkeys((facts.name, *(str(one["text"]) for one in facts.names))) if one != name),
        spelling_references,
        _category(facts, language),
        date_words(facts.born, language) if facts.born else "",
        facts.audience,
        facts.known,
        facts.known_to,
        facts.snapshot,
        (*_notice_of_day(facts, language), *notice_lines(language)),
        reported,
        timeline,
        announced,
        stays,
        companions,
        companions_note(len(facts.companions), facts.all_companions, language),
        differences,
        find_gaps(lines, status, facts, language),
        open_questions(lines, expected, facts, used, language),
        file_about(facts, used, language),  # after the leads, which are about the sources of lines
        file_groups(facts, used, language),
        reference_list(used, facts, language),
    )
    return replace(found, content_hash=file_hash(found))


def _notice_of_day(facts: CaseFacts, language: Language) -> Iterator[str]:
    if facts.known:
        date = date_words(facts.known, language)
        yield message_text(HEADINGS["as-of"], language, date=date, undated=facts.undated_sources, all=facts.all_sources)


def _name(facts: CaseFacts, language: Language) -> str:
    """Return the name of the person as a source gives it in the language of the file, else the name that is shown."""
    own = [str(one["text"]) for one in facts.names if one.get("language") == language.value.lower()]
    return own[0] if own and language is not Language.EN else facts.name


def _stated_names(claim: SaidClaim) -> set[str]:
    own = [str(claim.values["name"])] if "name" in claim.values else []
    return {*own, *(str(one["text"]) for one in claim.values.get("names", ()))}


def _category(facts: CaseFacts, language: Language) -> str:
    """Return the category as sources give it: the one shown, then all others that sources give."""
    stated = [str(one.values["category"]) for one in facts.claims.get(facts.id, ()) if "category" in one.values]
    every = [one for one in dict.fromkeys((facts.category or "UNKNOWN", *sorted(stated))) if one != "UNKNOWN"]
    return "; ".join(message_text(CATEGORIES[one], language) for one in every or ["UNKNOWN"])


def _statuses(
    status: PersonStatus, facts: CaseFacts, used: ReferenceNumbers, language: Language
) -> Iterator[FileStatus]:
    """Yield each axis with the references of the reports relied on: those of the person's part and of the date."""
    events = {one.id: one for one in facts.events if one.is_subject}

    def cited(ids: Iterable[str]) -> tuple[int, ...]:
        relied = [events[one] for one in ids]
        return used.cite(claim for one in relied for claim in facts.relied_on(one))

    custody = status.custody
    yield FileStatus("custody", custody.value.value, custody_text(status, language), cited(custody.events))
    texts = legal_texts(status, language)
    if texts:
        relied = {*status.legal.events, *(set(status.events) - set(custody.events))}
        yield FileStatus("legal", status.legal.value.value, " ".join(texts), cited(sorted(relied)))


def _difference(one: DifferenceFacts, used: ReferenceNumbers, language: Language) -> FileDifference:
    text = difference_words(one.kind, one.property or "", one.statements, language)
    return FileDifference(one.id, one.kind, one.property, text, used.cite(one.claims))


def file_hash(found: CaseFile) -> str:
    """Return the SHA-256 of a case file without the hash of its graph, in hexadecimal digits."""
    content = {one.name: getattr(found, one.name) for one in fields(found)}
    del content["snapshot"], content["content_hash"]
    return hashlib.sha256(canonical_json(content)).hexdigest()


def _line(
    one: PlacedEvent, facts: CaseFacts, used: ReferenceNumbers, language: Language, *, first: int = 0
) -> FileLine:
    event = one.event
    dated = date_clauses(event, facts, language)
    found = line_clauses(event, facts, language)
    words, ends = _line_text(placement_words(one, language), dated, found, language)
    clauses = tuple(_clause(each, end, used) for each, end in zip((*dated, *found), ends, strict=True))
    note = order_note(one, language)
    return FileLine(
        one.line + first,
        event.id,
        event.kind.value,
        event.role.value,
        event.date,
        one.placement.value,
        _day(event.shown_lo, OPEN_LO),
        _day(event.shown_hi, OPEN_HI),
        tuple(line + first for line in one.not_ordered_with),
        f"{words} {note}" if note else words,
        clauses,
        tuple(sorted({number for each in clauses for number in each.references})),
        tuple(each.id for each in facts.differences if each.record == event.id),
    )


def _clause(one: PlainClause, end: int, used: ReferenceNumbers) -> FileClause:
    said_by = one.speakers[0] if len(one.speakers) == 1 and one.role is None else None
    return FileClause(one.name, one.text, used.cite(one.claims), one.modality.value, end, said_by, one.role)


def _line_text(
    placement: str, dated: Sequence[PlainClause], found: Sequence[PlainClause], language: Language
) -> tuple[str, list[int]]:
    """Return a line in words, and where each clause ends in it.

    It is the date or how it is placed, then the clauses; a qualifier that all of them share stands once, at the end.
    """
    shared = {one.qualifier for one in (*dated, *found)}
    qualifier = shared.pop() if len(shared) == 1 else None
    text, ends = "", []
    for one in dated:
        text += f"{' ' if text else ''}{one.text if qualifier is None else one.words}"
        ends.append(len(text))
    text = text or placement
    text += ": " if text else ""
    for place, one in enumerate(found):
        before = found[place - 1].qualifier if place and qualifier is None else ""
        words = one.text if qualifier is None else one.words
        text += f"{_joint(words, before, language)}{words}" if place else words
        ends.append(len(text))
    text += qualifier or ""
    return f"{sentence_case(text)}.", [*ends[:-1], len(text)]


def _joint(words: str, before: str, language: Language) -> str:
    """Return what joins a clause to the one before it, whose qualifier is ``before``."""
    if words.startswith("("):
        return " "
    if language is Language.UK:
        return "; "
    return " " if words.startswith(_PREPOSITIONS) and not before else ", "


def _day(number: int, open_end: int) -> str | None:
    day = None if number == open_end else day_date(number)
    return day.isoformat() if day else None

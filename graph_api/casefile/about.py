"""Statements, reports and decisions about the person: their kind, date and authors, never their titles, which are in words of editors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from graph_api.casefile.facts import AboutFacts, CaseFacts
from graph_api.casefile.messages import EVENTS, Message, message_text, sentence_case, word_list
from graph_api.casefile.references import ReferenceNumbers
from graph_api.casefile.value_words import date_words, name_words
from graph_api.evidence.status_text import Language

ABOUT: Final[Mapping[str, Message]] = {
    "dated": Message("{date}: {words}", "{date}: {words}", {"date": "August 2025", "words": "a published report"}),
    "by": Message("{words}, by {names}", "{words}; автор: {names}", {"words": "a published report", "names": "Example Archive"}),
}  # fmt: skip
"""The words in which they are listed."""


@dataclass(frozen=True, slots=True)
class FileAbout:
    """A statement, report or decision about the person; ``date`` is as written, None where none is stated."""

    event: str
    kind: str
    date: str | None
    text: str
    references: tuple[int, ...]


def file_about(facts: CaseFacts, used: ReferenceNumbers, language: Language) -> tuple[FileAbout, ...]:
    """Return what is about the person, an event or a group of theirs: the earliest first, those without a date last."""
    return tuple(_about(one, facts, used, language) for one in facts.about)


def _about(one: AboutFacts, facts: CaseFacts, used: ReferenceNumbers, language: Language) -> FileAbout:
    text = message_text(EVENTS[one.kind], language)
    names = [name_words(facts.records[author], language) for author in one.authors if author in facts.records]
    if names:
        text = message_text(ABOUT["by"], language, words=text, names=word_list(names, language))
    if one.date is not None:
        text = message_text(ABOUT["dated"], language, date=date_words(one.date, language), words=text)
    return FileAbout(one.id, one.kind, one.date, f"{sentence_case(text)}.", used.cite(one.claims))

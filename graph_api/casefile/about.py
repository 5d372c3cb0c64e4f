"""What is about the person, and the groups to which sources count the person.

Statements, reports and decisions are given by their kind, date and authors, never by their titles, which are in words of editors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph_api.casefile.facts import AboutFacts, CaseFacts, GroupFacts
from graph_api.casefile.messages import EVENTS, WORDS, Message, message_text, sentence_case, word_list
from graph_api.casefile.references import ReferenceNumbers
from graph_api.casefile.value_words import date_words, name_words
from graph_api.evidence.status_text import Language

ABOUT: Final[Mapping[str, Message]] = {
    "dated": Message("{date}: {words}", "{date}: {words}", {"date": "August 2025", "words": "a published report"}),
    "by": Message("{words}, by {names}", "{words}; автор: {names}", {"words": "a published report", "names": "Example Archive"}),
    "group": Message(
        "Counted by sources in a group, called here {name}.", "Джерела відносять особу до групи, яку тут названо {name}.",
        {"name": "“Civilians held in Kherson”"},
    ),
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


@dataclass(frozen=True, slots=True)
class FileGroup:
    """A group to which sources count the person; the figures about it are those of the record ``group``."""

    group: str
    text: str
    references: tuple[int, ...]


def file_groups(facts: CaseFacts, used: ReferenceNumbers, language: Language) -> tuple[FileGroup, ...]:
    """Return the groups to which sources count the person, by id."""
    return tuple(_group(one, facts, used, language) for one in facts.groups)


def _group(one: GroupFacts, facts: CaseFacts, used: ReferenceNumbers, language: Language) -> FileGroup:
    return FileGroup(one.id, group_words(name_words(facts.records[one.id], language), language), used.cite(one.claims))


def group_words(name: str, language: Language) -> str:
    """Return the sentence that sources count the person to a group.

    >>> group_words("Civilians held in Kherson", Language.EN)
    'Counted by sources in a group, called here “Civilians held in Kherson”.'
    """
    return message_text(ABOUT["group"], language, name=message_text(WORDS["quoted"], language, text=name))


def file_about(facts: CaseFacts, used: ReferenceNumbers, language: Language) -> tuple[FileAbout, ...]:
    """Return what is about the person, an event or a group of theirs: the earliest first, those without a date last."""
    return tuple(_about(one, facts, used, language) for one in facts.about)


def _about(one: AboutFacts, facts: CaseFacts, used: ReferenceNumbers, language: Language) -> FileAbout:
    names = [name_words(facts.records[author], language) for author in one.authors if author in facts.records]
    return FileAbout(
        one.id, one.kind, one.date, about_words(one.kind, one.date, names, language), used.cite(one.claims)
    )


def about_words(kind: str, date: str | None, authors: Sequence[str], language: Language) -> str:
    """Return a statement, report or decision in words: its date as written, its kind and who it is by, never its title.

    >>> about_words("REPORT", "2025-08", ["Example Archive"], Language.EN)
    'August 2025: a published report, by Example Archive.'
    """
    text = message_text(EVENTS[kind], language)
    if authors:
        text = message_text(ABOUT["by"], language, words=text, names=word_list(list(authors), language))
    if date is not None:
        text = message_text(ABOUT["dated"], language, date=date_words(date, language), words=text)
    return f"{sentence_case(text)}."

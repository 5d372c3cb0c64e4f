"""A path between two records in words, in English and Ukrainian: each record, and between two of them what connects them.

No native-speaking lawyer has reviewed the Ukrainian.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from graph_api.compiler.role_text import ROLES_UK
from graph_api.compiler.title_text import ukrainian_kind, with_remark
from graph_api.ontology.names import Rel
from graph_api.ontology.vocabulary import EventKind, Role
from graph_api.values.dates import When
from graph_api.values.languages import Language

_WORDS: Final = {
    Rel.AT: "at",
    Rel.FROM_SITE: "from",
    Rel.TO_SITE: "to",
    Rel.PART_OF: "part of",
    Rel.OF: "decision on",
    Rel.ABOUT: "about",
}
"""How one record is connected to another; other relationships are named by their own words."""
WORDS_UK: Final = {
    Rel.TOOK_PART: "участь",
    Rel.AT: "місце несвободи",
    Rel.FROM_SITE: "звідки",
    Rel.TO_SITE: "куди",
    Rel.PART_OF: "складник",
    Rel.OF: "перегляд",
    Rel.ABOUT: "про що",
    Rel.COURT: "суд",
    Rel.AUTHORITY: "орган",
    Rel.TRIAL: "судовий розгляд",
    Rel.OUTCOME: "результат розгляду",
    Rel.AGREEMENT: "домовленість",
}
"""The same in Ukrainian, in the nominative and whatever the direction: every relationship of a path."""

_EVENT_KINDS: Final = frozenset(EventKind)

_Records: TypeAlias = Sequence[tuple[str | None, str | None, str | None]]
"""Name, kind and date of each record, as stored."""
_Hops: TypeAlias = Sequence[tuple[str, str | None]]
"""Relationship of each hop, and the role in an event."""


def explain_path(records: _Records, hops: _Hops) -> str:
    """Return a path in words. A record is its name, kind and date as stored, a hop its relationship and the role in an event.

    >>> people = [("Test Person", None, None), (None, "TRIAL", "2015"), ("Test Other", None, None)]
    >>> explain_path(people, [("TOOK_PART", "SUBJECT"), ("TOOK_PART", "SUBJECT")])
    'Test Person – subject – trial (2015) – subject – Test Other'
    """
    return _joined(map(_name, records), (_words(*hop) for hop in hops))


def explain_path_uk(records: _Records, hops: _Hops) -> str:
    """Return a path in Ukrainian. Records are named in Ukrainian where they have such a name; an event, which has none, by its kind and date.

    >>> people = [("Тестова Особа", None, None), (None, "TRIAL", "2015"), ("Test Other", None, None)]
    >>> explain_path_uk(people, [("TOOK_PART", "MEDIATOR"), ("TOOK_PART", "WITNESS")])
    'Тестова Особа – посередник – судовий розгляд (2015 рік) – свідок – Test Other'
    """
    return _joined(map(_name_uk, records), (_words_uk(*hop) for hop in hops))


def _joined(names: Iterable[str], hops: Iterable[str]) -> str:
    first, *others = names
    return first + "".join(f" – {words} – {name}" for words, name in zip(hops, others, strict=True))


def _name(record: tuple[str | None, str | None, str | None]) -> str:
    name, kind, date = record
    if name:
        return name
    words = _plain(kind or "record")
    return f"{words} ({When.parse(date).display})" if date else words


def _name_uk(record: tuple[str | None, str | None, str | None]) -> str:
    name, kind, date = record
    if name:
        return name
    words = ukrainian_kind(EventKind(kind)) if kind in _EVENT_KINDS else "запис"
    return with_remark(words, When.parse(date).display_in(Language.UK)) if date else words


def _words(relationship: str, role: str | None) -> str:
    if role == Role.OTHER:
        return "took part"
    return _plain(role) if role else _WORDS.get(Rel(relationship), _plain(relationship))


def _words_uk(relationship: str, role: str | None) -> str:
    return ROLES_UK[Role(role)] if role else WORDS_UK[Rel(relationship)]


def _plain(word: str) -> str:
    return word.lower().replace("_", " ")

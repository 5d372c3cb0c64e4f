"""A path between two records in words: each record, and between two of them what connects them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph_api.ontology.names import Rel
from graph_api.ontology.vocabulary import Role
from graph_api.values.dates import When

_WORDS: Final = {
    Rel.AT: "at",
    Rel.FROM_SITE: "from",
    Rel.TO_SITE: "to",
    Rel.PART_OF: "part of",
    Rel.OF: "decision on",
    Rel.ABOUT: "about",
}
"""How one record is connected to another; other relationships are named by their own words."""


def explain_path(
    records: Sequence[tuple[str | None, str | None, str | None]], hops: Sequence[tuple[str, str | None]]
) -> str:
    """Return a path in words. A record is its name, kind and date as stored, a hop its relationship and the role in an event.

    >>> people = [("Test Person", None, None), (None, "TRIAL", "2015"), ("Test Other", None, None)]
    >>> explain_path(people, [("TOOK_PART", "SUBJECT"), ("TOOK_PART", "SUBJECT")])
    'Test Person – subject – trial (2015) – subject – Test Other'
    """
    first, *others = map(_name, records)
    return first + "".join(f" – {_words(*hop)} – {name}" for hop, name in zip(hops, others, strict=True))


def _name(record: tuple[str | None, str | None, str | None]) -> str:
    name, kind, date = record
    if name:
        return name
    words = _plain(kind or "record")
    return f"{words} ({When.parse(date).display})" if date else words


def _words(relationship: str, role: str | None) -> str:
    if role == Role.OTHER:
        return "took part"
    return _plain(role) if role else _WORDS.get(Rel(relationship), _plain(relationship))


def _plain(word: str) -> str:
    return word.lower().replace("_", " ")

"""References: sources numbered in the order of their first use, each with the places in it that are used, and how it is printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from graph_api.casefile.facts import CaseFacts, SaidClaim, SourceRecord
from graph_api.casefile.messages import REFERENCES, WORDS, message_text
from graph_api.casefile.value_words import date_words
from graph_api.evidence.status_text import Language
from graph_api.values.dates import day_date


@dataclass(frozen=True, slots=True)
class NumberedReference:
    """A source with its number, the places in it that are used, what is known of it, and the text that prints it.

    ``published`` and ``retrieved`` (the day on which it was read) are as written; None for what this edition does not give. ``origin`` says in
    words which sources it repeats, or that nobody has checked; empty where it is known to be an origin of its own. ``known_from`` is the day from
    which it counts (YYYY-MM-DD): the last possible day of its publication, else the day on which it was read.
    """

    number: int
    source: str
    locators: tuple[str, ...]
    published: str | None
    text: str
    title: str
    publisher: str | None
    author: str | None
    retrieved: str | None
    url: str | None
    archived: str | None
    sha256: str | None
    carried_by: str | None
    origin: str
    known_from: str


@dataclass(frozen=True, slots=True)
class ReferenceNumbers:
    """Numbers of sources, given out as claims are first used."""

    numbers: dict[str, int] = field(default_factory=dict)
    locators: dict[str, list[str]] = field(default_factory=dict)

    def cite(self, claims: Iterable[SaidClaim]) -> tuple[int, ...]:
        """Return the numbers of the sources of claims, smallest first; a source that was not used yet gets the next one."""
        found = set()
        for claim in sorted(claims, key=lambda one: (self.numbers.get(one.source, len(self.numbers) + 1), one.source)):
            found.add(self.numbers.setdefault(claim.source, len(self.numbers) + 1))
            places = self.locators.setdefault(claim.source, [])
            if claim.locator and claim.locator not in places:
                places.append(claim.locator)
        return tuple(sorted(found))


def reference_list(used: ReferenceNumbers, facts: CaseFacts, language: Language) -> tuple[NumberedReference, ...]:
    """Return all references that were used, by number."""
    numbered = sorted(used.numbers.items(), key=lambda item: item[1])
    return tuple(_reference(number, facts.sources[source], used, language) for source, number in numbered)


def _reference(number: int, source: SourceRecord, used: ReferenceNumbers, language: Language) -> NumberedReference:
    locators = sorted(used.locators[source.id])
    return NumberedReference(
        number,
        source.id,
        tuple(locators),
        source.published,
        _reference_text(source, locators, used, language),
        source.title,
        source.publisher,
        source.author,
        source.retrieved,
        source.url,
        source.archived,
        source.sha256,
        source.carried_by,
        _origin_text(source, used, language),
        known.isoformat() if (known := day_date(source.known_from)) else "",
    )


def _reference_text(source: SourceRecord, locators: list[str], used: ReferenceNumbers, language: Language) -> str:
    title = message_text(WORDS["quoted"], language, text=source.title)
    parts = [", ".join(filter(None, (source.author, source.publisher, title)))]
    if source.published is not None:
        parts.append(message_text(REFERENCES["published"], language, date=date_words(source.published, language)))
    elif source.retrieved is not None:
        parts.append(message_text(REFERENCES["undated"], language, date=date_words(source.retrieved, language)))
    if locators not in ([], ["page"]):  # "page" is all of a page
        parts.append(message_text(REFERENCES["at"], language, places=", ".join(locators)))
    if source.carried_by:
        parts.append(message_text(REFERENCES["carried-by"], language, host=source.carried_by))
    parts.append(source.url or message_text(REFERENCES["no-address"], language))
    if source.sha256:
        parts.append(message_text(REFERENCES["sha256"], language, digest=source.sha256))
    archived = REFERENCES["archived" if source.archived else "not-archived"]
    parts.append(message_text(archived, language, address=source.archived))
    parts.append(_origin_text(source, used, language))
    return "; ".join(filter(None, parts)) + "."


def _origin_text(source: SourceRecord, used: ReferenceNumbers, language: Language) -> str:
    known = [str(used.numbers[one]) for one in source.repeats if one in used.numbers]
    if known:
        return message_text(REFERENCES["repeats"], language, numbers=", ".join(known))
    if source.repeats:
        return message_text(REFERENCES["repeats-other"], language)
    return "" if source.is_origin_checked else message_text(REFERENCES["not-checked"], language)

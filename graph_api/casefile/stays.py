"""The stays of a person in words, and who was at the same site on the same days.

"At the same site" never says together: cells are not known. Nobody who may be within reach of those who held them is named beside others in
the public edition, which the note of the list says for everybody alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from graph_api.casefile.facts import CaseFacts, CompanionFacts, StayFacts
from graph_api.casefile.messages import Message, message_text
from graph_api.casefile.references import ReferenceNumbers
from graph_api.casefile.value_words import name_words
from graph_api.evidence.status_text import Language
from graph_api.values.overlaps import overlap_of_spans
from graph_api.values.spans import span_words
from graph_api.values.ukrainian import plural

_SPAN: Final = {"site": "Penal Colony No. 7", "span": "from May 2022 to August 2024"}
_BESIDE: Final = {"name": "Iryna Example", "site": "Penal Colony No. 7"}

STAYS: Final[Mapping[str, Message]] = {
    "stated": Message("{site}: {span}, as reported", "{site}: {span}, за повідомленням", _SPAN),
    "derived": Message(
        "{site}: {span}; worked out from what is reported of arrival, sightings and departure",
        "{site}: {span}; визначено на підставі повідомлень про прибуття, перебування та вибуття", _SPAN,
    ),
    "surely": Message(
        "{name}, {site}: at the same site for at least {days}", "{name}, {site}: у тому самому місці щонайменше {days}",
        {**_BESIDE, "days": "12 days"},
    ),
    "possible": Message(
        "{name}, {site}: at the same site for some of the days that the sources allow",
        "{name}, {site}: у тому самому місці в деякі з днів, які допускають джерела", _BESIDE,
    ),
    "at-most": Message("{words}, for at most {days}", "{words}, не більше ніж {days}", {"words": "at the same site", "days": "12 days"}),
    "day": Message("day", "день"),
    "few-days": Message("days", "дні"),
    "days": Message("days", "днів"),
    "note": Message(
        "At the same site does not mean in the same cell, or that they met. People who may be within reach of those who held them are not "
        "named here; the rule is the same for everybody.",
        "«У тому самому місці» не означає, що ці люди перебували в одній камері чи зустрічалися. Людей, які можуть перебувати під владою тих, хто їх "
        "утримував, тут не названо; правило однакове для всіх.",
    ),
    "more": Message(
        "{shown} of {count} are listed here.", "Тут наведено {shown} із {count}.", {"shown": 50, "count": 120}
    ),
}  # fmt: skip
"""The words of stays."""


@dataclass(frozen=True, slots=True)
class FileStay:
    """A stay at a site; ``start`` and ``end`` are dates as written, None where open."""

    site: str
    start: str | None
    end: str | None
    is_stated: bool
    text: str
    references: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FileCompanion:
    """Somebody who was at the same site on the same days: for how many at least, and at most, which is None where nothing bounds it."""

    person: str
    site: str
    surely: int
    at_most: int | None
    text: str
    references: tuple[int, ...]


def file_stays(facts: CaseFacts, used: ReferenceNumbers, language: Language) -> tuple[FileStay, ...]:
    """Return the stays of a case file."""
    return tuple(_stay(one, facts, used, language) for one in facts.stays)


def _stay(one: StayFacts, facts: CaseFacts, used: ReferenceNumbers, language: Language) -> FileStay:
    site = _name(one.site, facts, language)
    text = stay_words(site, one.start, one.end, language, is_stated=one.is_stated)
    return FileStay(one.site, one.start, one.end, one.is_stated, text, used.cite(one.claims))


def stay_words(site: str, start: str | None, end: str | None, language: Language, *, is_stated: bool) -> str:
    """Return a stay at a site in words; its dates are as written.

    >>> stay_words("Penal Colony No. 7", "2022-05", "2024-08", Language.EN, is_stated=True)
    'Penal Colony No. 7: from May 2022 to August 2024, as reported.'
    """
    message = STAYS["stated" if is_stated else "derived"]
    return f"{message_text(message, language, site=site, span=span_words(start, end, language))}."


def file_companions(facts: CaseFacts, used: ReferenceNumbers, language: Language) -> tuple[FileCompanion, ...]:
    """Return who was at the same site on the same days, as far as the facts list them."""
    own = {one.id: one for one in facts.stays}
    return tuple(_companion(one, own[one.own], facts, used, language) for one in facts.companions)


def _companion(
    one: CompanionFacts, own: StayFacts, facts: CaseFacts, used: ReferenceNumbers, language: Language
) -> FileCompanion:
    found = overlap_of_spans(own.bounds, one.bounds)
    name, site = _name(one.person, facts, language), _name(own.site, facts, language)
    text = companion_words(name, site, found.surely, found.at_most, language)
    references = used.cite((*own.claims, *one.claims))
    return FileCompanion(one.person, own.site, found.surely, found.at_most, text, references)


def companion_words(name: str, site: str, surely: int, at_most: int | None, language: Language) -> str:
    """Return in words for how many days at least and at most somebody was at the same site; nothing bounds None.

    >>> companion_words("Iryna Example", "Penal Colony No. 7", 12, None, Language.EN)
    'Iryna Example, Penal Colony No. 7: at the same site for at least 12 days.'
    """
    if surely:
        text = message_text(STAYS["surely"], language, name=name, site=site, days=_days(surely, language))
    else:
        text = message_text(STAYS["possible"], language, name=name, site=site)
    if at_most is not None:
        text = message_text(STAYS["at-most"], language, words=text, days=_days(at_most, language))
    return f"{text}."


def companions_note(shown: int, count: int, language: Language) -> str:
    """Return what the list of people at the same site says of itself, for everybody alike; with how many it has, if it is longer."""
    note = message_text(STAYS["note"], language)
    if count == shown:
        return note
    return f"{note} {message_text(STAYS['more'], language, shown=shown, count=count)}"


def _name(record: str, facts: CaseFacts, language: Language) -> str:
    return name_words(facts.records[record], language) if record in facts.records else record


def _days(count: int, language: Language) -> str:
    one, few, many = (message_text(STAYS[key], language) for key in ("day", "few-days", "days"))
    if language is Language.EN:
        return f"{count} {one if count == 1 else many}"
    return plural(count, one, few, many)

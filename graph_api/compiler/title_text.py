"""Titles of events, made of their kind, the people or speakers in them, and their date; in English and Ukrainian.

English takes the title that a seed file states, where it states one. Ukrainian is made of the same parts always, with names in the nominative after
a colon. Terms are those of ``graph_api.evidence.status_text``. No native-speaking lawyer has reviewed the Ukrainian.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from graph_api.ontology.vocabulary import EventKind, Role
from graph_api.values.dates import When
from graph_api.values.languages import Language

NAMING_ROLES: Final = (Role.SUBJECT, Role.ORGANIZER, Role.ISSUER, Role.AUTHOR)
"""The roles of those whom a title names; in descending order, which is the order of their words."""

_OF_SUBJECT: Final[dict[EventKind, str]] = {
    EventKind.ILL_TREATMENT: "Ill-treatment reported of {}",
    EventKind.CHARGE: "Charge against {}",
    EventKind.REMAND: "Remand in custody of {}",
    EventKind.COMPULSORY_MEASURE: "Trial of {}",
    EventKind.APPEAL: "Appeal in the case of {}",
    EventKind.BODY_RETURN: "Return of the body of {}",
    EventKind.WARRANT: "Warrant against {}",
}
"""English titles that are not "<kind> of <names>"."""

_KINDS: Final[dict[EventKind, str]] = {
    EventKind.ILL_TREATMENT: "Ill-treatment reported",
    EventKind.COMPULSORY_MEASURE: "Trial",
    EventKind.BODY_RETURN: "Return of bodies",
}
"""English words for kinds that are not their own names."""

_UKRAINIAN: Final[dict[EventKind, str]] = {
    EventKind.DISAPPEARANCE: "Повідомлено про зникнення",
    EventKind.DETENTION: "Затримання",
    EventKind.CONFINEMENT: "Утримування",
    EventKind.TRANSFER: "Переведення",
    EventKind.SIGHTING: "Повідомлено, що бачили в місці несвободи",
    EventKind.PROOF_OF_LIFE: "Повідомлено про ознаку життя",
    EventKind.ILL_TREATMENT: "Повідомлено про неналежне поводження",
    EventKind.CHARGE: "Обвинувачення",
    EventKind.REMAND: "Обрання запобіжного заходу – тримання під вартою",
    EventKind.TRIAL: "Судовий розгляд",
    EventKind.CONVICTION: "Вирок (за повідомленням)",
    EventKind.ACQUITTAL: "Виправдувальний вирок",
    EventKind.COMPULSORY_MEASURE: "Судовий розгляд",
    EventKind.APPEAL: "Перегляд вироку",
    EventKind.EXCHANGE: "Обмін",
    EventKind.RELEASE: "Звільнення",
    EventKind.REUNIFICATION: "Повернення",
    EventKind.DEPORTATION: "Депортація",
    EventKind.ADOPTION: "Усиновлення або опіка",
    EventKind.DEATH: "Повідомлено про смерть",
    EventKind.BODY_RETURN: "Репатріація тіла",
    EventKind.BURIAL: "Поховання",
    EventKind.NEGOTIATION: "Переговори",
    EventKind.AGREEMENT: "Угода",
    EventKind.RESOLUTION: "Резолюція",
    EventKind.WARRANT: "Ордер",
    EventKind.STATEMENT: "Заява",
    EventKind.CAMPAIGN: "Кампанія",
    EventKind.REPORT: "Доповідь",
    EventKind.OTHER: "Подія",
}


def title(
    stated: str | None,
    kind: str,
    named: Sequence[Sequence[Any]] | None,
    date: str | None = None,
    language: Language = Language.EN,
) -> str:
    """Return the title of an event.

    ``named`` are rows of name, whether it is that of a group, and role, up to three and those of one role together. ``date`` is EDTF.

    >>> title(None, "CONVICTION", [["Iryna Example", False, "SUBJECT"]])
    'Conviction of Iryna Example'
    >>> title(None, "CONVICTION", [["Fifteen people", True, "SUBJECT"]])
    'Conviction: Fifteen people'
    >>> title(None, "STATEMENT", [["An NGO", False, "AUTHOR"]], "2025-05")
    'Statement by An NGO, May 2025'
    >>> title("The verdict", "CONVICTION", [["Ірина", False, "SUBJECT"]], "2024-08", Language.UK)
    'Вирок (за повідомленням): Ірина'
    """
    if stated and language is Language.EN:
        return stated
    rows = [row for row in named or () if row[2] == (named or ())[0][2]]
    who = _joined([str(row[0]) for row in rows], language)
    is_subject = bool(rows) and rows[0][2] == Role.SUBJECT.value
    if language is Language.UK:
        return _ukrainian(EventKind(kind), who, date, is_subject=is_subject)
    words = _KINDS.get(EventKind(kind), kind.replace("_", " ").capitalize())
    if not who:
        return words
    if not is_subject:
        return f"{words} by {who}{_behind(date, language)}"
    if any(row[1] for row in rows):
        return f"{words}: {who}"
    return _OF_SUBJECT.get(EventKind(kind), f"{words} of {{}}").format(who)


def ukrainian_kind(kind: EventKind) -> str:
    """Return what a kind of event is called in Ukrainian, as it stands within a sentence.

    >>> ukrainian_kind(EventKind.CONVICTION)
    'вирок (за повідомленням)'
    """
    words = _UKRAINIAN[kind]
    return words[0].lower() + words[1:]


def with_remark(words: str, remark: str) -> str:
    """Return words with a remark in brackets: in those that they end with, if they have any.

    >>> with_remark("обмін", "2024 рік"), with_remark("вирок (за повідомленням)", "2022 рік")
    ('обмін (2024 рік)', 'вирок (за повідомленням; 2022 рік)')
    """
    return f"{words[:-1]}; {remark})" if words.endswith(")") else f"{words} ({remark})"


def _ukrainian(kind: EventKind, who: str, date: str | None, *, is_subject: bool) -> str:
    is_of_many = kind is EventKind.EXCHANGE or not who
    words = _UKRAINIAN[kind] if is_of_many else f"{_UKRAINIAN[kind]}: {who}"
    return words if is_subject and not is_of_many else f"{words}{_behind(date, Language.UK)}"


def _behind(date: str | None, language: Language) -> str:
    return f", {When.parse(date).display_in(language)}" if date else ""


def _joined(names: Sequence[str], language: Language) -> str:
    """Return one or two names, or two and a word for the others."""
    if len(names) < 2:
        return "".join(names)
    both, others = (" and ", "others") if language is Language.EN else (" та ", "інші")
    return f"{', '.join(names[:2])}{both}{others}" if len(names) > 2 else both.join(names)

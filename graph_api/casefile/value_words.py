"""Values in the words of a case file: dates, sentences, offences, names, courts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from graph_api.casefile.facts import NamedRecord
from graph_api.casefile.messages import CLAUSES, STANDING, WORDS, message_text
from graph_api.evidence.status_text import Language
from graph_api.values.date_parser import DatePoint, Item, parse_items
from graph_api.values.dates import When
from graph_api.values.sentences import Sentence, SentenceKind

_MONTHS: Final = (
    ("січень", "січня"), ("лютий", "лютого"), ("березень", "березня"), ("квітень", "квітня"), ("травень", "травня"),
    ("червень", "червня"), ("липень", "липня"), ("серпень", "серпня"), ("вересень", "вересня"), ("жовтень", "жовтня"),
    ("листопад", "листопада"), ("грудень", "грудня"),
)  # fmt: skip
"""The months in the nominative and in the genitive, which a day takes."""
_SEASONS: Final = {21: "весна", 22: "літо", 23: "осінь", 24: "зима"}
_CODES: Final[Mapping[str, tuple[str, str]]] = {
    "RU-UK": ("the Criminal Code of the Russian Federation", "КК Російської Федерації"),
    "BY-UK": ("the Criminal Code of Belarus", "КК Білорусі"),
}
_OFFENCES: Final = {
    "ESPIONAGE": "шпигунство", "TERRORISM": "тероризм", "TREASON": "державна зрада", "SABOTAGE": "диверсія",
    "EXPLOSIVES": "вибухові речовини", "EXTREMISM": "екстремізм", "WEAPONS": "зброя", "MURDER": "вбивство",
    "SMUGGLING": "контрабанда", "ILLEGAL_ENTRY": "незаконний перетин кордону", "PROPERTY_DAMAGE": "пошкодження майна",
}  # fmt: skip
"""Offences that sources name by the controlled word, in Ukrainian; other words of sources are printed as they are."""
_REGIMES: Final = {"strict": "суворий", "general": "загальний", "special": "особливий"}


def date_words(edtf: str, language: Language) -> str:
    """Return a date in words.

    >>> date_words("2022-05-13", Language.UK), date_words("[2021-09-03..2021-09-04]", Language.UK)
    ('13 травня 2022 року', '3 вересня 2021 року – 4 вересня 2021 року')
    >>> date_words("2022-05-13", Language.EN)
    '13 May 2022'
    """
    when = When.parse(edtf)
    if language is Language.EN:
        return when.display
    items, _ = parse_items(edtf)
    words = " або ".join(map(_item, items))
    words = f"приблизно {words}" if when.approximate else words
    return f"{words} (непевно)" if when.uncertain else words


def _item(item: Item) -> str:
    match item:
        case Item(None, DatePoint() as last):
            return f"{_point(last)} або раніше"
        case Item(DatePoint() as first, None):
            return f"{_point(first)} або пізніше"
        case Item(DatePoint() as first, DatePoint() as last) if first == last:
            return _point(first)
        case Item(DatePoint() as first, DatePoint() as last):
            return f"{_point(first)} – {_point(last)}"
        case _:  # [..], which the reader refuses
            return ""


def _point(point: DatePoint) -> str:
    match point.grain:
        case "day":
            return f"{point.day} {_MONTHS[point.month - 1][1]} {point.year} року"
        case "season":
            return f"{_SEASONS[point.month]} {point.year} року"
        case "decade":
            return f"{point.year}-ті роки"
        case "century":
            return f"{point.year}–{point.year + 99} роки"
        case _ if point.month:
            return f"{_MONTHS[point.month - 1][0]} {point.year} року"
        case _:
            return f"{point.year} рік"


def plural(count: int, one: str, few: str, many: str) -> str:
    """Return a number with the Ukrainian form that it takes.

    >>> [plural(n, "рік", "роки", "років") for n in (1, 2, 5, 11, 21)]
    ['1 рік', '2 роки', '5 років', '11 років', '21 рік']
    """
    if count % 10 == 1 and count % 100 != 11:
        return f"{count} {one}"
    return f"{count} {few if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14 else many}"


def sentence_words(value: Mapping[str, Any], language: Language) -> str:
    """Return a sentence in words, with its regime and what was added to it.

    >>> sentence_words({"kind": "TERM", "years": 10, "months": 6}, Language.UK)
    '10 років 6 місяців'
    """
    sentence = Sentence.from_json(value)
    parts = [sentence.display if language is Language.EN else _sentence(sentence)]
    if sentence.regime:
        is_english = language is Language.EN
        parts.append(f"{sentence.regime} regime" if is_english else f"режим: {_regime(sentence.regime)}")
    return ", ".join([*parts, *sentence.extras])


def _regime(regime: str) -> str:
    return _REGIMES.get(regime.casefold(), regime)


def _sentence(sentence: Sentence) -> str:
    match sentence.kind:
        case SentenceKind.LIFE:
            return message_text(WORDS["life"], Language.UK)
        case SentenceKind.DEATH:
            return message_text(WORDS["death"], Language.UK)
        case SentenceKind.UNSTATED:
            return "строк не зазначено"
        case _:
            return _length(sentence.months_low, sentence.months_high)


def _length(low: int | None, high: int | None) -> str:
    if low is not None and low == high:
        years, months = divmod(low, 12)
        parts = [plural(years, "рік", "роки", "років")] if years else []
        return " ".join([*parts, plural(months, "місяць", "місяці", "місяців")] if months else parts)
    bounds = [f"від {_length(low, low)}" if low else "", f"до {_length(high, high)}" if high else ""]
    return " ".join(filter(None, bounds)) or "інший вид покарання"


def offence_with_article(offence: Mapping[str, Any], language: Language) -> str:
    """Return an offence in the words of the source, with the article where one is stated.

    >>> offence_with_article({"code": "ESPIONAGE", "text": "espionage", "article": "RU-UK 276"}, Language.EN)
    'espionage (article 276 of the Criminal Code of the Russian Federation)'
    """
    named = str(offence["text"])
    if language is Language.UK and named == str(offence["code"]).lower().replace("_", " "):
        named = _OFFENCES.get(str(offence["code"]), named)
    elif language is Language.UK:
        named = message_text(WORDS["quoted"], language, text=named)
    if "article" not in offence:
        return named
    code, _, article = str(offence["article"]).partition(" ")
    law = _CODES[code][language is Language.UK] if code in _CODES else code
    return message_text(CLAUSES["article"], language, offence=named, article=article, code=law)


def distinct_offences(offences: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return each offence once: one with and without its article is one offence.

    >>> distinct_offences([{"code": "ESPIONAGE", "text": "espionage"}, {"code": "ESPIONAGE", "text": "spying", "article": "RU-UK 276"}])
    [{'code': 'ESPIONAGE', 'text': 'spying', 'article': 'RU-UK 276'}]
    """
    with_article = {one["code"] for one in offences if "article" in one}
    found: list[Mapping[str, Any]] = []
    for one in offences:
        if one not in found and ("article" in one or one["code"] not in with_article):
            found.append(one)
    return found


def name_words(record: NamedRecord, language: Language) -> str:
    """Return the name of a record: in Ukrainian where sources give one, else as shown."""
    if language is Language.UK:
        own = [str(one["text"]) for one in record.names if one.get("language") == "uk"]
        return own[0] if own else record.name
    return record.name


def court_words(record: NamedRecord, language: Language) -> str:
    """Return a court as sources name it, in quotation marks, with its standing beside it.

    >>> court_words(NamedRecord("c", "Organization", '"Kherson regional court"', standing="OCCUPYING_POWER"), Language.EN)
    '“Kherson regional court” (court of the occupying power)'
    """
    quoted = message_text(WORDS["quoted"], language, text=name_words(record, language).strip('"“”«»'))
    standing = standing_words(record.standing, record.country, language)
    return f"{quoted} ({standing})" if standing else quoted


def standing_words(standing: str | None, country: str | None, language: Language) -> str:
    """Return the standing of a court in words; empty where none is given."""
    message = STANDING.get(f"{standing}.{country}") or STANDING.get(standing or "")
    return message_text(message, language) if message else ""

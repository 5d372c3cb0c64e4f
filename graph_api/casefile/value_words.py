"""Values in the words of a case file: dates, sentences, offences, names, courts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from graph_api.casefile.facts import NamedRecord
from graph_api.casefile.messages import CLAUSES, STANDING, WORDS, message_text
from graph_api.evidence.status_text import Language
from graph_api.values.dates import When
from graph_api.values.offences import covers
from graph_api.values.sentences import Sentence

_CODES: Final[Mapping[str, tuple[str, str]]] = {
    "RU-UK": ("the Criminal Code of the Russian Federation", "КК Російської Федерації"),
    "BY-UK": ("the Criminal Code of Belarus", "КК Білорусі"),
    "LPR-UK": ("the “criminal code” of the so-called “LPR”", "«кримінального кодексу» так званої «ЛНР»"),
    "DPR-UK": ("the “criminal code” of the so-called “DPR”", "«кримінального кодексу» так званої «ДНР»"),
}
_OFFENCES: Final = {
    "ESPIONAGE": "шпигунство", "TERRORISM": "тероризм", "TREASON": "державна зрада", "SABOTAGE": "диверсія",
    "EXPLOSIVES": "вибухові речовини", "EXTREMISM": "екстремізм", "WEAPONS": "зброя", "MURDER": "вбивство",
    "SMUGGLING": "контрабанда", "ILLEGAL_ENTRY": "незаконний перетин кордону", "PROPERTY_DAMAGE": "пошкодження майна",
    "VIOLENT_SEIZURE_OF_POWER": "насильницьке захоплення влади", "BANNED_ORGANIZATION": "участь у забороненій організації",
    "AGENT_ACTIVITY": "агентурна діяльність", "DISORGANISING_INSTITUTION": "дезорганізація діяльності установи",
    "ILL_TREATMENT_OF_CIVILIANS": "жорстоке поводження з цивільним населенням", "OTHER": "інше правопорушення",
}  # fmt: skip
"""Offences that sources name by the controlled word, in Ukrainian; other words of sources are printed as they are."""
_REGIMES: Final = {"strict": "суворий", "general": "загальний", "special": "особливий"}


def date_words(edtf: str, language: Language) -> str:
    """Return a date in words.

    >>> date_words("2022-05-13", Language.UK), date_words("[2021-09-03..2021-09-04]", Language.UK)
    ('13 травня 2022 року', '3 або 4 вересня 2021 року')
    >>> date_words("2022-05-13", Language.EN)
    '13 May 2022'
    """
    return When.parse(edtf).display_in(language)


def sentence_words(value: Mapping[str, Any], language: Language) -> str:
    """Return a sentence in words, with its regime and what was added to it; in Ukrainian, what is not translated stands in quotation marks.

    >>> sentence_words({"kind": "TERM", "years": 10, "months": 6}, Language.UK)
    '10 років 6 місяців'
    """
    sentence = Sentence.from_json(value)
    parts = [sentence.display_in(language)]
    if language is Language.EN:
        return ", ".join([*parts, *([f"{sentence.regime} regime"] if sentence.regime else []), *sentence.extras])
    if sentence.regime:
        parts.append(f"режим: {_REGIMES.get(sentence.regime.casefold()) or _quoted(sentence.regime)}")
    return ", ".join([*parts, *map(_quoted, sentence.extras)])


def _quoted(words: str) -> str:
    """Return words of sources in a text in Ukrainian, which does not translate them."""
    return message_text(WORDS["quoted"], Language.UK, text=words)


def offence_name(code: str, language: Language) -> str:
    """Return the controlled word for an offence in words.

    >>> offence_name("AGENT_ACTIVITY", Language.EN), offence_name("AGENT_ACTIVITY", Language.UK)
    ('agent activity', 'агентурна діяльність')
    """
    named = code.lower().replace("_", " ")
    return named if language is Language.EN else _OFFENCES.get(code, named)


def offence_with_article(offence: Mapping[str, Any], language: Language) -> str:
    """Return an offence in the words of the source, with the article where one is stated.

    >>> offence_with_article({"code": "ESPIONAGE", "text": "espionage", "article": "RU-UK 276"}, Language.EN)
    'espionage (article 276 of the Criminal Code of the Russian Federation)'
    >>> offence_with_article({"code": "UNSTATED", "text": "RU-UK 276", "article": "RU-UK 276"}, Language.EN)
    'what article 276 of the Criminal Code of the Russian Federation names'
    """
    named = str(offence["text"])
    if language is Language.UK and named == offence_name(str(offence["code"]), Language.EN):
        named = offence_name(str(offence["code"]), language)
    elif language is Language.UK:
        named = _quoted(named)
    if "article" not in offence:
        return named
    code, _, article = str(offence["article"]).partition(" ")
    law = _CODES[code][language is Language.UK] if code in _CODES else code
    if offence["text"] == offence["article"]:
        return message_text(CLAUSES["article-alone"], language, article=article, code=law)
    return message_text(CLAUSES["article"], language, offence=named, article=article, code=law)


def distinct_offences(offences: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return each offence once: one with and without its article is one offence.

    >>> distinct_offences([{"code": "ESPIONAGE", "text": "espionage"}, {"code": "ESPIONAGE", "text": "spying", "article": "RU-UK 276"}])
    [{'code': 'ESPIONAGE', 'text': 'spying', 'article': 'RU-UK 276'}]
    >>> len(distinct_offences([{"code": "OTHER", "text": "trespass"}, {"code": "OTHER", "text": "insult", "article": "RU-UK 329"}]))
    2
    """
    every = [one for place, one in enumerate(offences) if one not in offences[:place]]
    with_article = [one for one in every if "article" in one]
    return [one for one in every if not any(covers(other, one) and not covers(one, other) for other in with_article)]


def name_words(record: NamedRecord, language: Language) -> str:
    """Return the name of a record: in Ukrainian where there is one, else as shown."""
    return record.name_uk or record.name if language is Language.UK else record.name


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

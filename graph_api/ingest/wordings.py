"""Wordings of reports and lists, and the form in which seed files write the same: ``arrest``, ``POW``, ``15 March 2025``, ``12 years``.

A wording in a file is refused with the form to write in its place, so that one thing is written in one way and nothing is replaced
silently. ``wordings.yaml`` has the words in English, Ukrainian and Russian.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

from graph_api.errors import InvalidValue
from graph_api.ingest.formats.table.dates import DateRules, edtf_of
from graph_api.values.links import parse_id
from graph_api.values.offences import OFFENCE_CODES
from graph_api.values.value_type import Raw, ValueType
from graph_api.values.words import seed_word

LANGUAGES: Final = ("en", "uk", "ru")
_ABOUT: Final = re.compile(
    r"(?:about|around|approximately|c\.|ca\.|circa|близько|приблизно|около|примерно)\s+(.+)", re.IGNORECASE
)
_SPAN: Final = re.compile(r"(\d{4}(?:-\d{2}){0,2})\s*(?:/|–|—| - )\s*(\d{4}(?:-\d{2}){0,2})")
_MONTH_FIRST: Final = re.compile(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_YEARS: Final = r"(?:years?|yrs?|y|рок(?:ів|и|у)|рік|лет|года?|г\.?|р\.?)"
_MONTHS: Final = r"(?:months?|mos?|місяц(?:ів|і|ь)|міс\.?|месяц(?:ев|а|)|мес\.?)"
_TERM: Final = re.compile(rf"(?:(\d+)\s*{_YEARS})?(?:\s*(?:and|,|і|и|та)?\s*(\d+)\s*{_MONTHS})?", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"[A-Z]{2,8}-[A-Z]{2,4} [0-9][0-9.-]*")
_LIFE: Final = re.compile(r"life\b.*|довічн\w*.*|пожизненн\w*.*", re.IGNORECASE)


@cache
def _wordings() -> Mapping[str, Mapping[str, str]]:
    """Return what to write by the group of a wording and the wording."""
    stated = yaml.load(files(__package__ or "").joinpath("wordings.yaml").read_text("utf-8"), yaml.CSafeLoader)
    groups = {**{f"words/{name}": words for name, words in stated.pop("words").items()}, **stated}
    return {
        group: {_plain(one): right for right, some in words.items() for one in some} for group, words in groups.items()
    }


def _plain(text: str) -> str:
    return re.sub(r"[\s_-]+", "-", str(text).strip().casefold().rstrip("."))


def known_key(key: str, allowed: Sequence[str]) -> str:
    """Return what to write in the place of an unknown key, if it is one of the allowed keys; empty for other keys.

    >>> known_key("person", ("id", "participants")), known_key("person", ("id", "name"))
    ('participants: [{who: …}]', '')
    """
    right = _wordings()["keys"].get(_plain(key), "")
    return right if right.partition(":")[0] in allowed else ""


def corrected(invalid: InvalidValue, value_type: ValueType, raw: Raw) -> InvalidValue:
    """Return the refusal of a value, with the form to write where the value is a known wording."""
    right = right_form(value_type, raw)
    return InvalidValue(invalid.found, right, thing=invalid.thing) if right else invalid


def right_form(value_type: ValueType, raw: Raw) -> str:
    """Return the form in which seed files write a value that its type refused; empty where it is no known wording.

    >>> from graph_api.values.dates import DATE
    >>> right_form(DATE, "15 March 2025"), right_form(DATE, "05.12.1980"), right_form(DATE, "about May 2022"), right_form(DATE, "soon")
    ('2025-03-15', '1980-12-05', '2022-05~', '')
    """
    if not isinstance(raw, str) or len(raw) > 200:
        return ""
    if value_type.vocabulary is not None:
        words = {seed_word(one) for one in value_type.vocabulary}
        return _plain(raw) if _plain(raw) in words else _word(value_type.vocabulary.__name__, raw)
    match value_type.name:
        case "date" | "day":
            return _date(raw.strip())
        case "sentence":
            return _sentence(raw.strip())
        case "offence":
            return _offence(raw)
        case "language" | "country" | "flag" as name:
            return _wordings()[{"language": "languages", "country": "countries", "flag": "flags"}[name]].get(
                _plain(raw), ""
            )
        case "url":
            return f"https://{raw}" if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?:/\S*)?", raw) else ""
        case "quantity":
            return f'{{text: "{raw}", operator: exactly, low: {raw}, unit: people}}' if raw.isdecimal() else ""
        case _:
            return ""


def _word(vocabulary: str, raw: str) -> str:
    return _wordings().get(f"words/{vocabulary}", {}).get(_plain(raw), "")


def right_id(text: str) -> str:
    """Return the id that a text becomes in lower case with hyphens; empty where that is no id.

    >>> right_id("Ivan_Testenko"), right_id("Херсон")
    ('ivan-testenko', '')
    """
    try:
        return parse_id(_plain(text).replace(".", "-"))
    except InvalidValue:
        return ""


def _date(text: str) -> str:
    if found := _ABOUT.fullmatch(text):
        inner = _date(found[1]) or (found[1] if re.fullmatch(r"\d{4}(-\d\d){0,2}", found[1]) else "")
        return f"{inner}~" if inner else ""
    if found := _SPAN.fullmatch(text):
        return f"[{found[1]}..{found[2]}] for one day of them, or date: {found[1]} and until: {found[2]} for a span"
    if found := _DAY_FIRST.fullmatch(text):
        return _numbers(*map(int, found.groups()), day_first="." in text)
    if found := _MONTH_FIRST.fullmatch(text):
        text = f"{found[2]} {found[1]} {found[3]}"
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text).replace(",", "")
    for language in LANGUAGES:
        if (edtf := edtf_of(text, DateRules("dmy", language))) != text:
            return edtf
    return ""


def _numbers(first: int, second: int, year: int, *, day_first: bool) -> str:
    """Return the dates that three numbers can be: with points the day stands first."""
    orders = [(second, first)] if day_first else [(second, first), (first, second)]
    return ", or ".join(
        dict.fromkeys(f"{year:04}-{month:02}-{day:02}" for month, day in orders if 0 < month <= 12 and 0 < day <= 31)
    )


def _sentence(text: str) -> str:
    if _LIFE.fullmatch(text):
        return "{kind: life}"
    found = _TERM.fullmatch(text)
    numbers = (
        {name: int(one) for name, one in zip(("years", "months"), found.groups(), strict=True) if one} if found else {}
    )
    return f"{{{', '.join(f'{name}: {number}' for name, number in numbers.items())}}}" if numbers else ""


def _offence(text: str) -> str:
    code = _plain(text).upper().replace("-", "_")
    if code in OFFENCE_CODES:
        return f"{{code: {_plain(text)}}}"
    return f"{{article: {text.strip()}}}" if _ARTICLE.fullmatch(text.strip()) else ""

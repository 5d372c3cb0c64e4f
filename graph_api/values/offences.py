"""Offences: what somebody was accused or convicted of.

An offence has a controlled word, the words of the source, and the article in normal form: letters for the state or
self-proclaimed authority, those of the law, the number: ``RU-UK 276``, ``BY-UK 358-1``, ``RSFSR-UK 58-10``. Where a list gives the
article alone, the word is ``UNSTATED``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

import orjson

from graph_api.errors import InvalidValue
from graph_api.values.value_type import (
    Raw,
    ValueType,
    describe,
    mapping_of,
    parse_text,
    store_json,
    text_of,
    written_mapping,
)

OFFENCE_CODES: Final = (
    "ESPIONAGE", "TERRORISM", "TREASON", "SABOTAGE", "EXPLOSIVES", "EXTREMISM", "WEAPONS", "MURDER",
    "ILL_TREATMENT_OF_CIVILIANS", "BANNED_ORGANIZATION", "AGENT_ACTIVITY", "VIOLENT_SEIZURE_OF_POWER", "SMUGGLING",
    "ILLEGAL_ENTRY", "PROPERTY_DAMAGE", "DISORGANISING_INSTITUTION", "OTHER",
)  # fmt: skip
"""The controlled words. Others may be used as well, unless one is so like a controlled word that it must be a slip."""

UNSTATED: Final = "UNSTATED"
"""The word of an offence of which a source gives the article alone."""

_CODE: Final = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
_ARTICLE: Final = re.compile(r"[A-Z]{2,5}-[A-Z]{2,4} [0-9][0-9A-Za-z.()§ -]*(?<![ -])")


@dataclass(frozen=True, slots=True)
class Offence:
    """What somebody was accused or convicted of. ``text`` is in the words of the source, else those of the code.

    >>> Offence.from_fields("espionage", article="RU-UK 276")
    Offence(code='ESPIONAGE', text='espionage', article='RU-UK 276')
    """

    code: str
    text: str
    article: str | None

    @classmethod
    def from_fields(cls, code: object, text: object = None, article: object = None) -> Offence:
        """Check an offence field by field; raise :class:`InvalidValue`. ``code`` may be in its seed or its GraphQL form."""
        word = _code(code)
        return cls(word, _text(text) or word.lower().replace("_", " "), _article(article))

    @classmethod
    def from_json(cls, value: Mapping[str, object]) -> Offence:
        """Read what :meth:`to_json` wrote; raise :class:`InvalidValue`."""
        return cls.from_fields(value.get("code"), value.get("text"), value.get("article"))

    def to_json(self) -> dict[str, object]:
        """Give the fields that have a value, always in the same order."""
        fields: dict[str, object] = {"code": self.code, "text": self.text, "article": self.article}
        return {key: value for key, value in fields.items() if value is not None}


def _code(value: object) -> str:
    word = value.upper().replace("-", "_") if isinstance(value, str) else ""
    near = get_close_matches(word, OFFENCE_CODES, n=1, cutoff=0.85)
    if not _CODE.fullmatch(word) or (near and near[0] != word):
        known = ", ".join(code.lower().replace("_", "-") for code in OFFENCE_CODES)
        hint = f"did you mean {near[0].lower().replace('_', '-')}?" if near else "lower case with hyphens"
        raise InvalidValue(value, f"one of {known}, or a word of your own", hint, thing="offence code")
    return word


def _article(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _ARTICLE.fullmatch(value):
        hint = "letters are Latin, one blank" if isinstance(value, str) else "as text"
        raise InvalidValue(
            value, "an article such as 'RU-UK 276', 'BY-UK 358-1' or 'RU-UK 205.4(2)'", hint, thing="article"
        )
    return str(value)


def _text(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue(value, "words", "leave it out where none are stated", thing="text")
    return str(value)


_KEYS: Final = ("code", "text", "article")


def parse(raw: Raw) -> dict[str, object]:
    """Return an offence as JSON, of a mapping with code or article, and text where stated; raises InvalidValue.

    >>> parse({"article": "RSFSR-UK 58-10"})
    {'code': 'UNSTATED', 'text': 'RSFSR-UK 58-10', 'article': 'RSFSR-UK 58-10'}
    """
    fields = mapping_of(raw, _KEYS, thing="offence")
    if "code" not in fields and "article" in fields:
        fields = {"code": "unstated", "text": fields["article"], **fields}
    if "code" not in fields:
        raise InvalidValue(describe(raw), "a code or an article as well", thing="offence")
    return Offence.from_fields(
        code=text_of(fields["code"], "a code such as espionage", thing="offence code", most=60),
        text=parse_text(fields["text"]) if "text" in fields else None,
        article=text_of(fields["article"], "an article such as RU-UK 276", thing="article", most=120)
        if "article" in fields
        else None,
    ).to_json()


def store(key: str, values: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the offences as JSON text, and their codes, texts and articles for filters."""
    return {
        key: store_json(values),
        "offence_codes": [one["code"] for one in values],
        "offence_texts": [one["text"] for one in values],
        "offence_articles": [one["article"] for one in values if "article" in one],
    }


def decode(text: str | None, stated: Sequence[str] | None = None) -> list[Mapping[str, Any]]:
    """Return the fields of every ``Offence`` of stored JSON text; ``stated`` has the claims that state each, ids with blanks between them.

    >>> decode('[{"code": "TREASON", "text": "treason"}]', ["c-1 c-2"])[0]["claims"]
    ['c-1.offences', 'c-2.offences']
    """
    found = [] if text is None else orjson.loads(text)
    return [
        {**{key: one.get(key) for key in _KEYS}, "claims": [f"{claim}.offences" for claim in ids.split()]}
        for one, ids in zip(found, stated or [""] * len(found), strict=True)
    ]


def covers(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Return whether an offence says all that another says.

    Of an article alone it does where it is of that article. Otherwise it does where both are of one article, or the other names none and
    either this one does or the other has no words of its own. An offence of the code OTHER is known by its text only.

    >>> covers({"code": "ESPIONAGE", "text": "espionage", "article": "RU-UK 276"}, {"code": "ESPIONAGE", "text": "spying"})
    True
    """
    if a == b:
        return True
    if b["code"] == UNSTATED:
        return "article" in b and bool(a.get("article") == b["article"])
    if a["code"] != b["code"] or (a["code"] == "OTHER" and a["text"] != b["text"]):
        return False
    if "article" in b:
        return bool(a.get("article") == b["article"])
    return "article" in a or bool(b["text"] == b["code"].lower().replace("_", " "))


OFFENCE: Final = ValueType(
    "offence",
    "an offence: code, text, article",
    "Offence",
    parse,
    store=store,
    decode=decode,
    covers=covers,
    write=written_mapping(["code"]),
)

"""Languages: those of the texts of the product, and BCP-47 tags of what sources write."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from graph_api.errors import InvalidValue
from graph_api.values.value_type import Raw, ValueType, shorten, text_of


class Language(StrEnum):
    """The languages of the texts that the product writes."""

    EN = "EN"
    UK = "UK"


_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}")
_TWO_LETTERS: Final = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et
    eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk
    kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny
    oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk
    tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()  # noqa: SIM905
)
"""The languages of two letters: ISO 639-1. Those of three letters (ISO 639-3, such as crh) are some thousands and not listed."""


def parse_language(raw: Raw) -> str:
    """Return the tag of a language; raises InvalidValue."""
    expected = "a BCP-47 language such as uk"
    text = text_of(raw, expected, thing="language")
    if not _TAG.fullmatch(text):
        lower = text.lower()
        raise InvalidValue(
            shorten(text),
            expected,
            f"write {lower}" if lower != text and _TAG.fullmatch(lower) else "",
            thing="language",
        )
    primary = text.partition("-")[0]
    if len(primary) == 2 and primary not in _TWO_LETTERS:
        raise InvalidValue(text, expected, f"{primary} is no code of ISO 639-1", thing="language")
    return text


LANGUAGE: Final = ValueType("language", "BCP-47", "String", parse_language)

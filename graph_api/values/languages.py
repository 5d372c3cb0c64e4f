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
    return text


LANGUAGE: Final = ValueType("language", "BCP-47", "String", parse_language)

"""Flags: true or false."""

from __future__ import annotations

from typing import Final

from graph_api.errors import InvalidValue
from graph_api.values.value_type import Raw, ValueType, text_of


def parse_flag(raw: Raw) -> bool:
    """Return True for ``true`` and False for ``false``; raises InvalidValue for anything else, ``yes`` and ``no`` included."""
    text = text_of(raw, "true or false", thing="flag", most=60)
    if text not in {"true", "false"}:
        raise InvalidValue(text, "true or false", thing="flag")
    return text == "true"


FLAG: Final = ValueType("flag", "true or false", "Boolean", parse_flag)

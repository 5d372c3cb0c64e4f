"""Free text."""

from __future__ import annotations

from typing import Final

from graph_api.errors import Description, InvalidValue
from graph_api.values.raw import Raw, shorten, text_of
from graph_api.values.value_type import ValueType

MAX_TEXT: Final = 4000


def parse_text(raw: Raw, expected: str = "text", *, most: int = MAX_TEXT, thing: str = "text") -> str:
    """Return free text; raises InvalidValue where it is empty, longer than ``most``, or has blanks around it."""
    text = text_of(raw, expected, thing=thing)
    if len(text) > most:
        raise InvalidValue(
            Description(f"{len(text)} characters"), f"{expected}, at most {most} characters", thing=thing
        )
    if not text.strip() or text != text.strip():
        raise InvalidValue(shorten(text), f"{expected} without blanks around it", thing=thing)
    return text


TEXT: Final = ValueType("text", "text", "String", parse_text, is_free_text=True)

"""Links: the ids of other records."""

from __future__ import annotations

import re
from typing import Final

from graph_api.errors import InvalidValue
from graph_api.values.value_type import Raw, ValueType, shorten, text_of

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{1,62}[a-z0-9]")


def parse_id(raw: Raw, expected: str = "the id of a record") -> str:
    """Return the id of a record; raises InvalidValue. ``expected`` says what should have stood where there is no text."""
    text = text_of(raw, expected, thing="id")
    if not _ID.fullmatch(text):
        raise InvalidValue(shorten(text), "an id: 3 to 64 of a-z, 0-9 and hyphens, no hyphen at the ends", thing="id")
    return text


LINK: Final = ValueType("link", "a record", "Record", parse_id)

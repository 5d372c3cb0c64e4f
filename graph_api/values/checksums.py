"""SHA-256 checksums of files."""

from __future__ import annotations

import re
from typing import Final

from graph_api.errors import InvalidValue
from graph_api.values.value_type import Raw, ValueType, shorten, text_of

_DIGITS: Final = re.compile(r"[0-9a-f]{64}")


def parse_sha256(raw: Raw) -> str:
    """Return a SHA-256 checksum in lower-case hexadecimal; raises InvalidValue."""
    expected = "64 digits of 0-9 and a-f"
    text = text_of(raw, expected, thing="SHA-256 checksum")
    if not _DIGITS.fullmatch(text):
        raise InvalidValue(shorten(text), expected, thing="SHA-256 checksum")
    return text


SHA256: Final = ValueType("sha256", "SHA-256, hexadecimal", "String", parse_sha256)

"""Addresses of pages and files."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from graph_api.errors import InvalidValue
from graph_api.values.value_type import Raw, ValueType, parse_text, shorten

MAX_URL: Final = 2000


def parse_url(raw: Raw) -> str:
    """Return an http or https address as written; raises InvalidValue."""
    text = parse_text(raw, "an address", most=MAX_URL, thing="URL")
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises ValueError where the port is no number
        is_valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(map(str.isspace, text))
    except ValueError:
        is_valid = False
    if not is_valid:
        raise InvalidValue(shorten(text), "an address that begins with https:// or http://", thing="URL")
    return text


URL: Final = ValueType("url", "an address", "String", parse_url)

"""Names of records in their spellings, each with language, script and kind where known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson

from graph_api.errors import InvalidValue
from graph_api.values.value_type import Raw, ValueType, describe, mapping_of, parse_text, store_json

KEYS: Final = ("text", "language", "script", "kind")


def parse_name(raw: Raw) -> dict[str, Any]:
    """Return a name as a mapping of those of ``KEYS`` that are stated; raises InvalidValue."""
    if isinstance(raw, str):
        expected = "a mapping with text, and language, script, kind where known"
        raise InvalidValue(describe(raw), expected, f"{{text: {describe(raw)}}}", thing="name")
    fields = mapping_of(raw, KEYS, thing="name", required=("text",))
    return {key: parse_text(fields[key]) for key in KEYS if key in fields}


def store(key: str, values: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the names as JSON text, their texts for filters, and the first Ukrainian one as ``name_uk``."""
    own = next((one["text"] for one in values if one.get("language") == "uk"), None)
    in_ukrainian = {} if own is None else {"name_uk": own}
    return {key: store_json(values), "name_texts": [one["text"] for one in values], **in_ukrainian}


def decode(text: str | None) -> list[dict[str, Any]]:
    """Return the fields of every ``Name`` of stored JSON text."""
    found = [] if text is None else orjson.loads(text)
    return [{"__typename": "Name"} | {key: one.get(key) for key in KEYS} for one in found]


NAME: Final = ValueType("name", "a name: text, language, script, kind", "Name", parse_name, store=store, decode=decode)

"""Raw values: what a seed file or another input holds before a value type parses it.

A raw value is text as written, nothing (None), a list or a mapping. Numbers, dates and flags are text as well: what ``no`` or
``2024-05`` means is decided by the value type that parses it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from graph_api.errors import Description, InvalidValue

Raw: TypeAlias = "str | Sequence[Raw] | Mapping[str, Raw] | None"


def shorten(text: str, most: int = 60) -> str:
    """Return a text cut to the length that a message can print.

    >>> shorten("convicton"), len(shorten("x" * 1_000_000))
    ('convicton', 60)
    """
    return text if len(text) <= most else text[: most - 1] + "…"


def closest(found: str, words: Iterable[str]) -> str:
    """Return a hint that names the words of a list most similar to ``found``, at most three; empty where none is similar.

    >>> closest("convicton", ["conviction", "charge"])
    'closest: conviction'
    """
    near = difflib.get_close_matches(found, list(words), n=3, cutoff=0.5)
    return f"closest: {', '.join(near)}" if near else ""


def describe(raw: Raw) -> str:
    """Return what messages print of a raw value: the text itself, or a description of a list or mapping."""
    if isinstance(raw, str):
        return shorten(raw)
    if raw is None:
        return Description("nothing")
    if isinstance(raw, Mapping):
        return Description(shorten("a mapping with " + ", ".join(raw), most=160))
    return Description("a list")


def text_of(raw: Raw, expected: str, *, thing: str, most: int | None = None) -> str:
    """Return a single value as text of at most ``most`` characters; raises InvalidValue."""
    if not isinstance(raw, str):
        raise InvalidValue(describe(raw), expected, thing=thing)
    if most is not None and len(raw) > most:
        raise InvalidValue(shorten(raw), f"{expected}, at most {most} characters", thing=thing)
    return raw


def mapping_of(raw: Raw, keys: Sequence[str], *, thing: str, required: Iterable[str] = ()) -> dict[str, Raw]:
    """Return the entries of a mapping that have a value; raises InvalidValue for unknown and for missing keys."""
    if not isinstance(raw, Mapping):
        raise InvalidValue(describe(raw), "a mapping with " + ", ".join(keys), thing=thing)
    for key in raw:
        if key not in keys:
            found = shorten(key)
            raise InvalidValue(found, "one of " + ", ".join(keys), closest(found, keys), thing=f"key of a {thing}")
    entries: dict[str, Raw] = {key: value for key, value in raw.items() if value is not None}
    for key in required:
        if key not in entries:
            raise InvalidValue(describe(raw), f"{key} as well", thing=thing)
    return entries

"""Canonical JSON after RFC 8785: the same value gives the same bytes, whoever writes it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any


def canonical_json(value: Any) -> bytes:
    """Return a value as canonical JSON in UTF-8: keys sorted by UTF-16 code units, no blanks, nothing escaped without need.

    Only texts, whole numbers, truth values, null, lists and objects are allowed; raises TypeError for anything else, so that the one hard
    part of the standard, how fractions are printed, is not needed.

    >>> canonical_json({"б": 1, "a": ["x", None, True]}).decode()
    '{"a":["x",null,true],"б":1}'
    """
    return _written(value).encode("utf-8")


def _written(value: Any) -> str:
    match value:
        case None | bool() | int() | str():
            return json.dumps(value, ensure_ascii=False)
        case Mapping():
            items = sorted(value.items(), key=lambda item: item[0].encode("utf-16-be"))
            return "{" + ",".join(f"{_written(key)}:{_written(one)}" for key, one in items) + "}"
        case Sequence():
            return "[" + ",".join(map(_written, value)) + "]"
        case _:
            raise TypeError(
                f"Invalid value of the type {type(value).__name__}: expected text, a whole number, a list or an object."
            )

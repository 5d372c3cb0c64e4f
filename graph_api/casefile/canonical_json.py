"""Canonical JSON after RFC 8785: the same value gives the same bytes, whoever writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any


def canonical_json(value: Any) -> bytes:
    """Return a value as canonical JSON in UTF-8: keys sorted by UTF-16 code units, no blanks, nothing escaped without need.

    Only texts, whole numbers, truth values, null, lists, objects and data classes are allowed; raises TypeError for anything else, so that the
    one hard part of the standard, how fractions are printed, is not needed.

    >>> canonical_json({"б": 1, "a": ["x", None, True]}).decode()
    '{"a":["x",null,true],"б":1}'
    """
    return _written(value).encode("utf-8")


def _written(value: Any) -> str:
    match value:
        case str():
            return encode_basestring(value)
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return int.__repr__(value)
        case Mapping():
            keys = sorted(value, key=_utf_16)
            return "{" + ",".join([f"{encode_basestring(key)}:{_written(value[key])}" for key in keys]) + "}"
        case list() | tuple():
            return "[" + ",".join([_written(one) for one in value]) + "]"
        case _ if is_dataclass(value):
            return _written({one.name: getattr(value, one.name) for one in fields(value)})
        case _:
            raise TypeError(
                f"Invalid value of the type {type(value).__name__}: expected text, a whole number, a list or an object."
            )


@lru_cache(maxsize=1000)
def _utf_16(key: str) -> bytes:
    return key.encode("utf-16-be")

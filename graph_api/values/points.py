"""Points: the centre of a settlement on the earth, as two numbers of degrees in WGS 84."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import cos, hypot, radians
from typing import Any, Final

import orjson

from graph_api.errors import InvalidValue
from graph_api.values.value_type import Raw, ValueType, mapping_of, store_json, text_of

KM_PER_DEGREE: Final = 111.2
NEAR_KM: Final = 10.0
"""Two sources put the centre of the same settlement some kilometres apart."""
_LIMITS: Final = {"latitude": 90, "longitude": 180}
_DEGREES: Final = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,6})?")


def parse(raw: Raw) -> dict[str, float]:
    """Return a point as JSON, of a mapping with latitude and longitude in decimal degrees; raises InvalidValue."""
    fields = mapping_of(raw, tuple(_LIMITS), thing="point", required=_LIMITS)
    return {name: _degrees(fields[name], name, most) for name, most in _LIMITS.items()}


def _degrees(raw: Raw, name: str, most: int) -> float:
    expected = f"degrees from -{most} to {most} with at most 6 decimals, such as 47.1056"
    text = text_of(raw, expected, thing=name, most=60)
    if not _DEGREES.fullmatch(text) or abs(float(text)) > most:
        raise InvalidValue(text, expected, thing=name)
    return float(text)


def compatible(a: Mapping[str, float], b: Mapping[str, float]) -> bool:
    """Return whether two points can be the centre of one settlement: they lie within 10 km.

    >>> compatible({"latitude": 50.45, "longitude": 30.52}, {"latitude": 50.45, "longitude": 30.6})
    True
    """
    north = a["latitude"] - b["latitude"]
    east = abs(a["longitude"] - b["longitude"])
    east = min(east, 360 - east) * cos(radians((a["latitude"] + b["latitude"]) / 2))
    return hypot(north, east) * KM_PER_DEGREE <= NEAR_KM


def store(key: str, point: Mapping[str, float]) -> dict[str, Any]:
    """Return the point as JSON text."""
    return {key: store_json(dict(point))}


def decode(text: str | None) -> Mapping[str, Any] | None:
    """Return the fields of ``Point`` of stored JSON text."""
    return None if text is None else orjson.loads(text)


POINT: Final = ValueType(
    "point",
    "a point: latitude and longitude in degrees, WGS 84",
    "Point",
    parse,
    compatible=compatible,
    store=store,
    decode=decode,
)

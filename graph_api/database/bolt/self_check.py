"""Compares the native client with the driver over the real database, one round trip of every type of value.

The codec is a private part of the driver, so a new version may change it without notice: values that differ in any way are found
here at start, before a read depends on them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from graph_api.database.bolt.client import NativeBoltClient
from graph_api.database.driver import Database
from graph_api.statement import Statement

TIME_LIMIT: Final = 10.0
_SIZES: Final = (0, 1, 15, 16, 255, 256, 65_535, 65_536)
"""Lengths on both sides of each change of the length prefix."""
_WIDTHS: Final = (4, 7, 8, 15, 16, 31, 32, 62)
"""Bits on both sides of each change of the width of an integer."""

VALUES: Final[dict[str, Sequence[Any]]] = {
    "null": (None,),
    "booleans": (True, False),
    "integers": (
        *(sign * (2**bits + step) for bits in _WIDTHS for step in (-1, 0, 1) for sign in (1, -1)),
        2**63 - 1,
        -(2**63),
    ),
    "floats": (0.0, -0.0, 1.0, -1.5, 1e-300, 1.7976931348623157e308, float("inf"), float("-inf")),
    "strings": (*("x" * size for size in _SIZES), "Їжак 漢字 🙂 \x00"),
    "bytes": tuple(b"\x80" * size for size in _SIZES),
    "lists": tuple([None] * size for size in _SIZES),
    "maps": tuple({f"k{n}": n for n in range(size)} for size in _SIZES[:-2]),
    "nested": ([[1, ["x"], None], []], {"a": [1, {"b": [2.5, {"c": []}]}], "d": {}}, [{"e": [True, "f"]}]),
}
"""Every type that an answer of the API consists of. Temporal and spatial values and nodes are never returned: dates travel as texts
and as day numbers."""


async def differing_types(client: NativeBoltClient, database: Database) -> list[str]:
    """Return the names of the types whose values do not arrive as the driver gives them, or as they were sent.

    Raises subclasses of DatabaseError where one of the two cannot read.
    """
    statements = [
        Statement("RETURN $value AS value", {"value": list(values)}, "self_check") for values in VALUES.values()
    ]
    native = await client.read(statements, seconds=TIME_LIMIT)
    driver = database.read_all(statements, seconds=TIME_LIMIT)
    return [
        name
        for (name, sent), ours, theirs in zip(VALUES.items(), native, driver, strict=True)
        if not _canonical(list(sent)) == _canonical(ours) == _canonical(theirs)
    ]


def _canonical(value: Any) -> str:
    """Return a text that tells 1 from 1.0 and from True, and 0.0 from -0.0, whatever the order of keys.

    >>> _canonical({"b": [1, 1.0], "a": True})
    "{'a': True, 'b': [1, 1.0]}"
    """
    match value:
        case dict():
            return f"{{{', '.join(f'{key!r}: {_canonical(one)}' for key, one in sorted(value.items()))}}}"
        case list():
            return f"[{', '.join(map(_canonical, value))}]"
        case _:
            return repr(value)

"""Cursors: the sort keys of a row, opaque to callers.

::

    ["2022-05", "iryna-example"]  ── cursor ──▶  "WyIyMDIyLTA1IiwiaXJ5bmEtZXhhbXBsZSJd"  ── parse_cursor ──▶  ("2022-05", "iryna-example")
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from graph_api.errors import InvalidCursor


@dataclass(frozen=True, slots=True)
class CursorKey:
    """The type of one sort key in a cursor, and whether it can be null."""

    kind: type[str] | type[int] = str
    can_be_null: bool = False

    def accepts(self, value: Any) -> bool:
        """Whether the value is valid for this key; an integer has to fit into 64 bits."""
        if value is None:
            return self.can_be_null
        fits = not isinstance(value, int) or -(2**63) <= value < 2**63
        return type(value) is self.kind and fits


ID = CursorKey()
"""The last key of every cursor."""


def cursor(keys: Sequence[Any]) -> str:
    """Return the cursor of a row.

    >>> parse_cursor(cursor([19113, "iryna-example"]), (CursorKey(int), ID))
    (19113, 'iryna-example')
    """
    return base64.urlsafe_b64encode(orjson.dumps(keys)).decode().rstrip("=")


def parse_cursor(text: str, keys: Sequence[CursorKey]) -> tuple[Any, ...]:
    """Return the sort keys of a cursor for a list that is sorted by such keys.

    Raises InvalidCursor for a text that is no cursor of such a list.
    """
    bad = InvalidCursor(
        f"Invalid cursor {text[:60]!r}: expected a cursor or endCursor of this list, in the same order."
    )
    try:
        found = orjson.loads(base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, orjson.JSONDecodeError, UnicodeEncodeError):
        raise bad from None
    if not isinstance(found, list) or len(found) != len(keys):
        raise bad
    if not all(key.accepts(value) for key, value in zip(keys, found, strict=True)):
        raise bad
    return tuple(found)

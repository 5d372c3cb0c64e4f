"""Cursors: the sort keys of a row, opaque to callers."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from graph_api.errors import InvalidCursor


@dataclass(frozen=True, slots=True)
class SortKey:
    """What one part of a cursor is: a text or a whole number, perhaps null."""

    kind: type[str] | type[int] = str
    can_be_null: bool = False

    def takes(self, value: Any) -> bool:
        """Whether the value can be one of these keys; numbers are those that a database can hold."""
        if value is None:
            return self.can_be_null
        is_held = not isinstance(value, int) or -(2**63) <= value < 2**63
        return type(value) is self.kind and is_held


ID = SortKey()
"""The last key of every cursor."""


def cursor(keys: Sequence[Any]) -> str:
    """Return the cursor of a row.

    >>> parse_cursor(cursor([19113, "iryna-example"]), (SortKey(int), ID))
    (19113, 'iryna-example')
    """
    return base64.urlsafe_b64encode(orjson.dumps(keys)).decode().rstrip("=")


def parse_cursor(text: str, keys: Sequence[SortKey]) -> tuple[Any, ...]:
    """Return the sort keys of a cursor for a list that is sorted by such keys.

    Raises InvalidCursor for whatever this API did not give out for such a list.
    """
    bad = InvalidCursor(
        f"saw the cursor {text[:60]!r}; right would be a cursor or endCursor of this list, in this order"
    )
    try:
        found = orjson.loads(base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, orjson.JSONDecodeError, UnicodeEncodeError):
        raise bad from None
    if not isinstance(found, list) or len(found) != len(keys):
        raise bad
    if not all(key.takes(value) for key, value in zip(keys, found, strict=True)):
        raise bad
    return tuple(found)

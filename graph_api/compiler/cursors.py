"""Cursors: the sort keys of a row, opaque to callers."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

import orjson

from graph_api.errors import BadCursor


def cursor(keys: Sequence[Any]) -> str:
    """Return the cursor of a row.

    >>> parse_cursor(cursor([19113, "iryna-example"]), 2)
    (19113, 'iryna-example')
    """
    return base64.urlsafe_b64encode(orjson.dumps(keys)).decode().rstrip("=")


def parse_cursor(text: str, keys: int) -> tuple[Any, ...]:
    """Return the sort keys of a cursor for a list that is sorted by that many.

    Raises BadCursor for whatever this API did not give out for such a list.
    """
    bad = BadCursor(f"saw the cursor {text[:60]!r}; right would be a cursor or endCursor of this list, in this order")
    try:
        found = orjson.loads(base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, orjson.JSONDecodeError, UnicodeEncodeError):
        raise bad from None
    is_ours = isinstance(found, list) and len(found) == keys and isinstance(found[-1], str)
    if not is_ours or not all(
        key is None or (isinstance(key, str | int) and not isinstance(key, bool)) for key in found
    ):
        raise bad
    return tuple(found)

"""Cursors: the identity of a list and the sort keys of a row in it, opaque to callers.

::

    ["k3Jx0w", "2022-05", "iryna-example"]  ── cursor ──▶  "WyJrM0p4MHciLCIyMDIyLTA1IiwiaXJ5bmEtZXhhbXBsZSJd"  ── parse_cursor ──▶  the same

The identity is a short hash of the field and its arguments without the page: a cursor of another list, filter or order would leave out rows
without a word, and is refused.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import orjson

from graph_api.compiler.placeholders import DeferredCall, Placeholder, get_path, has_placeholder
from graph_api.errors import InvalidCursor

IDENTITY_BYTES: Final = 6
PAGE_ARGUMENTS: Final = frozenset({"first", "after"})
"""Arguments that are no part of the identity of a list."""


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


# ── the identity of a list ──────────────────────────────────────────────────────────────────────────────────────


def list_identity(name: str, arguments: Mapping[str, Any]) -> str | DeferredCall:
    """Return the identity of a list, of its field and its coerced arguments. It depends on variables if an argument does.

    >>> list_identity("people", {"first": 1}) == list_identity("people", {"first": 2, "where": {}})
    True
    """
    content = {key: value for key, value in arguments.items() if key not in PAGE_ARGUMENTS}

    def identity(variables: Mapping[str, Any]) -> str:
        text = json.dumps(
            [name, _canonical(content, variables)], ensure_ascii=False, separators=(",", ":"), default=str
        )
        raw = text.encode("utf-8", "surrogatepass")  # a text of a caller may have lone surrogates
        return base64.urlsafe_b64encode(hashlib.blake2b(raw, digest_size=IDENTITY_BYTES).digest()).decode()

    return DeferredCall(identity) if has_placeholder(content) else identity({})


def _canonical(value: Any, variables: Mapping[str, Any]) -> Any:
    """Return a coerced argument without what asks for nothing, in one order of names."""
    if isinstance(value, Placeholder):
        value = get_path(variables, value.path)
    if isinstance(value, Mapping):
        parts = sorted((key, _canonical(one, variables)) for key, one in value.items() if one is not None)
        return [part for part in parts if part[1] not in (None, [])]
    if isinstance(value, list | tuple):
        return ["list", *(_canonical(one, variables) for one in value)]
    return value if isinstance(value, bool | int | float) or value is None else str(value)


# ── the format of cursors ───────────────────────────────────────────────────────────────────────────────────────


def cursor(keys: Sequence[Any]) -> str:
    """Return the cursor of a row, of the identity of its list and its sort keys.

    >>> parse_cursor(cursor(["k3Jx0w", 19113, "iryna-example"]), (CursorKey(int), ID))
    ('k3Jx0w', 19113, 'iryna-example')
    """
    return base64.urlsafe_b64encode(orjson.dumps(keys)).decode().rstrip("=")


def parse_cursor(text: str, keys: Sequence[CursorKey]) -> tuple[Any, ...]:
    """Return the identity and the sort keys in a cursor for a list that is sorted by such keys.

    Raises InvalidCursor for a text that is no cursor of such a list.
    """
    try:
        found = orjson.loads(base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, orjson.JSONDecodeError, UnicodeEncodeError):
        raise _invalid(text) from None
    expected = (ID, *keys)
    if not isinstance(found, list) or len(found) != len(expected):
        raise _invalid(text)
    if not all(key.accepts(value) for key, value in zip(expected, found, strict=True)):
        raise _invalid(text)
    return tuple(found)


def keys_after(text: str, keys: Sequence[CursorKey], identity: str) -> tuple[Any, ...]:
    """Return the sort keys of a cursor of the list with that identity. Raises InvalidCursor for any other text."""
    found, *values = parse_cursor(text, keys)
    if found != identity:
        raise _invalid(text)
    return tuple(values)


# ── cursors in variables ────────────────────────────────────────────────────────────────────────────────────────


def after_keys(after: Any, keys: tuple[CursorKey, ...], identity: str | DeferredCall) -> tuple[Any, ...] | None:
    """Return the sort keys of a cursor of the list with that identity; None without one. Raises InvalidCursor.

    For a placeholder, a guard says which of them are null.
    """
    if after is None:
        return None
    if isinstance(after, Placeholder):
        nulls = after.guard(_null_keys(keys))
        if isinstance(nulls, str):
            raise InvalidCursor(nulls)
    elif isinstance(identity, str):
        return keys_after(after, keys, identity)
    else:
        nulls = tuple(key is None for key in parse_cursor(after, keys)[1:])
    return tuple(
        None if is_null else _deferred_key(after, keys, identity, index) for index, is_null in enumerate(nulls)
    )


def _deferred_key(after: Any, keys: tuple[CursorKey, ...], identity: str | DeferredCall, index: int) -> DeferredCall:
    """Return the key at ``index`` of a cursor, where the cursor or the identity of its list depends on variables."""

    def key(variables: Mapping[str, Any]) -> Any:
        text = get_path(variables, after.path) if isinstance(after, Placeholder) else after
        return keys_after(text, keys, identity if isinstance(identity, str) else identity.resolve(variables))[index]

    return DeferredCall(key)


@cache
def _null_keys(keys: tuple[CursorKey, ...]) -> Callable[[str], tuple[bool, ...] | str]:
    """Return a guard of cursors: which keys are null, or the message if the cursor is invalid."""

    def null_keys(after: str) -> tuple[bool, ...] | str:
        try:
            return tuple(key is None for key in parse_cursor(after, keys)[1:])
        except InvalidCursor as error:
            return str(error)

    return null_keys


def _invalid(text: str) -> InvalidCursor:
    return InvalidCursor(
        f"Invalid cursor {text[:60]!r}: expected a cursor or endCursor of this list, with the same filter and in the same order."
    )

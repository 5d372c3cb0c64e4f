"""Cursors of a list for its field and arguments, as the server would give them out."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from graphql import GraphQLField, Undefined, coerce_input_value

from graph_api.compiler.cursors import cursor, list_identity


def cursor_of(name: str, field: GraphQLField, arguments: Mapping[str, Any], keys: Sequence[Any]) -> str:
    """Return the cursor of the row with these sort keys; ``arguments`` are JSON values, without variables."""
    given = {key: value for key, value in arguments.items() if key != "after"}
    coerced = {
        key: coerce_input_value(given[key], one.type) if key in given else one.default_value
        for key, one in field.args.items()
        if key in given or one.default_value is not Undefined
    }
    return cursor([list_identity(name, {key: value for key, value in coerced.items() if value is not None}), *keys])


def decoded(text: str) -> Any:
    """Return what a cursor contains, the identity of its list first; None for a text that is no cursor."""
    try:
        return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:
        return None


def without_identities(value: Any) -> Any:
    """Return an answer whose cursors have sort keys only, as those of the oracle."""
    if isinstance(value, dict):
        return {key: without_identities(one) for key, one in value.items()}
    if isinstance(value, list):
        return [without_identities(one) for one in value]
    found = decoded(value) if isinstance(value, str) and value.startswith("W") else None
    return cursor(found[1:]) if isinstance(found, list) else value

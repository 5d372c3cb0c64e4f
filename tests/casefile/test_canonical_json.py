"""Canonical JSON (RFC 8785) means the same value, in one form only."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.casefile.canonical_json import canonical_json

SCALARS = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=20
)


@dataclass(frozen=True)
class Pair:
    second: Any
    first: tuple[Any, ...]


@given(VALUES)
def test_what_is_written_is_the_value_with_keys_in_order(value: Any) -> None:
    def in_order(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        assert keys == sorted(keys, key=lambda key: key.encode("utf-16-be"))
        return dict(pairs)

    assert json.loads(canonical_json(value), object_pairs_hook=in_order) == value


@given(VALUES)
def test_nothing_is_escaped_without_need_and_no_blank_is_added(value: Any) -> None:
    written = canonical_json(value).decode()
    assert len(written) == len(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


@given(VALUES, VALUES)
def test_a_data_class_is_the_object_of_its_fields(first: Any, second: Any) -> None:
    pair = Pair(second, (first, second))
    assert canonical_json(pair) == canonical_json(asdict(pair))


def test_control_characters_are_written_as_the_standard_says() -> None:
    assert canonical_json('\b\t\n\f\r"\\\x01\x1f/\x7fé') == '"\\b\\t\\n\\f\\r\\"\\\\\\u0001\\u001f/\x7fé"'.encode()


@pytest.mark.parametrize("value", [1.5, {1}, b"text", object(), [float("nan")]])
def test_what_has_no_canonical_form_here_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="expected text"):
        canonical_json(value)

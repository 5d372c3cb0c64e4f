"""A cursor belongs to one list, filter and order, and its keys have the declared types, whatever the keys are called."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph_api.compiler import cursors
from graph_api.compiler.binder import connection
from graph_api.compiler.compile import compile_field
from graph_api.compiler.cursors import cursor, list_identity
from graph_api.compiler.ir import LabelScan, OrderKey
from graph_api.errors import InvalidCursor
from graph_api.schema.bindings import BINDINGS
from tests.helpers.compiling import compiled
from tests.helpers.costs import selected

INTEGER, TEXT = OrderKey("count", value_type=int), OrderKey("motto_lo")
QUERY = "query ($after: String) { people(after: $after) { nodes { id } } }"
PEOPLE = list_identity("people", {})


def parameters(key: OrderKey, value: Any) -> list[Any]:
    """Return the parameters of a page of people that are ordered by a key, after a row with this value."""
    bindings = replace(BINDINGS, roots={"people": connection(LabelScan("Person"), (key, OrderKey("id")))})
    [root] = selected(QUERY, {"after": cursor([PEOPLE, value, "a"])})
    return list(compile_field(root, bindings).statement.parameters.values())


@pytest.mark.parametrize(("key", "value"), [(INTEGER, 5), (TEXT, "free")])
def test_a_cursor_with_the_declared_type_is_accepted(key: OrderKey, value: Any) -> None:
    assert value in parameters(key, value)


@pytest.mark.parametrize(("key", "value"), [(INTEGER, "5"), (TEXT, 5), (INTEGER, None)])
def test_a_cursor_with_another_type_is_rejected(key: OrderKey, value: Any) -> None:
    with pytest.raises(InvalidCursor, match="expected a cursor or endCursor of this list"):
        parameters(key, value)


def test_the_sort_key_of_days_is_an_integer() -> None:
    query = "query ($after: String) { events(orderBy: {field: DATE}, after: $after) { nodes { id } } }"
    identity = list_identity("events", {"orderBy": {"field": "DATE", "direction": "ASC"}})
    [root] = selected(query, {"after": cursor([identity, 19113, "a"])})
    assert 19113 in compile_field(root, BINDINGS).statement.parameters.values()
    [root] = selected(query, {"after": cursor([identity, "19113", "a"])})
    with pytest.raises(InvalidCursor):
        compile_field(root, BINDINGS)


LISTS = {
    "people": "people(first: 4, after: $after)",
    "people by name": "people(orderBy: {field: NAME}, after: $after)",
    "people by name, the last first": "people(orderBy: {field: NAME, direction: DESC}, after: $after)",
    "people with a tag": "people(where: {tag: $tag}, after: $after)",
    "people with another tag": 'people(where: {tag: "another"}, after: $after)',
    "organizations": "organizations(after: $after)",
    "events": "events(after: $after)",
    "convictions": "events(where: {kind: CONVICTION}, after: $after)",
    "sequences": "sequences(steps: [{kind: CONVICTION}], after: $after)",
    "sequences of other steps": "sequences(steps: [{kind: EXCHANGE}], after: $after)",
    "search": 'search(text: "Sentsov", after: $after)',
    "search for another text": "search(text: $tag, after: $after)",
    "totals by kind": "totals(by: [KIND], after: $after)",
    "totals by year": "totals(by: [YEAR], after: $after)",
}
KEYS: dict[str, list[Any]] = {"search": [5, "a"], "people by": ["a", "a"]}


def accepts(of: str, after: str) -> bool:
    query = f'query ($after: String, $tag: String = "teacher") {{ {LISTS[of]} {{ edges {{ cursor }} }} other: people(where: {{tag: $tag}}) {{ totalCount }} }}'
    _, errors = compiled(query, {"after": after})
    assert all(isinstance(one.original_error, InvalidCursor) for one in errors)
    return not errors


def cursor_of(of: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a cursor that the list itself accepts: its identity is read where it is compared."""
    found: list[str] = []
    keys = next((keys for name, keys in KEYS.items() if of.startswith(name)), ["a"])

    def record(_text: str, _keys: object, identity: str) -> tuple[Any, ...]:
        found.append(identity)
        return tuple(keys)

    with monkeypatch.context() as patched:
        patched.setattr(cursors, "keys_after", record)
        accepts(of, cursor(["any", *keys]))
    return cursor([found[0], *keys])


@pytest.mark.parametrize("of", LISTS)
def test_a_cursor_is_accepted_by_its_own_list_only(of: str, monkeypatch: pytest.MonkeyPatch) -> None:
    after = cursor_of(of, monkeypatch)
    assert [one for one in LISTS if accepts(one, after)] == [of]

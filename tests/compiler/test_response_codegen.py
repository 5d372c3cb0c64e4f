"""Rows become objects by functions that are written out: what they give, what they refuse, and what graphql-core is given instead."""

from __future__ import annotations

from typing import Any

import pytest

from graph_api.compiler.binder import _capped
from graph_api.compiler.response_codegen import TYPE, shaper
from graph_api.compiler.response_shape import (
    Connection,
    Constant,
    First,
    Leaf,
    Made,
    Record,
    Rows,
    Shape,
    Slot,
    same,
    value_object,
)
from graph_api.compiler.selection import Selected
from graph_api.errors import PageLimitExceeded

NAME = Slot("name", ((0,),), Leaf(None, needed=True))
NOTE = Slot("note", ((1,),), Leaf(None))


def made(shape: Shape, value: Any) -> Any:
    return shaper(shape, checked=True)(value)


def for_core(shape: Shape, value: Any) -> Any:
    return shaper(shape, checked=False)(value)


def test_keys_stand_in_the_order_of_the_selection_whatever_they_are_called() -> None:
    keys = ("r", "o", "e", "rows", "it's", 'a"b', "x0", "None")
    record = Record({"Person": tuple(Slot(key, ((0,),), Leaf(None)) for key in keys)})
    assert list(made(First(record), [["a"]])) == list(keys)


def test_no_row_is_null_and_refused_where_null_may_not_stand() -> None:
    record = Record({"Person": (NAME,)})
    assert made(First(record), []) is None
    with pytest.raises(ValueError, match="null"):
        made(First(record, needed=True), [])
    assert for_core(First(record, needed=True), []) is None


def test_a_null_is_refused_in_an_answer_and_handed_on_to_graphql_core_with_the_type_of_its_object() -> None:
    shape = First(Record({"Person": (NAME, NOTE)}))
    assert made(shape, [["a", None]]) == {"name": "a", "note": None}
    with pytest.raises(ValueError, match="null"):
        made(shape, [[None, "b"]])
    assert for_core(shape, [[None, "b"]]) == {TYPE: "Person", "name": None, "note": "b"}


def test_each_row_has_the_fields_of_its_own_type() -> None:
    by_type = {"Person": (NAME,), "State": (NOTE, Slot("is", (), Constant("a state")))}
    shape = Rows(Record(by_type, type_at=(2,)))
    rows = [["a", "b", "State"], ["c", "d", "Person"]]
    assert made(shape, rows) == [{"note": "b", "is": "a state"}, {"name": "c"}]
    assert [row[TYPE] for row in for_core(shape, rows)] == ["State", "Person"]


def test_a_type_that_may_not_stand_there_is_no_answer() -> None:
    shape = Rows(Record({"Person": (NAME,), "State": (NOTE,)}, type_at=(2,)))
    with pytest.raises(KeyError):
        made(shape, [["a", "b", "Site"]])


def test_a_list_that_is_too_long_is_refused_and_is_the_error_of_its_field_for_graphql_core() -> None:
    shape = Rows(Record({"Person": (NAME,)}), lambda rows: _capped("people", 1, rows))
    assert made(shape, [["a"]]) == [{"name": "a"}]
    with pytest.raises(PageLimitExceeded):
        made(shape, [["a"], ["b"]])
    assert isinstance(for_core(shape, [["a"], ["b"]]), PageLimitExceeded)


def test_a_value_object_may_be_null_and_so_may_what_is_in_it() -> None:
    selected = (Selected("text", "text", {}, {}, needed=True), Selected("low", "low", {}, {}))
    shape = First(Record({"Group": (Slot("size", ((0,),), Made(same, value_object(selected, "Quantity"))),)}))
    assert made(shape, [[None]]) == {"size": None}
    assert made(shape, [[{"text": "ten", "low": None, "high": 3}]]) == {"size": {"text": "ten", "low": None}}
    with pytest.raises(ValueError, match="null"):
        made(shape, [[{"text": None, "low": 1}]])


def test_one_row_more_than_the_page_tells_that_there_is_another_and_is_not_shown() -> None:
    info = Selected("pageInfo", "pageInfo", {}, {"PageInfo": (Selected("more", "hasNextPage", {}, {}),)})
    nodes = Selected("nodes", "nodes", {}, {"Person": ()})
    count = Selected("totalCount", "totalCount", {}, {})
    page = Connection(
        "PersonConnection", (info, nodes, count), 2, False, ((0,),), {id(nodes): Record({"Person": (NAME,)})}
    )
    shown = made(page, [[["a"], ["b"], ["c"]], 7])
    assert shown == {"pageInfo": {"more": True}, "nodes": [{"name": "a"}, {"name": "b"}], "totalCount": 7}
    assert made(page, [[["a"], ["b"]], 2])["pageInfo"] == {"more": False}

"""Rows become objects by functions that are written out: what they give, what they refuse, and what graphql-core is given instead."""

from __future__ import annotations

from typing import Any

import pytest

from graph_api.compiler.binder import _check_length
from graph_api.compiler.response_codegen import TYPENAME_KEY, compile_response_builder
from graph_api.compiler.response_shape import (
    ConnectionShape,
    ConstantShape,
    FieldShape,
    ObjectListShape,
    ObjectShape,
    OptionalObjectShape,
    ResponseShape,
    ScalarShape,
    ValueObjectShape,
    identity,
    value_object_shape,
)
from graph_api.compiler.selection import SelectedField, SelectionSet
from graph_api.errors import PageLimitExceeded

NAME = FieldShape("name", ((0,),), ScalarShape(None, non_null=True))
NOTE = FieldShape("note", ((1,),), ScalarShape(None))


def made(shape: ResponseShape, value: Any) -> Any:
    return compile_response_builder(shape, checked=True)(value)


def for_core(shape: ResponseShape, value: Any) -> Any:
    return compile_response_builder(shape, checked=False)(value)


def test_keys_stand_in_the_order_of_the_selection_whatever_they_are_called() -> None:
    keys = ("r", "o", "e", "rows", "it's", 'a"b', "x0", "None")
    record = ObjectShape({"Person": tuple(FieldShape(key, ((0,),), ScalarShape(None)) for key in keys)})
    assert list(made(OptionalObjectShape(record), [["a"]])) == list(keys)


def test_no_row_is_null_and_refused_where_null_may_not_stand() -> None:
    record = ObjectShape({"Person": (NAME,)})
    assert made(OptionalObjectShape(record), []) is None
    with pytest.raises(ValueError, match="null"):
        made(OptionalObjectShape(record, non_null=True), [])
    assert for_core(OptionalObjectShape(record, non_null=True), []) is None


def test_a_null_is_refused_in_an_answer_and_handed_on_to_graphql_core_with_the_type_of_its_object() -> None:
    shape = OptionalObjectShape(ObjectShape({"Person": (NAME, NOTE)}))
    assert made(shape, [["a", None]]) == {"name": "a", "note": None}
    with pytest.raises(ValueError, match="null"):
        made(shape, [[None, "b"]])
    assert for_core(shape, [[None, "b"]]) == {TYPENAME_KEY: "Person", "name": None, "note": "b"}


def test_each_row_has_the_fields_of_its_own_type() -> None:
    by_type = {"Person": (NAME,), "State": (NOTE, FieldShape("is", (), ConstantShape("a state")))}
    shape = ObjectListShape(ObjectShape(by_type, type_path=(2,)))
    rows = [["a", "b", "State"], ["c", "d", "Person"]]
    assert made(shape, rows) == [{"note": "b", "is": "a state"}, {"name": "c"}]
    assert [row[TYPENAME_KEY] for row in for_core(shape, rows)] == ["State", "Person"]


def test_a_type_that_may_not_stand_there_is_no_answer() -> None:
    shape = ObjectListShape(ObjectShape({"Person": (NAME,), "State": (NOTE,)}, type_path=(2,)))
    with pytest.raises(KeyError):
        made(shape, [["a", "b", "Site"]])


def test_a_list_that_is_too_long_is_refused_and_is_the_error_of_its_field_for_graphql_core() -> None:
    shape = ObjectListShape(ObjectShape({"Person": (NAME,)}), lambda rows: _check_length("people", 1, rows))
    assert made(shape, [["a"]]) == [{"name": "a"}]
    with pytest.raises(PageLimitExceeded):
        made(shape, [["a"], ["b"]])
    assert isinstance(for_core(shape, [["a"], ["b"]]), PageLimitExceeded)


def test_a_value_object_may_be_null_and_so_may_what_is_in_it() -> None:
    selected = (SelectedField("text", "text", {}, non_null=True), SelectedField("low", "low", {}))
    shape = OptionalObjectShape(
        ObjectShape(
            {
                "Group": (
                    FieldShape("size", ((0,),), ValueObjectShape(identity, value_object_shape(selected, "Quantity"))),
                )
            }
        )
    )
    assert made(shape, [[None]]) == {"size": None}
    assert made(shape, [[{"text": "ten", "low": None, "high": 3}]]) == {"size": {"text": "ten", "low": None}}
    with pytest.raises(ValueError, match="null"):
        made(shape, [[{"text": None, "low": 1}]])


def test_one_row_more_than_the_page_tells_that_there_is_another_and_is_not_shown() -> None:
    info = SelectedField(
        "pageInfo", "pageInfo", {}, SelectionSet({"PageInfo": (SelectedField("more", "hasNextPage", {}),)})
    )
    nodes = SelectedField("nodes", "nodes", {}, SelectionSet({"Person": ()}))
    count = SelectedField("totalCount", "totalCount", {})
    page = ConnectionShape(
        "PersonConnection", (info, nodes, count), 2, False, ((0,),), {nodes: ObjectShape({"Person": (NAME,)})}
    )
    shown = made(page, [[["a"], ["b"], ["c"]], 7])
    assert shown == {"pageInfo": {"more": True}, "nodes": [{"name": "a"}, {"name": "b"}], "totalCount": 7}
    assert made(page, [[["a"], ["b"]], 2])["pageInfo"] == {"more": False}

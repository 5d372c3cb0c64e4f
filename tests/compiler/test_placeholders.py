"""Placeholders become parameters of a statement, tell the planner what compilation depends on, and are never used as values."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph_api.compiler.placeholders import (
    GuardRequired,
    Placeholder,
    as_key,
    bind_value,
    full_value,
    guard,
    is_deferred,
    map_value,
)

PATH = ("where", "id", "in", 1)
VARIABLES = {"where": {"id": {"in": ["a", "b"]}}}


def test_a_deferred_value_is_computed_from_the_variables() -> None:
    value = map_value(Placeholder(PATH, {}), str.upper)
    assert bind_value(value, VARIABLES) == "B"


def test_an_error_of_a_step_is_raised_when_the_value_is_bound() -> None:
    value = map_value(Placeholder(PATH, {}), int)
    with pytest.raises(ValueError, match="invalid literal"):
        bind_value(value, VARIABLES)


def test_a_literal_is_mapped_and_guarded_at_once() -> None:
    assert map_value("a", str.upper) == "A"
    assert guard("a", len) == 1
    assert full_value("a") == "a"


def test_a_guard_that_has_not_been_evaluated_is_reported_with_its_path() -> None:
    with pytest.raises(GuardRequired) as required:
        guard(Placeholder(PATH, {}), len)
    assert (required.value.path, required.value.guard) == (PATH, len)


def test_a_guard_that_has_been_evaluated_gives_its_result() -> None:
    assert guard(Placeholder(PATH, {(PATH, len): 7}), len) == 7


def test_the_full_value_is_a_guard() -> None:
    with pytest.raises(GuardRequired) as required:
        full_value(Placeholder(PATH, {}))
    assert required.value.guard is as_key
    assert full_value(Placeholder(PATH, {(PATH, as_key): "b"})) == "b"
    assert hash(as_key(["a", "b"])) == hash(("a", "b"))


@pytest.mark.parametrize(
    "use",
    [
        pytest.param(lambda value: value == "a", id="=="),
        pytest.param(lambda value: value != "a", id="!="),
        pytest.param(lambda value: value == Placeholder(PATH, {}), id="== placeholder"),
        pytest.param(lambda value: value < "a", id="<"),
        pytest.param(lambda value: value in {"a", "b"}, id="in set"),
        pytest.param(lambda value: value in ["a", "b"], id="in list"),
        pytest.param(lambda value: {value: 1}, id="key"),
        pytest.param(lambda value: "a" in value, id="contains"),
        pytest.param(hash, id="hash"),
        pytest.param(bool, id="bool"),
        pytest.param(len, id="len"),
        pytest.param(list, id="iter"),
        pytest.param(str, id="str"),
        pytest.param(lambda value: f"{value}", id="format"),
        pytest.param(lambda value: value[0], id="item"),
    ],
)
def test_a_placeholder_that_is_used_as_a_value_raises(use: Callable[[object], object]) -> None:
    with pytest.raises(TypeError, match="A placeholder has no value while its operation is compiled"):
        use(Placeholder(PATH, {}))


def test_deferred_values_are_equal_by_path_and_steps_and_show_no_name() -> None:
    value = map_value(Placeholder(PATH, {}), str)
    assert value == map_value(Placeholder(PATH, {}), str)
    assert value != map_value(Placeholder(PATH, {}), len)
    assert repr(map_value(Placeholder(("secret",), {}), str)) == "DeferredValue()"
    assert repr(Placeholder(("secret",), {})) == "Placeholder()"


def test_a_parameter_is_bound_wherever_it_contains_deferred_values() -> None:
    parameter = ["x", [map_value(Placeholder(PATH, {}), str)], 3]
    assert is_deferred(parameter)
    assert bind_value(parameter, VARIABLES) == ["x", ["b"], 3]
    assert not is_deferred(["x", [3]])

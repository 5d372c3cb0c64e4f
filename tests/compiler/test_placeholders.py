"""A value of a variable takes the place that binding gives it, and whoever has to know something about it beforehand says so."""

from __future__ import annotations

import pytest

from graph_api.compiler.placeholders import Late, Needed, in_time, is_late, known, late, whole

PATH = ("where", "id", "in", 1)
GIVEN = {"where": {"id": {"in": ["a", "b"]}}}


def test_a_late_value_is_found_among_the_variables_and_goes_through_every_step() -> None:
    value = Late(PATH, {}).then(str.upper).then(lambda text: text + "!")
    assert value.of(GIVEN) == "B!"


def test_steps_that_are_not_taken_yet_raise_only_when_the_value_comes() -> None:
    value = late(Late(PATH, {}), int)
    with pytest.raises(ValueError, match="invalid literal"):
        value.of(GIVEN)


def test_what_is_no_late_value_is_made_at_once() -> None:
    assert late("a", str.upper) == "A"
    assert known("a", len) == 1


def test_a_fact_that_nobody_looked_up_is_asked_for_with_its_place() -> None:
    with pytest.raises(Needed) as needed:
        known(Late(PATH, {}), len)
    assert (needed.value.path, needed.value.fact) == (PATH, len)


def test_a_fact_is_of_the_value_as_it_was_given_and_not_of_what_is_made_of_it() -> None:
    value = Late(PATH, {(PATH, len): 1}).then(lambda text: text * 5)
    assert known(value, len) == 1


@pytest.mark.parametrize("use", [str, len, list, bool, lambda value: value.strip()])
def test_who_treats_it_as_a_text_needs_the_whole_of_it(use: object) -> None:
    assert callable(use)
    with pytest.raises(Needed) as needed:
        use(Late(PATH, {}))
    assert needed.value.fact is whole


def test_who_treats_it_as_a_text_gets_it_with_its_steps_once_it_is_known() -> None:
    value = Late(PATH, {(PATH, whole): "b"}).then(str.upper)
    assert (str(value), len(value), value.lower()) == ("B", 1, "b")


def test_the_whole_of_a_list_can_be_the_key_of_a_plan() -> None:
    assert hash(whole(["a", "b"])) == hash(("a", "b"))


def test_late_values_are_equal_by_place_and_steps_and_show_no_name() -> None:
    assert Late(PATH, {}).then(str) == Late(PATH, {}).then(str)
    assert Late(PATH, {}).then(str) != Late(PATH, {})
    assert repr(Late(("secret",), {})) == "Late()"


def test_a_parameter_is_filled_in_wherever_late_values_stand_in_it() -> None:
    parameter = ["x", [Late(PATH, {})], 3]
    assert is_late(parameter)
    assert in_time(parameter, GIVEN) == ["x", ["b"], 3]
    assert not is_late(["x", [3]])

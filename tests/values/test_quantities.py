"""Quantities: which bounds each operator takes, and which quantities do not disagree."""

from __future__ import annotations

import json
from math import inf, nan

import pytest

from graph_api.errors import InvalidValue
from graph_api.values.quantities import Operator, Quantity, Unit, compatible
from graph_api.values.words import parse_graphql_word, parse_word, seed_word


def quantity(operator: str, low: float | None = None, high: float | None = None, unit: Unit = Unit.PEOPLE) -> Quantity:
    return Quantity.from_fields(parse_word(Operator, operator), unit, low, high, "in words")


@pytest.mark.parametrize(
    ("operator", "low", "high", "bounds"),
    [
        ("exactly", 300, 300, (300, 300)),
        ("exactly", 300, None, (300, 300)),
        ("exactly", None, 300, (300, 300)),
        ("exactly", 0, None, (0, 0)),
        ("more-than", 300, None, (300, None)),
        ("at-least", 300, None, (300, None)),
        ("about", 300, None, (300, None)),
        ("about", 300, 400, (300, 400)),
        ("at-most", None, 300, (None, 300)),
        ("range", 300, 400, (300, 400)),
        ("range", 300, 300, (300, 300)),
        ("fraction", 0.5, None, (0.5, None)),
        ("fraction", 0.25, 1, (0.25, 1)),
        ("fraction", None, None, (None, None)),
        ("vague", None, None, (None, None)),
    ],
)
def test_an_operator_with_its_bounds_is_accepted_and_survives_json(
    operator: str, low: float | None, high: float | None, bounds: tuple[float | None, float | None]
) -> None:
    made = quantity(operator, low, high)

    assert (made.low, made.high) == bounds
    assert Quantity.from_json(json.loads(json.dumps(made.to_json()))) == made


@pytest.mark.parametrize(
    ("operator", "low", "high", "says"),
    [
        ("exactly", None, None, "one number as low"),
        ("exactly", 3, 4, "one number as low"),
        ("more-than", None, None, "a low and no high"),
        ("more-than", 3, 4, "a low and no high"),
        ("at-least", None, 3, "a low and no high"),
        ("at-most", 3, None, "a high and no low"),
        ("at-most", 3, 4, "a high and no low"),
        ("range", 3, None, "a low and a high"),
        ("range", 4, 3, "not greater than the high"),
        ("about", None, 3, "a low, and a high"),
        ("about", 4, 3, "not greater than the high"),
        ("fraction", 1.5, None, "parts of 1"),
        ("fraction", 0.5, 50, "parts of 1"),
        ("vague", 3, None, "neither low nor high"),
        ("about", -1, None, "a number from 0"),
        ("about", nan, None, "a number from 0"),
        ("about", inf, None, "a number from 0"),
        ("about", "300", None, "a number from 0"),
        ("about", True, None, "a number from 0"),
    ],
)
def test_bounds_that_the_operator_does_not_take_are_refused(
    operator: str, low: float | None, high: float | None, says: str
) -> None:
    with pytest.raises(InvalidValue, match=says):
        quantity(operator, low, high)


@pytest.mark.parametrize("text", ["", " ", None, 300], ids=repr)
def test_a_quantity_without_the_words_of_the_source_is_refused(text: object) -> None:
    with pytest.raises(InvalidValue, match="in the words of the source"):
        Quantity.from_fields(Operator.EXACTLY, Unit.PEOPLE, 300, None, text)


def test_json_has_the_parse_graphql_words_in_one_order_and_leaves_out_what_is_not_there() -> None:
    made = quantity("more-than", 300)

    assert list(made.to_json().items()) == [
        ("operator", "MORE_THAN"),
        ("unit", "PEOPLE"),
        ("low", 300.0),
        ("text", "in words"),
    ]


@pytest.mark.parametrize("word", ["MORE_THAN", "more_than", "morethan", "more than", ""])
def test_a_word_that_is_not_in_the_list_is_refused_with_the_list(word: str) -> None:
    with pytest.raises(InvalidValue, match="one of exactly, more-than, at-least"):
        parse_word(Operator, word)


def test_a_slip_is_answered_with_the_closest_word() -> None:
    with pytest.raises(InvalidValue, match="closest: people"):
        parse_word(Unit, "peopel")
    with pytest.raises(InvalidValue, match="closest: AT_LEAST"):
        parse_graphql_word(Operator, "AT_LAEST")


@pytest.mark.parametrize("kind", [Operator, Unit])
def test_every_word_has_a_seed_form_that_reads_back(kind: type[Operator] | type[Unit]) -> None:
    for word in kind:
        assert parse_word(kind, seed_word(word)) is word


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        (quantity("exactly", 300), quantity("exactly", 300), True),
        (quantity("exactly", 300), quantity("exactly", 301), False),
        (quantity("more-than", 300), quantity("exactly", 350), True),
        (quantity("more-than", 300), quantity("exactly", 300), False),
        (quantity("at-least", 300), quantity("exactly", 300), True),
        (quantity("more-than", 300), quantity("at-least", 300), True),
        (quantity("more-than", 300), quantity("at-least", 200), True),
        (quantity("more-than", 300), quantity("at-most", high=400), False),
        (quantity("at-most", high=300), quantity("exactly", 20), True),
        (quantity("range", 300, 400), quantity("exactly", 350), True),
        (quantity("range", 300, 400), quantity("range", 350, 450), False),
        (quantity("about", 300), quantity("exactly", 300), True),
        (quantity("about", 300), quantity("exactly", 310), False),
        (quantity("about", 300), quantity("more-than", 300), True),
        (quantity("about", 300, 400), quantity("exactly", 310), True),
        (quantity("vague"), quantity("exactly", 310), True),
        (quantity("vague"), quantity("exactly", 310, unit=Unit.BODIES), False),
        (quantity("fraction", 0.5), quantity("exactly", 300), False),
        (quantity("fraction"), quantity("fraction", 0.5), True),
    ],
)
def test_quantities_agree_when_one_is_only_more_precise(a: Quantity, b: Quantity, agree: bool) -> None:
    assert compatible(a, b) is compatible(b, a) is agree
    assert compatible(a, a)

"""Which questions stored totals answer: those of one dimension, by kind of event and category of people at most."""

from __future__ import annotations

import pytest

from graph_api.compiler.stored_totals import CATEGORY, DIMENSIONS_OF_EVENTS, DIMENSIONS_OF_PEOPLE, KIND
from graph_api.schema.query_enums import Dimension
from tests.helpers.compiling import compiled, statement

ASKED = "{ totals(%s) { totalCount nodes { people events } } }"


def test_every_dimension_is_one_of_events_or_of_people() -> None:
    assert sorted([*DIMENSIONS_OF_EVENTS, *DIMENSIONS_OF_PEOPLE, KIND, CATEGORY]) == sorted(Dimension)


@pytest.mark.parametrize(
    ("arguments", "dimensions"),
    [
        ("by: [SITE]", "SITE"),
        ("by: [KIND, SITE]", "SITE KIND"),
        ("by: [SITE], events: {kind: RELEASE}", "SITE KIND"),
        ("by: [KIND], events: {kinds: [RELEASE, CHARGE]}", "KIND"),
        ("by: [KIND], people: {category: {eq: CIVILIAN}}", "KIND CATEGORY"),
        ("by: [SEX], people: {category: {eq: CIVILIAN}}, events: {kind: RELEASE}", "SEX KIND CATEGORY"),
        ("by: [CATEGORY, MEDIATOR], events: {kind: EXCHANGE}", "MEDIATOR KIND CATEGORY"),
        ("by: [SOURCE]", "SOURCE"),
    ],
)
def test_stored_totals_answer(arguments: str, dimensions: str) -> None:
    sent = statement(ASKED % arguments)
    assert ":Total)" in sent.text
    assert dimensions in sent.parameters.values()


@pytest.mark.parametrize(
    "arguments",
    [
        "by: [SITE, YEAR]",
        "by: [SITE], events: {kinds: [RELEASE, CHARGE]}",
        "by: [SITE], events: {occurrence: ANY}",
        "by: [SITE], events: {occurrence: ANNOUNCED}",
        "by: [SITE], events: {not: {kind: RELEASE}}",
        'by: [SITE], events: {site: {eq: "a-site"}}',
        "by: [SITE], people: {}",
        "by: [SITE], people: {category: {in: [CIVILIAN, PRISONER_OF_WAR]}}",
        "by: [SITE], people: {category: {eq: CIVILIAN, basis: ANY_SOURCE}}",
        "by: [SITE], people: {category: {eq: CIVILIAN, basis: UNDISPUTED}}",
        "by: [SOURCE, KIND]",
        "by: [SOURCE], events: {kind: RELEASE}",
    ],
)
def test_all_else_is_counted(arguments: str) -> None:
    assert ":Total)" not in statement(ASKED % arguments).text


def test_what_was_known_on_a_day_is_counted() -> None:
    sent, errors = compiled('query Known @asOf(known: "2024-09-01") { totals(by: [SITE]) { nodes { people } } }')
    assert not errors
    assert not [one for one in sent if ":Total" in one.text]

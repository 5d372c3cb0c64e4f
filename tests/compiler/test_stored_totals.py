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
        "by: [SITE], events: {kinds: []}",
        "by: [KIND], events: {kinds: []}",
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


COUNTED = "{ people(where: %s) { totalCount } }"


@pytest.mark.parametrize(
    ("where", "dimensions"),
    [
        ("{someEvent: {}}", "CATEGORY"),
        ("{someEvent: {where: {kind: RELEASE}}}", "KIND"),
        ("{someEvent: {}, sex: FEMALE}", "SEX"),
        ("{someEvent: {}, category: {eq: CIVILIAN}}", "CATEGORY"),
        ("{someEvent: {}, category: {in: [CIVILIAN, PRISONER_OF_WAR]}}", "CATEGORY"),
        ("{someEvent: {where: {kind: RELEASE}}, custody: FREE, category: {eq: CIVILIAN}}", "CUSTODY KIND CATEGORY"),
    ],
)
def test_stored_totals_count_people_of_whom_something_is_reported(where: str, dimensions: str) -> None:
    sent = statement(COUNTED % where)
    assert ":Total)" in sent.text
    assert dimensions in sent.parameters.values()


@pytest.mark.parametrize(
    "where",
    [
        "{}",
        "{sex: FEMALE}",
        "{someEvent: {}, sex: FEMALE, custody: FREE}",
        '{someEvent: {}, tag: "a"}',
        "{someEvent: {}, not: {sex: FEMALE}}",
        "{someEvent: {}, category: {eq: CIVILIAN, basis: ANY_SOURCE}}",
        "{someEvent: {role: COUNSEL}}",
        "{someEvent: {where: {kinds: []}}}",
        "{someEvent: {where: {kinds: [RELEASE, CHARGE]}}}",
        "{someEvent: {where: {occurrence: ANY}}}",
        "{someEvent: {where: {kind: RELEASE, occurrence: ANNOUNCED}}}",
        "{and: [{someEvent: {where: {kind: RELEASE}}}, {someEvent: {where: {kind: CHARGE}}}]}",
    ],
)
def test_other_people_are_counted(where: str) -> None:
    sent, errors = compiled(COUNTED % where)
    assert errors or ":Total)" not in sent[0].text


def test_people_as_of_a_day_are_counted() -> None:
    sent, errors = compiled('query Known @asOf(known: "2024-09-01") { people(where: {someEvent: {}}) { totalCount } }')
    assert not errors
    assert not [one for one in sent if ":Total" in one.text]

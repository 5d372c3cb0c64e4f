"""Query strings of list pages become filters of the schema; what is not understood is an error, never left out."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLInputObjectType

from graph_api.errors import InvalidQuery
from graph_api.schema.build import build_schema, graphql_schema
from graph_api.web.pages.filters import MAX_VALUES, filter_parameters, parse_filter

SCHEMA = graphql_schema(build_schema())


def parsed(filter_type: str, *given: tuple[str, str]) -> dict[str, Any] | None:
    type_ = SCHEMA.type_map[filter_type]
    assert isinstance(type_, GraphQLInputObjectType)
    return parse_filter(filter_parameters(type_), given)


@pytest.mark.parametrize(
    ("filter_type", "given", "where"),
    [
        ("EventFilter", [("place", "kherson-oblast")], {"place": {"eq": "kherson-oblast"}}),
        ("EventFilter", [("place", "a"), ("place", "b")], {"place": {"in": ["a", "b"]}}),
        ("EventFilter", [("kind", "DETENTION")], {"kind": "DETENTION"}),
        ("EventFilter", [("kind", "DETENTION"), ("kind", "TRANSFER")], {"kinds": ["DETENTION", "TRANSFER"]}),
        (
            "EventFilter",
            [("date_from", "2022-03-01"), ("date_until", "2022-05-31"), ("date_holds", "FOR_SOME_DATES")],
            {"date": {"from": "2022-03-01", "until": "2022-05-31", "holds": "FOR_SOME_DATES"}},
        ),
        ("EventFilter", [("inAbsentia", "true")], {"inAbsentia": True}),
        ("EventFilter", [("sentenceYears_gte", "10")], {"sentenceYears": {"gte": 10.0}}),
        ("PersonFilter", [("category", "CIVILIAN"), ("category_basis", "ANY_SOURCE")], {"category": {"eq": "CIVILIAN", "basis": "ANY_SOURCE"}}),
        ("PersonFilter", [("sex", "")], None),
        (
            "PersonFilter",
            [("sex", "MALE"), ("event_kind", "TRIAL"), ("event_date_from", "2022-03-01"), ("event_place", "crimea")],
            {"sex": "MALE", "someEvent": {"where": {"kind": "TRIAL", "date": {"from": "2022-03-01"}, "place": {"eq": "crimea"}}}},
        ),
        ("SourceFilter", [("kind", "STATE_MEDIA")], {"kind": "STATE_MEDIA"}),
    ],
)  # fmt: skip
def test_parameters_are_named_like_the_filter(filter_type: str, given: list[tuple[str, str]], where: object) -> None:
    assert parsed(filter_type, *given) == where


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([("colour", "red")], "Unknown parameter 'colour': expected one of "),
        ([("name", "Butkevych")], "Unknown parameter 'name': expected one of "),  # through /find: addresses are logged
        ([("name_contains", "Butkevych")], "Unknown parameter 'name_contains'"),
        ([("someEvent", "{}")], "Unknown parameter 'someEvent'"),
        ([("sex", "WOMAN")], "Invalid sex 'WOMAN': expected one of FEMALE, MALE, UNKNOWN."),
        ([("sex", "FEMALE"), ("sex", "MALE")], "Parameter 'sex' is given 2 times: expected one value."),
        ([("id", str(n)) for n in range(MAX_VALUES + 1)], f"Parameter 'id' has {MAX_VALUES + 1} values"),
        ([("born_known", "maybe")], "Invalid born_known 'maybe': expected true or false."),
    ],
)
def test_what_is_not_understood_is_an_error(given: list[tuple[str, str]], message: str) -> None:
    with pytest.raises(InvalidQuery) as error:
        parsed("PersonFilter", *given)
    assert message in str(error.value)


def test_a_number_that_is_none_is_an_error() -> None:
    with pytest.raises(InvalidQuery, match="Invalid sentenceYears_gte 'ten': expected a number"):
        parsed("EventFilter", ("sentenceYears_gte", "ten"))

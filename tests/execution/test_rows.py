"""Resolvers: each field of the response is read from its row by response key."""

from typing import Any

import pytest
from graphql import ExecutionResult, GraphQLObjectType, graphql_sync, is_introspection_type

from graph_api.compiler.response_codegen import TYPENAME_KEY
from graph_api.execution.resolvers import executable_schema, resolve_field, resolve_root
from graph_api.schema.build import build_schema

SCHEMA = executable_schema(build_schema())


class Roots(dict[str, Any]):
    """A root value that makes every root field of that row, and remembers for which it was asked."""

    def __init__(self, row: Any) -> None:
        super().__init__()
        self.row = row
        self.asked: list[str] = []

    def __missing__(self, key: str) -> Any:
        self.asked.append(key)
        return lambda: self.row


def ask(query: str, row: Any = None, **variables: Any) -> ExecutionResult:
    """Execute a query whose every root field is answered with that row."""
    return graphql_sync(SCHEMA, query, Roots(row), variable_values=variables)


def data(query: str, row: Any, **variables: Any) -> Any:
    result = ask(query, row, **variables)
    assert result.errors is None
    return result.data


def message(query: str, **variables: Any) -> str:
    """Execute a query that must be refused before anything is answered."""
    result = ask(query, **variables)
    assert result.data is None
    assert result.errors is not None
    return result.errors[0].message


def test_a_field_is_read_by_its_response_key() -> None:
    query = """{ someone: person(id: "iryna-example") {
        called: name
        first: claims(property: "born") { value }
        second: claims(property: "name") { value }
    } }"""
    row = {
        "__typename": "Person",
        "called": "Iryna Example",
        "first": [{"__typename": "Claim", "value": "1985"}],
        "second": [{"__typename": "Claim", "value": {"text": "Iryna"}}],
    }
    assert data(query, row) == {
        "someone": {"called": "Iryna Example", "first": [{"value": "1985"}], "second": [{"value": {"text": "Iryna"}}]}
    }


def test_every_root_field_is_built_once_by_its_response_key() -> None:
    query = '{ one: person(id: "a") { id } two: person(id: "b") { id } event(id: "c") { id } }'
    roots = Roots(None)
    result = graphql_sync(SCHEMA, query, roots)
    assert result.data == {"one": None, "two": None, "event": None}
    assert roots.asked == ["one", "two", "event"]


def test_an_interface_is_resolved_by_the_type_that_the_row_names() -> None:
    query = """query ($id: ID!) { node(id: $id) {
        __typename id
        ...Documented
        ... on Event { kind date { edtf earliest latest } }
        ... on Conviction { sentence { display } court { name } }
        ... on Person { name }
    } }
    fragment Documented on Documented { disputed }"""
    row = {
        TYPENAME_KEY: "Conviction",
        "id": "iryna-example-conviction",
        "disputed": ["date"],
        "kind": "CONVICTION",
        "date": {"__typename": "When", "edtf": "2024-08", "earliest": "2024-08-01", "latest": "2024-08-31"},
        "sentence": {"__typename": "Sentence", "display": "10 years 6 months"},
        "court": None,
    }
    assert data(query, row, id="iryna-example-conviction") == {
        "node": {
            "__typename": "Conviction",
            "id": "iryna-example-conviction",
            "disputed": ["date"],
            "kind": "CONVICTION",
            "date": {"edtf": "2024-08", "earliest": "2024-08-01", "latest": "2024-08-31"},
            "sentence": {"display": "10 years 6 months"},
            "court": None,
        }
    }


def test_a_union_is_resolved_by_the_type_that_the_row_names() -> None:
    query = """query ($steps: [StepInput!]!) { sequences(steps: $steps) {
        nodes { subject { __typename ... on Person { name } ... on Group { size { text unit } } } holds }
        unnamedGroups
    } }"""
    rows = [
        {
            TYPENAME_KEY: "Sequence",
            "subject": {TYPENAME_KEY: "Person", "name": "Iryna Example"},
            "holds": "FOR_ALL_DATES",
        },
        {
            TYPENAME_KEY: "Sequence",
            "subject": {
                TYPENAME_KEY: "Group",
                "size": {"__typename": "Quantity", "text": "some 30", "unit": "PEOPLE"},
            },
            "holds": "FOR_SOME_DATES",
        },
    ]
    row = {"__typename": "SequenceConnection", "nodes": rows, "unnamedGroups": 1}
    steps = [{"kind": "CONVICTION"}, {"kind": "EXCHANGE", "within": "P2Y", "where": {"mediator": {"eq": "ae"}}}]
    answered = data(query, row, steps=steps)["sequences"]
    assert answered["unnamedGroups"] == 1
    assert [node["subject"]["__typename"] for node in answered["nodes"]] == ["Person", "Group"]
    assert answered["nodes"][1]["subject"]["size"] == {"text": "some 30", "unit": "PEOPLE"}


def test_a_page_has_edges_nodes_and_a_total() -> None:
    query = "{ people { edges { cursor node { sex } } pageInfo { hasNextPage endCursor } totalCount } }"
    row = {
        "__typename": "PersonConnection",
        "edges": [{"__typename": "PersonEdge", "cursor": "c1", "node": {TYPENAME_KEY: "Person", "sex": "FEMALE"}}],
        "pageInfo": {"__typename": "PageInfo", "hasNextPage": False, "endCursor": "c1"},
        "totalCount": 1,
    }
    assert data(query, row)["people"]["edges"] == [{"cursor": "c1", "node": {"sex": "FEMALE"}}]


def test_a_field_missing_from_its_row_is_an_error_and_not_null() -> None:
    result = ask('{ person(id: "a") { category } }', {"__typename": "Person"})
    assert result.errors is not None


def test_a_value_outside_its_enum_is_an_error() -> None:
    result = ask('{ person(id: "a") { sex } }', {TYPENAME_KEY: "Person", "sex": "female"})
    assert result.errors is not None
    assert "female" in result.errors[0].message


EVENTS_FROM = "{{ events(where: {{date: {{from: {literal}}}}}) {{ totalCount }} }}"


@pytest.mark.parametrize(
    "literal", ['"20240901"', '"2024-9-1"', '"2024-09"', '"2024-02-30"', '"2024-09-01T00:00"', "2024"]
)
def test_an_invalid_date_is_an_error_that_says_what_is_expected(literal: str) -> None:
    refused = message(EVENTS_FROM.format(literal=literal))
    assert "'Date'" in refused
    assert literal.strip('"') in refused
    assert "YYYY-MM-DD" in refused


def test_a_date_in_a_variable_is_as_strict() -> None:
    query = "query ($day: Date) { events(where: {date: {until: $day}}) { totalCount } }"
    assert "YYYY-MM-DD" in message(query, day="20240901")
    assert data(query, {"__typename": "EventConnection", "totalCount": 0}, day="2024-09-01")


@pytest.mark.parametrize("literal", ['"PT5H"', '"90 days"', '"P"', '"P1.5Y"', "90"])
def test_an_invalid_duration_is_an_error_that_says_what_is_expected(literal: str) -> None:
    refused = message(
        f"{{ sequences(steps: [{{kind: TRIAL}}, {{kind: EXCHANGE, within: {literal}}}]) {{ totalCount }} }}"
    )
    assert literal.strip('"') in refused
    assert "P90D" in refused


def test_an_unknown_enum_value_is_an_error_with_a_suggestion() -> None:
    assert "CONVICTION" in message("{ events(where: {kind: CONVICTON}) { totalCount } }")


def test_an_explicit_null_in_a_filter_is_accepted() -> None:
    query = "{ people(where: {sex: null, history: null}, after: null) { totalCount } }"
    assert data(query, {"__typename": "PersonConnection", "totalCount": 3}) == {"people": {"totalCount": 3}}


def test_errors_are_not_logged_since_they_contain_arguments(caplog: pytest.LogCaptureFixture) -> None:
    ask('{ person(id: "iryna-example") { category } }', {"__typename": "Person"})
    ask("{ people(where: {born: {from: 2024}}) { totalCount } }")
    assert caplog.records == []


def test_only_root_fields_are_built_and_every_other_field_reads_its_row() -> None:
    for named in SCHEMA.type_map.values():
        if isinstance(named, GraphQLObjectType) and not is_introspection_type(named):
            assert named.is_type_of is None
            resolvers = {field.resolve for field in named.fields.values()}
            assert resolvers == {resolve_root if named.name == "Query" else resolve_field}, named.name

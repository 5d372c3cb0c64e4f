"""Totals with the same filters and order share one statement, whose answers are those that each would have alone."""

from __future__ import annotations

import pytest

from graph_api.schema.query_enums import Dimension
from tests.helpers.compiling import compiled
from tests.helpers.graphs import LiveGraph

FIELDS = "totalCount pageInfo { hasNextPage endCursor } nodes { keys { dimension value node { __typename id } } people events }"
ANY = "events: {occurrence: ANY}"
SOME = "people: {sex: FEMALE}, events: {kinds: [EXCHANGE, CONVICTION, DETENTION]}"
FACETS = ("CATEGORY", "SEX", "CUSTODY", "LEGAL", "KIND", "YEAR", "REGION", "SITE")
MANY_EVENTS = """
CREATE (site:Record:Site {id: 'synthetic-site'})
WITH site UNWIND range(0, 599) AS other CREATE (to:Record:Site {id: 'synthetic-site-' + other})
WITH site, to, other UNWIND range(1, 10) AS number
CREATE (event:Record:Event {id: 'synthetic-' + other + '-' + number, kind: 'K' + (number % 5), announced: false})-[:AT]->(site),
       (event)-[:AT]->(to),
       (:Record:Actor:Person {id: 'synthetic-person-' + other + '-' + number, category: 'C' + (number % 4), sex: 'S' + (number % 3),
        custody: 'D' + (number % 5), legal: 'L' + (number % 5)})-[:TOOK_PART {role: 'SUBJECT'}]->(event)
"""


def field(dimension: str, arguments: str) -> str:
    return f"{dimension.lower()}: totals(by: [{dimension}], {arguments}) {{ {FIELDS} }}"


@pytest.mark.live
@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (ANY, 100),
        (f"orderBy: {{field: KEYS, direction: DESC}}, {SOME}", 2),
        (f"orderBy: {{field: PEOPLE, direction: DESC}}, {ANY}", 2),
        (f"orderBy: {{field: EVENTS}}, {SOME}", 100),
    ],
)
def test_totals_by_every_dimension_are_the_same_in_one_statement_and_alone(
    seeded: LiveGraph, arguments: str, first: int
) -> None:
    each = [field(one, f"{arguments}, first: {first}") for one in Dimension]
    together = seeded.ask(f"{{ {' '.join(each)} }}")
    assert [one.name for one in seeded.sent].count("totals") == 1
    alone = [seeded.ask(f"{{ {one} }}") for one in each]
    assert together == {key: value for answer in alone for key, value in answer.items()}
    assert sum(len(one["nodes"]) for one in together.values()) > len(Dimension)


@pytest.mark.parametrize(
    ("one", "other", "is_shared"),
    [
        ("by: [SITE], events: {occurrence: ANY}", "by: [SEX], events: {occurrence: ANY}, first: 3", True),
        ("by: [SITE], events: {occurrence: ANY}", "by: [SITE], events: {occurrence: ANY}", True),
        ("by: [SITE], events: {occurrence: ANY}", "by: [SEX], events: {occurrence: ANNOUNCED}", False),
        ("by: [SITE], people: {}", "by: [SEX], people: {tag: \"a\"}", False),
        ("by: [SITE], people: {}", "by: [SEX], people: {}, orderBy: {field: PEOPLE}", False),
        ("by: [SITE], people: {}", "by: [SEX], people: {}, orderBy: {field: KEYS, direction: DESC}", False),
        ("by: [SITE], people: {}", "by: [SEX, TAG], people: {}", False),
        ("by: [SITE], people: {}", "by: [SEX]", False),
    ],
)  # fmt: skip
def test_totals_by_one_dimension_with_the_same_filters_and_order_share_a_statement(
    one: str, other: str, is_shared: bool
) -> None:
    asked = " ".join(
        f"f{n}: totals({arguments}) {{ totalCount nodes {{ people }} }}" for n, arguments in enumerate((one, other))
    )
    sent, errors = compiled(f"{{ {asked} }}")
    assert not errors
    assert len(sent) == (1 if is_shared else 2)


def test_totals_behind_a_cursor_share_no_statement() -> None:
    asked = "query($after: String) { one: totals(by: [SITE], people: {}, after: $after) { totalCount } two: totals(by: [SEX], people: {}) { totalCount } }"
    assert len(compiled(asked, {"after": None})[0]) == 1
    assert (
        len(compiled(asked, {"after": "WyJMRXNOX0ZOaiIsIjAwMDAiXQ"})[0])
        + len(compiled(asked, {"after": "WyJMRXNOX0ZOaiIsIjAwMDAiXQ"})[1])
        == 2
    )


@pytest.mark.live
def test_the_facets_of_a_site_with_thousands_of_events_fit_in_the_memory_of_a_transaction(graph: LiveGraph) -> None:
    """The events were collected in a list, which counted for each of the groups: the graph of 100,000 people refused such a page."""
    graph.store.change_schema(MANY_EVENTS)
    graph.holds = "something"
    where = 'events: {site: {eq: "synthetic-site"}}'
    each = " ".join(
        f"{one.lower()}: totals(by: [{one}], {where}) {{ totalCount nodes {{ people events }} }}" for one in FACETS
    )
    found = graph.ask(f"{{ {each} }}")
    assert [(key, one["totalCount"], sum(total["events"] for total in one["nodes"])) for key, one in found.items()] == [
        ("category", 4, 6000), ("sex", 3, 6000), ("custody", 5, 6000), ("legal", 5, 6000), ("kind", 5, 6000), ("year", 1, 6000),
        ("region", 1, 6000), ("site", 601, 6990),
    ]  # fmt: skip

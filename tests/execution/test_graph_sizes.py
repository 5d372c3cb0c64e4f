"""Costs by what a graph holds: never more than without, never less than what is read, and a small graph can be asked for everything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph_api.execution.cost import DEFAULT_MAX_COST, cost_model
from graph_api.execution.graph_sizes import GraphSizes
from graph_api.schema.build import build_schema, graphql_schema
from graph_api.web.graph_state import read_sizes
from tests.helpers.cookbook import recipes
from tests.helpers.costs import selected
from tests.helpers.graphs import LiveGraph

MODEL = cost_model(graphql_schema(build_schema()))
SIZES = GraphSizes.of(
    [
        ("Person", 80, 10, 240, 0, 0, 0, 0),
        ("Conviction", 30, 0, 0, 4, 60, 2, 5),
        ("Exchange", 5, 0, 0, 20, 60, 3, 3),
    ],
    [("Person", 19, 700, 8, 200), ("Conviction", 25, 400, 12, 90), (None, 12, 900, 6, 500)],
)
EVERYTHING = (Path(__file__).parent / "everything.graphql").read_text("utf-8")


def cost(query: str, sizes: GraphSizes | None) -> int:
    [root] = selected(query)
    return MODEL.cost(root, sizes)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{ people(first: 100) { nodes { id } } }", 1 + 80),
        ("{ people(first: 10) { nodes { id } } }", 1 + 10),
        # 240 events of 80 people are 3 each on average; of 10 people they may be 10 each
        ("{ people(first: 100) { nodes { events { nodes { id } } } } }", 1 + 80 * (1 + 1 + 3)),
        ("{ people(first: 10) { nodes { events { nodes { id } } } } }", 1 + 10 * (1 + 1 + 10)),
        ("{ events(first: 100) { nodes { id } } }", 1 + 35),
        # an event may be reached from several people, so that on average it may be the one with most participants
        ("{ exchanges { nodes { participants { nodes { id } } } } }", 1 + 5 * (1 + 1 + 12)),
        ("{ events { nodes { participants { nodes { id } } } } }", 1 + 20 * (1 + 1 + 50)),
        ("{ groups { nodes { id } } }", 1 + 20),
    ],
)
def test_a_page_costs_what_the_graph_can_fill(query: str, expected: int) -> None:
    assert cost(query, SIZES) == expected


def test_what_a_graph_holds_never_raises_a_cost() -> None:
    for one in recipes():
        for root in selected(one.text, one.variables):
            assert MODEL.cost(root, SIZES) <= MODEL.cost(root)


@pytest.mark.live
def test_all_that_is_stored_of_all_people_can_be_asked_and_costs_at_least_what_is_read(seeded: LiveGraph) -> None:
    sizes = read_sizes(seeded.store)
    assert sizes is not None
    assert cost(EVERYTHING, None) > DEFAULT_MAX_COST
    assert objects(seeded.ask(EVERYTHING)) <= cost(EVERYTHING, sizes) <= DEFAULT_MAX_COST


def objects(value: Any) -> int:
    """Return the number of records in an answer: objects with an id."""
    if isinstance(value, list):
        return sum(map(objects, value))
    return ("id" in value) + sum(map(objects, value.values())) if isinstance(value, dict) else 0

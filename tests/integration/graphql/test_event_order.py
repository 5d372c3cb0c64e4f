"""The order of the events of people in the seeds: never against what sources say, and complete over every page."""

from __future__ import annotations

import json
from itertools import combinations
from typing import Any

import pytest

from graph_api.evidence.order import closure
from graph_api.statement import Statement
from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live

PEOPLE = """
query($after: String) { people(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { id
  events(orderBy: {field: DATE}, first: 200) { totalCount nodes { id kind bounds { earliest latest } } }
  backwards: events(orderBy: {field: DATE, direction: DESC}, first: 200) { nodes { id } }
  last: events(orderBy: {field: DATE, direction: DESC}, first: 1) { nodes { id kind } } } } }
"""


def people_of(graph: LiveGraph) -> list[Any]:
    found: list[Any] = []
    after = None
    while True:
        page = graph.ask(PEOPLE, {"after": after})["people"]
        found += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


@pytest.fixture
def people(seeded: LiveGraph) -> dict[str, Any]:
    return {one["id"]: one for one in people_of(seeded)}


def wrong_pairs(events: list[Any]) -> list[tuple[str, str]]:
    """Return the pairs of which the one listed first was surely later, by their bounds."""
    return [
        (first["id"], second["id"])
        for first, second in combinations(events, 2)
        if (second["bounds"]["latest"] or "9999") < (first["bounds"]["earliest"] or "0000")
    ]


def test_no_event_stands_before_one_that_was_surely_earlier(people: dict[str, Any]) -> None:
    found = {id_: wrong_pairs(one["events"]["nodes"]) for id_, one in people.items()}
    assert {id_: pairs for id_, pairs in found.items() if pairs} == {}
    assert all(len(one["events"]["nodes"]) == one["events"]["totalCount"] for one in people.values())


def test_no_event_stands_before_one_that_it_follows(seeded: LiveGraph, people: dict[str, Any]) -> None:
    rows = seeded.store.read(Statement("MATCH (a:Event)-[:FOLLOWS]->(b:Event) RETURN a.id, b.id", {}, "test"))
    follows = {(later, earlier) for later, earlier in rows}
    assert follows == closure(follows)
    wrong = [
        (a["id"], b["id"])
        for one in people.values()
        for a, b in combinations(one["events"]["nodes"], 2)
        if (a["id"], b["id"]) in follows
    ]
    assert wrong == []


SUFFIXES = {
    "iryna-horobtsova": [
        "detention",
        "transfer",
        "charge",
        "trial",
        "conviction",
        "transfer-2025",
        "appeal",
        "cassation",
    ],
    "nariman-dzhelyal": ["detention", "charge", "charge-more", "conviction", "appeal", "exchange-2024-06-28"],
    "victoriia-roshchyna": ["custody", "stay-taganrog", "transfer-kizel", "death", "body-return", "burial"],
    "kostiantyn-davydenko": ["detention", "conviction", "appeal", "exchange-2025-08-24"],
    "artur-panov": ["detention", "conviction", "exchange-2019-09-07"],
    "maksym-butkevych": ["detention", "conviction", "appeal", "exchange-2024-10-18"],
    "oleh-baturin": ["detention", "release"],
}
"""Events of people in their order, by the last part of the id; others may stand between them."""


@pytest.mark.parametrize("person", SUFFIXES)
def test_events_of_a_person_stand_in_the_order_of_the_sources(people: dict[str, Any], person: str) -> None:
    ids = [one["id"].removeprefix(f"{person}-") for one in people[person]["events"]["nodes"]]
    assert [one for one in ids if one in SUFFIXES[person]] == SUFFIXES[person]


def test_the_first_event_backwards_is_the_last_one(people: dict[str, Any]) -> None:
    assert people["oleh-baturin"]["last"]["nodes"] == [{"id": "oleh-baturin-release", "kind": "RELEASE"}]
    assert people["iryna-horobtsova"]["last"]["nodes"][0]["id"] == "iryna-horobtsova-cassation"


def test_backwards_is_the_exact_reverse(seeded: LiveGraph, people: dict[str, Any]) -> None:
    apart = {
        (row[0], row[1])
        for row in seeded.store.read(
            Statement("MATCH (p:Person)-[r:TOOK_PART]->(e) WHERE r.position IS NULL RETURN p.id, e.id", {}, "test")
        )
    }
    for id_, one in people.items():
        forwards = [event["id"] for event in one["events"]["nodes"] if (id_, event["id"]) not in apart]
        backwards = [event["id"] for event in one["backwards"]["nodes"] if (id_, event["id"]) not in apart]
        assert backwards == forwards[::-1]
        assert [event["id"] for event in one["events"]["nodes"]][: len(forwards)] == forwards


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
def test_pages_of_two_join_to_the_whole_list(seeded: LiveGraph, direction: str) -> None:
    whole = f"events(orderBy: {{field: DATE, direction: {direction}}}, first: 500)"
    for root, query in {
        "events": f"{{ {whole} {{ nodes {{ id }} }} }}",
        "person": f'{{ person(id: "victoriia-roshchyna") {{ {whole} {{ nodes {{ id }} }} }} }}',
    }.items():
        expected = [one["id"] for one in _events(seeded.ask(query), root)["nodes"]]
        found: list[str] = []
        after, size = "null", 100 if root == "events" else 2
        while True:
            window = "first: 500) { nodes { id } }"
            page_query = query.replace(
                window, f"first: {size}, after: {after}) {{ nodes {{ id }} pageInfo {{ hasNextPage endCursor }} }}"
            )
            page = _events(seeded.ask(page_query), root)
            found += [one["id"] for one in page["nodes"]]
            if not page["pageInfo"]["hasNextPage"]:
                break
            after = json.dumps(page["pageInfo"]["endCursor"])
        assert found == expected


def _events(answer: Any, root: str) -> Any:
    return answer["events"] if root == "events" else answer[root]["events"]

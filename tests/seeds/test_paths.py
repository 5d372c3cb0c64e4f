"""Connections between two records of the seeds, beside a search of its own over the stored links."""

from __future__ import annotations

import random
from typing import Any

import pytest

from graph_api.statement import Statement
from tests.helpers.graphs import LiveGraph

PATHS = "{ complete nodes { length text nodes { id } citations { source { id } } } }"
WALKED = "TOOK_PART|AT|FROM_SITE|TO_SITE|PART_OF|ABOUT|COURT|AUTHORITY|TRIAL|OUTCOME|OF|AGREEMENT"
LINKS = f"MATCH (a:Record)-[:{WALKED}]->(b:Record) RETURN a.id, b.id"
RECORDS = """
MATCH (n:Record) WHERE NOT n:Source
RETURN n.id, labels(n), n.kind, coalesce(n.announced, false),
       COUNT { (n)<-[:TOOK_PART]-() }, COLLECT { MATCH (n)<-[:ABOUT]-(f:Figure {measure: 'freed'}) WHERE COUNT { (f)-[:ABOUT]->(:Exchange) } = 1
       RETURN f.quantity_low }
"""
AT_LARGE = {"GOVERNMENT", "DE_FACTO_AUTHORITY", "DETAINING_AUTHORITY", "MILITARY"}


def paths(graph: LiveGraph, start: str, end: str, most: int = 4) -> dict[str, Any]:
    found: dict[str, Any] = graph.ask(
        f'{{ paths(from: "{start}", to: "{end}", maxLength: {most}, first: 500) {PATHS} }}'
    )["paths"]
    return found


def read(graph: LiveGraph, text: str) -> list[Any]:
    return list(graph.store.read(Statement(text, {}, "links"), seconds=60))


def is_walked(labels: list[str], kind: str | None, announced: bool, parts: int, freed: list[float | None]) -> bool:
    if "Event" in labels:
        is_large = "Exchange" in labels and (parts > 50 or any(number and number > 50 for number in freed))
        return not announced and not is_large
    return bool({"Person", "Site"} & set(labels)) or ("Organization" in labels and kind not in AT_LARGE)


def shortest(links: dict[str, set[str]], walked: set[str], start: str, end: str, most: int) -> set[tuple[str, ...]]:
    """Return the shortest paths, level by level."""
    level: list[tuple[str, ...]] = [(start,)]
    for _ in range(most):
        level = [
            (*path, after)
            for path in level
            if path[-1] == start or path[-1] in walked
            for after in links.get(path[-1], ())
            if after not in path
        ]
        found = {path for path in level if path[-1] == end}
        if found:
            return found
    return set()


def neighbour(links: dict[str, set[str]], start: str, chosen: random.Random) -> str:
    """Return a record at most three links away."""
    for _ in range(3):
        start = chosen.choice(sorted(links.get(start, {start})))
    return start


@pytest.mark.live
@pytest.mark.parametrize(
    ("start", "end", "between"),
    [
        ("oleh-sentsov", "oleksandr-kolchenko", [["exchange-2019-09-07"]]),
        ("people-first-launch", "donald-trump", [["org-people-first", "people-first-letter-trump"]]),
        ("org-people-first", "donald-trump", [["people-first-letter-trump"]]),
        ("org-yale-hrl", "org-europol", [["yale-lab-data-europol"]]),
        ("iryna-horobtsova", "nariman-dzhelyal", []),
        ("oleh-sentsov", "oleh-sentsov", []),
        ("oleh-sentsov", "nobody", []),
    ],
)
def test_what_connects_two_records(seeded: LiveGraph, start: str, end: str, between: list[list[str]]) -> None:
    found = paths(seeded, start, end)
    assert [[one["id"] for one in path["nodes"]][1:-1] for path in found["nodes"]] == between
    assert found["complete"] is True
    assert all(path["citations"] and path["length"] == len(path["nodes"]) - 1 for path in found["nodes"])


@pytest.mark.live
def test_paths_are_those_of_a_search_over_the_stored_links(seeded: LiveGraph) -> None:
    links: dict[str, set[str]] = {}
    for one, other in read(seeded, LINKS):
        links.setdefault(one, set()).add(other)
        links.setdefault(other, set()).add(one)
    rows = read(seeded, RECORDS)
    walked = {id_ for id_, *facts in rows if is_walked(*facts)}
    ends = sorted(id_ for id_, labels, *_ in rows if {"Person", "Organization", "Event", "Site"} & set(labels))
    chosen = random.Random(20261128)  # noqa: S311 - no secret
    pairs = [(start, neighbour(links, start, chosen)) for start in chosen.sample(ends, 150)]
    connected = 0
    for start, end in pairs:
        if start == end:
            continue
        expected = shortest(links, walked, start, end, 3)
        found = paths(seeded, start, end, 3)
        assert {tuple(one["id"] for one in path["nodes"]) for path in found["nodes"]} == expected, (start, end)
        assert all(path["citations"] for path in found["nodes"]), (start, end)
        connected += bool(expected)
    assert 10 < connected < len(pairs)


@pytest.mark.live
def test_states_authorities_at_large_and_large_exchanges_connect_nobody(seeded: LiveGraph) -> None:
    hubs = read(seeded, "MATCH (e:Exchange {is_large: true}) RETURN e.id")
    assert ["exchange-2025-08-24"] in [list(one) for one in hubs]
    assert ["exchange-2019-09-07"] not in [list(one) for one in hubs]
    for path in paths(seeded, "dmytro-khyliuk", "volodymyr-mykolaienko")["nodes"]:
        assert "exchange-2025-08-24" not in [one["id"] for one in path["nodes"]]

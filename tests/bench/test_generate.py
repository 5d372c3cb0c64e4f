"""The synthetic graph: always the same for a seed number, valid as seeds, and made of names that nobody has."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from bench.generate import Entry, Graph
from graph_api.ingest.load import check

PEOPLE = 200


def entries(seed: int = 1) -> list[Entry]:
    return list(chain.from_iterable(block for _, block in Graph(PEOPLE, seed).blocks()))


def test_the_same_seed_gives_the_same_graph_and_another_one_another() -> None:
    assert entries(7) == entries(7)
    assert entries(7) != entries(8)


def test_a_block_is_the_same_whatever_was_made_before_it() -> None:
    graph = Graph(PEOPLE)
    before = list(graph.exchanges())
    list(graph.people(0))
    assert list(graph.exchanges()) == before


def test_every_name_says_that_it_is_synthetic() -> None:
    names = [entry.get("name") or entry.get("title") for entry in entries() if entry["section"] != "events"]
    assert names
    assert [name for name in names if "Synthetic" not in str(name)] == []


def test_the_files_are_valid_seeds(tmp_path: Path) -> None:
    read, batch = check(Graph(PEOPLE).write(tmp_path))
    assert len(read.entries) == len(entries())
    assert batch.defined == len(entries())


def test_there_are_about_four_events_a_person_and_a_source_for_five() -> None:
    of = Counter(entry["section"] for entry in entries())
    freed = sum(len(entry["participants"]) - 2 for entry in entries() if entry.get("kind") == "exchange")
    assert of["people"] == PEOPLE
    assert of["sources"] == PEOPLE // 5
    assert 3.5 < (of["events"] + freed) / PEOPLE < 4.8


def test_some_are_exchanged_after_their_conviction_and_some_before() -> None:
    every = entries()
    exchanged = {
        part["who"]: entry["date"]
        for entry in every
        if entry.get("kind") == "exchange"
        for part in entry["participants"]
        if "side" in part
    }
    convicted = {
        entry["participants"][0]["who"]: entry.get("date") for entry in every if entry.get("kind") == "conviction"
    }
    both = [(convicted[who], exchanged[who]) for who in convicted.keys() & exchanged.keys() if convicted[who]]
    assert any(conviction < exchange for conviction, exchange in both)
    assert any(conviction > exchange for conviction, exchange in both)


def test_a_few_sites_hold_many_and_most_hold_few() -> None:
    held = Counter(site for entry in entries() if entry["section"] == "events" for site in entry.get("sites", ()))
    sizes = sorted(held.values(), reverse=True)
    assert sizes[0] > 5 * sizes[len(sizes) // 2]


@pytest.mark.parametrize(("people", "blocks"), [(1, 1), (2500, 1), (2501, 2)])
def test_the_last_block_holds_the_rest(people: int, blocks: int) -> None:
    graph = Graph(people)
    assert graph.size.blocks == blocks
    assert sum(1 for block in range(blocks) for entry in graph.people(block) if entry["section"] == "people") == people

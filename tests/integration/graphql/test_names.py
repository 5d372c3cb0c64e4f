"""Names of synthetic people in filters, searches and orders: like characters are one, and nobody else is found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.graphs import LiveGraph
from tests.helpers.yaml_text import load_yaml

pytestmark = pytest.mark.live

CASES = Path(__file__).parents[2] / "cases" / "search"
EXPECTED_ORDER = ["В’ячеслав", "Гнат", "Євген", "Ігор", "Ілля", "Iрина", "Йосип", "Надія", "Юлія", "Юрій", "Яна", "Cecilia", "İlmi", "Zoë"]  # fmt: skip
"""First words of some names; the I of the sixth is a Latin letter, which is read as the Cyrillic one."""
FILTERS = load_yaml((CASES / "filters.yaml").read_text("utf-8"))["filters"]

SEARCHES = load_yaml((CASES / "searches.yaml").read_text("utf-8"))["searches"]


@pytest.fixture
def named(live: LiveGraph) -> LiveGraph:
    """Return the graph with the people of the cases; do not change it."""
    if live.holds != "names":
        live.wipe()
        live.load([CASES / "people.yaml", CASES / "lookalikes.yaml"])
        live.holds = "names"
    return live


def people(graph: LiveGraph, **arguments: Any) -> list[dict[str, Any]]:
    question = "query Q($where: PersonFilter, $orderBy: PersonOrder) { people(where: $where, orderBy: $orderBy, first: 100) { nodes { id name } } }"
    return list(graph.ask(question, arguments)["people"]["nodes"])


@pytest.mark.parametrize("case", FILTERS, ids=lambda case: ascii(case["name"]))
def test_a_filter_finds_a_name_however_it_is_encoded(named: LiveGraph, case: dict[str, Any]) -> None:
    assert {one["id"] for one in people(named, where={"name": case["name"]})} == set(case["finds"])


@pytest.mark.parametrize("case", SEARCHES, ids=lambda case: ascii(case["text"]))
def test_a_search_finds_whom_every_word_matches_and_nobody_else(named: LiveGraph, case: dict[str, Any]) -> None:
    question = "query Q($text: String!) { search(text: $text, kinds: [PERSON], first: 10) { nodes { node { id } } } }"
    found = [hit["node"]["id"] for hit in named.ask(question, {"text": case["text"]})["search"]["nodes"]]
    assert found[:1] == [case["finds"]] if "finds" in case else True
    assert not set(found) & set(case.get("never", ()))


def test_people_are_ordered_by_the_ukrainian_alphabet_and_latin_names_follow(named: LiveGraph) -> None:
    names = [one["name"] for one in people(named, orderBy={"field": "NAME"})]
    first_words = [name.split()[0] for name in names if name.split()[0] in EXPECTED_ORDER]
    assert first_words == EXPECTED_ORDER
    assert names == [one["name"] for one in people(named, orderBy={"field": "NAME", "direction": "DESC"})][::-1]


def test_pages_by_name_are_the_list(named: LiveGraph) -> None:
    whole = [one["id"] for one in people(named, orderBy={"field": "NAME"})]
    for direction, expected in (("ASC", whole), ("DESC", whole[::-1])):
        paged: list[str] = []
        after = None
        while after is not None or not paged:
            page = named.ask(
                "query Q($after: String, $d: Direction) { people(orderBy: {field: NAME, direction: $d}, first: 5, after: $after)"
                " { nodes { id } pageInfo { endCursor hasNextPage } } }",
                {"after": after, "d": direction},
            )["people"]
            paged += [one["id"] for one in page["nodes"]]
            after = page["pageInfo"]["endCursor"] if page["pageInfo"]["hasNextPage"] else None
        assert paged == expected

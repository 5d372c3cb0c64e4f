"""Filters of records without a date, and words of closed lists, as cases: counts, and errors that list what is valid."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph_api.compiler.claim_properties import CLAIM_PROPERTIES
from graph_api.statement import Statement
from tests.helpers.graphs import LiveGraph
from tests.helpers.yaml_text import load_yaml

pytestmark = pytest.mark.live

CASES: dict[str, Any] = load_yaml((Path(__file__).parents[2] / "cases" / "search_and_filters.yaml").read_text("utf-8"))


@pytest.fixture
def cases(live: LiveGraph, tmp_path: Path) -> LiveGraph:
    if live.holds != "filter cases":
        live.wipe()
        live.load_text(CASES["seeds"], tmp_path)
        live.holds = "filter cases"
    return live


@pytest.mark.parametrize(("field", "count"), CASES["counts"].items())
def test_a_filter_counts(cases: LiveGraph, field: str, count: int) -> None:
    [answer] = cases.ask(f"{{ {field} {{ totalCount }} }}").values()
    assert answer == {"totalCount": count}


@pytest.mark.parametrize(("field", "ids"), CASES["ids"].items())
def test_a_list_is_in_the_order_asked_for_whole_and_one_by_one(cases: LiveGraph, field: str, ids: list[str]) -> None:
    [answer] = cases.ask(f"{{ {field} {{ nodes {{ id }} }} }}").values()
    assert [one["id"] for one in answer["nodes"]] == ids
    walked: list[str] = []
    after = "null"
    while len(walked) < len(ids):
        part = f"{field[:-1]}, first: 1, after: {after})"
        [answer] = cases.ask(f"{{ {part} {{ nodes {{ id }} pageInfo {{ endCursor }} }} }}").values()
        walked += [one["id"] for one in answer["nodes"]]
        after = f'"{answer["pageInfo"]["endCursor"]}"'
    assert walked == ids


@pytest.mark.parametrize(("field", "texts"), CASES["errors"].items())
def test_a_word_that_a_closed_list_lacks_is_an_error_that_says_what_is_valid(
    cases: LiveGraph, field: str, texts: list[str]
) -> None:
    [error] = cases.result(f"{{ {field} }}").errors
    assert [text for text in texts if text not in str(error.message)] == []


@pytest.mark.parametrize("field", CASES["right_words"])
def test_a_word_of_a_closed_list_is_accepted(cases: LiveGraph, field: str) -> None:
    cases.ask(f"{{ {field} }}")


def test_every_property_of_a_stored_claim_is_in_the_list_of_its_type(seeded: LiveGraph) -> None:
    stated = "MATCH (c:Claim)-[:ABOUT]->(n:Record) WHERE c.subject = n.id UNWIND c.properties AS name RETURN DISTINCT n.type, name"
    rows = seeded.store.read(Statement(stated, {}, "stated"), seconds=60)
    assert len(rows) > 50
    assert [row for row in rows if row[1] not in CLAIM_PROPERTIES[row[0]]] == []

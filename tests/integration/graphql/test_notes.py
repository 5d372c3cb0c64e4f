"""Empty and cut answers say why, whichever way the answer was built; other answers read nothing more and say nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph_api.execution.executor import ExecutionResult
from graph_api.execution.operation_planner import ExecutionLimits
from graph_api.ontology.vocabulary import Standing
from graph_api.web.response import build_response_body
from tests.helpers.graphs import EXECUTOR, LiveGraph
from tests.helpers.yaml_text import load_yaml

pytestmark = pytest.mark.live

CASES = load_yaml((Path(__file__).parents[2] / "cases" / "notes.yaml").read_text("utf-8"))
BY_GRAPHQL_CORE = "__schema { queryType { name } }"
"""A field beside which graphql-core executes the operation."""


def notes(result: ExecutionResult) -> list[dict[str, Any]]:
    assert not result.errors
    found: list[dict[str, Any]] = build_response_body(result, "", ExecutionLimits())["extensions"].get("notes", [])
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda one: one["name"])
def test_an_empty_or_cut_answer_has_its_notes_on_both_paths(seeded: LiveGraph, case: dict[str, Any]) -> None:
    query, variables = case["query"], case.get("variables")
    found = notes(seeded.result(query, variables))
    assert {tuple(note["path"]) for note in found} == {(case["path"],)}
    text = "\n".join(note["message"] for note in found)
    assert [part for part in case["says"] if part not in text] == []
    start = query.index("{ ", query.index(")") if query.startswith("query") else 0)
    assert notes(seeded.result(f"{query[:start]}{{ {BY_GRAPHQL_CORE} {query[start + 2 :]}", variables)) == found


@pytest.mark.parametrize(
    "query",
    [
        '{ person(id: "oleh-sentsov") { name } }',
        "{ people(first: 3) { nodes { id } totalCount } }",
        "{ people(first: 3) { nodes { id } pageInfo { endCursor } } }",
        "{ people(first: 500) { nodes { id } } }",
        "{ people(first: 0) { nodes { id } } }",
        "{ __typename }",
    ],
)
def test_other_answers_have_no_notes(seeded: LiveGraph, query: str) -> None:
    assert notes(seeded.result(query)) == []


def test_what_must_not_match_is_looked_up_for_nothing(seeded: LiveGraph) -> None:
    query = '{ people(where: {not: {id: {eq: "nobody-at-all"}}, noEvent: {where: {court: {eq: "no-court"}}}, tag: "no-such-tag"}) { totalCount } }'
    assert [note["message"].partition(" ")[0] for note in notes(seeded.result(query))] == ["where.tag"]


def test_the_notes_of_every_word_of_a_list_in_one_filter_are_read(seeded: LiveGraph) -> None:
    standings = ", ".join(f"{{standing: {one}}}" for one in Standing)
    query = f'{{ events(where: {{id: {{eq: "nobody-at-all"}}, or: [{standings}]}}) {{ totalCount }} }}'
    before = EXECUTOR.failed_notes
    assert "nobody-at-all" in notes(seeded.result(query))[0]["message"]
    assert EXECUTOR.failed_notes == before

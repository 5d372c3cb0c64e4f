"""Each template of LinGBM is asked in all three forms, and each form is one that its server takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from graphql import parse

from bench import lingbm
from bench.lingbm import TEMPLATES, Template
from graph_api.compiler.binder import RowLimits
from graph_api.execution.executor import Executor
from graph_api.execution.operation_planner import ExecutionLimits
from graph_api.schema.build import build_schema

ROOT = Path(__file__).parents[2]
VALUES = {
    "id": "synthetic-site-00001",
    "court": "synthetic-court-0001",
    "word": "27",
    "born": "1980-01-01",
    "offset": 10,
}


@pytest.fixture(scope="module")
def executor() -> Executor:
    return Executor(build_schema(), ExecutionLimits(rows=RowLimits(page=1000)))


def test_there_are_sixteen_templates_in_order() -> None:
    assert [one.number for one in TEMPLATES] == list(range(1, 17))


def test_the_templates_cover_every_choke_point() -> None:
    counts = {"1": 1, "2": 5, "3": 3, "4": 5, "5": 2}
    every = {f"{kind}.{number}" for kind, most in counts.items() for number in range(1, most + 1)}
    assert {point for one in TEMPLATES for point in one.points} == every


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: str(one.number))
def test_a_template_is_one_statement_of_our_server(template: Template, executor: Executor) -> None:
    planner = executor.planner
    for query in filter(None, (template.question.query, template.cursor)):
        document = planner.document(query)
        operation = document.operation(None)
        asked = {name: value for name, value in VALUES.items() if f"${name}:" in query}
        plan, _ = planner.plan(document, operation, planner.coerce_variables(operation, asked))
        assert [root.error for root in plan.roots] == [None]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: str(one.number))
def test_a_template_has_a_query_for_each_peer_or_says_why_not(template: Template) -> None:
    assert "RETURN" in template.question.cypher
    if template.is_mapped:
        parse(template.neo4j_graphql)
    else:
        assert "@neo4j/graphql" in template.note


def test_the_document_has_the_mapping() -> None:
    assert "\n".join(lingbm.mapping()) in (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")


def test_the_hand_written_rows_of_a_single_record_and_of_a_list_get_their_names() -> None:
    by = {one.number: one for one in TEMPLATES}
    assert lingbm.from_rows(by[15], [7]) == {"events": 7}
    assert lingbm.from_rows(by[11], [["p", "N"]]) == [{"id": "p", "name": "N"}]
    assert lingbm.from_rows(by[6], [[["a"], ["b"]]]) == {"events": [{"toSite": {"place": {"id": one}}} for one in "ab"]}


def test_a_count_of_the_peer_is_that_of_ours() -> None:
    template = next(one for one in TEMPLATES if one.number == 15)
    ours = lingbm.plain({"site": {"events": {"totalCount": 3}}})
    assert (
        lingbm.from_peer(template, {"sites": [{"events": {"aggregate": {"count": {"nodes": 3}}}}]})
        == ours
        == {"events": 3}
    )

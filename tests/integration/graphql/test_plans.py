"""How the database goes about a statement: also by a plan that it made while it was empty, and keeps for a while after a load."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.compiler.test_read_only import CORPUS
from tests.helpers.compiling import compiled
from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live


def operators(plan: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield plan["operatorType"].partition("@")[0], str(plan["args"].get("Details", ""))
    for child in plan.get("children", ()):
        yield from operators(child)


@pytest.mark.parametrize("each", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_a_plan_of_an_empty_graph_reads_claims_by_key_and_never_all_of_them(graph: LiveGraph, each: int) -> None:
    graph.store.change_schema("CALL db.clearQueryCaches()")
    found = []
    with graph.store._session("READ") as session:
        for name, (text, variables) in [*CORPUS.items()][::each]:
            for one in (one for one in compiled(text, variables)[0] if ":Claim" in one.text):
                plan = session.run(f"EXPLAIN {one.text}", dict(one.parameters)).consume().plan
                found += [(name, *step) for step in operators(plan or {})]
    assert any(operator == "NodeIndexSeek" and "Claim(subject)" in details for _, operator, details in found)
    assert not [
        (name, operator, details) for name, operator, details in found if "Scan" in operator and "Claim" in details
    ]

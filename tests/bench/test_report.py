"""What is measured is kept: a question that is asked again is replaced with all its servers, the others keep their day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench import report
from bench.questions import NEO4J_GRAPHQL, OURS
from bench.table import Row


def measured(
    day: str, *, people: int = 10, nodes: int = 99, rate: float = 100.0, **questions: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "graph": {"people": people, "events": 3 * people, "claims": 9 * people, "nodes": nodes, "seed": 1},
        "how": dict.fromkeys(questions, day),
        "rows": {
            question: [Row(question, server, 1.0, 2.0, rate, 0.5, 0.25, 100.0, 0) for server in servers]
            for question, servers in questions.items()
        },
    }


def test_what_was_kept_is_read_as_it_was(tmp_path: Path) -> None:
    found = {"S": measured("1 May", point=(OURS, NEO4J_GRAPHQL))}
    report.keep(tmp_path / "results.json", found)
    assert report.kept(tmp_path / "results.json") == found
    assert report.kept(tmp_path / "none.json") == {}


def test_a_question_is_replaced_with_all_its_servers_and_others_stay() -> None:
    before = measured("1 May", point=(OURS, NEO4J_GRAPHQL), case=(OURS, NEO4J_GRAPHQL))
    both = report.merged(before, measured("2 May", rate=7.0, case=(OURS,)))
    assert [*both["rows"]] == ["point", "case"]
    assert both["how"] == {"point": "1 May", "case": "2 May"}
    assert both["rows"]["point"] == before["rows"]["point"]
    assert [(row.server, row.rate) for row in both["rows"]["case"]] == [(OURS, 7.0)]


def test_what_was_measured_of_another_graph_is_left_out() -> None:
    now = measured("2 May", people=20, case=(OURS,))
    assert report.merged(measured("1 May", point=(OURS,)), now) == now
    assert report.merged(None, now) == now


def test_what_a_graph_stores_besides_what_was_loaded_does_not_matter() -> None:
    both = report.merged(measured("1 May", point=(OURS,)), measured("2 May", nodes=70, case=(OURS,)))
    assert ([*both["rows"]], both["graph"]["nodes"]) == (["point", "case"], 70)


@pytest.mark.parametrize("order", [("S", "M"), ("M", "S")])
def test_the_document_says_for_each_size_when_it_was_measured_and_begins_with_the_smallest(
    tmp_path: Path, order: tuple[str, str]
) -> None:
    again = report.merged(measured("1 May", point=(OURS,), case=(OURS,)), measured("2 May", case=(OURS,)))
    sizes = {"S": again, "M": measured("3 May", people=100, point=(OURS,))}
    report.write(tmp_path / "b.md", {size: sizes[size] for size in order}, ())
    text = (tmp_path / "b.md").read_text()
    assert "point: measured on 1 May. case: measured on 2 May." in text
    assert "Measured on 3 May." in text
    assert text.index("## S") < text.index("## M")
    assert "S to M point: p50 against that of S" in text

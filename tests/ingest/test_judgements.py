"""Judgements on identity: two people stay two and say that they may be one; what is taken back leaves the graph as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_api.database.stored_claims import graph_hash
from graph_api.ingest.load import examine, load
from graph_api.ingest.prepare import Selection
from graph_api.ontology.vocabulary import Sensitivity
from tests.helpers.graphs import LiveGraph
from tests.ingest.texts import write

PEOPLE = """
sources:
  - {id: a-list, title: A synthetic list, kind: ngo, published: 2025}
people:
  - {id: one-person, name: Ivan Testenko, cite: {source: a-list, at: row 1}}
  - {id: same-person, name: Тестенко Іван, cite: {source: a-list, at: row 2}}
  - {id: hidden-person, name: Ivan Testenko, sensitivity: restricted, cite: {source: a-list, at: row 3}}
"""
UNSURE = """
judgements:
  - {id: j-1, records: [one-person, same-person, hidden-person], verdict: unsure, by: olena, on: 2026-11-28, why: no birth is known}
  - {id: j-2, records: [one-person, same-person], verdict: different, by: olena, on: 2026-11-28, why: two births}
"""
QUERY = '{ person(id: "one-person") { maybeSame { id name } } }'


@pytest.mark.live
def test_an_unsure_judgement_is_shown_and_taken_back_to_the_same_hash(graph: LiveGraph, tmp_path: Path) -> None:
    graph.wipe()
    people = write(tmp_path, PEOPLE)
    graph.load([people])
    before = graph_hash(graph.store)
    graph.load([people, write(tmp_path, UNSURE, "judgements.yaml")])
    assert graph.ask(QUERY) == {"person": {"maybeSame": [{"id": "same-person", "name": "Тестенко Іван"}]}}
    counts = graph.ask("{ people { totalCount possibleCount { low high text } } }")["people"]
    assert counts == {"totalCount": 2, "possibleCount": {"low": 1.0, "high": 2.0, "text": "1 to 2"}}
    assert "no birth is known" not in graph.dump()
    load([people], graph.store, selection=Selection(removed_units=frozenset({"j-1", "j-2"})), with_lints=False)
    assert graph.ask(QUERY) == {"person": {"maybeSame": []}}
    assert graph_hash(graph.store) == before


@pytest.mark.live
@pytest.mark.parametrize("left", ["one-person", "same-person"])
def test_a_judgement_of_other_records_than_before_leaves_none_behind(
    graph: LiveGraph, tmp_path: Path, left: str
) -> None:
    """Before, where only the judgement was loaded, one of the records that it did not name any more kept that it might be the other."""
    text = "judgements:\n  - {id: j-1, records: [RECORDS], verdict: unsure, by: olena, on: 2026-11-28, why: no birth is known}\n"
    people = write(
        tmp_path, PEOPLE + "  - {id: third-person, name: Ivan Testenko, cite: {source: a-list, at: row 4}}\n"
    )
    first = text.replace("RECORDS", "one-person, same-person")
    second = text.replace("RECORDS", f"{left}, third-person")
    hashes = []
    for steps in ([second], [first, second]):
        graph.wipe()
        graph.load([people])
        for step in steps:
            graph.load([write(tmp_path, step, "judgements.yaml")])
        hashes.append(graph_hash(graph.store))
    assert hashes[0] == hashes[1]


@pytest.mark.live
@pytest.mark.parametrize("verdict", ["verdict: unsure", "verdict: same, keep: one-person"])
def test_a_restricted_judgement_leaves_no_trace_in_a_public_graph(
    graph: LiveGraph, tmp_path: Path, verdict: str
) -> None:
    """``do-no-harm.md`` 4: a judgement that links a pseudonym to a name, both of them public, is restricted."""
    judgement = f"judgements: [{{id: j-1, records: [one-person, same-person], {verdict}, by: o, on: 2026-11-28, why: x, sensitivity: restricted}}]\n"
    text = PEOPLE + judgement
    graph.wipe()
    graph.load_text(PEOPLE, tmp_path)
    before = graph_hash(graph.store)
    graph.load_text(text, tmp_path)
    assert graph_hash(graph.store) == before
    assert "j-1" not in graph.dump()
    graph.wipe()
    graph.load([write(tmp_path, text)], audience=Sensitivity.RESTRICTED)
    found = graph.ask('{ person(id: "one-person") { maybeSame { id } mergedFrom } }')["person"]
    assert found in (
        {"maybeSame": [{"id": "same-person"}], "mergedFrom": []},
        {"maybeSame": [], "mergedFrom": ["same-person"]},
    )
    graph.wipe()


@pytest.mark.live
def test_a_restricted_graph_shows_everybody(graph: LiveGraph, tmp_path: Path) -> None:
    graph.wipe()
    graph.load([write(tmp_path, PEOPLE + UNSURE)], audience=Sensitivity.RESTRICTED)
    found = graph.ask(QUERY)["person"]["maybeSame"]
    assert sorted(one["id"] for one in found) == ["hidden-person", "same-person"]
    graph.wipe()


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{id: j-1, records: [one-person], verdict: unsure, by: o, on: 2026-11-28, why: x}", "expected 2 to 8 different ids of people"),
        ("{id: j-1, records: [one-person, one-person], verdict: unsure, by: o, on: 2026-11-28, why: x}", "expected 2 to 8 different ids"),
        ("{id: j-1, records: [one-person, a-list], verdict: unsure, by: o, on: 2026-11-28, why: x}", "expected the id of a person, it is a source"),
        ("{id: j-1, records: [one-person, nobody-here], verdict: unsure, by: o, on: 2026-11-28, why: x}", "'nobody-here' in records not found"),
        ("{id: j-1, records: [one-person, same-person], verdict: perhaps, by: o, on: 2026-11-28, why: x}", "Invalid judgement 'perhaps': expected one of"),
        ("{id: j-1, records: [one-person, same-person], verdict: unsure, by: o, on: 2026, why: x}", "Invalid day '2026'"),
        ("{id: j-1, records: [one-person, same-person], verdict: unsure, by: o, on: 2026-11-28}", "why is missing"),
        ("{id: j-1, records: [one-person, same-person], verdict: unsure, by: o, on: 2026-11-28, why: x, keep: one-person}", "expected it with the"),
    ],
)  # fmt: skip
def test_a_judgement_that_judges_nothing_is_a_problem(tmp_path: Path, entry: str, message: str) -> None:
    problems = examine([write(tmp_path, f"{PEOPLE}judgements:\n  - {entry}\n")]).problems
    assert message in "\n".join(map(str, problems))

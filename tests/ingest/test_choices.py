"""A steward's choice decides which value is shown where sources differ, with its reason; it adds no value of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_api.database.stored_claims import graph_hash
from graph_api.errors import InvalidSeeds
from graph_api.ontology.vocabulary import Sensitivity
from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live

GROUND = """
sources:
  - {id: first-page, title: First, kind: media, published: 2024-01}
  - {id: second-page, title: Second, kind: ngo, published: 2024-02}
  - {id: third-page, title: Third, kind: ngo, published: 2024-03}
people:
  - {id: one-person, name: One Person, category: civilian, cite: {source: first-page, at: page}}
events:
  - id: one-verdict
    kind: conviction
    participants: [{who: one-person}]
    sentence:
      - {value: {years: 10}, cite: {source: first-page, at: page}}
      - {value: {years: 12}, cite: [{source: second-page, at: page}, {source: third-page, at: page}]}
    cite: {source: first-page, at: page}
"""
CHOICE = """
choices:
  - {id: sentence-choice, about: one-verdict, property: sentence, value: {years: 10}, reason: it is that of the judgment}
"""
QUESTION = '{ event(id: "one-verdict") { disputed ... on Conviction { sentence { years } } claims(property: "sentence") { preferredBecause } } }'


def shown(graph: LiveGraph) -> tuple[int, list[str], set[str]]:
    event = graph.ask(QUESTION)["event"]
    return (
        event["sentence"]["years"],
        event["disputed"],
        {claim["preferredBecause"] for claim in event["claims"] if claim["preferredBecause"]},
    )


def test_a_choice_is_shown_with_its_reason_and_the_dispute_stays(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load_text(GROUND, tmp_path)
    assert shown(graph) == (12, ["sentence"], {"most origins, 2 against 1: 2 reports, origins not checked"})
    graph.load_text(CHOICE, tmp_path)
    assert shown(graph) == (10, ["sentence"], {"a steward's choice: it is that of the judgment"})
    assert graph.load_text(CHOICE, tmp_path).changes.is_empty


def test_a_choice_in_the_same_batch_comes_to_the_same(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load_text(GROUND, tmp_path)
    apart = graph.load_text(CHOICE, tmp_path).content_hash
    graph.wipe()
    assert graph.load_text(GROUND + CHOICE, tmp_path).content_hash == apart


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("value: {years: 11}, reason: a guess", "Invalid choice of sentence"),
        ("value: {years: 10}", "id, about (the id of a record), property, value, reason"),
        ("value: {years: ten}, reason: a word", "a whole number"),
    ],
)
def test_a_choice_of_what_no_source_says_or_without_reason_is_refused(
    graph: LiveGraph, tmp_path: Path, wrong: str, said: str
) -> None:
    graph.load_text(GROUND, tmp_path)
    before = graph.dump()
    with pytest.raises(InvalidSeeds) as refused:
        graph.load_text(f"choices:\n  - {{id: a-choice, about: one-verdict, property: sentence, {wrong}}}\n", tmp_path)
    assert any(said in problem.message for problem in refused.value.problems), refused.value.problems
    assert graph.dump() == before


def test_a_restricted_value_does_not_come_back_as_a_choice(graph: LiveGraph, tmp_path: Path) -> None:
    hidden = GROUND.replace("- {value: {years: 10}, cite", "- {value: {years: 10}, sensitivity: restricted, cite")
    graph.load_text(hidden + CHOICE, tmp_path)
    with_choice = graph_hash(graph.store)
    assert shown(graph)[0] == 12
    graph.wipe()
    assert graph.load_text(hidden, tmp_path).content_hash == with_choice
    graph.wipe()
    graph.load_text(hidden + CHOICE, tmp_path, audience=Sensitivity.RESTRICTED)
    assert shown(graph)[0] == 10

"""The headline question against a list that was made by reading the sources: civilians convicted, then exchanged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.graphs import LiveGraph
from tests.helpers.yaml_text import load_yaml

pytestmark = pytest.mark.live

CASES: list[dict[str, Any]] = load_yaml(
    (Path(__file__).parents[2] / "cases" / "convicted_then_exchanged.yaml").read_text("utf-8")
)["cases"]

QUESTION = """
query Headline($holds: Holds!, $where: PersonFilter) {
  sequences(steps: [{kind: CONVICTION}, {kind: EXCHANGE}], where: $where, holds: $holds, first: 100) {
    totalCount
    nodes { person { id } holds order between { atLeast atMost } modality explanation events { id date { edtf } citations { source { id } } } }
  }
}
"""
CIVILIANS = {"category": {"eq": "CIVILIAN"}}


def asked(seeded: LiveGraph, holds: str, where: dict[str, Any] | None) -> dict[str, Any]:
    found = seeded.ask(QUESTION, {"holds": holds, "where": where})["sequences"]
    assert found["totalCount"] == len(found["nodes"])
    assert len(seeded.sent) == 1
    return {node["person"]["id"]: node for node in found["nodes"]}


@pytest.mark.parametrize(("holds", "key"), [("FOR_ALL_DATES", "for_all"), ("FOR_SOME_DATES", "for_some")])
def test_civilians_convicted_then_exchanged_are_those_of_the_hand_checked_list(
    seeded: LiveGraph, holds: str, key: str
) -> None:
    expected = {case["id"] for case in CASES if case.get(key, case["in"]) and case["category"] == "civilian"}
    assert set(asked(seeded, holds, CIVILIANS)) == expected


def test_every_hit_has_its_basis_its_dates_and_its_sources(seeded: LiveGraph) -> None:
    found = asked(seeded, "FOR_ALL_DATES", CIVILIANS)
    words = {
        "dated": ": dated.",
        "stated order": "an order that a source states",
        "implied order": "no single source states the order",
        "known before": "reported before it",
        "statement about a group": "not stated of this person: the conviction",
    }
    bases = {
        "dated": ("DATED", {"STATED", "ATTRIBUTED", "DERIVED"}),
        "stated order": ("STATED", {"STATED", "ATTRIBUTED", "IMPLIED"}),
        "implied order": ("IMPLIED", {"IMPLIED"}),
        "known before": ("KNOWN_BY", {"STATED", "ATTRIBUTED"}),
        "statement about a group": ("DATED", {"IMPLIED"}),
    }
    for case in (case for case in CASES if case["in"]):
        node = found[case["id"]]
        order, modalities = bases[case["basis"]]
        assert node["order"] == [order], case["id"]
        assert node["modality"] in modalities, case["id"]
        assert words[case["basis"]] in node["explanation"], case["id"]
        assert [event["date"]["edtf"] if event["date"] else None for event in node["events"]] == [
            case["conviction"],
            case["exchange"],
        ], case["id"]
        assert all(event["citations"] for event in node["events"])


def test_the_reverse_question_returns_nobody_but_those_of_whom_a_source_says_so(seeded: LiveGraph) -> None:
    said = {case["id"] for case in CASES if case.get("reverse")}
    reverse = QUESTION.replace("{kind: CONVICTION}, {kind: EXCHANGE}", "{kind: EXCHANGE}, {kind: CONVICTION}")
    for holds in ("FOR_ALL_DATES", "FOR_SOME_DATES"):
        assert {
            node["person"]["id"] for node in seeded.ask(reverse, {"holds": holds, "where": None})["sequences"]["nodes"]
        } == said


def test_the_list_names_every_person_who_was_detained(seeded: LiveGraph) -> None:
    detained = seeded.ask(
        "{ people(first: 500, "
        "where: {or: [{category: {in: [CIVILIAN, PRISONER_OF_WAR]}}, {someEvent: {where: {kinds: [DETENTION, CONVICTION, EXCHANGE]}}}]}) { nodes { id } } }"
    )["people"]["nodes"]
    assert {one["id"] for one in detained} <= {case["id"] for case in CASES}


def test_those_whom_the_issue_names_are_in_or_out_each_for_its_reason(seeded: LiveGraph) -> None:
    reasons = {case["id"]: case["reason"] for case in CASES}
    found = set(asked(seeded, "FOR_SOME_DATES", CIVILIANS))
    assert {"bohdan-kovalchuk", "yevhen-panov", "artur-panov"} <= found
    out = {
        "vladyslav-yesypenko",
        "dmytro-khyliuk",
        "iryna-horobtsova",
        "maksym-butkevych",
        "mark-kaliush",
        "andrii-zakhtei",
    }
    assert not out & found
    assert len({reasons[one] for one in out}) == len(out)
    assert "maksym-butkevych" in asked(
        seeded, "FOR_ALL_DATES", None
    )  # a prisoner of war: out by his category, not by his events

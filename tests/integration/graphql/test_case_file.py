"""The case file through the API: its lines, the records in it, and the same answer by both ways of executing an operation."""

from __future__ import annotations

from typing import Any

import pytest

from graph_api.database.stored_claims import graph_hash
from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live

CASE_FILE = """
query CaseFile($person: ID!, $language: Language! = EN) {
  caseFile(person: $person, language: $language) {
    __typename knownTo snapshot contentHash notice
    person { id } again: person { name }
    status { custody citations { source { id } } }
    timeline { ...line }
    announced { ...line }
    about { totalCount nodes { id } }
    differences { id kind property subject { id } explanation claims { id } }
    gaps { kind text span { display start { edtf } end { edtf } } }
    leads { kind text lines }
    wgeid: form(form: WGEID) { label text references }
    echr: form(form: ECHR) { label text references }
    convention: form(form: GC3_122) { label text references }
    references { number text locators source { id title } }
  }
}
fragment line on TimelineEntry {
  line role text placement notOrderedWith references differences
  date { edtf } bounds { earliest latest }
  event { __typename id ... on Conviction { court { name } } }
  clauses { text references modality saidBy { __typename name } saidByRole }
}
"""


def case_file(graph: LiveGraph, person: str, language: str = "EN") -> Any:
    return graph.ask(CASE_FILE, {"person": person, "language": language})["caseFile"]


def test_lines_stand_in_order_with_the_references_of_just_what_they_say(seeded: LiveGraph) -> None:
    found = case_file(seeded, "iryna-horobtsova")
    events = [
        (one["line"], one["event"]["id"].removeprefix("iryna-horobtsova-"), one["placement"])
        for one in found["timeline"]
    ]
    assert events == [
        (1, "detention", "DATED"),
        (2, "transfer", "DATED"),
        (3, "trial", "BETWEEN"),
        (4, "conviction", "DATED"),
        (5, "transfer-2025", "DATED"),
        (6, "appeal", "DATED"),
        (7, "cassation", "DATED"),
        (8, "charge", "UNDATED"),
    ]
    sources = {one["number"]: one["source"]["id"] for one in found["references"]}
    judgment = found["timeline"][3]
    assert {sources[number] for number in judgment["references"]} == {
        "hrw-2025-08-first-step",
        "khpg-2024-08-19-horobtsova",
        "kyivpost-2024-08-horobtsova",
    }
    [sentence] = [one for one in judgment["clauses"] if one["text"].startswith("to 10 years 6 months")]
    assert {sources[number] for number in sentence["references"]} == {
        "khpg-2024-08-19-horobtsova",
        "kyivpost-2024-08-horobtsova",
    }
    assert found["timeline"][4]["notOrderedWith"] == [6, 7]
    assert [one["number"] for one in found["references"]] == list(range(1, len(sources) + 1))


def test_differences_gaps_and_forms_follow_from_the_same_facts(seeded: LiveGraph) -> None:
    found = case_file(seeded, "iryna-horobtsova")
    assert [(one["kind"], one["property"]) for one in found["differences"]] == [("DATE", "date"), ("VALUE", "sentence")]
    lines = {one["event"]["id"]: one["differences"] for one in found["timeline"]}
    assert lines["iryna-horobtsova-appeal"] == [found["differences"][0]["id"]]
    assert [(one["kind"], one["text"]) for one in found["gaps"]] == [
        ("NO_SITE", "No site is named in this edition."),
        ("NO_REPORT", "No later report in this edition than 19 September 2025."),
    ]
    fields = {one["label"]: one["text"] for one in found["convention"]}
    assert fields["Rank"] == "not given in this edition"
    assert "moved to Crimea" in fields["Transfers"]
    assert [one["text"] for one in found["wgeid"] if one["label"].startswith("Day, month")] == ["13 May 2022"]


def test_a_report_about_a_person_is_reached_from_the_person(seeded: LiveGraph) -> None:
    about = [one["id"] for one in case_file(seeded, "victoriia-roshchyna")["about"]["nodes"]]
    assert "victoriia-roshchyna-death-news" in about


def test_what_was_only_announced_stands_apart(seeded: LiveGraph) -> None:
    found = case_file(seeded, "leniie-umerova")
    assert [one["event"]["id"] for one in found["announced"]] == ["leniie-umerova-trial"]
    assert "leniie-umerova-trial" not in [one["event"]["id"] for one in found["timeline"]]


@pytest.mark.parametrize("language", ["EN", "UK"])
def test_the_same_graph_and_language_give_the_same_file_by_both_ways_of_execution(
    seeded: LiveGraph, language: str
) -> None:
    asked = {"person": "victoriia-roshchyna", "language": language}
    assert seeded.by_core(CASE_FILE, asked) == seeded.ask(CASE_FILE, asked) == seeded.ask(CASE_FILE, asked)


def test_a_file_states_from_which_graph_it_was_made(seeded: LiveGraph) -> None:
    found = case_file(seeded, "iryna-horobtsova")
    assert found["snapshot"] == graph_hash(seeded.store)
    assert found["knownTo"] == "2026-11-22"


def test_a_person_who_is_not_in_the_graph_has_no_case_file(seeded: LiveGraph) -> None:
    assert seeded.ask('{ caseFile(person: "nobody") { snapshot } }') == {"caseFile": None}
    assert seeded.ask('{ caseFile(person: "kherson") { snapshot } }') == {"caseFile": None}

"""Case files of made-up people for what the seeds have of nobody: results on which sources differ, who is taken again, announced and then reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from graph_api.casefile.case_file import case_file
from graph_api.casefile.facts import parse_facts
from graph_api.database.queries import named
from graph_api.evidence.status_text import Language
from tests.helpers.graphs import LiveGraph
from tests.helpers.second_references import problems

pytestmark = pytest.mark.live

SEEDS = Path(__file__).with_name("made-up-people.yaml")
PEOPLE = ("appeal", "retaken", "offence", "dispute", "side", "beside", "planned")
OCCUPYING, OWN = "(court of the occupying power)", "(court of the Russian Federation, sitting in Russia)"
REPORT, ARTICLE, NEWS, MINISTRY = "mup-report", "mup-article", "mup-news", "mup-ministry"


@pytest.fixture(scope="module")
def rows(live: LiveGraph) -> Mapping[str, Any]:
    """Return the facts of everybody."""
    live.wipe()
    live.load([SEEDS])
    return {one: live.store.read(named("case_file", id=f"mup-{one}", known=None), seconds=60)[0][0] for one in PEOPLE}


def file_of(row: Mapping[str, Any]) -> dict[str, Any]:
    return asdict(case_file(parse_facts(row), Language.EN))


def clauses(row: Mapping[str, Any], event: str, name: str) -> list[tuple[str, list[str]]]:
    """Return the clauses of the line of an event that print a property, each with its sources."""
    file = file_of(row)
    sources = {one["number"]: one["source"] for one in file["references"]}
    [line] = [one for one in file["timeline"] if one["event"] == f"mup-{event}"]
    return [
        (one["text"], [sources[n] for n in one["references"]]) for one in line["clauses"] if one["property"] == name
    ]


def test_every_clause_and_difference_cites_just_the_sources_that_say_it(rows: Mapping[str, Any]) -> None:
    assert {person: wrong for person, row in rows.items() if (wrong := problems(row, file_of(row)))} == {}


def test_the_result_of_an_appeal_cites_who_reports_it_and_not_who_reports_only_the_decision(
    rows: Mapping[str, Any],
) -> None:
    row = rows["appeal"]
    assert clauses(row, "appeal-decided", "kind") == [("decision of a higher court reported", [REPORT, ARTICLE, NEWS])]
    assert clauses(row, "appeal-decided", "result") == [
        ("judgment reported upheld (sources differ)", [ARTICLE]),
        ("(another report: sentence reported reduced)", [NEWS]),
    ]
    assert " 10 years (sources differ)." in file_of(row)["status"][1]["text"]
    [remand] = [one["text"] for one in file_of(row)["timeline"] if one["kind"] == "REMAND"]
    assert remand == f"May 2022: custody ordered by “First court” {OCCUPYING}."


def test_values_that_cannot_be_right_stand_beside_the_one_shown(rows: Mapping[str, Any]) -> None:
    row = rows["dispute"]
    assert clauses(row, "dispute-taken", "places") == [
        ("in Firsttown (sources differ)", [REPORT]),
        ("(another report: Secondtown)", [ARTICLE]),
    ]
    assert clauses(row, "dispute-judged", "court") == [
        (f"by “First court” {OCCUPYING} (sources differ)", [REPORT]),
        (f"(another report: “Second court” {OWN})", [ARTICLE]),
    ]
    assert clauses(row, "dispute-released", "ground") == [
        ("pardon reported (sources differ)", [REPORT]),
        ("(another report: after the term, as reported)", [ARTICLE]),
    ]


def test_offences_of_one_code_are_two_unless_one_is_the_other_with_its_article(rows: Mapping[str, Any]) -> None:
    words = "on a charge, as the court named it, of"
    law = "of the Criminal Code of the Russian Federation)"
    assert {text.removeprefix(f"{words} ").removeprefix("and of ") for text, _ in clauses(rows["offence"], "offence-judged", "offences")} == {
        f"insulting a flag (article 329 {law}", "trespass", f"spying (article 276 {law}",
    }  # fmt: skip


def test_who_is_held_again_after_a_return_has_no_site(rows: Mapping[str, Any]) -> None:
    file = file_of(rows["retaken"])
    assert file["timeline"][-1]["text"] == "March 2023: held in Made-up Oblast until September 2023."
    assert (file["stays"], file["status"][0]["text"]) == ((), "Last reported in custody in September 2023.")
    assert file["gaps"][-1]["text"] == "No later report in this edition than 30 September 2023."


def test_differences_about_the_part_of_somebody_else_are_theirs_alone(rows: Mapping[str, Any], live: LiveGraph) -> None:
    asked = '{ caseFile(person: "mup-%s") { differences { kind property } } differences(subject: "mup-%s") { nodes { kind property } } }'
    for person, expected in (("side", {"side"}), ("beside", set())):
        assert {one["property"] for one in file_of(rows[person])["differences"]} & {"side"} == expected
        found = live.ask(asked % (person, person))
        own = found["caseFile"]["differences"]
        assert own == found["differences"]["nodes"]
        assert {one["property"] for one in own} == {"date", "quantity"} | expected
    assert clauses(rows["side"], "exchange", "side") == [("to Made-up State (sources differ)", [REPORT])]
    assert clauses(rows["beside"], "exchange", "side") == [("to Made-up State", [REPORT])]
    every = live.ask('{ differences(subject: "mup-exchange") { nodes { property } } }')["differences"]["nodes"]
    assert {one["property"] for one in every} == {"date", "quantity", "side"}


def test_who_only_announced_an_event_is_no_reference_for_that_it_happened(rows: Mapping[str, Any]) -> None:
    assert clauses(rows["planned"], "planned-exchange", "kind") == [
        ("handed over in what sources call an exchange", [MINISTRY])
    ]
    assert clauses(rows["planned"], "planned-exchange", "side") == [
        ("to Made-up State (as announced beforehand)", [REPORT])
    ]

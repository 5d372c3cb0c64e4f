"""Case files of people of the seeds as known on a day, and the seeds as of their last day: versions of all days are made once."""

from __future__ import annotations

from typing import Final

import pytest

from graph_api.casefile.case_file import CaseFile, case_file
from graph_api.casefile.facts import parse_facts
from graph_api.evidence.status_text import Language
from graph_api.execution.as_of import case_file_facts, case_file_statements
from graph_api.ingest.as_of import store_versions
from graph_api.values.dates import day_number, parse_day
from tests.helpers.graphs import SEEDS, LiveGraph

pytestmark = [pytest.mark.live, pytest.mark.slow]

KHPG, S4P, HRW = "khpg-2024-08-19-horobtsova", "s4p-2025-05-01-espionage-sentences", "hrw-2025-08-first-step"
APPEAL: Final = "khpg-2025-04-horobtsova-appeal"


@pytest.fixture(scope="module")
def graph(live: LiveGraph) -> LiveGraph:
    live.wipe()
    live.load([SEEDS])
    store_versions(live.store)
    return live


def file_of(graph: LiveGraph, person: str, day: str) -> CaseFile | None:
    number = day_number(parse_day(day))
    facts = case_file_facts(graph.store.read_all(case_file_statements(person, number), seconds=60))
    return None if facts is None else case_file(parse_facts(facts), Language.EN)


@pytest.mark.parametrize(
    ("person", "day"), [("iryna-horobtsova", "2024-08-18"), ("kostiantyn-davydenko", "2025-12-31")]
)
def test_nobody_is_known_before_the_first_source(graph: LiveGraph, person: str, day: str) -> None:
    assert file_of(graph, person, day) is None


def test_the_judgment_stands_with_its_first_report_before_others_are_known(graph: LiveGraph) -> None:
    file = file_of(graph, "iryna-horobtsova", "2024-09-01")
    assert file is not None
    assert [one.source for one in file.references] == [KHPG]
    assert [(one.kind, one.placement) for one in file.timeline] == [
        ("CONVICTION", "DATED"), ("CHARGE", "UNDATED"), ("TRIAL", "UNDATED"),
    ]  # fmt: skip
    assert file.timeline[0].references == (1,)
    assert "10 years 6 months" in file.timeline[0].text
    assert file.notices[0].startswith("As known on 1 September 2024:")


def test_what_was_known_a_year_later(graph: LiveGraph) -> None:
    file = file_of(graph, "iryna-horobtsova", "2025-08-31")
    assert file is not None
    assert file.known_to == "2025-08-31"
    assert {one.source for one in file.references} == {HRW, KHPG, APPEAL, S4P}
    assert [(one.kind, one.placement) for one in file.timeline] == [
        ("DETENTION", "DATED"), ("TRANSFER", "DATED"), ("TRIAL", "BETWEEN"), ("CONVICTION", "DATED"), ("APPEAL", "DATED"), ("CHARGE", "UNDATED"),
    ]  # fmt: skip
    assert {one.id for one in file.differences} == {
        "DATE:iryna-horobtsova-appeal:date",
        "VALUE:iryna-horobtsova-conviction:sentence",
    }


def test_the_last_day_is_today(graph: LiveGraph) -> None:
    asked = """{ differences(first: 100) { nodes { id explanation claims { id } } } people(first: 100, orderBy: {field: ID}) { totalCount nodes {
      id status { text } stays(first: 20) { nodes { span { display } site { id } } } events(first: 50) { nodes { id } } } } }"""
    assert graph.ask(f'query @asOf(known: "2027-01-01") {asked}') == graph.ask(asked)

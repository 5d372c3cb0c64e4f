"""The status of people in the API: fields, filters, order, totals, citations."""

from __future__ import annotations

from typing import Any

import pytest

from tests.evidence.test_status import PATH
from tests.helpers.graphs import LiveGraph
from tests.helpers.yaml_text import load_yaml

pytestmark = pytest.mark.live
EXPECTED: dict[str, dict[str, Any]] = load_yaml(PATH.read_text("utf-8"))

ALL = """
{ people(first: 200) { nodes { id status {
  custody custodySince { edtf } custodyReported custodyReportedFor { edtf }
  legal legalSince { edtf } legalReported legalReportedFor { edtf }
  sentenceInForce { kind totalMonthsLow totalMonthsHigh } returned text citations { source { id } locator }
} } } }
"""


def test_the_stored_status_of_everybody_is_the_one_that_was_read_against_the_sources(seeded: LiveGraph) -> None:
    people = seeded.ask(ALL)["people"]["nodes"]
    shown = {one["id"]: _described(one["status"]) for one in people if one["id"] in EXPECTED}
    assert shown == {
        person: {k: v for k, v in one.items() if k not in ("events", "within-reach", "judgments-not-ordered")}
        for person, one in EXPECTED.items()
    }
    others = [one["status"] for one in people if one["id"] not in EXPECTED]
    assert {(one["custody"], one["legal"], one["text"]) for one in others} == {
        ("UNKNOWN", "UNKNOWN", "No report of custody in this edition.")
    }


def _described(status: dict[str, Any]) -> dict[str, Any]:
    sentence = status["sentenceInForce"]
    values: dict[str, Any] = {"custody": status["custody"], "legal": status["legal"], "returned": status["returned"]}
    for axis in ("custody", "legal"):
        values[f"{axis}-since"] = (status[f"{axis}Since"] or {}).get("edtf")
        values[f"{axis}-reported"] = status[f"{axis}Reported"]
        values[f"{axis}-reported-for"] = (status[f"{axis}ReportedFor"] or {}).get("edtf")
    if sentence:
        months = {"months_low": sentence["totalMonthsLow"], "months_high": sentence["totalMonthsHigh"]}
        values["sentence"] = {"kind": sentence["kind"], **{k: v for k, v in months.items() if v is not None}}
    return {key: value for key, value in values.items() if value is not None}


def test_a_status_cites_its_reports_and_of_an_event_of_many_the_persons_part_only(seeded: LiveGraph) -> None:
    query = '{ person(id: "nariman-dzhelyal") { status { citations { source { id } } } } event(id: "exchange-2024-06-28") { citations { source { id } } } }'
    found = seeded.ask(query)
    own = {one["source"]["id"] for one in found["person"]["status"]["citations"]}
    whole = {one["source"]["id"] for one in found["event"]["citations"]}
    assert own
    assert not whole <= own


@pytest.mark.parametrize(
    ("where", "matches"),
    [
        ("custody: IN_CUSTODY", lambda one: one["custody"] == "IN_CUSTODY"),
        ("custody: DEAD", lambda one: one["custody"] == "DEAD"),
        ("legal: CONVICTED_IN_ABSENTIA", lambda one: one["legal"] == "CONVICTED_IN_ABSENTIA"),
        (
            'custody: IN_CUSTODY, custodyReported: {from: "2025-01-01"}',
            lambda one: one["custody"] == "IN_CUSTODY" and one.get("custody-reported", "") >= "2025",
        ),
    ],
)
def test_people_are_filtered_by_status(seeded: LiveGraph, where: str, matches: Any) -> None:
    found = seeded.ask(f"{{ people(where: {{{where}}}, first: 200) {{ nodes {{ id }} }} }}")["people"]["nodes"]
    assert {one["id"] for one in found} == {person for person, one in EXPECTED.items() if matches(one)}


def test_people_are_sorted_by_the_last_report_of_custody_and_counted_by_status(seeded: LiveGraph) -> None:
    query = "{ people(orderBy: {field: CUSTODY_REPORTED, direction: DESC}, where: {custody: IN_CUSTODY}, first: 200) { nodes { status { custodyReported } } } }"
    days = [one["status"]["custodyReported"] for one in seeded.ask(query)["people"]["nodes"]]
    dated = [day for day in days if day]
    assert dated == sorted(dated, reverse=True)
    assert days == dated + [None] * (len(days) - len(dated))
    rows = seeded.ask("{ totals(by: [CUSTODY], events: {kinds: [DETENTION]}) { nodes { keys { value } people } } }")[
        "totals"
    ]["nodes"]
    assert {row["keys"][0]["value"] for row in rows} >= {"IN_CUSTODY", "FREE"}

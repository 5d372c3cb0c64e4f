"""Events that sources only announce are left out wherever events are matched, listed or counted, unless ``occurrence`` asks for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live

SEED = """
sources:
  - {id: a-page, title: A page, kind: media, published: 2024-03-01}
people:
  - {id: synthetic-person, name: Synthetic Person, cite: {source: a-page, at: page}}
events:
  - id: the-detention
    kind: detention
    date: 2024-01-02
    cite: {source: a-page, at: page}
    participants: [{who: synthetic-person, role: subject}]
  - id: the-hearing
    kind: trial
    date: 2024-04-05
    announced: true
    cite: {source: a-page, at: page}
    participants: [{who: synthetic-person, role: subject}]
"""

BOTH, PAST, EXPECTED = ["the-detention", "the-hearing"], ["the-detention"], ["the-hearing"]


@pytest.mark.parametrize(
    ("occurrence", "ids"), [(None, PAST), ("REPORTED", PAST), ("ANNOUNCED", EXPECTED), ("ANY", BOTH)]
)
def test_announced_events_are_found_where_they_are_asked_for(
    graph: LiveGraph, tmp_path: Path, occurrence: str | None, ids: list[str]
) -> None:
    graph.load_text(SEED, tmp_path)
    where = {"occurrence": occurrence} if occurrence else None
    found: Any = graph.ask(
        """query($where: EventFilter, $event: EventMatch!, $steps: [StepInput!]!) {
          events(where: $where) { totalCount nodes { id announced } }
          person(id: "synthetic-person") { events(where: $where, orderBy: {field: DATE}) { totalCount nodes { id } } }
          people(where: {someEvent: $event}) { totalCount }
          totals(by: [KIND], events: $where) { nodes { events } }
          sequences(steps: $steps) { totalCount }
          event(id: "the-hearing") { id announced bounds { earliest latest } }
        }""",
        {
            "where": where,
            "event": {"where": {"kind": "TRIAL", **(where or {})}},
            "steps": [{"kind": "TRIAL", "where": where}],
        },
    )
    assert sorted(one["id"] for one in found["events"]["nodes"]) == ids
    assert [one["id"] for one in found["person"]["events"]["nodes"]] == ids
    assert found["events"]["totalCount"] == found["person"]["events"]["totalCount"] == len(ids)
    is_matched = int("the-hearing" in ids)
    assert found["people"]["totalCount"] == found["sequences"]["totalCount"] == is_matched
    assert sum(one["events"] for one in found["totals"]["nodes"]) == len(ids)
    day = "2024-04-05"
    assert found["event"] == {"id": "the-hearing", "announced": True, "bounds": {"earliest": day, "latest": day}}


@pytest.mark.parametrize(
    "below", ["and: [{occurrence: ANY}]", "or: [{occurrence: ANNOUNCED}]", "not: {occurrence: ANY}"]
)
def test_occurrence_below_the_outermost_filter_is_an_error(graph: LiveGraph, below: str) -> None:
    result = graph.result(f"{{ events(where: {{{below}}}) {{ totalCount }} }}")
    assert "expected it at the outermost EventFilter only" in str(result.errors)


EXPECTED_TRIALS = {"leniie-umerova": "leniie-umerova-trial", "yana-suvorova": "yana-suvorova-trial"}
"""People of the seeds of whose trial sources only said that a hearing was expected."""
TRIALS = """
query Trials($id: ID!, $where: EventFilter!, $match: EventMatch!, $steps: [StepInput!]!) {
  listed: events(where: $where, first: 500) { nodes { id } }
  own: person(id: $id) { events(where: $where) { nodes { id } } status { legal } }
  people: people(where: {someEvent: $match}, first: 500) { nodes { id } }
  others: people(where: {noEvent: $match}, first: 500) { nodes { id } }
  histories: people(where: {history: {steps: $steps}}, first: 500) { nodes { id } }
  sequences(steps: $steps, first: 500) { nodes { person { id } events { id } } }
  totals(by: [KIND], people: {id: {eq: $id}}, events: $where) { nodes { people events } }
}
"""


@pytest.mark.parametrize("person", EXPECTED_TRIALS)
@pytest.mark.parametrize(("occurrence", "is_counted"), [(None, False), ("ANNOUNCED", True), ("ANY", True)])
def test_a_trial_that_was_only_expected_is_in_no_query_that_counts_trials_unless_it_is_asked_for(
    seeded: LiveGraph, person: str, occurrence: str | None, is_counted: bool
) -> None:
    where: dict[str, Any] = {"kind": "TRIAL"} | ({"occurrence": occurrence} if occurrence else {})
    steps = [{"kind": "TRIAL", "where": {"occurrence": occurrence} if occurrence else None}]
    found: Any = seeded.ask(TRIALS, {"id": person, "where": where, "match": {"where": where}, "steps": steps})
    trial = EXPECTED_TRIALS[person]
    ids = {key: {one["id"] for one in found[key]["nodes"]} for key in ("listed", "people", "others", "histories")}
    assert (trial in ids["listed"]) is is_counted
    assert [one["id"] for one in found["own"]["events"]["nodes"]] == ([trial] if is_counted else [])
    assert (person in ids["people"], person in ids["others"]) == (is_counted, not is_counted)
    assert (person in ids["histories"]) is is_counted
    chains = {one["person"]["id"]: one["events"] for one in found["sequences"]["nodes"]}
    assert chains.get(person) == ([{"id": trial}] if is_counted else None)
    assert found["totals"]["nodes"] == ([{"people": 1, "events": 1}] if is_counted else [])
    assert found["own"]["status"]["legal"] != "ON_TRIAL"

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

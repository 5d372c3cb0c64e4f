"""What is said about a person: events about them, about an event of theirs, or about a group of theirs; and those groups."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live

SEED = """
sources:
  - {id: a-page, title: A page, kind: media, published: 2025-03-01}
people:
  - {id: the-person, name: Synthetic Person, cite: {source: a-page, at: page}}
  - {id: somebody-else, name: Synthetic Else, cite: {source: a-page, at: page}}
groups:
  - {id: the-group, name: Synthetic group, members: [the-person], cite: {source: a-page, at: page}}
  - {id: another-group, name: Synthetic other group, members: [somebody-else], cite: {source: a-page, at: page}}
events:
  - {id: the-trial, kind: trial, date: 2024-05, participants: [{who: the-person}], cite: {source: a-page, at: page}}
  - {id: trial-of-another, kind: trial, date: 2024-05, participants: [{who: somebody-else}], cite: {source: a-page, at: page}}
  - {id: on-the-person, kind: statement, date: 2024-06-03, about: [the-person], cite: {source: a-page, at: page}}
  - {id: on-the-trial, kind: report, date: 2024-06-02, about: [the-trial, the-person], cite: {source: a-page, at: page}}
  - {id: on-the-group, kind: resolution, date: 2024-06-01, about: [the-group], cite: {source: a-page, at: page}}
  - {id: expected, kind: statement, date: 2025-06-01, announced: true, about: [the-person], cite: {source: a-page, at: page}}
  - {id: on-another, kind: statement, date: 2024-06-01, about: [somebody-else, another-group, trial-of-another], cite: {source: a-page, at: page}}
"""


def test_what_is_about_a_person_their_events_and_their_groups_is_listed_once_in_order(
    graph: LiveGraph, tmp_path: Path
) -> None:
    graph.load_text(SEED, tmp_path)
    person = graph.ask(
        """{ person(id: "the-person") {
          about { totalCount nodes { id } }
          last: about(orderBy: {field: DATE, direction: DESC}, first: 1) { nodes { id } pageInfo { hasNextPage } }
          statements: about(where: {kind: STATEMENT, occurrence: ANY}, orderBy: {field: ID}) { nodes { id } }
          groups { totalCount nodes { id } }
        } }"""
    )["person"]
    assert person["about"] == {
        "totalCount": 3,
        "nodes": [{"id": "on-the-group"}, {"id": "on-the-trial"}, {"id": "on-the-person"}],
    }
    assert person["last"] == {"nodes": [{"id": "on-the-person"}], "pageInfo": {"hasNextPage": True}}
    assert [one["id"] for one in person["statements"]["nodes"]] == ["expected", "on-the-person"]
    assert person["groups"] == {"totalCount": 1, "nodes": [{"id": "the-group"}]}

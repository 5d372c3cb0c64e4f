"""Versions of nodes: those that hold on a day are what a load of the claims known by that day stores."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.evidence.claims import Claim
from graph_api.evidence.known import days_of
from graph_api.ingest.load import check
from graph_api.ingest.stored_graph import Key, StoredLink
from graph_api.ingest.versions import ALWAYS, at, known_graph, links, versions_of
from graph_api.ontology.vocabulary import Sensitivity
from tests.helpers.random_graphs import write_random_seeds

GRAPHS = 3


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("random")


@cache
def claims_of(number: int, folder: Path) -> tuple[Claim, ...]:
    return check([write_random_seeds(number, folder)], Sensitivity.RESTRICTED)[1].claims


@settings(max_examples=8)
@given(number=st.integers(0, GRAPHS - 1), audience=st.sampled_from(Sensitivity), data=st.data())
def test_the_versions_of_a_day_are_the_graph_of_what_was_known(
    folder: Path, number: int, audience: Sensitivity, data: st.DataObject
) -> None:
    every = claims_of(number, folder)
    claims = [one for one in every if one.kind == "source" or data.draw(st.booleans())]
    found = versions_of(claims, audience)
    days = days_of(claims)
    day = data.draw(st.integers(days[0] - 2, days[-1] + 2))
    assert at(found, day) == known_graph(claims, day, audience)


JUDGED_LATER = """
sources:
  - {id: s-22, title: First, kind: ngo, url: "https://example.org/1", published: 2022-05-01}
  - {id: s-24, title: Second, kind: ngo, url: "https://example.org/2", published: 2024-02-01}
people:
  - {id: b-person, name: Synthetic One, category: civilian, cite: {source: s-22, at: page}}
  - {id: a-person, name: Synthetic One, category: civilian, cite: {source: s-24, at: page}}
groups:
  - {id: a-group, name: Synthetic group, category: civilian, members: [b-person], cite: {source: s-22, at: page}}
events:
  - {id: a-report, kind: report, about: [b-person], date: 2022-04, cite: {source: s-22, at: page}}
judgements:
  - {id: j-1, records: [a-person, b-person], verdict: same, keep: a-person, by: olena, on: 2024-03-01, why: same birth year}
"""


@pytest.mark.parametrize("audience", Sensitivity)
def test_links_lead_to_the_record_that_is_kept_from_the_day_on_which_it_is_known(
    tmp_path: Path, audience: Sensitivity
) -> None:
    """What was known before is not projected again for every day; a merge changes where its links lead, and not its claims."""
    path = tmp_path / "judged.yaml"
    path.write_text(JUDGED_LATER)
    validation, batch = check([path], audience)
    assert not validation.problems
    found = versions_of(batch.claims, audience)
    for day in days_of(batch.claims):
        assert at(found, day) == known_graph(batch.claims, day, audience)
    last = at(found, ALWAYS - 1)
    members = [(one.start[1], one.end[1]) for node in last.values() for one in node.links if one.type == "MEMBER"]
    assert members == [("a-group", "a-person")]


def test_relationships_join_versions_that_hold_on_a_common_day(folder: Path) -> None:
    claims = claims_of(1, folder)
    found = versions_of(claims, Sensitivity.RESTRICTED)
    until = {(key, one.since): one.until for key, every in found.items() for one in every}
    between = list(links(found))
    assert between
    for day in days_of(claims):
        held = {
            (one.start[0], one.type, one.end[0], one.properties.get("id"))
            for one in between
            if all(end[1] <= day < until[end] for end in (one.start, one.end))
        }
        graph = known_graph(claims, day, Sensitivity.RESTRICTED)
        stated = [link for node in graph.values() for link in node.links]
        assert held == {_ends(one) for one in stated if one.start in graph and one.end in graph}


def test_the_last_version_of_what_is_known_today_holds_always(folder: Path) -> None:
    claims = claims_of(2, folder)
    last = {key: every[-1].until for key, every in versions_of(claims, Sensitivity.RESTRICTED).items()}
    today = known_graph(claims, days_of(claims)[-1], Sensitivity.RESTRICTED)
    assert {key for key, until in last.items() if until == ALWAYS} == today.keys()


def _ends(link: StoredLink) -> tuple[Key, str, Key, object]:
    return link.start, link.type, link.end, link.properties.get("id")

"""Stays follow what is stored: a load, a site that turns out not to be known, a removed event and a rebuild give those of a fresh load.

Made-up people only.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_api.evidence.projection import PROJECTION_VERSION
from graph_api.ingest.rebuild import migrate_records
from graph_api.ontology.vocabulary import Sensitivity
from graph_api.statement import Statement
from tests.helpers.graphs import LiveGraph
from tests.ingest.texts import contents, write

pytestmark = pytest.mark.live

STAYS = "MATCH (s:Stay)-[:STAY_AT]->(x) RETURN s.id, x.id, s.start, s.end, s.compared ORDER BY s.id"
SOURCES = """
sources:
  - {id: a-page, title: A page, kind: media, published: 2025-01-01}
  - {id: a-court, title: A judgment, kind: court-record, published: 2025-01-01}
"""
PEOPLE = """
people:
  - {id: out-one, name: Ada Example, cite: {source: a-page, at: ¶1}}
  - {id: out-two, name: Ben Example, cite: {source: a-page, at: ¶1}}
  - {id: within-one, name: Cid Example, cite: {source: a-page, at: ¶1}}
"""
SITES = """
sites:
  - {id: a-site, name: A site, kind: camp, cite: {source: a-page, at: ¶2}}
  - {id: a-prison, name: A prison, kind: prison, cite: {source: a-page, at: ¶2}}
"""
EVENTS = """
events:
  - {id: held-one, kind: confinement, participants: [{who: out-one}], sites: [a-site], date: 2024-03-01, until: 2024-03-20,
     cite: {source: a-page, at: ¶3}}
  - {id: taken-two, kind: detention, participants: [{who: out-two}], sites: [a-site], date: 2024-03-05, cite: {source: a-page, at: ¶3}}
  - {id: moved-two, kind: transfer, participants: [{who: out-two}], from-site: a-site, to-site: a-prison, date: 2024-03-10,
     cite: {source: a-page, at: ¶3}}
  - {id: swap, kind: exchange, participants: [{who: out-one}, {who: out-two}], date: 2024-06-01, cite: {source: a-page, at: ¶4}}
  - {id: held-known, kind: confinement, participants: [{who: within-one}], sites: [a-site], date: 2024-03-01, until: 2024-03-20,
     cite: {source: a-court, at: ¶1}}
  - {id: held-told, kind: confinement, participants: [{who: within-one}], sites: [a-prison], date: 2024-03-10, until: 2024-03-20,
     cite: {source: a-page, at: ¶9}}
"""
ALL = SOURCES + PEOPLE + SITES + EVENTS
OF_ONE = '{ person(id: "%s") { stays { totalCount } coDetainees { nodes { person { id } surely atMost holds } } } }'


def stays(graph: LiveGraph) -> list[list[object]]:
    return [list(row) for row in graph.store.read(Statement(STAYS, {}, "stays"), seconds=20)]


def beside(graph: LiveGraph, person: str) -> list[tuple[str, int, int]]:
    rows = graph.ask(OF_ONE % person)["person"]["coDetainees"]["nodes"]
    return [(one["person"]["id"], one["surely"], one["atMost"]) for one in rows]


def test_a_public_graph_has_no_stay_of_somebody_within_reach_but_a_published_one_and_names_nobody_beside_it(
    graph: LiveGraph, tmp_path: Path
) -> None:
    graph.load([write(tmp_path, ALL)])
    assert stays(graph) == [
        ["held-known/stay/within-one", "a-site", "2024-03-01", "2024-03-20", False],
        ["held-one/stay/out-one", "a-site", "2024-03-01", "2024-03-20", True],
        ["moved-two/stay/out-two", "a-prison", "2024-03-10", "[2024-03-10..2024-06-01]", True],
        ["taken-two/stay/out-two", "a-site", "2024-03-05", "2024-03-10", True],
    ]
    assert beside(graph, "out-one") == [("out-two", 6, 6)]
    assert beside(graph, "within-one") == []


def test_a_restricted_graph_has_all_of_them(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load([write(tmp_path, ALL)], audience=Sensitivity.RESTRICTED)
    assert len(stays(graph)) == 5
    assert beside(graph, "within-one") == [("out-one", 20, 20), ("out-two", 1, 11), ("out-two", 6, 6)]


def test_stays_follow_a_site_that_is_not_known_any_more_and_an_event_that_is_removed(
    graph: LiveGraph, tmp_path: Path
) -> None:
    graph.load([write(tmp_path, ALL)])
    unknown = SITES.replace("kind: camp,", "kind: camp, specific: false,")
    graph.load([write(tmp_path, unknown, "b.yaml")])
    assert [row[0] for row in stays(graph)] == ["moved-two/stay/out-two"]
    graph.load([write(tmp_path, SITES, "c.yaml")])
    assert len(stays(graph)) == 4
    changed = EVENTS.replace("participants: [{who: out-one}, {who: out-two}]", "participants: [{who: out-one}]")
    graph.load([write(tmp_path, changed, "d.yaml")])
    assert [row[0] for row in stays(graph)] == ["held-known/stay/within-one", "held-one/stay/out-one"]
    assert beside(graph, "out-one") == []


def test_a_graph_of_rules_without_stays_gets_those_of_a_fresh_load(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load([write(tmp_path, ALL)])
    fresh = contents(graph)
    graph.store.write(lambda tx: tx.run(Statement("MATCH (s:Stay) DETACH DELETE s", {}, "older")))
    version = {"version": PROJECTION_VERSION - 1}
    older = Statement("MATCH (g:Graph {name: 'detention-graph'}) SET g.projection = $version", version, "older")
    graph.store.write(lambda tx: tx.run(older))
    assert migrate_records(graph.store)
    assert contents(graph) == fresh

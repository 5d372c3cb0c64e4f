"""The picture is computed from the evidence again: what somebody damaged by hand is as it was, what is right is not touched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph_api.database.stored_claims import graph_hash
from graph_api.errors import DatabaseBusy, IncompatibleGraph
from graph_api.evidence import withholding
from graph_api.evidence.projection import PROJECTION_VERSION
from graph_api.ingest.rebuild import migrate_records, pending_migrations, rebuild
from graph_api.web.health import check_readiness
from tests.helpers.graphs import SEEDS, LiveGraph
from tests.ingest.test_example import EXAMPLE
from tests.ingest.texts import BASE, contents, write

pytestmark = pytest.mark.live

DAMAGES = {
    "a link is gone": "MATCH (:Event)-[r:FOLLOWS]->() DELETE r",
    "somebody's part is gone": "MATCH ()-[r:TOOK_PART]->(:Exchange) DELETE r",
    "a citation of a record is gone": "MATCH (:Record)-[r:CITES]->(:Source) DELETE r",
    "a link is there twice": "MATCH (a)-[r:WITHIN]->(b) CREATE (a)-[s:WITHIN]->(b) SET s = properties(r)",
    "a link is made up": "MATCH (a:Person), (b:Conviction) CREATE (a)-[:TOOK_PART {id: 'made-up', role: 'SUBJECT'}]->(b)",
    "a property is changed": "MATCH (n:Person {id: 'iryna-example'}) SET n.name = 'Somebody Else'",
    "a property and the fingerprint are changed": "MATCH (n:Person {id: 'iryna-example'}) SET n.category = 'PRISONER_OF_WAR', n.hash = '00'",
    "a property is gone": "MATCH (n:Event) REMOVE n.date_lo",
    "a property is made up": "MATCH (n:Event) SET n.title = 'Made up'",
    "a property of a link is changed": "MATCH ()-[r:TOOK_PART]->() SET r.role = 'JUDGE'",
    "a label is changed": "MATCH (n:Conviction) REMOVE n:Conviction SET n:Acquittal",
    "a part is gone": "MATCH (p:Part) DETACH DELETE p",
    "a part hangs loose": "MATCH ()-[r]->(p:Part) DELETE r",
    "a verdict is changed": "MATCH (c:Claim) SET c.preferred = [], c.because = []",
    "every fingerprint is gone": "MATCH (n:Record) SET n.hash = '0'",
    "a record is made up": "CREATE (:Record:Person:Actor {id: 'made-up', name: 'Made Up', hash: '00'})",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_picture_is_as_it_was(graph: LiveGraph, tmp_path: Path, damage: str) -> None:
    receipt = graph.load([write(tmp_path, EXAMPLE)])
    before = contents(graph)
    graph.store.change_schema(damage)
    assert contents(graph) != before
    rebuilt = rebuild(graph.store)
    assert rebuilt.changed > 0
    assert contents(graph) == before
    assert (rebuilt.records, rebuilt.content_hash) == (len(receipt.changes.added), receipt.content_hash)
    assert rebuild(graph.store).changed == 0


@pytest.mark.slow
def test_an_intact_graph_is_not_touched(graph: LiveGraph) -> None:
    receipt = graph.load([SEEDS])
    before = graph.dump()
    said: list[str] = []
    rebuilt = rebuild(graph.store, progress=said.append)
    assert (rebuilt.records, rebuilt.changed, rebuilt.content_hash) == (
        len(receipt.changes.added),
        0,
        receipt.content_hash,
    )
    assert graph.dump() == before
    assert "committing" not in said


def test_an_empty_graph_has_nothing_to_rebuild(graph: LiveGraph) -> None:
    assert (rebuild(graph.store).records, rebuild(graph.store).changed) == (0, 0)


def test_a_picture_that_is_all_gone_comes_back_from_the_claims(graph: LiveGraph) -> None:
    graph.load([SEEDS])
    before = contents(graph)
    graph.store.change_schema("MATCH (p:Part) DETACH DELETE p")
    graph.store.change_schema("MATCH (:Record)-[r]->(:Record) DELETE r")
    graph.store.change_schema("MATCH (n:Record) SET n = {id: n.id}, n:Wrong")
    graph.store.change_schema("MATCH (c:Claim) REMOVE c.since, c.preferred, c.because")
    assert rebuild(graph.store).changed > 1000
    assert contents(graph) == before


@pytest.mark.parametrize(
    "damage",
    [
        "MATCH (c:Claim {record: 'iryna-example'}) SET c.values = ['\"Somebody\"', '\"Else\"']",
        "MATCH (c:Claim {record: 'iryna-example'})-[r:CITES]->() DELETE r",
        "MATCH (c:Claim {record: 'iryna-example'}) SET c.modality = 'DERIVED'",
        "MATCH (n:Record {id: 'iryna-example'}) DETACH DELETE n",
    ],
)
def test_damaged_evidence_is_said_and_not_built_upon(graph: LiveGraph, tmp_path: Path, damage: str) -> None:
    graph.load([write(tmp_path, BASE)])
    graph.store.change_schema(damage)
    before = graph.dump()
    with pytest.raises(IncompatibleGraph, match=r"'iryna-example'.*oad the seed files again into an empty database"):
        rebuild(graph.store)
    assert graph.dump() == before


def test_a_rebuild_that_a_load_overtakes_is_refused(
    graph: LiveGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph.load([write(tmp_path, BASE)])
    graph.store.change_schema("MATCH (n:Record) SET n.hash = '0'")
    real = withholding.project_public
    text = "people:\n  - {id: olena-example, name: Olena, cite: {source: report-2025, at: p}}\n"

    def overtaken(*claims: Any) -> object:
        graph.load([write(tmp_path / "more", text)])
        return real(*claims)

    monkeypatch.setattr("graph_api.ingest.current_rules.project_public", overtaken)
    with pytest.raises(DatabaseBusy):
        rebuild(graph.store)


def test_a_graph_whose_records_follow_older_rules_is_noticed_and_computed_again(
    graph: LiveGraph, tmp_path: Path
) -> None:
    receipt = graph.load([write(tmp_path, EXAMPLE)])
    before = contents(graph)
    graph.store.change_schema("MATCH (g:Graph) REMOVE g.projection")
    graph.store.change_schema("MATCH (e:Event) REMOVE e.rank, e.announced")
    graph.store.change_schema("MATCH ()-[r:TOOK_PART]->() REMOVE r.position")
    assert check_readiness(graph.store)["status"] == "not ready"
    assert pending_migrations(graph.store) == (f"records by version {PROJECTION_VERSION} of the rules",)
    assert migrate_records(graph.store) == (f"records by version {PROJECTION_VERSION} of the rules",)
    assert check_readiness(graph.store)["status"] == "ready"
    assert (contents(graph), graph_hash(graph.store)) == (before, receipt.content_hash)
    assert migrate_records(graph.store) == ()


def test_positions_alone_are_put_right(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load([write(tmp_path, EXAMPLE)])
    before = contents(graph)
    graph.store.change_schema("MATCH ()-[r:TOOK_PART]->() WHERE r.position IS NOT NULL SET r.position = 7")
    assert contents(graph) != before
    rebuild(graph.store)
    assert contents(graph) == before

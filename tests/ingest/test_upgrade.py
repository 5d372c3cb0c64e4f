"""Shipped seeds of an earlier version in a graph are replaced by those of this one; what other loads stored stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph_api.database.driver import Transaction
from graph_api.database.stored_claims import graph_hash
from graph_api.errors import DatabaseBusy, IncompatibleGraph
from graph_api.ingest.history import all_loads
from graph_api.ingest.rebuild import rebuild
from graph_api.ingest.upgrade import FORMER_FILES, content_version, upgrade
from graph_api.ontology.vocabulary import Sensitivity
from graph_api.statement import Statement
from tests.helpers.graphs import SEEDS, LiveGraph
from tests.ingest.texts import BASE, EVENTS, PEOPLE, PLACES, SOURCES, contents, write

FORGET = "MATCH (g:Graph) REMOVE g.content_version, g.version"
"""Leaves the note on a graph that versions wrote which did not know of upgrades."""

RETIRED = """
  - {id: olena-example, name: Olena Example, cite: {source: old-page, at: ¶1}}
"""
OLD_SOURCE = """
  - {id: old-page, title: An old page, kind: media, published: 2024-01}
"""


def shipped(folder: Path, *, old: bool) -> Path:
    """Write the seeds of a version: the old one has another date, another id of an event, and a person and a source more."""
    seeds = folder / "seeds"
    write(seeds / "articles", SOURCES + (OLD_SOURCE if old else ""), "sources.yaml")
    write(seeds / "articles", PEOPLE + (RETIRED if old else ""), "people.yaml")
    write(seeds / "articles", PLACES, "places.yaml")
    events = EVENTS.replace("2022-05", "2022-06").replace("iryna-detention", "iryna-arrest") if old else EVENTS
    write(seeds / "articles", events, "events-people.yaml")
    return seeds


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return shipped(tmp_path / "new", old=False)


@pytest.fixture
def old_graph(graph: LiveGraph, tmp_path: Path) -> LiveGraph:
    """Return a graph with the shipped seeds of an earlier version, as that version left it."""
    graph.load([shipped(tmp_path / "old", old=True)])
    graph.store.change_schema(FORGET)
    return graph


def fresh(graph: LiveGraph, *paths: Path) -> tuple[str, list[str]]:
    graph.wipe()
    for path in paths:
        graph.load([path])
    return graph_hash(graph.store), contents(graph)


@pytest.mark.live
def test_shipped_seeds_of_an_earlier_version_become_those_of_this_one(old_graph: LiveGraph, new: Path) -> None:
    result = upgrade(old_graph.store, new)
    assert result is not None
    assert set(result.load.changes.removed) == {"iryna-arrest", "olena-example", "old-page"}
    assert result.load.changes.added == ("iryna-detention",)
    now = graph_hash(old_graph.store), contents(old_graph)
    assert upgrade(old_graph.store, new) is None
    assert now == fresh(old_graph, new)


@pytest.mark.live
def test_shipped_seeds_that_had_no_owner_become_collections(graph: LiveGraph, tmp_path: Path) -> None:
    """Earlier versions knew no collections: the entries are adopted, and the content hash stays."""
    seeds = shipped(tmp_path / "new", old=False)
    graph.load([seeds])
    graph.store.change_schema("MATCH (l:Load) SET l = {id: l.id, at: l.at, files: l.files}")
    graph.store.change_schema(FORGET)
    declaration = "id: articles\ntitle: Articles\nsteward: olena\nlicence: CC0-1.0\nsubjects: synthetic\n"
    write(seeds / "articles", declaration, "collection.yaml")
    before = graph_hash(graph.store)
    result = upgrade(graph.store, seeds)
    assert result is not None
    assert (len(result.load.changes.adopted), result.load.changes.changes_records) == (10, False)
    assert [one.number for one in all_loads(graph.store)] == [1, 2]
    now = graph_hash(graph.store), contents(graph)
    assert now == (before, now[1]) == fresh(graph, seeds)


@pytest.mark.live
def test_an_empty_graph_gets_the_seeds_and_is_not_loaded_again(graph: LiveGraph, new: Path) -> None:
    result = upgrade(graph.store, new)
    assert result is not None
    assert len(result.load.changes.added) == 10
    before = graph.dump()
    assert upgrade(graph.store, new) is None
    assert graph.dump() == before


@pytest.mark.live
def test_a_graph_with_other_seeds_only_is_not_touched(graph: LiveGraph, tmp_path: Path, new: Path) -> None:
    graph.load([write(tmp_path / "mine", BASE, "my-own-file.yaml")])
    before = graph.dump()
    assert upgrade(graph.store, new) is None
    assert graph.dump() == before


@pytest.mark.live
def test_what_other_loads_state_or_refer_to_stays(old_graph: LiveGraph, tmp_path: Path, new: Path) -> None:
    """Somebody corrected a person, added a person of their own, and a claim about a person that the seeds no longer have."""
    own = """
people:
  - {id: petro-example, name: Petro Corrected, cite: {source: paper-2024, at: ¶2}}
  - {id: maria-example, name: Maria Example, cite: {source: report-2025, at: ¶1}}
claims:
  - {id: report-on-olena, about: olena-example, values: {sex: female}, cite: {source: report-2025, at: ¶4}}
"""
    old_graph.load([write(tmp_path / "mine", own, "own.yaml")])
    result = upgrade(old_graph.store, new)
    assert result is not None
    assert result.kept == ("petro-example",)
    assert result.load.changes.removed == ("iryna-arrest",)
    rows = old_graph.store.read(Statement("MATCH (n:Person) RETURN n.id, n.name", {}, "names"))
    names = {row[0]: row[1] for row in rows}
    assert names["petro-example"] == "Petro Corrected"
    assert {"maria-example", "olena-example"} <= names.keys()
    now = contents(old_graph)
    assert rebuild(old_graph.store).changed == 0
    more = write(tmp_path / "more", "sources:" + OLD_SOURCE + "people:" + RETIRED)
    assert now == fresh(old_graph, new, more, tmp_path / "mine")[1]


@pytest.mark.live
def test_records_in_the_form_of_an_earlier_version_are_computed_again(
    old_graph: LiveGraph, tmp_path: Path, new: Path
) -> None:
    """The earlier version stored the name of a person under another key and had other fingerprints."""
    page = "sources:\n  - {id: own-page, title: A page, kind: media, published: 2024-05}\n"
    maria = "people:\n  - {id: maria-example, name: Maria, cite: {source: own-page, at: ¶1}}\n"
    own = write(tmp_path / "mine", page + maria, "own.yaml")
    old_graph.load([own])
    old_graph.store.change_schema("MATCH (n:Person) SET n.title = n.name, n.hash = 'ab' REMOVE n.name")
    result = upgrade(old_graph.store, new)
    assert result is not None
    assert result.rebuilt == 1
    assert (graph_hash(old_graph.store), contents(old_graph)) == fresh(old_graph, new, own)


@pytest.mark.live
def test_an_interrupted_upgrade_is_repeated(old_graph: LiveGraph, new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = old_graph.dump()
    real = Transaction.write

    def interrupted(tx: Transaction, name: str, *args: Any, **options: Any) -> int:
        if name == "write_claim_decisions":
            raise DatabaseBusy("interrupted")
        return real(tx, name, *args, **options)

    monkeypatch.setattr(Transaction, "write", interrupted)
    with pytest.raises(DatabaseBusy):
        upgrade(old_graph.store, new)
    assert old_graph.dump() == before
    monkeypatch.setattr(Transaction, "write", real)

    def failing(*_args: Any, **_options: Any) -> None:
        raise DatabaseBusy("interrupted")

    monkeypatch.setattr("graph_api.ingest.upgrade.rebuild", failing)
    with pytest.raises(DatabaseBusy):
        upgrade(old_graph.store, new)
    monkeypatch.setattr("graph_api.ingest.upgrade.rebuild", rebuild)
    result = upgrade(old_graph.store, new)
    assert result is not None
    assert result.load.changes.is_empty
    assert (graph_hash(old_graph.store), contents(old_graph)) == fresh(old_graph, new)


@pytest.mark.live
def test_the_audience_of_the_graph_stays(graph: LiveGraph, tmp_path: Path, new: Path) -> None:
    graph.load([shipped(tmp_path / "old", old=True)], audience=Sensitivity.RESTRICTED)
    assert upgrade(graph.store, new) is not None
    [[audience]] = graph.store.read(Statement("MATCH (g:Graph) RETURN g.audience", {}, "audience"))
    assert audience == "restricted"


@pytest.mark.live
@pytest.mark.parametrize("act", ["upgrade", "load", "rebuild"])
def test_a_graph_of_a_newer_version_is_refused_with_the_version(old_graph: LiveGraph, new: Path, act: str) -> None:
    old_graph.store.change_schema("MATCH (g:Graph) SET g.version = '99.1.0'")
    before = old_graph.dump()
    acts = {
        "upgrade": lambda: upgrade(old_graph.store, new),
        "load": lambda: old_graph.load([new]),
        "rebuild": lambda: rebuild(old_graph.store),
    }
    with pytest.raises(IncompatibleGraph, match=r"written by detention-graph 99\.1\.0"):
        acts[act]()  # type: ignore[no-untyped-call]
    assert old_graph.dump() == before


def test_the_content_version_changes_with_the_seeds(new: Path) -> None:
    before = content_version(new)
    assert content_version(new) == before
    write(new / "articles", SOURCES.replace("2025-03", "2025-04"), "sources.yaml")
    assert content_version(new) != before


def test_files_of_earlier_versions_are_known() -> None:
    former = (Path(__file__).parent / "former_seed_files.txt").read_text(encoding="utf-8").split()
    present = {path.relative_to(SEEDS).as_posix() for path in SEEDS.rglob("*.yaml")}
    assert set(former) - present == FORMER_FILES & set(former)

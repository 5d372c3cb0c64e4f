"""A graph whose migrations were changed, or that is newer, is refused; one of an older model is brought up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_api.database.driver import Database
from graph_api.database.migrations import migrate, pending, read_migrations
from graph_api.embedded import Endpoint
from graph_api.ingest.rebuild import rebuild
from graph_api.statement import Statement
from tests.helpers import faults
from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live

SEED = """
sources:
  - {id: a-page, title: A page, kind: media, published: 2024-01}
people:
  - {id: a-person, name: A Person, born: 1980, cite: {source: a-page, at: page}}
"""


@pytest.fixture
def store(graph: LiveGraph) -> Iterator[Database]:
    """Yield the store of the session, whose notes about migrations and indexes are put right afterwards."""
    yield graph.store
    graph.store.change_schema("MATCH (m:Migration) DELETE m")
    migrate(graph.store)
    assert pending(graph.store) == ()


REFUSED = {
    "a file was changed": (
        "MATCH (m:Migration) WHERE m.name STARTS WITH '0002' SET m.checksum = 'of another text'",
        "0002_claims_are_found_by_id_subject_record_and_unit was changed after it ran here",
    ),
    "the graph is newer": (
        "CREATE (:Migration {name: '9999_from_the_future', checksum: 'x'})",
        "newer version: it knows 9999_from_the_future",
    ),
}


def commanded(endpoint: Endpoint, *words: str) -> tuple[int, str]:
    return faults.outcome(faults.product(*words, env={**faults.at(endpoint), "DETENTION_GRAPH_INSECURE": "1"}))


def state(store: Database) -> tuple[object, ...]:
    """Return all that a command could change: what was loaded, the notes, the indexes."""
    notes = "MATCH (m:Migration) RETURN m.name, m.checksum, toString(m.at) ORDER BY m.name"
    indexes = "SHOW INDEXES YIELD name RETURN name ORDER BY name"
    return faults.content(store), *(store.read(Statement(text, {}, "state")) for text in (notes, indexes))


@pytest.mark.parametrize("command", ["migrate", "load", "rebuild", "query"])
@pytest.mark.parametrize(("change", "message"), REFUSED.values(), ids=REFUSED)
def test_a_graph_that_does_not_fit_is_refused_by_every_command_and_not_touched(
    store: Database, graph: LiveGraph, endpoint: Endpoint, tmp_path: Path, change: str, message: str, command: str
) -> None:
    """There is something to do for each: a migration that did not run, a picture of other rules, a seed that is not loaded."""
    graph.load_text(SEED, tmp_path)
    store.change_schema("MATCH (m:Migration) WHERE m.name STARTS WITH '0004' DELETE m")
    store.change_schema("DROP INDEX site_by_id")
    store.change_schema("MATCH (n:Person) SET n.name = 'by other rules', n.hash = 'of another model'")
    store.change_schema(change)
    before = state(store)
    (tmp_path / "new.yaml").write_text(SEED.replace("a-p", "b-p"), encoding="utf-8")
    (tmp_path / "asked.graphql").write_text("{ people(first: 1) { totalCount } }", encoding="utf-8")
    given = {"load": [str(tmp_path / "new.yaml")], "query": [str(tmp_path / "asked.graphql")]}
    code, told = commanded(endpoint, command, *given.get(command, ()))
    faults.said(code, told)
    assert code == 78, told
    assert message in told
    assert "Traceback" not in told
    assert state(store) == before


@pytest.mark.parametrize("first", ["migrate", "rebuild"])
def test_a_graph_of_an_older_model_is_brought_up_by_migration_and_rebuild(
    store: Database, graph: LiveGraph, tmp_path: Path, first: str
) -> None:
    """A rebuild migrates by itself. The older model knew no lists by name, and kept a person's picture in other words."""
    graph.load_text(SEED, tmp_path)
    today = faults.content(store)
    [paging] = [one.name for one in read_migrations() if one.name.startswith("0004")]
    store.change_schema(f"MATCH (m:Migration {{name: '{paging}'}}) DELETE m")
    store.change_schema("DROP INDEX site_by_id IF EXISTS")
    store.change_schema(
        "MATCH (n:Person {id: 'a-person'}) REMOVE n.name SET n.title = 'A Person', n.hash = 'of another model'"
    )
    assert [one.name for one in pending(store)] == [paging]
    assert faults.content(store) != today
    if first == "migrate":
        assert migrate(store) == (paging,)
    assert rebuild(store).changed == 1
    names = [row[0] for row in store.read(Statement("SHOW INDEXES YIELD name RETURN name", {}, "indexes"))]
    assert "site_by_id" in names
    assert faults.content(store) == today
    assert migrate(store) == ()
    assert rebuild(store).changed == 0

"""A graph whose migrations were changed, or that is newer, is refused; one of an older model is brought up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_api.engine import Endpoint
from graph_api.errors import StoreMismatch
from graph_api.seeding.rebuild import rebuild
from graph_api.statement import Statement
from graph_api.store.driver import Store
from graph_api.store.migrations import migrate, pending, read_migrations
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
def store(graph: LiveGraph) -> Iterator[Store]:
    """Yield the store of the session, whose notes about migrations are put right afterwards."""
    notes = Statement("MATCH (m:Migration) RETURN m.name, m.checksum", {}, "notes")
    before = graph.store.read(notes)
    yield graph.store
    graph.store.change_schema("MATCH (m:Migration) DELETE m")
    for name, checksum in before:
        graph.store.change_schema(f"CREATE (:Migration {{name: '{name}', checksum: '{checksum}', at: datetime()}})")
    assert pending(graph.store) == ()


def migrated(endpoint: Endpoint) -> tuple[int, str]:
    return faults.outcome(faults.product("migrate", env={**faults.at(endpoint), "DETENTION_GRAPH_INSECURE": "1"}))


def test_a_changed_file_is_refused_on_the_command_line(store: Store, endpoint: Endpoint) -> None:
    store.change_schema("MATCH (m:Migration) WHERE m.name STARTS WITH '0002' SET m.checksum = 'of another text'")
    code, told = migrated(endpoint)
    assert code == 78
    assert "0002_claims_are_found_by_id_subject_record_and_unit was changed after it ran here" in told
    assert "Traceback" not in told


def test_a_newer_graph_is_refused_and_not_touched(store: Store, endpoint: Endpoint) -> None:
    store.change_schema("CREATE (:Migration {name: '9999_from_the_future', checksum: 'x'})")
    code, told = migrated(endpoint)
    assert code == 78
    assert "newer version: it knows 9999_from_the_future" in told
    with pytest.raises(StoreMismatch):
        migrate(store)


def test_a_graph_of_an_older_model_is_brought_up_by_migration_and_rebuild(
    store: Store, graph: LiveGraph, tmp_path: Path
) -> None:
    """The older model knew no lists by name, and kept a person's picture in other words."""
    graph.load_text(SEED, tmp_path)
    today = faults.content(store)
    [paging] = [one.name for one in read_migrations() if one.name.startswith("0004")]
    store.change_schema(f"MATCH (m:Migration {{name: '{paging}'}}) DELETE m")
    store.change_schema("DROP INDEX person_by_name IF EXISTS")
    store.change_schema(
        "MATCH (n:Person {id: 'a-person'}) REMOVE n.name SET n.title = 'A Person', n.hash = 'of another model'"
    )
    assert [one.name for one in pending(store)] == [paging]
    assert faults.content(store) != today
    assert migrate(store) == (paging,)
    names = [row[0] for row in store.read(Statement("SHOW INDEXES YIELD name RETURN name", {}, "indexes"))]
    assert "person_by_name" in names
    assert rebuild(store).changed == 1
    assert faults.content(store) == today
    assert migrate(store) == ()
    assert rebuild(store).changed == 0

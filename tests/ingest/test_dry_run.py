"""A dry run changes nothing in the database, its migrations and indexes included."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_api.database.migrations import migrate, read_migrations
from graph_api.ingest import report
from graph_api.statement import Statement
from tests.helpers.graphs import LiveGraph
from tests.ingest.texts import BASE, PEOPLE, write

pytestmark = pytest.mark.live

NAMES = tuple(one.name for one in read_migrations())
SPELLINGS = next(name for name in NAMES if name.startswith("0005"))
"""The migration that creates the index ``record_spellings``."""


@pytest.fixture
def unmigrated(graph: LiveGraph) -> Iterator[LiveGraph]:
    """Yield the graph of the session without migrations, constraints and indexes; they are put back afterwards."""
    graph.store.change_schema("MATCH (m:Migration) DELETE m")
    for kind, plural in (("CONSTRAINT", "CONSTRAINTS"), ("INDEX", "INDEXES")):
        names = f"SHOW {plural} YIELD name, type WHERE type <> 'LOOKUP' RETURN name"
        for row in graph.store.read(Statement(names, {}, "schema")):
            graph.store.change_schema(f"DROP {kind} {row[0]}")
    yield graph
    graph.store.change_schema("MATCH (m:Migration) DELETE m")
    migrate(graph.store)


def schema(graph: LiveGraph) -> list[str]:
    return sorted(
        row[0]
        for text in ("SHOW INDEXES YIELD name RETURN name", "MATCH (m:Migration) RETURN m.name")
        for row in graph.store.read(Statement(text, {}, "schema"))
    )


def test_a_dry_run_on_a_fresh_database_changes_nothing(unmigrated: LiveGraph, tmp_path: Path) -> None:
    before = unmigrated.dump(), schema(unmigrated)
    result = unmigrated.load([write(tmp_path, BASE)], dry_run=True)
    assert (unmigrated.dump(), schema(unmigrated)) == before
    assert len(result.changes.added) == 10
    assert result.pending_migrations == NAMES
    assert f"pending migrations: {', '.join(NAMES)}" in report.format_text(result)
    assert report.format_json(result)["pendingMigrations"] == list(NAMES)
    assert unmigrated.load([tmp_path]).changes == result.changes


def test_a_dry_run_on_an_older_database_plans_as_on_a_migrated_one(unmigrated: LiveGraph, tmp_path: Path) -> None:
    unmigrated.load([write(tmp_path, BASE)])
    unmigrated.store.change_schema(f"MATCH (m:Migration {{name: '{SPELLINGS}'}}) DELETE m")
    unmigrated.store.change_schema("DROP INDEX record_spellings")
    before = unmigrated.dump(), schema(unmigrated)
    more = write(tmp_path / "more", PEOPLE.replace("Petro Example", "Petro E."))
    result = unmigrated.load([more], dry_run=True)
    assert (unmigrated.dump(), schema(unmigrated)) == before
    assert (result.changes.changed, result.pending_migrations) == (("petro-example",), (SPELLINGS,))

"""Migrations: the applied ones (read), the pending ones (a pure plan), and running them.

A file holds one change and is named for its result. Its checksum is stored, and a file that was changed after it was applied is
refused. Schema commands cannot share a transaction with data: each ends with ``IF NOT EXISTS`` and is recorded afterwards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_api.database.cypher_file import statements
from graph_api.database.driver import Database
from graph_api.database.queries import cypher_folder, named
from graph_api.errors import IncompatibleGraph


@dataclass(frozen=True, slots=True)
class Migration:
    """One file of ``cypher/migrations``."""

    name: str
    checksum: str
    statements: tuple[str, ...]


def read_migrations(folder: Path | None = None) -> tuple[Migration, ...]:
    """Return all migrations in their order."""
    paths = sorted((folder or cypher_folder() / "migrations").glob("[0-9][0-9][0-9][0-9]_*.cypher"))
    texts = [(path.stem, path.read_text(encoding="utf-8")) for path in paths]
    return tuple(Migration(name, hashlib.sha256(text.encode()).hexdigest(), statements(text)) for name, text in texts)


def plan(available: Sequence[Migration], applied: Mapping[str, str]) -> tuple[Migration, ...]:
    """Return the migrations that are to run; pure.

    Raises IncompatibleGraph where one was changed after it ran, or the graph knows one that this program does not.
    """
    known = {migration.name: migration for migration in available}
    newer = sorted(set(applied) - set(known))
    if newer:
        raise IncompatibleGraph(
            f"the graph is of a newer version: it knows {', '.join(newer)}; use that version of detention-graph"
        )
    for name, checksum in applied.items():
        if known[name].checksum != checksum:
            raise IncompatibleGraph(
                f"the migration {name} was changed after it ran here; restore the file and put the change into a new one"
            )
    return tuple(migration for migration in available if migration.name not in applied)


def pending(database: Database) -> tuple[Migration, ...]:
    """Return the migrations that this graph lacks. Raises IncompatibleGraph."""
    applied = {row[0]: row[1] for row in database.read(named("applied_migrations"))}
    return plan(read_migrations(), applied)


def migrate(database: Database, *, seconds: int = 120) -> tuple[str, ...]:
    """Bring the graph up to this version; return the names of what ran, nothing where it was up to date. Indexes may take ``seconds``."""
    todo = pending(database)
    for migration in todo:
        for text in migration.statements:
            database.change_schema(text)
        note = named("record_migration", name=migration.name, checksum=migration.checksum)
        database.write(lambda tx, note=note: tx.run(note))  # type: ignore[misc]
    if todo:
        database.change_schema(f"CALL db.awaitIndexes({seconds})")
    return tuple(migration.name for migration in todo)

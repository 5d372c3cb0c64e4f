"""Migrations: what is to run is decided from what ran; a second run does nothing, a changed or newer graph is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_api.database.migrations import Migration, migrate, pending, plan, read_migrations
from graph_api.errors import IncompatibleGraph
from graph_api.statement import Statement
from tests.helpers.graphs import LiveGraph

ONE, TWO = Migration("0001_one", "aa", ("RETURN 1",)), Migration("0002_two", "bb", ("RETURN 2",))


@pytest.mark.parametrize(
    ("applied", "todo"),
    [
        ({}, (ONE, TWO)),
        ({"0001_one": "aa"}, (TWO,)),
        ({"0001_one": "aa", "0002_two": "bb"}, ()),
        ({"0002_two": "bb"}, (ONE,)),
    ],
)
def test_what_did_not_run_yet_is_to_run(applied: dict[str, str], todo: tuple[Migration, ...]) -> None:
    assert plan((ONE, TWO), applied) == todo


@pytest.mark.parametrize(
    ("applied", "message"),
    [
        ({"0003_three": "cc"}, "of a newer version: it knows 0003_three"),
        ({"0001_one": "changed"}, "0001_one was changed after it ran"),
    ],
)
def test_a_graph_that_does_not_fit_is_refused(applied: dict[str, str], message: str) -> None:
    with pytest.raises(IncompatibleGraph, match=message):
        plan((ONE, TWO), applied)


def test_a_file_gives_its_statements_without_comments(tmp_path: Path) -> None:
    (tmp_path / "0001_a_thing_is_true.cypher").write_text(
        "// Why.\nCREATE INDEX a IF NOT EXISTS;\nCREATE INDEX b IF NOT EXISTS;\n", "utf-8"
    )
    (tmp_path / "notes.cypher").write_text("not a migration", "utf-8")
    [found] = read_migrations(tmp_path)
    assert found.name == "0001_a_thing_is_true"
    assert [one.rstrip(";") for one in found.statements] == [
        "CREATE INDEX a IF NOT EXISTS",
        "CREATE INDEX b IF NOT EXISTS",
    ]
    assert len(found.checksum) == 64


@pytest.mark.live
def test_a_second_migration_changes_nothing(graph: LiveGraph) -> None:
    before = graph.store.read(Statement("MATCH (m:Migration) RETURN m.name, m.checksum, m.at ORDER BY m.name"))
    assert migrate(graph.store) == ()
    assert pending(graph.store) == ()
    assert graph.store.read(Statement("MATCH (m:Migration) RETURN m.name, m.checksum, m.at ORDER BY m.name")) == before


@pytest.mark.live
def test_a_migration_that_is_unknown_here_stops_a_load(graph: LiveGraph, tmp_path: Path) -> None:
    graph.store.change_schema("CREATE (:Migration {name: '9999_of_tomorrow', checksum: 'aa'})")
    try:
        with pytest.raises(IncompatibleGraph, match="newer version"):
            graph.load([tmp_path])
    finally:
        graph.store.change_schema("MATCH (m:Migration {name: '9999_of_tomorrow'}) DELETE m")


def test_a_released_migration_never_changes() -> None:
    """Its checksum stands in every graph that it was applied to, comments included; a changed file would make all of these unusable."""
    lines = (Path(__file__).parent / "released_migrations.txt").read_text(encoding="utf-8").splitlines()
    present = {one.name: one.checksum for one in read_migrations()}
    assert {name: present.get(name) for name, _ in map(str.split, lines)} == dict(map(str.split, lines))

"""Every Cypher file parses, is used, and runs: Neo4j plans it on the migrated graph, by index where it is given ids."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph_api.database.cypher_file import CypherFile, InvalidCypherFile, parse_cypher_file, statements
from graph_api.database.migrations import read_migrations
from graph_api.database.queries import files
from graph_api.embedded import Endpoint
from tests.architecture.source import ROOT, modules
from tests.helpers.graphs import LiveGraph

FOLDER = ROOT / "cypher"
PATHS = sorted((*FOLDER.glob("queries/*.cypher"), *FOLDER.glob("writes/*.cypher")))
NAMED_FIRST = ("named", "write", "NamedRead")
NAMED_SECOND = ("related", "pairs", "_ids")
"""The functions that take the name of a file, as their first or second argument."""

SCANS = {
    "merged_records": "former ids are few",
    "all_events": "a rebuild counts all totals again",
    "all_people": "a rebuild counts all totals again",
    "delete_totals": "a rebuild counts all totals again",
    "stored_totals": "a rebuild compares all totals with those that are stored",
    "totals_are_current": "whether there is a record, from the counts that Neo4j keeps",
    "as_of_state": "looks at every source, in an operation as of a day",
    "create_version_links": "the index is made before versions are stored, and is not that of a migration",
    "delete_versions": "removes every version",
    "all_fingerprints": "the content hash is that of all records",
    "all_loads": "there are few loads",
    "all_records": "lists every record, a page at a time",
    "applied_migrations": "there are few migrations",
    "complete_sums": "totals are compared with their parts in every load",
    "counts": "figures are compared with each other in every load",
    "evidence_sizes": "the limits of cost are those of the whole graph, once for each load",
    "graph_state": "counts, from the counts that Neo4j keeps",
    "mark_large_exchanges": "the size of exchanges depends on figures, and is found in every load",
    "newest_source": "the day up to which sources were read, once for each load",
    "people_of_one_name": "names are compared with each other in every load",
    "projection_version": "counts, from the counts that Neo4j keeps",
    "restore_empty_lists_of_nodes": "looks at all that was imported, once",
    "restore_empty_lists_of_relationships": "looks at all that was imported, once",
    "record_sizes": "the limits of cost are those of the whole graph, once for each load",
    "record_snapshot": "looks at every source, once for each load",
    "record_migration": "there are few migrations, and none is there when the first is noted",
    "units_of_loads": "an upgrade looks at every claim, once for each version",
    "upgrade_state": "counts, from the counts that Neo4j keeps",
    "place_containment": "there are few places, and whether two of them exclude each other depends on all above them",
    "withheld_ids": "every load needs all of them",
    "archived_loads": "a backup holds all of them, and a load needs what earlier ones removed",
    "stored_collections": "there are few collections",
}
"""What reads all nodes of a label, with the reason. Everything else is given ids and finds them by index."""

ROW = {
    "id": "x", "record": "x", "source": "x", "property": "x", "object": "x", "who": "x", "start": "x", "end": "x", "type": "AT",
    "labels": ["Part"], "properties": {}, "since": 0, "preferred": [], "because": [], "subject": "x", "part": "x", "position": 0,
    "kind": "COUNT", "event": None, "compared": False, "people": 1, "events": 1, "between": [{"subject": "x", "property": "date", "claim": None}],
}  # fmt: skip
VALUES: dict[str, Any] = {
    "rows": [ROW], "row": ROW, "ids": ["x"], "after": "", "limit": 1, "name": "x", "checksum": "x", "audience": "public",
    "version": "0", "content_version": "x", "loads": ["x"], "kinds": ["COUNT"], "most": 50, "projection": 1, "content_hash": "x", "id": "x", "read": ["x"],
    "known": None, "group": "x",
}  # fmt: skip
"""A value for each parameter that a file may declare."""


def by_stem(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", PATHS, ids=by_stem)
def test_a_file_says_its_name_its_parameters_its_columns_and_what_it_is_for(path: Path) -> None:
    file = parse_cypher_file(path.read_text(encoding="utf-8"), path.stem)
    assert file.purpose.endswith(".") or "; a row is {" in file.purpose
    assert file.text
    assert set(file.parameters) <= set(VALUES), "name a value for the new parameter in VALUES"


def test_names_are_unique_over_both_folders() -> None:
    assert len({path.stem for path in PATHS}) == len(PATHS) == len(files())


def test_every_file_is_used_and_every_used_name_has_a_file() -> None:
    used = dict(uses())
    assert set(files()) - set(used) == set(), "files that nobody uses"
    assert {f"{where} {name}" for name, where in used.items() if name not in files()} == set(), "no such file"


def uses() -> Iterator[tuple[str, str]]:
    """Yield every name of a Cypher file that the package speaks, with where."""
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and (name := file_named(node)):
                yield name, module.at(node)


def file_named(call: ast.Call) -> str | None:
    match call.func:
        case ast.Name(id=function):
            pass
        case ast.Attribute(value=ast.Name(id="tx"), attr=function):
            pass
        case _:
            return None
    place = 0 if function in NAMED_FIRST else 1 if function in NAMED_SECOND else None
    if place is None or len(call.args) <= place:
        return None
    argument = call.args[place]
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("MATCH (n) RETURN n", "must begin with"),
        ("// other() -> [n]\n// What for.\nMATCH (n) RETURN n", "must begin with"),
        ("// one() -> [n]\nMATCH (n) RETURN n", "says what it is for"),
        ("// one(ids) -> [n]\n// What for.\nMATCH (n) RETURN n", "declares ['ids'] and uses []"),
        ("// one() -> [n]\n// What for.\nMATCH (n {id: $id}) RETURN n", "declares [] and uses ['id']"),
    ],
)
def test_a_file_that_does_not_say_it_is_refused(text: str, message: str) -> None:
    with pytest.raises(InvalidCypherFile, match=f"one.cypher.*{message.replace('[', '.').replace(']', '.')}"):
        parse_cypher_file(text, "one")


def test_a_migration_is_numbered_without_gaps_and_can_run_twice() -> None:
    migrations = read_migrations()
    assert [migration.name[:4] for migration in migrations] == [f"{n:04}" for n in range(1, len(migrations) + 1)]
    repeated = [
        text
        for migration in migrations
        for text in migration.statements
        if "IF NOT EXISTS" not in text and "IF EXISTS" not in text
    ]
    assert repeated == []
    assert statements("// Why.\nONE;\nTWO;\n") == ("ONE", "TWO")


# ── in Neo4j ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def planner(live: LiveGraph, endpoint: Endpoint) -> Iterator[neo4j.Driver]:
    """Yield a driver of our own, since the store does not show plans; ``live`` has migrated the graph."""
    assert live.store
    with neo4j.GraphDatabase.driver(
        endpoint.uri, auth=(endpoint.user, endpoint.password.get_secret_value()), telemetry_disabled=True
    ) as driver:
        yield driver


@pytest.mark.live
@pytest.mark.parametrize("file", files().values(), ids=lambda file: str(file.name))
def test_neo4j_plans_it_and_finds_by_index_what_it_is_given_ids_of(file: CypherFile, planner: neo4j.Driver) -> None:
    given = {name: VALUES[name] for name in file.parameters}
    plan = planner.execute_query(f"EXPLAIN {file.text}", given).summary.plan
    assert plan is not None
    scans = {one for one in operators(plan) if one.endswith("Scan") and "Index" not in one}
    assert scans == set() or file.name in SCANS
    assert file.name not in SCANS or "ids" not in file.parameters


@pytest.mark.live
@pytest.mark.parametrize("file", files().values(), ids=lambda file: str(file.name))
def test_it_gives_the_columns_that_it_says(file: CypherFile, planner: neo4j.Driver) -> None:
    given = {name: VALUES[name] for name in file.parameters}
    assert tuple(planner.execute_query(f"EXPLAIN {file.text}", given).keys) == file.columns


def operators(plan: dict[str, Any]) -> Iterator[str]:
    """Yield the operators of a plan, without the database behind ``@``."""
    yield plan["operatorType"].partition("@")[0]
    for child in plan.get("children", ()):
        yield from operators(child)

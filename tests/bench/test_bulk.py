"""What the bulk importer is given, and that it stores what the loader stores."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from bench.bulk import write_csv
from bench.generate import Graph
from bench.store import Folders, loaded
from graph_api.database.driver import Database
from graph_api.database.stored_claims import graph_hash
from graph_api.statement import Statement

PEOPLE = 200


def test_each_file_has_a_header_and_rows_of_as_many_cells(tmp_path: Path) -> None:
    write_csv(Graph(20), tmp_path, 1, lambda _message: None)
    files = sorted(tmp_path.rglob("*.csv"))
    headers = {file.read_text(encoding="utf-8").partition("\n")[0].partition(",")[0] for file in files}
    assert headers == {"id:ID", ":START_ID"}


@pytest.mark.live
@pytest.mark.slow
def test_the_importer_stores_what_the_loader_stores(tmp_path: Path, jar_cache: Path) -> None:
    found = []
    for bulk in (False, True):
        folders = Folders(jar_cache, tmp_path / str(bulk))
        with loaded(Graph(PEOPLE), folders, lambda _message: None, bulk=bulk) as (_, store):
            found.append((graph_hash(store), _nodes(store), _links(store)))
    assert found[0] == found[1]


def _nodes(store: Database) -> list[bytes]:
    rows = store.read(
        Statement(
            "MATCH (n:Record|Claim|Part|Stay|Difference|Total) RETURN labels(n), properties(n)", {}, "tests/nodes"
        ),
        seconds=60,
    )
    return sorted(
        _json([sorted(labels), {key: one for key, one in properties.items() if key != "load"}])
        for labels, properties in rows
    )


def _links(store: Database) -> list[bytes]:
    rows = store.read(
        Statement("MATCH (a)-[r]->(b) RETURN a.id, type(r), properties(r), b.id", {}, "tests/links"), seconds=60
    )
    return sorted(_json(list(row)) for row in rows)


def _json(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)

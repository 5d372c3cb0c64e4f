"""A load that no transaction holds, in a private Neo4j: a new graph beside the present one, node for node what the load would have stored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest
from pydantic import SecretStr

from graph_api.database.driver import Address, Database, open_database
from graph_api.database.stored_claims import graph_hash
from graph_api.embedded import ServedHome, hold_home, open_embedded, served_home
from graph_api.embedded.layout import Layout, Memory
from graph_api.embedded.lock import acquire_building
from graph_api.embedded.replace import HeldHome
from graph_api.errors import DatabaseBusy, DataDirectoryUnusable, EmbeddedDatabaseError
from graph_api.ingest import new_graph, prepare, rebuild, totals
from graph_api.ingest.apply import acquire_lock, current_revision
from graph_api.ingest.archive import read_graph
from graph_api.ingest.load import LoadNote, load
from graph_api.ingest.restore import build_graph
from graph_api.ontology.vocabulary import Sensitivity
from graph_api.statement import Statement
from tests.helpers.graphs import SEEDS, LiveGraph
from tests.helpers.stewards import CASES

pytestmark = [pytest.mark.live, pytest.mark.slow]  # each starts Neo4j several times

MEMORY = Memory(heap=1024, page_cache=128)


@contextmanager
def opened(home: Path, jars: Path) -> Iterator[tuple[Database, ServedHome]]:
    with (
        open_embedded(
            uri="", user="neo4j", password=SecretStr(""), database="neo4j", home=home, cache=jars, memory=MEMORY
        ) as endpoint,
        open_database(
            Address(endpoint.uri, endpoint.user, endpoint.password.get_secret_value(), endpoint.database)
        ) as store,
        served_home(home, jars, endpoint, lambda _message: None) as served,
    ):
        yield store, served


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let a transaction hold 1 MB, for all that a load knows, and what is derived come in many."""
    monkeypatch.setattr(prepare, "transaction_limit", lambda _store: 2**20)
    monkeypatch.setattr(new_graph, "CHUNK", 20)
    monkeypatch.setattr(totals, "ROWS", 500)
    return monkeypatch


def test_the_new_graph_is_what_the_load_would_have_stored(
    graph: LiveGraph, tmp_path: Path, jar_cache: Path, small: pytest.MonkeyPatch
) -> None:
    note, home = LoadNote("olena", "seeds"), tmp_path / "home"
    with small.context() as patched:
        patched.setattr(prepare, "transaction_limit", lambda _store: None)
        load([CASES / "one"], graph.store, with_lints=False)
        expected = load([SEEDS], graph.store, note=note, with_lints=False).content_hash
        one = (_nodes(graph.store), _links(graph.store))
    with opened(home, jar_cache) as (store, served):
        small.setattr(prepare, "transaction_limit", lambda _store: None)
        load([CASES / "one"], store, with_lints=False)
        before = graph_hash(store)
        small.setattr(prepare, "transaction_limit", lambda _store: 2**20)
        assert load([SEEDS], store, note=note, home=served, with_lints=False).content_hash == expected
        assert graph_hash(store) == before, "the present server goes on with the present graph"
        revision = current_revision(store, Sensitivity.PUBLIC)
        with pytest.raises(DatabaseBusy, match="A load replaces this graph by a new one"):
            store.write(lambda tx: acquire_lock(tx, Sensitivity.PUBLIC, revision))
    assert not Layout(home).replacement.home.exists()
    assert not Layout(home).next_data.exists()
    with opened(home, jar_cache) as (store, _):
        assert graph_hash(store) == expected
        for mine, others in zip(one, (_nodes(store), _links(store)), strict=True):
            assert mine == others
        assert not load([SEEDS], store, with_lints=False).changes.changes_records


def test_what_stops_a_load_leaves_the_present_graph_and_no_file(
    tmp_path: Path, jar_cache: Path, small: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path / "home", jar_cache) as (store, served):
        before = graph_hash(store)
        with small.context() as patched:
            patched.setattr("graph_api.embedded.replace.free_space", lambda _folder: 2**20)
            with pytest.raises(DataDirectoryUnusable, match=r"needs about \d+ MB, 1 MB are free; nothing was changed"):
                load([SEEDS], store, home=served, with_lints=False)
        other = acquire_building(served.layout)
        assert other is not None
        with (
            other,
            pytest.raises(
                EmbeddedDatabaseError, match=r"Another process builds a new graph for .*; nothing was changed"
            ),
        ):
            load([SEEDS], store, home=served, with_lints=False)

        def interrupted(message: str) -> None:
            if message.startswith("order, status and stays"):
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            load([SEEDS], store, home=served, with_lints=False, progress=interrupted)
        assert not served.layout.replacement.home.exists()
        assert not served.layout.next_data.exists()
        assert graph_hash(store) == before


def test_a_graph_of_older_rules_that_no_transaction_holds_becomes_a_new_one(
    tmp_path: Path, jar_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So do what ``purge`` and ``restore`` build: each is node for node what the small way stores."""
    home = tmp_path / "home"
    with opened(home, jar_cache) as (store, served):
        expected = load([CASES / "one", SEEDS], store, with_lints=False).content_hash
        right = (_nodes(store), _links(store))
        for damage in (
            "MATCH (g:Graph) SET g.projection = 1",
            "MATCH (e:Event) REMOVE e.rank, e.announced SET e.hash = '0'",
            "MATCH ()-[r:TOOK_PART]->() REMOVE r.position",
        ):
            store.change_schema(damage)
        monkeypatch.setattr(rebuild, "transaction_limit", lambda _store: 2**20)
        told: list[str] = []
        assert rebuild.migrate_records(store, home=served, progress=told.append)
        assert served.is_replaced
        assert "creating indexes" in told
    with opened(home, jar_cache) as (store, served):
        assert graph_hash(store) == expected
        assert (_nodes(store), _links(store)) == right
        assert rebuild.migrate_records(store, home=served) == ()
        archive = read_graph(store)
    monkeypatch.setattr(HeldHome, "transaction_limit", 2**20)
    with hold_home(home, jar_cache, progress=lambda _message: None, memory=MEMORY) as held:
        build_graph(archive, held)
    with opened(home, jar_cache) as (store, _):
        assert graph_hash(store) == expected
        assert (_nodes(store), _links(store)) == right


def _nodes(store: Database) -> list[str]:
    rows = store.read(
        Statement(
            "MATCH (n) WHERE NOT n:Migration AND NOT n:Graph AND NOT n:TestGraph RETURN labels(n), properties(n)",
            {},
            "tests/nodes",
        ),
        seconds=60,
    )
    hidden = {"load", "at"}
    return sorted(
        _json([sorted(labels), {key: one for key, one in properties.items() if key not in hidden}])
        for labels, properties in rows
        if "Load" not in labels
    ) + sorted(
        _json({key: one for key, one in properties.items() if key not in ("id", "at")})
        for labels, properties in rows
        if "Load" in labels
    )


def _links(store: Database) -> list[str]:
    rows = store.read(
        Statement("MATCH (a)-[r]->(b) RETURN a.id, type(r), properties(r), b.id", {}, "tests/links"), seconds=60
    )
    return sorted(_json(list(row)) for row in rows)


def _json(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS, default=str).decode()

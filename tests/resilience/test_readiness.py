"""The database goes away under a running API, and comes back: what ``/readyz`` says each time, without a restart."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from graph_api import __version__
from graph_api.database.migrations import migrate, read_migrations
from graph_api.embedded import process
from graph_api.embedded.bolt_probe import free_port
from graph_api.ingest.load import load
from tests.helpers import faults

pytestmark = [pytest.mark.live, pytest.mark.slow]

READY = {"status": "ready", "version": __version__, "database": "answers", "migrations": "up to date"}
SEED = """
sources:
  - {id: a-page, title: A page, kind: media, published: 2024-01}
"""


@pytest.fixture
def same_port(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every private process listen on the same port, as a server of one's own does."""
    port = free_port()
    monkeypatch.setattr(process, "free_port", lambda: port)


@pytest.mark.usefixtures("same_port")
def test_process_database_migrations_and_data_are_told_apart(tmp_path: Path, jar_cache: Path) -> None:
    seeds = tmp_path / "seeds.yaml"
    seeds.write_text(SEED, encoding="utf-8")
    home = tmp_path / "home"
    with ExitStack() as api_runs:
        with faults.private(home, jar_cache) as endpoint, faults.opened(endpoint) as store:
            _, base = api_runs.enter_context(faults.api(faults.at(endpoint)))
            status, report = faults.get(f"{base}/readyz")
            assert (status, report["database"], report["reason"]) == (503, "answers", "DB_MISMATCH")
            assert report["migrations"] == f"{len(read_migrations())} to run: detention-graph migrate"
            migrate(store)
            status, report = faults.get(f"{base}/readyz")
            assert (status, report["migrations"]) == (200, "up to date")
            assert "empty: detention-graph load" in str(report["data"])
            load([seeds], store)
            status, report = faults.get(f"{base}/readyz")
            assert (status, report) == (200, {**READY, "audience": "public", "data": "1 records"})
            store.change_schema("CREATE (:Migration {name: '9999_from_the_future', checksum: 'x'})")
            status, report = faults.get(f"{base}/readyz")
            assert (status, report["database"], report["reason"]) == (503, "answers", "DB_MISMATCH")
            store.change_schema("MATCH (m:Migration {name: '9999_from_the_future'}) DELETE m")
            assert faults.get(f"{base}/readyz") == (200, {**READY, "audience": "public", "data": "1 records"})
        start = time.monotonic()
        status, report = faults.get(f"{base}/readyz")
        assert (status, report["database"], report["reason"]) == (503, "unavailable", "DB_UNAVAILABLE")
        assert faults.ask(base) == "DB_UNAVAILABLE"
        assert time.monotonic() - start < 10
        assert faults.get(f"{base}/livez") == (200, {"status": "live"})
        with faults.private(home, jar_cache):
            deadline = time.monotonic() + 20
            while faults.get(f"{base}/readyz")[0] != 200:
                assert time.monotonic() < deadline, faults.get(f"{base}/readyz")
                time.sleep(0.2)
            assert faults.ask(base) == "ok"
            api_runs.close()

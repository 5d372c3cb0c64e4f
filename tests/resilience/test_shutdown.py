"""SIGTERM while a request runs: it is answered, new ones are refused, and everything that was started is stopped."""

from __future__ import annotations

import concurrent.futures
import time
from pathlib import Path

import pytest

from graph_api.embedded.bolt_probe import free_port
from graph_api.embedded.layout import Layout
from graph_api.statement import Statement
from tests.helpers import faults

pytestmark = [pytest.mark.live, pytest.mark.slow]

HOLD = "MERGE (m:Migration {name: 'held'}) WITH m UNWIND range(1, 1) AS x RETURN x"


def test_a_running_request_is_answered_and_new_ones_are_refused(tmp_path: Path, jar_cache: Path) -> None:
    """Neo4j is stopped for a moment, so that the request takes longer than the signal."""
    with faults.private(tmp_path, jar_cache) as endpoint, faults.opened(endpoint) as store:
        store.read(Statement("RETURN 1", {}, "one"))
        server = faults.server_of(tmp_path)
        with faults.product("migrate", env=faults.at(endpoint)) as migrating:
            assert faults.outcome(migrating)[0] == 0
        with faults.api(faults.at(endpoint)) as (child, base), concurrent.futures.ThreadPoolExecutor() as pool:
            assert faults.ask(base) == "ok"
            server.suspend()
            running = pool.submit(faults.ask, base)
            time.sleep(0.7)
            child.terminate()
            time.sleep(0.7)
            refused = faults.ask(base, seconds=5)
            assert not running.done()
            server.resume()
            assert running.result() == "ok"
            assert refused == "no connection"
            assert child.wait(timeout=10) == 0


@pytest.mark.parametrize("signal_name", ["terminate", "interrupt"])
def test_up_stops_all_of_it(signal_name: str, tmp_path: Path, jar_cache: Path) -> None:
    import signal

    env = {"DETENTION_GRAPH_DATA_DIR": str(tmp_path / "home"), "DETENTION_GRAPH_CACHE": str(jar_cache)}
    port = free_port()
    with faults.product("up", "--port", str(port), env=env) as child:
        faults.wait_for_line(child, "serving")
        assert child.poll() is None, child.told()
        child.send_signal(signal.SIGTERM if signal_name == "terminate" else signal.SIGINT)
        assert child.wait(timeout=40) in (0, 130, 143)
    assert faults.left_behind(tmp_path / "home", seconds=1) == []
    assert faults.get(f"http://127.0.0.1:{port}/livez")[0] == 0
    assert Layout(tmp_path / "home").version.exists()

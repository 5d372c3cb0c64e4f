"""Neo4j falls silent for 20 s (SIGSTOP) under queries, and speaks again (SIGCONT)."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from graph_api.ingest.load import load
from tests.helpers import faults
from tests.helpers.graphs import SEEDS

pytestmark = [pytest.mark.live, pytest.mark.slow]

QUERY_SECONDS = 5
SILENT = 20.0
CLIENTS = 8
LONGEST = QUERY_SECONDS + 5.0
"""The time limit and a few seconds."""


def test_clients_are_answered_in_time_and_the_api_recovers_by_itself(tmp_path: Path, jar_cache: Path) -> None:
    with faults.private(tmp_path, jar_cache) as endpoint, faults.opened(endpoint) as store:
        load([SEEDS], store)
        server = faults.server_of(tmp_path)
        env = {**faults.at(endpoint), "DETENTION_GRAPH_QUERY_SECONDS": str(QUERY_SECONDS)}
        with faults.api(env) as (child, base):
            clients = faults.Clients(base)
            with clients.asking(CLIENTS):
                deadline = time.monotonic() + 60
                while (good := sum(got == "ok" for _, _, got in clients.seen)) < 5 * CLIENTS:
                    assert time.monotonic() < deadline, f"warm after a minute, and {good} questions are answered"
                    time.sleep(0.1)
                server.send_signal(signal.SIGSTOP)
                stopped = time.monotonic() - clients.began
                start = time.monotonic()
                unready, report = faults.get(f"{base}/readyz")
                unready_after = time.monotonic() - start
                alive, _ = faults.get(f"{base}/livez")
                time.sleep(max(0.0, SILENT - (time.monotonic() - start)))
                server.send_signal(signal.SIGCONT)
                woken = time.monotonic() - clients.began
                time.sleep(15)
            left = faults.transactions_left(store, 15)
            ready, _ = faults.get(f"{base}/readyz")
            assert child.poll() is None
    during = clients.between(stopped - 0.5, woken)
    recovered = next((at for at, _, got in clients.seen if got == "ok" and at > stopped + 1), 1e9) - woken
    faults.table(
        f"Neo4j silent for {SILENT:.0f} s, {CLIENTS} clients, time limit {QUERY_SECONDS} s",
        [
            ("before", faults.summed(clients.between(0, stopped - 0.5))),
            ("silent", faults.summed(during)),
            ("first 5 s after", faults.summed(clients.between(woken, woken + 5))),
            ("later", faults.summed(clients.between(woken + 5, 1e9))),
            ("first good answer", f"asked {recovered:+.1f} s from SIGCONT"),
            ("readyz while silent", f"{unready} {report} after {unready_after:.1f} s; livez {alive}"),
            ("readyz afterwards", ready),
            ("transactions left", left or "none"),
        ],
    )
    assert "ok" not in {got for at, wait, got in during if at > stopped and at + wait < woken}, "it was silent"
    assert max(wait for _, wait, _ in clients.seen) < LONGEST
    # As many operations as may run at once wait for the database; those of the other clients are rejected after their wait in the queue.
    assert {got for _, _, got in during} <= {"ok", "DB_UNAVAILABLE", "QUERY_TIMEOUT", "OVERLOADED"}
    assert {got for _, _, got in clients.between(woken + 5, 1e9)} == {"ok"}
    assert (unready, alive, ready, left) == (503, 200, 200, [])
    assert unready_after < 5

"""Several processes: all stop with one signal, one that ends is started again, one that cannot start stops all."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from graph_api.web.worker_metrics import handed_out, summed_registry

WORK = """
import os, signal, sys, time
from pathlib import Path
from graph_api.cli import workers

def work(number, folder, outcome):
    signal.signal(signal.SIGTERM, lambda *_: (time.sleep(3 if outcome == "is slow" else 0), sys.exit(0)))
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
    workers.unblock_signals()
    (Path(folder) / f"{number}-{os.getpid()}").touch()
    if outcome == "fails" and number == 1:
        sys.exit(78)
    time.sleep(60)
"""
PROGRAM = """
import sys
from graph_api.cli import workers
from work import work

workers.START_SECONDS = float(sys.argv[3])
sys.exit(workers.supervise(2, work, sys.argv[1], sys.argv[2]))
"""
"""Without a guard against being imported, as scripts that start a command may be."""

LEAVING = """
import sys, threading, time
from pathlib import Path
from graph_api.cli import workers
from work import work

leave = threading.Event()

def leave_when_started():
    while len(list(Path(sys.argv[1]).iterdir())) < 2:
        time.sleep(0.05)
    leave.set()

threading.Thread(target=leave_when_started, daemon=True).start()
sys.exit(3 if workers.supervise(2, work, sys.argv[1], sys.argv[2], leave=leave) is None else 0)
"""
"""Ends with 3 where the supervisor says why it stopped its workers."""


LISTENING = """
import socket, sys
from graph_api.cli import workers
from work import work

listening = socket.create_server(("127.0.0.1", 0))
print(listening.getsockname()[1], flush=True)
sys.exit(workers.supervise(2, work, sys.argv[1], sys.argv[2], on_stop=listening.close))
"""
"""Has a socket, as a server has whose workers accept its requests."""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "work.py").write_text(WORK, encoding="utf-8")
    (tmp_path / "started").mkdir()
    return path


def started(program: Path, outcome: str, seconds: float = 10.0) -> subprocess.Popen[bytes]:
    arguments = [sys.executable, str(program), str(program.parent / "started"), outcome, str(seconds)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def processes(program: Path, *, at_least: int) -> list[tuple[int, int]]:
    """Return number and process id of the workers that have started, as soon as there are so many."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        found = sorted(tuple(map(int, one.name.split("-"))) for one in (program.parent / "started").iterdir())
        if len(found) >= at_least:
            return found  # type: ignore[return-value]
        time.sleep(0.05)
    raise AssertionError("too few workers started")


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_workers_stop_where_the_database_is_to_be_opened_again(program: Path) -> None:
    program.write_text(LEAVING, encoding="utf-8")
    with started(program, "waits") as child:
        workers = processes(program, at_least=2)
        _, told = child.communicate(timeout=300)
    assert (child.returncode, told) == (3, b"")
    assert [process for _, process in workers if is_alive(process)] == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_all_workers(program: Path, number: int) -> None:
    with started(program, "waits") as child:
        workers = processes(program, at_least=2)
        child.send_signal(number)
        _, told = child.communicate(timeout=60)
    assert (child.returncode, told) == (0, b"")
    assert [process for _, process in workers if is_alive(process)] == []


def test_nobody_is_accepted_while_workers_complete_their_requests(program: Path) -> None:
    program.write_text(LISTENING, encoding="utf-8")
    with started(program, "is slow") as child:
        assert child.stdout is not None
        port = int(child.stdout.readline())
        workers = processes(program, at_least=2)
        socket.create_connection(("127.0.0.1", port)).close()
        child.terminate()
        time.sleep(0.5)
        assert all(is_alive(process) for _, process in workers)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port))
        child.communicate(timeout=60)
    assert child.returncode == 0


def test_a_signal_while_workers_start_stops_them(program: Path) -> None:
    with started(program, "waits") as child:
        processes(program, at_least=1)
        child.terminate()
        _, told = child.communicate(timeout=60)
    assert (child.returncode, told) == (0, b"")


def test_a_worker_that_is_killed_is_started_again(program: Path) -> None:
    with started(program, "waits", seconds=0.0) as child:
        first = processes(program, at_least=2)
        os.kill(first[1][1], signal.SIGKILL)
        assert sorted(number for number, _ in processes(program, at_least=3)) == [0, 1, 1]
        child.terminate()
        _, told = child.communicate(timeout=60)
    assert child.returncode == 0
    assert b"worker 1 ended with code -9 and is started again" in told


def test_a_worker_that_cannot_start_stops_all(program: Path) -> None:
    with started(program, "fails") as child:
        child.communicate(timeout=120)
    assert child.returncode == 78


def test_metrics_of_all_workers_add_up(tmp_path: Path) -> None:
    first, second = CollectorRegistry(), CollectorRegistry()
    for registry, requests in ((first, 3), (second, 4)):
        Counter("detention_graph_requests", "Requests", ("code",), registry=registry).labels("OK").inc(requests)
        Gauge("detention_graph_plans", "Plans", registry=registry).set(requests)
    with handed_out(first, tmp_path / "0.sock"), handed_out(second, tmp_path / "1.sock"):
        text = generate_latest(summed_registry(tmp_path)).decode()
    assert 'detention_graph_requests_total{code="OK"} 7.0' in text
    assert "detention_graph_plans 7.0" in text


def test_metrics_are_those_of_the_workers_that_respond(tmp_path: Path) -> None:
    registry = CollectorRegistry()
    Gauge("detention_graph_plans", "Plans", registry=registry).set(2)
    (tmp_path / "1.sock").touch()
    with handed_out(registry, tmp_path / "0.sock"):
        assert "detention_graph_plans 2.0" in generate_latest(summed_registry(tmp_path)).decode()

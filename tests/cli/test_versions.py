"""``up`` stores what was known on each day by itself: after its start, after each load, and nothing is left running at its end."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from graph_api.cli import versions
from graph_api.cli.versions import keeping_versions
from graph_api.database.queries import named
from graph_api.settings import Settings
from tests.helpers.graphs import LiveGraph
from tests.ingest.texts import BASE

pytestmark = pytest.mark.live

ASKED = 'query @asOf(known: "2026-01-01") { people(first: 1) { nodes { id } } }'


def are_stored(graph: LiveGraph) -> bool:
    [[(found, _)]] = graph.store.read(named("as_of_state"))
    return bool(found)


def wait_until(holds: Callable[[], bool], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def every(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "EVERY", 0.1)


@pytest.mark.usefixtures("every")
def test_what_was_known_on_each_day_is_stored_after_the_start_and_after_a_load(
    graph: LiveGraph, tmp_path: Path
) -> None:
    graph.load_text(BASE, tmp_path)
    with keeping_versions(graph.store, Settings()):
        wait_until(lambda: are_stored(graph))
        assert graph.ask(ASKED)["people"]["nodes"]
        graph.load_text(BASE.replace("kherson", "old-town"), tmp_path)
        wait_until(lambda: are_stored(graph))
    assert graph.ask(ASKED)["people"]["nodes"]


@pytest.mark.usefixtures("every")
@pytest.mark.parametrize("reason", ["nothing is loaded", "too many claims", "switched off"])
def test_it_is_not_computed(graph: LiveGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: str) -> None:
    started: list[object] = []
    monkeypatch.setattr(versions, "_compute", lambda *given: started.append(given))
    if reason != "nothing is loaded":
        graph.load_text(BASE, tmp_path)
    if reason == "too many claims":
        monkeypatch.setattr(versions, "MAX_CLAIMS", 1)
    with keeping_versions(graph.store, Settings(as_of=reason != "switched off")):
        time.sleep(1)
    assert started == []


@pytest.mark.usefixtures("every")
def test_the_process_that_computes_it_ends_with_the_server(
    graph: LiveGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph.load_text(BASE, tmp_path)
    started: list[subprocess.Popen[bytes]] = []
    run = subprocess.Popen

    def start(*args: object, **options: object) -> subprocess.Popen[bytes]:
        started.append(run(*args, **options))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr("graph_api.cli.versions.subprocess.Popen", start)
    with keeping_versions(graph.store, Settings()):
        wait_until(lambda: bool(started))
    assert started[0].poll() is not None
    assert not psutil.pid_exists(started[0].pid)
    assert not are_stored(graph)

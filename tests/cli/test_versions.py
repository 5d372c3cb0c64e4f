"""``up`` stores what was known on each day by itself: after its start, after each load, and nothing is left running at its end."""

from __future__ import annotations

import errno
import os
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
    monkeypatch.setattr(versions, "AFTER_FAILURE", 0.1)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Return the processes that are started from now on."""
    found: list[subprocess.Popen[bytes]] = []
    run = subprocess.Popen

    def start(*args: object, **options: object) -> subprocess.Popen[bytes]:
        found.append(run(*args, **options))  # type: ignore[call-overload]
        return found[-1]

    monkeypatch.setattr("graph_api.cli.versions.subprocess.Popen", start)
    return found


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
    graph: LiveGraph, tmp_path: Path, started: list[subprocess.Popen[bytes]]
) -> None:
    graph.load_text(BASE, tmp_path)
    with keeping_versions(graph.store, Settings()):
        wait_until(lambda: bool(started))
    assert started[0].poll() is not None
    assert not psutil.pid_exists(started[0].pid)
    assert not are_stored(graph)


@pytest.mark.usefixtures("every")
def test_a_run_that_fails_is_told_once_for_each_revision_and_tried_again(
    graph: LiveGraph,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    started: list[subprocess.Popen[bytes]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It was tried for ever without a word, while questions as of a day were refused."""
    settings = Settings()
    monkeypatch.setenv("DETENTION_GRAPH_LOAD_SECONDS", "soon")
    graph.load_text(BASE, tmp_path)
    with keeping_versions(graph.store, settings):
        wait_until(lambda: len(started) > 2)
        [told] = capsys.readouterr().err.splitlines()
        assert told.startswith(
            "What was known on each day could not be stored: `detention-graph as-of` ended with code 78 "
            "(Invalid value 'soon' for DETENTION_GRAPH_LOAD_SECONDS: Input should be a valid number"
        )
        assert told.endswith("Run `detention-graph as-of` to see all that it prints.")
        graph.load_text(BASE.replace("kherson", "old-town"), tmp_path)
        tried = len(started)
        wait_until(lambda: len(started) > tried + 2)
        assert capsys.readouterr().err.splitlines() == [told]
        monkeypatch.delenv("DETENTION_GRAPH_LOAD_SECONDS")
        wait_until(lambda: are_stored(graph))


@pytest.mark.usefixtures("every")
def test_a_process_that_cannot_be_started_is_told_and_tried_again(
    graph: LiveGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was never tried again, and a stack trace was printed."""
    graph.load_text(BASE, tmp_path)
    run, refused = subprocess.Popen, [errno.EAGAIN, errno.ENOMEM]

    def start(*args: object, **options: object) -> subprocess.Popen[bytes]:
        if refused:
            code = refused.pop(0)
            raise OSError(code, os.strerror(code))
        return run(*args, **options)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr("graph_api.cli.versions.subprocess.Popen", start)
    with keeping_versions(graph.store, Settings()):
        wait_until(lambda: are_stored(graph))
    told = capsys.readouterr().err
    assert told.count("`detention-graph as-of` cannot be started (Resource temporarily unavailable). Until it is") == 1
    assert told.count("could not be stored") == 1, "the graph did not change"

"""A server changes to a new graph by itself: from the old graph to the new one, never between, and no request fails."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from bench.generate import Graph
from graph_api.embedded import ServedHome, following, served_home
from graph_api.embedded.layout import Layout
from graph_api.embedded.lock import acquire_building, identify, make_folders, new_state, write_state
from graph_api.ingest import prepare
from graph_api.ingest.load import load
from graph_api.ontology.vocabulary import Sensitivity
from tests.helpers import faults
from tests.helpers.stewards import CASES

PORT = 7687


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    made = Layout(tmp_path / "home")
    make_folders(made)
    write_state(made, replace(new_state(), port=PORT))
    return made


def home_of(layout: Layout, *, is_owned: bool) -> ServedHome:
    return ServedHome(layout, layout.home, lambda _message: None, f"bolt://127.0.0.1:{PORT}", is_owned, ExitStack())


def test_the_owner_of_a_server_follows_once_the_new_graph_is_left_to_it(layout: Layout) -> None:
    building = acquire_building(layout)
    assert building is not None
    with following(home_of(layout, is_owned=True)) as leave:
        layout.next_data.mkdir()
        assert not leave.wait(1), "the process that built it still reads the present graph"
        building.close()
        assert leave.wait(10)


def _stopping(layout: Layout) -> None:
    write_state(layout, new_state())


def _gone(layout: Layout) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        owner = identify(child.pid)
        write_state(layout, replace(new_state(), port=PORT, owner=owner))


def _another(layout: Layout) -> None:
    write_state(layout, replace(new_state(), port=PORT + 1))


@pytest.mark.parametrize("change", [_stopping, _gone, _another, lambda layout: layout.state.unlink()])
def test_who_shares_a_server_follows_once_its_owner_stops_it(layout: Layout, change: Callable[[Layout], None]) -> None:
    with following(home_of(layout, is_owned=False)) as leave:
        assert not leave.wait(0.5)
        change(layout)
        assert leave.wait(10)


def test_nobody_follows_a_given_address() -> None:
    with following(None) as leave:
        assert not leave.is_set()


# ── with Neo4j ──────────────────────────────────────────────────────────────────────────────────────────────────────


def count(base: str) -> int:
    """Return how many people a server counts. Raises OSError where it answers with an error."""
    request = urllib.request.Request(  # noqa: S310 - our own server
        f"{base}/graphql",
        json.dumps({"query": "{ people { totalCount } }"}).encode(),
        {"content-type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=300) as response:  # noqa: S310
        return int(json.loads(response.read())["data"]["people"]["totalCount"])


@contextmanager
def counting(base: str) -> Iterator[list[tuple[int | str, float]]]:
    """Count people four times a second while the block runs; yields what was answered, errors included, and after how many seconds."""
    seen: list[tuple[int | str, float]] = []
    enough = Event()

    def client() -> None:
        while not enough.wait(0.25):
            asked = time.monotonic()
            try:
                found: int | str = count(base)
            except (OSError, KeyError, TypeError) as error:
                found = repr(error)
            seen.append((found, time.monotonic() - asked))

    thread = Thread(target=client)
    thread.start()
    try:
        yield seen
    finally:
        enough.set()
        thread.join()


def check(seen: Sequence[tuple[int | str, float]], old: int, new: int) -> None:
    """Expect the old number, then the new one, and nothing else."""
    answers = [one for one, _ in seen]
    before = answers.count(old)
    assert answers == [old] * before + [new] * (len(seen) - before)
    assert 0 < before < len(seen)
    longest = max(wait for _, wait in seen)
    faults.table(
        "answers while a new graph is followed", [(f"{len(seen)} answers", f"the longest after {longest:.1f} s")]
    )


def small_home(home: Path, cache: Path) -> None:
    with faults.private(home, cache) as endpoint, faults.opened(endpoint) as store:
        load([CASES / "one"], store, audience=Sensitivity.RESTRICTED, with_lints=False)


@pytest.mark.live
@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_server_that_runs_the_database_changes_to_the_graph_that_another_process_built(
    tmp_path: Path, jar_cache: Path, workers: str
) -> None:
    Graph(300).write(tmp_path / "seeds")
    home = tmp_path / "home"
    env = {
        "DETENTION_GRAPH_DATA_DIR": str(home),
        "DETENTION_GRAPH_CACHE": str(jar_cache),
        "DETENTION_GRAPH_TRANSACTION_MB": "24",
    }
    small_home(home, jar_cache)
    words = ("apply", str(tmp_path / "seeds"), "--collection", "large", "--audience", "restricted")
    with faults.api(env | {"DETENTION_GRAPH_WORKERS": workers}) as (_, base), counting(base) as seen:
        old = count(base)
        code, told = faults.outcome(faults.product(*words, env=env), 1200)
        assert code == 0, told
        assert "the new graph is served after" in told
        assert count(base) == old + 300, "once the load has ended, answers are those of the new graph"
    check(seen, old, old + 300)
    assert faults.left_behind(home) == []


@pytest.mark.live
@pytest.mark.slow
def test_a_server_that_shares_the_database_runs_it_once_its_owner_has_replaced_the_graph(
    tmp_path: Path, jar_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Graph(100).write(tmp_path / "seeds")
    home = tmp_path / "home"
    env = {"DETENTION_GRAPH_DATA_DIR": str(home), "DETENTION_GRAPH_CACHE": str(jar_cache)}
    small_home(home, jar_cache)
    monkeypatch.setattr(prepare, "transaction_limit", lambda _store: 2**20)
    with ExitStack() as engine:
        endpoint = engine.enter_context(faults.private(home, jar_cache))
        with faults.api(env) as (_, base), counting(base) as seen:
            old = count(base)
            with (
                served_home(home, jar_cache, endpoint, lambda _message: None) as served,
                faults.opened(endpoint) as store,
            ):
                load([tmp_path / "seeds"], store, audience=Sensitivity.RESTRICTED, with_lints=False, home=served)
                assert count(base) == old
            engine.close()  # as the end of a process that loaded
            assert count(base) == old + 100
    check(seen, old, old + 100)
    assert faults.left_behind(home) == []

"""A load that no transaction holds, at the command line with a private Neo4j: the size is told at once, and kill -9 leaves the old graph or the new one."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from bench.generate import Graph
from graph_api.database.stored_claims import graph_hash
from graph_api.embedded.layout import Layout
from graph_api.ingest.load import load
from graph_api.ontology.vocabulary import Sensitivity
from tests.helpers import faults
from tests.helpers.cli_process import run_cli
from tests.helpers.stewards import CASES

pytestmark = [pytest.mark.live, pytest.mark.slow]  # each starts Neo4j several times

MOMENTS = (
    ("reading files", 0.0),
    ("reading files", 0.3),
    ("checking", 0.0),
    ("checking", 0.5),
    ("comparing with the graph", 0.0),
    ("reading claims", 0.0),
    ("reading claims", 0.5),
    ("computing the records", 0.0),
    ("writing", 0.0),
    ("writing", 0.2),
    ("writing", 1.0),
    ("importing", 0.0),
    ("importing", 0.5),
    ("importing", 2.0),
    ("creating indexes", 0.0),
    ("order, status and stays", 0.1),
    ("differences of", 0.0),
    ("totals", 0.0),
    ("replacing the present graph", 0.0),
    ("replacing the present graph", 0.05),
)
"""What the load tells before it is killed, and how many seconds later."""


def settings_of(home: Path, cache: Path, megabytes: int) -> dict[str, str]:
    """Return settings with a transaction that holds so much."""
    return {
        "DETENTION_GRAPH_DATA_DIR": str(home),
        "DETENTION_GRAPH_CACHE": str(cache),
        "DETENTION_GRAPH_TRANSACTION_MB": str(megabytes),
    }


def words_of(folder: Path) -> tuple[str, ...]:
    """Return the command that loads synthetic people; a public graph would refuse the sites of those who may be within reach."""
    return ("apply", str(folder), "--collection", "large", "--audience", "restricted")


def hash_of(home: Path, cache: Path) -> str:
    """Return the content hash of the graph of a home."""
    with faults.private(home, cache) as endpoint, faults.opened(endpoint) as store:
        return graph_hash(store)


def test_two_thousand_people_become_a_new_graph_with_the_hash_of_blocks(tmp_path: Path, jar_cache: Path) -> None:
    Graph(2000).write(tmp_path / "seeds")
    found = []
    for number, option in enumerate(((), ("--not-atomic",))):
        home = tmp_path / str(number)
        settings = settings_of(home, jar_cache, 160)
        with faults.product(*words_of(tmp_path / "seeds"), *option, env=settings) as child:
            faults.wait_for_line(child, "checking", 600)
            read = time.monotonic()
            faults.wait_for_line(child, "times what one transaction of this Neo4j holds (160 MB)", 5)
            assert time.monotonic() - read < 5
            assert child.wait(timeout=3000) == 0, child.told()
            told = child.told()
        assert ("importing" in told) == (not option)
        assert ("block 2 of" in told) == bool(option)
        found.append(hash_of(home, jar_cache))
    assert found[0] == found[1]


def test_a_killed_load_leaves_the_old_graph_or_the_new_one(tmp_path: Path, jar_cache: Path) -> None:
    Graph(300).write(tmp_path / "seeds")
    home = tmp_path / "home"
    settings = settings_of(home, jar_cache, 24)
    words = words_of(tmp_path / "seeds")
    with faults.private(home, jar_cache) as endpoint, faults.opened(endpoint) as store:
        load([CASES / "one"], store, audience=Sensitivity.RESTRICTED, with_lints=False)
        old = graph_hash(store)
    rows = []
    for line, seconds in MOMENTS:
        with faults.product(*words, env=settings) as child:
            faults.wait_for_line(child, line, 1200)
            time.sleep(seconds)
            child.kill()
        assert faults.left_behind(home) == []
        left = hash_of(home, jar_cache)
        assert not Layout(home).replacement.home.exists()
        assert not Layout(home).next_data.exists()
        rows.append((f"{line}, {seconds} s later", "old" if left == old else left[:12]))
    assert [row[1] for row in rows[:-2]] == ["old"] * (len(rows) - 2)
    done = run_cli(*words, env=settings, seconds=1800)
    assert done.returncode == 0, done.stderr
    new = hash_of(home, jar_cache)
    assert {row[1] for row in rows} <= {"old", new[:12]}
    assert run_cli("revert", "2", env=settings, seconds=1800).returncode == 0
    assert hash_of(home, jar_cache) == old
    faults.table("kill -9 of a load that becomes a new graph", rows)


def test_ctrl_c_leaves_the_old_graph_and_no_file(tmp_path: Path, jar_cache: Path) -> None:
    Graph(300).write(tmp_path / "seeds")
    home = tmp_path / "home"
    settings = settings_of(home, jar_cache, 24)
    with faults.private(home, jar_cache) as endpoint, faults.opened(endpoint) as store:
        load([CASES / "one"], store, audience=Sensitivity.RESTRICTED, with_lints=False)
        old = graph_hash(store)
    for line in ("importing", "order, status and stays"):
        with faults.product(*words_of(tmp_path / "seeds"), env=settings) as child:
            faults.wait_for_line(child, line, 1200)
            child.send_signal(signal.SIGINT)
            assert child.wait(timeout=300) == 130, child.told()
            assert "Traceback" not in child.told()
        assert faults.left_behind(home) == []
        assert not Layout(home).replacement.home.exists()
        assert not Layout(home).next_data.exists()
    assert hash_of(home, jar_cache) == old

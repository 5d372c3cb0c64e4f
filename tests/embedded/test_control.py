"""``detention-graph engine``: status, stop and logs, as a process and from outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph_api.embedded import control
from graph_api.embedded.layout import Layout
from graph_api.embedded.lock import acquire, make_folders, new_state, write_state
from graph_api.errors import EmbeddedDatabaseError
from tests.helpers import faults
from tests.helpers.cli_process import run_cli


def engine(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    return run_cli("engine", *words, env={"DETENTION_GRAPH_DATA_DIR": str(home)})


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    layout = Layout(tmp_path / "home")
    make_folders(layout)
    return layout


def test_a_home_that_was_never_used_runs_nothing(tmp_path: Path) -> None:
    done = engine("status", "--json", home=tmp_path / "none")
    assert done.returncode == 3
    assert json.loads(done.stdout)["is_running"] is False
    assert engine("stop", home=tmp_path / "none").stdout == "nothing runs in this data directory\n"
    assert not (tmp_path / "none").exists()
    logs = engine("logs", home=tmp_path / "none")
    assert logs.returncode == 69
    assert "no Neo4j was started" in logs.stderr
    assert "Traceback" not in logs.stderr


def test_a_wrong_setting_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTION_GRAPH_PORT", "many")
    done = engine("status", home=tmp_path)
    assert done.returncode == 78
    assert "Traceback" not in done.stderr


def test_a_home_that_somebody_holds_is_left_alone_without_force(layout: Layout) -> None:
    with acquire(layout) or pytest.fail("not acquired"):
        write_state(layout, new_state())
        with pytest.raises(EmbeddedDatabaseError, match=rf"held by process {os.getpid()} since .* --force"):
            control.stop(layout)
        with pytest.raises(EmbeddedDatabaseError, match="is held by"):
            control.stop(layout, force=True)  # the owner is we ourselves
        assert control.read_status(layout).is_held


def test_the_end_of_a_log_and_what_follows(layout: Layout) -> None:
    layout.console.write_text("one\ntwo\nthree\n", encoding="utf-8")
    assert control.tail(layout.console, 2) == ["two", "three"]
    assert control.tail(layout.console, 0) == []
    command = [
        sys.executable,
        "-u",
        "-m",
        "graph_api",
        "engine",
        "logs",
        "-n",
        "1",
        "--follow",
        "--home",
        str(layout.home),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as following:
        assert following.stdout is not None
        assert following.stdout.readline() == "three\n"
        time.sleep(0.5)
        with layout.console.open("a", encoding="utf-8") as stream:
            stream.write("four\n")
        assert following.stdout.readline() == "four\n"
        layout.console.write_text("anew\n", encoding="utf-8")
        assert following.stdout.readline() == "anew\n"
        following.terminate()


@pytest.mark.live
@pytest.mark.slow
def test_status_and_stop_of_a_server_that_runs(tmp_path: Path, jar_cache: Path) -> None:
    home = tmp_path / "home"
    env = {"DETENTION_GRAPH_DATA_DIR": str(home), "DETENTION_GRAPH_CACHE": str(jar_cache)}
    with faults.api(env) as (owner, _):
        done = engine("status", "--json", home=home)
        found = json.loads(done.stdout)
        assert done.returncode == 0
        assert (found["is_running"], found["is_held"], found["owner"]) == (True, True, owner.pid)
        assert found["pid"] == faults.server_of(home).pid
        assert found["memory"] > 100_000_000
        assert found["version"] == "2026.09.0"
        assert "server   process" in engine("status", home=home).stdout
        assert "Started." in engine("logs", home=home).stdout
        assert len(engine("logs", "--log", "debug", "-n", "5", home=home).stdout.splitlines()) == 5
        refused = engine("stop", home=home)
        assert refused.returncode == 69
        assert f"held by process {owner.pid}" in refused.stderr
        stopped = engine("stop", "--force", home=home)
        assert (stopped.returncode, stopped.stdout) == (0, "stopped\n")
        assert owner.wait(timeout=10) in (0, 143)
    assert faults.left_behind(home, seconds=1) == []

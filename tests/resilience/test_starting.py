"""The first seconds of ``up``: a signal at any moment, and two of them below one data directory."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from graph_api.embedded.bolt_probe import free_port
from tests.helpers import faults

MOMENTS = (0.15, 0.5, 1.0, 1.6, 2.5, 5.0)
"""Seconds after the start: during the imports, at the lock, while Neo4j starts, while the seeds are loaded."""


@pytest.mark.live
@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS)
def test_an_interrupt_in_the_first_seconds_ends_without_a_stack_trace(
    moment: float, tmp_path: Path, jar_cache: Path
) -> None:
    env = {"DETENTION_GRAPH_DATA_DIR": str(tmp_path / "home"), "DETENTION_GRAPH_CACHE": str(jar_cache)}
    child = faults.product("up", "--port", str(free_port()), env=env)
    time.sleep(moment)
    child.send_signal(signal.SIGINT)
    code, told = faults.outcome(child, seconds=60)
    faults.said(code, told)
    assert code == 130 or "serving" in told
    assert "Traceback" not in told
    assert "Error" not in told
    assert faults.left_behind(tmp_path / "home", seconds=5) == []


@pytest.mark.live
@pytest.mark.slow
def test_of_two_below_a_new_home_one_starts_and_the_other_names_it(tmp_path: Path, jar_cache: Path) -> None:
    env = {"DETENTION_GRAPH_DATA_DIR": str(tmp_path / "home"), "DETENTION_GRAPH_CACHE": str(jar_cache)}
    both = [faults.product("up", "--port", str(free_port()), env=env) for _ in range(2)]
    deadline = time.monotonic() + 120
    while all(one.poll() is None for one in both):
        assert time.monotonic() < deadline, [one.told() for one in both]
        time.sleep(0.1)
    [ended] = [one for one in both if one.poll() is not None]
    [serving] = [one for one in both if one is not ended]
    code, told = faults.outcome(ended)
    faults.said(code, told)
    assert code == 69
    assert f"is held by process {serving.pid} since" in told
    faults.wait_for_line(serving, "Neo4j answers")
    serving.send_signal(signal.SIGINT)
    code, told = faults.outcome(serving)
    assert "Traceback" not in told
    assert faults.left_behind(tmp_path / "home", seconds=5) == []

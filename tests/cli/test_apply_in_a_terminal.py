"""``apply`` in a terminal: what it asks, what it keeps of the answers, and what it says where Ctrl-C stops it. All people are made up."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from graph_api.embedded import Endpoint
from tests.helpers.graphs import LiveGraph
from tests.helpers.stewards import Life

pytestmark = [pytest.mark.live, pytest.mark.slow]  # each starts the program, which takes seconds

QUESTION = "[y/N]"


@pytest.fixture
def life(graph: LiveGraph, endpoint: Endpoint, tmp_path: Path) -> Life:
    return Life(graph, endpoint, tmp_path)


def apply_in_terminal(life: Life, *words: str, answers: Sequence[tuple[str, str | signal.Signals]]) -> tuple[int, str]:
    """Run ``apply`` in a terminal; type each answer, or send each signal, once its mark is shown. Return exit code and output."""
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "graph_api", "apply", str(life.steward.folder / words[0]), *words[1:]]
    env = {**os.environ, **life.env, "NO_COLOR": "1", "COLUMNS": "200", "TERM": "dumb"}
    process = subprocess.Popen([*command, "--steward", "olena"], stdin=slave, stdout=slave, stderr=slave, env=env)
    os.close(slave)
    shown, seen, waiting = b"", 0, list(answers)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if waiting and (place := shown.find(waiting[0][0].encode(), seen)) >= 0:
            seen = place + 1
            _, answer = waiting.pop(0)
            if isinstance(answer, signal.Signals):
                process.send_signal(answer)
            else:
                os.write(master, f"{answer}\n".encode())
        if select.select([master], [], [], 0.2)[0]:
            try:
                shown += os.read(master, 4096)
            except OSError:  # the other end of the terminal is closed
                break
    os.close(master)
    return process.wait(timeout=30), shown.decode("utf-8")


def remove_somebody(life: Life) -> None:
    for name in ("people", "events"):
        path = life.steward.folder / "two" / f"{name}.yaml"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "stb-p5" not in line), "utf-8")


def test_a_decision_by_an_answer_is_kept_with_the_load(life: Life) -> None:
    remove_somebody(life)
    before = life.steward.hash
    code, shown = apply_in_terminal(life, "two", answers=[(QUESTION, "n")])
    assert (code, life.steward.hash) == (64, before), shown
    assert "would be removed (stb-p5, " in shown
    code, shown = apply_in_terminal(life, "two", answers=[(QUESTION, "y")])
    assert code == 0, shown
    assert "decisions: --remove" in life.run("loads", "3").stdout


def test_nobody_is_shown_by_a_yes_without_a_reason(life: Life) -> None:
    """As with ``--disclose ID --why …``: a yes alone showed who had been restricted, and no load told why."""
    shown = (life.steward.folder / "g-visible.yaml").read_text("utf-8")
    file = life.steward.folder / "two" / "visible.yaml"
    file.write_text(shown.replace("category: civilian", "category: civilian, sensitivity: restricted"), "utf-8")
    life.steward.edit("two/people.yaml", "Eta Synthetic", "Eta New")
    life.apply("two")
    file.write_text(shown, "utf-8")
    before = life.steward.hash
    code, told = apply_in_terminal(life, "two", answers=[(QUESTION, "y"), ("Why are they shown", " ")])
    assert (code, life.steward.hash) == (64, before), told
    code, told = apply_in_terminal(life, "two", answers=[(QUESTION, "y"), ("Why are they shown", "published since")])
    assert code == 0, told
    assert "decisions: --disclose vis-p1: published since" in life.run("loads", "4").stdout
    assert life.ask('{ person(id: "vis-p1") { name } }')["person"]["name"] == "Visible Synthetic"


def test_ctrl_c_at_the_question_says_that_nothing_was_changed(life: Life) -> None:
    remove_somebody(life)
    before = life.steward.hash
    code, shown = apply_in_terminal(life, "two", answers=[(QUESTION, signal.SIGINT)])
    assert (code, life.steward.hash) == (130, before), shown
    assert "detention-graph: stopped: nothing was changed" in shown
    assert "Traceback" not in shown

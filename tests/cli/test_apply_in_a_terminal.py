"""``apply`` in a terminal: what it asks, what it keeps of the answers, and what it says where Ctrl-C stops it. All people are made up."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import pytest

from graph_api.embedded import Endpoint
from graph_api.ingest.history import all_loads
from tests.helpers.graphs import LiveGraph
from tests.helpers.stewards import Life

pytestmark = [pytest.mark.live, pytest.mark.slow]  # each starts the program, which takes seconds

QUESTION, WHY = "[y/N]", "Why are they shown"
Answer: TypeAlias = str | signal.Signals | Callable[[], None]


@pytest.fixture
def life(graph: LiveGraph, endpoint: Endpoint, tmp_path: Path) -> Life:
    return Life(graph, endpoint, tmp_path)


def apply_in_terminal(life: Life, *words: str, answers: Sequence[tuple[str, Answer]]) -> tuple[int, str]:
    """Run ``apply`` in a terminal; type each answer, send each signal or call each function once its mark is shown. Return exit code and output."""
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "graph_api", "apply", str(life.steward.folder / words[0]), *words[1:]]
    env = {**os.environ, **life.env, "NO_COLOR": "1", "COLUMNS": "200", "TERM": "dumb"}
    process = subprocess.Popen([*command, "--steward", "olena"], stdin=slave, stdout=slave, stderr=slave, env=env)
    os.close(slave)
    shown, seen, waiting = b"", 0, list(answers)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if waiting and (place := shown.find(waiting[0][0].encode(), seen)) >= 0:
            _, answer = waiting.pop(0)
            if callable(answer):  # before the answer at the same mark
                answer()
                continue
            seen = place + 1
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


# ── another load comes while somebody is asked ──────────────────────────────────────────────────────────────────────

OTHER = "  - {id: oth-p1, name: Other Synthetic, category: civilian, cite: {source: sta-src-a, at: ¶9}}\n"


def other_load(life: Life, text: str, collection: str) -> Callable[[], None]:
    """Return what loads a file of another steward."""
    (life.steward.folder / "other.yaml").write_text(text, "utf-8")
    return lambda: assert_applied(life, collection)


def assert_applied(life: Life, collection: str) -> None:
    assert life.steward.apply("other.yaml", collection).is_applied


def visible(life: Life) -> str:
    """State somebody in the second collection; return the file that states the same person as restricted."""
    public = (life.steward.folder / "g-visible.yaml").read_text("utf-8")
    (life.steward.folder / "two" / "visible.yaml").write_text(public, "utf-8")
    return public.replace("category: civilian", "category: civilian, sensitivity: restricted")


def decisions_of(life: Life) -> list[list[str]]:
    """Return the decisions that are kept with each load."""
    return [list(one.note.get("decisions", ())) for one in all_loads(life.steward.graph.store)]


def test_what_a_plan_made_again_demands_is_shown_and_kept(life: Life) -> None:
    """The second plan was not shown, and no load told who became visible and why."""
    remove_somebody(life)
    other = other_load(life, visible(life) + OTHER, "four")
    answers: list[tuple[str, Answer]] = [(QUESTION, other), (QUESTION, "y"), (QUESTION, "y"), (WHY, "published since")]
    code, shown = apply_in_terminal(life, "two", answers=answers)
    assert code == 0, shown
    first, _, second = shown.partition(QUESTION)
    assert "newly visible" not in first
    asked = second.partition(QUESTION)[0]
    assert asked.index("came first") < asked.index("plan for collection two") < asked.index("newly visible: vis-p1")
    assert decisions_of(life) == [[], [], [], ["--remove", "--disclose vis-p1: published since"]]


def test_what_the_last_plan_of_blocks_demands_is_shown_and_kept(life: Life) -> None:
    """As above: the note of the last block was made before its plan."""
    restricted = visible(life)
    other_load(life, restricted + OTHER.replace("oth", "oth-of-four"), "four")()
    other = other_load(life, f"people:\n{OTHER}", "two")
    answers: list[tuple[str, Answer]] = [(QUESTION, other), (QUESTION, "y"), (WHY, "published since"), (QUESTION, "y")]
    code, shown = apply_in_terminal(life, "two", "--not-atomic", answers=answers)
    assert code == 0, shown
    assert shown.count("plan for collection two") == 2
    of_block, of_last = decisions_of(life)[-2:]
    assert of_block == ["--disclose vis-p1: published since"]
    assert of_last == ["--remove", *of_block]
    assert life.ask('{ person(id: "oth-p1") { name } }')["person"] is None


def test_a_yes_covers_only_what_was_shown(life: Life) -> None:
    """A yes to the removal of five entries removed a sixth, which another load had added meanwhile."""
    remove_somebody(life)
    other = other_load(life, f"people:\n{OTHER}", "two")
    answers: list[tuple[str, Answer]] = [(QUESTION, other), (QUESTION, "y"), (QUESTION, "n")]
    code, shown = apply_in_terminal(life, "two", "--not-atomic", answers=answers)
    assert code == 64, shown
    first, _, second = shown.partition(QUESTION)
    assert "oth-p1" not in first
    assert "6 entries that no file states any more would be removed (oth-p1, " in second.partition(QUESTION)[0]
    assert life.ask('{ person(id: "oth-p1") { name } }')["person"]["name"] == "Other Synthetic"
    code, shown = apply_in_terminal(life, "two", "--not-atomic", answers=[(QUESTION, "y")])
    assert (code, shown.count(QUESTION)) == (0, 1), "what was shown is not asked twice"

"""The last acceptance scenarios of a steward, at the command line: judgements, a load that is too large, two stewards at once. All people are made up."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph_api.database.driver import Database, Transaction
from graph_api.embedded import Endpoint
from graph_api.ingest.apply import acquire_lock, current_revision
from graph_api.ontology.vocabulary import Sensitivity
from graph_api.statement import Statement
from tests.helpers.graphs import LiveGraph
from tests.helpers.stewards import Life

pytestmark = [pytest.mark.live, pytest.mark.slow]  # some thirty commands, each a process

WAITING = "SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN count(*)"


@pytest.fixture
def life(graph: LiveGraph, endpoint: Endpoint, tmp_path: Path) -> Life:
    return Life(graph, endpoint, tmp_path)


# ── 15: two stewards ────────────────────────────────────────────────────────────────────────────────────────────────


class NothingChanged(Exception):
    """Ends a transaction without a change."""


@contextmanager
def until_both_wait(store: Database) -> Iterator[ThreadPoolExecutor]:
    """Hold the graph until two other transactions wait for it, which have planned by then; change nothing."""
    with ThreadPoolExecutor(2) as pool:

        def hold(tx: Transaction) -> None:
            acquire_lock(tx, Sensitivity.PUBLIC, current_revision(store, Sensitivity.PUBLIC))
            started.append(True)
            deadline = time.monotonic() + 90
            while store.read(Statement(WAITING, {}, "waiting"))[0][0] < 2:
                assert time.monotonic() < deadline, "both loads wait for the graph"
                time.sleep(0.1)
            raise NothingChanged

        started: list[bool] = []
        with ThreadPoolExecutor(1) as holder:
            held = holder.submit(store.write, hold, seconds=120)
            while not started and not held.done():
                time.sleep(0.05)
            yield pool
            with pytest.raises(NothingChanged):
                held.result()


def both(life: Life, *commands: tuple[str, ...]) -> list[tuple[int, str]]:
    """Run two commands that plan on the same graph and then write; return exit code and standard error of each."""
    with until_both_wait(life.steward.graph.store) as pool:
        running = [pool.submit(life.start, *words) for words in commands]
    return [(one.result().returncode, one.result().stderr) for one in running]


def test_two_whole_applies_at_once(life: Life) -> None:
    """Scenario 15: of other records both are applied, of the same records one; the other one names its load."""
    life.steward.edit("one/people.yaml", "Gamma Synthetic", "Gamma New")
    life.steward.edit("two/people.yaml", "Eta Synthetic", "Eta New")
    of_two = both(life, ("apply", "one", "--steward", "olena"), ("apply", "two", "--steward", "iryna"))
    assert [code for code, _ in of_two] == [0, 0], of_two
    assert sum("came first and changed other records: planned again" in told for _, told in of_two) == 1
    shutil.copytree(life.steward.folder / "one", life.steward.folder / "elsewhere")
    life.steward.edit("one/people.yaml", "Gamma New", "Gamma of Olena")
    life.steward.edit("elsewhere/people.yaml", "Gamma New", "Gamma of Iryna")
    of_one = both(life, ("apply", "one", "--steward", "olena"), ("apply", "elsewhere", "--steward", "iryna"))
    assert sorted(code for code, _ in of_one) == [0, 75], of_one
    first, second = ("olena", "iryna") if of_one[0][0] == 0 else ("iryna", "olena")
    [refused] = [told for code, told in of_one if code == 75]
    assert "load 5 (2" in refused
    assert f", {first}) changed sta-p3" in refused
    assert second not in refused.rpartition("detention-graph: ")[2]
    stored = life.ask('{ person(id: "sta-p3") { name } }')["person"]["name"]
    assert stored == f"Gamma of {first.capitalize()}"


def test_a_kept_plan_is_refused_only_where_the_graph_moved_under_it(life: Life) -> None:
    """Scenario 15: a load of other records does not matter to a plan, one of the same records does."""
    kept = life.steward.folder / "one.plan"
    life.steward.edit("one/people.yaml", "Gamma Synthetic", "Gamma New")
    life.run("plan", "one", "--out", str(kept))
    life.steward.edit("two/people.yaml", "Eta Synthetic", "Eta New")
    life.apply("two")
    life.apply("one.plan")
    assert life.ask('{ person(id: "sta-p3") { name } }')["person"]["name"] == "Gamma New"
    shutil.copytree(life.steward.folder / "one", life.steward.folder / "elsewhere")
    life.steward.edit("one/people.yaml", "Gamma New", "Gamma Newer")
    life.run("plan", "one", "--out", str(kept))
    life.steward.edit("elsewhere/people.yaml", "Gamma New", "Gamma Else")
    life.apply("elsewhere")
    assert "olena) changed sta-p3 since the plan: nothing was changed, plan again." in life.apply("one.plan", code=75)
    assert life.ask('{ person(id: "sta-p3") { name } }')["person"]["name"] == "Gamma Else"

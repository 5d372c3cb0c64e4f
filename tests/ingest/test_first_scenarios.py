"""The first six acceptance scenarios of a steward, at the command line and on one graph: output, exit codes and content hashes. All people are made up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph_api.database.migrations import pending
from graph_api.embedded import Endpoint
from tests.helpers.graphs import LiveGraph
from tests.helpers.stewards import Life

pytestmark = [pytest.mark.live, pytest.mark.slow]  # some thirty commands, each a process

MARCH, FEBRUARY = "who: sta-p1}], date: 2022-03", "who: sta-p1}], date: 2022-02"


def test_the_life_of_two_collections(graph: LiveGraph, endpoint: Endpoint, tmp_path: Path) -> None:
    life = Life(graph, endpoint, tmp_path)
    one_correction(life)
    a_deleted_person(life)
    part_of_a_collection(life)
    an_id_of_somebody_else(life)
    an_old_copy(life)
    a_wrong_load(life)


def one_correction(life: Life) -> None:
    """Scenario 1: exactly one record changes, the order stays, and a plan changes nothing."""
    store, before = life.steward.graph.store, life.steward.hash
    life.steward.edit("one/events.yaml", MARCH, FEBRUARY)
    lines = life.run("plan", "one", "--exit-code", code=4).stdout.splitlines()
    assert [line for line in lines if re.match(r"  [-~+] ", line)] == ["  ~ event    sta-p1-detention  claims +1 -1"]
    assert "      date       March 2022 → February 2022" in lines
    assert [line for line in lines if line.startswith("  order")] == ["  order     unchanged"]
    assert life.run("plan", "one").returncode == 0
    assert (life.steward.hash, pending(store)) == (before, ())
    life.steward.edit("one/events.yaml", FEBRUARY, MARCH)


def a_deleted_person(life: Life) -> None:
    """Scenario 2: a person, her events and her part in an exchange go with a decision, and stay in the history."""
    for name in ("people", "events"):
        path = life.steward.folder / "two" / f"{name}.yaml"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "stb-p5" not in line), "utf-8")
    plan = life.run("plan", "two").stdout
    gone = ["stb-p5", "stb-p5-conviction", "stb-p5-detention", "stb-p5-transfer", "stb-p5-trial"]
    assert re.findall(r"^  - \w+ +(\S+)", plan, re.MULTILINE) == gone
    assert re.search(r"^  ~ event +stb-exchange ", plan, re.MULTILINE)
    assert re.search(r"lists .*: −1: −stb-p5$", plan, re.MULTILINE)
    before = life.steward.hash
    assert "5 entries that no file states any more would be removed" in life.apply("two", code=64)
    assert life.steward.hash == before
    life.apply("two", "--remove")
    assert life.ask('{ person(id: "stb-p5") { id } }')["person"] is None
    assert re.search(
        r"^load 3 \(.*, olena\)\n(  - .*\n)*  - name: Iota Synthetic",
        life.run("history", "stb-p5").stdout,
        re.MULTILINE,
    )


def part_of_a_collection(life: Life) -> None:
    """Scenario 3: a file is a part, and the plan says what was not looked at."""
    plan = life.run("plan", "two/events.yaml").stdout
    assert plan.startswith("plan for collection two (part: 1 file; nothing is removed)")
    assert "11 other entries of the collection two were not looked at" in plan


def an_id_of_somebody_else(life: Life) -> None:
    """Scenario 4: an id of another collection is refused with the file, the line and the name."""
    refused = life.apply("collide.yaml", "--collection", "four", code=65)
    assert re.search(r"collide\.yaml:\d+:\d+: .*\(people\.yaml:5, Theta Synthetic\).* \[owner\]", refused)
    assert life.ask('{ person(id: "stb-p4") { name } }')["person"]["name"] == "Theta Synthetic"


def an_old_copy(life: Life) -> None:
    """Scenario 5: what takes a correction back is refused with both dates and the load that made it."""
    life.steward.edit("one/events.yaml", MARCH, FEBRUARY)
    life.apply("one")
    life.steward.edit("one/events.yaml", FEBRUARY, MARCH)
    refused = life.apply("one", code=64)
    assert re.search(
        r"sta-p1-detention returns to what load 4 \(.*, olena\) replaced \(date February 2022 → March 2022\)", refused
    )
    assert "date February 2022 → March 2022" in life.run("load", "one", code=64).stderr, "load has the same guards"
    life.apply("one", "--stale-ok")


def a_wrong_load(life: Life) -> None:
    """Scenario 6: a wrong load is reverted to the hash of before, and the revert as well."""
    good = life.steward.hash
    assert "stb-p5 returns to what load 3 (" in life.apply("bad", "--collection", "two", code=64)
    life.apply("bad", "--collection", "two", "--stale-ok")
    wrong = life.steward.hash
    life.run("revert", "6")
    assert life.steward.hash == good
    assert life.ask('{ person(id: "stb-p9") { id } }')["person"] is None
    life.run("revert", "7")
    assert life.steward.hash == wrong


def test_a_later_load_and_the_claims_of_another_report(graph: LiveGraph, endpoint: Endpoint, tmp_path: Path) -> None:
    life = Life(graph, endpoint, tmp_path)
    a_later_load(life)
    claims_that_take_somebody_out_of_a_list(life)


def a_later_load(life: Life) -> None:
    """Scenario 6, second half: a later load of the same record stands in the way, is named, and can be reverted with the wrong one."""
    good = life.steward.hash
    life.apply("bad", "--collection", "two")
    life.steward.edit("two/people.yaml", "Alfa Synthetic", "Alfa Corrected")
    life.apply("two/people.yaml")
    wrong = life.steward.hash
    assert re.search(r"load 4 \(.*olena.*\) changed stb-p1 since", life.run("revert", "3", code=65).stderr)
    assert life.steward.hash == wrong
    life.run("revert", "3", "--with-later")
    assert life.steward.hash == good


def claims_that_take_somebody_out_of_a_list(life: Life) -> None:
    """Scenario 7: the plan says what becomes disputed, which order depends on dates now, and who leaves which list; so it is after the load."""
    plan = life.run("plan", "disp.yaml", "--collection", "three").stdout
    assert plan.count("DISPUTED, new") == 3
    assert "stb-p3-conviction before stb-exchange   for all dates → for some dates" in plan
    assert re.search(r"lists .*: −1: −stb-p3$", plan, re.MULTILINE)
    before = headline(life)
    life.apply("disp.yaml", "--collection", "three")
    assert before - headline(life) == {"stb-p3"}


def headline(life: Life) -> set[str]:
    """Return the people of the first list of the cookbook."""
    steps = "[{kind: CONVICTION}, {kind: EXCHANGE}]"
    found = life.ask(
        f"{{ sequences(steps: {steps}, where: {{category: {{eq: CIVILIAN}}}}, holds: FOR_ALL_DATES, first: 50) {{ nodes {{ person {{ id }} }} }} }}"
    )
    return {one["person"]["id"] for one in found["sequences"]["nodes"]}

"""The acceptance scenarios of a steward's work on two collections of people who are made up: plan, apply, history, revert."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from graph_api.errors import DatabaseBusy, DecisionRequired, InvalidInput, InvalidSeeds, NotFound
from graph_api.ingest.history import all_loads, history_of
from graph_api.ingest.load import LoadNote, rehearse, write_in_turn
from graph_api.ingest.plan_report import format_plan_markdown, format_plan_text
from graph_api.ingest.prepare import PreparedLoad
from graph_api.ingest.saved_plan import check_saved_plan, read_saved_plan, saved_plan, write_saved_plan
from graph_api.web.cookbook_lists import answer_within
from tests.helpers.graphs import LiveGraph
from tests.helpers.stewards import SCHEMA, Steward, with_two_collections

pytestmark = pytest.mark.live

PERSON = "{ person(id: %s) { name } }"


@pytest.fixture
def steward(graph: LiveGraph, tmp_path: Path) -> Steward:
    return with_two_collections(graph, tmp_path)


def test_a_plan_of_one_correction_shows_the_field_and_changes_nothing(steward: Steward) -> None:
    steward.edit("one/events.yaml", "who: sta-p1}], date: 2022-03", "who: sta-p1}], date: 2022-02")
    before = steward.graph.dump()
    report = steward.plan("one")
    assert [(one.sign, one.id) for one in report.records] == [("~", "sta-p1-detention")]
    assert "date       March 2022 → February 2022" in format_plan_text(report)
    assert (report.order, report.lists, report.demands) == ((), (), ())
    assert steward.graph.dump() == before
    assert format_plan_markdown(report).startswith("**plan for collection one (whole: 3 files)**: can be applied")


def test_a_deleted_person_leaves_with_a_decision_and_stays_in_the_history(steward: Steward) -> None:
    delete_stb_p5(steward)
    before = steward.graph.dump()
    report = steward.plan("two")
    removed = [one.id for one in report.records if one.sign == "-"]
    assert removed == ["stb-p5", "stb-p5-conviction", "stb-p5-detention", "stb-p5-transfer", "stb-p5-trial"]
    assert "stb-exchange" in [one.id for one in report.records if one.sign == "~"]
    lists = {one.title: one for one in report.lists or ()}
    assert any((one.count, one.left) == (-1, ("stb-p5",)) for one in lists.values())
    with pytest.raises(DecisionRequired, match="--remove"):
        steward.apply("two")
    assert steward.graph.dump() == before
    assert steward.apply("two", remove=True).is_applied
    assert steward.graph.ask(PERSON % '"stb-p5"')["person"] is None
    assert [
        (one.load.number, one.is_added) for one in history_of(steward.graph.store, "stb-p5") if one.name == "name"
    ] == [
        (2, True),
        (3, False),
    ]


def test_a_file_is_a_part_and_says_what_was_not_looked_at(steward: Steward) -> None:
    delete_stb_p5(steward)
    steward.apply("two", remove=True)
    report = steward.plan("two/events.yaml")
    assert report.title == "plan for collection two (part: 1 file; nothing is removed)"
    assert report.counts["removed"] == 0
    assert "11 other entries of the collection two were not looked at" in report.notes


def test_an_id_of_somebody_else_is_refused(steward: Steward) -> None:
    with pytest.raises(InvalidSeeds) as error:
        steward.apply("collide.yaml", "four")
    [problem] = [one for one in error.value.problems if one.rule == "owner"]
    assert "'stb-p4' is a person of the collection two (people.yaml:5, Theta Synthetic)" in problem.message
    assert steward.graph.ask(PERSON % '"stb-p4"')["person"]["name"] == "Theta Synthetic"


def test_an_old_copy_that_takes_a_correction_back_is_noticed(steward: Steward) -> None:
    steward.edit("one/events.yaml", "who: sta-p1}], date: 2022-03", "who: sta-p1}], date: 2022-02")
    steward.apply("one")
    steward.edit("one/events.yaml", "who: sta-p1}], date: 2022-02", "who: sta-p1}], date: 2022-03")
    report = steward.plan("one")
    assert "date       February 2022 → March 2022" in format_plan_text(report)
    with pytest.raises(
        DecisionRequired, match=r"sta-p1-detention returns to what load 3 \(.*, olena\) replaced.*--stale-ok"
    ):
        steward.apply("one")
    assert steward.apply("one", stale_ok=True).is_applied


def test_a_wrong_load_is_reverted_exactly_and_the_revert_as_well(steward: Steward) -> None:
    good = steward.hash
    steward.apply("bad", "two")
    wrong = steward.hash
    assert steward.graph.ask(PERSON % '"stb-p9"')["person"]["name"] == "Omega Wrong"
    steward.revert(3)
    assert steward.hash == good
    assert steward.graph.ask(PERSON % '"stb-p9"')["person"] is None
    steward.revert(4)
    assert steward.hash == wrong
    assert [one.note.get("reverts") for one in all_loads(steward.graph.store)] == [None, None, None, 3, 4]


def test_a_later_load_stands_in_the_way_and_can_be_reverted_with_it(steward: Steward) -> None:
    good = steward.hash
    steward.apply("bad", "two")
    steward.edit("two/people.yaml", "Alfa Synthetic", "Alfa Corrected")
    steward.apply("two/people.yaml")
    with pytest.raises(InvalidSeeds) as error:
        steward.revert(3)
    assert [one.rule for one in error.value.problems] == ["later-load"]
    assert "load 4 (" in str(error.value.problems[0])
    assert "changed stb-p1 since" in str(error.value.problems[0])
    steward.revert(3, with_later=True)
    assert steward.hash == good


def test_a_claim_that_takes_somebody_out_of_a_list_is_announced(steward: Steward) -> None:
    report = steward.plan("disp.yaml", "three")
    text = format_plan_text(report)
    assert "also said: September 2024, stc-src ¶1   DISPUTED, new" in text
    assert "also said: 5 years, stc-src ¶1   DISPUTED, new" in text
    assert "also said: 2021, stc-src ¶1   DISPUTED, new" in text
    assert "stb-p3-conviction before stb-exchange   for all dates → for some dates" in text
    assert any((one.count, one.left) == (-1, ("stb-p3",)) for one in report.lists or ())
    answers = rehearse(
        steward.prepare("disp.yaml", "three"),
        steward.graph.store,
        lambda tx: answer_within(SCHEMA, "{ events(where: {disputed: true}) { totalCount } }", tx),
    )
    assert [one["data"]["events"]["totalCount"] for one in answers] == [0, 2]
    steward.apply("disp.yaml", "three")
    assert steward.hash != report.content_hash


def test_a_load_or_record_that_never_was_is_not_found(steward: Steward) -> None:
    with pytest.raises(NotFound, match="No load 9: expected a number from 1 to 2"):
        steward.revert(9)
    with pytest.raises(NotFound, match="No record 'nobody-here'"):
        history_of(steward.graph.store, "nobody-here")


def delete_stb_p5(steward: Steward) -> None:
    for name in ("people", "events"):
        path = steward.folder / "two" / f"{name}.yaml"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "stb-p5" not in line), encoding="utf-8")


# ── what is left out, and what becomes visible ──────────────────────────────────────────────────────────────────────


def test_somebody_who_was_left_out_becomes_visible_only_on_purpose(steward: Steward) -> None:
    shown = (steward.folder / "g-visible.yaml").read_text("utf-8")
    restricted = shown.replace("category: civilian", "category: civilian, sensitivity: restricted")
    (steward.folder / "g-visible.yaml").write_text(restricted, "utf-8")
    report = steward.plan("g-visible.yaml", "four")
    assert "1 entry is not for the audience public: not loaded" in report.notes
    steward.edit("two/people.yaml", "Eta Synthetic", "Eta New")
    folder = steward.folder / "two"
    shutil.copy(steward.folder / "g-visible.yaml", folder / "visible.yaml")
    steward.apply("two")
    assert not any("vis-p1" in str(one.note) for one in all_loads(steward.graph.store)), "only its digest is kept"
    (folder / "visible.yaml").write_text(shown, "utf-8")
    assert "newly visible: vis-p1 (--disclose vis-p1 --why …)" in format_plan_text(steward.plan("two"))
    for decided in ({}, {"disclose": frozenset({"vis-p1"})}, {"disclose": frozenset({"stb-p1"}), "why": "published"}):
        with pytest.raises(DecisionRequired, match="newly visible: vis-p1"):
            steward.apply("two", **decided)
    assert steward.apply("two", disclose=frozenset({"vis-p1"}), why="published since").is_applied
    assert steward.graph.ask(PERSON % '"vis-p1"')["person"]["name"] == "Visible Synthetic"


# ── two stewards ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_plan_is_refused_only_where_the_graph_moved_under_it(steward: Steward, tmp_path: Path) -> None:
    steward.edit("one/people.yaml", "Gamma Synthetic", "Gamma Planned")
    file = tmp_path / "one.plan"
    prepared = steward.prepare("one")
    write_saved_plan(saved_plan(prepared, [steward.folder / "one"], None), file)
    plan = read_saved_plan(file)
    steward.edit("two/people.yaml", "Eta Synthetic", "Eta Other")
    steward.apply("two")
    check_saved_plan(plan, steward.prepare("one"))
    other = steward.folder / "elsewhere"
    shutil.copytree(steward.folder / "one", other)
    (other / "people.yaml").write_text(
        (other / "people.yaml").read_text("utf-8").replace("Gamma Planned", "Gamma Else")
    )
    steward.apply("elsewhere")
    with pytest.raises(DatabaseBusy, match=r"load 4 \(.*, olena\) changed sta-p3 since the plan"):
        check_saved_plan(plan, steward.prepare("one"))
    steward.edit("one/people.yaml", "Gamma Planned", "Gamma Again")
    with pytest.raises(InvalidInput, match=r"Files changed since the plan: .*people.yaml"):
        check_saved_plan(plan, steward.prepare("one"))
    file.write_text("{}")
    with pytest.raises(InvalidInput, match="expected a file of `detention-graph plan --out`"):
        read_saved_plan(file)


def test_of_two_loads_at_once_the_later_plans_again_unless_it_looked_at_the_same(steward: Steward) -> None:
    steward.edit("one/people.yaml", "Gamma Synthetic", "Gamma New")
    steward.edit("two/people.yaml", "Eta Synthetic", "Eta New")
    lines: list[str] = []
    noted: list[int] = []

    def note(found: PreparedLoad) -> LoadNote:
        noted.append(found.number)
        return LoadNote("taras", decisions=(f"plan {len(noted)}",))

    def overtaken(name: str, other: str) -> Callable[[], PreparedLoad]:
        """Return the preparation of a load, which another one overtakes the first time."""
        pending = [other]

        def prepare() -> PreparedLoad:
            found = steward.prepare(name)
            if pending:
                steward.apply(pending.pop())
            return found

        return prepare

    store = steward.graph.store
    prepared, load_id = write_in_turn(overtaken("one", "two"), store, note, progress=lines.append)
    assert (prepared.number, bool(load_id)) == (4, True)
    assert (noted, all_loads(store)[-1].note["decisions"]) == ([3, 4], ["plan 2"]), (
        "the plan that is written has its own"
    )
    assert any("load 3 (" in line and "came first and changed other records: planned again" in line for line in lines)
    steward.edit("one/people.yaml", "Gamma New", "Gamma Newer")
    before = len(all_loads(store))
    with pytest.raises(DatabaseBusy, match=r"load 5 \(.*, olena\) changed sta-p3 since the plan: nothing was changed"):
        write_in_turn(overtaken("one", "one"), store, note)
    assert len(all_loads(store)) == before + 1
    assert noted == [3, 4, 5], "nothing is decided of a plan that is refused"

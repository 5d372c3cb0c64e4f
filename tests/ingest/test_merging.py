"""Two records judged to be one person: one record with the events of both, both ids lead to it, and the judgement can be taken back exactly."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_api.errors import InvalidSeeds, NotFound
from graph_api.evidence.merging import cluster, merges
from graph_api.evidence.projection import project
from graph_api.ingest.archive import read_graph
from graph_api.ingest.archive_file import read_archive, write_archive
from graph_api.ingest.formats import read_files
from graph_api.ingest.history import history_of
from graph_api.ingest.load import LoadNote, examine, load, write
from graph_api.ingest.plan_report import format_plan_text
from graph_api.ingest.prepare import Selection
from graph_api.ingest.rebuild import rebuild
from graph_api.ingest.record_parser import parse_batch
from graph_api.ingest.restore import write_graph
from graph_api.ingest.withdrawal import WithdrawalReason, prepare_readmission, prepare_withdrawal
from tests.helpers.graphs import LiveGraph
from tests.helpers.stewards import Steward, with_two_collections
from tests.ingest.texts import contents
from tests.ingest.texts import write as write_text

JUDGED = "judgements:\n  - {id: j-7, records: [sta-p1, stb-p1], verdict: same, keep: sta-p1, by: olena, on: 2026-11-28, why: same birth year}\n"
PERSON = """query($id: ID!) { person(id: $id) {
  id mergedFrom names { text } born { edtf } status { custody }
  events(first: 20) { totalCount nodes { id } } claims { id } } }"""


@pytest.fixture
def steward(graph: LiveGraph, tmp_path: Path) -> Steward:
    graph.wipe()
    found = with_two_collections(graph, tmp_path)
    write_text(found.folder / "identity", JUDGED, "olena.yaml")
    return found


def people(steward: Steward) -> int:
    return int(steward.graph.ask("{ people { totalCount } }")["people"]["totalCount"])


@pytest.mark.live
def test_one_record_has_what_both_have_and_both_ids_lead_to_it(steward: Steward) -> None:
    before, count = contents(steward.graph), people(steward)
    own = [steward.graph.ask(PERSON, {"id": one})["person"] for one in ("sta-p1", "stb-p1")]
    plan = steward.plan("identity", "judgements")
    assert "stb-p1 is merged into sta-p1: its id leads there" in format_plan_text(plan)
    steward.apply("identity", "judgements")
    one, other = (steward.graph.ask(PERSON, {"id": one})["person"] for one in ("sta-p1", "stb-p1"))
    assert one == other
    assert (one["id"], one["mergedFrom"]) == ("sta-p1", ["stb-p1"])
    assert {event["id"] for event in one["events"]["nodes"]} == {
        event["id"] for person in own for event in person["events"]["nodes"]
    }
    assert len(one["claims"]) == sum(len(person["claims"]) for person in own) + 1
    assert people(steward) == count - 1
    assert "olena" not in "\n".join(contents(steward.graph)).replace("example", "")
    rows = history_of(steward.graph.store, "stb-p1")
    assert [row.value for row in rows if row.name == "name"] == ["Alfa Synthetic"]
    load(
        [steward.folder / "one"],
        steward.graph.store,
        selection=Selection(removed_units=frozenset({"j-7"}), is_part=True),
        with_lints=False,
    )
    assert contents(steward.graph) == before


@pytest.mark.live
def test_a_judgement_is_reverted_and_the_revert_as_well(steward: Steward) -> None:
    before, apart = steward.hash, contents(steward.graph)
    steward.apply("identity", "judgements")
    merged, as_one = steward.hash, contents(steward.graph)
    assert merged != before
    steward.revert(3)
    assert (steward.hash, contents(steward.graph)) == (before, apart)
    steward.revert(4)
    assert (steward.hash, contents(steward.graph)) == (merged, as_one)


@pytest.mark.live
def test_the_order_of_loads_and_a_rebuild_and_a_backup_make_no_difference(steward: Steward, tmp_path: Path) -> None:
    steward.apply("identity", "judgements")
    expected = contents(steward.graph)
    assert steward.apply("two").changes.is_empty
    assert rebuild(steward.graph.store).changed == 0
    write_archive(read_graph(steward.graph.store), tmp_path / "backup.zip")
    steward.graph.wipe()
    write_graph(read_archive(tmp_path / "backup.zip"), steward.graph.store)
    assert contents(steward.graph) == expected
    steward.graph.wipe()
    paths = [steward.folder / name for name in ("identity", "two", "one")]
    load(paths, steward.graph.store, selection=Selection(collection="judgements"), with_lints=False)
    assert contents(steward.graph) == expected


@pytest.mark.live
def test_what_is_loaded_about_either_later_is_about_the_one(steward: Steward) -> None:
    steward.apply("identity", "judgements")
    steward.edit(
        "two/people.yaml",
        "Alfa Synthetic, category: civilian, born: 1981",
        "Alfa Synthetic, category: civilian, born: 1981-05",
    )
    steward.edit(
        "one/events.yaml",
        "      - {who: sta-p2, side: sta-ua}",
        "      - {who: sta-p2, side: sta-ua}\n      - {who: stb-p1, side: sta-ua}",
    )
    for name in ("two", "one"):
        steward.apply(name)
    found = steward.graph.ask(PERSON, {"id": "stb-p1"})["person"]
    assert found["born"]["edtf"] == "1981-05"
    ids = [event["id"] for event in found["events"]["nodes"]]
    assert sorted(ids) == sorted(set(ids)), "one part in an event that names both"
    now = contents(steward.graph)
    steward.graph.wipe()
    paths = [steward.folder / name for name in ("one", "two", "identity")]
    load(paths, steward.graph.store, selection=Selection(collection="judgements"), with_lints=False)
    assert contents(steward.graph) == now


@pytest.mark.live
@pytest.mark.parametrize("record", ["sta-p1", "stb-p1"])
def test_who_hides_one_of_them_hides_both(steward: Steward, record: str) -> None:
    steward.apply("identity", "judgements")
    merged = steward.hash
    found = prepare_withdrawal(steward.graph.store, record, WithdrawalReason.SAFETY, erase=False)
    assert found.prepared is not None
    write(found.prepared, steward.graph.store, LoadNote("olena"))
    assert not [line for line in contents(steward.graph) if "sta-p1" in line or "stb-p1" in line or "Alfa" in line]
    for one in ("sta-p1", "stb-p1"):
        assert steward.graph.ask(PERSON, {"id": one})["person"] is None
        with pytest.raises(NotFound):
            history_of(steward.graph.store, one)
    back = prepare_readmission(steward.graph.store, record)
    assert back is not None
    write(back, steward.graph.store, LoadNote("olena"))
    assert steward.hash == merged


@pytest.mark.live
def test_a_withheld_id_withholds_all_that_are_one_with_it(steward: Steward) -> None:
    steward.apply("identity", "judgements")
    for name in ("one", "two"):
        for file in ("people", "events"):
            path = steward.folder / name / f"{file}.yaml"
            lines = path.read_text("utf-8").splitlines(keepends=True)
            path.write_text("".join(line for line in lines if "ta-p1" not in line and "tb-p1" not in line), "utf-8")
    write_text(steward.folder / "identity", "withheld: [sta-p1]\n", "olena.yaml")
    load(
        [steward.folder / one for one in ("one", "two", "identity")],
        steward.graph.store,
        selection=Selection(collection="judgements"),
        with_lints=False,
    )
    assert not [line for line in contents(steward.graph) if "sta-p1" in line or "stb-p1" in line]


@pytest.mark.live
def test_a_record_that_is_judged_to_be_another_one_does_not_go_without_the_judgement(steward: Steward) -> None:
    steward.apply("identity", "judgements")
    for file in ("people", "events"):
        path = steward.folder / "two" / f"{file}.yaml"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "stb-p1" not in line), "utf-8")
    before = steward.hash
    with pytest.raises(InvalidSeeds) as refused:
        load(
            [steward.folder / "two"],
            steward.graph.store,
            selection=Selection(removed_units=frozenset({"stb-p1"}), is_part=True),
            with_lints=False,
        )
    assert "Cannot remove 'stb-p1': stored records refer to it, sta-p1 (records)" in str(refused.value.problems[0])
    assert steward.hash == before


SOURCE = "sources:\n  - {id: a-list, title: A synthetic list, kind: ngo, published: 2025}\npeople:\n"
HIDDEN = SOURCE + "".join(
    f"  - {{id: {name}-person, name: {name.title()} Testenko, cite: {{source: a-list, at: row 1}}{more}}}\n"
    for name, more in (("one", ""), ("two", ""), ("six", ", sensitivity: restricted"))
)
SAME = "{{id: {id}, records: [{a}-person, {b}-person], verdict: same, keep: {a}-person, by: o, on: 2026-11-28, why: x}}"
DIFFERENT = "{id: d-1, records: [one-person, two-person], verdict: different, by: o, on: 2026-11-28, why: x}"


def judgement(id_: str, a: str, b: str) -> str:
    return SAME.format(id=id_, a=a, b=b)


@pytest.mark.live
@pytest.mark.parametrize(("keep", "other"), [("one", "six"), ("six", "one")])
def test_a_public_graph_does_not_know_of_a_judgement_on_somebody_who_is_not_in_it(
    graph: LiveGraph, tmp_path: Path, keep: str, other: str
) -> None:
    graph.wipe()
    graph.load([write_text(tmp_path, HIDDEN)])
    before = contents(graph)
    graph.wipe()
    graph.load([write_text(tmp_path, f"{HIDDEN}judgements:\n  - {judgement('j-1', keep, other)}\n")])
    assert contents(graph) == before


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([judgement("j-1", "one", "two"), judgement("j-2", "two", "one")], "Judgements contradict: one-person = two-person (j-2)"),
        ([judgement("j-1", "one", "six"), judgement("j-2", "two", "six")], "six-person = one-person (j-1), six-person = two-person (j-2)"),
        ([judgement("j-1", "one", "six"), judgement("j-2", "six", "two"), DIFFERENT], "are judged different, and one-person = six-person = two-person"),
        ([judgement("j-1", "one", "two"), DIFFERENT], "one-person and two-person are judged different, and one-person = two-person"),
        ([judgement("j-1", "one", "two").replace("keep: one", "keep: six")], "Invalid keep (six-person): expected one of one-person, two-person"),
        ([judgement("j-1", "one", "two").replace("keep: one-person, ", "")], "Invalid keep (nothing): expected one of one-person"),
        ([DIFFERENT.replace("by:", "keep: one-person, by:")], "Invalid keep (one-person): expected it with the verdict same only"),
    ],
)  # fmt: skip
def test_judgements_that_contradict_each_other_are_problems(tmp_path: Path, entries: list[str], message: str) -> None:
    text = HIDDEN + "judgements:\n" + "".join(f"  - {one}\n" for one in entries)
    found = "\n".join(map(str, examine([write_text(tmp_path, text)]).problems))
    assert message in found


def test_a_person_cannot_state_itself_from_whom_it_was_merged(tmp_path: Path) -> None:
    text = HIDDEN.replace("name: One", "merged-from: [two-person], name: One")
    assert [one.rule for one in examine([write_text(tmp_path, text)]).problems] == ["unknown-key"]


def test_judgements_lead_through_any_number_of_steps(tmp_path: Path) -> None:
    text = HIDDEN + f"judgements:\n  - {judgement('j-1', 'one', 'six')}\n  - {judgement('j-2', 'six', 'two')}\n"
    claims = parse_batch(read_files([write_text(tmp_path, text)]).entries).claims
    assert merges(claims) == {"six-person": "one-person", "two-person": "one-person"}
    assert cluster({"two-person"}, merges(claims)) == {"one-person", "six-person", "two-person"}
    records = project(claims)
    assert {*records} == {"a-list", "one-person"}
    assert records["one-person"].node.properties["merged_from"] == ["six-person", "two-person"]

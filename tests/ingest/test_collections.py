"""A collection owns its entries: whole and part, others' ids, adoption of what had no owner; backups keep all of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph_api.errors import DecisionRequired, InvalidSeeds
from graph_api.ingest.archive import read_graph
from graph_api.ingest.archive_file import read_archive, write_archive
from graph_api.ingest.decisions import Decisions
from graph_api.ingest.formats import read_files
from graph_api.ingest.load import load
from graph_api.ingest.prepare import Selection
from graph_api.ingest.restore import write_graph
from graph_api.statement import Statement
from tests.helpers.graphs import SEEDS, LiveGraph
from tests.ingest.texts import BASE, contents, write

DECLARATION = "id: ours\ntitle: Our records\nsteward: olena\nlicence: CC0-1.0\nsubjects: synthetic\n"
REAL = "controller: a\ncontact: b\npurpose: c\nbasis: d\nreview: 2027-01-31\nretention: e\n"
OLENA = "people:\n  - {id: olena-example, name: Olena Example, cite: {source: paper-2024, at: ¶9}}\n"


def collection(folder: Path, text: str = BASE, declaration: str = DECLARATION) -> Path:
    write(folder, declaration, "collection.yaml")
    write(folder, text, "records.yaml")
    return folder


def owners(graph: LiveGraph) -> dict[str, str]:
    rows = graph.store.read(Statement("MATCH (e:Entry) RETURN e.id, e.collection", {}, "owners"))
    return {row[0]: row[1] for row in rows}


@pytest.mark.parametrize(
    ("declaration", "message"),
    [
        ("id: ours\ntitle: Our records\nsteward: olena\n", "Missing key 'licence' in the collection"),
        (DECLARATION.replace("ours", "O"), "id: Invalid id 'O'"),
        (DECLARATION + "stewrd: olena\n", "Unknown key 'stewrd' in a collection"),
        (DECLARATION.replace("synthetic", "real"), "Missing key 'controller' in the collection"),
        (DECLARATION.replace("synthetic", "real") + REAL.replace("2027-01-31", "soon"), "Invalid review 'soon'"),
        (DECLARATION.replace("synthetic", "dead"), "Invalid subjects 'dead': expected one of real, synthetic"),
        ("- a list\n", "Invalid collection: expected id, title, steward"),
        ("id: [a]\n", "Invalid id (a list): expected a text"),
    ],
)
def test_a_declaration_is_checked(declaration: str, message: str, tmp_path: Path) -> None:
    found = read_files([collection(tmp_path, declaration=declaration)])
    assert message in "\n".join(map(str, found.problems))


def test_a_folder_and_the_folders_in_it_are_a_collection_up_to_the_next_declaration(tmp_path: Path) -> None:
    outer = collection(tmp_path / "outer")
    write(outer / "more", OLENA, "people.yaml")
    inner = collection(outer / "inner", OLENA, DECLARATION.replace("ours", "theirs"))
    found = read_files([outer]).collections
    assert {Path(file).relative_to(outer).as_posix(): of for file, of in found.of_file.items()} == {
        "collection.yaml": "ours",
        "records.yaml": "ours",
        "more/people.yaml": "ours",
        "inner/collection.yaml": "theirs",
        "inner/records.yaml": "theirs",
    }
    assert found.whole == {"ours", "theirs"}
    assert read_files([inner / "records.yaml"]).collections.whole == frozenset()
    assert read_files([outer / "more"]).collections.whole == frozenset()


def test_the_real_seeds_are_two_collections_that_say_why_they_hold_the_data() -> None:
    found = read_files([SEEDS])
    assert found.problems == ()
    assert set(found.collections.whole) == {"articles", "public-cases"}
    assert set(found.collections.of_file.values()) == {"articles", "public-cases"}
    assert len(found.collections.of_file) == len(found.files) + 2
    assert all(one.texts["subjects"] == "real" for one in found.collections.declared.values())


@pytest.mark.live
def test_what_a_complete_collection_states_no_longer_is_removed_on_purpose(graph: LiveGraph, tmp_path: Path) -> None:
    folder = collection(tmp_path / "ours", BASE)
    olena = write(folder, OLENA, "olena.yaml")
    graph.load([folder])
    assert owners(graph)["olena-example"] == "ours"
    before = graph.dump()
    olena.unlink()
    with pytest.raises(DecisionRequired, match=r"1 entries that no file states any more .*olena-example.*--remove"):
        load([folder], graph.store, decisions=Decisions())
    assert graph.dump() == before
    result = load([folder], graph.store, decisions=Decisions(remove=True))
    assert result.changes.removed == ("olena-example",)
    now = contents(graph)
    graph.wipe()
    graph.load([folder])
    assert contents(graph) == now


@pytest.mark.live
def test_a_part_of_a_collection_removes_nothing_and_says_what_was_not_looked_at(
    graph: LiveGraph, tmp_path: Path
) -> None:
    folder = collection(tmp_path / "ours", BASE)
    olena = write(folder, OLENA, "olena.yaml")
    graph.load([folder])
    write(folder, OLENA.replace("Olena Example", "Olena E."), "olena.yaml")
    result = load([olena], graph.store, decisions=Decisions())
    assert (result.changes.changed, result.changes.removed) == (("olena-example",), ())


@pytest.mark.live
def test_an_id_of_another_collection_is_not_redefined(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load([collection(tmp_path / "ours", BASE)])
    before = graph.dump()
    text = "people:\n  - {id: petro-example, name: Somebody Else, cite: {source: paper-2024, at: ¶2}}\n"
    theirs = collection(tmp_path / "theirs", text, DECLARATION.replace("ours", "theirs"))
    for paths in ([theirs], [write(tmp_path / "loose", text)]):
        with pytest.raises(InvalidSeeds) as error:
            graph.load(paths)
        [problem] = error.value.problems
        assert problem.rule == "owner"
        assert problem.message == (
            "Id 'petro-example' is a person of the collection ours (records.yaml:9, Petro Example): expected another id, "
            "or an entry of `claims:` about it."
        )
    assert graph.dump() == before
    about = "claims:\n  - {id: about-petro, about: petro-example, values: {sex: male}, cite: {source: report-2025, at: ¶7}}\n"
    result = graph.load([collection(tmp_path / "about", about, DECLARATION.replace("ours", "theirs"))])
    assert result.changes.changed == ("petro-example",)
    assert owners(graph)["about-petro"] == "theirs"


@pytest.mark.live
def test_entries_without_an_owner_are_adopted_by_the_first_collection_that_states_them(
    graph: LiveGraph, tmp_path: Path
) -> None:
    loose = write(tmp_path / "loose", BASE, "records.yaml")
    first = graph.load([loose])
    assert owners(graph) == {}
    folder = collection(tmp_path / "ours", BASE)
    dry = graph.load([folder], dry_run=True)
    assert (len(dry.changes.adopted), dry.changes.changes_records, owners(graph)) == (10, False, {})
    result = graph.load([folder])
    assert (len(result.changes.adopted), result.content_hash) == (10, first.content_hash)
    assert graph.load([folder]).changes.is_empty
    adopted = contents(graph)
    graph.wipe()
    graph.load([folder])
    assert contents(graph) == adopted


@pytest.mark.live
def test_files_outside_a_collection_can_be_given_to_one(graph: LiveGraph, tmp_path: Path) -> None:
    load([write(tmp_path, BASE)], graph.store, selection=Selection(collection="loose-ends"))
    assert set(owners(graph).values()) == {"loose-ends"}


@pytest.mark.live
def test_a_backup_keeps_owners_and_collections(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load([collection(tmp_path / "ours", BASE)])
    shutil.rmtree(tmp_path / "ours")
    before = contents(graph)
    write_archive(read_graph(graph.store), tmp_path / "backup.zip")
    graph.wipe()
    write_graph(read_archive(tmp_path / "backup.zip"), graph.store)
    assert contents(graph) == before

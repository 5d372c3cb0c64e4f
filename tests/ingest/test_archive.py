"""Backups: the same graph comes out as went in, damage is noticed, and what is withheld stays away."""

from __future__ import annotations

import hashlib
import random
import zipfile
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from graph_api.database.queries import named
from graph_api.database.stored_claims import content_hash
from graph_api.errors import DatabaseBusy, IncompatibleGraph, InvalidArchive
from graph_api.evidence.audience import without_records
from graph_api.evidence.claims import references_of
from graph_api.ingest.archive import Archive, add_withheld, read_graph, without_empty_loads
from graph_api.ingest.archive_file import archive_digest, read_archive, write_archive
from graph_api.ingest.current_rules import project_for
from graph_api.ingest.restore import write_graph
from graph_api.ingest.withheld import digest
from graph_api.ontology.vocabulary import Sensitivity
from tests.helpers.graphs import LiveGraph, checked_seeds
from tests.ingest.texts import BASE, contents, write

RICH = Path(__file__).parents[1] / "integration" / "graphql" / "rich.yaml"
PEOPLE = sorted(claim.record for claim in checked_seeds().claims if claim.kind == "person")


@pytest.fixture(scope="module")
def archive() -> Archive:
    """Return an archive of the real seeds, as one load, with a withheld id."""
    claims = checked_seeds().claims
    load = {"id": "load-1", "files": ["people.yaml"], "at": "2026-11-28T12:00:00Z", "added": 1}
    hash_ = content_hash([one.fingerprint for one in project_for(claims, Sensitivity.PUBLIC)[1].values()])
    return Archive(
        "public", 7, None, claims, {one.id: "load-1" for one in claims}, (load,), (gone := digest("gone-person"),), hash_,
        reasons={gone: "SAFETY"}, loading="group-1",
    )  # fmt: skip


def test_a_file_holds_all_of_it_and_is_never_replaced(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    digest = write_archive(archive, file)
    assert digest == archive_digest(file) == hashlib.sha256(file.read_bytes()).hexdigest()
    assert file.stat().st_mode & 0o777 == 0o600
    assert read_archive(file) == archive
    with pytest.raises(InvalidArchive, match="there is a file already"):
        write_archive(archive, file)
    assert archive_digest(file) == digest
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_a_folder_that_does_not_exist_is_said(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(InvalidArchive, match=r"Cannot write .*: No such file or directory"):
        write_archive(archive, tmp_path / "none" / "a.zip")


@pytest.mark.parametrize("seed", range(4))
def test_a_changed_byte_is_noticed_or_changes_nothing(archive: Archive, tmp_path: Path, seed: int) -> None:
    claims = archive.claims[:3]
    small, file = replace(archive, claims=claims, load_of={one.id: "load-1" for one in claims}), tmp_path / "a.zip"
    write_archive(small, file)
    content, chance, noticed = file.read_bytes(), random.Random(seed), 0  # noqa: S311 - to be repeated, not to be secret
    for _ in range(500):
        damaged = bytearray(content)
        damaged[chance.randrange(len(content))] ^= chance.randrange(1, 256)
        file.write_bytes(damaged)
        try:
            assert read_archive(file) == small
        except InvalidArchive:
            noticed += 1
    assert noticed > 250


def rewritten(file: Path, name: str, content: bytes) -> None:
    """Replace one part of an archive, and its sum in the manifest."""
    with zipfile.ZipFile(file) as packed:
        parts = {one: packed.read(one) for one in packed.namelist()}
    parts[name] = content
    if name != "manifest.json":
        manifest = orjson.loads(parts["manifest.json"])
        manifest["sha256"][name] = hashlib.sha256(content).hexdigest()
        parts["manifest.json"] = orjson.dumps(manifest)
    with zipfile.ZipFile(file, "w") as packed:
        for one, text in parts.items():
            packed.writestr(one, text)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("claims.jsonl", b'"kind":"person"', b'"kind":"xerson"', "does not match their ids"),
        ("claims.jsonl", b'"claim":', b'"clame":', "expected a complete file"),
        ("withheld.json", b"[", b"{", "expected a complete file"),
        ("manifest.json", b'"format": 1', b'"format": 2', "Invalid format 2"),
        ("manifest.json", b'"format"', b'"farmat"', "expected a complete file"),
    ],
)
def test_content_that_was_changed_with_its_sum_is_noticed(
    archive: Archive, tmp_path: Path, name: str, old: bytes, new: bytes, message: str
) -> None:
    file = tmp_path / "a.zip"
    write_archive(archive, file)
    with zipfile.ZipFile(file) as packed:
        content = packed.read(name)
    assert old in content
    rewritten(file, name, content.replace(old, new, 1))
    with pytest.raises(InvalidArchive, match=message):
        read_archive(file)


@pytest.mark.parametrize("content", [b"", b"PK", b"no archive"])
def test_another_file_is_no_archive(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(InvalidArchive, match="Invalid archive"):
        read_archive(tmp_path / "a.zip")


@settings(max_examples=2)
@given(some.sets(some.sampled_from(PEOPLE), min_size=1, max_size=5))
def test_nothing_is_left_of_withheld_people(archive: Archive, ids: set[str]) -> None:
    left = add_withheld(archive, ids)
    assert {*left.withheld} == {digest(one) for one in ("gone-person", *ids)}
    named = {target for claim in left.claims for _, target in references_of(claim)}
    assert not ids & {*named, *(claim.record for claim in left.claims), *(claim.unit for claim in left.claims)}
    records = project_for(left.claims, Sensitivity.PUBLIC)[1]
    assert not ids & records.keys()
    assert content_hash([one.fingerprint for one in records.values()]) == left.content_hash
    assert {*left.load_of} == {claim.id for claim in left.claims}
    assert add_withheld(left, ids) == left


def test_an_event_that_happened_to_nobody_else_goes_too(archive: Archive) -> None:
    """A detention of one person says of somebody that they were taken, even without the name."""
    alone = {
        claim.record
        for claim in archive.claims
        if claim.kind == "participants" and claim.values["who"] == PEOPLE[0] and claim.values["role"] == "SUBJECT"
    }
    subjects = {
        one: {c.values["who"] for c in archive.claims if c.record == one and c.values.get("role") == "SUBJECT"}
        for one in alone
    }
    left = {claim.record for claim in without_records(archive.claims, [PEOPLE[0]])}
    assert alone
    assert {one for one in alone if one in left} <= {one for one, who in subjects.items() if who != {PEOPLE[0]}}


def test_a_load_of_which_nothing_is_left_goes(archive: Archive) -> None:
    other = {"id": "load-2", "files": ["the-name-of-somebody.yaml"], "at": "2026-11-28T12:00:00Z"}
    both = replace(archive, loads=(*archive.loads, other))
    assert without_empty_loads(both) == archive


@pytest.mark.live
def test_a_graph_comes_back_as_it_was(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load([RICH])
    graph.load_text(BASE.replace("-2025", "-2026").replace("kherson", "old-town"), tmp_path)
    graph.store.write(lambda tx: tx.run(named("mark_loading", group="group-2")))
    before, archive = contents(graph), read_graph(graph.store)
    write_archive(archive, tmp_path / "a.zip")
    with pytest.raises(IncompatibleGraph, match="The graph is not empty"):
        write_graph(archive, graph.store)
    assert contents(graph) == before
    graph.wipe()
    write_graph(read_archive(tmp_path / "a.zip"), graph.store)
    assert contents(graph) == before
    again = read_graph(graph.store)
    assert (again.content_hash, again.loads, again.load_of) == (archive.content_hash, archive.loads, archive.load_of)
    assert again.loading == archive.loading == "group-2"


@pytest.mark.live
def test_a_graph_that_changes_or_was_changed_is_not_backed_up(
    graph: LiveGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph.load([write(tmp_path, BASE)])
    graph.store.change_schema("MATCH (n:Person {id: 'iryna-example'}) SET n.hash = '00'")
    with pytest.raises(IncompatibleGraph, match="detention-graph rebuild"):
        read_graph(graph.store)

    def overtaken(message: str) -> None:
        if message == "reading claims":
            graph.load_text("withheld: [somebody-else]\n", tmp_path, ahead=True)

    with pytest.raises(DatabaseBusy, match="try again"):
        read_graph(graph.store, progress=overtaken)

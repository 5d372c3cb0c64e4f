"""Purge, backup and restore of a private Neo4j: what was withheld is nowhere in the home, and an interruption loses nothing."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from graph_api.database.driver import Database
from graph_api.database.stored_claims import graph_hash
from graph_api.embedded.bolt_probe import free_port
from graph_api.ingest.load import load
from graph_api.statement import Statement
from tests.helpers import faults
from tests.helpers.cli_process import run_cli
from tests.helpers.stewards import CASES

pytestmark = [pytest.mark.live, pytest.mark.slow]  # each starts Neo4j several times

NAME = "Quixelandria Vorstomplezky"
UKRAINIAN = "Квіксельандрія Ворстомплезька"
WORDS = (*NAME.split(), *UKRAINIAN.split(), "person-4711")
BEFORE = f"""
sources:
  - {{id: synthetic-report, title: A synthetic report, kind: ngo, published: 2025-03}}
people:
  - id: person-4711
    name: {NAME}
    names: [{{text: {UKRAINIAN}, language: uk}}]
    cite: {{source: synthetic-report, at: ¶1}}
  - {{id: person-4712, name: Iryna Synthetic, cite: {{source: synthetic-report, at: ¶2}}}}
events:
  - id: event-1
    kind: detention
    participants: [{{who: person-4711}}]
    date: 2022-05
    cite: {{source: synthetic-report, at: ¶2, quote: "{NAME} was taken"}}
  - id: event-2
    kind: exchange
    participants: [{{who: person-4711}}, {{who: person-4712}}]
    date: 2023-05
    cite: {{source: synthetic-report, at: ¶3}}
"""
WITHDRAWAL = """
withheld: [person-4711, event-1]
events:
  - id: event-2
    kind: exchange
    participants: [{who: person-4712}]
    date: 2023-05
    cite: {source: synthetic-report, at: ¶3}
"""


@pytest.fixture(scope="module")
def withdrawn(tmp_path_factory: pytest.TempPathFactory, jar_cache: Path) -> Path:
    """Return a home in which somebody was loaded and withheld, and beside it a backup of before, ``old.zip``; nobody serves it."""
    folder = tmp_path_factory.mktemp("withdrawn")
    (folder / "before.yaml").write_text(BEFORE, encoding="utf-8")
    (folder / "withdrawal.yaml").write_text(WITHDRAWAL, encoding="utf-8")
    home = folder / "home"
    with faults.private(home, jar_cache) as endpoint, faults.opened(endpoint) as store:
        load([folder / "before.yaml"], store)
        done = run_cli("backup", str(folder / "old.zip"), env=faults.at(endpoint), seconds=400)
        assert done.returncode == 0, done.stderr
        load([folder / "withdrawal.yaml"], store)
    return home


@pytest.fixture
def home(withdrawn: Path, tmp_path: Path) -> Path:
    """Return a copy of it; the files and the backup lie beside."""
    shutil.copytree(withdrawn.parent, tmp_path / "copy")
    return tmp_path / "copy" / "home"


def occurrences(home: Path) -> Counter[str]:
    """Return how often a word of the name is in each file below a folder, in any of three encodings and two cases."""
    words = {
        form.encode(encoding)
        for word in WORDS
        for form in (word, word.lower())
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    }
    files = [path for path in home.rglob("*") if path.is_file()]
    found = {path.relative_to(home).as_posix(): sum(path.read_bytes().count(word) for word in words) for path in files}
    return Counter({name: count for name, count in found.items() if count})


@pytest.fixture
def settings(home: Path, jar_cache: Path) -> dict[str, str]:
    return {"DETENTION_GRAPH_DATA_DIR": str(home), "DETENTION_GRAPH_CACHE": str(jar_cache)}


def test_a_purge_and_a_server_without_the_key_end_with_78(tmp_path: Path, jar_cache: Path) -> None:
    home = tmp_path / "home"
    settings = {"DETENTION_GRAPH_DATA_DIR": str(home), "DETENTION_GRAPH_CACHE": str(jar_cache)}
    key = home / "left-out.key"
    with faults.private(home, jar_cache) as endpoint, faults.opened(endpoint) as store:
        load([CASES / "one"], store, with_lints=False)
        hidden = run_cli("hide", "sta-p2", "--reason", "safety", env=settings, seconds=400)
        assert hidden.returncode == 0, hidden.stderr
        before = graph_hash(store)
    kept = key.read_bytes()
    for words, other, what in (
        (("purge",), b"another key".ljust(32), "is another one"),
        (("serve", "--port", str(free_port())), None, "is missing"),
    ):
        key.unlink()
        if other is not None:
            key.write_bytes(other)
        done = run_cli(*words, env=settings, seconds=400)
        assert done.returncode == 78, done.stderr
        assert f"the key {key} {what}" in " ".join(done.stderr.split())
        key.write_bytes(kept)
    assert run_cli("purge", env=settings, seconds=400).returncode == 0
    assert state(home, jar_cache)[1] == before


def state(home: Path, cache: Path) -> tuple[str, str, list[str]]:
    """Return the digest of the content, the content hash, and the withheld ids."""
    with faults.private(home, cache) as endpoint, faults.opened(endpoint) as store:
        return _state(store)


def _state(store: Database) -> tuple[str, str, list[str]]:
    withheld = sorted(row[0] for row in store.read(Statement("MATCH (n:Withheld) RETURN n.id", {}, "withheld")))
    return faults.content(store), graph_hash(store), withheld


def test_purge_leaves_no_byte_of_what_was_withheld(home: Path, settings: dict[str, str], jar_cache: Path) -> None:
    before = occurrences(home)
    assert any(name.startswith("neo4j/data/transactions/neo4j/") for name in before), before
    assert any(name.startswith("neo4j/data/databases/neo4j/") for name in before), before
    old = state(home, jar_cache)
    done = run_cli("purge", "--json", env=settings, seconds=400)
    assert done.returncode == 0, done.stderr
    assert occurrences(home) == {}
    with faults.private(home, jar_cache) as endpoint, faults.opened(endpoint) as store:
        assert _state(store) == old
        refused = run_cli("load", str(home.parent / "before.yaml"), env=settings, seconds=400)
        assert refused.returncode == 65
        assert "Withheld id 'person-4711'" in refused.stderr
        busy = run_cli("purge", env=settings, seconds=400)
        assert busy.returncode == 69
        assert "is held by process" in busy.stderr
    assert json.loads(done.stdout)["contentHash"] == old[1]
    assert occurrences(home) == {}
    faults.table("words of the name in the home, before and after a purge", [*before.items(), ("afterwards", 0)])


@pytest.mark.slow
@pytest.mark.parametrize("line", ["starting Neo4j", "writing", "committing", "replacing the old graph"])
def test_a_killed_purge_leaves_the_old_graph_or_the_new_one(
    home: Path, settings: dict[str, str], jar_cache: Path, line: str
) -> None:
    before, old = occurrences(home), state(home, jar_cache)
    with faults.product("purge", env=settings) as child:
        faults.wait_for_line(child, line)
        child.kill()
    assert faults.left_behind(home) == []
    assert state(home, jar_cache) == old
    assert not (home / "neo4j" / "replacement").exists()
    assert occurrences(home) in ({}, before)
    assert run_cli("purge", env=settings, seconds=400).returncode == 0
    assert occurrences(home) == {}


@pytest.mark.slow
def test_a_restore_never_brings_back_what_is_withheld(
    home: Path, settings: dict[str, str], jar_cache: Path, tmp_path: Path
) -> None:
    """The drill: back up, restore elsewhere, restore a backup that is older than the withdrawal."""
    before, copy = state(home, jar_cache), str(tmp_path / "backup.zip")
    made = run_cli("backup", "--json", copy, env=settings, seconds=400)
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["contentHash"] == before[1]
    assert json.loads(made.stdout)["withheld"] == 2

    elsewhere = settings | {"DETENTION_GRAPH_DATA_DIR": str(tmp_path / "elsewhere")}
    assert run_cli("restore", copy, env=elsewhere, seconds=400).returncode == 0
    assert state(tmp_path / "elsewhere", jar_cache) == before
    refused = run_cli("restore", copy, env=elsewhere, seconds=400)
    assert refused.returncode == 78
    assert "expected an empty data directory" in refused.stderr

    older = str(home.parent / "old.zip")
    done = run_cli("restore", older, "--replace", env=settings, seconds=400)
    assert done.returncode == 0, done.stderr
    assert state(home, jar_cache) == before
    assert occurrences(home) == {}

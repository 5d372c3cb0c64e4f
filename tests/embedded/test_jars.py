"""Jars are fetched, checked and refused; the repository is a stand-in here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph_api.embedded import jars
from graph_api.embedded.jars import LOCK, Jar, ensure_downloaded, locked
from graph_api.errors import EmbeddedDatabaseError

CONTENT = b"the bytes of a jar"
JAR = Jar("org/x/a/1.0/a-1.0.jar", len(CONTENT), hashlib.sha256(CONTENT).hexdigest())


@dataclass
class Repository:
    """Stands in for Maven: lands these bytes, or raises."""

    repo_cache: Path
    lands: Callable[[], bytes]
    asked: list[str]

    def project(self, *_names: str) -> Repository:
        return self

    at_version = artifact = project

    def resolve(self) -> Path:
        self.asked.append(JAR.path)
        file = self.repo_cache / JAR.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(self.lands())
        return file


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return repository(monkeypatch, lambda: CONTENT)


def repository(monkeypatch: pytest.MonkeyPatch, lands: Callable[[], bytes]) -> list[str]:
    asked: list[str] = []
    monkeypatch.setattr(jars, "locked", lambda: (JAR,))
    monkeypatch.setattr(jars, "RETRY_DELAY", 0.0)
    monkeypatch.setattr(jars, "maven_at", lambda landing: Repository(landing, lands, asked))
    return asked


def silent(_message: str) -> None:
    pass


def test_missing_jar_is_fetched_and_progress_told(asked: list[str], tmp_path: Path) -> None:
    told: list[str] = []
    (path,) = ensure_downloaded(tmp_path / "cache", told.append)
    assert path.read_bytes() == CONTENT
    assert told == [f"downloading Neo4j {jars.VERSION}: 1 of 1 jars, 0 of 0 MB"]
    assert not list((tmp_path / "cache").glob("fetch-*"))


def test_checked_jar_is_neither_fetched_nor_read_again(
    asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensure_downloaded(tmp_path, silent)
    monkeypatch.setattr(jars, "sha256_of", lambda _file: pytest.fail("was read again"))
    ensure_downloaded(tmp_path, silent)
    assert len(asked) == 1


def test_changed_jar_is_fetched_anew(asked: list[str], tmp_path: Path) -> None:
    (path,) = ensure_downloaded(tmp_path, silent)
    path.write_bytes(CONTENT[::-1])
    ensure_downloaded(tmp_path, silent)
    assert path.read_bytes() == CONTENT
    assert len(asked) == 2


def test_touched_jar_is_read_but_not_fetched(asked: list[str], tmp_path: Path) -> None:
    (path,) = ensure_downloaded(tmp_path, silent)
    path.touch()
    ensure_downloaded(tmp_path, silent)
    assert len(asked) == 1


def test_wrong_bytes_are_thrown_away_and_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked = repository(monkeypatch, lambda: b"something else")
    with pytest.raises(EmbeddedDatabaseError, match=JAR.sha256):
        ensure_downloaded(tmp_path, silent)
    assert len(asked) == 3
    assert not (tmp_path / "jars" / JAR.path).exists()


def test_no_network_says_so_and_what_helps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def lands() -> bytes:
        raise ConnectionError("network is unreachable")

    repository(monkeypatch, lands)
    with pytest.raises(EmbeddedDatabaseError, match=r"network is unreachable.*needs the network.*NEO4J_URI"):
        ensure_downloaded(tmp_path, silent)


def test_full_disk_says_so(asked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(jars, "EXTRA_DISK", 1 << 60)
    with pytest.raises(EmbeddedDatabaseError, match="No space for the jars"):
        ensure_downloaded(tmp_path, silent)
    assert asked == []


def test_cache_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EmbeddedDatabaseError, match=r"Cannot write to the cache folder.*DETENTION_GRAPH_CACHE"):
        ensure_downloaded(tmp_path / "file" / "cache", silent)


def test_lock_names_neo4j_first_and_every_jar_once() -> None:
    listed = locked()
    assert listed[0].coordinate == ("org.neo4j", "neo4j", jars.VERSION, "")
    assert len({jar.path for jar in listed}) == len({jar.sha256 for jar in listed}) == len(listed) == 241
    assert all(len(jar.sha256) == 64 and jar.size > 0 for jar in listed)


def test_lock_holds_no_address() -> None:
    assert "://" not in LOCK.read_text(encoding="ascii")

"""The two scripts of the image: the password made once, and the health check."""

from __future__ import annotations

import http.server
import runpy
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "containers"


def make(folder: Path, given: Path | None = None) -> subprocess.CompletedProcess[str]:
    words = [str(folder), *([str(given)] if given else [])]
    return subprocess.run(
        [sys.executable, FOLDER / "make_secrets.py", *words], capture_output=True, text=True, check=False
    )


def test_a_password_is_made_once_and_kept(tmp_path: Path) -> None:
    first = make(tmp_path, Path("/dev/null"))
    password = (tmp_path / "password").read_text()
    assert first.stdout == "password of the database: generated\n"
    assert len(password) >= 40
    assert (tmp_path / "neo4j_auth").read_text() == f"neo4j/{password}"
    assert make(tmp_path, Path("/dev/null")).stdout == "password of the database: kept\n"
    assert (tmp_path / "password").read_text() == password
    assert password not in first.stdout + first.stderr


def test_no_two_are_alike(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        make(tmp_path / name)
    assert (tmp_path / "a" / "password").read_text() != (tmp_path / "b" / "password").read_text()


def test_only_owner_and_group_read_them(tmp_path: Path) -> None:
    make(tmp_path)
    assert {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {
        "password": 0o400,
        "neo4j_auth": 0o440,
    }


def test_a_given_password_is_taken_and_another_one_later_is_refused(tmp_path: Path) -> None:
    given, folder = tmp_path / "given", tmp_path / "secrets"
    folder.mkdir()
    given.write_text("correct-horse-battery\n")
    assert "taken from the file" in make(folder, given).stdout
    assert (folder / "neo4j_auth").read_text() == "neo4j/correct-horse-battery"
    given.write_text("another-horse-battery\n")
    refused = make(folder, given)
    assert refused.returncode == 1
    assert "ALTER CURRENT USER" in refused.stderr
    assert "horse" not in refused.stderr
    assert (folder / "password").read_text() == "correct-horse-battery"


@pytest.mark.parametrize("bad", ["short", "with space in it", "with/a/slash", "-an-option"])
def test_a_password_that_neo4j_would_not_take_is_refused_without_being_shown(tmp_path: Path, bad: str) -> None:
    given, folder = tmp_path / "given", tmp_path / "secrets"
    folder.mkdir()
    given.write_text(bad)
    refused = make(folder, given)
    assert refused.returncode == 1
    assert "8 to 200 characters" in refused.stderr
    assert bad not in refused.stderr
    assert list(folder.iterdir()) == []


def test_an_interrupted_start_is_finished_by_the_next(tmp_path: Path) -> None:
    make(tmp_path)
    password = (tmp_path / "password").read_text()
    (tmp_path / "neo4j_auth").unlink()
    (tmp_path / "password.part").write_text("half")
    assert "kept" in make(tmp_path).stdout
    assert (tmp_path / "neo4j_auth").read_text() == f"neo4j/{password}"


@contextmanager
def serving(status: int) -> Iterator[int]:
    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/readyz" else 404)
            self.end_headers()
            self.wfile.write(b'{"status": "so"}')

        def log_message(self, *said: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False), (404, False)])
def test_the_container_is_healthy_when_readyz_says_so(
    status: int, healthy: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    ready = runpy.run_path(str(FOLDER / "ready.py"))["ready"]
    with serving(status) as port:
        assert ready(port) == (healthy, '{"status": "so"}')


def test_a_container_that_does_not_answer_is_not_healthy() -> None:
    ready = runpy.run_path(str(FOLDER / "ready.py"))["ready"]
    good, said = ready(9)
    assert not good
    assert "nobody answers on port 9" in said

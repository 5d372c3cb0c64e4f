"""The scripts of the image: the password made once, the health check, and the bill of materials."""

from __future__ import annotations

import http.server
import json
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


LOCK = """\
a-package==1.0 ; sys_platform != 'win32' \\
    --hash=sha256:{b} \\
    --hash=sha256:{a}
b-package==3.1 \\
    --hash=sha256:{a}
never-here==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:{a}
""".format(a="a" * 64, b="b" * 64)


LICENSES = {
    "A_Package": "License-Expression: MIT\n",
    "b_package": "Classifier: Topic :: Text\nClassifier: License :: OSI Approved :: Zope Public License\n",
}


def bill(tmp_path: Path, **installed: str) -> subprocess.CompletedProcess[str]:
    lock, folder = tmp_path / "a.lock", tmp_path / "site-packages"
    lock.write_text(LOCK, encoding="utf-8")
    for name, version in installed.items():
        info = folder / f"{name}-{version}.dist-info"
        info.mkdir(parents=True)
        text = f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n{LICENSES.get(name, '')}"
        (info / "METADATA").write_text(text, encoding="utf-8")
    return subprocess.run(
        [sys.executable, FOLDER / "make_sbom.py", lock, folder], capture_output=True, text=True, check=False
    )


def test_the_bill_names_what_is_installed_with_license_and_accepted_sums(tmp_path: Path) -> None:
    done = bill(tmp_path, b_package="3.1", A_Package="1.0", detention_graph="0.1.0")
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert made["metadata"]["component"]["version"] == "0.1.0"
    [one, older, *beside] = made["components"]
    assert [(found["name"], found["scope"]) for found in beside] == [("neo4j", "excluded"), ("openjdk", "excluded")]
    assert (one["name"], one["version"], one["purl"]) == ("a-package", "1.0", "pkg:pypi/a-package@1.0")
    assert one["licenses"] == [{"expression": "MIT"}]
    assert [said["value"][0] for said in one["properties"]] == ["a", "b"]
    assert older["licenses"] == [{"license": {"name": "Zope Public License"}}]


def test_the_same_packages_make_the_same_bill(tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    once = bill(tmp_path, a_package="1.0", detention_graph="0.1.0")
    assert once.stdout == bill(tmp_path / "again", detention_graph="0.1.0", a_package="1.0").stdout
    assert once.stdout


@pytest.mark.parametrize(
    ("installed", "said"),
    [
        ({"a_package": "1.1", "detention_graph": "0.1.0"}, "not in the lock: a-package 1.1"),
        ({"stranger": "1.0", "detention_graph": "0.1.0"}, "not in the lock: stranger 1.0"),
        ({"a_package": "1.0"}, "detention-graph itself is not installed"),
    ],
)
def test_a_bill_that_would_not_be_true_is_not_made(tmp_path: Path, installed: dict[str, str], said: str) -> None:
    done = bill(tmp_path, **installed)
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stdout == ""

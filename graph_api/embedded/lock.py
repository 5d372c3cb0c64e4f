"""The lock of a home, which has one owner at a time, and the state file about the server of the owner.

The operating system releases the lock when its holder exits, however it exits, so lock files are never stale. The state
file is informative only.
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

from graph_api.embedded import watchdog
from graph_api.embedded.bolt_probe import answers
from graph_api.embedded.layout import Layout
from graph_api.errors import DataDirectoryUnusable


@dataclass(frozen=True, slots=True)
class ProcessIdentity:
    """A process: its id, and when it was created, because ids are reused."""

    pid: int
    created: float

    @property
    def running(self) -> psutil.Process | None:
        """This process, if it still runs."""
        return watchdog.find(self.pid, self.created)


def identify(pid: int | None = None) -> ProcessIdentity:
    """Return the identity of the process with this id, or of the current process."""
    process = psutil.Process(pid)
    return ProcessIdentity(process.pid, process.create_time())


@dataclass(frozen=True, slots=True)
class LockState:
    """The owner of a home and since when it owns it, and the server that it started, if any."""

    owner: ProcessIdentity
    since: str
    server: ProcessIdentity | None = None
    port: int = 0

    @property
    def is_serving(self) -> bool:
        """Whether the server answers. Valid only while the home is locked, because the state is that of the lock holder."""
        return self.port > 0 and answers(self.port)


def new_state() -> LockState:
    """Return the state of a home that this process has just locked."""
    return LockState(owner=identify(), since=datetime.now(UTC).isoformat(timespec="seconds"))


def write_state(layout: Layout, state: LockState) -> None:
    """Replace the state file atomically."""
    write_private(layout.state, json.dumps(asdict(state), indent=1))


def read_state(layout: Layout) -> LockState | None:
    """Return the state that the owner wrote, or None where there is none that can be read."""
    try:
        found = json.loads(layout.state.read_text(encoding="utf-8"))
        server = found["server"]
        return LockState(
            _parse_identity(found["owner"]),
            str(found["since"]),
            _parse_identity(server) if server else None,
            int(found["port"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _parse_identity(found: dict[str, Any]) -> ProcessIdentity:
    if (pid := int(found["pid"])) < 1:
        raise ValueError
    return ProcessIdentity(pid, float(found["created"]))


def make_folders(layout: Layout) -> None:
    """Create the folders, accessible to the owner only. Raises DataDirectoryUnusable."""
    try:
        layout.home.mkdir(parents=True, exist_ok=True)
        for folder in layout.folders:
            folder.mkdir(mode=0o700, exist_ok=True)
            check_owner(folder, folder.stat())
        write_private(layout.root / ".can-write", "")
        (layout.root / ".can-write").unlink()
    except OSError as error:
        raise unusable(error, layout.home) from error


def check_owner(path: Path, found: os.stat_result) -> None:
    """Raise DataDirectoryUnusable for a file or folder of another user, or one that other users can write to."""
    if found.st_uid != os.geteuid():
        raise DataDirectoryUnusable(
            f"Unsafe home: {path} belongs to the user id {found.st_uid}, expected {os.geteuid()}. "
            "Change its owner, or set another home (DETENTION_GRAPH_DATA_DIR)"
        )
    if found.st_mode & 0o022:
        raise DataDirectoryUnusable(f"Unsafe home: other users can write to {path}. Run: chmod go-w {path}")


def unusable(error: OSError, home: Path) -> DataDirectoryUnusable:
    """Return the error for a home that cannot be written, with the reason and a remedy."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DataDirectoryUnusable(
            f"No space left below {home}: {error.strerror}. Free some space, or set another home (DETENTION_GRAPH_DATA_DIR)"
        )
    return DataDirectoryUnusable(
        f"Cannot write to the home {home}: {error.strerror} ({error.filename}). "
        "Set another home (DETENTION_GRAPH_DATA_DIR)"
    )


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner can read, atomically; the temporary file is created exclusively."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
    fresh.replace(file)


def acquire(layout: Layout) -> TextIO | None:
    """Lock the home and return the lock file, or None where it is locked. Closing the file or exiting releases the lock."""
    return _acquire(layout, layout.lock)


def acquire_building(layout: Layout) -> TextIO | None:
    """Lock the building of a new graph beside that of the home, which one process does at a time, as :func:`acquire` does the home."""
    return _acquire(layout, layout.building)


def _acquire(layout: Layout, file: Path) -> TextIO | None:
    try:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise unusable(error, layout.home) from error
    lock = os.fdopen(handle, "w", encoding="ascii")
    try:
        check_owner(file, os.fstat(handle))
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    except DataDirectoryUnusable:
        lock.close()
        raise
    except OSError as error:  # a file system without locks
        lock.close()
        raise unusable(error, layout.home) from error
    return lock


def clear_leftover(layout: Layout) -> None:
    """Stop the server of an owner that was killed, if it still runs. Call it while holding the lock."""
    state = read_state(layout)
    if state is not None and state.server is not None and (left := state.server.running):
        watchdog.end(left)
    for unrecorded in watchdog.started_with(f"{layout.conf}/java-*"):  # its owner was killed before it wrote the state
        watchdog.end(unrecorded)
    layout.state.unlink(missing_ok=True)

"""Status, stop and logs of the server below a home, for processes that do not own it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import psutil

from graph_api.embedded.layout import Layout
from graph_api.embedded.lock import acquire, clear_leftover, read_state
from graph_api.embedded.version import written_by
from graph_api.errors import EmbeddedDatabaseError

OWNER_STOP_TIMEOUT = 60.0
POLL_INTERVAL = 0.2
LOGS = ("console.log", "debug.log", "security.log")


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """What runs below a home. ``pid`` is that of the server, ``owner`` that of the process that holds the lock, if any."""

    home: Path
    is_running: bool
    is_held: bool
    owner: int | None = None
    pid: int | None = None
    port: int | None = None
    since: str | None = None
    version: str | None = None
    memory: int | None = None


def read_status(layout: Layout) -> ServerStatus:
    """Return what runs below a home; nothing is changed."""
    held = _is_held(layout)
    state = read_state(layout)
    version = written_by(layout)
    if state is None:
        return ServerStatus(layout.home, is_running=False, is_held=held, version=version)
    server = state.server.running if state.server else None
    memory = None
    with suppress(psutil.Error):
        memory = server.memory_info().rss if server else None
    return ServerStatus(
        layout.home,
        is_running=server is not None,
        is_held=held,
        owner=state.owner.pid if held else None,
        pid=server.pid if server else None,
        port=state.port or None if server else None,
        since=state.since if held or server else None,
        version=version,
        memory=memory,
    )


def stop(layout: Layout, *, force: bool = False) -> bool:
    """Stop a server whose owner is gone; with ``force``, ask a running owner to exit. Return whether one was stopped.

    Raises EmbeddedDatabaseError where another process holds the home, and ``force`` is not set or has no effect.
    """
    if not layout.root.is_dir():
        return False
    found = read_status(layout)
    if not found.is_held:
        with acquire(layout) or _raise_held(found):
            clear_leftover(layout)
        return found.is_running
    state = read_state(layout)
    owner = state.owner.running if state else None
    if not force or owner is None or owner.pid == os.getpid():
        _raise_held(found)
    owner.terminate()
    deadline = time.monotonic() + OWNER_STOP_TIMEOUT
    while _is_held(layout):
        if time.monotonic() > deadline:
            _raise_held(found)
        time.sleep(POLL_INTERVAL)
    return True


def tail(file: Path, lines: int) -> list[str]:
    """Return the last lines of a log."""
    try:
        return file.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:] if lines > 0 else []
    except FileNotFoundError:
        raise EmbeddedDatabaseError(f"No log file {file}: no Neo4j was started below this home yet") from None
    except OSError as error:
        raise EmbeddedDatabaseError(f"Cannot read the log file {file}: {error.strerror}") from None


def follow(file: Path) -> Iterator[str]:
    """Yield the lines that are added to a log from now on, also after it is rotated; ends when interrupted."""
    at = file.stat().st_size
    while True:
        with suppress(FileNotFoundError):
            size = file.stat().st_size
            at = 0 if size < at else at
            if size > at:
                with file.open("rb") as stream:
                    stream.seek(at)
                    text = stream.read()
                at += len(text)
                yield from text.decode("utf-8", "replace").splitlines()
        time.sleep(POLL_INTERVAL)


def _is_held(layout: Layout) -> bool:
    if not layout.lock.exists():
        return False
    lock = acquire(layout)
    if lock is not None:
        lock.close()
    return lock is None


def _raise_held(found: ServerStatus) -> NoReturn:
    holder = f"process {found.owner} since {found.since}" if found.owner else "another process"
    raise EmbeddedDatabaseError(
        f"The home {found.home} is held by {holder}. Stop that process (Ctrl-C where it runs), "
        "or ask it to exit: detention-graph engine stop --force"
    )

"""Stops a server whose owner was killed (kill -9, out of memory), where no ``finally`` runs.

Started as ``python watchdog.py OWNER_PID OWNER_CREATED ARGUMENT_FILE`` before the server and in a session of its own, so that
no server runs unwatched; the server is identified by its argument file. It is run by its path and imports nothing of this
project, so that it stays small.
"""

from __future__ import annotations

import contextlib
import sys
import time

import psutil

POLL_INTERVAL = 0.5
SCANS = 3
STOP_TIMEOUT = 20.0


def find(pid: int, created: float) -> psutil.Process | None:
    """Return the process with this id and creation time, if it runs."""
    try:
        process = psutil.Process(pid)
        same = abs(process.create_time() - created) < 1.0
    except psutil.NoSuchProcess:
        return None
    return process if same and runs(process) else None


def runs(process: psutil.Process) -> bool:
    """Return whether a process runs; a zombie does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def end(process: psutil.Process, *, timeout: float = STOP_TIMEOUT) -> None:
    """Terminate the process, and kill it where it does not exit in time."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process.terminate()
        deadline = time.monotonic() + timeout
        while runs(process):
            if time.monotonic() > deadline:
                process.kill()
            time.sleep(0.05)


def started_with(file: str) -> list[psutil.Process]:
    """Return the processes with this argument file on their command line; a trailing ``*`` is a wildcard."""
    known = f"@{file.removesuffix('*')}"
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        for word in process.info["cmdline"] or ()
        if (word.startswith(known) if file.endswith("*") else word == known)
    ]


def watch(owner: psutil.Process | None, file: str) -> None:
    """Wait until the owner is gone, and stop the server that it left. An owner that exits in order stops the watchdog first."""
    while owner is not None and runs(owner):
        time.sleep(POLL_INTERVAL)
    for _ in range(SCANS):  # a process that was just being started is not seen in the first scan
        for left in started_with(file):
            end(left)
        time.sleep(POLL_INTERVAL)


if __name__ == "__main__":
    watch(find(int(sys.argv[1]), float(sys.argv[2])), sys.argv[3])

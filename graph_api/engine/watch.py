"""Ends a server whose owner has died without a word (kill -9, out of memory), where no ``finally`` runs.

Started as ``python watch.py OWNER_PID OWNER_CREATED SERVER_PID SERVER_CREATED``, beside the server and in a session of
its own. It is run by its path and imports nothing of ours, so that it stays small.
"""

from __future__ import annotations

import contextlib
import sys
import time

import psutil

LOOK_EVERY = 0.5
GRACE = 20.0


def find(pid: int, created: float) -> psutil.Process | None:
    """Return the process with this id that began at this time, if it runs."""
    try:
        process = psutil.Process(pid)
        same = abs(process.create_time() - created) < 1.0
    except psutil.NoSuchProcess:
        return None
    return process if same and runs(process) else None


def runs(process: psutil.Process) -> bool:
    """Say whether it still runs: a dead one that nobody has reaped does not. Setting the clock does not matter here."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def end(process: psutil.Process, *, grace: float = GRACE) -> None:
    """Ask the process to end, and make it end when it does not in time."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process.terminate()
        deadline = time.monotonic() + grace
        while runs(process):
            if time.monotonic() > deadline:
                process.kill()
            time.sleep(0.05)


def watch(owner: psutil.Process | None, server: psutil.Process | None) -> None:
    """Wait until one of the two is gone; when it is the owner, end the server."""
    while server is not None and runs(server):
        if owner is None or not runs(owner):
            end(server)
            return
        time.sleep(LOOK_EVERY)


if __name__ == "__main__":
    watch(find(int(sys.argv[1]), float(sys.argv[2])), find(int(sys.argv[3]), float(sys.argv[4])))

"""Ends a server whose owner has died without a word (kill -9, out of memory), where no ``finally`` runs.

Started as ``python watch.py OWNER_PID OWNER_CREATED ARGUMENT_FILE``, before the server and in a session of its own, so that
there is no moment at which a server runs and nobody watches; the server is known by the argument file that it was given.
It is run by its path and imports nothing of ours, so that it stays small.
"""

from __future__ import annotations

import contextlib
import sys
import time

import psutil

LOOK_EVERY = 0.5
LOOKS = 3
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


def started_with(file: str) -> list[psutil.Process]:
    """Return the processes that were given this argument file; ``*`` at its end stands for any rest."""
    known = f"@{file.removesuffix('*')}"
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        for word in process.info["cmdline"] or ()
        if (word.startswith(known) if file.endswith("*") else word == known)
    ]


def watch(owner: psutil.Process | None, file: str) -> None:
    """Wait until the owner is gone, and end what it left. Who ends in order ends us first."""
    while owner is not None and runs(owner):
        time.sleep(LOOK_EVERY)
    for _ in range(LOOKS):  # a process that was just being started is not seen at the first look
        for left in started_with(file):
            end(left)
        time.sleep(LOOK_EVERY)


if __name__ == "__main__":
    watch(find(int(sys.argv[1]), float(sys.argv[2])), sys.argv[3])

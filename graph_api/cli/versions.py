"""Keeps what was known on each day stored while ``up`` serves, so that questions as of a day are answered without a further command.

A process of its own computes it, with the lowest priority, after the start and after each load::

    with keeping_versions(store, settings):
        serve()
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Final

from graph_api.cli.common import stderr_console
from graph_api.database.driver import Address, Database
from graph_api.database.queries import named
from graph_api.errors import DatabaseError
from graph_api.settings import PREFIX, Settings

MAX_CLAIMS: Final = 20_000
"""A graph of more claims is left to ``detention-graph as-of``: the time grows with claims times days."""
EVERY: Final = 10.0
"""Seconds between two looks at the graph; a start plans the questions of the pages first."""
AFTER_FAILURE: Final = 120.0


@contextmanager
def keeping_versions(store: Database, settings: Settings) -> Iterator[None]:
    """Keep the versions of nodes stored inside the block, where the setting ``as_of`` allows it; the process that computes them ends with it."""
    if not settings.as_of:
        yield
        return
    ended = Event()
    thread = Thread(target=_keep, args=(store, settings, ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _keep(store: Database, settings: Settings, ended: Event) -> None:
    wait = EVERY
    while not ended.wait(wait):
        wait = EVERY
        try:
            if not _are_missing(store):
                continue
        except DatabaseError:
            continue  # it is asked again; the API says by itself that the database does not answer
        code = _compute(store.address, settings, ended)
        if code == 0:
            stderr_console.print("stored what was known on each day: questions as of a day are answered")
        elif code is not None:
            wait = AFTER_FAILURE


def _are_missing(store: Database) -> bool:
    """Whether the graph holds something, and not what was known of it on each day, and is small enough."""
    [[(are_stored, _)]] = store.read(named("as_of_state"))
    [[audience, _, claims, _]] = store.read(named("graph_state"))
    return audience is not None and not are_stored and claims <= MAX_CLAIMS


def _compute(address: Address, settings: Settings, ended: Event) -> int | None:
    """Run ``as-of`` in a process of its own; return its exit code, None where ``ended`` was set before and it was stopped."""
    given = {
        "NEO4J_URI": address.uri,
        "NEO4J_USER": address.user,
        "NEO4J_PASSWORD": address.password,
        "NEO4J_DATABASE": address.database,
        "INSECURE": str(settings.insecure),
    }
    own = {key: value for key, value in os.environ.items() if key != f"{PREFIX}NEO4J_PASSWORD_FILE"}
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "graph_api", "as-of"],
        env=own | {f"{PREFIX}{key}": value for key, value in given.items()},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C in a terminal is for this process, which ends the other
    )
    with suppress(OSError):  # it has ended already
        os.setpriority(os.PRIO_PROCESS, child.pid, 19)
    while (code := child.poll()) is None:
        if ended.wait(0.2):
            child.terminate()
            child.wait()
            return None
    return code

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
"""Seconds until a run that failed is tried again."""


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
    told: int | None = None  # the revision of the graph of which a failure was told
    while not ended.wait(wait):
        wait = EVERY
        try:
            revision = _revision_without(store)
        except DatabaseError:
            continue  # it is asked again; the API says by itself that the database does not answer
        if revision is None:
            continue
        failure = _compute(store.address, settings, ended)
        if failure == "":
            stderr_console.print("stored what was known on each day: questions as of a day are answered")
        elif failure is not None:
            wait = AFTER_FAILURE
            if told != revision:
                _tell(failure)
            told = revision


def _tell(failure: str) -> None:
    stderr_console.print(
        f"What was known on each day could not be stored: {failure}. Until it is, operations with @asOf and pages with ?known=DATE are refused; "
        f"it is tried again every {AFTER_FAILURE:.0f} seconds. Run `detention-graph as-of` to see all that it prints.",
        style="yellow",
        markup=False,
        soft_wrap=True,
    )


def _revision_without(store: Database) -> int | None:
    """Return the revision of a graph that holds something, and not what was known of it on each day, and is small enough; None for another."""
    [[(are_stored, _)]] = store.read(named("as_of_state"))
    [[audience, _, claims, _]] = store.read(named("graph_state"))
    if audience is None or are_stored or claims > MAX_CLAIMS:
        return None
    [[_, revision, *_]] = store.read(named("load_state"))
    return int(revision)


def _compute(address: Address, settings: Settings, ended: Event) -> str | None:
    """Run ``as-of`` in a process of its own; return how it failed, an empty text where it did not.

    None where ``ended`` was set before and it was stopped.
    """
    given = {
        "NEO4J_URI": address.uri,
        "NEO4J_USER": address.user,
        "NEO4J_PASSWORD": address.password,
        "NEO4J_DATABASE": address.database,
        "INSECURE": str(settings.insecure),
    }
    own = {key: value for key, value in os.environ.items() if key != f"{PREFIX}NEO4J_PASSWORD_FILE"}
    try:
        child = subprocess.Popen(
            [sys.executable, "-P", "-m", "graph_api", "as-of"],
            env=own | {f"{PREFIX}{key}": value for key, value in given.items()},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C in a terminal is for this process, which ends the other
        )
    except OSError as error:  # no memory, or too many processes or files, which may pass
        return f"`detention-graph as-of` cannot be started ({error.strerror or error})"
    with suppress(OSError):  # it has ended already
        os.setpriority(os.PRIO_PROCESS, child.pid, 19)
    while True:
        try:
            _, said = child.communicate(timeout=0.2)
        except subprocess.TimeoutExpired:
            if ended.is_set():
                child.terminate()
                child.communicate()
                return None
        else:
            return _failure(child.returncode, said.decode("utf-8", "replace")) if child.returncode else ""


def _failure(code: int, said: str) -> str:
    """Return how a run failed: its exit code, and the last line that it printed."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    last = f" ({lines[-1].removeprefix('detention-graph: ').removesuffix('.')})" if lines else ""
    return f"`detention-graph as-of` ended with code {code}{last}"

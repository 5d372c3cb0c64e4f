"""Tells a process when to open its private Neo4j again: a new graph replaces the present one, or the process that runs the server stops it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Final

from graph_api.embedded import switch
from graph_api.embedded.layout import Layout
from graph_api.embedded.lock import acquire_building, read_state
from graph_api.embedded.replace import ServedHome

INTERVAL: Final = 0.2
"""Seconds between two looks at the home."""


@contextmanager
def following(home: ServedHome | None) -> Iterator[Event]:
    """Yield an event that is set once the server of a home is to be left and opened again; never without a home.

    The process that runs the server puts a new graph in place when it stops the server, so that opening it again is all that is to be done.
    """
    due, ended = Event(), Event()
    if home is None:
        yield due
        return

    def watch() -> None:
        while not ended.wait(INTERVAL):
            if _is_replaced(home.layout) if home.is_owned else _is_left(home.layout, home.uri):
                due.set()
                return

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield due
    finally:
        ended.set()
        watcher.join()


def _is_replaced(layout: Layout) -> bool:
    """Whether a new graph waits and the process that built it does not use the present one any more."""
    if not switch.is_decided(layout):
        return False
    lock = acquire_building(layout)
    if lock is not None:
        lock.close()
    return lock is not None


def _is_left(layout: Layout, uri: str) -> bool:
    """Whether the process that runs the server of another one at this address stops it, or has ended."""
    state = read_state(layout)
    return state is None or not uri.endswith(f":{state.port}") or state.owner.running is None

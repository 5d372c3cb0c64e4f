"""Opens a graph that follows the rules of this version, for commands that write it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from graph_api.cli.common import noting_lost_versions, open_graph_and_home, print_progress
from graph_api.database.driver import Database
from graph_api.embedded import ServedHome
from graph_api.ingest.rebuild import migrate_records
from graph_api.settings import Settings


@contextmanager
def open_current_graph(
    settings: Settings, *, reuse: bool = True, migrated: list[str] | None = None
) -> Iterator[tuple[Database, ServedHome | None]]:
    """Open the database as :func:`open_graph_and_home` does and migrate it; opened again where a new graph with the migrations replaced it.

    Says where the graph answered as of a day before and does not after the block. ``migrated`` gets the names of what was migrated.
    """
    is_done = False
    while not is_done:
        with open_graph_and_home(settings, reuse=reuse) as (store, home), noting_lost_versions(store, home):
            applied = migrate_records(store, home=home, progress=print_progress, seconds=settings.load_seconds)
            if migrated is not None:
                migrated += applied
            if home is None or not home.is_replaced:
                is_done = True
                yield store, home
        reuse = True  # where another process was faster to open the new graph

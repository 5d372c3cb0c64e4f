"""Replaces the graph of a home by a new one: while the home is held and no server runs, or beside the server of the present graph."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph_api.embedded import jars, process, switch
from graph_api.embedded.endpoint import Endpoint
from graph_api.embedded.jars import Progress
from graph_api.embedded.layout import Layout, Memory, import_arguments, memory_for
from graph_api.embedded.lock import clear_leftover, make_folders, new_state, read_state, unusable, write_state
from graph_api.embedded.open import acquire_or_reuse, check_installed, start_owned
from graph_api.errors import DataDirectoryUnusable, EmbeddedDatabaseError

BETWEEN: Final = "\x1f"
"""Stands between the elements of a list in a cell of an imported file; no text holds it."""


Fill = Callable[[Path], int]
"""Writes the CSV files of a graph into a folder, and returns how many nodes and relationships they have."""


@dataclass(frozen=True, slots=True)
class ServedHome:
    """A home whose server runs, and beside whose graph a new one can be built; only its ``owner`` may replace the graph."""

    layout: Layout
    cache: Path
    progress: Progress
    is_owned: bool
    memory: Memory | None = None

    def check(self, needed: int) -> None:
        """Raise EmbeddedDatabaseError where another process runs the server, DataDirectoryUnusable with fewer than ``needed`` free bytes."""
        if not self.is_owned:
            state = read_state(self.layout)
            holder = f"process {state.owner.pid} since {state.since}" if state else "another process"
            raise EmbeddedDatabaseError(
                f"A load of this size replaces the graph of {self.layout.home}, whose server is run by {holder}; nothing was changed. "
                "Stop that process (detention-graph up or serve), load, and start it again."
            )
        free = free_space(self.layout.root)
        if free < needed:
            raise DataDirectoryUnusable(
                f"Not enough space below {self.layout.home}: a new graph beside the present one needs about {needed >> 20:,} MB, "
                f"{free >> 20:,} MB are free; nothing was changed. Free some space, or set another home (DETENTION_GRAPH_DATA_DIR)"
            )

    @contextmanager
    def replacement(self, fill: Fill) -> Iterator[Endpoint]:
        """Import a graph into an empty home beside the present one and run its server; :meth:`switch` replaces the present graph afterwards.

        Where the block ends with an error, nothing is left of it. Raises EmbeddedDatabaseError where the import fails.
        """
        made = switch.prepare(self.layout)
        memory = self.memory or memory_for(process.machine_memory())
        try:
            made.import_files.mkdir(mode=0o700)
            count = fill(made.import_files)
            if count:  # the server makes an empty graph itself
                self.progress(f"importing {count:,} nodes and relationships")
                class_path = jars.ensure_downloaded(self.cache.expanduser().absolute(), self.progress)
                import_graph(made, class_path, memory, made.import_files)
            shutil.rmtree(made.import_files)
            with ExitStack() as until_the_end:
                yield start_owned(made, self.cache, memory, self.progress, until_the_end)
        except OSError as error:
            switch.finish(self.layout)
            raise unusable(error, self.layout.home) from error
        except BaseException:
            switch.finish(self.layout)
            raise

    def switch(self) -> None:
        """Decide for the graph of :meth:`replacement`: the present server goes on until it is stopped, the next one has the new graph."""
        switch.decide(self.layout)


def import_graph(layout: Layout, class_path: Sequence[Path], memory: Memory, folder: Path) -> None:
    """Fill the empty database of a home, whose server does not run, from the CSV files below a folder.

    Raises EmbeddedDatabaseError with the last words of the importer.
    """
    files = [
        *(f"--nodes={path}" for path in sorted(folder.rglob("nodes-*.csv"))),
        *(f"--relationships={path}" for path in sorted(folder.rglob("links-*.csv"))),
    ]
    arguments = import_arguments(layout, class_path, memory, files, between=BETWEEN)
    process.run_tool(layout, arguments, memory, "Cannot import the new graph; the present one was not changed.")


def free_space(folder: Path) -> int:
    """Return the free bytes of the disk of a folder."""
    return shutil.disk_usage(folder).free


def served_home(home: Path, cache: Path, endpoint: Endpoint, progress: Progress) -> ServedHome:
    """Return the home of a private server that was opened (``open_embedded``), by this process or another one."""
    return ServedHome(Layout(home.expanduser().absolute()), cache, progress, endpoint.owned)


@dataclass(frozen=True, slots=True)
class HeldHome:
    """A home that this process holds; no server runs but those of :meth:`present` and :meth:`replacement`."""

    layout: Layout
    cache: Path
    progress: Progress
    memory: Memory | None = None

    @property
    def has_graph(self) -> bool:
        """Whether there is a graph, be it empty."""
        return process.was_started(self.layout) and not self.layout.initialising.exists()

    @contextmanager
    def present(self) -> Iterator[Endpoint]:
        """Run the server of the graph that is there."""
        with ExitStack() as until_the_end:
            yield start_owned(self.layout, self.cache, self.memory, self.progress, until_the_end)
        write_state(self.layout, new_state())

    @contextmanager
    def replacement(self) -> Iterator[Endpoint]:
        """Run the server of a new, empty graph; it replaces the old one where the block ends without an error.

        The old graph, its transaction logs and its logs are deleted then. An interruption leaves the old graph or the new one.
        """
        try:
            with ExitStack() as until_the_end:
                made = switch.prepare(self.layout)
                yield start_owned(made, self.cache, self.memory, self.progress, until_the_end)
            self.progress("replacing the old graph")
            switch.commit(self.layout)
        except OSError as error:
            raise unusable(error, self.layout.home) from error
        finally:
            switch.finish(self.layout)


@contextmanager
def hold_home(home: Path, cache: Path, *, progress: Progress, memory: Memory | None = None) -> Iterator[HeldHome]:
    """Hold a home during the block. Raises EmbeddedDatabaseError that names the process which holds it already."""
    check_installed()
    layout = Layout(home.expanduser().absolute())
    make_folders(layout)
    with ExitStack() as until_the_end:
        acquire_or_reuse(layout, until_the_end, reuse=False, progress=progress)
        clear_leftover(layout)
        switch.finish(layout)
        write_state(layout, new_state())
        until_the_end.callback(layout.state.unlink, missing_ok=True)
        yield HeldHome(layout, cache, progress, memory)

"""Replaces the graph of a home by a new one: while the home is held and no server runs, or beside the server of the present graph."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from graph_api.embedded import jars, process, switch
from graph_api.embedded.endpoint import Endpoint
from graph_api.embedded.jars import Progress
from graph_api.embedded.layout import MIB, Layout, Memory, import_arguments, memory_for
from graph_api.embedded.lock import (
    LockState,
    acquire_building,
    clear_leftover,
    make_folders,
    new_state,
    read_state,
    unusable,
    write_state,
)
from graph_api.embedded.open import acquire_or_reuse, check_installed, start_owned
from graph_api.errors import DataDirectoryUnusable, EmbeddedDatabaseError

BETWEEN: Final = "\x1f"
"""Stands between the elements of a list in a cell of an imported file; no text holds it."""
FOLLOW_SECONDS: Final = 90.0
"""How long a process that replaced a graph waits for the one that runs its server to change to the new graph."""
LEAVE_SECONDS: Final = 1.0
"""How long the server of a replaced graph goes on for the processes that share it, which look at its state more often (``follow``)."""


Fill = Callable[[Path], int]
"""Writes the CSV files of a graph into a folder, and returns how many nodes and relationships they have."""


@dataclass(frozen=True, slots=True)
class ServedHome:
    """A home whose server runs at ``uri``, for this process (``is_owned``) or another one, and beside whose graph a new one can be built.

    What holds until the present graph is not used any more is in ``until_the_end``.
    """

    layout: Layout
    cache: Path
    progress: Progress
    uri: str
    is_owned: bool
    until_the_end: ExitStack
    memory: Memory | None = None

    def check(self, needed: int) -> None:
        """Raise EmbeddedDatabaseError where the graph is replaced already, DataDirectoryUnusable with fewer than ``needed`` free bytes."""
        if self.is_replaced:
            raise EmbeddedDatabaseError(
                f"A new graph replaces that of {self.layout.home} once {_holder(self.layout)} has stopped its server; nothing was changed. "
                "Stop that process, start it again, and run the command again."
            )
        free = free_space(self.layout.root)
        if free < needed:
            raise DataDirectoryUnusable(
                f"Not enough space below {self.layout.home}: a new graph beside the present one needs about {needed >> 20:,} MB, "
                f"{free >> 20:,} MB are free; nothing was changed. Free some space, or set another home (DETENTION_GRAPH_DATA_DIR)"
            )

    @property
    def is_replaced(self) -> bool:
        """Whether the graph of the running server is replaced by a new one, which the next server has."""
        return switch.is_decided(self.layout)

    @contextmanager
    def building(self) -> Iterator[None]:
        """Keep others from building a new graph. Where the block ends with an error, nothing is left of :meth:`replacement` and :meth:`switch`.

        Raises EmbeddedDatabaseError where another process builds one.
        """
        lock = acquire_building(self.layout)
        if lock is None:
            raise EmbeddedDatabaseError(
                f"Another process builds a new graph for {self.layout.home}; nothing was changed. Run the command again once it has ended."
            )
        with ExitStack() as on_failure:
            on_failure.enter_context(lock)
            on_failure.callback(switch.discard, self.layout)
            on_failure.callback(switch.withdraw, self.layout)
            yield
            on_failure.pop_all()
        self.until_the_end.enter_context(lock)
        switch.discard(self.layout)

    @contextmanager
    def replacement(self, fill: Fill) -> Iterator[Endpoint]:
        """Import a graph into an empty home beside the present one and run its server; :meth:`switch` replaces the present graph afterwards.

        Call it within :meth:`building`. Raises EmbeddedDatabaseError where the import fails.
        """
        try:
            made = switch.prepare(self.layout)
            memory = self.memory or memory_for(process.machine_memory())
            _import(made, fill, self.cache, memory, self.progress)
            with ExitStack() as until_the_end:
                yield start_owned(made, self.cache, memory, self.progress, until_the_end)
        except OSError as error:
            raise unusable(error, self.layout.home) from error

    def switch(self) -> None:
        """Decide for the graph of :meth:`replacement`: the present server goes on until it is stopped, the next one has the new graph."""
        switch.decide(self.layout)


@contextmanager
def served_home(home: Path, cache: Path, endpoint: Endpoint, progress: Progress) -> Iterator[ServedHome]:
    """Yield the home of a private server that was opened (``open_embedded``), by this process or another one.

    Where its graph was replaced in the block, processes that share the server have a moment to leave it; where another process runs it, that
    one is waited for, which ``serve`` and ``up`` change to the new graph by themselves.
    """
    layout = Layout(home.expanduser().absolute())
    with ExitStack() as until_the_end:
        yield ServedHome(layout, cache, progress, endpoint.uri, endpoint.owned, until_the_end)
        state = read_state(layout)
        if endpoint.owned and state is not None and switch.is_decided(layout):
            write_state(layout, replace(state, port=0))
            time.sleep(LEAVE_SECONDS)
    if not endpoint.owned and switch.is_decided(layout):
        _wait_for_new_graph(layout, state, progress)


def _wait_for_new_graph(layout: Layout, before: LockState | None, progress: Progress) -> None:
    holder, started = _holder(layout), time.monotonic()
    seen = started
    while (now := time.monotonic()) < started + FOLLOW_SECONDS:
        state, is_decided = read_state(layout), switch.is_decided(layout)
        if state is not None and state != before and not is_decided and state.is_serving:
            progress(f"the new graph is served after {now - started:.1f} s")
            return
        if state is not None or is_decided:
            seen = now
        elif now - seen > LEAVE_SECONDS:
            return  # the holder has ended: the next server has the new graph
        time.sleep(0.1)
    progress(f"the new graph is served once {holder} is stopped and started again")


def _holder(layout: Layout) -> str:
    state = read_state(layout)
    return f"process {state.owner.pid}" if state else "another process"


def _import(made: Layout, fill: Fill, cache: Path, memory: Memory, progress: Progress) -> None:
    """Fill the database of a home that was just made. Raises EmbeddedDatabaseError."""
    made.import_files.mkdir(mode=0o700)
    count = fill(made.import_files)
    if count:  # the server makes an empty graph itself
        progress(f"importing {count:,} nodes and relationships")
        class_path = jars.ensure_downloaded(cache.expanduser().absolute(), progress)
        import_graph(made, class_path, memory, made.import_files)
    shutil.rmtree(made.import_files)


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


@dataclass(frozen=True, slots=True)
class HeldHome:
    """A home that this process holds; no server runs but those of :meth:`present` and :meth:`replacement`."""

    layout: Layout
    cache: Path
    progress: Progress
    memory: Memory

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

    @property
    def transaction_limit(self) -> int:
        """How many bytes one transaction of a server of this home may use."""
        return (self.memory.transaction or self.memory.heap // 2) * MIB

    @contextmanager
    def replacement(self, fill: Fill | None = None) -> Iterator[Endpoint]:
        """Run the server of a new graph, empty or imported; it replaces the old one where the block ends without an error.

        The old graph, its transaction logs and its logs are deleted then. An interruption leaves the old graph or the new one.
        """
        try:
            with ExitStack() as until_the_end:
                made = switch.prepare(self.layout)
                if fill is not None:
                    _import(made, fill, self.cache, self.memory, self.progress)
                yield start_owned(made, self.cache, self.memory, self.progress, until_the_end)
            self.progress("replacing the old graph")
            switch.commit(self.layout)
        except OSError as error:
            raise unusable(error, self.layout.home) from error
        finally:
            switch.discard(self.layout)


@contextmanager
def hold_home(
    home: Path, cache: Path, *, progress: Progress, memory: Memory | None = None, transaction: int | None = None
) -> Iterator[HeldHome]:
    """Hold a home during the block, with ``transaction`` MiB for one transaction of its servers.

    Raises EmbeddedDatabaseError that names the process which holds it already, or where one still builds a new graph for it.
    """
    check_installed()
    layout = Layout(home.expanduser().absolute())
    make_folders(layout)
    limits = memory or replace(memory_for(process.machine_memory()), transaction=transaction)
    with ExitStack() as until_the_end:
        acquire_or_reuse(layout, until_the_end, reuse=False, progress=progress)
        building = acquire_building(layout)
        if building is None:
            raise EmbeddedDatabaseError(
                f"Another process builds a new graph for {layout.home}; nothing was changed. Run the command again once it has ended."
            )
        until_the_end.enter_context(building)
        clear_leftover(layout)
        switch.put_in_place(layout)
        switch.discard(layout)
        write_state(layout, new_state())
        until_the_end.callback(layout.state.unlink, missing_ok=True)
        yield HeldHome(layout, cache, progress, limits)

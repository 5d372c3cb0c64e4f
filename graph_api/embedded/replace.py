"""Holds a home while its graph is read and replaced by a new one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph_api.embedded import process, switch
from graph_api.embedded.endpoint import Endpoint
from graph_api.embedded.jars import Progress
from graph_api.embedded.layout import Layout, Memory
from graph_api.embedded.lock import clear_leftover, make_folders, new_state, unusable, write_state
from graph_api.embedded.open import acquire_or_reuse, check_installed, start_owned


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

"""Replaces the data of a home by a new graph that was built beside it: the old data are whole until the new ones are.

The new graph is built in a home of its own below the old one. One rename of its data to ``data.next`` decides; what follows, the deletion
of the old data and logs and the rename to ``data``, is repeated by the next start of the home if it is interrupted. Only the holder of the
building lock touches a new graph, so that nothing of it is taken from the process that builds it.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from graph_api.embedded.layout import Layout
from graph_api.embedded.lock import acquire_building, clear_leftover, make_folders, write_private
from graph_api.embedded.process import password
from graph_api.errors import DataDirectoryUnusable


def prepare(layout: Layout) -> Layout:
    """Return an empty home below this one, with the same password. Call it while holding the building lock. Raises DataDirectoryUnusable."""
    discard(layout)
    if layout.data.is_symlink() or layout.data.is_mount():
        raise DataDirectoryUnusable(
            f"Cannot replace {layout.data}: it is a link or a mount point. Mount or link the whole home {layout.home} instead"
        )
    made = layout.replacement
    make_folders(made)
    write_private(made.password, password(layout))
    return made


def commit(layout: Layout) -> None:
    """Decide for the new data; from now on the old ones are gone. Call it while holding both locks; no server may run."""
    decide(layout)
    put_in_place(layout)
    discard(layout)


def decide(layout: Layout) -> None:
    """Decide for the new data, of which no server runs; the next :func:`finish`, once that of the old ones has stopped, puts them in place."""
    layout.replacement.data.rename(layout.next_data)
    _sync(layout.root)


def is_decided(layout: Layout) -> bool:
    """Whether a new graph waits for the server of the present one to stop."""
    return layout.next_data.exists()


def withdraw(layout: Layout) -> None:
    """Take a decision back that could not be noted in the present graph. Call it while holding the building lock."""
    with suppress(FileNotFoundError):
        layout.next_data.rename(layout.replacement.data)


def finish(layout: Layout) -> None:
    """Finish a switch that was decided, or remove what an undecided one left. Call it while holding the lock of the home; no server may run.

    Nothing is done while another process builds a new graph, or has built it and still uses the present one.
    """
    lock = acquire_building(layout)
    if lock is not None:
        with lock:
            put_in_place(layout)
            discard(layout)


def put_in_place(layout: Layout) -> None:
    """Replace the data by the new ones where that was decided. Call it while holding both locks; no server may run."""
    if is_decided(layout):
        for folder in (layout.data, layout.logs):
            shutil.rmtree(folder)
            folder.mkdir(mode=0o700)
        layout.initialising.unlink(missing_ok=True)
        layout.next_data.rename(layout.data)
        _sync(layout.root)


def discard(layout: Layout) -> None:
    """Stop the server of a new graph and remove what is left of its home. Call it while holding the building lock."""
    if layout.replacement.root.exists():
        clear_leftover(layout.replacement)
    shutil.rmtree(layout.replacement.home, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Write the names of a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

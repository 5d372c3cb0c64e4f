"""Reads with an end: in a thread of a few, and answered in time also when the database has fallen silent."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from anyio import CapacityLimiter, fail_after, to_thread

from graph_api.errors import StoreUnavailable
from graph_api.statement import Statement
from graph_api.store.driver import Store

GRACE = 3.0
"""How much longer than the time limit somebody waits, who waits for a thread, a connection and the database."""


async def read_in_time(
    store: Store, statement: Statement, *, seconds: float, limiter: CapacityLimiter | None = None
) -> Sequence[Sequence[Any]]:
    """Read, or raise StoreUnavailable some seconds after the time limit that the database has not kept.

    The thread that still waits then is left to itself: it ends when the driver gives its connection up.
    """
    work = partial(store.read, statement, seconds=seconds)
    try:
        with fail_after(seconds + GRACE):
            return await to_thread.run_sync(work, limiter=limiter, abandon_on_cancel=True)
    except TimeoutError:
        raise StoreUnavailable(f"the database gave no answer within {seconds + GRACE:.0f} s; try again") from None

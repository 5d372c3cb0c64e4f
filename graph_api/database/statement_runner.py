"""How the API reads: statements of one operation in one read-only transaction, each giving one value, with an end to all waiting."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final, Protocol

from anyio import CapacityLimiter, fail_after, to_thread

from graph_api.database.driver import Database
from graph_api.errors import DatabaseUnavailable
from graph_api.statement import Statement

GRACE: Final = 3.0
"""How much longer than the time limit somebody waits, who waits for a connection and the database."""


class Reader(Protocol):
    """What reads."""

    async def read(self, statements: Sequence[Statement], *, seconds: float) -> Sequence[Any]:
        """Return the one value of each statement; all are run in one transaction with a time limit.

        Raises the StoreErrors; a caller that is cancelled ends the transaction.
        """

    async def close(self) -> None:
        """Give all connections back."""


class ThreadedRunner:
    """Reads through the driver, in a few threads: every address that the driver knows, clusters and encryption among them."""

    def __init__(self, store: Database, threads: int = 8) -> None:
        self._store = store
        self._limiter: CapacityLimiter | None = None
        self._threads = threads

    async def read(self, statements: Sequence[Statement], *, seconds: float) -> Sequence[Any]:
        """Read; a thread that still waits some seconds after the time limit is left to itself.

        It ends when the driver gives its connection up, or the database the transaction.
        """
        if self._limiter is None:
            self._limiter = CapacityLimiter(self._threads)
        work = partial(self._store.read_all, statements, seconds=seconds)
        try:
            with fail_after(seconds + GRACE):
                return await to_thread.run_sync(work, limiter=self._limiter, abandon_on_cancel=True)
        except TimeoutError:
            raise silent(seconds + GRACE) from None

    async def close(self) -> None:
        """Leave the connections to the store, whose they are."""


def silent(seconds: float) -> DatabaseUnavailable:
    """Return the error of a database that said nothing for so long."""
    return DatabaseUnavailable(f"the database gave no answer within {seconds:.0f} s; try again")

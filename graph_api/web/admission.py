"""Admission control: how many operations run at once, how many wait in a queue, and for how long; the rest are rejected."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


class Overloaded(Exception):
    """The operation was not started: the queue is full, or its wait in the queue timed out."""


class ConcurrencyLimiter:
    """Runs up to ``max_concurrent`` operations; up to ``max_queued`` more wait, first come first served, for ``queue_timeout`` seconds."""

    def __init__(self, *, max_concurrent: int, max_queued: int, queue_timeout: float) -> None:
        self._max_concurrent, self._max_queued, self._queue_timeout = max_concurrent, max_queued, queue_timeout
        self._waiters: deque[asyncio.Future[None]] = deque()
        self._running = 0

    @property
    def running(self) -> int:
        """How many operations run."""
        return self._running

    @property
    def queued(self) -> int:
        """How many operations wait."""
        return len(self._waiters)

    async def run(self, operation: Callable[[], Awaitable[T]]) -> T:
        """Run an operation when there is room, in the task of the caller, so that cancelling that task cancels the operation.

        Raises Overloaded, and what the operation raises.
        """
        if self._running < self._max_concurrent:
            self._running += 1
        else:
            await self._wait()
        try:
            return await operation()
        finally:
            self._release()

    async def _wait(self) -> None:
        """Wait for a slot, which ``_release`` of another operation hands over."""
        if len(self._waiters) >= self._max_queued:
            raise Overloaded
        started = asyncio.get_running_loop().create_future()
        self._waiters.append(started)
        try:
            async with asyncio.timeout(self._queue_timeout):
                await started
        except TimeoutError:
            if not self._remove_waiter(started):
                raise Overloaded from None
        except asyncio.CancelledError:
            if self._remove_waiter(started):
                self._release()
            raise

    def _remove_waiter(self, started: asyncio.Future[None]) -> bool:
        """Take a waiter out of the queue; return whether it had been given a slot in the meantime."""
        with suppress(ValueError):
            self._waiters.remove(started)
        return started.done() and not started.cancelled()

    def _release(self) -> None:
        """Hand the slot to the first waiter, or free it."""
        while self._waiters:
            started = self._waiters.popleft()
            if not started.done():
                started.set_result(None)
                return
        self._running -= 1

"""Admission control: how many operations run at once, how many wait in a queue, and for how long; the rest are rejected.

Places are shared between callers: while another caller waits, nobody is given more than half of them.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


class Overloaded(Exception):
    """The operation was not started: the queue is full, or its wait in the queue timed out."""


@dataclass(frozen=True, slots=True, eq=False)
class _Waiter:
    """An operation in the queue: who asks for it, and what is set when it may start."""

    caller: str
    started: asyncio.Future[None]


class ConcurrencyLimiter:
    """Runs up to ``max_concurrent`` operations; up to ``max_queued`` more wait, first come first served, for ``queue_timeout`` seconds.

    An idle place goes to whoever asks. A place that a caller holds beyond half of them counts as idle for other callers, who need not
    wait until it is free; so the operations that run are at most one half more than ``max_concurrent``. When the queue is full, the last
    operation of the caller with the most operations in it is rejected in favour of a caller with fewer.
    """

    def __init__(self, *, max_concurrent: int, max_queued: int, queue_timeout: float) -> None:
        self._max_concurrent, self._max_queued, self._queue_timeout = max_concurrent, max_queued, queue_timeout
        self._share = max(1, max_concurrent // 2)
        self._waiters: list[_Waiter] = []
        self._running: Counter[str] = Counter()

    @property
    def running(self) -> int:
        """How many operations run."""
        return self._running.total()

    @property
    def queued(self) -> int:
        """How many operations wait."""
        return len(self._waiters)

    async def run(self, operation: Callable[[], Awaitable[T]], caller: str = "") -> T:
        """Run an operation when there is room, in the task that calls this, so that cancelling that task cancels the operation.

        Raises Overloaded, and what the operation raises.
        """
        if self._has_place(caller):
            self._running[caller] += 1
        else:
            await self._wait(caller)
        try:
            return await operation()
        finally:
            self._release(caller)

    async def run_when_idle(self, operation: Callable[[], Awaitable[T]], pause: float = 0.05) -> T:
        """Run an operation once nobody else runs or waits; it takes no place, so that whoever comes meanwhile does not wait for it."""
        while self._running.total() or self._waiters:  # noqa: ASYNC110 - requests must not do more for the lowest priority
            await asyncio.sleep(pause)
        return await operation()

    def _has_place(self, caller: str) -> bool:
        """Return whether an operation of a caller may start now."""
        if self.running < self._max_concurrent:
            return True
        shared = sum(min(count, self._share) for count in self._running.values())
        return self._running[caller] < self._share and shared < self._max_concurrent

    async def _wait(self, caller: str) -> None:
        """Wait for a place, which ``_release`` of another operation hands over."""
        self._make_room(caller)
        waiter = _Waiter(caller, asyncio.get_running_loop().create_future())
        self._waiters.append(waiter)
        try:
            async with asyncio.timeout(self._queue_timeout):
                await waiter.started
        except TimeoutError:
            if not self._remove(waiter):
                raise Overloaded from None
        except asyncio.CancelledError:
            if self._remove(waiter):
                self._release(caller)
            raise

    def _make_room(self, caller: str) -> None:
        """Reject an operation if the queue is full. Raises Overloaded if it is that of the caller."""
        if len(self._waiters) < self._max_queued:
            return
        queued = Counter(waiter.caller for waiter in self._waiters)
        largest, most = max(queued.items(), key=lambda item: item[1], default=("", 0))
        if most <= queued[caller] + 1:
            raise Overloaded
        last = [waiter for waiter in self._waiters if waiter.caller == largest][-1]
        self._waiters.remove(last)
        if not last.started.done():
            last.started.set_exception(Overloaded())

    def _remove(self, waiter: _Waiter) -> bool:
        """Take a waiter out of the queue; return whether it had been given a place in the meantime."""
        with suppress(ValueError):
            self._waiters.remove(waiter)
        started = waiter.started
        return started.done() and not started.cancelled() and started.exception() is None

    def _release(self, caller: str) -> None:
        """Free a place, and start the first waiter who may have one; callers with less than half of the places come first."""
        self._running[caller] -= 1
        if not self._running[caller]:
            del self._running[caller]
        self._waiters = [waiter for waiter in self._waiters if not waiter.started.done()]
        entitled = (waiter for waiter in self._waiters if self._running[waiter.caller] < self._share)
        following = next(entitled, self._waiters[0] if self._waiters else None)
        if following is not None and self._has_place(following.caller):
            self._waiters.remove(following)
            self._running[following.caller] += 1
            following.started.set_result(None)

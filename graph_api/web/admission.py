"""How many questions are answered at once, how many may wait for it, and how long; everybody else is told at once to come again.

A question that is being answered is not asked a second time beside it: who comes with an equal one waits, and it is asked anew once, for
all who wait by then. So nobody is told what was in the graph before he asked, and a crowd with one question costs the database little
more than two. (Databases write their logs like this: one flush for all commits that came in during the last.)
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Hashable
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")
Work = Callable[[], Coroutine[Any, Any, T]]


class Overloaded(Exception):
    """There is no room to run or to wait."""


@dataclass(slots=True, eq=False)
class _Group:
    """Those who wait with one question. ``turn`` is done when it is theirs, and gives the task that answers them."""

    key: Hashable
    work: Work[Any]
    turn: asyncio.Future[asyncio.Task[Any]]
    members: int = 0
    context: Context = field(default_factory=copy_context)


class Gate:
    """Lets ``at_once`` pieces of work run; ``waiting`` more askers wait for at most ``seconds``. First come, first served."""

    def __init__(self, *, at_once: int, waiting: int, seconds: float, share: bool = True) -> None:
        self._at_once, self._most, self._seconds, self._share = at_once, waiting, seconds, share
        self._groups: dict[Hashable, _Group] = {}
        self._asked: Counter[Hashable] = Counter()
        self.waiting = 0
        self.shared = 0
        """How many were answered with the answer of another."""

    @property
    def running(self) -> int:
        """How many run."""
        return self._asked.total()

    async def run(self, key: Hashable, work: Work[T]) -> T:
        """Return what ``work`` gives, now or when it is its turn; who waits with an equal ``key`` gets the same.

        Raises Overloaded, and what the work raises. Work ends when everybody who asked for it is gone.
        """
        name = key if self._share else object()
        if self._has_room and name not in self._asked:
            self._asked[name] += 1
            try:
                return await work()
            finally:
                self._leave(name)
        if self.waiting >= self._most:
            raise Overloaded
        group = self._group(name, work)
        task = await self._turn(group)
        try:
            result: T = await asyncio.shield(task)
        except asyncio.CancelledError:
            self._go(group)
            raise
        return result

    @property
    def _has_room(self) -> bool:
        return self._asked.total() < self._at_once

    def _group(self, key: Hashable, work: Work[Any]) -> _Group:
        """Return the group that waits with a key, or a new one at the end."""
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = _Group(key, work, asyncio.get_running_loop().create_future())
        else:
            self.shared += 1
        return group

    async def _turn(self, group: _Group) -> asyncio.Task[Any]:
        """Wait until it is the turn of a group, and return the task that answers it."""
        group.members += 1
        self.waiting += 1
        try:
            async with asyncio.timeout(self._seconds):
                return await asyncio.shield(group.turn)
        except TimeoutError:
            if not group.turn.done() and self._has_room:  # an equal one takes long
                self._start(group)
            if group.turn.done():
                return group.turn.result()
            self._go(group)
            raise Overloaded from None
        except asyncio.CancelledError:
            self._go(group)
            raise
        finally:
            self.waiting -= 1

    def _go(self, group: _Group) -> None:
        """Leave a group; what nobody waits for any more is not asked, or ends."""
        group.members -= 1
        if group.members:
            return
        if group.turn.done():
            group.turn.result().cancel()
        else:
            del self._groups[group.key]

    def _leave(self, key: Hashable) -> None:
        """Give a place back, and let the next group in."""
        self._asked[key] -= 1
        if not self._asked[key]:
            del self._asked[key]
        if self._has_room and (group := self._next()):
            self._start(group)

    def _next(self) -> _Group | None:
        return next((group for key, group in self._groups.items() if key not in self._asked), None)

    def _start(self, group: _Group) -> None:
        del self._groups[group.key]
        self._asked[group.key] += 1
        task = asyncio.get_running_loop().create_task(group.work(), context=group.context)
        task.add_done_callback(lambda done: self._ended(group.key, done))
        group.turn.set_result(task)

    def _ended(self, key: Hashable, task: asyncio.Task[Any]) -> None:
        if not task.cancelled():
            task.exception()  # those who asked are told; where they are gone, nobody has to be
        self._leave(key)

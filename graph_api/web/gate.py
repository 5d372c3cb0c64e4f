"""How many operations run at once, how many may wait for it, and how long; everybody else is told at once to come again."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from types import TracebackType


class Overloaded(Exception):
    """There is no room to run or to wait."""


class Gate:
    """An asynchronous context in which at most ``at_once`` are; ``waiting`` more wait for at most ``seconds``. First come, first served."""

    def __init__(self, *, at_once: int, waiting: int, seconds: float) -> None:
        self._at_once, self._most, self._seconds = at_once, waiting, seconds
        self._waiting: deque[asyncio.Future[None]] = deque()
        self.running = 0

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    async def __aenter__(self) -> None:
        """Go in, or wait to. Raises Overloaded."""
        if self.running < self._at_once and not self._waiting:
            self.running += 1
            return
        if len(self._waiting) >= self._most:
            raise Overloaded
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(self._seconds):
                await turn
        except BaseException as error:
            if turn.done() and not turn.cancelled():
                self._leave()  # it was this one's turn just when it gave up
            else:
                with suppress(ValueError):  # passed over already
                    self._waiting.remove(turn)
            if isinstance(error, TimeoutError):
                raise Overloaded from None
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Go out, and let the next one in."""
        self._leave()

    def _leave(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)  # who takes the turn counts as running already
                return
        self.running -= 1

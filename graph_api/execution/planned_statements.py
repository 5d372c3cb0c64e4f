"""Which statements the database has planned, plans now, and did not plan within its time limit. For one event loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager, suppress
from typing import Final

from graph_api.execution.operation_planner import LruCache

REFUSAL_SECONDS: Final = 60.0
"""How long statements are refused that the database did not plan within the time limit."""
MAX_REMEMBERED: Final = 20_000
"""How many statements are remembered as planned by the database, and how many as not planned."""
LONGEST_WAIT: Final = 10.0
"""Seconds for which a request waits until the database has planned its statements for somebody else. Then it has them planned itself."""


class PlannedStatements:
    """Remembers statements by the hash of their text."""

    def __init__(self) -> None:
        self._planned: LruCache[bool] = LruCache(max_items=MAX_REMEMBERED, max_bytes=MAX_REMEMBERED)
        self._refused: LruCache[float] = LruCache(max_items=MAX_REMEMBERED, max_bytes=MAX_REMEMBERED)
        self._planning: dict[int, asyncio.Event] = {}

    def missing(self, texts: Iterable[str]) -> Set[int]:
        """Return those of some statements that the database has not planned."""
        return {text for text in map(hash, texts) if not self._planned.get(text)}

    async def missing_after_others(self, texts: Sequence[str]) -> Set[int]:
        """Return the same once the database plans none of them for another request: it would plan them twice."""
        deadline = time.monotonic() + LONGEST_WAIT
        while True:
            missing = self.missing(texts)
            others = [self._planning[text] for text in missing if text in self._planning]
            remaining = deadline - time.monotonic()
            if not others or remaining <= 0:
                return missing
            with suppress(TimeoutError):
                await asyncio.wait_for(others[0].wait(), remaining)

    @contextmanager
    def planning(self, texts: Set[int]) -> Iterator[None]:
        """Let requests with the same statements wait for this one, however it ends."""
        ended = asyncio.Event()
        self._planning.update(dict.fromkeys(texts, ended))
        try:
            yield
        finally:
            for text in texts:
                if self._planning.get(text) is ended:  # who waited too long plans it as well
                    del self._planning[text]
            ended.set()

    def add(self, texts: Set[int]) -> None:
        """Remember that the database has planned them."""
        for text in texts:
            self._planned.put(text, value=True, size=1)

    def refuse(self, texts: Set[int]) -> None:
        """Remember that the database did not plan them in time."""
        for text in texts:
            self._refused.put(text, time.monotonic() + REFUSAL_SECONDS, 1)

    def refuses(self, texts: Set[int]) -> bool:
        """Return whether the database did not plan one of them a short time ago."""
        now = time.monotonic()
        return any((self._refused.get(text) or 0.0) > now for text in texts)

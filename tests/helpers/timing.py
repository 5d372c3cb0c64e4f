"""Processor time of work, as a test may bound it: the best of three attempts, so that neither another process nor garbage collection counts."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

ATTEMPTS = 3


def processor_seconds(work: Callable[[], T]) -> tuple[T, float]:
    """Return the result of `work` and the fewest processor seconds of this thread in `ATTEMPTS` attempts; what `work` raises passes through."""
    seconds: list[float] = []
    result: list[T] = []
    for _ in range(ATTEMPTS):
        start = time.thread_time()
        result = [work()]
        seconds.append(time.thread_time() - start)
    return result[0], min(seconds)

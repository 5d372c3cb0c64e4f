"""The garbage collector during a load: it looks for cycles of unused objects rarely, since a load makes millions of objects and hardly a cycle."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

THRESHOLDS: Final = (100_000, 50, 50)
"""New objects before a collection of the young ones, and how many of those before one of the older: reading and checking 5,000 people took 27
seconds with the thresholds of Python, and 20 with these or without any collection."""


@contextmanager
def few_collections() -> Iterator[None]:
    """Collect rarely; also a decorator. What was set before holds again afterwards."""
    before = gc.get_threshold()
    gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)

"""A cache of those used last, bounded in count and in weight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class Cache(Generic[Kept]):
    """Keeps what was used last; what is heavier than all that may be kept is not kept at all.

    Used from one thread.
    """

    def __init__(self, *, count: int, weight: int) -> None:
        self._kept: OrderedDict[Hashable, tuple[Kept, int]] = OrderedDict()
        self._count, self._most = count, weight
        self.weight = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Kept | None:
        """Return what is kept under a key; it then counts as used last."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, value: Kept, weight: int) -> None:
        """Keep a value of a weight (in bytes), and let go of those used longest ago where there is no room."""
        if key in self._kept:
            self.weight -= self._kept.pop(key)[1]
        if weight > self._most:
            return  # it would only push out all others
        self._kept[key] = value, weight
        self.weight += weight
        while self._kept and (len(self._kept) > self._count or self.weight > self._most):
            self.weight -= self._kept.popitem(last=False)[1][1]

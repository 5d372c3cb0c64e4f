"""A cache that evicts the least recently used items, limited by number of items and total size."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class LruCache(Generic[T]):
    """Maps keys to items. An item larger than ``max_bytes`` is not stored. Not safe for use from several threads."""

    def __init__(self, *, max_items: int, max_bytes: int) -> None:
        self._items: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._max_items, self._max_bytes = max_items, max_bytes
        self.size = 0
        """Estimated size of all items, in bytes."""

    def __len__(self) -> int:
        return len(self._items)

    def get(self, key: Hashable) -> T | None:
        """Return the item under a key and mark it as the most recently used; None when there is none."""
        found = self._items.get(key)
        if found is None:
            return None
        self._items.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, value: T, size: int) -> None:
        """Store an item of ``size`` bytes, and evict the least recently used items while a limit is exceeded."""
        if key in self._items:
            self.size -= self._items.pop(key)[1]
        if size > self._max_bytes:
            return  # it would evict every other item
        self._items[key] = value, size
        self.size += size
        while self._items and (len(self._items) > self._max_items or self.size > self._max_bytes):
            self.size -= self._items.popitem(last=False)[1][1]

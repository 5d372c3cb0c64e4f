"""For how many days two spans coincide whose beginnings and ends are inexact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from graph_api.values.dates import OPEN_HI, OPEN_LO

InexactSpan: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
"""The first and last possible day of a beginning, and those of the end, as day numbers."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """For how many days two spans coincide: whatever the days are, and at most; ``at_most`` is None where nothing bounds it."""

    surely: int
    at_most: int | None

    @property
    def is_possible(self) -> bool:
        """Whether some choice of days lets them coincide on a day."""
        return self.at_most is None or self.at_most > 0


def overlap_of_spans(a: InexactSpan, b: InexactSpan) -> Overlap:
    """Return for how many days two spans coincide. They do so whatever the days are exactly where ``surely`` is 1 or more.

    >>> overlap_of_spans(((1, 1), (5, 5)), ((4, 6), (6, 9)))
    Overlap(surely=0, at_most=2)
    """
    (a_start, a_end), (b_start, b_end) = a, b
    surely = min(a_end[0], b_end[0]) - max(a_start[1], b_start[1]) + 1
    first, last = max(a_start[0], b_start[0]), min(a_end[1], b_end[1])
    at_most = None if first <= OPEN_LO or last >= OPEN_HI else max(0, last - first + 1)
    return Overlap(max(0, surely), at_most)

"""How much room two bounds leave, on a scale that ends."""

from __future__ import annotations

from math import inf


def width(low: float | None, high: float | None) -> float:
    """Return the width between two bounds from 0 to 1; None is an open end.

    The scale ends, so that "more than 300" is narrower than "more than 200".

    >>> width(300, None) < width(200, None)
    True
    """
    start, end = 0.0 if low is None else low, inf if high is None else high
    return (1.0 if end == inf else end / (1 + end)) - start / (1 + start)

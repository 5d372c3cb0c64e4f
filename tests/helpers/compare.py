"""Where two answers differ, path by path."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any


def differences(found: Any, expected: Any, most: int = 8) -> list[str]:
    """Return the first differences, each as a path with both values; none where the answers are equal."""
    return list(islice(_walk(found, expected, ""), most))


def _walk(found: Any, expected: Any, at: str) -> Iterator[str]:
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in dict.fromkeys((*found, *expected)):
            if key in found and key in expected:
                yield from _walk(found[key], expected[key], f"{at}.{key}")
            else:
                yield f"{at}.{key} is only {'found' if key in found else 'expected'}"
    elif isinstance(found, list) and isinstance(expected, list):
        if len(found) != len(expected):
            yield f"{at}: {len(found)} rows instead of {len(expected)}: {found!r:.600} instead of {expected!r:.600}"
        for place, (one, other) in enumerate(zip(found, expected, strict=False)):
            yield from _walk(one, other, f"{at}[{place}]")
    elif found != expected or type(found) is not type(expected):
        yield f"{at}: {found!r:.300} instead of {expected!r:.300}"

"""What is known of one request when it has been answered, for metrics, logs and traces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Told:
    """One request: no text, no value, no name but that of a persisted operation.

    ``document`` is the SHA-256 of its text (hex); ``plan_hit`` is None where nothing was planned; ``seconds`` are those to the answer.
    """

    request: str
    status: int = 0
    code: str = "OK"
    document: str = ""
    operation: str = ""
    cost: int = 0
    statements: int = 0
    rows: int = 0
    plan_hit: bool | None = None
    seconds: float = 0.0
    bytes: int = 0


Tell = Callable[[Told], None]

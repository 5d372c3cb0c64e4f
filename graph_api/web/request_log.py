"""Record of one completed request, for metrics, logs and traces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class RequestLog:
    """One request: no text of the operation, no variables, no name except that of a persisted operation.

    ``request`` is its id; ``status`` 0 means that no response was made; ``document`` is the SHA-256 of the document (hex); ``plan_hit`` is
    None where nothing was planned; ``seconds`` is the time to the response.
    """

    request: str
    status: int = 0
    code: str = "INTERNAL"
    document: str = ""
    operation: str = ""
    cost: int = 0
    statements: int = 0
    rows: int = 0
    plan_hit: bool | None = None
    seconds: float = 0.0
    bytes: int = 0


RequestObserver = Callable[[RequestLog], None]

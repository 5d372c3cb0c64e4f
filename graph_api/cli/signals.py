"""SIGINT and SIGTERM end a command as ``SystemExit``, so that what it started is stopped; the code is 128 and the number of the signal."""

from __future__ import annotations

import signal
from typing import Any, Final, NoReturn

_received: Final[list[int]] = []


def exit_on_signals() -> None:
    """Let SIGINT and SIGTERM raise SystemExit in the main thread."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, exit_on_signal)


def exit_on_signal(number: int, _frame: Any) -> NoReturn:
    """Raise SystemExit for a signal."""
    _received.append(number)
    raise SystemExit(128 + number)


def stop_code() -> int | None:
    """Return the exit code of the first signal that came; None where none came.

    An error after a signal is a consequence of it: the exception interrupts an exchange with the database anywhere, and closing its connection may fail.
    """
    return 128 + _received[0] if _received else None

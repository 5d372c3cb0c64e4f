"""The entry point of ``detention-graph`` and of ``python -m graph_api``."""

from __future__ import annotations

import os
import signal
from typing import Any


def main() -> None:
    """Run the command line; Ctrl-C and SIGTERM while it is being imported end the process at once."""
    signal.signal(signal.SIGTERM, _exit_at_once)
    signal.signal(signal.SIGINT, _exit_at_once)
    from graph_api import cli  # noqa: PLC0415 - takes a second, in which a signal must not print a stack trace

    cli.main()


def _exit_at_once(number: int, _frame: Any) -> None:
    os._exit(128 + number)


if __name__ == "__main__":
    main()

"""Several processes that do the same work, such as answering requests of one socket: started, started again, and stopped together."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from threading import Event
from types import ModuleType
from typing import Any, Final

from graph_api.cli.common import stderr_console

START_SECONDS: Final = 10.0
"""A worker that ends sooner after its start cannot do its work: all are stopped then. One that ends later is started again."""
STOPPING: Final = (signal.SIGINT, signal.SIGTERM)
LEAVE_INTERVAL: Final = 0.1
"""Seconds between two looks at whether the workers are to be stopped for something else than a signal."""
LEFT: Final = -1
"""Stands for it in place of the number of a signal."""


def supervise(
    count: int,
    work: Callable[..., None],
    *arguments: Any,
    leave: Event | None = None,
    on_stop: Callable[[], object] = lambda: None,
) -> int | None:
    """Run ``work(number, *arguments)`` in ``count`` processes until a signal stops them all; return the exit code.

    They are stopped as well where ``leave`` is set; None is returned then. Else ``on_stop`` is called before they are stopped.

    Arguments are pickled; sockets among them are shared. ``work`` is a function of a module that can be imported. It begins with signals blocked,
    and calls :func:`unblock_signals` once it handles them.
    """
    context = multiprocessing.get_context("spawn")
    workers: dict[int, tuple[SpawnProcess, float]] = {}
    stopped: list[int] = []

    def start(number: int) -> None:
        process = context.Process(target=work, args=(number, *arguments), name=f"worker {number}")
        with _signals_blocked(), _main_unknown():
            process.start()
            workers[number] = process, time.monotonic()

    def stop(number: int, _frame: Any = None) -> None:
        stopped.append(number)
        if number != LEFT:
            on_stop()
        _terminate(workers)

    code = 0
    with _signals_to(stop):
        try:
            for number in range(count):
                if not stopped:
                    start(number)
            while workers:
                wait([process.sentinel for process, _ in workers.values()], LEAVE_INTERVAL if leave else None)
                if leave is not None and leave.is_set() and not stopped:
                    stop(LEFT)
                for number, process, started in _ended(workers):
                    if stopped:
                        continue
                    if time.monotonic() - started < START_SECONDS:
                        code = abs(process.exitcode or 0) or 1
                        stop(0)
                    else:
                        stderr_console.print(f"{process.name} ended with code {process.exitcode} and is started again")
                        start(number)
        finally:  # where one cannot be started, none goes on without this process
            _terminate(workers)
            for process, _ in workers.values():
                process.join()
    return None if stopped == [LEFT] else code


def _terminate(workers: dict[int, tuple[SpawnProcess, float]]) -> None:
    for process, _ in workers.values():
        process.terminate()


def _ended(workers: dict[int, tuple[SpawnProcess, float]]) -> list[tuple[int, SpawnProcess, float]]:
    """Take those that have ended out of the workers, and return each with its number and when it was started."""
    ended = [number for number, (process, _) in workers.items() if process.exitcode is not None]
    return [(number, *workers.pop(number)) for number in ended]


def unblock_signals() -> None:
    """Receive the signals that were blocked while a worker started, also those that came meanwhile."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)


@contextmanager
def _signals_blocked() -> Iterator[None]:
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        yield
    finally:
        unblock_signals()


@contextmanager
def _main_unknown() -> Iterator[None]:
    """Keep a worker from running the main module once more, which need not be guarded."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _signals_to(handler: Callable[[int, Any], None]) -> Iterator[None]:
    previous = {number: signal.signal(number, handler) for number in STOPPING}
    try:
        yield
    finally:
        for number, before in previous.items():
            signal.signal(number, before)

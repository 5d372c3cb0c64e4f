"""``detention-graph up`` and ``serve``: the API."""

from __future__ import annotations

import gc
import json
import multiprocessing
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from types import FrameType
from typing import Annotated, cast

import typer
import uvicorn
from fastapi import FastAPI
from prometheus_client import CollectorRegistry, start_http_server

from graph_api.cli.common import (
    check_key,
    open_graph_and_home,
    open_key,
    print_progress,
    read_settings,
    seeds_folder,
    stderr_console,
)
from graph_api.cli.current_graph import open_current_graph
from graph_api.cli.versions import keeping_versions
from graph_api.cli.workers import supervise, unblock_signals
from graph_api.database.driver import Address, Database, open_database
from graph_api.database.queries import named
from graph_api.embedded import ServedHome, following
from graph_api.errors import GraphApiError, InvalidSeeds, InvalidSettings
from graph_api.ingest import report
from graph_api.ingest.upgrade import upgrade
from graph_api.settings import Settings
from graph_api.web import logs
from graph_api.web.app import create_app
from graph_api.web.graph_state import RESTRICTED, is_restricted
from graph_api.web.http_protocol import HttpProtocol
from graph_api.web.worker_metrics import handed_out, summed_registry

EXAMPLE = (
    "{ sequences(steps: [{kind: CONVICTION}, {kind: EXCHANGE}], where: {category: {eq: CIVILIAN}})"
    " { totalCount nodes { person { name } explanation } } }"
)

Host = Annotated[str | None, typer.Option(help="The address to listen on; by default 127.0.0.1.")]
Restricted = Annotated[
    bool | None, typer.Option("--allow-restricted", help="Serve a graph for the audience restricted to other machines.")
]
Port = Annotated[int | None, typer.Option(help="The port to listen on; by default 8000.")]
Workers = Annotated[int | None, typer.Option(help="How many processes answer requests of the one port; by default 1.")]


def up(host: Host = None, port: Port = None, allow_restricted: Restricted = None) -> None:
    """Start the database, apply migrations, load the seed data of this version, serve the API.

    Example: detention-graph up --port 8080
    """
    settings = read_settings(host=host, port=port, allow_restricted=allow_restricted)
    with _listen(settings.host, settings.port) as listening:
        reuse = False
        while _serve_upgraded(settings, listening, reuse=reuse):
            reuse = True  # where another process was faster to open the new graph


def serve(host: Host = None, port: Port = None, allow_restricted: Restricted = None, workers: Workers = None) -> None:
    """Serve the API over the data in the graph.

    Example: DETENTION_GRAPH_NEO4J_URI=neo4j+s://db.example:7687 detention-graph serve
    """
    settings = read_settings(host=host, port=port, allow_restricted=allow_restricted, workers=workers)
    with _listen(settings.host, settings.port) as listening:
        while _serve_present(settings, listening):
            pass


def _serve_upgraded(settings: Settings, listening: socket.socket, *, reuse: bool) -> bool:
    """Bring the graph up to this version and serve it; return whether to do so again, since a new graph replaces it."""
    with (
        open_current_graph(settings, reuse=reuse) as (store, home),
        following(home) as leave,
    ):
        _upgrade(store, home, settings)
        if home is not None and home.is_replaced:
            return True
        with keeping_versions(store, settings):
            return _serve(store, settings, listening, leave)


def _serve_present(settings: Settings, listening: socket.socket) -> bool:
    """Serve the graph as it is; return whether to do so again, since a new graph replaces it or the process that ran the database stops it."""
    with open_graph_and_home(settings) as (store, home), following(home) as leave:
        check_key(store, settings)
        if settings.workers == 1:
            return _serve(store, settings, listening, leave)
        code = _serve_by_workers(store, settings, listening, leave)
    if code:
        raise typer.Exit(code)
    return code is None


def _upgrade(store: Database, home: ServedHome | None, settings: Settings) -> None:
    """Load the seeds of this version. Seeds that contradict what other loads stored are reported, and the graph is served unchanged."""
    try:
        result = upgrade(
            store,
            seeds_folder(),
            key=open_key(store, settings),
            home=home,
            progress=print_progress,
            seconds=settings.load_seconds,
        )
    except InvalidSeeds as error:
        stderr_console.print("\n".join(map(str, error.problems)), markup=False, soft_wrap=True)
        stderr_console.print("The seed data of this version contradicts what is loaded: the graph was not changed.")
        return
    if result is not None:
        stderr_console.print(report.format_upgrade(result), markup=False, soft_wrap=True)


def server_config(store: Database, settings: Settings) -> uvicorn.Config:
    """Return the server configuration of the API. Raises InvalidValue and InvalidSettings for settings of the API that cannot be used."""
    return uvicorn.Config(
        create_app(store, settings),
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # uvicorn would believe every process of this machine; `caller_of` reads those of trusted proxies
        loop="auto",
        http=HttpProtocol,
        ws="none",
        timeout_graceful_shutdown=20,
    )


def _listen(host: str, port: int) -> socket.socket:
    """Bind the port before anything else is started, so that a port in use is reported at once."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise InvalidSettings(
            f"Cannot listen on {host}:{port}: {error.strerror}. Choose a free port of this machine with --port."
        ) from None


def _serve(store: Database, settings: Settings, listening: socket.socket, leave: Event | None = None) -> bool:
    """Serve until a signal, or until ``leave`` is set; return whether it ended for that."""
    audience = _audience(store, settings)
    config = server_config(store, settings)
    _print_address(settings, audience)
    logs.configure()
    with _metrics(lambda: _registry(config), settings):
        return _run(config, listening, leave)


def _serve_by_workers(store: Database, settings: Settings, listening: socket.socket, leave: Event) -> int | None:
    """Serve with several processes until a signal stops them; return the exit code, None where ``leave`` was set.

    The private database is that of this process.
    """
    _print_address(settings, _audience(store, settings), settings.workers)
    with (
        TemporaryDirectory(prefix="detention-graph-") as folder,
        _metrics(lambda: summed_registry(Path(folder)), settings),
    ):
        given = (store.address, settings, listening, Path(folder))
        return supervise(settings.workers, _work, *given, leave=leave, on_stop=listening.close)


def _work(number: int, address: Address, settings: Settings, listening: socket.socket, folder: Path) -> None:
    """Serve in a worker: requests that this process accepts, with a connection to the database and plans of its own."""
    logs.configure()
    try:
        with open_database(address) as store:
            config = server_config(store, settings)
            registry = _registry(config)
            cast("FastAPI", config.app).state.metrics.exposed = summed_registry(folder)
            with handed_out(registry, folder / f"{number}.sock"):
                _run(config, listening, leave=None, is_worker=True)
    except GraphApiError as error:
        stderr_console.print(f"detention-graph: {error}", style="bold red", markup=False, soft_wrap=True)
        raise SystemExit(error.exit_code) from None


def _registry(config: uvicorn.Config) -> CollectorRegistry:
    return cast("CollectorRegistry", cast("FastAPI", config.app).state.metrics.registry)


def _print_address(settings: Settings, audience: str, workers: int = 1) -> None:
    address = f"http://{settings.host}:{settings.port}/graphql"
    by = f" by {workers} processes" if workers > 1 else ""
    stderr_console.print(f"serving {address} for the audience {audience}{by}, Ctrl-C stops it. Try:", soft_wrap=True)
    if settings.pages:
        stderr_console.print(f"  http://{settings.host}:{settings.port}/ in a browser, or")
    stderr_console.print(
        f"  curl -s {address} -H 'content-type: application/json' -d '{json.dumps({'query': EXAMPLE})}'",
        soft_wrap=True,
    )


def _run(config: uvicorn.Config, listening: socket.socket, leave: Event | None, *, is_worker: bool = False) -> bool:
    """Answer requests until a signal, the end of the process that started this worker, or ``leave``; return whether it was that.

    Connections after ``leave`` wait: the socket stays open. After a signal they are refused.
    """
    server, accepting = _Server(config, listening), listening.dup()
    with _signals_to(server) as signals:
        if is_worker:
            unblock_signals()
            Thread(target=_stop_with_parent, args=(server,), daemon=True).start()
        if leave is not None:
            Thread(target=_stop_when, args=(leave, server), daemon=True).start()
        gc.collect()
        gc.freeze()  # objects that live as long as the process; scanning them took a sixth of the time of a response of 500 rows
        gc.set_threshold(20_000, 20, 20)
        sys.setswitchinterval(0.0005)  # seconds that a thread which parses a long document may hold up the event loop
        server.run(sockets=[accepting])
        gc.unfreeze()
    return leave is not None and leave.is_set() and not signals


class _Server(uvicorn.Server):
    """A server that closes the socket of its address at a signal: until the end of the process, clients would connect to it and wait."""

    def __init__(self, config: uvicorn.Config, listening: socket.socket) -> None:
        super().__init__(config)
        self._listening = listening

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop, and refuse new connections."""
        self._listening.close()
        super().handle_exit(sig, frame)


def _stop_when(leave: Event, server: uvicorn.Server) -> None:
    leave.wait()
    server.should_exit = True


def _stop_with_parent(server: uvicorn.Server) -> None:
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        server.should_exit = True


def _audience(store: Database, settings: Settings) -> str:
    """Return the audience of the graph. Raises InvalidSettings where it is not to be served on the address of the settings."""
    try:
        [[audience, *_]] = store.read(named("load_state"), seconds=5.0)
    except GraphApiError:
        return "that the graph has (the database does not respond yet)"
    if is_restricted(audience) and not (settings.allow_restricted or settings.is_loopback):
        raise InvalidSettings(RESTRICTED)
    return audience or "public (the graph is empty)"


@contextmanager
def _metrics(registry: Callable[[], CollectorRegistry], settings: Settings) -> Iterator[None]:
    """Serve metrics on a port of their own, if there is one. Raises InvalidSettings for a port in use."""
    if not settings.metrics or settings.metrics_port is None:
        yield
        return
    try:
        server, thread = start_http_server(settings.metrics_port, addr=settings.host, registry=registry())
    except OSError as error:
        raise InvalidSettings(
            f"Cannot listen on {settings.host}:{settings.metrics_port}: {error.strerror}. "
            "Choose a free port of this machine with DETENTION_GRAPH_METRICS_PORT."
        ) from None
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def _signals_to(server: uvicorn.Server) -> Iterator[list[int]]:
    """Let signals stop the server, also before it runs: an exception of a handler is lost when it is raised in a finalizer.

    Yields the signals that came: uvicorn raises those that it handled itself again when it has stopped.
    """
    signals: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        signals.append(number)
        server.handle_exit(number, frame)

    previous = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield signals
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)

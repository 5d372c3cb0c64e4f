"""The command line: ``detention-graph --help``; ``database`` holds the commands for the private Neo4j.

Results go to standard output, progress and errors to standard error. Exit codes: 0 done, 1 a query with errors, 64 and above as in
sysexits.h (65 bad input, 69 no database, 73 disk, 75 try again, 77 refused, 78 bad settings), 130 after Ctrl-C;
docs/operations.md says what to do.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
import uvicorn
from pydantic import ValidationError
from rich.console import Console

from graph_api import __version__
from graph_api.cli.database import engine
from graph_api.database.driver import Address, Database, open_database
from graph_api.database.migrations import migrate as run_migrations
from graph_api.database.queries import named
from graph_api.embedded import open_embedded
from graph_api.errors import DatabaseUnavailable, GraphApiError, InvalidSeeds, InvalidSettings, InvalidValue
from graph_api.ingest import report
from graph_api.ingest.load import check
from graph_api.ingest.load import load as load_files
from graph_api.ingest.rebuild import rebuild as rebuild_picture
from graph_api.ontology.vocabulary import Sensitivity
from graph_api.schema.build import build_schema, print_sdl
from graph_api.settings import Settings
from graph_api.values.words import parse_word
from graph_api.web import logs
from graph_api.web.app import bounds, create_app
from graph_api.web.local_execution import ask
from graph_api.web.security_headers import Http

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
told = Console(stderr=True, highlight=False)

app.add_typer(engine, name="engine")

QUESTION = (
    "{ sequences(steps: [{kind: CONVICTION}, {kind: EXCHANGE}], where: {category: {eq: CIVILIAN}})"
    " { totalCount nodes { person { name } explanation } } }"
)

Paths = Annotated[list[Path], typer.Argument(help="Seed files (.yaml, .jsonl), or folders of them.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Audience = Annotated[str, typer.Option(help="For whom: public, or restricted, which loads restricted claims too.")]
Host = Annotated[str | None, typer.Option(help="Where to listen; 127.0.0.1 unless told otherwise.")]
Port = Annotated[int | None, typer.Option(help="The port; 8000 unless told otherwise.")]


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Speak to a Neo4j on another machine without encryption.")
    ] = False,
) -> None:
    """Ask and fill a knowledge graph of unlawful detention in Russia's war against Ukraine.

    Without an address (DETENTION_GRAPH_NEO4J_URI) a private Neo4j is started in your data directory, so that nothing has to be installed.

    Try: detention-graph up
    """
    if insecure:
        os.environ["DETENTION_GRAPH_INSECURE"] = "1"
    if version:
        sys.stdout.write(f"detention-graph {__version__}\n")
        raise typer.Exit


@app.command()
def up(host: Host = None, port: Port = None) -> None:
    """Bring all of it up: database, migrations, seeds where the graph is empty, and the API.

    Example: detention-graph up --port 8080
    """
    settings = _settings(host=host, port=port)
    with _listen(settings.host, settings.port) as listening, _database(settings) as store:
        _migrate(store)
        [[_, records, _]] = store.read(named("graph_state"))
        if not records:
            receipt = load_files([seeds_folder()], store, progress=_progress, seconds=settings.load_seconds)
            told.print(report.format_text(receipt))
        _serve(store, settings, listening)


@app.command()
def serve(host: Host = None, port: Port = None) -> None:
    """Serve the API over what is loaded.

    Example: DETENTION_GRAPH_NEO4J_URI=neo4j+s://db.example:7687 detention-graph serve
    """
    settings = _settings(host=host, port=port)
    with _listen(settings.host, settings.port) as listening, _database(settings) as store:
        _serve(store, settings, listening)


@app.command()
def migrate(as_json: AsJson = False) -> None:
    """Bring the graph up to this version: constraints and indexes, each once.

    Example: detention-graph migrate
    """
    with _database(_settings()) as store:
        ran = run_migrations(store)
    _print({"migrations": list(ran)} if as_json else "\n".join(ran) or "up to date")


@app.command()
def validate(paths: Paths, audience: Audience = "public", as_json: AsJson = False) -> None:
    """Check seed files: every problem at once, with file, line and column. Needs no database.

    Example: detention-graph validate seeds/
    """
    entries, batch = check(paths, _audience(audience))
    _print(report.format_check_json(entries, batch) if as_json else report.format_check_text(entries, batch))


@app.command()
def load(
    paths: Paths,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    audience: Audience = "public",
    as_json: AsJson = False,
) -> None:
    """Load seed files: all of them, or nothing. Loading twice changes nothing and says so.

    Example: detention-graph load seeds/ --dry-run
    """
    settings = _settings()
    with _database(settings) as store:
        receipt = load_files(
            paths,
            store,
            audience=_audience(audience),
            dry_run=dry_run,
            progress=_progress,
            seconds=settings.load_seconds,
        )
    _print(report.format_json(receipt) if as_json else report.format_text(receipt))


@app.command()
def rebuild(as_json: AsJson = False) -> None:
    """Compute the picture anew from the evidence, and store what differs: nothing, unless it was damaged or the rules changed.

    Example: detention-graph rebuild
    """
    settings = _settings()
    with _database(settings) as store:
        rebuilt = rebuild_picture(store, progress=_progress, seconds=settings.load_seconds)
    shown = {"records": rebuilt.records, "changed": rebuilt.changed, "contentHash": rebuilt.content_hash}
    _print(
        shown
        if as_json
        else f"{rebuilt.records} records, {rebuilt.changed} differed and were put right\ncontent hash {rebuilt.content_hash}"
    )


@app.command()
def query(
    file: Annotated[str, typer.Argument(help="A file with a GraphQL operation, or - for standard input.")],
    variables: Annotated[str, typer.Option(help="The variables, as a JSON object.")] = "{}",
    operation: Annotated[str | None, typer.Option(help="Which operation, where the file holds several.")] = None,
) -> None:
    """Ask a GraphQL question without a server; JSON to standard output.

    Example: echo '{ people(first: 3) { nodes { name } } }' | detention-graph query -
    """
    text = _operation_text(file)
    given = _variables(variables)
    settings = _settings()
    with _database(settings) as store:
        _migrate(store)
        body = ask(
            build_schema(),
            store,
            text,
            given,
            operation,
            bounds=bounds(settings),
            seconds=settings.query_seconds,
        )
    _print(body)
    if "errors" in body:
        raise typer.Exit(1)


@app.command()
def schema() -> None:
    """Print the GraphQL schema.

    Example: detention-graph schema > schema.graphql
    """
    sys.stdout.write(print_sdl())


# ── what the commands share ─────────────────────────────────────────────────────────────────────────────────────


def seeds_folder() -> Path:
    """Return the folder of the real seeds: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent.parent
    installed = package / "_data" / "seeds"
    return installed if installed.is_dir() else package.parent / "seeds"


def _settings(**given: Any) -> Settings:
    try:
        return Settings(**{key: value for key, value in given.items() if value is not None})
    except ValidationError as error:
        wrong = "; ".join(
            f"DETENTION_GRAPH_{'_'.join(map(str, one['loc'])).upper()}: saw {one['input']!r}; {one['msg']}"
            for one in error.errors()
        )
        raise InvalidSettings(wrong) from None


@contextmanager
def _database(settings: Settings) -> Iterator[Database]:
    with (
        open_embedded(
            uri=settings.neo4j_uri,
            user=settings.neo4j_user,
            password=settings.password,
            database=settings.neo4j_database,
            home=settings.home,
            cache=settings.cache,
            progress=_progress,
            insecure=settings.insecure,
        ) as endpoint,
        _said_where(endpoint.uri),
        open_database(
            Address(endpoint.uri, endpoint.user, endpoint.password.get_secret_value(), endpoint.database)
        ) as store,
    ):
        yield store


@contextmanager
def _said_where(uri: str) -> Iterator[None]:
    """Say at which address nobody answers to who runs the command; callers of the API are not told."""
    try:
        yield
    except DatabaseUnavailable as error:
        raise DatabaseUnavailable(
            f"{error}{'' if uri in str(error) else f' ({uri})'}. Start it and run the command again, or set another address (DETENTION_GRAPH_NEO4J_URI); "
            "what was begun and not committed is not in the graph"
        ) from error


def _migrate(store: Database) -> None:
    for name in run_migrations(store):
        _progress(f"migrated: {name}")


def _serve(store: Database, settings: Settings, listening: socket.socket) -> None:
    config = server_config(store, settings)
    address = f"http://{settings.host}:{settings.port}/graphql"
    told.print(f"serving {address}, Ctrl-C stops it. Try:")
    if settings.ide:
        told.print(f"  http://{settings.host}:{settings.port}/graphiql in a browser, or")
    told.print(
        f"  curl -s {address} -H 'content-type: application/json' -d '{json.dumps({'query': QUESTION})}'",
        soft_wrap=True,
    )
    logs.set_up()
    gc.collect()
    gc.freeze()  # what is there now stays; to look through it again and again took a sixth of the time of an answer of 500 rows
    gc.set_threshold(20_000, 20, 20)
    sys.setswitchinterval(0.0005)  # seconds that a thread which reads a long document keeps the others from answering
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except SystemExit as stopped:  # a server that is told to stop has done its work
        if stopped.code not in (128 + signal.SIGINT, 128 + signal.SIGTERM):
            raise


def server_config(store: Database, settings: Settings) -> uvicorn.Config:
    """Return how the API is served over an open store. Raises InvalidValue and InvalidSettings for settings of the API that cannot be used."""
    return uvicorn.Config(
        create_app(store, settings),
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        loop="auto",
        http=Http,
        ws="none",
        timeout_graceful_shutdown=20,
    )


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything else is started, so that a taken one is said at once."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise InvalidSettings(
            f"cannot listen on {host}:{port}: {error.strerror}; right would be a free port (--port) of this machine"
        ) from None


def _operation_text(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidValue(file, "a readable file with a GraphQL operation, or -", str(error)) from None


def _variables(text: str) -> dict[str, Any]:
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        raise InvalidValue(text, "variables as a JSON object", str(error)) from None
    if not isinstance(given, dict):
        raise InvalidValue(text, "variables as a JSON object")
    return given


def _audience(text: str) -> Sensitivity:
    return parse_word(Sensitivity, text)


def _progress(message: str) -> None:
    told.print(message, style="dim")


def _print(what: Any) -> None:
    text = what if isinstance(what, str) else json.dumps(what, ensure_ascii=False, indent=2)
    sys.stdout.write(text + "\n")


def _stop(number: int, _frame: Any) -> NoReturn:
    raise SystemExit(128 + number)


def main() -> None:
    """Run the command line. Errors are one message and an exit code, never a stack trace; what was started is stopped."""
    logging.getLogger("neo4j").setLevel(logging.ERROR)  # its retries are said once, by the error that ends them
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    try:
        app()
    except InvalidSeeds as bad:
        told.print("\n".join(map(str, bad.problems)), markup=False, soft_wrap=True)
        _fail(str(bad), bad.exit_code)
    except GraphApiError as error:
        _fail(str(error), error.exit_code)


def _fail(message: str, code: int) -> NoReturn:
    told.print(f"detention-graph: {message}", style="bold red", markup=False, soft_wrap=True)
    raise SystemExit(code)

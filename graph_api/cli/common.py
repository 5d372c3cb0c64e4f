"""What the commands share: options, settings, an open graph, output."""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graph_api.cli.signals import stop_code
from graph_api.database.driver import Address, Database, open_database
from graph_api.database.queries import named
from graph_api.embedded import ServedHome, hold_home, open_embedded, served_home
from graph_api.embedded.replace import HeldHome
from graph_api.errors import (
    DatabaseUnavailable,
    GraphApiError,
    IncompatibleGraph,
    InvalidInput,
    InvalidSettings,
    InvalidValue,
)
from graph_api.ingest.apply import Progress
from graph_api.ingest.key_file import KeyFile
from graph_api.ingest.withheld import add_keys, stored_withheld
from graph_api.ontology.vocabulary import Sensitivity
from graph_api.settings import PREFIX, Settings, deprecation_warnings
from graph_api.values.words import parse_word

stderr_console = Console(stderr=True, highlight=False)

WIDE: Final = 160
"""Columns of a table that goes to no terminal."""
LOST_VERSIONS: Final = (
    "What was known on each day was removed, since it may show what changed: store it again with `detention-graph as-of`. Until then, "
    "operations with @asOf, pages with ?known=DATE and `casefile --known` are refused."
)
DECIDING: Final = frozenset({"committing", "replacing the present graph"})
"""The steps of a load after which it may be applied although the command was stopped."""
STOPPED_LATE: Final = "stopped while the load was committed: `detention-graph loads` lists it if it is applied"
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Paths = Annotated[
    list[Path], typer.Argument(help="Seed files (.yaml, .jsonl, .map.yaml of a table), or folders of them.")
]
Audience = Annotated[str, typer.Option(help="For whom: public, or restricted, which loads restricted claims too.")]
CollectionOption = Annotated[
    str | None,
    typer.Option("--collection", help="The collection that owns files outside a folder with collection.yaml."),
]
Remove = Annotated[bool, typer.Option("--remove", help="Remove what the files of a whole collection state no longer.")]
StaleOk = Annotated[bool, typer.Option("--stale-ok", help="Return to what a later load replaced.")]
ManyOk = Annotated[bool, typer.Option("--many-ok", help="Change a large share of a collection.")]
Disclose = Annotated[
    list[str] | None, typer.Option("--disclose", help="Show this entry, which was left out before; repeatable.")
]
NotTheSame = Annotated[
    list[str] | None,
    typer.Option(
        "--not-the-same", help="Load this record, which was reviewed and refused before; needs --why; repeatable."
    ),
]
Ahead = Annotated[bool, typer.Option("--ahead", help="Withhold ids that nothing in the graph has yet.")]
Why = Annotated[str | None, typer.Option("--why", help="Why entries are disclosed or loaded; kept with the load.")]
Wait = Annotated[
    float, typer.Option("--wait", help="Seconds for which the load is planned again where others come first.")
]
Message = Annotated[str | None, typer.Option("--message", help="What the load is for; kept with it.")]
Steward = Annotated[str | None, typer.Option("--steward", help="Who does it; by default the name of the user.")]


def seeds_folder() -> Path:
    """Return the folder of the seed data: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent.parent
    installed = package / "_data" / "seeds"
    return installed if installed.is_dir() else package.parent / "seeds"


def read_settings(**overrides: Any) -> Settings:
    """Return the settings of the environment; overrides that are not None take precedence. Raises InvalidSettings."""
    for warning in deprecation_warnings(os.environ):
        stderr_console.print(f"detention-graph: {warning}", style="yellow", markup=False, soft_wrap=True)
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        raise InvalidSettings(
            " ".join(
                f"Invalid value {one['input']!r} for {PREFIX}{'_'.join(map(str, one['loc'])).upper()}: "
                f"{one['msg'].removeprefix('Value error, ')}."
                for one in error.errors()
            )
        ) from None


@contextmanager
def open_graph(settings: Settings, *, reuse: bool = True) -> Iterator[Database]:
    """Open the database of the settings, which may be a private one that is started and stopped here.

    With ``reuse=False``, a private one that another process runs is not used; EmbeddedDatabaseError names that process.
    """
    with open_graph_and_home(settings, reuse=reuse) as (store, _):
        yield store


@contextmanager
def open_graph_and_home(settings: Settings, *, reuse: bool = True) -> Iterator[tuple[Database, ServedHome | None]]:
    """Open the database of the settings as :func:`open_graph` does; with its home where it is a private one."""
    with ExitStack() as until_the_end:
        endpoint = until_the_end.enter_context(
            open_embedded(
                uri=settings.neo4j_uri,
                user=settings.neo4j_user,
                password=settings.password,
                database=settings.neo4j_database,
                home=settings.data_dir,
                cache=settings.cache,
                progress=print_progress,
                insecure=settings.insecure,
                reuse=reuse,
                transaction=settings.transaction_mb,
            )
        )
        home = None
        if not settings.neo4j_uri:
            home = until_the_end.enter_context(served_home(settings.data_dir, settings.cache, endpoint, print_progress))
        until_the_end.enter_context(_with_address_in_error(endpoint.uri))
        yield (
            until_the_end.enter_context(
                open_database(
                    Address(endpoint.uri, endpoint.user, endpoint.password.get_secret_value(), endpoint.database)
                )
            ),
            home,
        )


def hold_graph_home(settings: Settings) -> AbstractContextManager[HeldHome]:
    """Hold the data directory of the settings, whose server no other process runs (``hold_home``)."""
    return hold_home(settings.data_dir, settings.cache, progress=print_progress, transaction=settings.transaction_mb)


@contextmanager
def _with_address_in_error(uri: str) -> Iterator[None]:
    """Add the address of the database to an error for whoever runs the command; callers of the API do not see it."""
    try:
        yield
    except DatabaseUnavailable as error:
        address = "" if uri in str(error) else f" ({uri})"
        raise DatabaseUnavailable(
            f"{str(error).removesuffix('.')}{address}. Start the database and run the command again, or set another address "
            "(DETENTION_GRAPH_NEO4J_URI). Changes that were not committed are not in the graph."
        ) from error


def open_key(store: Database, settings: Settings) -> KeyFile:
    """Return the key of what the graph withholds, and give it to digests of earlier versions. Raises IncompatibleGraph where it is missing."""
    key = KeyFile(settings.data_dir)
    if count := add_keys(store, key):
        print_progress(f"{count} withheld ids have the key {key.path} now: back it up apart from the graph")
    return key


def check_key(store: Database, settings: Settings) -> None:
    """Raise IncompatibleGraph where a graph withholds somebody and the key of the data directory is missing or another one.

    A graph of a Neo4j of one's own may be served where its key is not; a line says that nothing can be loaded there.
    """
    try:
        stored_withheld(store, KeyFile(settings.data_dir))
    except IncompatibleGraph as error:
        if not settings.neo4j_uri:
            raise
        stderr_console.print(f"detention-graph: {error}", style="yellow", markup=False, soft_wrap=True)


def parse_audience(text: str) -> Sensitivity:
    """Return the audience of the option. Raises InvalidValue."""
    try:
        return parse_word(Sensitivity, text)
    except InvalidValue as error:
        raise InvalidValue(text, error.expected, error.hint, thing="--audience") from None


def refuse_both(one: str, is_one: bool, other: str, is_other: bool) -> None:
    """Raise InvalidInput where both of two options are given that exclude each other."""
    if is_one and is_other:
        raise InvalidInput(f"Invalid options {one} and {other}: expected one of them.")


def write_text(file: Path, text: str) -> None:
    """Write a file that a steward asked for. Raises InvalidInput where it cannot be written."""
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"Cannot write {file}: {error.strerror}.") from None


@contextmanager
def telling_of_a_stop() -> Iterator[Progress]:
    """Yield what prints the progress of a load; where a signal stops it, say what became of the load."""
    told: set[str] = set()

    def progress(message: str) -> None:
        told.add(message)
        print_progress(message)

    try:
        yield progress
    except (SystemExit, GraphApiError):
        if (code := stop_code()) is None:
            raise
        words = STOPPED_LATE if told & DECIDING else "stopped: nothing was changed"
        stderr_console.print(f"detention-graph: {words}", style="bold red", markup=False, soft_wrap=True)
        raise SystemExit(code) from None


@contextmanager
def noting_lost_versions(store: Database, home: ServedHome | None = None) -> Iterator[None]:
    """Print a line where the graph answered as of a day before a command and does not any more: every load removes what that needs."""
    answered = _answers_as_of_a_day(store)
    yield
    if answered and ((home is not None and home.is_replaced) or not _answers_as_of_a_day(store)):
        stderr_console.print(LOST_VERSIONS, style="yellow", soft_wrap=True)


def _answers_as_of_a_day(store: Database) -> bool:
    [[[is_stored, _]]] = store.read(named("as_of_state"))
    return bool(is_stored)


def user_name() -> str:
    """Return the name of the user who runs the command, for the notes of loads."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user, as in some containers
        return "unknown"


def print_progress(message: str) -> None:
    """Print a line to standard error."""
    stderr_console.print(message, style="dim")


def print_result(result: Any) -> None:
    """Print text as it is, anything else as JSON, to standard output."""
    text = result if isinstance(result, str) else json.dumps(result, ensure_ascii=False, indent=2)
    sys.stdout.write(text + "\n")


def table_console() -> Console:
    """Return a console for tables on standard output, as wide as the terminal."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)


def print_table(console: Console, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows as a table without lines; what is too long for a column is broken into several lines."""
    table = Table(title=Text(title), title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)

"""The command line: ``detention-graph --help``.

Commands by module: ``serve`` (up, serve; in several processes by ``workers``), ``load`` (migrate, validate, explain, load, rebuild,
as-of), ``steward`` (plan, apply, revert), ``history`` (loads, history), ``withdrawal`` (hide, erase, readmit), ``archive`` (backup, restore, purge),
``query`` (query, schema), ``export``, ``find`` (find, show), ``casefile`` (of a person), ``identity`` (candidates) with ``review`` (in a
terminal), ``database`` (engine: the private Neo4j), ``table`` (guess, show, convert, ids), ``collection`` (export); ``common`` is what
they share. Results go to standard output, progress and errors to standard error. Exit codes: 0 done, 1 a query with errors, 64 and above
as in sysexits.h, 130 after Ctrl-C; docs/operations.md lists them with remedies.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from typing import Annotated, Any, NoReturn

import typer

from graph_api import __version__
from graph_api.cli import (
    archive,
    casefile,
    collection,
    database,
    export,
    find,
    history,
    identity,
    load,
    query,
    serve,
    steward,
    table,
    withdrawal,
)
from graph_api.cli.common import stderr_console
from graph_api.errors import GraphApiError, InvalidSeeds

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
for command in (
    serve.up,
    serve.serve,
    load.migrate,
    load.validate,
    load.load,
    load.rebuild,
    load.as_of,
    steward.plan,
    steward.apply,
    history.loads,
    history.history,
    steward.revert,
    withdrawal.hide,
    withdrawal.erase,
    withdrawal.readmit,
    archive.backup,
    archive.restore,
    archive.purge,
    query.query,
    query.schema,
    export.export,
    find.find,
    find.show,
    casefile.casefile,
):
    app.command()(command)
app.command("explain")(load.explain_code)
app.command("candidates")(identity.list_candidates)
app.add_typer(database.app, name="engine")
app.add_typer(table.app, name="table", help=table.HELP)
app.add_typer(collection.app, name="collection", help=collection.HELP)


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Allow a connection to Neo4j on another machine without encryption.")
    ] = False,
) -> None:
    """Load, query and serve a knowledge graph of unlawful detention in Russia's war against Ukraine.

    Without DETENTION_GRAPH_NEO4J_URI, a private Neo4j is started in your data directory; nothing has to be installed.

    Example: detention-graph up
    """
    if insecure:
        os.environ["DETENTION_GRAPH_INSECURE"] = "1"
    if version:
        sys.stdout.write(f"detention-graph {__version__}\n")
        raise typer.Exit


def main() -> None:
    """Run the command line. Errors end it with a message and an exit code, without a stack trace; started processes are stopped."""
    logging.getLogger("neo4j").setLevel(logging.ERROR)  # the driver's retries end in one error, which is reported
    signal.signal(signal.SIGTERM, _exit_on_signal)
    signal.signal(signal.SIGINT, _exit_on_signal)
    try:
        app()
    except InvalidSeeds as error:
        lines = [*map(str, error.problems), *(f"warning: {one}" for one in error.warnings)]
        stderr_console.print("\n".join(lines), markup=False, soft_wrap=True)
        _fail(error)
    except GraphApiError as error:
        _fail(error)


def _exit_on_signal(number: int, _frame: Any) -> NoReturn:
    raise SystemExit(128 + number)


def _fail(error: GraphApiError) -> NoReturn:
    stderr_console.print(f"detention-graph: {error}", style="bold red", markup=False, soft_wrap=True)
    raise SystemExit(error.exit_code)

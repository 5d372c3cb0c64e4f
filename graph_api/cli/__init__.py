"""The command line: ``detention-graph --help``.

Commands by module: ``serve`` (up, serve; in several processes by ``workers``; ``versions`` keeps what was known on each day), ``load`` (migrate,
validate, explain, load, rebuild, as-of), ``steward`` (plan, apply, revert), ``history`` (loads, history), ``withdrawal`` (hide, erase, readmit),
``archive`` (backup, restore, purge), ``query`` (query, schema), ``export``, ``find`` (find, show), ``casefile`` (of a person), ``identity``
(candidates) with ``review`` (in a terminal), ``database`` (engine: the private Neo4j), ``table`` (guess, show, convert, ids), ``collection``
(export); ``common`` is what they share, ``signals`` how a signal ends them, ``current_graph`` what those share that write the graph. Results go to
standard output, progress and errors to standard error. Exit codes: 0 done, 1 a query with errors, 64 and above as in sysexits.h, 130 after Ctrl-C;
docs/operations.md lists them with remedies.
"""

from __future__ import annotations

import logging
import os
import sys
from importlib import import_module
from typing import Annotated, Any, Final, NoReturn

import typer
from typer.core import TyperGroup

from graph_api import __version__
from graph_api.cli.common import stderr_console
from graph_api.cli.signals import exit_on_signals, stop_code
from graph_api.errors import GraphApiError, InvalidSeeds

COMMANDS: Final = {
    "up": "serve.up",
    "serve": "serve.serve",
    "migrate": "load.migrate",
    "validate": "load.validate",
    "load": "load.load",
    "rebuild": "load.rebuild",
    "as-of": "load.as_of",
    "plan": "steward.plan",
    "apply": "steward.apply",
    "loads": "history.loads",
    "history": "history.history",
    "revert": "steward.revert",
    "hide": "withdrawal.hide",
    "erase": "withdrawal.erase",
    "readmit": "withdrawal.readmit",
    "backup": "archive.backup",
    "restore": "archive.restore",
    "purge": "archive.purge",
    "query": "query.query",
    "schema": "query.schema",
    "export": "export.export",
    "find": "find.find",
    "show": "find.show",
    "casefile": "casefile.casefile",
    "explain": "load.explain_code",
    "candidates": "identity.list_candidates",
    "engine": "database.app",
    "table": "table.app",
    "collection": "collection.app",
}
"""Every command with the module that has it, and the function or the group of commands there; in the order of the help."""


class Commands(TyperGroup):
    """The commands, each imported when it is asked for: what loads need not wait for the import of what serves."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.commands: Any = dict.fromkeys(COMMANDS)  # the names, from which a mistyped one gets a suggestion

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - click passes it
        """Return the names of all commands."""
        return [*COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - as above
        """Return the command of a name, or None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(".")
        found = getattr(import_module(f"{__name__}.{module}"), name)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
            alone.command(cmd_name)(found)
            found = alone
        return typer.main.get_command(found)


app = typer.Typer(
    cls=Commands, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False
)


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
    exit_on_signals()
    try:
        app()
    except InvalidSeeds as error:
        lines = [*map(str, error.problems), *(f"warning: {one}" for one in error.warnings)]
        stderr_console.print("\n".join(lines), markup=False, soft_wrap=True)
        _fail(error)
    except GraphApiError as error:
        _fail(error)


def _fail(error: GraphApiError) -> NoReturn:
    if (code := stop_code()) is not None:
        raise SystemExit(code)
    stderr_console.print(f"detention-graph: {error}", style="bold red", markup=False, soft_wrap=True)
    raise SystemExit(error.exit_code)

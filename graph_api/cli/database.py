"""``detention-graph engine``: state, end and logs of the private Neo4j."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from graph_api.cli.common import JsonOption, read_settings
from graph_api.embedded import control
from graph_api.embedded.control import ServerStatus
from graph_api.embedded.layout import MIB, Layout

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

DataDir = Annotated[
    Path | None, typer.Option("--data-dir", "--home", help="The data directory; by default that of the settings.")
]


class Log(StrEnum):
    """The logs of Neo4j: output of the server, details for debugging, authentication."""

    CONSOLE = "console"
    DEBUG = "debug"
    SECURITY = "security"


@app.callback()
def about() -> None:
    """Inspect or stop the private Neo4j of a data directory, or read its logs.

    Example: detention-graph engine status
    """


@app.command()
def status(data_dir: DataDir = None, as_json: JsonOption = False) -> None:
    """Report whether it runs, for which process and since when, its port and memory. Exit code 0 if it runs, 3 if not.

    Example: detention-graph engine status --json
    """
    found = control.read_status(_layout(data_dir))
    shown = {**asdict(found), "home": str(found.home)}
    sys.stdout.write((json.dumps(shown, indent=2) if as_json else _format_status(found)) + "\n")
    if not found.is_running:
        raise typer.Exit(3)


@app.command()
def stop(
    data_dir: DataDir = None,
    force: Annotated[
        bool, typer.Option("--force", help="Ask the process that owns the data directory to end (SIGTERM).")
    ] = False,
) -> None:
    """Stop a server whose owner has ended. One that is in use is stopped with --force only, through its owner.

    Example: detention-graph engine stop --force
    """
    sys.stdout.write(
        "stopped\n" if control.stop(_layout(data_dir), force=force) else "nothing runs in this data directory\n"
    )


@app.command()
def logs(
    data_dir: DataDir = None,
    lines: Annotated[int, typer.Option("--lines", "-n", help="How many lines, from the end.")] = 50,
    log: Annotated[Log, typer.Option(help="Which log.")] = Log.CONSOLE,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Continue with new lines until Ctrl-C.")] = False,
) -> None:
    """Print the end of a log.

    Example: detention-graph engine logs --log debug -n 200 --follow
    """
    file = _layout(data_dir).logs / f"{log.value}.log"
    for line in control.tail(file, lines):
        sys.stdout.write(line + "\n")
    if follow:
        for line in control.follow(file):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


def _layout(data_dir: Path | None) -> Layout:
    return Layout((data_dir or read_settings().data_dir).expanduser().absolute())


def _format_status(found: ServerStatus) -> str:
    rows = {
        "home": found.home,
        "runs": "yes" if found.is_running else "no",
        "owner": f"process {found.owner}" if found.owner else "another process" if found.is_held else "none",
        "since": found.since,
        "server": f"process {found.pid}" if found.pid else None,
        "port": found.port,
        "memory": f"{found.memory // MIB} MB" if found.memory else None,
        "version": found.version,
    }
    return "\n".join(f"{name:<8} {value}" for name, value in rows.items() if value is not None)

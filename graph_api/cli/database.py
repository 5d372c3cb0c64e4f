"""``detention-graph engine``: what the private Neo4j does, for somebody who does not run it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from graph_api.embedded import control
from graph_api.embedded.control import Status
from graph_api.embedded.layout import MIB, Layout
from graph_api.errors import InvalidSettings
from graph_api.settings import Settings

engine = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Home = Annotated[Path | None, typer.Option(help="The home; that of the settings unless told otherwise.")]


class Log(StrEnum):
    """Which log: what the server says, what Neo4j notes for its makers, who came in."""

    CONSOLE = "console"
    DEBUG = "debug"
    SECURITY = "security"


@engine.callback()
def about() -> None:
    """Look at the private Neo4j below a home, end it, read its logs.

    Example: detention-graph engine status
    """


@engine.command()
def status(home: Home = None, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Say whether it runs, for whom and since when, where it answers, and what it takes. Exit code 0 if it runs, 3 if not.

    Example: detention-graph engine status --json
    """
    found = control.status(_layout(home))
    shown = {**asdict(found), "home": str(found.home)}
    sys.stdout.write((json.dumps(shown, indent=2) if as_json else _words(found)) + "\n")
    if not found.is_running:
        raise typer.Exit(3)


@engine.command()
def stop(
    home: Home = None,
    force: Annotated[
        bool, typer.Option("--force", help="Ask the process that holds the home to end (SIGTERM).")
    ] = False,
) -> None:
    """End a server whose owner is gone. One that somebody holds is only ended with --force, through its owner.

    Example: detention-graph engine stop --force
    """
    sys.stdout.write("stopped\n" if control.stop(_layout(home), force=force) else "nothing runs there\n")


@engine.command()
def logs(
    home: Home = None,
    lines: Annotated[int, typer.Option("--lines", "-n", help="How many of the last lines.")] = 50,
    log: Annotated[Log, typer.Option(help="Which log.")] = Log.CONSOLE,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on with what comes; Ctrl-C ends it.")] = False,
) -> None:
    """Print the end of a log.

    Example: detention-graph engine logs --log debug -n 200 --follow
    """
    file = _layout(home).logs / f"{log.value}.log"
    for line in control.tail(file, lines):
        sys.stdout.write(line + "\n")
    if follow:
        for line in control.follow(file):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


def _layout(home: Path | None) -> Layout:
    try:
        return Layout((home or Settings().home).expanduser().absolute())
    except ValidationError as error:
        raise InvalidSettings(f"{error.error_count()} settings are wrong; detention-graph migrate says which") from None


def _words(found: Status) -> str:
    rows = {
        "home": found.home,
        "runs": "yes" if found.is_running else "no",
        "held by": f"process {found.owner}" if found.owner else "another process" if found.is_held else "nobody",
        "since": found.since,
        "server": f"process {found.pid}" if found.pid else None,
        "port": found.port,
        "memory": f"{found.memory // MIB} MB" if found.memory else None,
        "version": found.version,
    }
    return "\n".join(f"{name:<8} {value}" for name, value in rows.items() if value is not None)

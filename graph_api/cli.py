"""The command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from graph_api.errors import BadSeeds
from graph_api.seeding.load import check

app = typer.Typer(no_args_is_help=True)


@app.callback()
def root() -> None:
    """Ask and fill the detention graph."""


@app.command()
def validate(paths: Annotated[list[Path], typer.Argument()]) -> None:
    """Check seed files."""
    try:
        entries, batch = check(paths)
    except BadSeeds as bad:
        for problem in bad.problems:
            sys.stdout.write(f"{problem}\n")
        sys.stdout.write(f"{bad}\n")
        raise typer.Exit(bad.exit_code) from None
    sys.stdout.write(f"{len(entries.files)} files, {batch.records} records, {len(batch.claims)} claims: no problem\n")


def main() -> None:
    """Run the command line."""
    app()

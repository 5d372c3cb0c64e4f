"""``detention-graph migrate``, ``validate``, ``load`` and ``rebuild``: what writes the graph, and the check of seed files before it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graph_api.cli.common import JsonOption, open_graph, print_progress, print_result, read_settings
from graph_api.ingest import report
from graph_api.ingest.load import check
from graph_api.ingest.load import load as load_files
from graph_api.ingest.rebuild import migrate_records
from graph_api.ingest.rebuild import rebuild as rebuild_records
from graph_api.ontology.vocabulary import Sensitivity
from graph_api.values.words import parse_word

Paths = Annotated[
    list[Path], typer.Argument(help="Seed files (.yaml, .jsonl, .map.yaml of a table), or folders of them.")
]
Audience = Annotated[str, typer.Option(help="For whom: public, or restricted, which loads restricted claims too.")]


def migrate(as_json: JsonOption = False) -> None:
    """Apply the migrations of this version that the graph lacks: constraints and indexes, and records by the rules of this version.

    Example: detention-graph migrate
    """
    settings = read_settings()
    with open_graph(settings) as store:
        applied = migrate_records(store, progress=print_progress, seconds=settings.load_seconds)
    print_result({"migrations": list(applied)} if as_json else "\n".join(applied) or "up to date")


def validate(paths: Paths, audience: Audience = "public", as_json: JsonOption = False) -> None:
    """Check seed files and report all problems with file, line and column. Needs no database.

    Example: detention-graph validate seeds/
    """
    entries, batch = check(paths, _audience(audience))
    print_result(report.format_check_json(entries, batch) if as_json else report.format_check_text(entries, batch))


def load(
    paths: Paths,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report what would change, and change nothing.")] = False,
    audience: Audience = "public",
    as_json: JsonOption = False,
) -> None:
    """Load seed files: all of them, or nothing. Loading the same files again changes nothing and reports so.

    Example: detention-graph load seeds/ --dry-run
    """
    settings = read_settings()
    with open_graph(settings) as store:
        receipt = load_files(
            paths,
            store,
            audience=_audience(audience),
            dry_run=dry_run,
            progress=print_progress,
            seconds=settings.load_seconds,
        )
    print_result(report.format_json(receipt) if as_json else report.format_text(receipt))


def rebuild(as_json: JsonOption = False) -> None:
    """Compute all records from their claims again, and store those that differ: none, unless data was damaged or rules have changed.

    Example: detention-graph rebuild
    """
    settings = read_settings()
    with open_graph(settings) as store:
        rebuilt = rebuild_records(store, progress=print_progress, seconds=settings.load_seconds)
    if as_json:
        print_result(
            {"records": rebuilt.records, "changed": rebuilt.changed, "contentHash": rebuilt.content_hash},
        )
    else:
        print_result(f"{rebuilt.records} records, {rebuilt.changed} corrected\ncontent hash {rebuilt.content_hash}")


def _audience(text: str) -> Sensitivity:
    return parse_word(Sensitivity, text)

"""``detention-graph migrate``, ``validate``, ``load``, ``rebuild`` and ``as-of``: what writes the graph, and the check of seed files before it."""

from __future__ import annotations

from typing import Annotated

import typer

from graph_api.cli.common import (
    Ahead,
    Audience,
    CollectionOption,
    Disclose,
    JsonOption,
    ManyOk,
    Message,
    NotTheSame,
    Paths,
    Remove,
    StaleOk,
    Steward,
    Why,
    noting_lost_versions,
    open_graph_and_home,
    open_key,
    parse_audience,
    print_progress,
    print_result,
    read_settings,
    refuse_both,
    telling_of_a_stop,
    user_name,
)
from graph_api.cli.current_graph import open_current_graph
from graph_api.errors import InvalidSeeds, InvalidValue
from graph_api.ingest import codes, report
from graph_api.ingest.as_of import store_versions
from graph_api.ingest.decisions import Decisions
from graph_api.ingest.key_file import KeyFile
from graph_api.ingest.load import LoadNote, examine
from graph_api.ingest.load import load as load_files
from graph_api.ingest.prepare import Selection
from graph_api.ingest.rebuild import rebuild as rebuild_records
from graph_api.values.value_type import closest


def migrate(as_json: JsonOption = False) -> None:
    """Apply the migrations of this version that the graph lacks: constraints and indexes, and records by the rules of this version.

    Example: detention-graph migrate
    """
    settings = read_settings()
    applied: list[str] = []
    with open_current_graph(settings, migrated=applied) as (store, _):
        open_key(store, settings)
    print_result({"migrations": applied} if as_json else "\n".join(applied) or "up to date")


def validate(
    paths: Paths,
    audience: Audience = "public",
    strict: Annotated[bool, typer.Option("--strict", help="Warnings are errors.")] = False,
    as_json: JsonOption = False,
    sarif: Annotated[bool, typer.Option("--sarif", help="Print the result as SARIF 2.1.0, for code hosts.")] = False,
) -> None:
    """Check seed files and report all problems with file, line and column, and what is doubtful. Needs no database.

    Example: detention-graph validate seeds/
    """
    refuse_both("--json", as_json, "--sarif", sarif)
    result = examine(paths, parse_audience(audience))
    if sarif:
        print_result(report.format_check_sarif(result))
    elif as_json:
        print_result(report.format_check_json(result))
    if result.problems or (strict and result.warnings):
        raise InvalidSeeds(result.problems, result.warnings)
    if not as_json and not sarif:
        print_result(report.format_check_text(result))


def explain_code(
    code: Annotated[str | None, typer.Argument(help="The code in brackets behind a problem.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Print all codes as a Markdown page.")] = False,
) -> None:
    """Explain what a problem means, with a wrong and a right example; without a code, list all codes with what they mean.

    Example: detention-graph explain same-person
    """
    if every:
        print_result(codes.problems_document().rstrip("\n"))
    elif code is None:
        print_result("\n".join(f"{one.code}: {one.meaning}" for one in codes.CODES.values()))
    elif code not in codes.CODES:
        raise InvalidValue(code, f"one of {', '.join(codes.CODES)}", closest(code, codes.CODES), thing="code")
    else:
        print_result(codes.code_text(codes.CODES[code]))


def load(
    paths: Paths,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report what would change, and change nothing.")] = False,
    audience: Audience = "public",
    collection: CollectionOption = None,
    message: Message = None,
    steward: Steward = None,
    remove: Remove = False,
    stale_ok: StaleOk = False,
    many_ok: ManyOk = False,
    disclose: Disclose = None,
    not_the_same: NotTheSame = None,
    ahead: Ahead = False,
    why: Why = None,
    as_json: JsonOption = False,
) -> None:
    """Load seed files: all of them, or nothing, without a question; what needs a decision is refused. Loading them again changes nothing.

    Example: detention-graph load seeds/ --dry-run
    """
    decisions = Decisions(remove, stale_ok, many_ok, frozenset(disclose or ()), why, frozenset(not_the_same or ()))
    settings = read_settings()
    with (
        (open_graph_and_home if dry_run else open_current_graph)(settings) as (store, home),
        telling_of_a_stop() as progress,
    ):
        receipt = load_files(
            paths,
            store,
            audience=parse_audience(audience),
            selection=Selection(collection=collection, not_the_same=decisions.namesakes, ahead=ahead),
            note=LoadNote(steward or user_name(), message, decisions=decisions.words),
            decisions=decisions,
            key=KeyFile(settings.data_dir) if dry_run else open_key(store, settings),
            dry_run=dry_run,
            wait=60.0,
            home=home,
            progress=progress,
            seconds=settings.load_seconds,
        )
    print_result(report.format_json(receipt) if as_json else report.format_text(receipt))


def rebuild(as_json: JsonOption = False) -> None:
    """Compute all records from their claims again, and store those that differ: none, unless data was damaged or rules have changed.

    Example: detention-graph rebuild
    """
    settings = read_settings()
    with open_graph_and_home(settings) as (store, home), noting_lost_versions(store, home):
        rebuilt = rebuild_records(store, home=home, progress=print_progress, seconds=settings.load_seconds)
    if as_json:
        print_result(
            {"records": rebuilt.records, "changed": rebuilt.changed, "contentHash": rebuilt.content_hash},
        )
    else:
        print_result(f"{rebuilt.records} records, {rebuilt.changed} corrected\ncontent hash {rebuilt.content_hash}")


def as_of(as_json: JsonOption = False) -> None:
    """Store what was known on each day, so that operations with @asOf can be answered. Every load removes it again.

    Example: detention-graph as-of
    """
    settings = read_settings()
    with open_current_graph(settings) as (store, _):
        stored = store_versions(store, progress=print_progress, seconds=settings.load_seconds)
    if as_json:
        print_result({"nodes": stored.nodes, "versions": stored.versions, "relationships": stored.links})
    else:
        print_result(f"{stored.nodes} nodes, {stored.versions} versions of them, {stored.links} relationships")

"""``detention-graph plan``, ``apply``, ``loads``, ``history`` and ``revert``: what a steward does with a collection."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from graph_api.cli.common import (
    Audience,
    CollectionOption,
    Disclose,
    JsonOption,
    ManyOk,
    Message,
    Paths,
    Remove,
    StaleOk,
    Steward,
    Wait,
    Why,
    noting_lost_versions,
    open_graph,
    parse_audience,
    print_progress,
    print_result,
    read_settings,
    stderr_console,
    user_name,
)
from graph_api.cli.query import read_operation
from graph_api.database.driver import Database
from graph_api.database.stored_claims import graph_hash
from graph_api.ingest.apply import current_revision
from graph_api.ingest.decisions import Decisions, check_decisions
from graph_api.ingest.history import all_loads, history_of, load_of_number, prepare_revert, without_hidden
from graph_api.ingest.journal import LoadRecord
from graph_api.ingest.key_file import KeyFile
from graph_api.ingest.load import LoadNote, LoadResult, rehearse, write_in_turn
from graph_api.ingest.plan_report import (
    ListChange,
    PlanReport,
    format_plan_json,
    format_plan_markdown,
    format_plan_text,
    plan_report,
)
from graph_api.ingest.prepare import PreparedLoad, Selection, prepare_load
from graph_api.ingest.rebuild import migrate_records, pending_migrations
from graph_api.ingest.report import format_json
from graph_api.ingest.saved_plan import SUFFIX, check_saved_plan, read_saved_plan, saved_plan, write_saved_plan
from graph_api.schema.build import build_schema
from graph_api.web.cookbook_lists import answer_within, list_changes, list_operations, read_lists

CHANGES, DECISIONS_NEEDED = 4, 5
"""Exit codes of ``plan --exit-code``."""


def plan(
    paths: Paths,
    audience: Audience = "public",
    collection: CollectionOption = None,
    lists: Annotated[bool, typer.Option(help="Say who enters or leaves the lists of the cookbook.")] = True,
    ask: Annotated[
        Path | None, typer.Option("--ask", help="A GraphQL operation; its answers before and after are compared.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help=f"Keep the plan in a file (NAME{SUFFIX}), which `apply` takes.")
    ] = None,
    exit_code: Annotated[
        bool,
        typer.Option("--exit-code", help="Exit with 4 where there are changes, with 5 where they need a decision."),
    ] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print Markdown, for a comment on a pull request.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Report what loading files would change and what follows from it. Changes nothing, migrations included.

    Example: detention-graph plan seeds/articles
    """
    settings = read_settings()
    with open_graph(settings) as store:
        prepared = prepare_load(
            paths,
            store,
            audience=parse_audience(audience),
            selection=Selection(collection=collection),
            key=KeyFile(settings.data_dir),
            progress=print_progress,
        )
        migrations = pending_migrations(store)
        changed = _lists(prepared, store, settings.load_seconds) if lists and not migrations else None
        report = plan_report(prepared, graph_hash(store), Decisions(), lists=changed, migrations=migrations)
        if ask is not None and not migrations:
            report = replace(report, answers=_answers(prepared, store, read_operation(str(ask)), settings.load_seconds))
    if out is not None:
        write_saved_plan(saved_plan(prepared, paths, collection), out)
    if as_json:
        print_result(format_plan_json(report))
    else:
        print_result(format_plan_markdown(report) if markdown else format_plan_text(report))
    if exit_code and not report.is_empty:
        raise typer.Exit(DECISIONS_NEEDED if report.missing else CHANGES)


def apply(
    paths: Annotated[
        list[Path], typer.Argument(help="Seed files, folders of them, or one plan that `plan --out` kept.")
    ],
    audience: Audience = "public",
    collection: CollectionOption = None,
    message: Message = None,
    steward: Steward = None,
    remove: Remove = False,
    stale_ok: StaleOk = False,
    many_ok: ManyOk = False,
    disclose: Disclose = None,
    why: Why = None,
    wait: Wait = 60.0,
    as_json: JsonOption = False,
) -> None:
    """Load files as one load, all of it or nothing, after showing the plan. Exits with 64 where a decision is missing.

    Example: detention-graph apply seeds/articles --message "court dates"
    """
    settings = read_settings()
    decisions = Decisions(remove, stale_ok, many_ok, frozenset(disclose or ()), why)
    key = KeyFile(settings.data_dir)
    kept = read_saved_plan(paths[0]) if len(paths) == 1 and paths[0].suffix == SUFFIX else None
    if kept is not None:
        paths, collection, audience = [Path(one) for one in kept.paths], kept.collection, kept.audience.lower()
    with open_graph(settings) as store, noting_lost_versions(store):
        seen = parse_audience(audience)
        current_revision(store, seen)
        migrate_records(store, progress=print_progress, seconds=settings.load_seconds)

        def prepare() -> PreparedLoad:
            selection = Selection(collection=collection)
            found = prepare_load(paths, store, audience=seen, selection=selection, key=key, progress=print_progress)
            if kept is not None:
                check_saved_plan(kept, found)
            return found

        note = LoadNote(steward or user_name(), message, _commit(paths), None, decisions.words)
        _apply(prepare, store, settings.load_seconds, decisions, note, wait=wait, as_json=as_json)


def loads(
    number: Annotated[int | None, typer.Argument(help="The number of one load.")] = None, as_json: JsonOption = False
) -> None:
    """List the loads of the graph: number, when, who, why, how much; or all that is known of one.

    Example: detention-graph loads
    """
    with open_graph(read_settings()) as store:
        every = without_hidden(all_loads(store))
        chosen = [load_of_number(every, number)] if number is not None else list(every)
    if as_json:
        print_result([_load_json(one) for one in chosen])
    elif number is None:
        print_result("\n".join(map(_load_line, chosen)) or "no loads")
    else:
        [one] = chosen
        print_result("\n".join([_load_line(one), *_load_details(one)]))


def history(
    record: Annotated[str, typer.Argument(help="The id of a record.")],
    field: Annotated[str | None, typer.Option("--field", help="One property, such as date.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List every value that a record ever had, and by which load. Exits with 66 for an id that was never loaded.

    Example: detention-graph history iryna-horobtsova --field category
    """
    with open_graph(read_settings()) as store:
        values = [one for one in history_of(store, record) if field is None or one.name == field]
    if as_json:
        rows = [
            {
                "load": one.load.number, "at": one.load.at, "steward": one.load.note.get("steward"), "added": one.is_added,
                "subject": one.subject or None, "property": one.name, "value": one.value, "cited": one.cited,
            }
            for one in values
        ]  # fmt: skip
        print_result(rows)
        return
    lines: list[str] = []
    shown = None
    for one in values:
        if one.load.number != shown:
            lines.append(f"{one.load.title}{_message(one.load)}")
            shown = one.load.number
        subject = f"{one.subject} " if one.subject else ""
        lines.append(f"  {'+' if one.is_added else '-'} {subject}{one.name}: {one.value}   {one.cited}".rstrip())
    print_result("\n".join(lines))


def revert(
    number: Annotated[int, typer.Argument(help="The number of the load.")],
    with_later: Annotated[
        bool, typer.Option("--with-later", help="Revert the later loads of the same entries as well.")
    ] = False,
    message: Message = None,
    steward: Steward = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the plan, and change nothing.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Put back what a load changed, as a new load, which can be reverted itself. Exits with 65 where a later load stands in the way.

    Example: detention-graph revert 4 --message "wrong file"
    """
    settings = read_settings()
    with open_graph(settings) as store, noting_lost_versions(store):
        migrate_records(store, progress=print_progress, seconds=settings.load_seconds)

        def prepare() -> PreparedLoad:
            return prepare_revert(store, number, with_later=with_later)

        if dry_run:
            report = plan_report(prepare(), graph_hash(store), Decisions(remove=True, many_ok=True))
            print_result(format_plan_json(report) if as_json else format_plan_text(report))
            return
        decisions = Decisions(remove=True, many_ok=True)
        note = LoadNote(steward or user_name(), message or f"reverts load {number}", None, number)
        _apply(prepare, store, settings.load_seconds, decisions, note, as_json=as_json)


def _apply(
    prepare: Callable[[], PreparedLoad],
    store: Database,
    seconds: float,
    decisions: Decisions,
    note: LoadNote,
    *,
    wait: float = 60.0,
    as_json: bool,
) -> None:
    """Show the plan, ask for or check the decisions, and write the load. Raises DecisionRequired."""
    reports: list[PlanReport] = []

    def plan() -> PreparedLoad:
        found = prepare()
        report = plan_report(found, graph_hash(store), decisions)
        if not reports:
            stderr_console.print(format_plan_text(report), markup=False, soft_wrap=True)
        if report.missing and not (sys.stdin.isatty() and not as_json and _is_confirmed(report)):
            check_decisions(report.demands, decisions)
        reports.append(report)
        return found

    prepared, load_id = write_in_turn(plan, store, note, wait=wait, progress=print_progress, seconds=seconds)
    result = LoadResult(
        prepared.plan.changes,
        prepared.entries.files,
        bool(load_id),
        load_id,
        graph_hash(store),
        (),
        prepared.warnings,
        prepared.unneeded,
    )
    print_result(format_json(result) if as_json else _receipt(reports[-1], result))


def _is_confirmed(report: PlanReport) -> bool:
    return typer.confirm(f"Apply, with {', '.join(one.option for one in report.missing)}?", err=True)


def _receipt(report: PlanReport, result: LoadResult) -> str:
    if not result.is_applied:
        return f"no changes\ncontent hash {result.content_hash}"
    number = report.number + 1
    return (
        f"load {number} is applied; undo it with: detention-graph revert {number}\ncontent hash {result.content_hash}"
    )


def _lists(prepared: PreparedLoad, store: Database, seconds: float) -> tuple[ListChange, ...]:
    """Return the lists of the cookbook that a load changes; it is written and rolled back for this."""
    if not prepared.plan.changes.changes_records:
        return ()
    schema = build_schema()
    operations = list_operations(schema)
    print_progress(f"comparing {len(operations)} lists of the cookbook")
    before, after = rehearse(prepared, store, lambda tx: read_lists(schema, operations, tx), seconds=seconds)
    return list_changes(before, after)


def _answers(
    prepared: PreparedLoad, store: Database, text: str, seconds: float
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return the answers to an operation before and after a load, which is written and rolled back."""
    schema = build_schema()
    return rehearse(prepared, store, lambda tx: answer_within(schema, text, tx), seconds=seconds)


def _commit(paths: Sequence[Path]) -> str | None:
    """Return the commit of the folder of the first file, where it is in a Git repository."""
    folder = paths[0] if paths[0].is_dir() else paths[0].parent
    try:
        done = subprocess.run(  # noqa: S603 - the arguments are constant but for the folder
            ["git", "-C", str(folder), "rev-parse", "HEAD"],  # noqa: S607
            capture_output=True, text=True, check=False, timeout=10,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() or None


def _load_line(one: LoadRecord) -> str:
    note = one.note
    counts = ", ".join(f"{note[word]} {word}" for word in ("added", "changed", "removed") if note.get(word))
    owners = ", ".join(note.get("collections") or ()) or "no collection"
    return f"{one.number:4}  {one.at[:16]}  {note.get('steward') or '-'}  {owners}: {counts or 'no records'}{_message(one)}"


def _message(one: LoadRecord) -> str:
    message = one.note.get("message")
    return f"  “{message}”" if message else ""


def _load_details(one: LoadRecord) -> list[str]:
    names = ("files", "commit", "reverts", "decisions", "hash_before", "hash")
    lines = [f"  {name}: {_text(one.note[name])}" for name in names if one.note.get(name) is not None]
    lines.append(f"  entries: {', '.join(sorted(one.journal.entries)) or 'not remembered'}")
    if one.journal.incomplete:
        lines.append("  what had to be withheld was not remembered: a revert does not bring it back")
    return lines


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _load_json(one: LoadRecord) -> dict[str, Any]:
    return {**one.note, "number": one.number, "entries": sorted(one.journal.entries)}

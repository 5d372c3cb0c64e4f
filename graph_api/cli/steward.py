"""``detention-graph plan``, ``apply`` and ``revert``: what a steward does with a collection."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

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
    Wait,
    Why,
    open_graph,
    open_key,
    parse_audience,
    print_progress,
    print_result,
    read_settings,
    refuse_both,
    stderr_console,
    telling_of_a_stop,
    user_name,
)
from graph_api.cli.current_graph import open_current_graph
from graph_api.cli.query import read_operation
from graph_api.database.driver import Database
from graph_api.database.stored_claims import graph_hash
from graph_api.embedded import ServedHome
from graph_api.errors import InvalidInput, InvalidQuery, InvalidValue
from graph_api.ingest.apply import current_revision
from graph_api.ingest.blocks import BlocksResult, load_in_blocks, revert_group
from graph_api.ingest.decisions import DISCLOSE, Decisions, Demand, check_decisions, decided
from graph_api.ingest.history import prepare_revert
from graph_api.ingest.key_file import KeyFile
from graph_api.ingest.load import LoadNote, LoadResult, hash_of_result, rehearse, write_in_turn
from graph_api.ingest.plan_report import (
    ListChange,
    format_plan_json,
    format_plan_markdown,
    format_plan_text,
    plan_report,
)
from graph_api.ingest.prepare import PreparedLoad, Selection, prepare_load
from graph_api.ingest.rebuild import pending_migrations
from graph_api.ingest.report import format_json
from graph_api.ingest.saved_plan import (
    SUFFIX,
    SavedPlan,
    check_saved_plan,
    read_saved_plan,
    saved_plan,
    write_saved_plan,
)
from graph_api.schema.build import build_schema
from graph_api.web.cookbook_lists import answer_within, list_changes, list_operations, read_lists

CHANGES, DECISIONS_NEEDED = 4, 5
"""Exit codes of ``plan --exit-code``."""


def plan(
    paths: Paths,
    audience: Audience = "public",
    collection: CollectionOption = None,
    not_the_same: NotTheSame = None,
    ahead: Ahead = False,
    why: Why = None,
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
    refuse_both("--markdown", markdown, "--json", as_json)
    if out is not None and out.suffix != SUFFIX:
        raise InvalidValue(str(out), f"a name that ends in {SUFFIX}, by which `apply` knows a plan", thing="--out")
    settings = read_settings()
    reviewed = Decisions(why=why, not_the_same=frozenset(not_the_same or ()))
    with open_graph(settings) as store:
        prepared = prepare_load(
            paths,
            store,
            audience=parse_audience(audience),
            selection=Selection(collection=collection, not_the_same=reviewed.namesakes, ahead=ahead),
            key=KeyFile(settings.data_dir),
            progress=print_progress,
        )
        migrations = pending_migrations(store)
        changed = (
            _lists(prepared, store, settings.load_seconds)
            if lists and not migrations and not prepared.size.is_too_large
            else None
        )
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
    context: typer.Context,
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
    not_the_same: NotTheSame = None,
    ahead: Ahead = False,
    why: Why = None,
    wait: Wait = 60.0,
    not_atomic: Annotated[
        bool,
        typer.Option(
            "--not-atomic", help="Load what no transaction holds in blocks, each a load of its own; again goes on."
        ),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Load files as one load, all of it or nothing, after showing the plan. Exits with 64 where a decision is missing.

    Example: detention-graph apply seeds/articles --message "court dates"
    """
    settings = read_settings()
    decisions = Decisions(remove, stale_ok, many_ok, frozenset(disclose or ()), why, frozenset(not_the_same or ()))
    kept = read_saved_plan(paths[0]) if len(paths) == 1 and paths[0].suffix == SUFFIX else None
    if kept is not None:
        paths, collection, audience = _as_planned(context, kept)
    seen = parse_audience(audience)
    with open_current_graph(settings) as (store, home):
        current_revision(store, seen)
        key = open_key(store, settings)
        selection = Selection(collection=collection, not_the_same=decisions.namesakes, ahead=ahead)

        def prepare() -> PreparedLoad:
            found = prepare_load(paths, store, audience=seen, selection=selection, key=key, progress=print_progress)
            if kept is not None:
                check_saved_plan(kept, found)
            return found

        note = LoadNote(steward or user_name(), message, _commit(paths))
        if not_atomic:
            blocks = load_in_blocks(
                prepare,
                store,
                _ShownPlans(store, decisions, note, as_json=as_json).noted,
                selection=selection,
                progress=print_progress,
                seconds=settings.load_seconds,
            )
            _print_blocks(blocks, store, as_json=as_json)
            return
        _apply(prepare, store, settings.load_seconds, decisions, note, wait=wait, home=home, as_json=as_json)


def revert(
    number: Annotated[str, typer.Argument(help="The number of the load, or the name of a group of loads.")],
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
    with open_current_graph(settings) as (store, home):
        key = KeyFile(settings.data_dir) if dry_run else open_key(store, settings)
        decisions = Decisions(remove=True, many_ok=True)
        note = LoadNote(steward or user_name(), message or f"reverts {'load ' if number.isdecimal() else ''}{number}")
        if not number.isdecimal():
            if dry_run or with_later:
                raise InvalidInput("Invalid options for a group of loads: expected neither --dry-run nor --with-later.")
            blocks = revert_group(
                store, number, note, lambda found: check_decisions(plan_report(found, "", decisions).demands, decisions),
                key=key, progress=print_progress, seconds=settings.load_seconds,
            )  # fmt: skip
            _print_blocks(blocks, store, as_json=as_json, verb="reverted")
            return

        def prepare() -> PreparedLoad:
            return prepare_revert(store, int(number), with_later=with_later, key=key)

        if dry_run:
            report = plan_report(prepare(), graph_hash(store), decisions)
            print_result(format_plan_json(report) if as_json else format_plan_text(report))
            return
        note = replace(note, reverts=int(number))
        _apply(prepare, store, settings.load_seconds, decisions, note, home=home, as_json=as_json)


def _as_planned(context: typer.Context, kept: SavedPlan) -> tuple[list[Path], str | None, str]:
    """Return the paths, collection and audience of a plan. Raises InvalidValue for an option that is given and is not that of the plan."""
    planned = {"collection": kept.collection, "audience": kept.audience.lower()}
    for name, value in planned.items():
        source, given = context.get_parameter_source(name), context.params[name]
        if source is not None and source.name != "DEFAULT" and given != value:
            other = f"{value!r}, with which the plan was made" if value else "none, as when the plan was made"
            raise InvalidValue(str(given), other, thing=f"--{name}")
    return [Path(one) for one in kept.paths], kept.collection, kept.audience.lower()


def _apply(
    prepare: Callable[[], PreparedLoad],
    store: Database,
    seconds: float,
    decisions: Decisions,
    note: LoadNote,
    *,
    wait: float = 60.0,
    home: ServedHome | None = None,
    as_json: bool,
) -> None:
    """Show the plan, ask for or check the decisions, and write the load. Raises DecisionRequired."""
    noted = _ShownPlans(store, decisions, note, as_json=as_json).noted
    with telling_of_a_stop() as progress:
        prepared, load_id = write_in_turn(
            prepare, store, noted, wait=wait, home=home, progress=progress, seconds=seconds
        )
    result = LoadResult(
        prepared.plan.changes,
        prepared.entries.files,
        bool(load_id),
        load_id,
        hash_of_result(prepared, store, load_id, home),
        (),
        prepared.warnings,
        prepared.unneeded,
    )
    print_result(format_json(result) if as_json else _receipt(prepared.number, result))


class _ShownPlans:
    """The plans of one load: the first is shown, and each that demands more than was decided, by options or, in a terminal, by answers."""

    def __init__(self, store: Database, decisions: Decisions, note: LoadNote, *, as_json: bool) -> None:
        self.store = store
        self.decisions = decisions
        self.note = note
        self.own = () if note.reverts is None else decisions.words  # a revert is given some, which nobody decided
        self.asks = sys.stdin.isatty() and not as_json
        self.is_first = True

    def noted(self, found: PreparedLoad) -> LoadNote:
        """Return the note of a planned load with all that was decided; ask for what is missing. Raises DecisionRequired."""
        report = plan_report(found, graph_hash(self.store), self.decisions)
        is_asked = bool(report.missing) and self.asks
        if self.is_first or is_asked:
            stderr_console.print(format_plan_text(report), markup=False, soft_wrap=True)
        self.is_first = False
        if is_asked:
            self.decisions = _asked(report.missing, self.decisions)
        check_decisions(report.demands, self.decisions)
        return replace(self.note, decisions=tuple(one for one in self.decisions.words if one not in self.own))


def _asked(missing: Sequence[Demand], decisions: Decisions) -> Decisions:
    """Return the decisions with those to which somebody says yes; who is disclosed needs a reason, as with the option."""
    if not typer.confirm(f"Apply, with {', '.join(one.option for one in missing)}?", err=True):
        return decisions
    why = decisions.why
    if why is None and any(one.option == DISCLOSE for one in missing):
        why = typer.prompt("Why are they shown", err=True).strip() or None
    return decided(missing, decisions, why)


def _print_blocks(blocks: BlocksResult, store: Database, *, as_json: bool, verb: str = "applied") -> None:
    found = graph_hash(store)
    if as_json:
        print_result({"group": blocks.group, "loads": blocks.written, "contentHash": found})
        return
    undo = f"; undo them with: detention-graph revert {blocks.group}" if verb == "applied" else ""
    what = f"{blocks.written} loads of {blocks.group} are {verb}{undo}" if blocks.written else "no changes"
    print_result(f"{what}\ncontent hash {found}")


def _receipt(number: int, result: LoadResult) -> str:
    if not result.is_applied:
        return f"no changes\ncontent hash {result.content_hash}"
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
    """Return the answers to an operation before and after a load, which is written and rolled back. Raises InvalidQuery where there is none."""
    schema = build_schema()
    answers = rehearse(prepared, store, lambda tx: answer_within(schema, text, tx), seconds=seconds)
    for one in answers:
        if errors := one.get("errors"):
            raise InvalidQuery(f"Invalid operation for --ask: {str(errors[0]).splitlines()[0]}")
    return answers


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

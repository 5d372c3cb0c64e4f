"""The steps of a load: read, parse, fetch the stored state, validate, plan, apply. Each takes the result of the one before."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_api.database.driver import Database
from graph_api.database.stored_claims import graph_hash
from graph_api.errors import DatabaseBusy, InvalidSeeds, Problem
from graph_api.ingest.apply import Progress, apply, current_revision
from graph_api.ingest.batch import ParsedBatch
from graph_api.ingest.fetch_state import fetch_state, stored_kinds
from graph_api.ingest.formats import SeedEntries, read_files
from graph_api.ingest.lints.run import Findings, lint
from graph_api.ingest.plan import LoadChanges, plan_load
from graph_api.ingest.rebuild import migrate_records, pending_migrations
from graph_api.ingest.record_parser import parse_batch, resolve_deferred
from graph_api.ingest.stored_state import StoredContext
from graph_api.ingest.validate import LoadBatch, batch_scope, validate
from graph_api.ontology.vocabulary import Sensitivity


@dataclass(frozen=True, slots=True)
class LoadResult:
    """The result of a load: its changes, whether they were applied, its id, the content hash of the graph afterwards.

    ``pending_migrations`` are those that a dry run did not apply, ``warnings`` what was corrected or is doubtful in the files.
    """

    changes: LoadChanges
    files: tuple[str, ...]
    is_applied: bool
    load: str
    content_hash: str
    pending_migrations: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of a check of seed files by themselves: what is wrong, and what is doubtful."""

    entries: SeedEntries
    batch: LoadBatch
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def examine(paths: Sequence[Path], audience: Sensitivity = Sensitivity.PUBLIC) -> CheckResult:
    """Check seed files by themselves, without a graph, and run the lints over them."""
    entries = read_files(paths)
    return _checked(entries, parse_batch(entries.entries), audience, with_lints=True)


def check(paths: Sequence[Path], audience: Sensitivity = Sensitivity.PUBLIC) -> tuple[SeedEntries, LoadBatch]:
    """Check seed files by themselves, without a graph and without lints.

    Raises InvalidSeeds with every problem that was found.
    """
    entries = read_files(paths)
    result = _checked(entries, parse_batch(entries.entries), audience, with_lints=False)
    _raise_problems(result.problems)
    return entries, result.batch


def _checked(entries: SeedEntries, parsed: ParsedBatch, audience: Sensitivity, *, with_lints: bool) -> CheckResult:
    batch, problems = validate(parsed, StoredContext(), audience)
    findings = lint(parsed, None, batch.retained, batch.reduced) if with_lints else Findings()
    found = tuple(sorted({*entries.problems, *problems, *findings.problems}))
    return CheckResult(entries, batch, found, (*entries.warnings, *findings.warnings))


def withheld_ids(paths: Sequence[Path]) -> frozenset[str]:
    """Return the ids that seed files withhold. Raises InvalidSeeds."""
    entries = read_files(paths)
    parsed = parse_batch(entries.entries)
    _raise_problems(entries.problems, parsed.problems)
    return frozenset(parsed.withheld)


def load(
    paths: Sequence[Path],
    store: Database,
    *,
    audience: Sensitivity = Sensitivity.PUBLIC,
    left_out: frozenset[str] = frozenset(),
    removed_units: frozenset[str] = frozenset(),
    dry_run: bool = False,
    with_lints: bool = True,
    progress: Progress = lambda _message: None,
    seconds: float = 600.0,
) -> LoadResult:
    """Load seed files, all of them or nothing, without the entries ``left_out``, and remove the claims of the entries ``removed_units``.

    With ``dry_run`` nothing in the database changes, migrations included. The lints are those of ``validate``, over the batch and what the
    graph states beside it.

    Raises InvalidSeeds with every problem that was found, IncompatibleGraph where the graph was loaded for another audience or by a
    newer version, DatabaseBusy where another load changed it meanwhile, and every other DatabaseError; nothing was changed then.
    """
    revision = current_revision(store, audience)
    migrations = pending_migrations(store) if dry_run else ()
    if not dry_run and migrate_records(store, progress=progress, seconds=seconds):
        revision = current_revision(store, audience)
    progress("reading files")
    entries = read_files(paths)
    parsed = parse_batch(entries.entries, left_out)
    parsed.removed_units = removed_units
    if outside := {entry.subject for entry in parsed.deferred_claims} - parsed.definitions.keys():
        resolve_deferred(parsed, stored_kinds(store, outside))
    progress(f"checking {len(parsed.definitions)} records")
    state = fetch_state(store, batch_scope(parsed), audience)
    batch, problems = validate(parsed, state.context, audience)
    if problems and current_revision(store, audience) != revision:  # the state was read while another load changed it
        raise DatabaseBusy("Another load changed the graph meanwhile; nothing was changed. Try again.")
    findings = lint(parsed, state.context, batch.retained, batch.reduced) if with_lints else Findings()
    _raise_problems(entries.problems, problems, findings.problems)
    progress("comparing with the graph")
    warnings = (*entries.warnings, *findings.warnings)
    plan = plan_load(batch, state)
    changes = plan.changes
    is_applied = not dry_run and not changes.is_empty
    load_id = uuid.uuid4().hex if is_applied else ""
    if is_applied:
        note = {
            "id": load_id,
            "files": list(entries.files),
            "added": len(changes.added),
            "changed": len(changes.changed),
            "removed": len(changes.removed),
        }
        apply(plan, store, load=note, audience=audience, expected_revision=revision, progress=progress, seconds=seconds)
    return LoadResult(changes, entries.files, is_applied, load_id, graph_hash(store), migrations, warnings)


def _raise_problems(*problems: Sequence[Problem]) -> None:
    every = [problem for some in problems for problem in some]
    if every:
        raise InvalidSeeds(every)

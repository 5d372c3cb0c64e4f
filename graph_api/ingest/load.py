"""The flow of a load: read, validate, fetch_state, plan, apply. No step asks an earlier one a question."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_api.database.driver import Database
from graph_api.database.migrations import migrate
from graph_api.database.stored_claims import graph_hash
from graph_api.errors import InvalidSeeds, Problem
from graph_api.ingest.apply import Progress, apply, current_revision
from graph_api.ingest.batch import ParsedBatch
from graph_api.ingest.fetch_state import fetch_state, stored_kinds
from graph_api.ingest.plan import LoadPlan, plan_load
from graph_api.ingest.reader import SeedEntries, read_files
from graph_api.ingest.record_parser import parse_batch
from graph_api.ingest.stored_state import LoadBatch, StoredContext
from graph_api.ingest.validate import validate
from graph_api.ontology.vocabulary import Sensitivity


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What a load did: its plan, whether it was applied, its id, the content hash of the graph afterwards."""

    plan: LoadPlan
    files: tuple[str, ...]
    is_applied: bool
    load: str
    content_hash: str


def check(paths: Sequence[Path], audience: Sensitivity = Sensitivity.PUBLIC) -> tuple[SeedEntries, LoadBatch]:
    """Check seed files by themselves, without a graph.

    Raises InvalidSeeds with every problem that was found.
    """
    entries = read_files(paths)
    batch, problems = validate(parse_batch(entries.entries), StoredContext(), audience)
    _raise(entries.problems, problems)
    return entries, batch


def load(
    paths: Sequence[Path],
    store: Database,
    *,
    audience: Sensitivity = Sensitivity.PUBLIC,
    dry_run: bool = False,
    progress: Progress = lambda _message: None,
    seconds: float = 600.0,
) -> LoadResult:
    """Load seed files, all of them or nothing; with ``dry_run`` only say what would change.

    Raises InvalidSeeds with every problem that was found, IncompatibleGraph where the graph was loaded for another audience, DatabaseBusy
    where another load came in between, and the other StoreErrors; nothing was changed then.
    """
    migrate(store)
    revision = current_revision(store, audience)
    progress("reading files")
    entries = read_files(paths)
    said = _said(entries, store)
    progress(f"checking {len(said.definitions)} records")
    held = fetch_state(store, said, stored_kinds(store, said))
    batch, problems = validate(said, held.stored, audience)
    _raise(entries.problems, problems)
    progress("comparing with the graph")
    todo = plan_load(batch, held)
    load_id = uuid.uuid4().hex
    if not dry_run and not todo.changes_nothing:
        note = {
            "id": load_id,
            "files": list(entries.files),
            "added": len(todo.added),
            "changed": len(todo.changed),
            "removed": len(todo.removed),
        }
        apply(todo, store, load=note, audience=audience, expected_revision=revision, progress=progress, seconds=seconds)
    is_applied = not dry_run and not todo.changes_nothing
    return LoadResult(todo, entries.files, is_applied, load_id if is_applied else "", graph_hash(store))


def _said(entries: SeedEntries, store: Database) -> ParsedBatch:
    said = parse_batch(entries.entries)
    kinds = stored_kinds(store, said)
    outside = [about for about, _, _ in said.deferred_claims if about not in said.definitions]
    return parse_batch(entries.entries, kinds.get) if any(about in kinds for about in outside) else said


def _raise(*problems: Sequence[Problem]) -> None:
    every = [problem for some in problems for problem in some]
    if every:
        raise InvalidSeeds(every)

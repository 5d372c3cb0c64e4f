"""The flow of a load: read, validate, gather, plan, apply. No step asks an earlier one a question."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_api.database.driver import Database
from graph_api.database.migrations import migrate
from graph_api.database.stored_claims import graph_hash
from graph_api.errors import InvalidSeeds, Problem
from graph_api.ingest.apply import Progress, apply, loads_so_far
from graph_api.ingest.batch import Statements
from graph_api.ingest.fetch_state import gather, stored_kinds
from graph_api.ingest.plan import Plan, plan
from graph_api.ingest.reader import Entries, read
from graph_api.ingest.record_parser import statements
from graph_api.ingest.stored_state import Batch, Stored
from graph_api.ingest.validate import validate
from graph_api.ontology.vocabulary import Sensitivity


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a load did: its plan, whether it was applied, its id, the content hash of the graph afterwards."""

    plan: Plan
    files: tuple[str, ...]
    is_applied: bool
    load: str
    content_hash: str


def check(paths: Sequence[Path], audience: Sensitivity = Sensitivity.PUBLIC) -> tuple[Entries, Batch]:
    """Check seed files by themselves, without a graph.

    Raises InvalidSeeds with every problem that was found.
    """
    entries = read(paths)
    batch, problems = validate(statements(entries.entries), Stored(), audience)
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
) -> Receipt:
    """Load seed files, all of them or nothing; with ``dry_run`` only say what would change.

    Raises InvalidSeeds with every problem that was found, IncompatibleGraph where the graph was loaded for another audience, DatabaseBusy
    where another load came in between, and the other StoreErrors; nothing was changed then.
    """
    migrate(store)
    loads = loads_so_far(store, audience)
    progress("reading files")
    entries = read(paths)
    said = _said(entries, store)
    progress(f"checking {len(said.defined)} records")
    held = gather(store, said, stored_kinds(store, said))
    batch, problems = validate(said, held.stored, audience)
    _raise(entries.problems, problems)
    progress("comparing with the graph")
    todo = plan(batch, held)
    load_id = uuid.uuid4().hex
    if not dry_run and not todo.changes_nothing:
        note = {
            "id": load_id,
            "files": list(entries.files),
            "added": len(todo.added),
            "changed": len(todo.changed),
            "removed": len(todo.removed),
        }
        apply(todo, store, load=note, audience=audience, after=loads, progress=progress, seconds=seconds)
    is_applied = not dry_run and not todo.changes_nothing
    return Receipt(todo, entries.files, is_applied, load_id if is_applied else "", graph_hash(store))


def _said(entries: Entries, store: Database) -> Statements:
    said = statements(entries.entries)
    kinds = stored_kinds(store, said)
    outside = [about for about, _, _ in said.pending if about not in said.defined]
    return statements(entries.entries, kinds.get) if any(about in kinds for about in outside) else said


def _raise(*problems: Sequence[Problem]) -> None:
    every = [problem for some in problems for problem in some]
    if every:
        raise InvalidSeeds(every)

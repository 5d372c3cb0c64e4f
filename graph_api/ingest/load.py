"""The steps of a load: read, parse, fetch the stored state, validate, plan, apply. Each takes the result of the one before."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

from graph_api.database.driver import Database, Transaction
from graph_api.database.stored_claims import graph_hash
from graph_api.embedded import ServedHome
from graph_api.errors import DatabaseBusy, InvalidSeeds, Problem
from graph_api.ingest.apply import Progress, acquire_lock, apply, current_revision, write_plan
from graph_api.ingest.batch import ParsedBatch
from graph_api.ingest.decisions import Decisions, check_decisions, demands
from graph_api.ingest.formats import SeedEntries, read_files
from graph_api.ingest.garbage import few_collections
from graph_api.ingest.journal import encode_journal, forget
from graph_api.ingest.key_file import KeyFile
from graph_api.ingest.lints.run import Findings, lint
from graph_api.ingest.load_size import check_size
from graph_api.ingest.new_graph import hash_after, replace_graph
from graph_api.ingest.plan import LoadChanges
from graph_api.ingest.prepare import ALL, PreparedLoad, Selection, ownership_rows, prepare_load
from graph_api.ingest.rebuild import migrate_records, pending_migrations
from graph_api.ingest.record_parser import parse_batch
from graph_api.ingest.saved_plan import check_unmoved
from graph_api.ingest.stored_state import StoredContext
from graph_api.ingest.validate import LoadBatch, validate
from graph_api.ontology.vocabulary import Sensitivity

Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class LoadResult:
    """The result of a load: its changes, whether they were applied, its id, the content hash of the graph afterwards.

    ``pending_migrations`` are those that a dry run did not apply, ``warnings`` what was corrected or is doubtful in the files. ``unneeded`` are
    entries that a public graph does not keep, since nothing public needs them.
    """

    changes: LoadChanges
    files: tuple[str, ...]
    is_applied: bool
    load: str
    content_hash: str
    pending_migrations: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    unneeded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadNote:
    """What a load remembers of itself: who loaded, why, the commit of the files, the load that it reverts, what was decided.

    ``group`` is the name of the group of loads to which it belongs as a block of a larger one, ``group_of`` a digest of all that these state.
    """

    steward: str | None = None
    message: str | None = None
    commit: str | None = None
    reverts: int | None = None
    decisions: tuple[str, ...] = ()
    group: str | None = None
    group_of: str | None = None

    @property
    def properties(self) -> dict[str, Any]:
        """What is stored of it."""
        found = {
            "steward": self.steward,
            "message": self.message,
            "commit": self.commit,
            "reverts": self.reverts,
            "decisions": list(self.decisions) or None,
            "group": self.group,
            "group_of": self.group_of,
        }
        return {key: value for key, value in found.items() if value is not None}


NOTHING_NOTED: Final = LoadNote()
Noted: TypeAlias = Callable[[PreparedLoad], LoadNote]
"""Gives the note of a planned load, with what was decided of this plan. Raises DecisionRequired where a decision is missing."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of a check of seed files by themselves: what is wrong, and what is doubtful."""

    entries: SeedEntries
    batch: LoadBatch
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


@few_collections()
def examine(paths: Sequence[Path], audience: Sensitivity = Sensitivity.PUBLIC) -> CheckResult:
    """Check seed files by themselves, without a graph, and run the lints over them."""
    entries = read_files(paths)
    return _checked(entries, parse_batch(entries.entries), audience, with_lints=True)


@few_collections()
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
    found = tuple(sorted({*entries.problems, *findings.with_problems(problems)}))
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
    selection: Selection = ALL,
    note: LoadNote = NOTHING_NOTED,
    decisions: Decisions | None = None,
    dry_run: bool = False,
    key: KeyFile | None = None,
    with_lints: bool = True,
    wait: float = 0.0,
    home: ServedHome | None = None,
    progress: Progress = lambda _message: None,
    seconds: float = 600.0,
) -> LoadResult:
    """Load seed files, all of them or nothing. With ``decisions``, what needs one and has none is refused.

    With ``dry_run`` nothing in the database changes, migrations included. The lints are those of ``validate``, over the batch and what the
    graph states beside it. ``wait`` is for how many seconds the load is planned again where others come first.

    Raises InvalidSeeds with every problem that was found, InvalidInput where one transaction does not hold the load, DecisionRequired,
    IncompatibleGraph where the graph was loaded for another audience or by a newer version, DatabaseBusy where
    another load changed it meanwhile, and every other DatabaseError; nothing was changed then.
    """
    current_revision(store, audience)
    migrations = pending_migrations(store) if dry_run else ()
    if not dry_run:
        migrate_records(store, progress=progress, seconds=seconds)

    def plan() -> PreparedLoad:
        return prepare_load(
            paths, store, audience=audience, selection=selection, key=key, with_lints=with_lints, progress=progress
        )

    def noted(found: PreparedLoad) -> LoadNote:
        if decisions is not None:
            check_decisions(demands(found), decisions)
        return note

    load_id = ""
    if dry_run:
        prepared = plan()
    else:
        prepared, load_id = write_in_turn(plan, store, noted, wait=wait, home=home, progress=progress, seconds=seconds)
    return LoadResult(
        prepared.plan.changes,
        prepared.entries.files,
        bool(load_id),
        load_id,
        hash_of_result(prepared, store, load_id, home),
        migrations,
        prepared.warnings,
        prepared.unneeded,
    )


def write(
    prepared: PreparedLoad,
    store: Database,
    note: LoadNote = NOTHING_NOTED,
    *,
    home: ServedHome | None = None,
    progress: Progress = lambda _message: None,
    seconds: float = 600.0,
) -> str:
    """Write a prepared load, and return its id; an empty text where it changes nothing.

    In the ``home`` of a private Neo4j a load that no transaction holds becomes a new graph, which the next server has. Raises as :func:`load`.
    """
    changes = prepared.plan.changes
    if changes.is_empty:
        return ""
    load_id, size = uuid.uuid4().hex, prepared.size
    if size.is_too_large and home is not None:
        row = _row(prepared, load_id, note)
        replace_graph(prepared, store, home, row, ownership_rows(prepared), progress=progress, seconds=seconds)
        return load_id
    check_size(size)
    apply(
        prepared.plan,
        store,
        load=_row(prepared, load_id, note),
        ownership=ownership_rows(prepared),
        audience=prepared.audience,
        expected_revision=prepared.revision,
        progress=progress,
        seconds=seconds,
    )
    return load_id


def write_in_turn(
    plan: Callable[[], PreparedLoad],
    store: Database,
    noted: Noted,
    *,
    wait: float = 60.0,
    home: ServedHome | None = None,
    progress: Progress = lambda _message: None,
    seconds: float = 600.0,
) -> tuple[PreparedLoad, str]:
    """Prepare a load and write it; return both. Where another load came first, plan again as long as it changed other records.

    ``noted`` is asked for the note of each plan that is to be written. ``wait`` is for how many seconds it tries. Raises DatabaseBusy, naming the
    other load, where it changed what this one looked at; and as :func:`load`.
    """
    first = prepared = plan()
    note = noted(prepared)
    deadline = time.monotonic() + wait
    while True:
        try:
            return prepared, write(prepared, store, note, home=home, progress=progress, seconds=seconds)
        except DatabaseBusy:
            again = plan()
            if again.revision == prepared.revision or time.monotonic() > deadline:
                raise
            later = [one for one in again.loads if one.number >= first.number]
            check_unmoved(first.state.fingerprints, again.state.fingerprints, later)
            progress(
                f"{', '.join(one.title for one in later) or 'another load'} came first and changed other records: planned again"
            )
            prepared, note = again, noted(again)


def hash_of_result(prepared: PreparedLoad, store: Database, load_id: str, home: ServedHome | None) -> str:
    """Return the content hash after a load; that of the plan where a new graph replaces that of ``store``."""
    found = graph_hash(store)
    return hash_after(prepared, found) if load_id and home and prepared.size.is_too_large else found


def rehearse(
    prepared: PreparedLoad, store: Database, look: Callable[[Transaction], Seen], *, seconds: float = 600.0
) -> tuple[Seen, Seen]:
    """Return what ``look`` sees before and after a prepared load, which is written and rolled back. Raises as :func:`load`."""
    check_size(prepared.size)

    def work(tx: Transaction) -> None:
        acquire_lock(tx, prepared.audience, prepared.revision)
        before = look(tx)
        row = _row(prepared, uuid.uuid4().hex, LoadNote())
        write_plan(
            tx,
            prepared.plan,
            load=row,
            ownership=ownership_rows(prepared),
            audience=prepared.audience,
            progress=_silent,
        )
        raise _Rehearsed(before, look(tx))

    try:
        store.write(work, seconds=seconds)
    except _Rehearsed as done:
        return done.seen
    raise AssertionError("a rehearsal always ends in its own exception")


def _silent(_message: str) -> None:
    """Report no progress."""


class _Rehearsed(Exception):
    def __init__(self, before: Any, after: Any) -> None:
        super().__init__("rehearsed")
        self.seen = before, after


def _left_out(prepared: PreparedLoad) -> dict[str, list[str]]:
    """Return the digests of what the graph does not get, as they are stored with the load."""
    found = {"left_out": prepared.left_out, "unneeded": prepared.unneeded}
    return {
        name: sorted(prepared.key.digests(ids, create=True).values())
        for name, ids in found.items()
        if ids and prepared.key
    }


def _collections(prepared: PreparedLoad) -> set[str]:
    owned = {str(row["collection"]) for row in prepared.owners.entries.values() if row.get("collection")}
    return owned | prepared.owners.collections.keys()


def _row(prepared: PreparedLoad, load_id: str, note: LoadNote) -> dict[str, Any]:
    """Return what is stored of a load."""
    changes = prepared.plan.changes
    return {
        "id": load_id,
        "number": prepared.number,
        "files": list(prepared.entries.files),
        "collections": sorted(_collections(prepared)),
        "added": len(changes.added),
        "changed": len(changes.changed),
        "removed": len(changes.removed),
        "journal": encode_journal(forget(prepared.journal, prepared.forgotten)),
        **_left_out(prepared),
        **note.properties,
    }


def _raise_problems(*problems: Sequence[Problem]) -> None:
    every = [problem for some in problems for problem in some]
    if every:
        raise InvalidSeeds(every)

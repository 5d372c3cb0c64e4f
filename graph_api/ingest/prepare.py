"""Everything that is known of a load before anything is written: the batch, the stored state, owners, the plan, what it would remove."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from graph_api.database.driver import Database
from graph_api.database.queries import named
from graph_api.database.stored_claims import claims_of_units, pairs
from graph_api.errors import DatabaseBusy, InvalidSeeds, Problem
from graph_api.evidence.audience import NEEDED_KINDS
from graph_api.evidence.claims import Claim, count_claims_and_links, references_of
from graph_api.evidence.merging import ids_of_people
from graph_api.ingest.apply import OwnershipRows, Progress, current_revision
from graph_api.ingest.batch import ParsedBatch
from graph_api.ingest.collections import Collection, CollectionFolders
from graph_api.ingest.fetch_state import fetch_state, stored_kinds
from graph_api.ingest.formats import SeedEntries, read_files
from graph_api.ingest.garbage import few_collections
from graph_api.ingest.journal import (
    Forgotten,
    Journal,
    LoadedClaim,
    LoadRecord,
    StoredEntry,
    encode_journal,
    forget,
    load_records,
)
from graph_api.ingest.key_file import KeyFile
from graph_api.ingest.lints.run import Findings, lint
from graph_api.ingest.load_size import LoadSize, transaction_limit
from graph_api.ingest.ownership import Ownership, foreign_entries, ownership
from graph_api.ingest.plan import LoadPlan, plan_load, rewritten_claims
from graph_api.ingest.record_parser import parse_batch, resolve_deferred
from graph_api.ingest.stale import StaleEntry, remembered_units, stale_entries
from graph_api.ingest.stored_state import StoredState
from graph_api.ingest.validate import LoadBatch, batch_scope, validate
from graph_api.ingest.withheld import Withheld, resembling_records, stored_withheld, unknown_ids
from graph_api.ontology.vocabulary import Sensitivity


@dataclass(frozen=True, slots=True)
class Selection:
    """What of the files is loaded: not the entries ``left_out``; ``removed_units`` are entries whose claims go without a replacement.

    ``collection`` owns the files that lie in no folder of a collection. With ``is_part``, complete folders remove nothing either.
    ``not_the_same`` are people who were reviewed and are not those whom they resemble. With ``ahead``, lists of withheld ids may name ids that
    nothing has yet.
    """

    left_out: frozenset[str] = frozenset()
    removed_units: frozenset[str] = frozenset()
    collection: str | None = None
    is_part: bool = False
    not_the_same: frozenset[str] = frozenset()
    ahead: bool = False


KEPT_IF_NEEDED: Final = NEEDED_KINDS - {"site"}
"""Kinds of records of which a public entry is left out where nothing public needs it, without anybody being protected by that."""

ALL: Final = Selection()
"""Everything in the files."""


@dataclass(frozen=True, slots=True)
class PreparedLoad:
    """A load that may be applied to a graph of this revision. ``loads`` are those that the graph remembers.

    ``left_out`` are entries that the audience does not get, ``unneeded`` public ones that are not in a public graph, since nothing public
    needs them: not loaded, or removed by this load.
    """

    revision: int
    audience: Sensitivity
    parsed: ParsedBatch
    batch: LoadBatch
    state: StoredState
    owners: Ownership
    stored_entries: Mapping[str, StoredEntry]
    plan: LoadPlan
    journal: Journal
    forgotten: Forgotten
    loads: tuple[LoadRecord, ...] = ()
    stale: tuple[StaleEntry, ...] = ()
    collection_sizes: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    left_out: tuple[str, ...] = ()
    unneeded: tuple[str, ...] = ()
    key: KeyFile | None = None
    reason: str | None = None
    readmitted: frozenset[str] = frozenset()
    silenced: tuple[str, ...] = ()
    withheld: frozenset[str] = frozenset()
    entries: SeedEntries = field(default_factory=lambda: SeedEntries((), (), ()))
    transaction_limit: int | None = None

    @property
    def size(self) -> LoadSize:
        """How much the load writes and removes."""
        gone = {*self.plan.changes.removed_claims}
        removed = count_claims_and_links(one for one in self.state.context.claims if one.id in gone)
        return LoadSize(*count_claims_and_links(self.plan.claims), self.transaction_limit, removed=sum(removed))

    @property
    def number(self) -> int:
        """The number that the load gets."""
        return self.loads[-1].number + 1 if self.loads else 1


@few_collections()
def prepare_load(
    files: Sequence[Path] | SeedEntries,
    store: Database,
    *,
    audience: Sensitivity,
    selection: Selection,
    key: KeyFile | None = None,
    with_lints: bool = True,
    progress: Progress = lambda _message: None,
) -> PreparedLoad:
    """Read files, or take what was read of them, check it against the graph and plan its load. Nothing is written.

    ``key`` is that of ids that are left out. Raises InvalidSeeds with every problem, IncompatibleGraph for a graph of another audience or a
    newer version, DatabaseBusy where a load changed the graph meanwhile, and every other DatabaseError.
    """
    revision = current_revision(store, audience)
    if isinstance(files, SeedEntries):
        entries = files
    else:
        progress("reading files")
        entries = read_files(files)
    parsed = parse_batch(entries.entries, selection.left_out)
    folders = _folders(entries, selection)
    stored, owned, known = _stored_owners(store, parsed, folders)
    positions = {unit: definition.position for unit, definition in parsed.definitions.items()}
    owners = ownership(positions, frozenset(parsed.withheld), folders, stored, owned, known)
    parsed.removed_units = selection.removed_units | owners.removed
    problems = [
        *entries.problems,
        *foreign_entries(positions, owners, stored, _naming_claims(store, owners, stored)),
    ]
    found = prepare_batch(
        parsed, store, revision, audience, owners, problems, key=key, with_lints=with_lints, progress=progress,
        not_the_same=selection.not_the_same, ahead=selection.ahead,
    )  # fmt: skip
    unneeded = _unneeded(found) if audience is Sensitivity.PUBLIC else frozenset()
    stated = {claim.unit for claim in found.batch.claims}
    left_out = parsed.definitions.keys() - stated - unneeded if audience is Sensitivity.PUBLIC else frozenset()
    return replace(
        found,
        left_out=tuple(sorted(left_out)),
        unneeded=tuple(sorted(unneeded)),
        key=key,
        entries=entries,
        warnings=(*entries.warnings, *found.warnings),
        collection_sizes=Counter(owned.values()),
    )


def prepare_batch(
    parsed: ParsedBatch,
    store: Database,
    revision: int,
    audience: Sensitivity,
    owners: Ownership,
    found: Sequence[Problem] = (),
    *,
    key: KeyFile | None = None,
    with_lints: bool = True,
    readmitted: frozenset[str] = frozenset(),
    not_the_same: frozenset[str] = frozenset(),
    ahead: bool = False,
    progress: Progress = lambda _message: None,
) -> PreparedLoad:
    """Check a parsed batch against the graph and plan its load; ``found`` are problems that are known already.

    ``readmitted`` are withheld ids that the load may bring back, ``ahead`` as in :class:`Selection`. Raises as :func:`prepare_load`.
    """
    if outside := {entry.subject for entry in parsed.deferred_claims} - parsed.definitions.keys():
        resolve_deferred(parsed, stored_kinds(store, outside))
    limit = transaction_limit(store)
    if (size := LoadSize(*count_claims_and_links(parsed.claims), limit)).share > 1:
        progress(f"{size.text}, if all of them are new")
    progress(f"checking {len(parsed.definitions)} records")
    listed, present = dict(parsed.withheld), pairs(store, "former_ids", parsed.withheld)
    _withhold_other_ids(parsed, parsed.claims, present)
    known = stored_withheld(store, key)
    withheld = known.without(readmitted)
    state = fetch_state(store, batch_scope(parsed), audience, withheld)
    _withhold_other_ids(parsed, [*state.context.claims, *parsed.claims], present)
    loads = load_records(row[0] for row in store.read(named("archived_loads"), seconds=60.0))
    state = replace(state, context=replace(state.context, unneeded=_unneeded_before(parsed, state, loads, key)))
    batch, problems = validate(parsed, state.context, audience)
    if listed and not ahead:
        seen = state.context
        problems = (
            *problems,
            *unknown_ids(listed, {*parsed.definitions, *present, *seen.kinds, *seen.units, *seen.withheld}),
        )
    if withheld.stored or parsed.withheld:
        withheld = replace(withheld, stored=withheld.stored | withheld.made_for(parsed.withheld, state.context.claims))
        problems = (*problems, *resembling_records(parsed, state.context.claims, withheld, not_the_same))
    findings = lint(parsed, state.context, batch.retained, batch.reduced) if with_lints else Findings()
    if problems and current_revision(store, audience) != revision:  # the state was read while another load changed it
        raise DatabaseBusy("Another load changed the graph meanwhile; nothing was changed. Try again.")
    if every := (*found, *findings.with_problems(problems)):
        raise InvalidSeeds(every)
    progress("comparing with the graph")
    plan = plan_load(batch, state, owners.adopted, _changed_collections(store, owners))
    plan = replace(plan, rewritten=_rewritten(store, batch, state, plan))
    journal = _journal(store, parsed, state, owners, plan, audience)
    stored = pairs(store, "stored_entries", {*owners.entries, *journal.entries})
    forgotten = _forgotten(parsed, batch, state, audience)
    return PreparedLoad(
        revision, audience, parsed, batch, state, owners, stored, plan,
        replace(journal, entries={one: stored.get(one) for one in journal.entries}), forgotten, loads,
        _stale(store, batch, journal, loads), warnings=findings.warnings,
        readmitted=known.of_ids(readmitted), transaction_limit=limit, key=key, withheld=withheld.stored,
    )  # fmt: skip


def _stale(store: Database, batch: LoadBatch, journal: Journal, loads: Sequence[LoadRecord]) -> tuple[StaleEntry, ...]:
    units = remembered_units(loads, journal.entries)
    if not units:
        return ()
    current = [LoadedClaim(claim, load) for claim, load in claims_of_units(store, units)]
    return tuple(stale_entries(batch.claims, current, loads, units))


def _folders(entries: SeedEntries, selection: Selection) -> CollectionFolders:
    """Return the collections of the files, with that of the files which lie in none."""
    folders = entries.collections
    if selection.is_part:
        folders = replace(folders, whole=frozenset())
    if selection.collection is None:
        return folders
    of_file = {file: folders.of_file.get(file, selection.collection) for file in entries.files}
    declared = {selection.collection: Collection(selection.collection), **folders.declared}
    return replace(folders, declared=declared, of_file=of_file)


def _stored_owners(
    store: Database, parsed: ParsedBatch, folders: CollectionFolders
) -> tuple[dict[str, StoredEntry], dict[str, str], dict[str, str]]:
    ids = frozenset(parsed.definitions)
    stored = pairs(store, "stored_entries", ids)
    return stored, pairs(store, "entries_of_collections", folders.declared), pairs(store, "stored_units", ids)


def _naming_claims(store: Database, owners: Ownership, stored: Mapping[str, StoredEntry]) -> dict[str, Claim]:
    """Return of each entry that another collection owns a stored claim that says its name, where there is one."""
    foreign = {
        unit
        for unit, row in owners.entries.items()
        if (of := stored.get(unit, {}).get("collection")) is not None and of != row.get("collection")
    }
    claims = [claim for claim, _ in claims_of_units(store, foreign)]
    own = [one for one in claims if not one.is_of_nested_record]
    return {one.unit: one for one in sorted(own, key=lambda one: ("name" in one.values, one.id))}


def _changed_collections(store: Database, owners: Ownership) -> tuple[str, ...]:
    """Return the collections whose declarations differ from what is stored of them."""
    declared = {id_: one for id_, one in owners.collections.items() if one.texts}
    if not declared:
        return ()
    stored = {row[0]: row[1] for row in store.read(named("stored_collections"))}
    return tuple(sorted(id_ for id_, one in declared.items() if stored.get(id_) != one.properties))


def _journal(
    store: Database,
    parsed: ParsedBatch,
    state: StoredState,
    owners: Ownership,
    plan: LoadPlan,
    audience: Sensitivity,
) -> Journal:
    """Return what the load removes. A public graph keeps no copy of what is removed because it must not be public."""
    gone = {*plan.changes.removed_claims}
    removed = [claim for claim in state.context.claims if claim.id in gone]
    kept = removed if audience is Sensitivity.RESTRICTED else _kept_copies(removed, parsed)
    loads = pairs(store, "loads_of_claims", {one.id for one in kept})
    if loads.keys() != {one.id for one in kept}:
        raise DatabaseBusy("Another load changed the graph meanwhile: nothing was changed, try again.")
    touched = {claim.unit for claim in (*removed, *plan.claims)} | {*owners.adopted}
    entries = dict.fromkeys(sorted(touched - parsed.withheld.keys()))
    return Journal(tuple(LoadedClaim(one, loads[one.id]) for one in kept), entries, len(kept) < len(removed))


def _kept_copies(removed: Sequence[Claim], parsed: ParsedBatch) -> list[Claim]:
    """Return the removed claims that a public graph may remember: those whose entry was changed or deleted, not withheld."""
    hidden = parsed.withheld.keys() | _restricted_units(parsed)
    replaced = parsed.definitions.keys() | parsed.removed_units
    stated = {claim.id for claim in parsed.claims}
    return [
        claim
        for claim in removed
        if claim.unit in replaced
        and claim.id not in stated
        and not hidden & {claim.unit, claim.record, *(target for _, target in references_of(claim))}
    ]


def _restricted_units(parsed: ParsedBatch) -> set[str]:
    return {claim.unit for claim in parsed.claims if claim.sensitivity is not Sensitivity.PUBLIC}


def _withhold_other_ids(parsed: ParsedBatch, claims: Sequence[Claim], present: Mapping[str, str]) -> None:
    """Withhold with an id all ids of the same record: what one of them says must not come back under another one.

    ``claims`` say which these are, ``present`` are the records that stored former ids lead to.
    """
    for one, position in list(parsed.withheld.items()):
        for other in ids_of_people({one, present.get(one, one)}, claims):
            parsed.withheld.setdefault(other, position)


def _rewritten(store: Database, batch: LoadBatch, state: StoredState, plan: LoadPlan) -> dict[str, tuple[Claim, ...]]:
    found = rewritten_claims(batch, state, plan.into)
    loads = pairs(store, "loads_of_claims", {claim.id for claim in found})
    return {load: tuple(one for one in found if loads[one.id] == load) for load in sorted({*loads.values()})}


def _unneeded(prepared: PreparedLoad) -> frozenset[str]:
    """Return the entries of which all is public, and which are not in the graph, since nothing public needs them."""
    parsed, stated = prepared.parsed, {claim.unit for claim in prepared.batch.claims}
    kinds = {one: definition.kind for one, definition in parsed.definitions.items() if one not in stated}
    gone = {*prepared.plan.changes.removed} - parsed.definitions.keys() - parsed.removed_units - parsed.withheld.keys()
    kinds |= {one: prepared.state.context.kinds.get(one, "") for one in gone}
    return frozenset(one for one, kind in kinds.items() if kind in KEPT_IF_NEEDED) - _restricted_units(parsed)


def _unneeded_before(
    parsed: ParsedBatch, state: StoredState, loads: Iterable[LoadRecord], key: KeyFile | None
) -> frozenset[str]:
    """Return the ids that a batch refers to, that nothing has, and that earlier loads left out as not needed."""
    known = {one for load in loads for one in load.note.get("unneeded", ())}
    if not known or key is None:
        return frozenset()
    missing = {one.target for one in parsed.references} - parsed.definitions.keys() - state.context.kinds.keys()
    return frozenset(one for one, digest in key.digests(missing).items() if digest in known)


def _forgotten(parsed: ParsedBatch, batch: LoadBatch, state: StoredState, audience: Sensitivity) -> Forgotten:
    """Return what earlier loads must not remember: withheld records, and what a public graph has no longer."""
    if audience is Sensitivity.RESTRICTED:
        return Forgotten(frozenset(parsed.withheld))
    units = frozenset(_restricted_units(parsed) & state.context.units.keys())
    return Forgotten(frozenset({*parsed.withheld, *(units - batch.records.keys())}), units)


def ownership_rows(prepared: PreparedLoad) -> OwnershipRows:
    """Return what a load stores of collections, entries and journals."""
    owners, changes = prepared.owners, prepared.plan.changes
    stated = {claim.unit for claim in prepared.batch.claims}
    entries = [
        {"id": unit, "properties": dict(row)}
        for unit, row in owners.entries.items()
        if unit in stated and row.get("collection") and row != prepared.stored_entries.get(unit)
    ]
    gone = {*changes.removed_claims}
    units = {claim.unit for claim in prepared.state.context.claims if claim.id in gone} - stated
    rewritten = [
        {"id": one.id, "journal": encode_journal(left)}
        for one in prepared.loads
        if (left := forget(one.journal, prepared.forgotten)) is not one.journal
    ]
    declared = [{"id": one, "properties": owners.collections[one].properties} for one in changes.collections]
    known = Withheld.of(prepared.withheld, prepared.key, create=bool(changes.withheld))
    reasons = [{"id": known.digest(one), "reason": prepared.reason} for one in changes.withheld if prepared.reason]
    return OwnershipRows(
        declared,
        entries,
        sorted(units),
        rewritten,
        reasons,
        sorted(prepared.readmitted),
        prepared.silenced,
        sorted(known.made_for(changes.withheld, prepared.state.context.claims)),
    )

"""What the loads of a graph did: every value that a record ever had, and the load that puts back what an earlier one changed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from graph_api.compiler.difference_text import display
from graph_api.database.driver import Database
from graph_api.database.queries import named
from graph_api.database.stored_claims import claims_of_units, pairs, stored_claims, stored_merges
from graph_api.errors import InvalidSeeds, NotFound, Problem
from graph_api.evidence.claims import Claim, references_of
from graph_api.ingest.apply import current_revision
from graph_api.ingest.batch import ParsedBatch, RecordDefinition, Reference
from graph_api.ingest.decisions import reviewed_people
from graph_api.ingest.journal import Forgotten, LoadedClaim, LoadRecord, forget, load_records, states_before
from graph_api.ingest.key_file import KeyFile
from graph_api.ingest.nodes import MappingNode, SourcePosition
from graph_api.ingest.ownership import Ownership
from graph_api.ingest.prepare import PreparedLoad, prepare_batch
from graph_api.ontology.vocabulary import Sensitivity

MAX_NAMED: Final = 5
SHORTEST_NAME: Final = 4
"""Letters of a word of a name that is looked for in texts."""
TELLING: Final = ("message", "files", "decisions")
"""What is noted of a load that may name somebody."""


@dataclass(frozen=True, slots=True)
class HistoricValue:
    """A value that a load added to a record or removed from it, with its citation."""

    load: LoadRecord
    is_added: bool
    subject: str
    name: str
    value: str
    cited: str


def all_loads(store: Database) -> tuple[LoadRecord, ...]:
    """Return every load of a graph, in their order."""
    return load_records(row[0] for row in store.read(named("archived_loads"), seconds=60.0))


def without_hidden(loads: Iterable[LoadRecord]) -> tuple[LoadRecord, ...]:
    """Return the loads as a steward may list them: nothing in them names what was hidden, messages, files and decisions included."""
    every = tuple(loads)
    hidden = frozenset(one for load in every for one in load.journal.hidden)
    if not hidden:
        return every
    people = [one.claim for load in every for one in load.journal.removed if one.claim.record in hidden]
    pattern = naming_pattern(hidden, (one for one in people if one.kind == "person"))
    return tuple(
        replace(
            one,
            note={key: value for key, value in one.note.items() if not (key in TELLING and is_telling(value, pattern))},
            journal=forget(one.journal, Forgotten(hidden)),
        )
        for one in every
    )


def naming_pattern(ids: Iterable[str], claims: Iterable[Claim]) -> re.Pattern[str]:
    """Return what finds these ids, or a word of a name that these claims state, in what is noted of loads."""
    return re.compile("|".join(map(re.escape, sorted({*ids, *words_of_names(claims)}))), re.IGNORECASE)


def words_of_names(claims: Iterable[Claim]) -> set[str]:
    """Return the words of the names that claims state, short ones left out."""
    names = [str(one) for claim in claims for one in (claim.values.get("name"), *claim.values.get("names", ())) if one]
    return {word for name in names for word in re.findall(r"\w+", name) if len(word) >= SHORTEST_NAME}


def is_telling(value: object, pattern: re.Pattern[str]) -> bool:
    """Whether what is noted of a load, a text or several, names somebody."""
    texts = value if isinstance(value, list | tuple) else [value]
    return any(pattern.search(str(one)) for one in texts)


def load_of_number(loads: Iterable[LoadRecord], number: int) -> LoadRecord:
    """Return the load of a number. Raises NotFound."""
    every = {one.number: one for one in loads}
    if number not in every:
        last = max(every, default=0)
        raise NotFound(
            f"No load {number}: expected a number from 1 to {last}." if last else "No loads: the graph is empty."
        )
    return every[number]


def history_of(store: Database, record: str) -> tuple[HistoricValue, ...]:
    """Return every value that a record ever had, in the order of the loads. Raises NotFound for an id that no load stated."""
    loads = without_hidden(all_loads(store))
    kept = stored_merges(store).get(record, record)
    now = [claim for claim in stored_claims(store, [kept]) if claim.record == record]
    written = pairs(store, "loads_of_claims", {claim.id for claim in now})
    past = [one for load in loads for one in load.journal.removed if one.claim.record == record]
    if not now and not past:
        raise NotFound(f"No record {record!r}: no load of this graph stated it.")
    added: dict[str, list[Claim]] = {}
    for one in (*(LoadedClaim(claim, written[claim.id]) for claim in now), *past):
        added.setdefault(one.load, []).append(one.claim)
    found: list[HistoricValue] = []
    for load in loads:
        removed = [one.claim for one in load.journal.removed if one.claim.record == record]
        for is_added, claims in ((False, removed), (True, added.get(load.id, []))):
            found += [one for claim in claims for one in _values(load, claim, is_added=is_added)]
    return _without_repetitions(found)


def _values(load: LoadRecord, claim: Claim, *, is_added: bool) -> Iterable[HistoricValue]:
    cited = f"{claim.citation.source} {claim.citation.at}" if claim.citation else claim.reason or ""
    subject = claim.subject.removeprefix(f"{claim.record}/") if claim.is_of_nested_record else ""
    for name, value in sorted(claim.values.items()):
        yield HistoricValue(load, is_added, subject, name, display(value), cited)


def _without_repetitions(values: Iterable[HistoricValue]) -> tuple[HistoricValue, ...]:
    """Return the values without those that a load removed and added again, because another value of their claim changed."""
    found = list(values)
    both = {
        (one.load.id, one.subject, one.name, one.value, one.cited)
        for one in found
        if not one.is_added and replace(one, is_added=True) in found
    }
    return tuple(one for one in found if (one.load.id, one.subject, one.name, one.value, one.cited) not in both)


# ── revert ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def prepare_revert(
    store: Database,
    number: int,
    *,
    with_later: bool = False,
    readmits: str | None = None,
    undone: Collection[int] = (),
    key: KeyFile | None = None,
) -> PreparedLoad:
    """Prepare the load that puts back what a load changed: its entries get the claims that they had before, those that it added go.

    ``readmits`` is the record that it brings back where it was hidden, ``undone`` are numbers of later loads that stand in no way, since what
    they did was taken back.

    Raises NotFound for a number that no load has; InvalidSeeds where a later load changed the same entries, which ``with_later`` reverts
    as well, and where something else refers to what goes, or where one of these loads withdrew another record; and as
    :func:`graph_api.ingest.prepare.prepare_load`.
    """
    [[stored, *_]] = store.read(named("load_state"))
    audience = Sensitivity((stored or Sensitivity.PUBLIC).upper())
    revision = current_revision(store, audience)
    loads = all_loads(store)
    reverted = load_of_number(loads, number)
    where = SourcePosition(f"load {number}", 1, 1)
    units, later = later_loads(loads, reverted, undone)
    hiding = [one for one in (reverted, *later) if one.journal.hidden and readmits not in one.journal.hidden]
    if hiding:
        raise InvalidSeeds([_hidden(where, one) for one in hiding])
    if later and not with_later:
        raise InvalidSeeds([_conflict(where, reverted, one) for one in later])
    if not with_later:
        units = {*reverted.journal.entries}
    current = [LoadedClaim(claim, load) for claim, load in claims_of_units(store, units)]
    before = states_before(current, loads, units, number)
    parsed = batch_of([one.claim for one in before], units, where)
    owners = owners_before(store, loads, units, number, {one.claim.unit for one in before})
    prepared = prepare_batch(
        parsed,
        store,
        revision,
        audience,
        owners,
        key=key,
        with_lints=False,
        readmitted=frozenset() if readmits is None else frozenset({readmits, *reverted.journal.hidden}),
        not_the_same=reviewed_people(one for load in loads for one in load.note.get("decisions") or ()),
    )
    return replace(prepared, stale=())


def conflicts(loads: Iterable[LoadRecord], reverted: LoadRecord, undone: Collection[int]) -> list[Problem]:
    """Return a problem for each later load that stands in the way of reverting a load; ``undone`` are numbers of those that do not."""
    where = SourcePosition(f"load {reverted.number}", 1, 1)
    return [_conflict(where, reverted, one) for one in later_loads(loads, reverted, undone)[1]]


def later_loads(
    loads: Iterable[LoadRecord], reverted: LoadRecord, undone: Collection[int] = ()
) -> tuple[set[str], list[LoadRecord]]:
    """Return the entries that a load changed, with those of all later loads that share entries with one of them, and these later loads.

    The loads of the numbers ``undone`` are left out.
    """
    units = {*reverted.journal.entries}
    rest = [one for one in loads if one.number > reverted.number and one.number not in undone]
    later: list[LoadRecord] = []
    while found := [one for one in rest if units & one.journal.entries.keys()]:
        later += found
        rest = [one for one in rest if one not in found]
        units |= {unit for one in found for unit in one.journal.entries}
    return units, sorted(later, key=lambda one: one.number)


def _hidden(where: SourcePosition, load: LoadRecord) -> Problem:
    message = f"Cannot revert {load.title}: it withdrew a record, which only `readmit` brings back."
    return where.problem("later-load", message)


def _conflict(where: SourcePosition, undone: LoadRecord, later: LoadRecord) -> Problem:
    both = sorted(undone.journal.entries.keys() & later.journal.entries.keys())
    more = f" and {len(both) - MAX_NAMED} more" if len(both) > MAX_NAMED else ""
    message = (
        f"Cannot revert {undone.title}: {later.title} changed {', '.join(both[:MAX_NAMED]) or 'what depends on it'}{more} since. "
        "Revert that load first, or both with --with-later."
    )
    return where.problem("later-load", message)


def batch_of(claims: Iterable[Claim], units: set[str], where: SourcePosition) -> ParsedBatch:
    """Return the batch in which these entries state these claims, and the others nothing."""
    found = list(claims)
    kinds: dict[str, str] = {}
    for claim in found:
        is_record = claim.unit == claim.record
        if not is_record or not claim.is_of_nested_record:
            kinds[claim.unit] = claim.kind if is_record else "claims"
    parsed = ParsedBatch(claims=found, is_restored=True)
    parsed.definitions = {
        unit: RecordDefinition(kind, MappingNode(where, {}, {})) for unit, kind in sorted(kinds.items())
    }
    parsed.references = [
        *(Reference(where, claim.unit, "about", claim.record, ()) for claim in found if claim.unit != claim.record),
        *(Reference(where, claim.record, name, target, ()) for claim in found for name, target in references_of(claim)),
    ]
    parsed.removed_units = frozenset(units - kinds.keys())
    return parsed


def owners_before(
    store: Database, loads: Iterable[LoadRecord], units: set[str], number: int, stated: set[str]
) -> Ownership:
    """Return the owners of these entries before a load."""
    rows: Mapping[str, object] = pairs(store, "stored_entries", units)
    owners = dict(rows)
    for load in sorted((one for one in loads if one.number >= number), key=lambda one: -one.number):
        owners |= {unit: row for unit, row in load.journal.entries.items() if unit in units}
    return Ownership(entries={unit: row for unit, row in owners.items() if unit in stated and row})  # type: ignore[misc]

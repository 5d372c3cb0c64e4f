"""Hides, erases and readmits a record: it goes with all that is only there for it, and its id is refused by every later load.

A hidden record can be readmitted as it was. An erased one is forgotten by every load; ``purge`` then leaves no trace of it on the disk.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from graph_api.database.driver import Database, Transaction
from graph_api.database.queries import named
from graph_api.database.stored_claims import all_claims
from graph_api.errors import InvalidInput, InvalidValue
from graph_api.evidence.audience import without_records
from graph_api.evidence.claims import Claim
from graph_api.evidence.merging import ids_of_people
from graph_api.ingest.apply import OwnershipRows, acquire_lock, current_revision, write_ownership
from graph_api.ingest.history import (
    TELLING,
    all_loads,
    batch_of,
    is_telling,
    later_loads,
    naming_pattern,
    owners_before,
    prepare_revert,
    words_of_names,
)
from graph_api.ingest.journal import Forgotten, Journal, LoadRecord, encode_journal, forget
from graph_api.ingest.key_file import KeyFile
from graph_api.ingest.load import LoadNote
from graph_api.ingest.nodes import SourcePosition
from graph_api.ingest.prepare import PreparedLoad, prepare_batch
from graph_api.ingest.withheld import stored_withheld
from graph_api.ontology.vocabulary import Sensitivity

UNKNOWN: Final = "unknown-withheld"
"""The code of the problem that an id is that of no record, or of nobody who is withheld; the words are the same whatever else it may be."""


class WithdrawalReason(StrEnum):
    """Why a record is hidden, erased or readmitted; the list is closed, and nobody writes a story of it."""

    REQUEST = "REQUEST"
    SAFETY = "SAFETY"
    ERROR = "ERROR"
    MINOR = "MINOR"
    COURT_ORDER = "COURT_ORDER"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A prepared withdrawal: the load that makes it, the records that go, those that lose a part, texts in which the name still stands.

    ``prepared`` is None where the record is hidden already, and only what loads remember of it goes.
    """

    record: str
    prepared: PreparedLoad | None
    gone: tuple[str, ...]
    reduced: tuple[str, ...]
    named_in: tuple[str, ...]
    forgotten: Forgotten


def prepare_withdrawal(
    store: Database, record: str, reason: WithdrawalReason, *, erase: bool, key: KeyFile | None = None
) -> Withdrawal:
    """Prepare the load that hides or erases a record of a public graph.

    Raises InvalidValue for an id that the graph does not have, InvalidInput for a graph of another audience, and as
    :func:`graph_api.ingest.prepare.prepare_load`.
    """
    [[stored, *_]] = store.read(named("load_state"))
    if stored not in (None, Sensitivity.PUBLIC.value.lower()):
        raise InvalidInput(
            "Records are withdrawn from a public graph: in a restricted one, load their entries without them."
        )
    revision = current_revision(store, Sensitivity.PUBLIC)
    loads = all_loads(store)
    every = all_claims(store)
    one_person = ids_of_people([record], every)
    own = [claim for claim in every if claim.record in one_person]
    if not own:
        if erase and (known := _hidden_with(loads, record)):
            return Withdrawal(record, None, tuple(sorted(known)), (), (), Forgotten(frozenset(known)))
        raise InvalidValue(record, "the id of a record of this graph", UNKNOWN, thing="id")
    kept = without_records(every, one_person)
    units, before, after = _touched(every, kept)
    gone = {claim.record for claim in every} - {claim.record for claim in kept}
    where = SourcePosition("withdrawal", 1, 1)
    parsed = batch_of([claim for claim in kept if claim.unit in units], units, where)
    owners = owners_before(store, loads, units, loads[-1].number + 1 if loads else 1, {claim.unit for claim in after})
    prepared = prepare_batch(parsed, store, revision, Sensitivity.PUBLIC, owners, key=key, with_lints=False)
    entries = {one for one in units if one not in {claim.unit for claim in after}}
    hidden = frozenset({*one_person, *gone, *entries})
    changes = replace(prepared.plan.changes, withheld=tuple(sorted(one_person)))
    forgotten = Forgotten(hidden) if erase else Forgotten()
    journal = replace(prepared.journal, hidden=tuple(sorted(hidden)))
    prepared = replace(
        prepared,
        plan=replace(prepared.plan, changes=changes),
        journal=replace(forget(journal, forgotten), hidden=()) if erase else journal,
        forgotten=forgotten,
        stale=(),
        reason=reason.value,
        silenced=_telling(loads, hidden, own) if erase else (),
    )
    reduced = {claim.record for claim in before} - gone
    return Withdrawal(record, prepared, tuple(sorted(gone)), tuple(sorted(reduced)), _named_in(own, kept), forgotten)


def _touched(every: Sequence[Claim], kept: Sequence[Claim]) -> tuple[set[str], list[Claim], list[Claim]]:
    """Return the entries that change, with the claims that go and those of these entries that stay or are new."""
    left, were = {claim.id for claim in kept}, {claim.id for claim in every}
    removed = [claim for claim in every if claim.id not in left]
    units = {claim.unit for claim in removed} | {claim.unit for claim in kept if claim.id not in were}
    return units, removed, [claim for claim in kept if claim.unit in units]


def _hidden_with(loads: Iterable[LoadRecord], record: str) -> set[str]:
    return {one for load in loads if record in load.journal.hidden for one in load.journal.hidden}


def _telling(loads: Iterable[LoadRecord], ids: Iterable[str], own: Iterable[Claim]) -> tuple[str, ...]:
    """Return the loads of which the message, the names of files or the decisions name the record or what goes with it."""
    pattern = naming_pattern(ids, own)
    return tuple(one.id for one in loads if any(is_telling(one.note.get(key) or "", pattern) for key in TELLING))


def _named_in(own: Iterable[Claim], kept: Iterable[Claim]) -> tuple[str, ...]:
    """Return where a name of the record still stands: in titles, descriptions, quotes and notes of other records."""
    words = words_of_names(own)
    if not words:
        return ()
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, sorted(words)))})\b", re.IGNORECASE)
    found = set()
    for claim in kept:
        texts: dict[str, Any] = dict(claim.values)
        if claim.citation is not None:
            texts |= {"quote": claim.citation.quote, "note": claim.citation.note}
        found |= {
            f"{claim.record} ({name})" for name, text in texts.items() if isinstance(text, str) and pattern.search(text)
        }
    return tuple(sorted(found))


def forget_hidden(store: Database, withdrawal: Withdrawal, note: LoadNote) -> None:
    """Let every load forget a record that was hidden before. Raises DatabaseBusy where a load changes the graph meanwhile."""
    revision = current_revision(store, Sensitivity.PUBLIC)
    loads = all_loads(store)
    own = [one.claim for load in loads for one in load.journal.removed if one.claim.record in withdrawal.forgotten.ids]
    rows = [
        {"id": one.id, "journal": encode_journal(left)}
        for one in loads
        if (left := forget(one.journal, withdrawal.forgotten)) is not one.journal
    ]
    silenced = _telling(loads, withdrawal.forgotten.ids, (one for one in own if one.kind == "person"))

    def work(tx: Transaction) -> None:
        acquire_lock(tx, Sensitivity.PUBLIC, revision)
        write_ownership(tx, OwnershipRows(journals=rows, silenced=silenced))
        _note_action(tx, loads, note)

    store.write(work)


def _note_action(tx: Transaction, loads: Sequence[LoadRecord], note: LoadNote) -> None:
    """Note what changed no record as a load of its own, so that the list of loads says who did it, and when."""
    content_hash = tx.run(named("stored_content_hash"))[0][0]
    nothing = {
        "files": [],
        "collections": [],
        "added": 0,
        "changed": 0,
        "removed": 0,
        "journal": encode_journal(Journal()),
    }
    number = loads[-1].number + 1 if loads else 1
    row = {"id": uuid.uuid4().hex, "number": number, **nothing, **note.properties}
    tx.run(named("create_load", row={**row, "hash_before": content_hash, "hash": content_hash}))


# ── readmission ─────────────────────────────────────────────────────────────────────────────────────────────────────


def prepare_readmission(store: Database, record: str, key: KeyFile | None = None) -> PreparedLoad | None:
    """Prepare the load that brings a hidden record back as it was.

    Returns None where that is not possible, since it was erased, or other loads changed the same entries: its files have to be loaded
    again once the id is free. Raises InvalidValue for an id that is not withheld.
    """
    if not stored_withheld(store, key).among([record]):
        raise InvalidValue(record, "an id that is withheld in this graph", UNKNOWN, thing="id")
    loads = all_loads(store)
    hiding = next((one for one in reversed(loads) if record in one.journal.hidden), None)
    if hiding is None or later_loads(loads, hiding)[1]:
        return None
    return prepare_revert(store, hiding.number, readmits=record, key=key)


def free_id(store: Database, record: str, note: LoadNote, key: KeyFile | None = None) -> None:
    """Let an id, and what resembles its record, be loaded again. Raises DatabaseBusy where a load changes the graph meanwhile."""
    revision = current_revision(store, Sensitivity.PUBLIC)
    freed = sorted(stored_withheld(store, key).of_ids([record]))
    loads = all_loads(store)

    def work(tx: Transaction) -> None:
        acquire_lock(tx, Sensitivity.PUBLIC, revision)
        write_ownership(tx, OwnershipRows(readmitted=freed))
        _note_action(tx, loads, note)

    store.write(work)

"""The journal of a load: what it removed, so that it can be reverted exactly. What it added is in the graph, or in the journal of a later load.

A journal is one compressed text on the node of its load. It has the claims that the load removed, each with the load that had written it,
and the collection, file and line of each entry that the load changed, as they were before.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import orjson

from graph_api.evidence.claims import Citation, Claim, Speaker, references_of
from graph_api.ontology.vocabulary import Modality, Sensitivity

StoredEntry: TypeAlias = Mapping[str, Any]
"""The collection, file and line of a seed entry; each may be missing."""


@dataclass(frozen=True, slots=True)
class LoadedClaim:
    """A claim with the id of the load that wrote it."""

    claim: Claim
    load: str


@dataclass(frozen=True, slots=True)
class Journal:
    """What a load removed: claims, and of each entry that it changed how it was owned before; None for an entry that was not there.

    ``incomplete`` says that claims were removed of which no copy may be kept, so that reverting the load cannot restore everything.
    ``hidden`` are the records and entries that the load hid.
    """

    removed: tuple[LoadedClaim, ...] = ()
    entries: Mapping[str, StoredEntry | None] = field(default_factory=dict)
    incomplete: bool = False
    hidden: tuple[str, ...] = ()


def encode_journal(journal: Journal) -> str:
    """Return a journal as one text.

    >>> decode_journal(encode_journal(Journal(entries={"a-person": None}))).entries
    {'a-person': None}
    """
    content = {
        "removed": [{"load": one.load, "claim": one.claim} for one in journal.removed],
        "entries": dict(journal.entries),
        "incomplete": journal.incomplete,
        "hidden": journal.hidden,
    }
    return base64.b64encode(zlib.compress(orjson.dumps(content, option=orjson.OPT_SORT_KEYS), 9)).decode("ascii")


def decode_journal(text: str | None) -> Journal:
    """Return the journal of a load; an empty one for loads of versions that kept none."""
    if not text:
        return Journal()
    content = orjson.loads(zlib.decompress(base64.b64decode(text)))
    removed = tuple(LoadedClaim(claim_of(row["claim"]), str(row["load"])) for row in content["removed"])
    return Journal(removed, content["entries"], bool(content["incomplete"]), tuple(content["hidden"]))


def claim_of(row: Mapping[str, Any]) -> Claim:
    """Return the claim that was written as JSON; its id is computed from its content."""
    given = {name: value for name, value in row.items() if name != "id"}
    return Claim(
        **given
        | {
            "citation": Citation(**row["citation"]) if row["citation"] else None,
            "speaker": Speaker(**row["speaker"]) if row["speaker"] else None,
            "modality": Modality(row["modality"]),
            "sensitivity": Sensitivity(row["sensitivity"]),
        }
    )


def ids_in(journal: Journal) -> set[str]:
    """Return every id that a journal names: entries, records, and what claims refer to."""
    claims = [one.claim for one in journal.removed]
    return {*journal.entries, *journal.hidden} | {one for claim in claims for one in _ids_of(claim)}


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What journals must not contain: anything that names one of these ids, and the claims of these entries."""

    ids: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()


def forget(journal: Journal, forgotten: Forgotten) -> Journal:
    """Return the journal without what must not be in it; the same journal where there is nothing of that."""
    removed = tuple(
        one
        for one in journal.removed
        if one.claim.unit not in forgotten.units and not forgotten.ids & _ids_of(one.claim)
    )
    entries = {id_: entry for id_, entry in journal.entries.items() if id_ not in forgotten.ids}
    hidden = tuple(one for one in journal.hidden if one not in forgotten.ids)
    if (len(removed), len(entries), len(hidden)) == (len(journal.removed), len(journal.entries), len(journal.hidden)):
        return journal
    return replace(journal, removed=removed, entries=entries, incomplete=True, hidden=hidden)


def _ids_of(claim: Claim) -> set[str]:
    return {claim.unit, claim.record, *(target for _, target in references_of(claim))}


@dataclass(frozen=True, slots=True)
class LoadRecord:
    """A load with its journal. ``number`` counts the loads of a graph from 1."""

    id: str
    number: int
    at: str
    note: Mapping[str, Any]
    journal: Journal

    @property
    def title(self) -> str:
        """The load as messages name it: ``load 4 (2026-11-28, olena)``."""
        who = self.note.get("steward")
        return f"load {self.number} ({self.at[:10]}{f', {who}' if who else ''})"


def load_records(rows: Iterable[Mapping[str, Any]]) -> tuple[LoadRecord, ...]:
    """Return the loads of a graph in their order, from what is stored of each; loads of earlier versions are numbered by it."""
    found: list[LoadRecord] = []
    for row in rows:
        number = row.get("number") or (found[-1].number if found else 0) + 1
        note = {key: value for key, value in row.items() if key != "journal"}
        found.append(LoadRecord(str(row["id"]), number, str(row["at"]), note, decode_journal(row.get("journal"))))
    return tuple(found)


def states_before(
    current: Iterable[LoadedClaim], loads: Sequence[LoadRecord], units: Collection[str], number: int
) -> list[LoadedClaim]:
    """Return the claims of these entries as they were before the load of this number, from the current ones.

    Each later load is taken back in turn: what it added goes, what it removed comes back.
    """
    wanted = set(units)
    found = {one.claim.id: one for one in current if one.claim.unit in wanted}
    for load in reversed([one for one in loads if one.number >= number]):
        found = {id_: one for id_, one in found.items() if one.load != load.id}
        found |= {one.claim.id: one for one in load.journal.removed if one.claim.unit in wanted}
    return list(found.values())

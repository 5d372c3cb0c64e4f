"""Reads stored claims as values, and the ids and hashes that loads and rebuilds need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson

from graph_api.database.driver import Database, chunks_of_ids
from graph_api.database.queries import named
from graph_api.errors import IncompatibleGraph
from graph_api.evidence.claims import Citation, Claim, Speaker
from graph_api.ontology.vocabulary import Modality, Sensitivity

CHUNK = 2000


def related(database: Database, query: str, ids: Iterable[str], *, seconds: float = 60.0) -> set[str]:
    """Run a named query from ids to ids."""
    return {
        row[0] for chunk in chunks_of_ids(ids, CHUNK) for row in database.read(named(query, ids=chunk), seconds=seconds)
    }


def pairs(database: Database, query: str, ids: Iterable[str], *, seconds: float = 60.0) -> dict[str, Any]:
    """Run a named query from ids to (id, value)."""
    return {
        row[0]: row[1]
        for chunk in chunks_of_ids(ids, CHUNK)
        for row in database.read(named(query, ids=chunk), seconds=seconds)
    }


def stored_claims(database: Database, ids: Iterable[str], *, seconds: float = 120.0) -> list[Claim]:
    """Return all claims about these records and their parts."""
    return [
        _claim(row[0])
        for chunk in chunks_of_ids(ids, CHUNK)
        for row in database.read(named("stored_claims", ids=chunk), seconds=seconds)
    ]


def stored_merges(database: Database) -> dict[str, str]:
    """Return the record that is kept for each one that was merged into it."""
    return {other: row[0] for row in database.read(named("merged_records")) for other in row[1]}


def claims_of_units(database: Database, units: Iterable[str], *, seconds: float = 120.0) -> list[tuple[Claim, str]]:
    """Return the claims of these seed entries, each with the id of the load that wrote it."""
    return [
        (_claim(row[0]), row[0]["load"])
        for chunk in chunks_of_ids(units, CHUNK)
        for row in database.read(named("claims_of_units", ids=chunk), seconds=seconds)
    ]


def _claim(row: Mapping[str, Any]) -> Claim:
    """Return a claim as it was loaded, also where it is stored about the record into which its own was merged."""
    values = {name: orjson.loads(text) for name, text in zip(row["properties"], row["values"], strict=True)}
    citation = None
    if row["source"] is not None:
        citation = Citation(row["source"], row["at"], row["quote"], row["quote_language"], row["note"])
    subject, record, who = row["subject"], row["record"], row["speaker"]
    if row["original"] is not None:
        subject, record, who, values = orjson.loads(row["original"])
    speaker = Speaker(who, row["role"]) if who or row["role"] else None
    return Claim(
        subject, record, row["kind"], row["unit"], values, citation, speaker,
        Modality(row["modality"]), Sensitivity(row["sensitivity"]), bool(row["announced"]), row["reason"], id=row["id"],
    )  # fmt: skip


def all_claims(database: Database, *, seconds: float = 120.0) -> list[Claim]:
    """Return every claim that is stored, in the order of their ids.

    Raises IncompatibleGraph where one was changed in the database: the id of a claim is a digest of its content.
    """
    return [claim for claim, _ in all_claims_with_loads(database, seconds=seconds)]


def all_claims_with_loads(database: Database, *, seconds: float = 120.0) -> list[tuple[Claim, str]]:
    """Return every claim that is stored with the id of the load that wrote it, in the order of the claims' ids.

    Raises as :func:`all_claims`.
    """
    found: list[tuple[Claim, str]] = []
    while True:
        after = found[-1][0].id if found else ""
        rows = database.read(named("all_claims", after=after, limit=CHUNK), seconds=seconds)
        for [row] in rows:
            claim = _claim(row)
            if replace(claim, id="").id != claim.id:
                raise IncompatibleGraph(
                    f"Claim {claim.id} about {claim.record!r} was changed in the database: evidence never changes. "
                    "Load the seed files again into an empty database."
                )
            found.append((claim, row["load"]))
        if len(rows) < CHUNK:
            return found


def all_records(database: Database, *, seconds: float = 60.0) -> list[str]:
    """Return the ids of all records in their order."""
    found: list[str] = []
    while True:
        after = found[-1] if found else ""
        page = [row[0] for row in database.read(named("all_records", after=after, limit=CHUNK), seconds=seconds)]
        found += page
        if len(page) < CHUNK:
            return found


def content_hash(hashes: Sequence[str]) -> str:
    """Return the content hash of a graph: the sum of its records' fingerprints modulo 2^256, as 64 hex digits.

    >>> content_hash([]) == "0" * 64
    True
    """
    return f"{sum(int(one, 16) for one in hashes) % 2**256:064x}"


def graph_hash(database: Database) -> str:
    """Return the content hash of what is stored."""
    return content_hash([one for row in database.read(named("all_fingerprints"), seconds=60.0) for one in row[0]])

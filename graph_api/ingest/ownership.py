"""Which collection owns each entry of a batch, what a complete folder no longer states, and ids that belong to another collection; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graph_api.errors import Problem
from graph_api.evidence.claims import Claim
from graph_api.ingest.batch import display_kind
from graph_api.ingest.collections import Collection, CollectionFolders
from graph_api.ingest.journal import StoredEntry
from graph_api.ingest.nodes import SourcePosition


@dataclass(frozen=True, slots=True)
class Ownership:
    """The owners of a batch's entries.

    ``entries`` are the rows to be stored by id, ``adopted`` stored entries that had no owner, ``removed`` entries of complete collections that
    no file states any more, ``not_examined`` how many other entries a collection has of which only some files were given.
    """

    collections: Mapping[str, Collection] = field(default_factory=dict)
    entries: Mapping[str, StoredEntry] = field(default_factory=dict)
    adopted: tuple[str, ...] = ()
    removed: frozenset[str] = frozenset()
    not_examined: Mapping[str, int] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()


def ownership(
    positions: Mapping[str, SourcePosition],
    withheld: frozenset[str],
    folders: CollectionFolders,
    stored: Mapping[str, StoredEntry],
    owned: Mapping[str, str],
    known: Mapping[str, str],
) -> Ownership:
    """Return the owners of a batch's entries, of which ``positions`` says where each stands.

    ``stored`` are the stored entries with these ids, ``owned`` all entries of the batch's collections by id, ``known`` those that
    the graph has, with an owner or without.
    """
    entries: dict[str, StoredEntry] = {}
    for unit, position in positions.items():
        collection = folders.of_file.get(position.file)
        row = {"file": folders.name_of(position.file), "line": position.line}
        entries[unit] = {"collection": collection, **row} if collection is not None else row
    adopted = tuple(
        unit
        for unit, row in sorted(entries.items())
        if unit in known and row.get("collection") and not stored.get(unit, {}).get("collection")
    )
    others = {unit: of for unit, of in owned.items() if unit not in entries and unit not in withheld}
    left = Counter(of for of in others.values() if of not in folders.whole)
    removed = frozenset(unit for unit, of in others.items() if of in folders.whole)
    return Ownership(folders.declared, entries, adopted, removed, dict(left), folders.whole)


def foreign_entries(
    positions: Mapping[str, SourcePosition],
    owners: Ownership,
    stored: Mapping[str, StoredEntry],
    claims: Mapping[str, Claim],
) -> Iterator[Problem]:
    """Yield a problem for each entry that belongs to another collection; ``claims`` has a stored claim of each that can say its name."""
    for unit, row in owners.entries.items():
        before = stored.get(unit, {})
        owner = before.get("collection")
        if owner is None or owner == row.get("collection"):
            continue
        kind = display_kind(claims[unit].kind) if unit in claims else "an entry"
        values = claims[unit].values if unit in claims else {}
        name = values.get("name") or values.get("title")
        shown = name.get("text", name) if isinstance(name, dict) else name
        where = f"{before.get('file')}:{before.get('line')}{f', {shown}' if shown else ''}"
        message = (
            f"Id {unit!r} is {_a(kind)} of the collection {owner} ({where}): expected another id, "
            "or an entry of `claims:` about it."
        )
        yield positions[unit].problem("owner", message)


def _a(kind: str) -> str:
    return kind if kind.startswith("an ") else f"{'an' if kind[0] in 'aeio' else 'a'} {kind}"

"""Brings the seeds of this version into a graph that holds those of an earlier one, and stored records to the present rules.

Only what came from shipped seeds is replaced or removed. Entries that another load stated stay as they are, and so does every record
that they refer to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from graph_api.database.driver import Database
from graph_api.database.queries import named
from graph_api.embedded import ServedHome
from graph_api.ingest.apply import Progress, check_version
from graph_api.ingest.formats import SeedEntries, read_files
from graph_api.ingest.key_file import KeyFile
from graph_api.ingest.load import LoadResult, load
from graph_api.ingest.prepare import Selection
from graph_api.ingest.rebuild import migrate_records, rebuild
from graph_api.ontology.vocabulary import Sensitivity

FORMER_FILES: Final[frozenset[str]] = frozenset()
"""Names of seed files that earlier versions shipped and this one does not. A file that is renamed or removed is added here."""

RULES: Final = ("ontology", "values", "evidence", "ingest")
"""The packages that decide what is stored for given seed files."""


@dataclass(frozen=True, slots=True)
class UpgradeResult:
    """The result of an upgrade. ``kept`` are shipped entries that another load states, which were left as they are."""

    load: LoadResult
    kept: tuple[str, ...]
    rebuilt: int


def upgrade(
    store: Database,
    folder: Path,
    *,
    key: KeyFile | None = None,
    home: ServedHome | None = None,
    progress: Progress = lambda _message: None,
    seconds: float = 600.0,
) -> UpgradeResult | None:
    """Load the shipped seeds below ``folder`` into an empty graph, or into one with the shipped seeds of another version.

    Returns None where the graph has them already, or holds other seeds only. An interrupted upgrade is repeated by the next call, and so is one
    that made a new graph of a private Neo4j in ``home`` (``home.is_replaced``), with that graph.
    Raises IncompatibleGraph for a graph of a newer version, InvalidSeeds where the seeds contradict what other loads stored, and every
    DatabaseError; nothing was changed then.
    """
    [[audience, digest, version, records]] = store.read(named("upgrade_state"))
    check_version(version)
    for name in migrate_records(store, home=home, progress=progress, seconds=seconds):
        progress(f"migrated: {name}")
    if home is not None and home.is_replaced:
        return None
    current = content_version(folder)
    loads = _shipped_loads(store, folder)
    if digest == current or (records and not loads):
        return None
    entries = read_files([folder])
    kept = _stated_elsewhere(store, entries, loads)
    retired = _retired_units(store, entries, loads)
    progress("bringing the shipped seeds up to date" if records else "loading the shipped seeds")
    result = load(
        [folder],
        store,
        audience=Sensitivity((audience or Sensitivity.PUBLIC).upper()),
        selection=Selection(left_out=kept, removed_units=retired, is_part=True, ahead=True),
        key=key,
        home=home,
        progress=progress,
        seconds=seconds,
    )
    if home is not None and home.is_replaced:
        return UpgradeResult(result, tuple(sorted(kept)), 0)
    rebuilt = rebuild(store, home=home, progress=progress, seconds=seconds).changed if records else 0
    if home is None or not home.is_replaced:
        store.write(lambda tx: tx.run(named("record_content_version", content_version=current)))
    return UpgradeResult(result, tuple(sorted(kept)), rebuilt)


def content_version(folder: Path) -> str:
    """Return a digest of the shipped seeds and of the rules by which they are stored."""
    digest = hashlib.sha256()
    package = Path(__file__).parent.parent
    sources = (path for name in RULES for path in (package / name).rglob("*.py"))
    for root, paths in ((folder, folder.rglob("*")), (package, sources)):
        for path in sorted(path for path in paths if path.is_file()):
            digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _shipped_loads(store: Database, folder: Path) -> list[str]:
    """Return the ids of the loads of which every file is one of the shipped seeds, of this version or an earlier one."""
    shipped = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} | FORMER_FILES
    return [load for load, files in store.read(named("all_loads")) if files and all(_name(f) in shipped for f in files)]


def _name(file: str) -> str:
    """Return the name of a seed file below the folder ``seeds``; the whole name where it is in no such folder.

    >>> _name("/home/somebody/project/seeds/articles/people.yaml")
    'articles/people.yaml'
    """
    parts = PurePath(file).parts
    start = len(parts) - parts[::-1].index("seeds") if "seeds" in parts else 0
    return PurePath(*parts[start:]).as_posix()


def _stated_elsewhere(store: Database, entries: SeedEntries, loads: Sequence[str]) -> frozenset[str]:
    """Return the entries of the shipped seeds that the graph has from another load."""
    ids = [one for one in (entry.id for entry in entries.entries) if one]
    return frozenset(
        row[0] for row in store.read(named("units_of_other_loads", ids=ids, loads=list(loads)), seconds=60.0)
    )


def _retired_units(store: Database, entries: SeedEntries, loads: Sequence[str]) -> frozenset[str]:
    """Return the stored entries that only earlier shipped seeds state, without those to which something else refers."""
    shipped = {entry.id for entry in entries.entries}
    stored = {row[0] for row in store.read(named("units_of_loads", loads=list(loads)), seconds=60.0)}
    retired = stored - shipped
    rows = store.read(named("references_to", ids=sorted(retired)), seconds=60.0) if retired else []
    return _unreferenced(retired, {(unit, target) for unit, target in rows if unit not in shipped})


def _unreferenced(units: Iterable[str], references: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the units to which nothing refers that stays. A reference is (unit, record).

    >>> sorted(_unreferenced(["a", "b", "c"], [("theirs", "a"), ("a", "b"), ("c", "c")]))
    ['c']
    """
    retired = set(units)
    while needed := {target for unit, target in references if target in retired and unit not in retired}:
        retired -= needed
    return frozenset(retired)

"""Plans in files: which files were planned, and what of the graph the plan looked at. A plan is refused only where one of these changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import orjson

from graph_api.errors import DatabaseBusy, InvalidInput
from graph_api.ingest.formats import SeedEntries
from graph_api.ingest.journal import LoadRecord
from graph_api.ingest.prepare import PreparedLoad

FORMAT: Final = 1
SUFFIX: Final = ".plan"
MAX_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan as it is kept in a file.

    ``files`` are the SHA-256 sums of the seed files, and of what is read with them, by name; ``looked_at`` are the fingerprints of the stored
    records that the load affects, ``load`` the number of the last load then.
    """

    paths: tuple[str, ...]
    collection: str | None
    audience: str
    files: Mapping[str, str]
    looked_at: Mapping[str, str]
    load: int
    format: int = FORMAT


def saved_plan(prepared: PreparedLoad, paths: Sequence[Path], collection: str | None) -> SavedPlan:
    """Return a prepared load as a plan to be kept."""
    looked_at = dict(prepared.state.fingerprints)
    return SavedPlan(
        tuple(map(str, paths)), collection, prepared.audience.value, _sums(prepared.entries), looked_at, prepared.number - 1
    )  # fmt: skip


def write_saved_plan(plan: SavedPlan, file: Path) -> None:
    """Write a plan. Raises InvalidInput where the file cannot be written."""
    try:
        file.write_bytes(orjson.dumps(asdict(plan), option=orjson.OPT_INDENT_2))
    except OSError as error:
        raise InvalidInput(f"Cannot write {file}: {error.strerror}.") from None


def read_saved_plan(file: Path) -> SavedPlan:
    """Read a plan. Raises InvalidInput where it is none, or of another version."""
    try:
        content = orjson.loads(file.read_bytes())
        if content["format"] != FORMAT:
            raise InvalidInput(f"Invalid format {content['format']} of {file}: expected {FORMAT}, of this version.")
        return SavedPlan(**content | {"paths": tuple(content["paths"])})
    except OSError as error:
        raise InvalidInput(f"Cannot read {file}: {error.strerror}.") from None
    except (ValueError, LookupError, TypeError):
        raise InvalidInput(f"Invalid plan {file}: expected a file of `detention-graph plan --out`.") from None


def check_saved_plan(plan: SavedPlan, prepared: PreparedLoad) -> None:
    """Raise InvalidInput where the seed files are not those of the plan, DatabaseBusy where the graph moved on where the plan looked."""
    sums = _sums(prepared.entries)
    if changed := sorted(one for one in {*sums, *plan.files} if sums.get(one) != plan.files.get(one)):
        raise InvalidInput(f"Files changed since the plan: {', '.join(changed[:MAX_NAMED])}. Plan again.")
    later = [one for one in prepared.loads if one.number > plan.load]
    check_unmoved(plan.looked_at, prepared.state.fingerprints, later)


def check_unmoved(before: Mapping[str, str], now: Mapping[str, str], later: Iterable[LoadRecord]) -> None:
    """Raise DatabaseBusy where a record that a plan looked at differs now; ``later`` are the loads since."""
    moved = sorted(one for one in {*before, *now} if before.get(one) != now.get(one))
    if moved:
        more = f" and {len(moved) - MAX_NAMED} more" if len(moved) > MAX_NAMED else ""
        by = ", ".join(one.title for one in later) or "Another load"
        raise DatabaseBusy(
            f"{by} changed {', '.join(moved[:MAX_NAMED])}{more} since the plan: nothing was changed, plan again."
        )


def _sums(entries: SeedEntries) -> dict[str, str]:
    return {one: hashlib.sha256(Path(one).read_bytes()).hexdigest() for one in (*entries.files, *entries.parts)}

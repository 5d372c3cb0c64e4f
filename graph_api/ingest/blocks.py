"""A load that is larger than a transaction, as blocks: each is a load of its own of one group, which is taken back as a whole.

The blocks follow the order of references, so that each refers to what is stored. The graph is between the old and the new content until the last
one; but no block states anything that the whole load does not: what would be shown while other blocks are missing, and withheld with them, is
left to the last one. The graph says meanwhile that it holds a part only, until the group is complete or taken back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from graph_api.database.driver import Database
from graph_api.database.queries import named
from graph_api.errors import DecisionRequired, GraphApiError, InvalidSeeds, NotFound
from graph_api.evidence.audience import NEEDED_KINDS
from graph_api.evidence.claims import count_claims_and_links, references_of
from graph_api.ingest.apply import Progress
from graph_api.ingest.batch import ParsedBatch
from graph_api.ingest.decisions import disclosed
from graph_api.ingest.formats import SeedEntries
from graph_api.ingest.history import all_loads, conflicts, prepare_revert
from graph_api.ingest.journal import LoadRecord
from graph_api.ingest.key_file import KeyFile
from graph_api.ingest.load import LoadNote, Noted, write
from graph_api.ingest.load_size import BYTES
from graph_api.ingest.prepare import PreparedLoad, Selection, prepare_load

FULL: Final = 0.6
"""The part of the limit of a transaction up to which a block is filled: what it changes besides is not counted."""


@dataclass(frozen=True, slots=True)
class BlocksResult:
    """The name of a group of loads, and how many of them were written now."""

    group: str
    written: int


def load_in_blocks(
    plan: Callable[[], PreparedLoad],
    store: Database,
    noted: Noted,
    *,
    selection: Selection,
    with_lints: bool = True,
    progress: Progress = lambda _message: None,
    seconds: float = 600.0,
) -> BlocksResult:
    """Write a planned load in blocks. ``plan`` prepares the whole load, at first and at the end; ``noted`` gives the note of each of the two.

    It is asked for the note of a block too that shows somebody whom another load left out since the first plan. The same load again goes on
    where it stopped, in the same group. Raises as :func:`graph_api.ingest.load.load`; the blocks that were written before stay.
    """
    whole = plan()
    note, shown = _grouped(whole, noted(whole)), disclosed(whole)

    def of_group(found: PreparedLoad) -> LoadNote:
        return replace(noted(found), group=note.group, group_of=note.group_of)

    new = {claim.unit for claim in whole.plan.claims}
    units = _in_order(whole.parsed, [one for one in whole.parsed.definitions if one in new])
    is_new = all(one.note.get("group") != note.group for one in whole.loads)
    written = 0
    _mark_loading(store, note.group if units else None)
    try:
        for block in _prepared_blocks(whole, units, store, selection, with_lints=with_lints, progress=progress):
            if not disclosed(block) <= shown:
                note = of_group(block)
            written += bool(write(block, store, note, progress=progress, seconds=seconds))
        progress("what is left")
        rest = plan()
        note = of_group(rest)
        written += bool(write(rest, store, note, progress=progress, seconds=seconds))
    except BaseException as error:
        if is_new and not written:
            with suppress(GraphApiError):
                _mark_loading(store, None)
        if written and isinstance(error, DecisionRequired):
            group = f"{note.group} is written in part ({written} load{'s' if written > 1 else ''})"
            goes_on = f"the same command with the decision goes on, `revert {note.group}` takes it back"
            raise DecisionRequired(error.lines, f"{group}: {goes_on}") from None
        raise
    _mark_loading(store, None)
    return BlocksResult(note.group or "", written)


def _prepared_blocks(
    whole: PreparedLoad,
    units: Sequence[str],
    store: Database,
    selection: Selection,
    *,
    with_lints: bool,
    progress: Progress,
) -> Iterator[PreparedLoad]:
    """Yield the loads of these entries, block by block, as each is to be written; what has to be left to the last load is in none."""
    stored = {*whole.state.context.kinds}
    is_done = False
    while units and not is_done:
        left: list[str] = []
        found = list(_blocks(whole, units))
        for number, some in enumerate(found, 1):
            block, those = _prepare(whole, some, left, stored, store, selection, with_lints=with_lints)
            progress(f"block {number} of {len(found)}: {len(those):,} entries")
            if block is not None:
                yield block
            stored |= those
            left += [one for one in some if one not in those]
        is_done = left == units
        units = left


def _mark_loading(store: Database, group: str | None) -> None:
    """Note the group of which the graph holds a part from now on; None: it is whole."""
    store.write(lambda tx: tx.run(named("mark_loading", group=group)))


def _grouped(whole: PreparedLoad, note: LoadNote) -> LoadNote:
    """Return the note with the group of the load: that of an earlier try of the same content, else a new one."""
    stated = sorted({*(claim.id for claim in whole.parsed.claims), *whole.parsed.removed_units})
    content = hashlib.sha256("\n".join(stated).encode()).hexdigest()
    groups = [one.note["group"] for one in whole.loads if one.note.get("group_of") == content]
    return replace(note, group=groups[-1] if groups else f"group-{whole.number}", group_of=content)


def _blocks(whole: PreparedLoad, units: Sequence[str]) -> Iterator[list[str]]:
    """Yield these entries in their order, as many at a time as a transaction certainly holds."""
    sizes: dict[str, int] = {}
    for claim in whole.plan.claims:
        sizes[claim.unit] = sizes.get(claim.unit, 0) + sum(count_claims_and_links([claim]))
    most = FULL * (whole.transaction_limit or 0) / BYTES
    block: list[str] = []
    held = 0
    for unit in units:
        if block and held + sizes.get(unit, 0) > most:
            yield block
            block, held = [], 0
        block.append(unit)
        held += sizes.get(unit, 0)
    if block:
        yield block


def _in_order(parsed: ParsedBatch, units: Iterable[str]) -> list[str]:
    """Return these entries and those that they refer to, each after what it refers to."""
    named = _named(parsed)
    found: dict[str, None] = {}
    seen: set[str] = set()
    for unit in units:
        if unit in seen:
            continue
        seen.add(unit)
        pending = [(unit, iter(sorted(named.get(unit, ()))))]
        while pending:
            one, targets = pending[-1]
            new = next((target for target in targets if target not in seen), None)
            if new is None:
                found[one] = None
                pending.pop()
            else:
                seen.add(new)
                pending.append((new, iter(sorted(named.get(new, ())))))
    return list(found)


def _named(parsed: ParsedBatch) -> dict[str, set[str]]:
    """Return the entries of a batch that each of them refers to."""
    found: dict[str, set[str]] = {}
    for claim in parsed.claims:
        targets = {claim.record, *(target for _, target in references_of(claim))}
        found.setdefault(claim.unit, set()).update((targets & parsed.definitions.keys()) - {claim.unit})
    return found


def _prepare(
    whole: PreparedLoad,
    units: Sequence[str],
    left: Collection[str],
    stored: Collection[str],
    store: Database,
    selection: Selection,
    *,
    with_lints: bool,
) -> tuple[PreparedLoad | None, set[str]]:
    """Prepare the load of those of these entries of which it states just what the whole load does; return it with them.

    ``left`` are entries that are not stored yet since it would not, ``stored`` those that are.
    """
    named, final = _named(whole.parsed), _stated(whole)
    own = set().union(*final.values(), (one.id for one in whole.batch.retained))
    wanted = _without(units, left, named)
    while wanted:
        entries = _only(whole, wanted, named, stored)
        part = replace(selection, is_part=True)
        block = prepare_load(
            entries, store, audience=whole.audience, selection=part, key=whole.key, with_lints=with_lints
        )
        stated = _stated(block)
        other = {one for one in wanted if stated.get(one) != final.get(one) and not _is_kept_if_needed(whole, one)}
        other |= {claim.unit for claim in block.plan.claims if claim.id not in own}
        if not other:
            return block, wanted
        less = _without(wanted, other, named)
        wanted = set() if less == wanted else less
    return None, wanted


def _stated(load: PreparedLoad) -> dict[str, set[str]]:
    """Return the ids of the claims that a load states, by entry."""
    found: dict[str, set[str]] = {}
    for claim in load.batch.claims:
        found.setdefault(claim.unit, set()).add(claim.id)
    return found


def _is_kept_if_needed(whole: PreparedLoad, unit: str) -> bool:
    return whole.parsed.definitions[unit].kind in NEEDED_KINDS


def _without(wanted: Collection[str], early: Collection[str], named: Mapping[str, Collection[str]]) -> set[str]:
    """Return the entries without some of them, and without those that refer to one that is left out."""
    gone = set(early)
    left = set(wanted) - gone
    while more := {one for one in left if gone.intersection(named.get(one, ()))}:
        gone |= more
        left -= more
    return left


def _only(
    whole: PreparedLoad, wanted: Collection[str], named: Mapping[str, Collection[str]], stored: Collection[str]
) -> SeedEntries:
    """Return these entries, with what they refer to and may not be stored: what a public graph never has, or only where something needs it.

    What is withheld and which ids were moved is in every block, the latter where the records to which they lead are there.
    """
    kinds = {one: definition.kind for one, definition in whole.parsed.definitions.items()}
    absent = kinds.keys() - {claim.unit for claim in whole.batch.claims}
    needed = set(wanted)
    pending = list(wanted)
    while pending:
        targets = {
            one
            for one in named.get(pending.pop(), ())
            if one not in needed and (kinds[one] in NEEDED_KINDS or one in absent)
        }
        needed |= targets
        pending += targets
    needed |= {former for former, present in whole.parsed.moved.items() if present in needed or present in stored}
    kept = tuple(one for one in whole.entries.entries if one.section == "withheld" or one.id in needed)
    return replace(whole.entries, entries=kept)


# ── revert ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def revert_group(
    store: Database,
    group: str,
    note: LoadNote,
    check: Callable[[PreparedLoad], None],
    *,
    key: KeyFile | None = None,
    progress: Progress = lambda _message: None,
    seconds: float = 600.0,
) -> BlocksResult:
    """Revert the loads of a group, the last one first, each as a load of its own of the group ``revert of GROUP``.

    ``check`` refuses a load where a decision is missing. The same command again goes on where it stopped. Raises NotFound for a group that no
    load has, InvalidSeeds where a load of another group stands in the way of one of them: nothing is changed then.
    """
    loads = all_loads(store)
    members = [one for one in loads if one.note.get("group") == group]
    if not members:
        raise NotFound(f"No group {group!r}: expected {_groups(loads) or 'the number of a load; no load has a group'}.")
    own = {one.number for one in members}
    reverts = {one.note.get("reverts"): one.number for one in loads if one.note.get("reverts") in own}
    undone = {*own, *reverts.values()}
    left = [one for one in reversed(members) if one.number not in reverts]
    if problems := [problem for one in left for problem in conflicts(loads, one, undone)]:
        raise InvalidSeeds(problems)
    if left:
        _mark_loading(store, group)
    for count, one in enumerate(left, 1):
        progress(f"reverting load {one.number}, {count} of {len(left)}")
        prepared = prepare_revert(store, one.number, undone=undone, key=key)
        check(prepared)
        undone.add(prepared.number)
        of_group = replace(note, reverts=one.number, group=f"revert of {group}")
        write(prepared, store, of_group, progress=progress, seconds=seconds)
    _mark_loading(store, None)
    return BlocksResult(group, len(left))


def _groups(loads: Sequence[LoadRecord]) -> str:
    found = dict.fromkeys(str(one.note["group"]) for one in loads if one.note.get("group"))
    return f"one of {', '.join(found)}" if found else ""

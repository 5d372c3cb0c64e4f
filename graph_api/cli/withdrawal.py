"""``detention-graph hide``, ``erase`` and ``readmit``: a record that must not be shown goes within minutes, and may come back."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from graph_api.cli.common import (
    JsonOption,
    Steward,
    open_key,
    print_progress,
    print_result,
    read_settings,
    user_name,
)
from graph_api.cli.current_graph import open_current_graph
from graph_api.database.stored_claims import graph_hash
from graph_api.errors import InvalidValue
from graph_api.ingest.key_file import KeyFile
from graph_api.ingest.load import LoadNote, write
from graph_api.ingest.withdrawal import (
    Withdrawal,
    WithdrawalReason,
    forget_hidden,
    free_id,
    prepare_readmission,
    prepare_withdrawal,
)
from graph_api.values.words import parse_word, seed_word

Record = Annotated[str, typer.Argument(help="The id of a record.")]
Reason = Annotated[str, typer.Option(help=f"Why: {', '.join(map(seed_word, WithdrawalReason))}.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would go, and change nothing.")]


def hide(
    record: Record, reason: Reason, steward: Steward = None, dry_run: DryRun = False, as_json: JsonOption = False
) -> None:
    """Take a record out of a public graph with all that is only there for it; every later load refuses its id. `readmit` brings it back.

    Example: detention-graph hide iryna-horobtsova --reason safety --dry-run
    """
    _withdraw(record, reason, steward or user_name(), erase=False, dry_run=dry_run, as_json=as_json)


def erase(
    record: Record,
    reason: Reason,
    second: Annotated[str, typer.Option("--second-steward", help="Who else decided this; not the one who runs it.")],
    steward: Steward = None,
    dry_run: DryRun = False,
    as_json: JsonOption = False,
) -> None:
    """Hide a record and let every load forget it. `purge` then removes what is left of it on the disk; backups have to be destroyed.

    Example: detention-graph erase iryna-horobtsova --reason request --second-steward olena --dry-run
    """
    who = steward or user_name()
    if second.strip().casefold() in ("", who.strip().casefold()):
        raise InvalidValue(second, f"the name of a second steward, who is not {who}", thing="--second-steward")
    _withdraw(record, reason, f"{who}, {second.strip()}", erase=True, dry_run=dry_run, as_json=as_json)


def readmit(record: Record, reason: Reason, steward: Steward = None, as_json: JsonOption = False) -> None:
    """Bring a hidden record back as it was; where it was erased, or its entries were changed since, let its files be loaded again.

    Example: detention-graph readmit iryna-horobtsova --reason error
    """
    parse_word(WithdrawalReason, reason)
    settings = read_settings()
    with open_current_graph(settings) as (store, _):
        key = open_key(store, settings)
        prepared = prepare_readmission(store, record, key)
        if prepared is None:
            free_id(store, record, LoadNote(steward or user_name(), f"readmission: {reason}; the id is free"), key)
            note = "the id may be loaded again: load the files of its collection"
        else:
            who = LoadNote(steward or user_name(), f"readmission: {reason}")
            write(prepared, store, who, progress=print_progress, seconds=settings.load_seconds)
            note = f"readmitted by load {prepared.number}"
        content = graph_hash(store)
    result = {"readmitted": prepared is not None, "contentHash": content}
    print_result(result if as_json else f"{note}\ncontent hash {content}")


def _withdraw(record: str, reason: str, steward: str, *, erase: bool, dry_run: bool, as_json: bool) -> None:
    why = parse_word(WithdrawalReason, reason)
    settings = read_settings()
    with open_current_graph(settings) as (store, _):
        key = KeyFile(settings.data_dir) if dry_run else open_key(store, settings)
        found = prepare_withdrawal(store, record, why, erase=erase, key=key)
        note = LoadNote(steward, f"{'erased' if erase else 'hidden'}: {seed_word(why)}")
        if not dry_run and found.prepared is not None:
            write(found.prepared, store, note, progress=print_progress, seconds=settings.load_seconds)
        elif not dry_run:
            forget_hidden(store, found, note)
        content = graph_hash(store)
    print_result(_json(found, content, dry_run) if as_json else _text(found, content, erase=erase, dry_run=dry_run))


def _text(found: Withdrawal, content: str, *, erase: bool, dry_run: bool) -> str:
    verb = "erased" if erase else "hidden"
    lines = [f"{'would be ' if dry_run else ''}{verb}: {len(found.gone)} records", f"  {', '.join(found.gone)}"]
    if found.reduced:
        lines.append(f"records that name it no longer: {', '.join(found.reduced)}")
    if found.named_in:
        lines.append(f"the name still stands in: {', '.join(found.named_in)}. Correct these entries")
    if erase and not dry_run:
        lines.append("run `detention-graph purge` now, and destroy the backups that hold it")
    return "\n".join([*lines, f"content hash {content}"])


def _json(found: Withdrawal, content: str, dry_run: bool) -> dict[str, Any]:
    return {
        "applied": not dry_run,
        "gone": list(found.gone),
        "reduced": list(found.reduced),
        "namedIn": list(found.named_in),
        "contentHash": content,
    }

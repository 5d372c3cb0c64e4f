"""What a check or a load found, in words and as JSON."""

from __future__ import annotations

from collections import Counter
from typing import Any

from graph_api.ingest.load import LoadResult
from graph_api.ingest.reader import SeedEntries
from graph_api.ingest.stored_state import LoadBatch

SHOWN = 10


def format_check_json(entries: SeedEntries, batch: LoadBatch) -> dict[str, Any]:
    """Return what a check found, for machines."""
    return {"files": len(entries.files), "records": batch.records, "claims": len(batch.claims), "problems": []}


def format_check_text(entries: SeedEntries, batch: LoadBatch) -> str:
    """Return what a check found."""
    return f"{len(entries.files)} files, {batch.records} records, {len(batch.claims)} claims: no problem"


def format_json(receipt: LoadResult) -> dict[str, Any]:
    """Return what a load did, or would do, for machines."""
    plan = receipt.plan
    return {
        "applied": receipt.is_applied,
        "load": receipt.load or None,
        "files": len(receipt.files),
        "added": list(plan.added),
        "changed": list(plan.changed),
        "removed": list(plan.removed),
        "withheld": list(plan.withheld),
        "same": plan.unchanged,
        "claimsAdded": len(plan.new_claims),
        "claimsRemoved": len(plan.old_claims),
        "contentHash": receipt.content_hash,
    }


def format_text(receipt: LoadResult) -> str:
    """Return what a load did, or would do."""
    plan = receipt.plan
    if plan.changes_nothing:
        return f"nothing to change: all {plan.unchanged} records are as they are stored\ncontent hash {receipt.content_hash}"
    verb = "loaded" if receipt.is_applied else "would change (nothing was changed)"
    counts = [
        (len(plan.added), "added"),
        (len(plan.changed), "changed"),
        (len(plan.removed), "removed"),
        (len(plan.withheld), "withheld"),
        (plan.unchanged, "the same"),
    ]
    lines = [f"{verb}: " + ", ".join(f"{count} {word}" for count, word in counts if count)]
    lines.append(f"claims: {len(plan.new_claims)} new, {len(plan.old_claims)} taken back")
    kinds = Counter(plan.kinds.get(record, "record").partition("/")[0] for record in plan.added)
    if kinds:
        lines.append("added: " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())))
    for word, ids in (("changed", plan.changed), ("removed", plan.removed)):
        if ids:
            more = f" and {len(ids) - SHOWN} more (--json lists all)" if len(ids) > SHOWN else ""
            lines.append(f"{word}: {', '.join(ids[:SHOWN])}{more}")
    lines.append(f"content hash {receipt.content_hash}")
    return "\n".join(lines)

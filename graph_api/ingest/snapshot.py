"""What the graph states of itself: its content hash and the day up to which sources were read, written with every change of its records."""

from __future__ import annotations

from graph_api.database.driver import Transaction
from graph_api.database.queries import named
from graph_api.database.stored_claims import content_hash


def write_snapshot(tx: Transaction) -> str:
    """Write the content hash of the records as they are now in the transaction, and the last day on which a source was read; return the hash."""
    found = content_hash([one for row in tx.run(named("all_fingerprints")) for one in row[0]])
    tx.run(named("record_snapshot", content_hash=found))
    return found

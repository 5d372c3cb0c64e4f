"""Builds a graph from an archive: through Neo4j's transactions, or through its bulk importer where no transaction holds the records."""

from __future__ import annotations

from graph_api.database.driver import Database, chunks, open_database
from graph_api.database.migrations import migrate
from graph_api.database.stored_claims import graph_hash
from graph_api.embedded.replace import HeldHome
from graph_api.errors import IncompatibleGraph
from graph_api.evidence.claims import Claim, count_claims_and_links
from graph_api.evidence.merging import merges
from graph_api.evidence.projection import PROJECTION_VERSION
from graph_api.ingest.apply import Progress, check_version, write_claims
from graph_api.ingest.archive import CHUNK, Archive, is_empty, project_archive, write_all_but_evidence
from graph_api.ingest.load_size import LoadSize
from graph_api.ingest.new_graph import address_of, complete, write_files
from graph_api.ingest.rebuild import rebuild


def build_graph(
    archive: Archive, home: HeldHome, *, progress: Progress = lambda _message: None, seconds: float = 600.0
) -> None:
    """Replace the graph of a home by that of an archive, which has what the rules of this version show (``add_withheld``).

    Raises as :func:`write_graph`, and EmbeddedDatabaseError where the import fails; the present graph is unchanged then.
    """
    check_version(archive.version)
    if not LoadSize(*count_claims_and_links(archive.claims), home.transaction_limit).is_too_large:
        with home.replacement() as endpoint, open_database(address_of(endpoint)) as store:
            write_graph(archive, store, progress=progress, seconds=seconds)
        return
    _, records = project_archive(archive)
    with (
        home.replacement(lambda folder: write_files(archive, records, folder, progress)) as endpoint,
        open_database(address_of(endpoint)) as store,
    ):
        complete(archive, records, store, progress=progress, seconds=seconds)


def write_graph(
    archive: Archive, store: Database, *, progress: Progress = lambda _message: None, seconds: float = 600.0
) -> None:
    """Write the content into an empty graph, and compute its records.

    An interruption leaves a graph that is not ready (``/readyz``) and that only a new, empty one replaces. Raises IncompatibleGraph for a
    graph that is not empty, for an archive of a newer version, or where the content hash is not that of the archive afterwards; and every
    other DatabaseError.
    """
    check_version(archive.version)
    if not is_empty(store):
        raise IncompatibleGraph("The graph is not empty: expected an empty database.")
    migrate(store)
    _, records = project_archive(archive)
    progress(f"writing {len(records)} records and {len(archive.claims)} claims")
    rows = [{"id": one, "labels": list(record.node.labels), "properties": {}} for one, record in records.items()]
    for some in chunks(rows, CHUNK):
        store.write(lambda tx, some=some: tx.write("upsert_records", some), seconds=seconds)  # type: ignore[misc]
    into = merges(archive.claims)
    for load, claims in _by_load(archive):
        for stated in chunks(claims, CHUNK):
            store.write(
                lambda tx, stated=stated, load=load: write_claims(tx, stated, load, lambda _: None, into),  # type: ignore[misc]
                seconds=seconds,
            )
    write_all_but_evidence(archive, store, seconds=seconds)
    found = rebuild(store, progress=progress, seconds=seconds).content_hash if records else graph_hash(store)
    if found != archive.content_hash and archive.projection == PROJECTION_VERSION:
        raise IncompatibleGraph(f"Content hash mismatch: expected {archive.content_hash}, the new graph has {found}.")


def _by_load(archive: Archive) -> list[tuple[str, list[Claim]]]:
    claims: dict[str, list[Claim]] = {}
    for claim in archive.claims:
        claims.setdefault(archive.load_of[claim.id], []).append(claim)
    return list(claims.items())

"""Stores what was known on each day, so that operations as of a day can be answered: the versions of all nodes.

The versions follow from the claims that the graph holds, and every load removes them in its transaction: an operation as of a day is refused
until they are stored again. They are no part of the content hash, which covers all that they follow from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graph_api.database.driver import Database, Transaction
from graph_api.database.queries import named
from graph_api.database.stored_claims import all_claims
from graph_api.ingest.apply import acquire_lock, check_version
from graph_api.ingest.rebuild import migrate_records
from graph_api.ingest.stored_graph import Key
from graph_api.ingest.versions import Version, VersionLink, links, versions_of
from graph_api.ontology.names import AS_OF, AS_OF_FROM, AS_OF_KEY, AS_OF_LABELS, AS_OF_UNTIL, as_of_label
from graph_api.ontology.vocabulary import Sensitivity

_FULL_TEXT: Final = (
    "OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words', `fulltext.eventually_consistent`: false}}"
)


@dataclass(frozen=True, slots=True)
class StoredVersions:
    """How many versions of nodes, and relationships between them, are stored, and of how many nodes."""

    nodes: int
    versions: int
    links: int


def store_versions(
    store: Database, *, progress: Callable[[str], None] = lambda _message: None, seconds: float = 3600.0
) -> StoredVersions:
    """Compute what was known on each day from the stored claims, and store it, all or nothing.

    Raises IncompatibleGraph where the graph is of a newer version, DatabaseBusy where a load changed it meanwhile, and every other
    DatabaseError.
    """
    [[_, _, version, *_]] = store.read(named("load_state"))
    check_version(version)
    migrate_records(store, progress=progress, seconds=seconds)
    for text in index_commands(store):
        store.change_schema(text)
    [[audience, revision, *_]] = store.read(named("load_state"))
    seen = Sensitivity((audience or Sensitivity.PUBLIC).upper())
    progress("reading claims")
    found = versions_of(all_claims(store, seconds=seconds), seen, progress)
    between = list(links(found))
    rows = [_row(key, one) for key, every in found.items() for one in every]

    def work(tx: Transaction) -> None:
        acquire_lock(tx, seen, revision)
        progress(f"{len(rows)} versions, {len(between)} relationships")
        tx.write("create_versions", rows)
        tx.write("create_version_links", [_link_row(one) for one in between])
        tx.run(named("record_versions"))
        progress("committing")

    store.write(work, seconds=seconds)
    return StoredVersions(len(found), len(rows), len(between))


def index_commands(store: Database) -> Iterator[str]:
    """Yield the commands that give the versions of nodes the indexes that the nodes have, and one of their keys."""
    yield f"CREATE CONSTRAINT as_of_key IF NOT EXISTS FOR (n:{AS_OF}) REQUIRE n.{AS_OF_KEY} IS UNIQUE"
    for name, type_, labels, properties in store.read(named("all_indexes")):
        if not AS_OF_LABELS.issuperset(labels):
            continue
        of = "|".join(as_of_label(label) for label in labels)
        keys = ", ".join(f"n.`{key}`" for key in properties)
        if type_ == "FULLTEXT":
            yield f"CREATE FULLTEXT INDEX {name}_as_of IF NOT EXISTS FOR (n:{of}) ON EACH [{keys}] {_FULL_TEXT}"
        else:
            yield f"CREATE INDEX {name}_as_of IF NOT EXISTS FOR (n:{of}) ON ({keys})"


def _row(key: Key, one: Version) -> dict[str, Any]:
    days = {AS_OF_KEY: _key(key, one.since), AS_OF_FROM: one.since, AS_OF_UNTIL: one.until}
    labels = [AS_OF, *(as_of_label(label) for label in one.node.labels)]
    return {"labels": labels, "properties": {**_stored(one.node.properties), **days}}


def _link_row(link: VersionLink) -> dict[str, Any]:
    return {
        "start": _key(*link.start),
        "type": link.type,
        "end": _key(*link.end),
        "properties": _stored(link.properties),
    }


def _stored(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in properties.items() if value is not None}


def _key(key: Key, since: int) -> str:
    return f"{key[0]} {key[1]} {since}"

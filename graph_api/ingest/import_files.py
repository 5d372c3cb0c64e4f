"""Records and claims as the CSV files of Neo4j's bulk importer: node for node what a load stores, but for what follows from all events of a subject.

A list without elements, or with one empty text, would not come back from the importer: :func:`restore_empty_lists` is called after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO, Final

from graph_api.database.driver import Database
from graph_api.database.queries import named
from graph_api.embedded.replace import BETWEEN
from graph_api.evidence.claims import Claim
from graph_api.evidence.merging import merged_claim
from graph_api.evidence.projection import ClaimDecision, ProjectedRecord
from graph_api.ingest.apply import claim_properties, object_rows, original_content
from graph_api.ontology.names import Label, Rel

Values = Mapping[str, Any]
EMPTY: Final = "\x1e"
"""Stands for an empty list; no text holds it."""
EMPTY_TEXT: Final = "\x1d"
"""Stands for the one element of a list with one empty text; no text holds it."""
_TYPES: Final[Mapping[type, str]] = {bool: "boolean", int: "long", float: "double", str: "string"}


def write_record(record: ProjectedRecord, files: ImportFiles) -> None:
    """Write the node of a record, those of its parts, and their links."""
    files.node(record.node.id, record.node.labels, {**record.node.properties, "hash": record.fingerprint})
    for part in record.parts:
        files.node(part.id, part.labels, part.properties)
    for link in record.links:
        files.link(link.start, link.type, link.end, link.properties)


def write_claim(
    original: Claim, load: str, decision: ClaimDecision, files: ImportFiles, into: Mapping[str, str]
) -> None:
    """Write a claim of a load, and what it is about, cites and names. ``into`` is that of :func:`graph_api.ingest.apply.write_claims`."""
    claim = merged_claim(original, into) if into else original
    found = {"since": decision.since, "preferred": list(decision.preferred), "because": list(decision.because)}
    properties = claim_properties(claim, load) | original_content(original, claim) | found
    files.node(claim.id, (Label.CLAIM.value,), properties)
    files.link(claim.id, Rel.ABOUT.value, claim.record, {})
    if (at := claim.citation) is not None:
        place = {"at": at.at, "quote": at.quote, "quote_language": at.quote_language, "note": at.note}
        files.link(claim.id, Rel.CITES.value, at.source, place)
    if claim.speaker and claim.speaker.record:
        files.link(claim.id, Rel.SAID_BY.value, claim.speaker.record, {})
    for row in object_rows(claim):
        files.link(claim.id, Rel.NAMES.value, row["object"], {"property": row["property"]})


def restore_empty_lists(store: Database) -> None:
    """Make the lists of what stands for them in an imported graph."""
    for statement in (named("restore_empty_lists_of_nodes"), named("restore_empty_lists_of_relationships")):
        store.change_schema(statement.text)  # each in transactions of its own


class ImportFiles:
    """The CSV files of one folder, each with a header for the labels and properties of its rows; what is there already grows.

    Few and large, since the importer takes about as long for a file as for thousands of rows.
    """

    def __init__(self, folder: Path, until_the_end: ExitStack) -> None:
        self._folder = folder
        self._until_the_end = until_the_end
        self.count = 0
        self._open: dict[tuple[str, ...], BinaryIO] = {}

    def node(self, id_: str, labels: Iterable[str], properties: Values) -> None:
        """Write a node; its id is the first column, and not among the others."""
        others = {key: value for key, value in properties.items() if key != "id"}
        self._row(("nodes", "id:ID", ":LABEL"), (id_, BETWEEN.join(labels)), others)

    def link(self, start: str, type_: str, end: str, properties: Values) -> None:
        """Write a relationship."""
        self._row(("links", ":START_ID", ":END_ID", ":TYPE"), (start, end, type_), properties)

    def _row(self, head: tuple[str, ...], first: Sequence[str], properties: Values) -> None:
        stored = {key: value for key, value in sorted(properties.items()) if value is not None}
        shape = (*head, *(f"{key}:{_type(value)}" for key, value in stored.items()))
        file = self._open.get(shape)
        if file is None:
            header = (",".join(shape[1:]) + "\n").encode()
            path = self._folder / f"{head[0]}-{blake2b(header, digest_size=8).hexdigest()}.csv"
            is_new = not path.exists()
            file = self._open[shape] = self._until_the_end.enter_context(path.open("ab"))
            file.write(header if is_new else b"")
        self.count += 1
        file.write((",".join(map(_cell, (*first, *stored.values()))) + "\n").encode())


def _type(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"{_TYPES[type(value[0]) if value else str]}[]"
    return _TYPES[type(value)]


def _cell(value: Any) -> str:
    r"""Return a value as CSV.

    >>> _cell('a "court" in'), _cell(True), _cell([1, 2]) == f'"1{BETWEEN}2"'
    ('"a ""court"" in"', 'true', True)
    """
    if isinstance(value, list | tuple):
        if not value or list(value) == [""]:
            return _cell(EMPTY_TEXT if value else EMPTY)
        return _cell(BETWEEN.join(one if isinstance(one, str) else _cell(one) for one in value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return repr(value)

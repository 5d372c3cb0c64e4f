"""Tables as seed files: CSV and XLSX, read by a mapping, ``NAME.map.yaml``, that stands beside them.

Modules, in the order in which a table passes them: ``model``, ``mapping``, ``cells``, ``row_ids``, ``dates``, ``records``; ``guess`` writes a
first mapping. ``docs/tables.md`` describes the keys of a mapping.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph_api.errors import Problem
from graph_api.ingest.formats.table.cells import TableData, read_table
from graph_api.ingest.formats.table.mapping import parse_mapping
from graph_api.ingest.formats.table.model import TableMapping
from graph_api.ingest.formats.table.records import TableRecords, table_records
from graph_api.ingest.formats.table.row_ids import RowIds, ids_path, key_problems, read_ids
from graph_api.ingest.formats.yaml import parse_yaml
from graph_api.ingest.nodes import Entry, SeedPart, SeedWarning


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table that was read by its mapping, and the records that it makes."""

    mapping: TableMapping
    table: TableData
    ids: RowIds
    records: TableRecords

    def is_of_row(self, entry: Entry, row: int) -> bool:
        """Whether a row is among those that make an entry."""
        return row in self.records.rows.get(entry.id or "", ())


def read_mapping(text: str, file: str) -> TableReading:
    """Return the reading of a table by the text of its mapping. Raises SeedSyntaxError where either cannot be read."""
    mapping = parse_mapping(parse_yaml(text, file), file)
    table = read_table(mapping.table)
    ids = read_ids(ids_path(Path(file)))
    return TableReading(mapping, table, ids, table_records(mapping, table, ids))


def read(text: str, file: str) -> Iterator[Entry | Problem | SeedWarning | SeedPart]:
    """Yield the entries, problems and warnings of a table by its mapping, and what was read beside it. Raises SeedSyntaxError where either cannot be read."""
    reading = read_mapping(text, file)
    yield from (SeedPart(str(one)) for one in (reading.mapping.table.path, ids_path(Path(file))) if one.exists())
    yield from reading.records.entries
    yield from reading.records.problems
    yield from key_problems(reading.ids, reading.table.file)
    yield from map(SeedWarning, reading.records.warnings)

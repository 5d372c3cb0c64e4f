"""A first mapping for a table, for a steward to review: encoding, delimiter, columns and the order of dates as they seem to be."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from graph_api.ingest.formats.table.cells import OTHER_ENCODINGS, TableFile, TableRow, decode_table, read_table
from graph_api.ingest.nodes import SourcePosition

SAMPLE: Final = 200
"""Rows that are looked at."""
MAX_COLUMNS: Final = 500
_DATE: Final = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})")


def guess_mapping(path: Path, sheet: str | None = None) -> str:
    """Return the text of a mapping with what a table seems to be, each guess marked for review. Raises SeedSyntaxError."""
    at = SourcePosition(str(path), 1, 1)
    stated = [f"file: {path.name}"]
    if path.suffix.lower() == ".xlsx":
        spec = TableFile(path, at, sheet=sheet)
        stated += [f"sheet: {_quoted(sheet)}"] if sheet else []
    else:
        encoding, delimiter = _encoding(path), ""
        text = decode_table(path.read_bytes(), encoding) or ""
        delimiter = _delimiter(text)
        spec = TableFile(path, at, encoding, delimiter)
        stated += [f"encoding: {encoding}", f"delimiter: {_quoted(delimiter)}"]
    table = read_table(replace(spec, columns=tuple(f"Column {place}" for place in range(1, MAX_COLUMNS)), header=0))
    first = table.rows[0].cells if table.rows else {}
    width = max(
        (place for row in table.rows[:SAMPLE] for place, cell in enumerate(row.cells.values(), 1) if cell), default=0
    )
    if any(cell.isdigit() for cell in first.values()):  # no names of columns
        columns = table.columns[:width]
        stated.append(f"columns: [{', '.join(_quoted(one) for one in columns)}]")
    else:
        table = read_table(spec)
        columns = table.columns
    rows = table.rows[:SAMPLE]
    name = path.stem.lower().replace("_", "-")
    named = next((one for one in columns if "name" in one.casefold()), columns[0])
    order, dated = _dates(rows, columns)
    lines = [
        f"# A first mapping of {path.name}, guessed from {len(rows)} rows. Review every line; docs/tables.md describes the keys.",
        f"table: {{{', '.join([*stated, *_key(table.rows, columns)])}}}  # key: the columns that identify a row; without it, its number",
        f"source: {{id: {name}, title: TODO, kind: ngo, url: TODO, retrieved: TODO}}",
        'at: "row {row}"',
        f"missing: [{', '.join(_quoted(one) for one in _missing(rows))}]",
        f"dates: {{order: {order}}}  # seen in: {', '.join(dated) or 'no column'}",
        f"unused: [{', '.join(_quoted(one) for one in columns if one != named)}]  # take out what a record uses",
        "records:",
        f"  - people: {{id: {name}, name: {_quoted('{' + named + '}')}, category: unknown}}",
    ]
    return "\n".join([*lines, ""])


def _key(rows: Sequence[TableRow], columns: Sequence[str]) -> list[str]:
    """Return the statement of a key: the fewest of the first columns that are together different in each row; nothing where rows are equal."""
    for count in range(1, len(columns) + 1):
        found = {tuple(row.cells[one] for one in columns[:count]) for row in rows}
        if len(found) == len(rows):
            return [f"key: [{', '.join(_quoted(one) for one in columns[:count])}]"]
    return []


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return f'"{escaped}"'


def _encoding(path: Path) -> str:
    raw = path.read_bytes()
    return next((one for one in OTHER_ENCODINGS if decode_table(raw, one) is not None), "utf-8")


def _delimiter(text: str) -> str:
    """Return the delimiter that gives every row of the sample the same number of cells, the most of them."""
    lines = text.splitlines()[:SAMPLE]

    def fit(delimiter: str) -> tuple[bool, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        return len(set(widths)) == 1 and widths[0] > 1, min(widths, default=0)

    return max((",", ";", "\t", "|"), key=fit)


def _missing(rows: Sequence[TableRow]) -> list[str]:
    seen = {cell for row in rows for cell in row.cells.values()}
    return [
        one
        for one in ("", "-", "–", "?", "n/a", "N/A", "NULL", "немає даних", "нет данных", "невідомо", "неизвестно")
        if one in seen
    ]


def _dates(rows: Sequence[TableRow], columns: Sequence[str]) -> tuple[str, list[str]]:
    """Return the order of numbers that fits every date, and the columns with dates; ``ymd`` where nothing decides."""
    found = {name: [match for row in rows if (match := _DATE.fullmatch(row.cells[name]))] for name in columns}
    dated = [name for name, matches in found.items() if matches]
    every = [match for matches in found.values() for match in matches if len(match[1]) < 4]
    if not every:
        return "ymd", dated
    return (
        "mdy" if all(int(match[1]) <= 12 for match in every) and any(int(match[2]) > 12 for match in every) else "dmy"
    ), dated

"""The cells of a table: CSV or XLSX to rows of text, each with its number in the file. Encoding, delimiter and header are stated, never guessed."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

from graph_api.errors import Problem
from graph_api.ingest.nodes import SeedSyntaxError, SourcePosition
from graph_api.values.value_type import shorten

MAX_CELL: Final = 1_000_000
"""Most characters of one cell of a CSV file."""
OTHER_ENCODINGS: Final = ("utf-8", "cp1251", "cp1252", "utf-16")
"""What a message about a wrong encoding tries."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """Where a table is and how it is read, as a mapping states it.

    ``header`` is the number of the row with the names of the columns, 0 where there is none and ``columns`` names them. ``at`` is the
    position of the statement in the mapping.
    """

    path: Path
    at: SourcePosition
    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str | None = None
    header: int = 1
    columns: tuple[str, ...] = ()

    @property
    def is_workbook(self) -> bool:
        """Whether it is an XLSX file."""
        return self.path.suffix.lower() == ".xlsx"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number in the file, counted from 1, and the text of each column without blanks around it."""

    number: int
    cells: Mapping[str, str]


@dataclass(slots=True)
class TableData:
    """The rows of a table under the names of its columns, and the problems of what could not be read."""

    file: str
    columns: tuple[str, ...]
    rows: list[TableRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def position(self, row: int, column: str) -> SourcePosition:
        """Return the position of a cell."""
        return SourcePosition(self.file, row, self.columns.index(column) + 1, column)


def read_table(spec: TableFile) -> TableData:
    """Return the rows of a table; blank ones are left out. Raises SeedSyntaxError where the file cannot be read as stated."""
    lines = _workbook(spec) if spec.is_workbook else _delimited(spec)
    file = str(spec.path)
    columns = spec.columns
    if spec.header:
        header = next((cells for number, cells in lines if number == spec.header), None)
        if header is None:
            raise _error(spec, "header", f"Invalid header row {spec.header}: expected a row of the table.")
        columns = tuple(_without_trailing(header))
    if doubles := sorted({name for name in columns if columns.count(name) > 1 or not name}):
        message = f"Invalid names of columns: {', '.join(map(repr, doubles))}; expected each name once, and none empty."
        raise SeedSyntaxError(SourcePosition(file, max(spec.header, 1), 1).problem("header", message))
    table = TableData(file, columns)
    for number, cells in lines:
        filled = _without_trailing(cells)
        if number <= spec.header or not filled:
            continue
        if len(filled) > len(columns):
            message = f"Invalid row with {len(filled)} cells: expected at most {len(columns)}, one for each column."
            table.problems.append(SourcePosition(file, number, len(columns) + 1).problem("row", message))
            continue
        padded = [*filled, *[""] * (len(columns) - len(filled))]
        table.rows.append(TableRow(number, dict(zip(columns, padded, strict=True))))
    return table


def _error(spec: TableFile, rule: str, message: str) -> SeedSyntaxError:
    return SeedSyntaxError(spec.at.problem(rule, message))


def _without_trailing(cells: Sequence[str]) -> list[str]:
    found = [cell.strip() for cell in cells]
    while found and not found[-1]:
        found.pop()
    return found


def _read(spec: TableFile) -> bytes:
    try:
        return spec.path.read_bytes()
    except OSError as error:
        raise _error(spec, "no-file", f"Cannot read {spec.path.name!r}: {error.strerror}.") from None


# ── CSV ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def decode_table(raw: bytes, encoding: str) -> str | None:
    """Return the text of a file in an encoding, without a byte order mark; None where it is in another."""
    try:
        return raw.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _delimited(spec: TableFile) -> list[tuple[int, list[str]]]:
    raw = _read(spec)
    text = decode_table(raw, spec.encoding)
    if text is None:
        others = [one for one in OTHER_ENCODINGS if one != spec.encoding and decode_table(raw, one) is not None]
        hint = f"reads as {others[0]}" if others else "expected the encoding of the file"
        raise _error(spec, "encoding", f"Invalid encoding {spec.encoding!r} of {spec.path.name!r}: not {spec.encoding}; {hint}.")  # fmt: skip
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=spec.delimiter, strict=True)
    try:
        return [(number, cells) for number, cells in enumerate(reader, 1)]
    except csv.Error as error:
        position = SourcePosition(str(spec.path), reader.line_num, 1)
        raise SeedSyntaxError(position.problem("syntax", f"Invalid CSV: {error}.")) from None


# ── XLSX ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _workbook(spec: TableFile) -> list[tuple[int, list[str]]]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - an optional dependency
    except ImportError:
        raise _error(
            spec, "no-reader", "XLSX files need the extra 'tables': install detention-graph[tables]."
        ) from None
    raw = _read(spec)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    except (CalamineError, OSError, ValueError) as error:
        raise _error(spec, "syntax", f"Invalid XLSX file {spec.path.name!r}: {shorten(str(error))}.") from None
    names = book.sheet_names
    sheet = spec.sheet if spec.sheet is not None else names[0] if len(names) == 1 else None
    if sheet not in names:
        found = "Missing sheet" if spec.sheet is None else f"Unknown sheet {spec.sheet!r}"
        raise _error(spec, "sheet", f"{found}: expected one of {', '.join(map(repr, names))}.")
    opened = book.get_sheet_by_name(sheet)
    _refuse_merged_cells(spec, opened)
    _refuse_formulas_without_value(spec, raw, names.index(sheet))
    rows: Iterable[Sequence[Any]] = opened.to_python(skip_empty_area=False)
    return [(number, [cell_text(cell) for cell in cells]) for number, cells in enumerate(rows, 1)]


def cell_text(value: Any) -> str:
    """Return the text of a cell of a workbook: whole numbers without a fraction, days in ISO 8601.

    >>> cell_text(5.0), cell_text(228.1), cell_text(dt.date(2012, 2, 1)), cell_text(True)
    ('5', '228.1', '2012-02-01', 'true')
    """
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.date() | dt.time():
            return value.isoformat()
        case _:
            return str(value)


def _refuse_merged_cells(spec: TableFile, sheet: Any) -> None:
    for start, end in sheet.merged_cell_ranges or ():
        if end[0] + 1 > spec.header:
            position = SourcePosition(str(spec.path), start[0] + 1, start[1] + 1)
            message = f"Merged cells in rows {start[0] + 1} to {end[0] + 1}: expected a value in each cell."
            raise SeedSyntaxError(position.problem("merged-cells", message))


def _refuse_formulas_without_value(spec: TableFile, raw: bytes, sheet: int) -> None:
    """Refuse a formula whose result was never stored: it would be read as an empty cell."""
    for reference in _formulas_without_value(raw, sheet):
        message = f"Formula without a stored value in {reference}: expected the file saved by a spreadsheet program, or values."
        raise _error(spec, "formula", message)


def _formulas_without_value(raw: bytes, sheet: int) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        sheets = sorted(name for name in package.namelist() if name.startswith("xl/worksheets/sheet"))
        if sheet >= len(sheets):
            return
        with package.open(sheets[sheet]) as stream:
            for _, element in ElementTree.iterparse(stream):  # noqa: S314 - a steward's own file
                if element.tag.endswith("}c"):
                    kinds = {child.tag.rpartition("}")[2]: child.text for child in element}
                    if "f" in kinds and not kinds.get("v"):
                        yield element.get("r", "?")
                    element.clear()

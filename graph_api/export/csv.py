"""Comma-separated values (RFC 4180) that spreadsheets open as they are: UTF-8 with a byte order mark, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any, Final

from graph_api.export.export_format import ExportFormat
from graph_api.export.rows import answer_rows, flat_rows

BYTE_ORDER_MARK: Final = "\ufeff"
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet compute or fetch something. Texts that begin so get an apostrophe in front (OWASP, "CSV Injection")."""


def write_csv(data: Mapping[str, Any]) -> str:
    r"""Return an answer as a table with a header line, one line for each row, nested lists flattened. Raises InvalidQuery.

    >>> write_csv({"people": {"nodes": [{"id": "a", "name": "=1+1", "dead": None}]}})
    "\ufeffid,name,dead\r\na,'=1+1,\r\n"
    """
    columns, rows = flat_rows(answer_rows(data))
    out = io.StringIO(newline="")
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return str(value)


FORMAT: Final = ExportFormat("csv", "text/csv; charset=utf-8", "csv", write_csv)

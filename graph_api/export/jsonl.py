"""JSON Lines: one row of the answer a line, nested as it was selected."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from graph_api.export.export_format import ExportFormat
from graph_api.export.rows import answer_rows


def write_jsonl(data: Mapping[str, Any]) -> str:
    r"""Return an answer with one JSON object a line. Raises InvalidQuery.

    >>> write_jsonl({"people": {"nodes": [{"id": "a"}, {"id": "b"}]}})
    '{"id":"a"}\n{"id":"b"}\n'
    """
    return "".join(f"{json.dumps(row, ensure_ascii=False, separators=(',', ':'))}\n" for row in answer_rows(data))


FORMAT: Final = ExportFormat("jsonl", "application/x-ndjson", "jsonl", write_jsonl)

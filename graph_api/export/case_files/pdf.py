"""Case files as PDF/A-2a and PDF/UA-1, through typst: the template beside this module draws the blocks, which it is given as JSON.

The fonts are those of the compiler; no font, file or address of the machine is read. The date of the document is that of its sources.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Any, Final

import orjson

from graph_api.casefile.blocks import CaseFileDocument, Run, reference_marks
from graph_api.export.case_files.case_file_format import CaseFileFormat, missing_packages

STANDARDS: Final = ("a-2a", "ua-1")
"""Archivable with all letters and structure (ISO 19005-2), and accessible (ISO 14289-1)."""
NO_DATE: Final = "1970-01-01"
"""What stands for the day of a document of which none is known."""


def _write(document: CaseFileDocument) -> bytes:
    """Return a document as PDF. Raises InvalidSettings where typst is not installed."""
    try:
        import typst  # noqa: PLC0415 - an optional dependency
    except ImportError:
        raise missing_packages("PDF") from None
    day = datetime.fromisoformat(document.date or NO_DATE).replace(tzinfo=UTC)
    content = typst.compile(
        _template(),
        format="pdf",
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"document": orjson.dumps(as_value(document)).decode()},
        pdf_standards=list(STANDARDS),
        timestamp=int(day.timestamp()),
    )
    if not isinstance(content, bytes):
        raise TypeError("typst returned no single file")
    return content


@cache
def _template() -> bytes:
    return resources.files(__package__).joinpath("case_file.typ").read_bytes()


def as_value(part: object) -> Any:
    """Return a part of a document as JSON values; each has the name of its kind, and a text with references their marks."""
    if isinstance(part, Run):
        return {"text": part.text, "references": part.references, "marks": reference_marks(part.references)}
    if is_dataclass(part):
        found = {one.name: as_value(getattr(part, one.name)) for one in fields(part)}
        return {"kind": type(part).__name__, **found}
    if isinstance(part, tuple):
        return [as_value(one) for one in part]
    return part


FORMAT = CaseFileFormat("pdf", "application/pdf", _write)

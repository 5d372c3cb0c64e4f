"""Every format of case files by its name. A new one is a module with a ``FORMAT``, and a line here. JSON is the case file itself."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph_api.casefile.canonical_json import canonical_json
from graph_api.casefile.case_file import CaseFile
from graph_api.casefile.layout import LayoutOptions, layout
from graph_api.export.case_files import docx, html, pdf, text
from graph_api.export.case_files.case_file_format import CaseFileFormat

DOCUMENT_FORMATS: Final[Mapping[str, CaseFileFormat]] = MappingProxyType(
    {one.name: one for one in (pdf.FORMAT, docx.FORMAT, html.FORMAT, text.FORMAT)}
)
"""Formats that draw the document of a case file."""
MEDIA_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {"json": "application/json; charset=utf-8", **{one.name: one.media_type for one in DOCUMENT_FORMATS.values()}}
)
"""Every format of case files with its media type."""


def write_case_file(file: CaseFile, options: LayoutOptions, format_: str) -> bytes:
    """Return a case file in one of the formats; JSON is canonical (RFC 8785), with a line feed behind it, and has no annexes.

    The same case file, options and version give the same bytes. Raises InvalidSettings where the packages of a format are not installed.
    """
    if format_ == "json":
        return canonical_json(file) + b"\n"
    return DOCUMENT_FORMATS[format_].write(layout(file, options))

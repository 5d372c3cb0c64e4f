"""Case files as one HTML file that needs nothing else: no script, no other address."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from graph_api.casefile.blocks import CaseFileDocument
from graph_api.export.case_files.case_file_format import CaseFileFormat


def _write(document: CaseFileDocument) -> bytes:
    """Return a document as HTML in UTF-8."""
    return _template().render(document=document).encode()


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["kind"] = _kind
    environment.filters["around"] = _around
    return environment.from_string(resources.files(__package__).joinpath("case_file.html").read_text("utf-8"))


def _kind(block: Any) -> str:
    return type(block).__name__


def _around(text: str, address: str | None) -> Iterable[str]:
    """Return a text in three pieces: what stands before an address in it, the address, and the rest; one piece where it is not in it."""
    if not address or not address.startswith(("https://", "http://")) or address not in text:
        return (text,)
    return text.partition(address)


FORMAT = CaseFileFormat("html", "text/html; charset=utf-8", _write)

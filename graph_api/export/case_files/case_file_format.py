"""What a format of case files is: a name, a media type, and a pure function from a document to bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph_api.casefile.blocks import CaseFileDocument
from graph_api.errors import InvalidSettings


@dataclass(frozen=True, slots=True)
class CaseFileFormat:
    """One format. ``write`` raises InvalidSettings where the packages that it needs are not installed."""

    name: str
    media_type: str
    write: Callable[[CaseFileDocument], bytes]


def missing_packages(name: str) -> InvalidSettings:
    """Return the error for a format whose packages are not installed."""
    return InvalidSettings(
        f"{name} files need packages that are not installed: pip install 'detention-graph[documents]'."
    )

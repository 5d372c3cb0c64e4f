"""What an export format is: a name, a media type, and a pure function from the data of an answer to text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One format. ``write`` takes the ``data`` of a GraphQL response; ``extension`` is that of its files, without the dot.

    ``write`` raises InvalidQuery where the answer has no form in this format.
    """

    name: str
    media_type: str
    extension: str
    write: Callable[[Mapping[str, Any]], str]

"""The stored operations behind the pages, by the names of their files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent / "operations"
VARIABLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "find": {"text": "a", "first": 50},
    "people": {"where": None, "orderBy": {"field": "NAME", "direction": "ASC"}, "first": 50, "after": None},
    "person": {"id": "none"},
    "record": {"id": "none"},
}
"""The variables of an operation, as its page sends them without filters; other values have the same plan."""


@cache
def operations() -> dict[str, str]:
    """Return the text of every operation by name, read once."""
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.graphql"))}


def page_operations() -> list[tuple[str, dict[str, Any]]]:
    """Return every operation with variables of the shape in which pages send them without filters."""
    return [(text, dict(VARIABLES.get(name, {}))) for name, text in operations().items()]

"""The files of ``cypher/``, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from graph_api.database.cypher_file import CypherFile, parse_cypher_file
from graph_api.statement import Statement


@cache
def cypher_folder() -> Path:
    """Return the folder with the Cypher files: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent.parent
    installed = package / "_data" / "cypher"
    return installed if installed.is_dir() else package.parent / "cypher"


@cache
def files() -> dict[str, CypherFile]:
    """Return all named queries and writes by name."""
    found: dict[str, CypherFile] = {}
    for folder in ("queries", "writes"):
        for path in sorted((cypher_folder() / folder).glob("*.cypher")):
            found[path.stem] = parse_cypher_file(path.read_text(encoding="utf-8"), path.stem)
    return found


def named(name: str, /, **parameters: Any) -> Statement:
    """Return the statement of a Cypher file with its parameters.

    Raises KeyError for a name that no file has, TypeError where the parameters are not those that the file declares.
    """
    file = files()[name]
    if set(parameters) != set(file.parameters):
        raise TypeError(f"{name} takes {', '.join(file.parameters) or 'no parameters'}, not {', '.join(parameters)}")
    return Statement(file.text, parameters, name)

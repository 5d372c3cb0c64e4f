"""Cypher files: a header that says what a query is, and its text; pure.

::

    // case_file(id, limit) -> [fact]
    // A sentence of purpose.
    MATCH …
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HEADER = re.compile(r"// (?P<name>[a-z_]+)\((?P<parameters>[a-z_, ]*)\) -> \[(?P<columns>[a-z_, ]+)\]")
PARAMETER = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)")


class InvalidCypherFile(Exception):
    """A Cypher file whose header and text do not agree; a mistake of ours, found when the program starts."""


@dataclass(frozen=True, slots=True)
class CypherFile:
    """One named query or write: its parameters, its columns, what it is for, its text."""

    name: str
    parameters: tuple[str, ...]
    columns: tuple[str, ...]
    purpose: str
    text: str


def parse_cypher_file(text: str, stem: str) -> CypherFile:
    """Return the query of a file; its name is the stem of the file's name.

    Raises InvalidCypherFile where the header is missing, or parameters are declared and not used, or used and not declared.
    """
    first, _, rest = text.partition("\n")
    header = HEADER.fullmatch(first)
    if header is None or header["name"] != stem:
        raise InvalidCypherFile(f"{stem}.cypher must begin with '// {stem}(…) -> […]'; it begins with {first!r}")
    second, _, body = rest.partition("\n")
    if not second.startswith("// "):
        raise InvalidCypherFile(f"{stem}.cypher: the second line says what it is for")
    declared = tuple(one.strip() for one in header["parameters"].split(",") if one.strip())
    used = set(PARAMETER.findall(re.sub(r"//.*", "", body)))
    if used != set(declared):
        raise InvalidCypherFile(f"{stem}.cypher declares {sorted(declared)} and uses {sorted(used)}")
    return CypherFile(
        stem, declared, tuple(one.strip() for one in header["columns"].split(",")), second[3:], body.strip()
    )


def statements(text: str) -> tuple[str, ...]:
    """Return the statements of a migration, which end with a semicolon at the end of a line."""
    without_comments = "\n".join(line for line in text.split("\n") if not line.startswith("//"))
    return tuple(one.strip() for one in without_comments.split(";\n") if one.strip().rstrip(";"))

"""Make the password of the database, once: two files in one folder, for the API and for Neo4j. Run before both start.

``password`` is read by the API (DETENTION_GRAPH_NEO4J_PASSWORD_FILE), ``neo4j_auth`` by the Neo4j image (NEO4J_AUTH_PATH).
The password is the one in the file that was given, if it holds one, else 256 random bits. What was made stays: Neo4j takes a
password at its first start only.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
from pathlib import Path

RIGHT = re.compile(r"[^\s/-][^\s/]{7,199}")  # a slash ends it, and one that starts with - is taken for an option


class Unusable(Exception):
    """The password that was given cannot be used; the message says why, and never which it is."""


def make(folder: Path, given: Path | None) -> str:
    """Make the two files if they are not there; return what was done."""
    wanted = given.read_text(encoding="utf-8").strip() if given and given.exists() else ""
    if wanted and not RIGHT.fullmatch(wanted):
        raise Unusable(
            f"{given}: right would be a password of 8 to 200 characters, without spaces and slashes, that does not start with -"
        )
    password = folder / "password"
    held = password.read_text(encoding="utf-8") if password.exists() else ""
    if wanted and held and wanted != held:
        raise Unusable(
            f"{given} holds another password than the database was made with. Right would be that one, or: change it in the "
            "database (ALTER CURRENT USER SET PASSWORD …), remove the volume of secrets, and start again"
        )
    value = held or wanted or secrets.token_hex(32)
    _write(folder / "neo4j_auth", f"neo4j/{value}", 0o440)
    _write(password, value, 0o400)  # last: whoever sees it sees the other too
    return "kept" if held else "taken from the file" if wanted else "generated"


def _write(path: Path, text: str, mode: int) -> None:
    """Write a file whole or not at all, never readable for more than ``mode`` says."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


if __name__ == "__main__":
    place, *rest = map(Path, sys.argv[1:])
    try:
        sys.stdout.write(f"password of the database: {make(place, rest[0] if rest else None)}\n")
    except (Unusable, OSError, UnicodeDecodeError) as error:
        sys.exit(f"make_secrets: {error}")

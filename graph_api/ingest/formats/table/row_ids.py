"""The ids of the records of a table. They are kept in ``NAME.ids.csv`` beside the mapping, so that a corrected cell keeps its id.

Without that file an id is made of the key of its record, always the same one.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from graph_api.errors import Problem
from graph_api.ingest.nodes import SeedSyntaxError, SourcePosition

COLUMNS: Final = ("record", "row", "key", "id")
DIGITS: Final = 10
"""Hexadecimal digits of an id that is made: one collision in a million among a million records."""

Key = tuple[str, ...]


def ids_path(mapping: Path) -> Path:
    """Return the path of the file of ids of a mapping.

    >>> ids_path(Path("list.map.yaml")).name
    'list.ids.csv'
    """
    return mapping.with_name(mapping.name.removesuffix(".map.yaml") + ".ids.csv")


@dataclass(slots=True)
class RowIds:
    """Ids by record and key. ``rows`` has the row in which each key was found when the file was written, ``used`` those of this reading."""

    known: Mapping[tuple[str, Key], str] = field(default_factory=dict)
    rows: Mapping[tuple[str, Key], int] = field(default_factory=dict)
    used: dict[tuple[str, Key], int] = field(default_factory=dict)

    def of(self, record: str, prefix: str, key: Key, row: int) -> str:
        """Return the id of a record, and note that it was found in a row."""
        self.used.setdefault((record, key), row)
        return self.known.get((record, key)) or made_id(record, prefix, key)

    def changed_keys(self) -> list[tuple[str, Key, Key, int]]:
        """Return the records of which a key is gone while a new one came in the same row: the name, the keys before and now, the row."""
        if not self.known:
            return []
        gone = {(name, row): key for (name, key), row in self.rows.items() if (name, key) not in self.used}
        new = [(name, key, row) for (name, key), row in self.used.items() if (name, key) not in self.known]
        return [(name, gone[name, row], key, row) for name, key, row in new if (name, row) in gone]


def made_id(record: str, prefix: str, key: Key) -> str:
    """Return the id of a record by its key.

    >>> made_id("people", "az", ("Example Person",))
    'az-b68af84199'
    """
    digest = hashlib.sha256(json.dumps([record, *key], ensure_ascii=False).encode()).hexdigest()
    return f"{prefix}-{digest[:DIGITS]}"


def read_ids(path: Path) -> RowIds:
    """Return the ids of a file; none where there is no file. Raises SeedSyntaxError."""
    if not path.exists():
        return RowIds()
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
    if not rows or tuple(rows[0]) != COLUMNS:
        message = f"Invalid header: expected {', '.join(COLUMNS)}."
        raise SeedSyntaxError(SourcePosition(str(path), 1, 1).problem("row-ids", message))
    known, found = {}, {}
    for number, row in enumerate(rows[1:], 2):
        try:
            name, at, key, id_ = row
            place = (name, tuple(str(one) for one in json.loads(key)))
            known[place], found[place] = id_, int(at)
        except ValueError:
            message = "Invalid row: expected a record, the number of a row, a key as a JSON list, and an id."
            raise SeedSyntaxError(SourcePosition(str(path), number, 1).problem("row-ids", message)) from None
    return RowIds(known, found)


def write_ids(ids: RowIds, made: Mapping[tuple[str, Key], str], renamed: Sequence[tuple[str, Key, Key, int]]) -> str:
    """Return the text of the file for the records of a reading. The ``renamed`` ones keep the id of their key before."""
    before = {(name, new): ids.known[name, old] for name, old, new, _ in renamed}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for place, row in sorted(ids.used.items(), key=lambda one: (one[0][0], one[1], one[0][1])):
        id_ = before.get(place) or ids.known.get(place) or made[place]
        writer.writerow([place[0], row, json.dumps(list(place[1]), ensure_ascii=False), id_])
    return out.getvalue()


def key_problems(ids: RowIds, file: str) -> list[Problem]:
    """Return a problem for each key that changed: whether the record is the same one is not guessed."""
    return [
        SourcePosition(file, row, 1).problem(
            "row-key",
            f"The key of {name} in row {row} was {', '.join(old)} and is {', '.join(new)}: expected it in the file of ids. "
            "For the same record run `detention-graph table ids MAPPING --renamed`, for another one `--new`.",
        )
        for name, old, new, row in ids.changed_keys()
    ]

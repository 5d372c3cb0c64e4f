"""The records of an answer: every object with an id, wherever it stands, and the fields that lead from one to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_api.errors import InvalidQuery


@dataclass(slots=True)
class AnswerRecords:
    """The records by id, each with the values that the answer selects of it, and links as (from, field, to)."""

    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    links: dict[tuple[str, str, str], None] = field(default_factory=dict)


def answer_records(data: Mapping[str, Any]) -> AnswerRecords:
    """Return the records of an answer in the order in which they stand. Raises InvalidQuery where it selects no ids.

    >>> found = answer_records({"people": {"nodes": [{"id": "a", "events": {"nodes": [{"id": "e", "date": {"edtf": "2022"}}]}}]}})
    >>> found.records, list(found.links)
    ({'a': {}, 'e': {'date_edtf': '2022'}}, [('a', 'events', 'e')])
    """
    found = AnswerRecords()
    for name, value in data.items():
        _collect(value, name, None, found)
    if not found.records and any(data.values()):
        raise InvalidQuery("Invalid selection for an export of records: expected `id` of the records.")
    return found


def _collect(value: Any, name: str, parent: str | None, found: AnswerRecords) -> None:
    if isinstance(value, list):
        for one in value:
            _collect(one, name, parent, found)
    elif isinstance(value, Mapping):
        _collect_object(value, name, parent, found)


def _collect_object(value: Mapping[str, Any], name: str, parent: str | None, found: AnswerRecords) -> None:
    own = value.get("id")
    if isinstance(own, str):
        if parent is not None:
            found.links[parent, name, own] = None
        found.records.setdefault(own, {})
        parent = own
    for key, one in value.items():
        if key == "id" and isinstance(own, str):
            continue
        is_wrapper = key in ("nodes", "edges", "node")
        if _holds_records(one):
            _collect(one, name if is_wrapper else key, parent, found)
        elif isinstance(own, str):
            _place(key, one, found.records[own])


def _holds_records(value: Any) -> bool:
    if isinstance(value, list):
        return any(map(_holds_records, value))
    return isinstance(value, Mapping) and ("id" in value or any(map(_holds_records, value.values())))


def _place(key: str, value: Any, record: dict[str, Any]) -> None:
    """Put a value of a record under its name; the names of nested fields are joined with ``_``."""
    match value:
        case Mapping():
            for inner, one in value.items():
                _place(f"{key}_{inner}", one, record)
        case list() if any(isinstance(one, Mapping) for one in value):
            for place, one in enumerate(value):
                _place(f"{key}_{place + 1}", one, record)
        case None:
            pass
        case _:
            record[key] = value

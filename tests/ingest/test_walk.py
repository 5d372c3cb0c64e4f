"""The way of one value from a seed file to the rows that are written: few modules, one parse, one projection.

Every call and return in ``graph_api`` is recorded whose arguments or result contain the value in any form, however deep: also modules that
only hand on a batch or a plan with the value somewhere in it count.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from graph_api.database.driver import Transaction
from graph_api.ingest.load import load
from tests.helpers.graphs import LiveGraph
from tests.ingest.texts import write

pytestmark = pytest.mark.live

MOST = 27
"""Modules of ``graph_api`` that one value may enter.

What an audience may see, the check of its characters, the entry where it stands, judgements and former ids, the preparation and writing
of its load, totals and stays are among them.
"""
MOST_OF_VALUE = 10
"""Modules among them that are given or return the value itself; the others hand on a batch, a plan or a record with the value inside."""
ITSELF = frozenset({"str", "ScalarNode", "ResolvedValue", "When", "Sentence", "Quantity"})
"""The forms of the value itself: text, node of the seed file, parsed value, value of a record."""
DERIVED = (
    "graph_api.database.driver",
    "graph_api.evidence.differences",
    "graph_api.evidence.event_projection",
    "graph_api.evidence.judgments",
    "graph_api.evidence.life_events",
    "graph_api.evidence.status",
    "graph_api.evidence.status_text",
    "graph_api.evidence.within_reach",
    "graph_api.ingest.differences",
    "graph_api.ingest.statuses",
    "graph_api.values.characters",
    "graph_api.values.collation",
    "graph_api.values.date_parser",
    "graph_api.values.name_index",
)
"""Modules that compute something else from stored values: the status of a person and what follows from their life, order and bounds of
events, differences between statements, sort keys and search keys of names. They are not on the way of the value itself."""

LINTS = "graph_api.ingest.lints."
"""The package of what looks for suspicious values: none is on the way of a value either."""

SEED = """
sources:
  - {id: report-2025, title: A report, kind: ngo, published: 2025-03}
people:
  - {id: iryna-example, name: Quirine Example, description: A volunteer of the library, cite: {source: report-2025, at: ¶1}}
events:
  - id: iryna-detention
    kind: detention
    participants: [{who: iryna-example}]
    date: 2022-05-17
    cite: {source: report-2025, at: ¶1}
  - id: iryna-conviction
    kind: conviction
    participants: [{who: iryna-example}]
    sentence: {years: 11, regime: a regime of its own}
    cite: {source: report-2025, at: ¶2}
groups:
  - {id: some-people, name: Some people, size: {text: nearly forty-one, operator: about, low: 41, unit: people}, cite: {source: report-2025, at: ¶3}}
"""
VALUES = {
    "a name": "Quirine Example",
    "a text": "A volunteer of the library",
    "a date": "2022-05-17",
    "a sentence": "a regime of its own",
    "a quantity": "nearly forty-one",
}


@dataclass
class Walk:
    """What was recorded: the forms of the value by module, how often functions were called, the rows that contain the value."""

    marks: frozenset[object]
    forms: dict[str, set[str]] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    rows: list[str] = field(default_factory=list)

    def record(self, frame: FrameType, event: str, result: object) -> None:
        """Record a call or return in ``graph_api``; the profile function of ``sys.setprofile``."""
        module, code = frame.f_globals.get("__name__", ""), frame.f_code
        if not module.startswith("graph_api") or event not in {"call", "return"}:
            return
        given = [result]
        if event == "call":
            self.calls[f"{module}.{code.co_name}"] += 1
            given = [frame.f_locals.get(name) for name in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]]
        for one in given:
            if contains(one, self.marks, set()):
                self.forms.setdefault(module, set()).add(type(one).__name__)


def contains(one: object, marks: frozenset[object], seen: set[int]) -> bool:
    """Return whether an object is one of the marks or contains one: in its items, fields or attributes."""
    if isinstance(one, str):
        return any(mark in one for mark in marks if isinstance(mark, str))
    if isinstance(one, int | float | bool | bytes | None) or id(one) in seen:
        return False
    seen.add(id(one))
    inside: Iterator[object] = iter(())
    if isinstance(one, Mapping):
        inside = iter(one.values())
    elif isinstance(one, list | tuple | set | frozenset):
        inside = iter(one)
    elif is_dataclass(one) and not isinstance(one, type):
        inside = (getattr(one, name.name, None) for name in fields(one))
    elif type(one).__module__.startswith("graph_api.ingest"):
        inside = iter(vars(one).values())
    return any(contains(item, marks, seen) for item in inside)


@contextmanager
def recorded(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Record until the end; the rows of every write are looked at, and no longer followed."""
    real: Callable[..., int] = Transaction.write

    def write_rows(tx: Transaction, name: str, rows: Any, **options: Any) -> int:
        sys.setprofile(None)
        try:
            if contains(list(rows), walk.marks, set()):
                walk.rows.append(name)
            return real(tx, name, rows, **options)
        finally:
            sys.setprofile(walk.record)

    monkeypatch.setattr(Transaction, "write", write_rows)
    sys.setprofile(walk.record)
    try:
        yield
    finally:
        sys.setprofile(None)


@pytest.mark.parametrize("mark", VALUES.values(), ids=VALUES)
def test_a_value_enters_few_modules(
    graph: LiveGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: str
) -> None:
    path, walk = write(tmp_path, SEED), Walk(frozenset({mark}))
    with recorded(walk, monkeypatch):
        load([path], graph.store)
    assert set(walk.rows) >= {"upsert_records", "create_claims"}, "the value reaches the rows"
    assert {"graph_api.ingest.formats.yaml", "graph_api.evidence.projection"} <= walk.forms.keys()
    own = {name: forms for name, forms in walk.forms.items() if name not in DERIVED and not name.startswith(LINTS)}
    described = "\n".join(f"{name}: {sorted(forms)}" for name, forms in sorted(own.items()))
    assert len(own) <= MOST, described
    assert 0 < sum(1 for forms in own.values() if forms & ITSELF) <= MOST_OF_VALUE, described


def test_a_batch_is_parsed_and_projected_once(
    graph: LiveGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where an entry of claims: is about a record that only the graph has."""
    load([write(tmp_path, SEED)], graph.store)
    claim = (
        "claims:\n  - {id: a-claim, about: iryna-example, values: {sex: female}, cite: {source: report-2025, at: ¶9}}\n"
    )
    walk = Walk(frozenset({"¶9"}))
    with recorded(walk, monkeypatch):
        result = load([write(tmp_path / "more", claim)], graph.store)
    assert result.changes.changed == ("iryna-example",)
    once = ("formats.read_files", "record_parser.parse_batch", "validate.validate", "plan.plan_load")
    assert [walk.calls[f"graph_api.ingest.{name}"] for name in once] == [1, 1, 1, 1]
    assert walk.calls["graph_api.evidence.projection.project"] == 1

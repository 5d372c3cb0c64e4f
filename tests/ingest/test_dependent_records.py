"""Records that depend on others are stored again when these change: loads one after another equal one load of everything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph_api.database.stored_claims import graph_hash
from graph_api.statement import Statement
from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live

BASE = """
sources:
  - {id: a-page, title: A page, kind: media, published: 2024-03-01}
  - {id: another-page, title: Another page, kind: media, published: 2024-03-01}
places:
  - {id: a-region, name: A Region, kind: region, cite: {source: a-page, at: page}}
  - {id: a-town, name: A Town, kind: settlement, cite: {source: a-page, at: page}}
people:
  - {id: synthetic-person, name: Synthetic Person, cite: {source: a-page, at: page}}
events:
  - id: the-detention
    kind: detention
    participants: [{who: synthetic-person}]
    places:
      - {value: [a-town], cite: {source: a-page, at: page}}
      - {value: [a-region], cite: {source: another-page, at: page}}
    date: 2023-01
    cite: {source: a-page, at: page}
  - id: the-judgment
    kind: conviction
    participants: [{who: synthetic-person}]
    sentence: {years: 10}
    date: 2023-05
    cite: {source: a-page, at: page}
"""
NESTED = """
places:
  - {id: a-town, name: A Town, kind: settlement, within: a-region, cite: {source: a-page, at: page}}
"""
APPEAL = """
events:
  - id: the-appeal
    kind: appeal
    participants: [{who: synthetic-person}]
    of: the-judgment
    result: reduced
    sentence: {years: 8}
    date: 2023-09
    cite: {source: a-page, at: page}
"""
REPLACED = """
events:
  - id: the-later-judgment
    kind: conviction
    participants: [{who: synthetic-person}]
    sentence: {years: 15}
    replaces: [the-judgment]
    date: 2023-11
    cite: {source: a-page, at: page}
"""


def loaded(graph: LiveGraph, folder: Path, texts: dict[str, str]) -> tuple[str, dict[str, Any]]:
    """Load texts one after another; return the content hash, and what is disputed of the detention and in force of the judgment."""
    graph.wipe()
    for name, text in texts.items():
        path = folder / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        graph.load([path])
    rows = graph.store.read(
        Statement(
            "MATCH (d:Record {id: 'the-detention'}), (j:Record {id: 'the-judgment'}) RETURN d.disputed, j.sentence_in_force",
            {},
            "test",
        )
    )
    [[disputed, in_force]] = rows
    return graph_hash(graph.store), {"disputed": disputed, "in_force": in_force}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (NESTED, {"disputed": []}),
        (APPEAL, {"disputed": ["places"], "years": '"years":8'}),
        (REPLACED, {"disputed": ["places"], "years": None}),
    ],
    ids=["a place comes to lie in another", "an appeal", "a judgment that takes up its terms"],
)
def test_what_depends_on_a_changed_record_is_stored_again(
    graph: LiveGraph, tmp_path: Path, change: str, expected: dict[str, Any]
) -> None:
    _, before = loaded(graph, tmp_path, {"base": BASE})
    assert before["disputed"] == ["places"]
    assert '"years":10' in before["in_force"]
    one_by_one, after = loaded(graph, tmp_path, {"base": BASE, "change": change})
    assert after["disputed"] == expected["disputed"]
    if "years" in expected:
        assert after["in_force"] is None if expected["years"] is None else expected["years"] in after["in_force"]
    whole = tmp_path / "whole"
    whole.mkdir()
    replaced = (
        BASE.replace("  - {id: a-town, name: A Town, kind: settlement, cite: {source: a-page, at: page}}\n", "")
        if change is NESTED
        else BASE
    )
    for name, text in {"base": replaced, "change": change}.items():
        (whole / f"{name}.yaml").write_text(text, encoding="utf-8")
    graph.wipe()
    graph.load([whole])
    assert graph_hash(graph.store) == one_by_one

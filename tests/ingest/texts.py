"""Seed text for tests of loading, in pieces; and what is in a graph without the ids and times of its loads."""

from __future__ import annotations

from pathlib import Path

import orjson

from graph_api.statement import Statement
from tests.helpers.graphs import LiveGraph

SOURCES = """
sources:
  - {id: report-2025, title: A report, kind: ngo, published: 2025-03}
  - {id: paper-2024, title: An article, kind: media, published: 2024-11}
  - {id: court-2023, title: A judgment, kind: court-record, published: 2023-06-01}
"""
PEOPLE = """
people:
  - {id: iryna-example, name: Iryna Example, category: civilian, cite: {source: report-2025, at: ¶1}}
  - {id: petro-example, name: Petro Example, cite: {source: paper-2024, at: ¶2}}
"""
PLACES = """
places:
  - {id: kherson-region, name: Kherson Oblast, kind: region, country: UA, cite: {source: report-2025, at: ¶1}}
  - {id: kherson, name: Kherson, kind: settlement, within: kherson-region, cite: {source: report-2025, at: ¶1}}
sites:
  - {id: kherson-sizo, name: SIZO, kind: sizo, place: kherson, cite: {source: report-2025, at: ¶1}}
"""
EVENTS = """
events:
  - id: iryna-detention
    kind: detention
    participants: [{who: iryna-example}]
    date: 2022-05
    places: [kherson]
    cite: {source: report-2025, at: ¶2}
  - id: iryna-conviction
    kind: conviction
    participants: [{who: iryna-example}]
    sentence: {years: 10}
    after: [iryna-detention]
    cite: {source: paper-2024, at: ¶3}
"""
BASE = SOURCES + PEOPLE + PLACES + EVENTS


def write(folder: Path, text: str, name: str = "a.yaml") -> Path:
    """Write a seed file and return where it is."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


PROVENANCE = {"Claim": ("load",), "Entry": ("file", "line")}
"""Properties that tell one load from another."""


def contents(graph: LiveGraph) -> list[str]:
    """Return every node and relationship with all properties, without what tells one load from another."""
    nodes = "MATCH (n) WHERE NOT n:Migration AND NOT n:TestGraph AND NOT n:Load AND NOT n:Graph RETURN labels(n), properties(n)"
    links = "MATCH (a)-[r]->(b) RETURN coalesce(a.id, ''), type(r), properties(r), coalesce(b.id, '')"
    lines = [
        _line(
            [
                sorted(labels),
                {key: value for key, value in properties.items() if key not in PROVENANCE.get(labels[0], ())},
            ]
        )
        for labels, properties in graph.store.read(Statement(nodes), seconds=60)
    ]
    lines += [_line(list(row)) for row in graph.store.read(Statement(links), seconds=60)]
    return sorted(lines)


def _line(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS, default=str).decode()

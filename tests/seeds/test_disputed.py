"""Everything disputed on the seeds, beside a file in which each entry was judged by reading the sources."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph_api.statement import Statement
from graph_api.values.dates import When, contains
from tests.helpers.graphs import LiveGraph
from tests.helpers.yaml_text import load_yaml

JUDGED: list[dict[str, Any]] = load_yaml((Path(__file__).parents[1] / "cases" / "disputed.yaml").read_text("utf-8"))[
    "disputed"
]

DISPUTED = """
MATCH (n:Record|Part) WHERE n.disputed <> [] UNWIND n.disputed AS name RETURN n.id AS id, name
UNION ALL MATCH ()-[r:TOOK_PART|SIDE]->() WHERE r.disputed <> [] UNWIND r.disputed AS name RETURN r.id AS id, name
"""
SAID = """
MATCH (c:Claim)-[:CITES]->(s:Source) WHERE c.subject IN $subjects
UNWIND range(0, size(c.properties) - 1) AS at
RETURN c.subject, c.properties[at], c.values[at], s.id
"""
Said = dict[tuple[str, str], dict[str, list[str]]]


def short(value: str) -> str:
    """Return a stored value as the file writes it: of a sentence the years and months."""
    read = json.loads(value)
    return json.dumps(
        {key: read[key] for key in ("years", "months") if key in read} if isinstance(read, dict) else read,
        sort_keys=True,
    )


def disputed(graph: LiveGraph) -> Said:
    pairs = sorted(
        (str(one[0]), str(one[1])) for one in graph.store.read(Statement(DISPUTED, {}, "disputed"), seconds=60)
    )
    found: Said = {pair: {} for pair in pairs}
    subjects = [subject for subject, _ in pairs]
    for subject, name, value, source in graph.store.read(Statement(SAID, {"subjects": subjects}, "said"), seconds=60):
        if (subject, name) in found:
            found[subject, name].setdefault(short(value), []).append(source)
    return {pair: {value: sorted(set(sources)) for value, sources in says.items()} for pair, says in found.items()}


def judged() -> Said:
    return {
        (one["record"], one["property"]): {json.dumps(said["value"]): sorted(said["sources"]) for said in one["says"]}
        for one in JUDGED
    }


@pytest.mark.live
def test_what_is_disputed_is_what_was_judged_with_the_sources_of_each_value(seeded: LiveGraph) -> None:
    assert disputed(seeded) == judged()


def test_every_entry_was_judged_right_for_a_reason() -> None:
    assert [one["record"] for one in JUDGED if not one["judgement"].startswith("right: ")] == []


def test_no_two_dates_of_an_entry_are_one_within_the_other() -> None:
    for one in (one for one in JUDGED if one["property"] in {"date", "until", "born", "published"}):
        dates = [When.parse(said["value"]) for said in one["says"]]
        nested = [(a.edtf, b.edtf) for a in dates for b in dates if a is not b and contains(a, b)]
        assert nested == [], one["record"]


@pytest.mark.live
def test_two_sides_that_count_one_exchange_differently_make_two_figures_and_no_dispute(seeded: LiveGraph) -> None:
    assert [pair for pair in disputed(seeded) if pair[1] in {"quantity", "size"}] == []
    sides = seeded.ask(
        '{ figures(where: {about: {eq: "exchange-2024-12-30"}, side: {eq: "ukraine"}}) { nodes { quantity { low } disputed } } }',
    )["figures"]["nodes"]
    assert {one["quantity"]["low"] for one in sides} >= {189, 150}
    assert not any(one["disputed"] for one in sides)

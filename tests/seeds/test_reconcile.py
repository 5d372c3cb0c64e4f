"""Totals of the seeds beside what they add up to: the sums of the articles, exchanges that a figure names, running totals of mediators."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.graphs import LiveGraph

NODES = "nodes { figure { id } stated { text } sumOfParts sumOfEvents namedPeople difference agrees explanation }"


def by_figure(graph: LiveGraph, arguments: str) -> dict[str, dict[str, Any]]:
    found = graph.ask(f"{{ reconcile({arguments}) {{ totalCount {NODES} }} }}")["reconcile"]
    assert found["totalCount"] == len(found["nodes"])
    return {one["figure"]["id"]: one for one in found["nodes"]}


@pytest.mark.live
@pytest.mark.parametrize(
    ("figure", "parts", "events", "difference", "agrees"),
    [
        ("freed-to-2025-12-02", 6235, None, 31, None),
        ("freed-to-2025-12-02-men", 5971, None, 5, False),
        ("freed-to-2025-12-02-women", 259, None, 0, True),
        ("freed-early-2025", None, 832, 22, None),
        ("pace-returned", None, None, None, None),
        ("freed-autumn-2025-civilians", None, 79, 0, True),
        ("khpg-may-2025-to-ukraine", 1000, 1000, 0, True),
        ("istanbul-stages-freed-count", None, None, None, None),
    ],
)
def test_sums_of_the_articles(
    seeded: LiveGraph, figure: str, parts: float | None, events: float | None, difference: float | None, agrees: Any
) -> None:
    one = by_figure(seeded, 'measure: "freed", first: 500')[figure]
    assert [one[key] for key in ("sumOfParts", "sumOfEvents", "difference", "agrees")] == [
        parts, events, difference, agrees,
    ]  # fmt: skip


@pytest.mark.live
def test_more_than_about_and_many_never_disagree(seeded: LiveGraph) -> None:
    for one in by_figure(seeded, "first: 500").values():
        if one["agrees"] is False:
            assert one["sumOfParts"] is not None, one["figure"]["id"]


@pytest.mark.live
def test_a_running_total_of_mediations_stands_beside_the_exchanges_of_this_edition(seeded: LiveGraph) -> None:
    found = by_figure(seeded, 'about: "united-arab-emirates", measure: "mediations", first: 50')
    ordered = sorted(found.values(), key=lambda one: float(one["stated"]["text"].split()[0].replace(",", "")))
    counted = [one["sumOfEvents"] for one in ordered]
    assert counted == sorted(counted)
    assert {one["agrees"] for one in ordered} <= {True, None}
    assert "both may be right" in ordered[0]["explanation"]


@pytest.mark.live
def test_named_people_are_those_handed_over_to_the_side_of_the_figure(seeded: LiveGraph) -> None:
    found = by_figure(seeded, 'about: "exchange-2024-06-28", first: 50')
    assert found["exchange-2024-06-28-to-ukraine"]["namedPeople"] == 10
    assert all(one["namedPeople"] == 0 for id_, one in found.items() if "to-russia" in id_)

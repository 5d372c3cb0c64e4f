"""How many were handed over to each side of an exchange: one total for each speaker; no parts, no sums over several exchanges."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live

SEED = """
sources:
  - {id: a-page, title: A page, kind: media, published: 2025-03-01}
  - {id: another-page, title: Another page, kind: media, published: 2025-03-02}
states:
  - {id: one-side, name: Synthetic one side, code: UA, cite: {source: a-page, at: page}}
  - {id: other-side, name: Synthetic other side, code: RU, cite: {source: a-page, at: page}}
events:
  - {id: the-exchange, kind: exchange, date: 2025-02-03, sides: [{to: one-side}, {to: other-side}], cite: {source: a-page, at: page}}
  - {id: the-next, kind: exchange, date: 2025-02-07, sides: [{to: one-side}, {to: other-side}], cite: {source: a-page, at: page}}
figures:
"""
FIGURES = {
    "a-total": "measure: freed, about: [the-exchange], side: one-side",
    "another-speaker": "measure: freed, about: [the-exchange], side: one-side, said-by: other-side",
    "not-of-this-side": "measure: freed, about: [the-exchange], side: other-side",
    "without-a-side": "measure: freed, about: [the-exchange]",
    "not-of-this-exchange": "measure: freed, about: [the-next], side: one-side",
    "of-both-exchanges": "measure: freed, about: [the-exchange, the-next], side: one-side",
    "both-sides-together": "measure: freed, about: [the-exchange]",
    "this-side-of-both": "measure: freed, about: [the-exchange], side: one-side, total: both-sides-together, said-by: one-side",
    "a-part": "measure: freed, about: [the-exchange], side: one-side, total: a-total",
    "civilians": "measure: freed, about: [the-exchange], side: one-side, category: civilian",
    "women": "measure: freed, about: [the-exchange], side: one-side, sex: female",
    "foreigners": "measure: freed, about: [the-exchange], side: one-side, nationality: PL",
    "agreed": "measure: agreed, about: [the-exchange], side: one-side",
}
TOTALS = "sides { to { id } totals { id quantity { text } saidBy { id } } }"


def test_of_all_figures_of_an_exchange_the_totals_of_this_side_and_exchange_alone_are_told(
    graph: LiveGraph, tmp_path: Path
) -> None:
    quantity = 'quantity: {text: "10", operator: exactly, low: 10, unit: people}'
    lines = [
        f"  - {{id: {id_}, {told}, {quantity}, cite: {{source: a-page, at: page}}}}" for id_, told in FIGURES.items()
    ]
    lines.append(lines[0].replace("a-total", "bodies").replace("unit: people", "unit: bodies"))
    graph.load_text(SEED + "\n".join(lines), tmp_path)
    sides = graph.ask(f'{{ exchange(id: "the-exchange") {{ {TOTALS} }} }}')["exchange"]["sides"]
    assert {one["to"]["id"]: [total["id"] for total in one["totals"]] for one in sides} == {
        "one-side": ["a-total", "another-speaker", "this-side-of-both"],
        "other-side": ["not-of-this-side"],
    }


def test_a_sum_over_five_exchanges_is_no_total_of_one_of_them(seeded: LiveGraph) -> None:
    sides = seeded.ask(
        '{ exchange(id: "exchange-2025-01-15") { sides { to { id } totals { quantity { text } } figures { nodes { quantity { text } } } } } }'
    )["exchange"]["sides"]
    totals = {one["to"]["id"]: [total["quantity"]["text"] for total in one["totals"]] for one in sides}
    assert totals == {"russia": ["25"], "ukraine": ["25"]}
    assert "854" in [one["quantity"]["text"] for side in sides for one in side["figures"]["nodes"]]


def test_no_speaker_has_two_totals_of_one_side(seeded: LiveGraph) -> None:
    totals = TOTALS.replace("saidBy { id }", "saidBy { id } citations { source { id } }")
    asked = f"{{ exchanges(first: 200, where: {{occurrence: ANY}}) {{ nodes {{ id {totals} }} }} }}"
    twice = []
    for exchange in seeded.ask(asked)["exchanges"]["nodes"]:
        for side in exchange["sides"]:
            speakers = [speaker for total in side["totals"] for speaker in _speakers(total)]
            twice += [(exchange["id"], one) for one in set(speakers) if speakers.count(one) > 1]
    assert twice == []


def _speakers(total: dict[str, Any]) -> set[str]:
    """Return whoever states a total: the speaker, else the sources that speak for themselves."""
    return {total["saidBy"]["id"]} if total["saidBy"] else {one["source"]["id"] for one in total["citations"]}

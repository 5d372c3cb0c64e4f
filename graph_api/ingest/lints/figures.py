"""Lints about figures: people handed over, and no side to which they were."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph_api.ingest.lints.facts import BatchFacts, Finding

HANDED_OVER: Final = frozenset({"freed", "exchanged", "swapped", "handed", "returned", "repatriated"})
"""Words of a measure that say that people were handed over: ``freed``, ``captives-exchanged``, ``children-returned``."""


def missing_sides(facts: BatchFacts) -> Iterator[Finding]:
    """Find figures of people handed over that name no side: the people of one side and those of both are different numbers."""
    for figure in facts.of_kind("figure"):
        words = {word for measure in figure.values("measure") for word in str(measure).split("-")}
        units = {quantity.get("unit") for quantity in figure.values("quantity")}
        if words & HANDED_OVER and "PEOPLE" in units and not figure.values("side"):
            message = (
                "People handed over, and nobody knows whose: expected side: with the side to which they were handed over, "
                "or accept: where the source counts both sides together."
            )
            yield Finding(figure.id, "figure-side", message, ("measure",))


RULES: Final = (missing_sides,)

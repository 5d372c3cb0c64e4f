"""Explains in words why a sequence of events holds: by dates, by a stated order, or only possibly; and what is implied, not stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph_api.ontology.vocabulary import Modality
from graph_api.values.dates import OPEN_HI, OPEN_LO, When, day_date


@dataclass(frozen=True, slots=True)
class StepFacts:
    """The kind of an event, its date as written, and the bounds of its days."""

    kind: str
    date: str | None
    lo: int
    hi: int
    is_implied: bool


def explain(steps: Sequence[StepFacts], stated: Sequence[str | None], *, chains: int, is_sure: bool) -> str:
    """Return the explanation of a sequence; ``stated`` has STATED, IMPLIED or None for the order of each pair of neighbours.

    >>> explain([StepFacts("CONVICTION", "2022-09-21", 19256, 19256, False), StepFacts("EXCHANGE", "2024-06-28", 19902, 19902, False)],
    ...         [None], chains=1, is_sure=True)
    'conviction (21 September 2022) before exchange (28 June 2024): dated. Holds whatever the days are.'
    """
    parts = [f"{_step(steps[0])}"] if len(steps) == 1 else []
    for (a, b), modality in zip(pairwise(steps), stated, strict=True):
        parts.append(f"{_step(a)} before {_step(b)}: {_basis(a, b, modality)}")
    implied = sorted({_word(step) for step in steps if step.is_implied})
    text = (
        "; ".join(parts)
        + ". "
        + ("Holds whatever the days are." if is_sure else "Possible for some of the days that the sources allow.")
    )
    if implied:
        text += f" The {' and the '.join(implied)} is implied by what sources say, not stated of this subject alone."
    return text + (f" {chains} chains of events; shown is the best established." if chains > 1 else "")


def _word(step: StepFacts) -> str:
    return step.kind.lower().replace("_", " ")


def _step(step: StepFacts) -> str:
    return f"{_word(step)} ({When.parse(step.date).display if step.date else _bounds(step)})"


def _bounds(step: StepFacts) -> str:
    latest = day_date(step.hi) if step.hi < OPEN_HI else None
    earliest = day_date(step.lo) if step.lo > OPEN_LO else None
    if earliest and latest:
        return f"no date stated; between {When.parse(earliest.isoformat()).display} and {When.parse(latest.isoformat()).display}"
    if latest:
        return f"no date stated; not after {When.parse(latest.isoformat()).display}"
    return f"no date stated; not before {When.parse(earliest.isoformat()).display}" if earliest else "no date stated"


def _basis(a: StepFacts, b: StepFacts, modality: str | None) -> str:
    if a.hi < b.lo and a.date and b.date:
        return "dated"
    if modality == Modality.STATED:
        return "an order that a source states"
    if modality is not None:
        return "implied by what sources say; no single source states the order"
    if a.hi < b.lo:
        return "reported before it"
    return "possible by the dates"

"""From measured loads to the table of ratios and its goals. Pure.

Three runs of each give medians; a ratio is one of medians. A goal is met, missed, or not measured where a peer could not be run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from bench import lingbm
from bench.measure import Load
from bench.questions import CONVENTIONAL, FLOOR, NEO4J_GRAPHQL, OURS

Runs = Mapping[str, Mapping[str, Sequence[tuple[Load, Load]]]]
"""Question to server to runs, each with one client and with eight."""

ALLOWANCE: Final = 0.5
"""Milliseconds that a request may take beyond the hand-written Cypher: HTTP, and what GraphQL is."""
TIMES_FLOOR: Final = 1.3
TIMES_SEQUENCE: Final = 1.2
TIMES_SIZE: Final = 1.5
MOST_MEMORY: Final = 250

NEEDED: Final[Mapping[str, tuple[float | None, float | None]]] = {
    "point": (3, 5),
    "case": (3, 5),
    "sequence": (2, 5),
    "nested": (5, 15),
    "flat": (5, 15),
    "hops": (None, 5),
    "totals": (2, 5),
    "search": (None, 5),
    **{one.question.name: (5 if one.number in lingbm.NESTED else 3, None) for one in lingbm.TEMPLATES if one.is_mapped},
    **{one.question.name: (None, None) for one in lingbm.TEMPLATES if not one.is_mapped},
}
"""How many times the answers of each peer a second are wanted with eight clients: @neo4j/graphql, the conventional server."""


@dataclass(frozen=True, slots=True)
class Row:
    """One server and one question. Latencies (one client) and processor times (eight) in milliseconds, ``memory`` in MiB."""

    question: str
    server: str
    p50: float
    p95: float
    rate: float
    cpu: float
    cpu_neo4j: float
    memory: float
    errors: int


@dataclass(frozen=True, slots=True)
class Goal:
    """What was wanted and what was measured; ``measured`` is None where it could not be."""

    text: str
    measured: float | None
    limit: float
    at_least: bool

    @property
    def verdict(self) -> str:
        """Whether it was met.

        >>> Goal("x", 3.1, 3, at_least=True).verdict, Goal("x", 1.4, 1.3, at_least=False).verdict
        ('met', 'MISSED')
        """
        if self.measured is None:
            return "not measured"
        is_met = self.measured >= self.limit if self.at_least else self.measured <= self.limit
        return "met" if is_met else "MISSED"


def rows(runs: Runs) -> list[Row]:
    """Return the medians of the runs."""
    return [
        _row(question, server, measured) for question, by in runs.items() for server, measured in by.items() if measured
    ]


def _row(question: str, server: str, measured: Sequence[tuple[Load, Load]]) -> Row:
    one, eight = [run[0] for run in measured], [run[1] for run in measured]
    return Row(
        question,
        server,
        median(load.p50 for load in one),
        median(load.p95 for load in one),
        median(load.rate for load in eight),
        median(load.cpu["server"] for load in eight),
        median(load.cpu["neo4j"] for load in eight),
        max(load.memory["server"] for load in eight),
        sum(load.errors for load in (*one, *eight)),
    )


def goals(size: str, found: Iterable[Row]) -> Iterator[Goal]:
    """Yield the goals of one size."""
    by = {(row.question, row.server): row for row in found}
    for question, wanted in NEEDED.items():
        own, floor = by.get((question, OURS)), by.get((question, FLOOR))
        if own is None:
            continue
        peers = {
            peer: (by.get((question, peer)), limit)
            for peer, limit in zip((NEO4J_GRAPHQL, CONVENTIONAL), wanted, strict=True)
        }
        yield from _rates(f"{size} {question}", own, peers)
        if floor is not None:
            limit = TIMES_FLOOR * floor.p50 + ALLOWANCE
            yield Goal(
                f"{size} {question}: p50 in ms, at most {TIMES_FLOOR} of the floor's {floor.p50:.2f} + {ALLOWANCE}",
                own.p50,
                limit,
                at_least=False,
            )
    own, floor = by.get(("sequence", OURS)), by.get(("sequence", FLOOR))
    if own and floor and size != "S":
        yield Goal(f"{size} sequence: p50 against the floor's", own.p50 / floor.p50, TIMES_SEQUENCE, at_least=False)
    memory = [row.memory for row in found if row.server == OURS]
    if memory:
        yield Goal(f"{size}: memory of the server in MiB under load", max(memory), MOST_MEMORY, at_least=False)


def _rates(text: str, own: Row, peers: Mapping[str, tuple[Row | None, float | None]]) -> Iterator[Goal]:
    for peer, (other, limit) in peers.items():
        if limit is not None and any(row for row, _ in peers.values()):
            ratio = own.rate / other.rate if other and other.rate else None
            yield Goal(f"{text}: answers a second against {peer}", ratio, limit, at_least=True)


def growth(small: Iterable[Row], large: Iterable[Row], names: tuple[str, str]) -> Iterator[Goal]:
    """Yield the goals of one size against a smaller one: the same page costs the same. Totals grow with what is counted."""
    before = {row.question: row for row in small if row.server == OURS}
    for row in large:
        if row.server == OURS and row.question in before and row.question != "totals":
            ratio = row.p50 / before[row.question].p50
            yield Goal(
                f"{names[0]} to {names[1]} {row.question}: p50 against that of {names[0]}",
                ratio,
                TIMES_SIZE,
                at_least=False,
            )


def goal_table(found: Iterable[Goal]) -> str:
    """Return goals as a Markdown table."""
    lines = ["| goal | wanted | measured | |", "|---|---|---|---|"]
    for goal in found:
        measured = "" if goal.measured is None else f"{goal.measured:.2f}"
        lines.append(
            f"| {goal.text} | {'≥' if goal.at_least else '≤'} {goal.limit:.2f} | {measured} | {goal.verdict} |"
        )
    return "\n".join(lines)


def row_table(found: Iterable[Row]) -> str:
    """Return measured rows as a Markdown table, each rate with its ratio to ours."""
    every = list(found)
    own = {row.question: row.rate for row in every if row.server == OURS}
    lines = [
        "| question | server | p50 ms | p95 ms | answers/s, 8 clients | ours, times | CPU ms server | CPU ms Neo4j | memory MiB | failed |",
        "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for row in every:
        times = f"{own[row.question] / row.rate:.1f}" if row.question in own and row.rate else ""
        lines.append(
            f"| {row.question} | {row.server} | {row.p50:.2f} | {row.p95:.2f} | {row.rate:.1f} | {times} | {row.cpu:.2f} "
            f"| {row.cpu_neo4j:.2f} | {row.memory:.0f} | {row.errors} |"
        )
    return "\n".join(lines)

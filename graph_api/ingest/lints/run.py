"""Runs every rule over a batch and what the graph states beside it, and leaves out what its entries accept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from graph_api.errors import Problem
from graph_api.evidence.claims import Claim
from graph_api.ingest.batch import ParsedBatch, RecordDefinition
from graph_api.ingest.codes import is_warning
from graph_api.ingest.lints import agreement, figures, harm, names, offences, parts, sources, time
from graph_api.ingest.lints.facts import BatchFacts, Finding, Rule, batch_facts
from graph_api.ingest.nodes import MappingNode, Node, SequenceNode
from graph_api.ingest.stored_state import StoredContext

EXPLAINING: Final = frozenset({"after-death", "verdict-order"})
"""Codes of errors that say more than that an event has no possible day."""
RULES: Final[tuple[Rule, ...]] = (
    *time.RULES, *parts.RULES, *offences.RULES, *sources.RULES, *names.RULES, *harm.RULES,
    *figures.RULES, *agreement.RULES,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Findings:
    """What the lints found: problems stop a load, warnings do not.

    ``explained`` are events of which a problem says why they have no possible day.
    """

    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    explained: frozenset[str] = frozenset()

    def with_problems(self, found: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return these problems and those of the lints; that an event has no possible day is left out where it is explained."""
        said = tuple(f"No possible day for {one!r}:" for one in self.explained)
        return (*(one for one in found if not one.message.startswith(said)), *self.problems)


def lint(
    parsed: ParsedBatch,
    context: StoredContext | None = None,
    retained: Sequence[Claim] = (),
    withheld: Sequence[Claim] = (),
) -> Findings:
    """Return the findings of every rule at their places in the batch, without those that their entries accept.

    ``context`` is the stored state that the batch affects, ``retained`` the stored claims that stay beside it, ``withheld`` the claims of the
    batch that a public graph does not get as they stand.
    """
    kinds = context.kinds if context else {}
    facts = batch_facts(parsed, datetime.now(UTC).date(), kinds, retained, withheld)
    findings = {finding for rule in RULES for finding in rule(facts)}
    found = sorted(set(_problems(parsed, findings)))
    stopping = tuple(one for one in found if not is_warning(one.rule))
    codes = EXPLAINING & {one.rule for one in stopping}
    explained = frozenset(id_ for one in findings if one.code in codes for id_ in _events_of(facts, one))
    return Findings(stopping, tuple(one for one in found if is_warning(one.rule)), explained)


def _events_of(facts: BatchFacts, finding: Finding) -> Iterator[str]:
    record = facts.records[finding.record]
    yield from (finding.record, *record.values("outcome"), *record.values("of"))


def _problems(parsed: ParsedBatch, findings: Iterable[Finding]) -> Iterable[Problem]:
    broken = {(one.file, one.line, one.column) for one in parsed.problems}
    for one in findings:
        entry = _entry(parsed, one)
        if entry is None or one.code in parsed.accepted.get(one.unit or one.record, {}):
            continue  # it stands in the graph already, or a steward has looked at it
        if one.path and any(place in broken for place in _places(entry.node.values.get(one.path[0]))):
            continue  # what it rests on could not be read, which is a problem of its own
        yield entry.locate(one.path).problem(one.code, one.message)


def _places(node: Node | None) -> Iterator[tuple[str, int, int]]:
    """Yield the places of a value and of all values in it."""
    if node is None:
        return
    yield node.position.file, node.position.line, node.position.column
    inner = (
        node.values.values() if isinstance(node, MappingNode) else node.items if isinstance(node, SequenceNode) else ()
    )
    for one in inner:
        yield from _places(one)


def _entry(parsed: ParsedBatch, finding: Finding) -> RecordDefinition | None:
    return parsed.definitions.get(finding.unit or finding.record)

"""Runs every rule over a batch and leaves out what its records accept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from graph_api.errors import Problem
from graph_api.ingest.batch import ParsedBatch
from graph_api.ingest.lints import harm, names, parts, sources, time
from graph_api.ingest.lints.facts import Rule, batch_facts

RULES: Final[tuple[Rule, ...]] = (*time.RULES, *parts.RULES, *sources.RULES, *names.RULES, *harm.RULES)


def lint(parsed: ParsedBatch) -> tuple[Problem, ...]:
    """Return the findings of every rule at the positions of their records, without those that a record accepts."""
    facts = batch_facts(parsed, datetime.now(UTC).date())
    found = {finding for rule in RULES for finding in rule(facts)}
    return tuple(
        sorted(
            parsed.definitions[one.record].position.problem(one.code, one.message)
            for one in found
            if one.code not in _accepted(parsed.accepted, one.record)
        )
    )


def _accepted(accepted: Mapping[str, Mapping[str, str]], record: str) -> Mapping[str, str]:
    return accepted.get(record, {})

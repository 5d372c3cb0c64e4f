"""Resolution: which value of a property is shown where claims differ, why, and whether the claims contradict each other.

In this order: a steward's choice among what sources say, with its reason; the value that most origins support, where a value is
supported by every less precise value that it entails; the most precise; the one known earliest; the smallest claim id. Never the
one loaded last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from graph_api.evidence.claims import Claim
from graph_api.evidence.origins import SourceFacts, describe_support, origins
from graph_api.ontology.properties import Property


@dataclass(frozen=True, slots=True)
class ResolvedValue:
    """The value that is shown of one property, as JSON and as value object.

    ``because`` has the reason by claim id, for the claims that state the value. ``stated`` has the value objects of all claims.
    """

    value: Any
    parsed: Any
    because: Mapping[str, str]
    is_disputed: bool
    stated: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Statement:
    """One claim's value of the property to resolve. ``known`` is the day number from which the claim counts."""

    claim: Claim
    value: Any
    parsed: Any
    known: int


def compatible(prop: Property, a: Any, b: Any) -> bool:
    """Return whether two value objects of a property can both be right."""
    return not prop.is_exclusive or prop.value_type.are_compatible(a, b)


def entails(prop: Property, a: Any, b: Any) -> bool:
    """Return whether a value object states all that another states: it is compatible, and no less precise.

    13 May 2022 entails May 2022, and every word entails "unknown"; not the other way, or a vague value would be supported by all
    the precise values that contradict each other.
    """
    return compatible(prop, a, b) and prop.value_type.imprecision(a) <= prop.value_type.imprecision(b)


def resolve_single(prop: Property, claims: Sequence[Claim], sources: Mapping[str, SourceFacts]) -> ResolvedValue | None:
    """Return what is shown of a property that takes one value; None where no source states it.

    A choice decides among what sources say; one for a value that no source states any more decides nothing.
    """
    statements = _statements(prop, claims, sources)
    if not statements:
        return None
    choices = [claim for claim in claims if claim.is_choice and prop.name in claim.values]
    for choice in sorted(choices, key=lambda claim: claim.id):
        value = choice.values[prop.name]
        stating = [one for one in statements if one.value == value]
        if stating:
            reason = f"a steward's choice: {choice.reason}"
            because = dict.fromkeys((choice.id, *(one.claim.id for one in stating)), reason)
            return _resolved(prop, stating[0], because, statements)
    return _by_support(prop, statements, sources)


def resolve_list(prop: Property, claims: Sequence[Claim], sources: Mapping[str, SourceFacts]) -> ResolvedValue | None:
    """Return the union of a property that takes many values, in the order in which they became known; None without claims."""
    stating = sorted((c for c in claims if prop.name in c.values), key=lambda c: (_known(c, sources), c.id))
    if not stating:
        return None
    united: list[Any] = []
    for claim in stating:
        united += [value for value in claim.values[prop.name] if value not in united]
    parsed = [prop.value_type.load(value) for value in united]
    because = {claim.id: "lists are united" for claim in stating}
    return ResolvedValue(united, parsed, because, is_disputed=False, stated=tuple(parsed))


def _statements(prop: Property, claims: Sequence[Claim], sources: Mapping[str, SourceFacts]) -> list[_Statement]:
    return [
        _Statement(
            claim, claim.values[prop.name], prop.value_type.load(claim.values[prop.name]), _known(claim, sources)
        )
        for claim in claims
        if prop.name in claim.values and not claim.is_choice
    ]


def _resolved(
    prop: Property, shown: _Statement, because: Mapping[str, str], statements: Sequence[_Statement]
) -> ResolvedValue:
    stated = tuple(one.parsed for one in statements)
    is_disputed = any(not compatible(prop, a, b) for a, b in combinations(stated, 2))
    return ResolvedValue(shown.value, shown.parsed, because, is_disputed, stated)


def _by_support(prop: Property, statements: Sequence[_Statement], sources: Mapping[str, SourceFacts]) -> ResolvedValue:
    support = {
        one.claim.id: [other.claim for other in statements if entails(prop, one.parsed, other.parsed)]
        for one in statements
    }

    def rank(one: _Statement) -> tuple[int, tuple[float, int], int, str]:
        count = len(_origins(support[one.claim.id], sources))
        return -count, prop.value_type.rank(one.parsed), one.known, one.claim.id

    best = min(statements, key=rank)
    reason = _reason(prop, best, statements, support, sources)
    because = {one.claim.id: reason for one in statements if one.value == best.value}
    return _resolved(prop, best, because, statements)


def _origins(claims: Sequence[Claim], sources: Mapping[str, SourceFacts]) -> frozenset[str]:
    return frozenset[str]().union(*(origins(c.citation.source, sources) for c in claims if c.citation))


def _known(claim: Claim, sources: Mapping[str, SourceFacts]) -> int:
    return sources[claim.citation.source].known_from if claim.citation else 0


def _reason(
    prop: Property,
    best: _Statement,
    statements: Sequence[_Statement],
    support: Mapping[str, Sequence[Claim]],
    sources: Mapping[str, SourceFacts],
) -> str:
    supporting = support[best.claim.id]
    counted = describe_support([claim.citation.source for claim in supporting if claim.citation], sources)
    others = [one for one in statements if one.value != best.value]
    if not others:
        return f"the only value: {counted}"
    rivals = [one for one in others if not compatible(prop, best.parsed, one.parsed)]
    rank = prop.value_type.rank
    if not rivals:
        return f"{_reason_among_compatible(prop, best, others)}: {counted}"
    own = len(_origins(supporting, sources))
    most = max(len(_origins(support[one.claim.id], sources)) for one in rivals)
    if own > most:
        return f"most origins, {own} against {most}: {counted}"
    if any(rank(one.parsed) > rank(best.parsed) for one in rivals):
        return f"as many origins as another, and more precise: {counted}"
    if any(one.known > best.known for one in rivals):
        return f"as many origins as another, and known earlier: {counted}"
    return f"as many origins as another and known as early; the smallest claim id: {counted}"


def _reason_among_compatible(prop: Property, best: _Statement, others: Sequence[_Statement]) -> str:
    rank = prop.value_type.rank
    if all(rank(one.parsed) > rank(best.parsed) for one in others):
        return "the most precise of values that agree"
    if all(one.known > best.known for one in others):
        return "the one known earliest of values that agree"
    return (
        "one of values that agree: by precision, then by the day on which it was known, then by the smallest claim id"
    )

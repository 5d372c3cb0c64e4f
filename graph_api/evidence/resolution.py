"""Resolution: which value of a property is shown where claims differ, why, and whether the claims contradict each other.

In this order: a steward's choice among what sources say, with its reason; the value that most origins support, where a value is
supported by every less precise value that it entails; the most precise; the one known earliest, where its rivals state a day of publication.
Where none of that decides, nothing is preferred: dates are shown as one of all that are as precise, other values by the smallest claim id. The day on which
somebody read a source, and the order of loading, never decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Final

from graph_api.evidence.claims import Claim
from graph_api.evidence.origins import SourceFacts, describe_support, origins
from graph_api.ontology.properties import Property
from graph_api.values.dates import OPEN_HI

UNDECIDED: Final = "no rule decides"
ONLY_VALUE: Final = "the only value"


@dataclass(frozen=True, slots=True)
class ResolvedValue:
    """The value that is shown of one property, as JSON and as value object.

    ``because`` has the reason by claim id, for the claims that state the value. ``stated`` has the value objects of all claims. It is not
    decided where no rule prefers any of several dates.
    """

    value: Any
    parsed: Any
    because: Mapping[str, str]
    is_disputed: bool
    stated: tuple[Any, ...]
    is_decided: bool = True
    items: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Statement:
    """One claim's value of the property to resolve.

    ``published`` has the first and the last possible day number of the publication of its source; None where that is not stated.
    """

    claim: Claim
    value: Any
    parsed: Any
    published: tuple[int, int] | None


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


def _statements(prop: Property, claims: Sequence[Claim], sources: Mapping[str, SourceFacts]) -> list[_Statement]:
    return [
        _Statement(
            claim, claim.values[prop.name], prop.value_type.load(claim.values[prop.name]), published_on(claim, sources)
        )
        for claim in claims
        if prop.name in claim.values and not claim.is_choice
    ]


def published_on(claim: Claim, sources: Mapping[str, SourceFacts]) -> tuple[int, int] | None:
    """Return the first and the last possible day number of the publication of a claim's source; None where that is not stated."""
    source = sources[claim.citation.source] if claim.citation else None
    if source is None or source.published is None or source.published_lo is None:
        return None
    return source.published_lo, source.published


def _resolved(
    prop: Property, shown: _Statement, because: Mapping[str, str], statements: Sequence[_Statement]
) -> ResolvedValue:
    stated = tuple(one.parsed for one in statements)
    is_disputed = any(not compatible(prop, a, b) for a, b in combinations(stated, 2))
    return ResolvedValue(shown.value, shown.parsed, because, is_disputed, stated)


def _by_support(prop: Property, statements: Sequence[_Statement], sources: Mapping[str, SourceFacts]) -> ResolvedValue:
    if len(statements) == 1:
        [only] = statements
        because = {only.claim.id: f"{ONLY_VALUE}: {support_of([only.claim], sources)}"}
        return _resolved(prop, only, because, statements)
    support = {
        one.claim.id: [other.claim for other in statements if entails(prop, one.parsed, other.parsed)]
        for one in statements
    }

    def rank(one: _Statement) -> tuple[int, tuple[float, int]]:
        return -len(origins_of(support[one.claim.id], sources)), prop.value_type.rank(one.parsed)

    first = min(map(rank, statements))
    tied = sorted((one for one in statements if rank(one) == first), key=lambda one: one.claim.id)
    earliest = _earliest(tied)
    best = earliest or tied[0]
    rivals = [one for one in tied if not compatible(prop, best.parsed, one.parsed)]
    if earliest is None and rivals and prop.value_type.one_of is not None:
        equal = [one for one in statements if rank(one)[1] == first[1]]
        together = prop.value_type.one_of([one.parsed for one in equal])
        if together is not None:
            because = {one.claim.id: f"{UNDECIDED}: {support_of(support[one.claim.id], sources)}" for one in equal}
            undecided = _resolved(prop, best, because, statements)
            return replace(undecided, value=together.to_json(), parsed=together, is_decided=False)
    reason = _reason(prop, best, statements, support, sources)
    if rivals:
        reason = UNDECIDED if earliest is None else "as many origins as another, and known earlier"
    elif any(one.value != best.value for one in tied):
        reason = (
            f"{UNDECIDED} between values that agree"
            if earliest is None
            else "the one known earliest of values that agree"
        )
    counted = support_of(support[best.claim.id], sources)
    because = {one.claim.id: f"{reason}: {counted}" for one in statements if one.value == best.value}
    return _resolved(prop, best, because, statements)


def _earliest(tied: Sequence[_Statement]) -> _Statement | None:
    """Return the statement whose value was surely published before every other one; None where that is not known of any.

    A value of which some source states no day of publication may have been known before all others.
    """
    for one in tied:
        others = [other.published for other in tied if other.value != one.value]
        last = OPEN_HI if one.published is None else one.published[1]
        if all(day is not None and last < day[0] for day in others):
            return one
    return None


def origins_of(claims: Sequence[Claim], sources: Mapping[str, SourceFacts]) -> frozenset[str]:
    """Return the sources from which what these claims state originates."""
    return frozenset[str]().union(*(origins(c.citation.source, sources) for c in claims if c.citation))


def support_of(claims: Sequence[Claim], sources: Mapping[str, SourceFacts]) -> str:
    """Return how many reports and origins stand behind these claims, in words."""
    return describe_support([claim.citation.source for claim in claims if claim.citation], sources)


def _reason(
    prop: Property,
    best: _Statement,
    statements: Sequence[_Statement],
    support: Mapping[str, Sequence[Claim]],
    sources: Mapping[str, SourceFacts],
) -> str:
    """Return why a value ranks first by its support and precision."""
    others = [one for one in statements if one.value != best.value]
    if not others:
        return ONLY_VALUE
    rivals = [one for one in others if not compatible(prop, best.parsed, one.parsed)]
    if not rivals:
        return "the most precise of values that agree"
    own = len(origins_of(support[best.claim.id], sources))
    most = max(len(origins_of(support[one.claim.id], sources)) for one in rivals)
    return f"most origins, {own} against {most}" if own > most else "as many origins as another, and more precise"

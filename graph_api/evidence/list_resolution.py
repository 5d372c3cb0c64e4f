"""Resolution of properties that take many values: what different sources state is united, each item with the claims that state it.

Lists of a property that is declared to exclude differing values (the place where somebody was taken) contradict each other unless the one
contains the other. All of them are shown, so that filters lose nobody; the preferred ones come first, and the property is disputed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from graph_api.evidence.claims import Claim
from graph_api.evidence.origins import SourceFacts
from graph_api.evidence.resolution import UNDECIDED, ResolvedValue, origins_of, published_on, support_of
from graph_api.ontology.properties import Property

Within = Mapping[str, str]
"""The next larger place of each place."""


def resolve_list(
    prop: Property, claims: Sequence[Claim], sources: Mapping[str, SourceFacts], within: Within | None = None
) -> ResolvedValue | None:
    """Return the union of a property that takes many values, in the order of publication, then of claim ids; None without claims."""
    stating = sorted((c for c in claims if prop.name in c.values), key=lambda c: _order(c, sources))
    if not stating:
        return None
    lists = {claim.id: claim.values[prop.name] for claim in stating}
    if prop.exclusive and _are_opposed(list(lists.values()), within or {}):
        return _opposed(prop, stating, sources, within or {})
    return _united(prop, stating, dict.fromkeys(lists, "lists are united"))


def _order(claim: Claim, sources: Mapping[str, SourceFacts]) -> tuple[bool, int, str]:
    published = published_on(claim, sources)
    return published is None, published[1] if published else 0, claim.id


def _united(prop: Property, stating: Sequence[Claim], because: Mapping[str, str]) -> ResolvedValue:
    """Return the values of all lists, without those of which another one says all that they say."""
    every: list[Any] = []
    for claim in stating:
        every += [value for value in claim.values[prop.name] if value not in every]
    covers = prop.value_type.covers
    shown = [
        one
        for place, one in enumerate(every)
        if not any(
            covers(other, one) and (at < place or not covers(one, other))
            for at, other in enumerate(every)
            if at != place
        )
    ]
    items = tuple(
        tuple(claim.id for claim in stating if any(covers(one, value) for value in claim.values[prop.name]))
        for one in shown
    )
    parsed = [prop.value_type.load(value) for value in shown]
    return ResolvedValue(shown, parsed, because, is_disputed=False, stated=tuple(parsed), items=items)


# ── lists that exclude each other ───────────────────────────────────────────────────────────────────────────────────


def are_nested(a: str, b: str, within: Within) -> bool:
    """Return whether two places are one, or one of them lies in the other.

    >>> are_nested("kherson", "ukraine", {"kherson": "kherson-oblast", "kherson-oblast": "ukraine"})
    True
    """
    return a in _with_containers(b, within) or b in _with_containers(a, within)


def _with_containers(place: str, within: Within) -> list[str]:
    found = [place]
    while (above := within.get(found[-1])) is not None and above not in found:
        found.append(above)
    return found


def _agree(a: Sequence[str], b: Sequence[str], within: Within) -> bool:
    """Return whether two lists can both be right: each value of one of them is nested with a value of the other."""
    return any(
        all(any(are_nested(one, other, within) for other in others) for one in own) for own, others in ((a, b), (b, a))
    )


def _are_opposed(lists: Sequence[Sequence[str]], within: Within) -> bool:
    return any(not _agree(a, b, within) for a, b in combinations(lists, 2))


def _opposed(
    prop: Property, stating: Sequence[Claim], sources: Mapping[str, SourceFacts], within: Within
) -> ResolvedValue:
    """Return the union of lists that exclude each other; the preferred ones first, if a rule prefers any."""
    choice = next((claim for claim in stating if claim.is_choice), None)
    support = {
        one.id: [c for c in stating if not c.is_choice and _agree(one.values[prop.name], c.values[prop.name], within)]
        for one in stating
    }
    counts = {one.id: len(origins_of(support[one.id], sources)) for one in stating}
    best = choice or _preferred(prop, stating, counts, sources, within)
    if best is None:
        because = {one.id: f"{UNDECIDED}: {support_of(support[one.id], sources)}" for one in stating}
    else:
        agreeing = [one for one in stating if _agree(best.values[prop.name], one.values[prop.name], within)]
        others = [one for one in stating if one not in agreeing]
        most = max((counts[one.id] for one in others), default=0)
        reason = "as many origins as another, and known earlier"
        reason = f"most origins, {counts[best.id]} against {most}" if counts[best.id] > most else reason
        reason = (
            f"a steward's choice: {choice.reason}" if choice else f"{reason}: {support_of(support[best.id], sources)}"
        )
        because = dict.fromkeys((one.id for one in agreeing), reason)
        stating = [*agreeing, *others]
    return replace(_united(prop, stating, because), is_disputed=True, is_decided=best is not None)


def _preferred(
    prop: Property,
    stating: Sequence[Claim],
    counts: Mapping[str, int],
    sources: Mapping[str, SourceFacts],
    within: Within,
) -> Claim | None:
    """Return a claim with the list of the most origins, of these the one surely published before its rivals; None where there is none."""
    most = max(counts.values())
    tied = [one for one in stating if counts[one.id] == most]
    for one in tied:
        rivals = [other for other in tied if not _agree(one.values[prop.name], other.values[prop.name], within)]
        last = published_on(one, sources)
        days = [published_on(other, sources) for other in rivals]
        if all(last is not None and day is not None and last[1] < day[0] for day in days):
            return one
    return None

"""Which value is shown where claims differ, why, and whether they can all be right.

In this order: a steward's choice among what sources say, with its reason; the value with the most origins behind it, those of less
precise values that it fulfils among them; the most precise; the one known earliest; the smallest claim id. Never the one loaded last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf
from typing import Any

from graph_api.evidence.claims import Claim
from graph_api.evidence.origins import SourceFacts, count_words, origins
from graph_api.ontology.kinds import Property, Shape
from graph_api.values import quantities, sentences
from graph_api.values.dates import When, contains

NOTHING_SAID = frozenset({"UNKNOWN", "UNSTATED"})
"""Words by which a source says that it does not know; they disagree with nothing."""

GRAINS = (0, 30, 92, 366, 3660)
"""Widths in days up to which dates count as equally precise: a day, a month, a season, a year, ten years. August is not less precise
than September."""

NEVER_DISPUTED = frozenset({"name", "title", "description", "note", "stated-reason", "measure"})
"""Free words and spellings: sources word the same thing differently, and that is no disagreement."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The value that the graph shows of one property. ``because`` has the reason by claim id, for the claims that say it."""

    value: Any
    because: Mapping[str, str]
    is_disputed: bool
    standing: tuple[Any, ...]


def compatible(prop: Property, a: Any, b: Any) -> bool:
    """Tell whether two values of a property can both be right."""
    if a == b or _says_nothing(prop, a) or _says_nothing(prop, b):
        return True
    match prop.shape:
        case Shape.DATE:
            one, other = When.parse(a), When.parse(b)
            return contains(one, other) or contains(other, one)
        case Shape.QUANTITY:
            return quantities.compatible(quantities.Quantity.from_json(a), quantities.Quantity.from_json(b))
        case Shape.SENTENCE:
            return sentences.compatible(sentences.Sentence.from_json(a), sentences.Sentence.from_json(b))
        case _:
            return prop.name in NEVER_DISPUTED


def fulfils(prop: Property, a: Any, b: Any) -> bool:
    """Tell whether a value says all that another says: it is compatible, and no less precise.

    13 May 2022 fulfils May 2022, and every word fulfils "unknown"; not the other way, or a vague value would have behind it
    all the precise ones that contradict each other.
    """
    return compatible(prop, a, b) and _width(prop, a) <= _width(prop, b)


def _width(prop: Property, value: Any) -> float:
    """Return how much room a value leaves; of two compatible ones the nested one leaves less."""
    match prop.shape:
        case Shape.DATE:
            return When.parse(value).precision
        case Shape.WORD:
            return int(_says_nothing(prop, value))
        case Shape.SENTENCE:
            sentence = sentences.Sentence.from_json(value)
            if sentence.kind is sentences.SentenceKind.UNSTATED:
                return inf
            if sentence.kind in (sentences.SentenceKind.LIFE, sentences.SentenceKind.DEATH):
                return 0
            return _room(sentence.months_low, sentence.months_high)
        case Shape.QUANTITY:
            quantity = quantities.Quantity.from_json(value)
            about = quantity.operator is quantities.Operator.ABOUT and quantity.high is None
            return 0 if about else _room(quantity.low, quantity.high)
        case _:
            return 0


def _room(low: float | None, high: float | None) -> float:
    """Return the width between two bounds on a scale that ends, so that "more than 300" is narrower than "more than 200"."""
    start, end = 0.0 if low is None else low, inf if high is None else high
    return (1.0 if end == inf else end / (1 + end)) - start / (1 + start)


def _says_nothing(prop: Property, value: Any) -> bool:
    return prop.shape is Shape.WORD and value in NOTHING_SAID


def _looseness(prop: Property, value: Any) -> tuple[float, int]:
    """Return how imprecise a value is: grains for dates, else the room that it leaves; then how little it tells beside that."""
    if prop.shape is Shape.DATE:
        return sum(When.parse(value).precision > days for days in GRAINS), 0
    more = sum(key in value for key in ("regime", "extras")) if prop.shape is Shape.SENTENCE else 0
    return _width(prop, value), -more


def prefer(prop: Property, claims: Sequence[Claim], sources: Mapping[str, SourceFacts]) -> Shown | None:
    """Return what is shown of a property that takes one value; None where no source says it.

    A choice decides among what sources say; one for a value that no source gives any more decides nothing.
    """
    stating = [claim for claim in claims if prop.name in claim.values and not claim.is_choice]
    if not stating:
        return None
    shown = _by_origins(prop, stating, sources)
    choices = [c for c in claims if c.is_choice and prop.name in c.values and c.values[prop.name] in shown.standing]
    return _chosen(prop, min(choices, key=lambda claim: claim.id), stating, shown) if choices else shown


def _chosen(prop: Property, choice: Claim, stating: Sequence[Claim], shown: Shown) -> Shown:
    value, reason = choice.values[prop.name], f"a steward's choice: {choice.reason}"
    because = {claim.id: reason for claim in (choice, *stating) if claim.values[prop.name] == value}
    return Shown(value, because, shown.is_disputed, shown.standing)


def _by_origins(prop: Property, stating: Sequence[Claim], sources: Mapping[str, SourceFacts]) -> Shown:
    values = [claim.values[prop.name] for claim in stating]
    behind = {
        claim.id: [other for other in stating if fulfils(prop, claim.values[prop.name], other.values[prop.name])]
        for claim in stating
    }

    def rank(claim: Claim) -> tuple[int, tuple[float, int], int, str]:
        return (
            -len(_origins(behind[claim.id], sources)),
            _looseness(prop, claim.values[prop.name]),
            _known(claim, sources),
            claim.id,
        )

    best = min(stating, key=rank)
    disputed = any(not compatible(prop, a, b) for a, b in combinations(values, 2))
    reason = _reason(prop, best, stating, behind, sources)
    because = {claim.id: reason for claim in stating if claim.values[prop.name] == best.values[prop.name]}
    return Shown(best.values[prop.name], because, disputed, tuple(values))


def _origins(claims: Sequence[Claim], sources: Mapping[str, SourceFacts]) -> frozenset[str]:
    return frozenset[str]().union(*(origins(c.citation.source, sources) for c in claims if c.citation))


def _known(claim: Claim, sources: Mapping[str, SourceFacts]) -> int:
    return sources[claim.citation.source].known_from if claim.citation else 0


def _reason(
    prop: Property,
    best: Claim,
    stating: Sequence[Claim],
    behind: Mapping[str, Sequence[Claim]],
    sources: Mapping[str, SourceFacts],
) -> str:
    cited = [claim.citation.source for claim in behind[best.id] if claim.citation]
    counted = count_words(cited, sources)
    shown = best.values[prop.name]
    others = [claim for claim in stating if claim.values[prop.name] != shown]
    if not others:
        return f"the only value: {counted}"
    rivals = [claim for claim in others if not compatible(prop, shown, claim.values[prop.name])]
    if not rivals:
        return f"{_of_agreeing(prop, best, others, sources)}: {counted}"
    mine = len(_origins(behind[best.id], sources))
    most = max(len(_origins(behind[claim.id], sources)) for claim in rivals)
    if mine > most:
        return f"most origins, {mine} against {most}: {counted}"
    if any(_looseness(prop, claim.values[prop.name]) > _looseness(prop, best.values[prop.name]) for claim in rivals):
        return f"as many origins as another, and more precise: {counted}"
    if any(_known(claim, sources) > _known(best, sources) for claim in rivals):
        return f"as many origins as another, and known earlier: {counted}"
    return f"as many origins as another and known as early; the smallest claim id: {counted}"


def _of_agreeing(prop: Property, best: Claim, others: Sequence[Claim], sources: Mapping[str, SourceFacts]) -> str:
    mine = _looseness(prop, best.values[prop.name])
    if all(_looseness(prop, claim.values[prop.name]) > mine for claim in others):
        return "the most precise of values that agree"
    if all(_known(claim, sources) > _known(best, sources) for claim in others):
        return "the one known earliest of values that agree"
    return (
        "one of values that agree: by precision, then by the day on which it was known, then by the smallest claim id"
    )


def unite(prop: Property, claims: Sequence[Claim], sources: Mapping[str, SourceFacts]) -> Shown | None:
    """Return the union of a property that takes many values, in the order in which they became known."""
    stating = sorted((c for c in claims if prop.name in c.values), key=lambda c: (_known(c, sources), c.id))
    if not stating:
        return None
    united: list[Any] = []
    for claim in stating:
        united += [value for value in claim.values[prop.name] if value not in united]
    return Shown(united, {claim.id: "lists are united" for claim in stating}, is_disputed=False, standing=tuple(united))

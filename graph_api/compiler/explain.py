"""Explains in words why a sequence of events holds: how each order is known, and what of this subject no source states."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, assert_never

from graph_api.compiler.order_basis import SequenceEvent, is_dated_order, order_basis
from graph_api.ontology.vocabulary import Modality, OrderBasis
from graph_api.values.dates import OPEN_HI, OPEN_LO, When, day_date

_NOT_STATED: Final = {
    Modality.IMPLIED: "Implied by what sources say, not stated of this {subject}: {what}.",
    Modality.DERIVED: "Worked out from other claims by a written rule, stated of this {subject} by no source: {what}.",
    Modality.ATTRIBUTED: "Reported of this {subject} in the words of others: {what}.",
}


def explain(
    events: Sequence[SequenceEvent],
    stated: Sequence[Modality | None],
    *,
    subject: str,
    chains: int,
    is_sure: bool,
) -> str:
    """Return the explanation of a sequence; ``stated`` says how sources state the order of each pair of neighbours.

    >>> sentenced = SequenceEvent("CONVICTION", "2022-09-21", 19256, 19256, 19256, 19256)
    >>> exchanged = SequenceEvent("EXCHANGE", "2024-06-28", 19902, 19902, 19902, 19902)
    >>> explain([sentenced, exchanged], [None], subject="person", chains=1, is_sure=True)
    'conviction (21 September 2022) before exchange (28 June 2024): dated. Holds whatever the days are.'
    """
    parts = [_event(events[0])] if len(events) == 1 else []
    for (a, b), modality in zip(pairwise(events), stated, strict=True):
        parts.append(f"{_event(a)} before {_event(b)}: {_basis(a, b, modality)}")
    sentences = ["; ".join(parts) + "."]
    sentences.append(
        "Holds whatever the days are." if is_sure else "Possible for some of the days that the sources allow."
    )
    sentences += _not_stated(events, subject)
    if chains > 1:
        sentences.append(f"{chains} chains of events; shown is the best established.")
    return " ".join(sentences)


def _word(event: SequenceEvent) -> str:
    return event.kind.lower().replace("_", " ")


def _event(event: SequenceEvent) -> str:
    date = When.parse(event.date).display if event.date else _bounds(event)
    return f"{_word(event)} ({date}{'; sources differ on the date' if event.is_date_disputed else ''})"


def _bounds(event: SequenceEvent) -> str:
    latest = day_date(event.hi) if event.hi < OPEN_HI else None
    earliest = day_date(event.lo) if event.lo > OPEN_LO else None
    if earliest and latest:
        return f"no date stated; between {When.parse(earliest.isoformat()).display} and {When.parse(latest.isoformat()).display}"
    if latest:
        return f"no date stated; not after {When.parse(latest.isoformat()).display}"
    return f"no date stated; not before {When.parse(earliest.isoformat()).display}" if earliest else "no date stated"


def _basis(a: SequenceEvent, b: SequenceEvent, stated: Modality | None) -> str:
    match order_basis(a, b, stated):
        case OrderBasis.DATED:
            return "dated" if is_dated_order(a, b) else "possible by the dates"
        case OrderBasis.STATED:
            return "an order that a source states"
        case OrderBasis.KNOWN_BY:
            return "reported before it"
        case OrderBasis.IMPLIED:
            return "implied by what sources say; no single source states the order"
        case _ as basis:
            assert_never(basis)


def _not_stated(events: Sequence[SequenceEvent], subject: str) -> list[str]:
    """Return a sentence for each modality other than STATED: which events of this subject, and which dates, are of it."""
    found: dict[Modality, list[str]] = {}
    for event in events:
        own = [one for one in (event.modality, event.part_modality) if one is not Modality.STATED]
        for modality in dict.fromkeys(own):
            found.setdefault(modality, []).append(f"the {_word(event)}")
        if event.date is not None and event.date_modality not in (None, Modality.STATED):
            found.setdefault(event.date_modality, []).append(f"the date of the {_word(event)}")
    return [
        words.format(subject=subject, what=_listed(list(dict.fromkeys(found[modality]))))
        for modality, words in _NOT_STATED.items()
        if modality in found
    ]


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]

"""How the order of the events of a sequence is known, the days between them, and how strongly claims stand behind them.

Pure rules over what is stored of the events; ``evidence.event_projection`` says how that is computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from graph_api.ontology.vocabulary import Modality, OrderBasis, weakest
from graph_api.values.dates import OPEN_HI, OPEN_LO

DayCount: TypeAlias = tuple[int | None, int | None]
"""A number of days, at least and at most; None where open."""


@dataclass(frozen=True, slots=True)
class SequenceEvent:
    """One event of a sequence.

    ``lo`` and ``hi`` are the bounds without births and days of reading, ``stated_lo`` and ``stated_hi`` the hull of the dates that sources
    state, ``known`` the day on which the first source that reports it as past was known. ``modality`` is that of the claims that it
    happened, ``part_modality`` of those that it happened to the subject, ``date_modality`` of those that state its date.
    """

    kind: str
    date: str | None = None
    lo: int = OPEN_LO
    hi: int = OPEN_HI
    stated_lo: int | None = None
    stated_hi: int | None = None
    known: int | None = None
    modality: Modality = Modality.STATED
    part_modality: Modality = Modality.STATED
    date_modality: Modality | None = None
    is_date_disputed: bool = False


def is_dated_order(a: SequenceEvent, b: SequenceEvent) -> bool:
    """Whether the dates that sources state put ``a`` before ``b`` whatever the days are."""
    return a.stated_hi is not None and b.stated_lo is not None and a.stated_hi < b.stated_lo


def order_basis(a: SequenceEvent, b: SequenceEvent, stated: Modality | None) -> OrderBasis:
    """Return how it is known that ``a`` was before ``b``; ``stated`` is how sources state the order, None where they do not.

    The strongest basis counts: stated dates, a stated order, a source that knew of ``a`` before ``b`` can have happened. What remains
    follows from several sources together. Where the order is only possible, it is so by the dates.

    >>> sentenced = SequenceEvent("CONVICTION", known=100)
    >>> order_basis(sentenced, SequenceEvent("EXCHANGE", "2024-06-28", 19902, 19902, 19902, 19902), None).value
    'KNOWN_BY'
    """
    if is_dated_order(a, b):
        return OrderBasis.DATED
    if stated in (Modality.STATED, Modality.ATTRIBUTED):
        return OrderBasis.STATED
    if a.known is not None and b.stated_lo is not None and a.known < b.stated_lo:
        return OrderBasis.KNOWN_BY
    return OrderBasis.IMPLIED if stated is not None or a.hi < b.lo else OrderBasis.DATED


def days_between(a: SequenceEvent, b: SequenceEvent) -> DayCount:
    """Return the days from ``a`` to ``b``, which did not happen before it: at least and at most, whatever the days are.

    >>> days_between(SequenceEvent("CONVICTION", lo=10, hi=20), SequenceEvent("EXCHANGE", lo=15, hi=30))
    (0, 20)
    """
    least = None if a.hi >= OPEN_HI or b.lo <= OPEN_LO else max(0, b.lo - a.hi)
    most = None if a.lo <= OPEN_LO or b.hi >= OPEN_HI else max(0, b.hi - a.lo)
    return least, most


def sequence_modality(events: Sequence[SequenceEvent], stated: Sequence[Modality | None]) -> Modality:
    """Return the weakest modality of what a sequence relies on.

    That is, of every event, that it happened, and to the subject; of every two neighbours, their dates, or the claims that state the order.
    An order that follows from several sources together is implied.
    """
    relied = [one for event in events for one in (event.modality, event.part_modality)]
    for (a, b), modality in zip(pairwise(events), stated, strict=True):
        match order_basis(a, b, modality):
            case OrderBasis.DATED:
                relied += [one.date_modality for one in (a, b) if one.date_modality is not None]
            case OrderBasis.KNOWN_BY:
                relied += [b.date_modality] if b.date_modality is not None else []
            case OrderBasis.STATED:
                pass
            case OrderBasis.IMPLIED:
                relied.append(Modality.IMPLIED if modality is None else modality)
    return weakest(relied)

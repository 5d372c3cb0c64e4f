"""Who may be within reach of those who held them: the one predicate that decides what a public graph holds back.

Within reach is everybody ever reported taken, except who is (a) reported handed over, (b) reported by a source to be outside the territory of
those who held them, or (c) dead, with the body returned. A release before trial, after the term or by escape takes nobody out of reach, nor
does one report of a death. Whoever is reported taken again after that, or in custody on a day that is surely later, is within reach again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph_api.evidence.life_events import LifeEvent, comes_surely_before, lasts_beyond
from graph_api.ontology.vocabulary import EventKind

IN_CUSTODY: Final = frozenset(
    {
        EventKind.CONFINEMENT,
        EventKind.SIGHTING,
        EventKind.PROOF_OF_LIFE,
        EventKind.TRANSFER,
        EventKind.DEPORTATION,
        EventKind.ILL_TREATMENT,
    }
)
"""Kinds of events in which somebody is in the hands of those who hold them."""

TAKEN: Final = IN_CUSTODY | {
    EventKind.DISAPPEARANCE,
    EventKind.DETENTION,
    EventKind.CHARGE,
    EventKind.REMAND,
    EventKind.TRIAL,
    EventKind.CONVICTION,
    EventKind.COMPULSORY_MEASURE,
}
"""Kinds of events that report somebody taken or before a court of those who take people."""

_TAKEN_AGAIN: Final = frozenset({EventKind.DISAPPEARANCE, EventKind.DETENTION, EventKind.REMAND})


def is_within_reach(events: Sequence[LifeEvent]) -> bool:
    """Return whether the person of these events may be within reach of those who held them.

    ``events`` are all that sources report as past (:func:`graph_api.evidence.life_events.life_events`).
    """
    if not any(one.kind in TAKEN for one in events):
        return False
    if any(one.kind is EventKind.BODY_RETURN for one in events):
        return False
    exits = [one for one in events if _takes_out_of_reach(one)]
    return not any(all(_is_over(one, exit_) for one in events) for exit_ in exits)


def _takes_out_of_reach(one: LifeEvent) -> bool:
    match one.kind:
        case EventKind.EXCHANGE:
            return True
        case EventKind.RELEASE | EventKind.REUNIFICATION:
            return one.side is not None or one.is_returned
        case _:
            return False


def _is_over(one: LifeEvent, exit_: LifeEvent) -> bool:
    """Whether an event says of nobody that they were held after a handover: of custody, what is not surely later was before."""
    if one.kind in IN_CUSTODY:
        return not comes_surely_before(exit_, one) and not lasts_beyond(one, exit_)
    return one.kind not in _TAKEN_AGAIN or one.in_absentia or comes_surely_before(one, exit_)

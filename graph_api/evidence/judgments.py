"""Judgments with the decisions of higher courts on them, and the sentence that is in force after these. Terms are never added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import orjson

from graph_api.evidence.life_events import LifeEvent, comes_surely_before, maximal
from graph_api.ontology.vocabulary import AppealResult, EventKind
from graph_api.values.sentences import SentenceKind

SET_ASIDE: Final = (AppealResult.QUASHED, AppealResult.RETRIAL)
"""Results of an appeal after which the judgment is not in force."""


_JUDGMENTS: Final = (EventKind.CONVICTION, EventKind.ACQUITTAL)


def sentences_in_force(events: Iterable[LifeEvent]) -> dict[str, str]:
    """Return the sentence in force of each judgment of guilt as JSON text, by id, out of events that sources report as past.

    It is the last one that the judgment or a decision on it states. A judgment has none where it was set aside, where another judgment takes
    up its terms, where the last decisions state different sentences, or where none states one.

    >>> judgment = LifeEvent("j", EventKind.CONVICTION, sentence='{"kind": "LIFE"}')
    >>> sentences_in_force([judgment, LifeEvent("a", EventKind.APPEAL, of="j", result=AppealResult.UPHELD)])
    {'j': '{"kind": "LIFE"}'}
    >>> sentences_in_force([judgment, LifeEvent("a", EventKind.APPEAL, of="j", result=AppealResult.QUASHED)])
    {}
    """
    every = list(events)
    replaced = frozenset[str]().union(*(one.replaces for one in every))
    decisions = _decisions(every)
    found: dict[str, str] = {}
    for one in every:
        if one.kind is EventKind.CONVICTION and one.id not in replaced:
            last = stated_sentence(_chain(one, decisions))
            if last is not None and last.sentence is not None:
                found[one.id] = last.sentence
    return found


def last_chain(events: Sequence[LifeEvent]) -> tuple[list[LifeEvent], bool]:
    """Return the last judgment with the decisions on it, and whether there are judgments of which none is known to be the last.

    An acquittal is a judgment as well: a sentence is in force only where it is surely not followed by one.
    """
    replaced = frozenset[str]().union(*(one.replaces for one in events))
    judgments = [one for one in events if one.kind in _JUDGMENTS and one.id not in replaced]
    decisions = _decisions(events)
    chains = [_chain(one, decisions) for one in judgments]
    for chain in chains:
        others = [one for other in chains if other is not chain for one in other]
        if all(any(comes_surely_before(one, end) for end in chain) for one in others):
            return chain, False
    return [], len(chains) > 1


def _decisions(events: Iterable[LifeEvent]) -> Mapping[str, Sequence[LifeEvent]]:
    """Return the decisions on each judgment or decision, by its id."""
    found: dict[str, list[LifeEvent]] = {}
    for one in events:
        if one.of is not None:
            found.setdefault(one.of, []).append(one)
    return found


def _chain(judgment: LifeEvent, decisions: Mapping[str, Sequence[LifeEvent]]) -> list[LifeEvent]:
    """Return a judgment, the decisions on it, and those on these."""
    chain = [judgment]
    for one in chain:
        chain += [other for other in decisions.get(one.id, ()) if other not in chain]
    return chain


def stated_sentence(chain: Sequence[LifeEvent]) -> LifeEvent | None:
    """Return the decision that states the last sentence; None where none does, the last ones differ, or the judgment was set aside."""
    if any(one.result in SET_ASIDE for one in maximal(chain)):
        return None
    stating = [
        one for one in chain if one.sentence and orjson.loads(one.sentence)["kind"] != SentenceKind.UNSTATED.value
    ]
    last = [one for one in stating if not any(_is_later(other, one, chain) for other in stating)]
    return last[0] if len({one.sentence for one in last}) == 1 else None


def _is_later(later: LifeEvent, earlier: LifeEvent, chain: Sequence[LifeEvent]) -> bool:
    """Whether a decision came after another: it is on it, directly or through others, or surely later."""
    above = later.of
    ids = {one.id: one for one in chain}
    while above in ids:
        if above == earlier.id:
            return True
        above = ids[above].of
    return comes_surely_before(earlier, later)

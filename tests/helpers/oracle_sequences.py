"""How the order of a chain of events is known, the days between its events, and what stands behind them, in plain Python.

Modalities are read from the claims, and statistics are counted from sorted lists; nothing here comes from ``graph_api.compiler``. Of an event
it shares what the projection stores: its bounds, the hull of its stated dates, and when it became known.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Any

from graph_api.evidence.claims import Claim

if TYPE_CHECKING:
    from tests.helpers.oracle import Record, World

WORDS = ("STATED", "ATTRIBUTED", "IMPLIED", "DERIVED")
OPEN = (-1_000_000, 10_000_000)


def basis(world: World, a: Record, b: Record) -> str:
    """Return how it is known that one event came before another."""
    mine, other = a.stored, b.stored
    how = _link(world, a, b)
    if "date" in mine and "date" in other and mine["stated_hi"] < other["stated_lo"]:
        return "DATED"
    if how == "STATED":
        return "STATED"
    if mine["known"] is not None and "date" in other and mine["known"] < other["stated_lo"]:
        return "KNOWN_BY"
    return "IMPLIED" if how == "IMPLIED" or mine["shown_hi"] < other["shown_lo"] else "DATED"


def _link(world: World, a: Record, b: Record) -> str | None:
    return next((one.properties["modality"] for one in world.links(b.id, "FOLLOWS") if one.end == a.id), None)


def between(a: Record, b: Record) -> dict[str, int | None]:
    """Return the days between two events, at least and at most."""
    low, high = OPEN
    first, last = a.stored, b.stored
    is_least_open = first["shown_hi"] == high or last["shown_lo"] == low
    is_most_open = first["shown_lo"] == low or last["shown_hi"] == high
    return {
        "atLeast": None if is_least_open else max(last["shown_lo"] - first["shown_hi"], 0),
        "atMost": None if is_most_open else max(last["shown_hi"] - first["shown_lo"], 0),
    }


def modality(world: World, subject: Record, roles: Sequence[str], events: Sequence[Record]) -> str:
    """Return the weakest modality of the claims that a chain relies on."""
    found = [how for event, role in zip(events, roles, strict=True) for how in _of_event(world, subject, role, event)]
    for a, b in pairwise(events):
        known = basis(world, a, b)
        if known == "DATED":
            found += [*_of_date(world, a), *_of_date(world, b)]
        elif known == "KNOWN_BY":
            found += _of_date(world, b)
        elif known == "IMPLIED":
            found.append("IMPLIED")
    return max(found, key=WORDS.index)


def _of_event(world: World, subject: Record, role: str, event: Record) -> list[str]:
    happened = [one.modality.value for one in world.claims[event.id] if "kind" in one.values and one.reason is None]
    [part] = [one for one in world.parties(event.id, role) if one.link.start == subject.id]
    own = [one.modality.value for one in world.claims[part.id] if one.reason is None]
    if [one.id for one in world.parties(event.id, "SUBJECT")] == [part.id]:
        own += happened
    return [min(happened, key=WORDS.index), min(own, key=WORDS.index)]


def _of_date(world: World, event: Record) -> list[str]:
    saying = [
        one.modality.value
        for one in world.claims[event.id]
        if one.reason is None and one.values.get("date") == event.stored.get("date", "none")
    ]
    return [min(saying, key=WORDS.index)] if saying else []


def durations(rows: Sequence[Sequence[Record]], step: int) -> dict[str, Any]:
    """Return the statistics of the days between a step and the next one, over the chains of all rows."""
    counted = [between(events[step - 1], events[step]) for events in rows]
    bounded = [one for one in counted if None not in one.values()]
    sides = {side: sorted(one[side] or 0 for one in bounded) for side in ("atLeast", "atMost")}

    def at(share: float) -> dict[str, int] | None:
        place = max(ceil(share * len(bounded)), 1) - 1
        return {side: days[place] for side, days in sides.items()} if bounded else None

    return {
        "n": len(bounded),
        "unknown": len(counted) - len(bounded),
        "lowerQuartile": at(0.25),
        "median": at(0.5),
        "upperQuartile": at(0.75),
    }


def sentence_in_force(world: World, judgment: Record) -> str | None:
    """Return the stored sentence of a judgment after the decisions on it; None where there is none or it is not settled."""
    if any(
        world.get(link.start).stored["announced"] is False for link in world.links(judgment.id, "REPLACES", back=True)
    ):
        return None
    chain = [judgment]
    for one in chain:
        chain += [each for each in world.those_at(one.id, "OF") if not each.stored["announced"] and each not in chain]
    follows = world.follows()

    def is_last(one: Record, among: Sequence[Record]) -> bool:
        return not any(
            (other.id, one.id) in follows
            or ((one.id, other.id) not in follows and one.stored["date_hi"] < other.stored["date_lo"])
            for other in among
        )

    if any(one.stored.get("result") in ("QUASHED", "RETRIAL") for one in chain if is_last(one, chain)):
        return None
    stating = [one for one in chain if one.stored.get("sentence_kind", "UNSTATED") != "UNSTATED"]
    texts = {str(one.stored["sentence"]) for one in stating if is_last(one, stating)}
    return texts.pop() if len(texts) == 1 else None


def claims_of_offence(world: World, event: Record, offence: dict[str, str]) -> list[str]:
    """Return the ids of the claims that state an offence, or one that says less of the same, in the order of publication."""

    def says(stated: dict[str, str]) -> bool:
        if stated["code"] != offence["code"] or (stated["code"] == "OTHER" and stated["text"] != offence["text"]):
            return stated == offence
        is_bare = "article" not in stated and (
            "article" in offence or stated["text"] == stated["code"].lower().replace("_", " ")
        )
        return stated == offence or is_bare or ("article" in stated and stated["article"] == offence.get("article"))

    found = [one for one in world.claims[event.id] if any(says(stated) for stated in one.values.get("offences", ()))]

    def order(claim: Claim) -> tuple[bool, int, str]:
        last = world.get(claim.citation.source).stored.get("published_hi", OPEN[1]) if claim.citation else OPEN[1]
        return last == OPEN[1], last, claim.id

    return [f"{one.id}.offences" for one in sorted(found, key=order)]

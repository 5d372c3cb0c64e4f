"""A stated total beside its parts and events: from facts to numbers and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from graph_api.values.sums import EventCounts, Part, SumCheck, check_sum, exact_number, number_of_event


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A total as it is stated, with its parts, the events that it counts and the people among them who are known by name."""

    stated: dict[str, Any]
    are_complete: bool | None
    parts: tuple[Part, ...]
    events: tuple[EventCounts, ...]
    named_people: int

    @property
    def check(self) -> SumCheck:
        """The total compared with its parts and events."""
        return check_sum(self.stated, self.parts, self.events, are_complete=self.are_complete)


def read_total(quantity: str, are_complete: Any, facts: Sequence[Any]) -> StatedTotal:
    """Return a total from its stored quantity, whether its parts are said to be all of it, and its parts, events and named people."""
    parts, events, named_people = facts
    return StatedTotal(
        orjson.loads(quantity),
        are_complete,
        tuple(Part(orjson.loads(number), sex, category) for number, sex, category in parts),
        tuple(
            EventCounts(event, None if numbers is None else tuple(map(orjson.loads, numbers)))
            for event, numbers in sorted(events)
        ),
        named_people,
    )


def explain_sum(total: StatedTotal) -> str:
    """Return in words what a total is compared with, and what follows from it."""
    found = total.check
    sentences = [f"Stated: {total.stated['text']}.", *_on_parts(total, found), *_on_events(total, found)]
    if not total.parts and not total.events:
        sentences.append("Nothing in this edition can be added up to it.")
    people = total.named_people
    sentences.append(
        f"{people or 'No'} {'person' if people == 1 else 'people'} counted in it {'is' if people == 1 else 'are'} known by name here."
    )
    return " ".join(sentences)


def _on_parts(total: StatedTotal, found: SumCheck) -> list[str]:
    if not total.parts:
        return []
    texts = " + ".join(part.number["text"] for part in total.parts)
    if found.sum_of_parts is None:
        return [f"Of which: {texts}. These parts are not added, since they are not said to be all of it."]
    added = f"Parts: {texts} = {_number(found.sum_of_parts)}"
    if total.are_complete:
        return [f"{added}, said to be all of it{_outcome(found)}."]
    if found.agrees is None:
        return [f"{added}{_outcome(found)}; both may be right, since the parts are not said to be all of it."]
    return [f"{added}{_outcome(found)}."]


def _outcome(found: SumCheck) -> str:
    if found.agrees:
        return ", which agrees"
    return "" if found.difference is None else f"; the difference is {_number(abs(found.difference))}"


def _on_events(total: StatedTotal, found: SumCheck) -> list[str]:
    if not total.events:
        return []
    known = [number for one in total.events if (number := number_of_event(one)) is not None]
    several = f"{len(total.events)} events" if len(total.events) > 1 else "1 event"
    if found.sum_of_events is None:
        return [f"It counts {several}, of which {len(known)} have one stated number, so that they are not added."]
    if all(one.numbers is None for one in total.events):
        text = f"This edition has {several} of those that it counts"
    else:
        text = f"Events that it counts: {' + '.join(map(_number, known))} = {_number(found.sum_of_events)}"
    exact = exact_number(total.stated)
    if exact is None or exact == found.sum_of_events or found.sum_of_parts is not None:
        return [f"{text}."]
    return [
        f"{text}; the difference is {_number(abs(exact - found.sum_of_events))}; both may be right, since it may count differently."
    ]


def _number(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:,}"

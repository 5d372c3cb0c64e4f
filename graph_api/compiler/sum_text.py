"""A stated total beside its parts and events: from facts to numbers and words, in English and Ukrainian.

In Ukrainian, numbers that sources state in words stay in their words, in quotation marks. No native-speaking lawyer has reviewed the Ukrainian.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from graph_api.values.languages import Language
from graph_api.values.quantities import stated_in_ukrainian
from graph_api.values.sums import EventCounts, Part, SumCheck, check_sum, exact_number, number_of_event
from graph_api.values.ukrainian import number_words, plural

MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "stated": ("Stated: {stated}.", "Зазначено: {stated}."),
    "nothing": (
        "Nothing in this edition can be added up to it.",
        "У цій версії немає чисел, сума яких мала б із ним збігатися.",
    ),
    "named": (
        "{people} counted in it {are} known by name here.",
        "З осіб, яких охоплює це число, тут названо поіменно: {people}.",
    ),
    "none-named": (
        "No people counted in it are known by name here.",
        "З осіб, яких охоплює це число, тут нікого не названо поіменно.",
    ),
    "not-added": (
        "Of which: {parts}. These parts are not added, since they are not said to be all of it.",
        "У тому числі: {parts}. Ці частини не додано, бо не зазначено, що вони становлять усе число.",
    ),
    "parts": ("Parts: {parts} = {sum}", "Частини: {parts} = {sum}"),
    "complete": (", said to be all of it", ", зазначено, що вони становлять усе число"),
    "agrees": (", which agrees", "; сума збігається"),
    "difference": ("; the difference is {difference}", "; різниця: {difference}"),
    "parts-may-be-right": (
        "; both may be right, since the parts are not said to be all of it",
        "; обидва числа можуть бути правильними, бо не зазначено, що частини становлять усе число",
    ),
    "events-not-added": (
        "It counts {events}, of which {known} have one stated number, so that they are not added.",
        "Число охоплює {events}; подій з одним зазначеним числом: {known}, тому їх не додано.",
    ),
    "events-here": (
        "This edition has {events} of those that it counts",
        "У цій версії наведено {events} з тих, які охоплює це число",
    ),
    "events": ("Events that it counts: {known} = {sum}", "Події, які охоплює це число: {known} = {sum}"),
    "events-may-be-right": (
        "; both may be right, since it may count differently",
        "; обидва числа можуть бути правильними, бо полічено могло бути по-різному",
    ),
}  # fmt: skip
"""Every message by its key: English, Ukrainian. Those with a small letter or a mark at their beginning continue a sentence."""


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


def explain_sum(total: StatedTotal, language: Language = Language.EN) -> str:
    """Return in words what a total is compared with, and what follows from it.

    >>> parts = (Part({"text": "259"}), Part({"text": "many"}))
    >>> total = StatedTotal({"text": "hundreds", "operator": "VAGUE"}, None, parts, (), 0)
    >>> explain_sum(total, Language.UK).split(". ")[:2]
    ['Зазначено: «hundreds»', 'У тому числі: 259 + «many»']
    """
    found, say = total.check, _Messages(language)
    sentences = [
        say.text("stated", stated=say.stated(total.stated)),
        *_on_parts(total, found, say),
        *_on_events(total, found, say),
    ]
    if not total.parts and not total.events:
        sentences.append(say.text("nothing"))
    if people := total.named_people:
        counted, are = ("1 person", "is") if people == 1 else (f"{people} people", "are")
        sentences.append(say.text("named", people=counted if language is Language.EN else str(people), are=are))
    else:
        sentences.append(say.text("none-named"))
    return " ".join(sentences)


@dataclass(frozen=True, slots=True)
class _Messages:
    language: Language

    def text(self, key: str, **values: str) -> str:
        return MESSAGES[key][self.language is Language.UK].format(**values)

    def stated(self, number: Mapping[str, Any]) -> str:
        """Return a number that a source states."""
        text = str(number["text"])
        return text if self.language is Language.EN else stated_in_ukrainian(text)

    def number(self, number: float) -> str:
        """Return a number that was computed."""
        if self.language is Language.UK:
            return number_words(number)
        return f"{number:,.0f}" if number == int(number) else f"{number:,}"

    def difference(self, number: float) -> str:
        return self.text("difference", difference=self.number(abs(number)))

    def events(self, count: int) -> str:
        if self.language is Language.UK:
            return plural(count, "подію", "події", "подій")
        return f"{count} events" if count > 1 else "1 event"


def _on_parts(total: StatedTotal, found: SumCheck, say: _Messages) -> list[str]:
    if not total.parts:
        return []
    texts = " + ".join(say.stated(part.number) for part in total.parts)
    if found.sum_of_parts is None:
        return [say.text("not-added", parts=texts)]
    added = say.text("parts", parts=texts, sum=say.number(found.sum_of_parts))
    if total.are_complete:
        return [f"{added}{say.text('complete')}{_outcome(found, say)}."]
    may_be_right = say.text("parts-may-be-right") if found.agrees is None else ""
    return [f"{added}{_outcome(found, say)}{may_be_right}."]


def _outcome(found: SumCheck, say: _Messages) -> str:
    if found.agrees:
        return say.text("agrees")
    return "" if found.difference is None else say.difference(found.difference)


def _on_events(total: StatedTotal, found: SumCheck, say: _Messages) -> list[str]:
    if not total.events:
        return []
    known = [number for one in total.events if (number := number_of_event(one)) is not None]
    several = say.events(len(total.events))
    if found.sum_of_events is None:
        return [say.text("events-not-added", events=several, known=str(len(known)))]
    if all(one.numbers is None for one in total.events):
        text = say.text("events-here", events=several)
    else:
        numbers = " + ".join(map(say.number, known))
        text = say.text("events", known=numbers, sum=say.number(found.sum_of_events))
    exact = exact_number(total.stated)
    if exact is None or exact == found.sum_of_events or found.sum_of_parts is not None:
        return [f"{text}."]
    return [f"{text}{say.difference(exact - found.sum_of_events)}{say.text('events-may-be-right')}."]

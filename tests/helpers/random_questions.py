"""Random questions about random graphs: filters of every field, orders, sequences; made by ``random.Random``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from graph_api.ontology.vocabulary import EventKind, PersonCategory, ReleaseGround, Role, Sex, SourceKind, Standing
from tests.helpers import random_graphs as made

Where = dict[str, Any]

DAYS = (
    "2023-12-31",
    "2024-01-10",
    "2024-01-31",
    "2024-02-01",
    "2024-02-29",
    "2024-03-31",
    "2024-04-30",
    "2024-06-01",
    "2025-01-01",
)
WITHINS = ("P1D", "P20D", "P7W", "P1M", "P2M", "P3M", "P1Y", "P1M3D", "P1000Y")
HOLDS = ("FOR_ALL_DATES", "FOR_SOME_DATES")
EVENTS = tuple(f"event-{number:02}" for number in range(24))
TEXTS = (*made.NAMES, "", "a", "S", "ß", "приклад", "n`", "%", "1", "İ", "ΣΕΥΣ", "σευς")


class Asker:
    """Makes questions."""

    def __init__(self, number: int) -> None:
        self.random = Random(number)  # noqa: S311 - a test that can be run again

    def some(self, chance: float) -> bool:
        return self.random.random() < chance

    def one(self, items: Any) -> Any:
        return self.random.choice(list(items))

    # ── values ──────────────────────────────────────────────────────────────────────────────────────────────────

    def ids(self, *pools: Any) -> Where:
        every = [*(one for pool in pools for one in pool), "nobody-at-all"]
        found: Where = {}
        if self.some(0.6):
            found["eq"] = self.one(every)
        if self.some(0.4):
            found["in"] = self.random.sample(every, min(len(every), self.random.randint(0, 3)))
        return found | ({"eq": None} if self.some(0.1) else {})

    def text(self, pool: Any = TEXTS) -> Where:
        found: Where = {}
        for key, chance in (("eq", 0.15), ("contains", 0.5), ("startsWith", 0.25)):
            if self.some(chance):
                found[key] = self.one(pool)
        if self.some(0.2):
            found["in"] = [self.one(pool) for _ in range(self.random.randint(0, 3))]
        return found

    def when(self) -> Where:
        first, last = sorted((self.one(DAYS), self.one(DAYS)))
        found: Where = {"from": first if self.some(0.6) else None, "until": last if self.some(0.6) else None}
        if self.some(0.7):
            found["holds"] = self.one(HOLDS)
        if self.some(0.2):
            found["known"] = self.some(0.5)
        return found

    def category(self) -> Where:
        words = [one.value for one in PersonCategory]
        found: Where = {"basis": self.one(("SHOWN", "ANY_SOURCE", "UNDISPUTED"))} if self.some(0.7) else {}
        if self.some(0.7):
            found["eq"] = self.one(words)
        if self.some(0.3):
            found["in"] = self.random.sample(words, self.random.randint(0, 2))
        return found

    def numbers(self) -> Where:
        years = (1, 1.9, 2, 10.5, 11, 12, 100)
        return {key: self.one(years) for key in ("eq", "gt", "gte", "lt", "lte") if self.some(0.35)}

    # ── filters ─────────────────────────────────────────────────────────────────────────────────────────────────

    def filter(self, fields: dict[str, Callable[[], Any]], *, deep: int, names: tuple[str, ...] = ()) -> Where:
        """Return a filter of one or two fields (or of ``names``), perhaps with others inside."""
        chosen = names or tuple(self.random.sample(sorted(fields), self.random.choice((1, 1, 2))))
        found: Where = {name: fields[name]() for name in chosen}
        if deep and self.some(0.4):
            inside = [self.filter(fields, deep=deep - 1) for _ in range(self.random.randint(0, 2))]
            word = self.one(("and", "or", "not"))
            found = {word: self.filter(fields, deep=deep - 1) if word == "not" else inside} | (
                found if self.some(0.5) else {}
            )
        if self.some(0.1):
            found[self.one(sorted({*fields} - {*found}))] = None
        return found

    def event_fields(self) -> dict[str, Callable[[], Any]]:
        actors = (made.STATES, made.ORGANIZATIONS, made.PEOPLE[:1])
        return {
            "id": lambda: self.ids(EVENTS),
            "kind": lambda: self.one((*made.FREQUENT, self.one(EventKind).value)),
            "kinds": lambda: self.random.sample([one.value for one in EventKind], self.random.choice((0, 1, 8, 15))),
            "date": self.when,
            "during": self.when,
            "participant": lambda: self.ids(made.PEOPLE, made.GROUPS, *actors),
            "mediator": lambda: self.ids(*actors),
            "handedTo": lambda: self.ids(made.STATES),
            "site": lambda: self.ids(made.SITES),
            "place": lambda: self.ids(made.PLACES),
            "court": lambda: self.ids(made.COURTS),
            "standing": lambda: self.one(Standing).value,
            "offence": lambda: self.text((*made.NAMES, "ESPIONAGE", "espionage", "OTHER", "TREA")),
            "article": lambda: self.text(("RU-UK 276", "ru-uk", "205.4(2)", "276")),
            "sentenceYears": self.numbers,
            "inAbsentia": lambda: self.some(0.5),
            "ground": lambda: self.one((ReleaseGround.UNSTATED, ReleaseGround.TERM_SERVED, ReleaseGround.PARDON)).value,
            "partOf": lambda: self.ids(EVENTS),
            "source": lambda: self.ids(made.SOURCES),
            "sourceKind": lambda: self.one(SourceKind).value,
            "disputed": lambda: self.some(0.5),
        }

    def event(self, *names: str, deep: int = 2) -> Where:
        return self.filter(self.event_fields(), deep=deep, names=names)

    def match(self) -> Where:
        found: Where = (
            {"role": self.one((Role.SUBJECT, Role.MEDIATOR, Role.WITNESS, Role.PERPETRATOR)).value}
            if self.some(0.4)
            else {}
        )
        return found | ({"where": self.event(deep=1)} if self.some(0.8) else {})

    def step(self, *, is_first: bool) -> Where:
        found: Where = {"kind": self.one(made.FREQUENT[:3] if self.some(0.9) else made.FREQUENT)}
        if self.some(0.08):
            found["role"] = self.one((Role.SUBJECT, Role.WITNESS)).value
        if self.some(0.12):
            found["where"] = self.event(deep=1)
        if not is_first and self.some(0.35):
            found["within"] = self.one(WITHINS)
        return found

    def steps(self) -> list[Where]:
        return [self.step(is_first=place == 0) for place in range(self.random.choice((1, 2, 2, 2, 3, 3, 4)))]

    def history(self) -> Where:
        found: Where = {"steps": self.steps()}
        if self.some(0.7):
            found["holds"] = self.one(HOLDS)
        return found | ({"sameDay": self.some(0.5)} if self.some(0.6) else {})

    def person_fields(self) -> dict[str, Callable[[], Any]]:
        return {
            **self.group_fields(),
            "id": lambda: self.ids(made.PEOPLE),
            "sex": lambda: self.one(Sex).value,
            "tag": lambda: self.one(("teacher", "activist", "'; //", "nobody")),
            "nationality": lambda: self.one(("UA", "RU", "XK")),
            "born": lambda: (
                self.when()
                | {"from": self.one(("1960-01-01", "1985-06-01")), "until": self.one(("1985-07-01", "2000-01-01"))}
            ),
        }

    def group_fields(self) -> dict[str, Callable[[], Any]]:
        return {
            "id": lambda: self.ids(made.GROUPS),
            "name": self.text,
            "category": self.category,
            "someEvent": self.match,
            "noEvent": self.match,
            "history": self.history,
        }

    def person(self, *names: str) -> Where:
        return self.filter(self.person_fields(), deep=2, names=names)

    def group(self, *names: str) -> Where:
        return self.filter(self.group_fields(), deep=0, names=names)

    def source(self, *names: str) -> Where:
        fields: dict[str, Callable[[], Any]] = {
            "id": lambda: self.ids(made.SOURCES),
            "title": self.text,
            "kind": lambda: self.one(SourceKind).value,
            "publisher": lambda: self.ids(made.ORGANIZATIONS),
            "published": lambda: self.when() | {"until": "2025-06-01"},
        }
        return self.filter(fields, deep=0, names=names)

    # ── questions ───────────────────────────────────────────────────────────────────────────────────────────────

    def every_field(self) -> Iterator[tuple[str, Where]]:
        """Return a filter of each field alone, with the kind of filter that it belongs to."""
        for name in self.event_fields():
            yield "EventFilter", self.event(name, deep=0)
        for name in self.person_fields():
            yield "PersonFilter", self.filter(self.person_fields(), deep=0, names=(name,))
        for name in self.group_fields():
            yield "GroupFilter", self.group(name)
        for name in ("id", "title", "kind", "publisher", "published"):
            yield "SourceFilter", self.source(name)

    def any_filter(self) -> tuple[str, Where]:
        """Return a filter of several fields."""
        kind = self.one(("EventFilter", "EventFilter", "PersonFilter", "PersonFilter", "GroupFilter", "SourceFilter"))
        return kind, {
            "EventFilter": self.event,
            "PersonFilter": self.person,
            "GroupFilter": self.group,
            "SourceFilter": self.source,
        }[kind]()

    def sequence(self) -> Where:
        """Return the arguments of ``sequences``."""
        return self.history() | {
            "where": self.person() if self.some(0.3) else None,
            "subjects": self.one(("PEOPLE", "GROUPS", "ALL")),
        }

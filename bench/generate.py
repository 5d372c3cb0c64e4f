"""A synthetic graph of any size as seed entries, from a seed number; nobody in it exists, and every name says so.

The entries come in blocks: first what everything else names (states, organizations, places, sites, sources), then people with their
events, then the exchanges. A block is made of the seed number and its own place alone, so that blocks can be made in any order, and the
events of one block are in no stated order with those of another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, Final

import orjson

from bench.names import WORD, person_name

Entry = dict[str, Any]
BLOCK: Final = 2500
"""People in one block."""

SIZES: Final = {"S": 10_000, "M": 100_000, "L": 1_000_000}
STATES: Final = ("synthetic-state-a", "synthetic-state-b")
MEDIATORS: Final = 12
AUTHORITIES: Final = 8
PUBLISHERS: Final = 30
REGIONS: Final = 25
FIRST_DAY: Final = date(2022, 3, 1)
LAST_EXCHANGE: Final = date(2025, 12, 20)
SOURCE_KINDS: Final = ("ngo", "ngo", "media", "media", "media", "official", "court-record", "intergovernmental")
OFFENCES: Final = ("espionage", "sabotage", "terrorism", "treason", "mercenarism")


@dataclass(frozen=True, slots=True)
class Size:
    """How many of what a graph has; all follows from the number of people."""

    people: int

    @property
    def sites(self) -> int:
        """Detention sites."""
        return max(20, self.people // 40)

    @property
    def settlements(self) -> int:
        """Places below the regions."""
        return max(25, self.people // 100)

    @property
    def courts(self) -> int:
        """Courts."""
        return max(5, self.people // 500)

    @property
    def sources(self) -> int:
        """Sources: one for five people."""
        return max(10, self.people // 5)

    @property
    def exchanges(self) -> int:
        """Exchanges: each frees about sixty people."""
        return max(4, self.people // 170)

    @property
    def blocks(self) -> int:
        """Blocks of people."""
        return -(-self.people // BLOCK)


@dataclass(frozen=True, slots=True)
class _Skew:
    """A choice among ``count`` things of which the n-th is taken with a weight of 1/n: few are large, most are small."""

    sums: tuple[float, ...]

    @staticmethod
    def over(count: int) -> _Skew:
        return _Skew(tuple(accumulate(1 / (place + 1) for place in range(count))))

    def pick(self, random: Random) -> int:
        return random.choices(range(len(self.sums)), cum_weights=self.sums)[0]


@dataclass(frozen=True, slots=True)
class _Case:
    """What happened to one person, before it is written as entries."""

    number: int
    random: Random
    category: str
    detained: date
    is_charged: bool
    is_convicted: bool
    exchange: int | None
    is_released: bool


class Graph:
    """A synthetic graph; ``people`` and ``seed`` are all that it depends on."""

    def __init__(self, people: int, seed: int = 1) -> None:
        self.size = Size(people)
        self.seed = seed
        self._sites = _Skew.over(self.size.sites)
        self._exchanges = _Skew.over(self.size.exchanges)
        self._mediators = _Skew.over(MEDIATORS)

    def blocks(self) -> Iterator[tuple[str, Iterator[Entry]]]:
        """Yield the name of each block and its entries, in the order in which they can be loaded."""
        yield "base", self.base()
        for block in range(self.size.blocks):
            yield f"people-{block:04}", self.people(block)
        yield "exchanges", self.exchanges()

    def write(self, folder: Path) -> list[Path]:
        """Write each block as a file of JSON Lines and return the files in the order in which they can be loaded."""
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for place, (name, entries) in enumerate(self.blocks()):
            path = folder / f"{place:04}-{name}.jsonl"
            path.write_bytes(b"".join(orjson.dumps(entry) + b"\n" for entry in entries))
            paths.append(path)
        return paths

    # ── what everything else names ──────────────────────────────────────────────────────────────────────────────

    def base(self) -> Iterator[Entry]:
        """Yield states, organizations, places, sites and sources."""
        random = self._random("base")
        register = {"source": source_id(0), "at": "page"}
        for letter, code, state in zip("AB", ("UA", "RU"), STATES, strict=True):
            yield {
                "section": "states",
                "id": state,
                "name": f"{WORD[0]} State {letter}",
                "code": code,
                "cite": register,
            }
        yield from self._organizations(register)
        yield from self._places(random, register)
        for number in range(self.size.sources):
            yield self._source(number, random)

    def _organizations(self, register: Entry) -> Iterator[Entry]:
        kinds = {
            "mediator": ("other", MEDIATORS),
            "authority": ("detaining-authority", AUTHORITIES),
            "publisher": ("ngo", PUBLISHERS),
        }
        for word, (kind, count) in kinds.items():
            for number in range(count):
                name = f"{WORD[0]} {word.capitalize()} {number}"
                yield {
                    "section": "organizations",
                    "id": f"synthetic-{word}-{number}",
                    "name": name,
                    "kind": kind,
                    "cite": register,
                }
        for number in range(self.size.courts):
            yield {
                "section": "organizations", "id": court_id(number), "name": f"{WORD[0]} Court {number}", "kind": "court",
                "standing": ("occupying-power", "own-territory", "self-proclaimed")[number % 3], "country": "RU", "cite": register,
            }  # fmt: skip

    def _places(self, random: Random, register: Entry) -> Iterator[Entry]:
        for number in range(REGIONS):
            yield {
                "section": "places", "id": f"synthetic-region-{number}", "name": f"{WORD[0]} Region {number}", "kind": "region",
                "country": "UA", "cite": register,
            }  # fmt: skip
        for number in range(self.size.settlements):
            yield {
                "section": "places", "id": place_id(number), "name": f"{WORD[0]} Town {number}", "kind": "settlement",
                "within": f"synthetic-region-{number % REGIONS}", "country": "UA", "cite": register,
            }  # fmt: skip
        for number in range(self.size.sites):
            yield {
                "section": "sites", "id": site_id(number), "name": f"{WORD[0]} Site {number}",
                "kind": random.choice(("sizo", "penal-colony", "police-station", "improvised")),
                "place": place_id(random.randrange(self.size.settlements)), "cite": self._cites(random, number),
            }  # fmt: skip

    def _source(self, number: int, random: Random) -> Entry:
        published = date(2026, 1, 1) + timedelta(days=random.randrange(110))
        return {
            "section": "sources", "id": source_id(number), "title": f"{WORD[0]} report {number}", "kind": random.choice(SOURCE_KINDS),
            "publisher": f"synthetic-publisher-{random.randrange(PUBLISHERS)}", "published": published.isoformat(), "language": "en",
            "url": f"https://example.org/synthetic/{number}",
        }  # fmt: skip

    # ── people and their events ─────────────────────────────────────────────────────────────────────────────────

    def people(self, block: int) -> Iterator[Entry]:
        """Yield the people of one block, each before the events of theirs that are nobody else's."""
        for number in range(block * BLOCK, min((block + 1) * BLOCK, self.size.people)):
            case = self._case(number)
            yield self._person(case)
            yield from self._events(case)

    def _case(self, number: int) -> _Case:
        random = self._random("person", number)
        is_charged = random.random() < 0.4
        is_convicted = is_charged and random.random() < 0.75
        exchange = self._exchanges.pick(random) if random.random() < 0.35 else None
        return _Case(
            number,
            random,
            random.choices(("civilian", "prisoner-of-war", "unknown"), cum_weights=(45, 95, 100))[0],
            FIRST_DAY + timedelta(days=random.randrange(800)),
            is_charged,
            is_convicted,
            exchange,
            exchange is None and random.random() < 0.3,
        )

    def _person(self, case: _Case) -> Entry:
        random = case.random
        latin, cyrillic = person_name(random)
        return {
            "section": "people", "id": person_id(case.number), "name": latin,
            "names": [{"text": cyrillic, "language": "uk", "script": "Cyrl", "kind": "official"}],
            "category": case.category, "sex": random.choice(("female", "male", "male", "male")),
            "born": str(1950 + random.randrange(55)), "nationalities": ["UA"], "cite": self._cites(random, case.number),
        }  # fmt: skip

    def _events(self, case: _Case) -> Iterator[Entry]:
        random = case.random
        day = case.detained
        sites = [site_id(self._sites.pick(random)) for _ in range(3)]
        detained = {
            "places": [place_id(random.randrange(self.size.settlements))],
            "incommunicado": random.random() < 0.3,
        }
        if random.random() < 0.5:
            detained["sites"] = sites[:1]
        taker = [{"who": f"synthetic-authority-{random.randrange(AUTHORITIES)}", "role": "detaining-authority"}]
        yield self._event(case, "detention", day, detained, taker if random.random() < 0.5 else [])
        for stay in range(random.choice((0, 1, 1, 2))):
            day += timedelta(days=random.randrange(5, 60))
            yield self._event(case, "confinement", day, {"sites": [sites[stay]]}, suffix=str(stay))
        if random.random() < 0.4:
            day += timedelta(days=random.randrange(1, 30))
            moved = {"from-site": sites[0], "to-site": sites[2], "sites": sorted({sites[0], sites[2]})}
            yield self._event(case, "transfer", day, moved)
        yield from self._proceedings(case, day)
        if case.is_released:
            day += timedelta(days=random.randrange(100, 300))
            yield self._event(case, "release", day, {"ground": random.choice(("let-go", "term-served", "unstated"))})

    def _proceedings(self, case: _Case, day: date) -> Iterator[Entry]:
        if not case.is_charged:
            return
        random = case.random
        offence = random.choice(OFFENCES)
        day += timedelta(days=random.randrange(10, 90))
        yield self._event(case, "charge", day, {"offences": [{"code": offence, "text": offence}]})
        if not case.is_convicted:
            return
        court = court_id(random.randrange(self.size.courts))
        tried = day + timedelta(days=random.randrange(20, 200))
        convicted = tried + timedelta(days=random.randrange(0, 60))
        if random.random() < 0.8:
            more = {"court": court, "outcome": event_id("conviction", case.number)}
            yield self._event(case, "trial", tried, more)
        sentence: Entry = {
            "court": court, "sentence": {"years": random.randrange(2, 20)},
            "offences": [{"code": offence, "article": f"RU-UK {270 + random.randrange(20)}"}],
        }  # fmt: skip
        if random.random() < 0.1:  # no date stated: the order is what a source says
            sentence["after"] = [event_id("detention", case.number)]
            yield self._event(case, "conviction", None, sentence)
        else:
            yield self._event(case, "conviction", convicted, sentence)

    def _event(
        self, case: _Case, kind: str, day: date | None, more: Entry, others: list[Entry] | None = None, suffix: str = ""
    ) -> Entry:
        return {
            "section": "events", "id": event_id(kind, case.number) + suffix, "kind": kind,
            "participants": [{"who": person_id(case.number)}, *(others or ())],
            **({"date": day.isoformat()} if day else {}), **more, "cite": self._cites(case.random, case.number),
        }  # fmt: skip

    def exchanges(self) -> Iterator[Entry]:
        """Yield the exchanges with everybody whom they freed."""
        freed: list[list[int]] = [[] for _ in range(self.size.exchanges)]
        for number in range(self.size.people):
            exchange = self._case(number).exchange
            if exchange is not None:
                freed[exchange].append(number)
        for number, people in enumerate(freed):
            yield self._exchange(number, people)

    def _exchange(self, number: int, people: list[int]) -> Entry:
        random = self._random("exchange", number)
        day = LAST_EXCHANGE - timedelta(days=random.randrange(1100))
        mediators = sorted({self._mediators.pick(random) for _ in range(random.randrange(3))})
        return {
            "section": "events", "id": f"synthetic-exchange-{number:06}", "kind": "exchange", "title": f"{WORD[0]} exchange {number}",
            "date": day.isoformat(), "sides": [{"to": STATES[0], "from": STATES[1]}],
            "participants": [
                *({"who": state, "role": "party"} for state in STATES),
                *({"who": f"synthetic-mediator-{one}", "role": "mediator"} for one in mediators),
                *({"who": person_id(one), "side": STATES[0]} for one in people),
            ],
            "cite": {"source": source_id(random.randrange(self.size.sources)), "at": "page"},
        }  # fmt: skip

    # ── citations ───────────────────────────────────────────────────────────────────────────────────────────────

    def _cites(self, random: Random, number: int) -> list[Entry]:
        """Return the source of the case, and now and then a second one."""
        cited = [{"source": source_id(number // 5 % self.size.sources), "at": f"¶{random.randrange(1, 200)}"}]
        if random.random() < 0.15:
            second = source_id(random.randrange(self.size.sources))
            if second != cited[0]["source"]:
                cited.append({"source": second, "at": "page"})
        return cited

    def _random(self, *of: str | int) -> Random:
        return Random(f"{self.seed}/{'/'.join(map(str, of))}")


def person_id(number: int) -> str:
    """Return the id of a person."""
    return f"synthetic-person-{number:07}"


def event_id(kind: str, number: int) -> str:
    """Return the id of the event of that kind that is one person's own."""
    return f"synthetic-{kind}-{number:07}"


def site_id(number: int) -> str:
    """Return the id of a site; the lower the number, the more people were there."""
    return f"synthetic-site-{number:05}"


def place_id(number: int) -> str:
    """Return the id of a settlement."""
    return f"synthetic-town-{number:05}"


def court_id(number: int) -> str:
    """Return the id of a court."""
    return f"synthetic-court-{number:04}"


def source_id(number: int) -> str:
    """Return the id of a source."""
    return f"synthetic-source-{number:06}"

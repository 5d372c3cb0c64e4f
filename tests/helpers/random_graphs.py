"""Small random graphs as seed records: every kind of record and event, dates of every precision, dispute, stated order, parts.

Few days and few subjects, so that events meet, overlap and contradict each other often. Made of a seed number by ``random.Random``: a
failing graph is made again from its number.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from graph_api.errors import InvalidSeeds
from graph_api.ingest.load import check
from graph_api.ontology.event_types import event_type
from graph_api.ontology.vocabulary import EventKind
from graph_api.values.words import seed_word

Fields = dict[str, Any]
Seeds = dict[str, list[Fields]]

PEOPLE = [f"person-{letter}" for letter in "abcde"]
GROUPS = ["group-a", "group-b"]
COURTS = ["court-a", "court-b", "authority-a"]
ORGANIZATIONS = [*COURTS, "ngo-a"]
STATES = ["state-ua", "state-ru", "state-ae"]
PLACES = ["region-a", "town-a", "town-b", "region-b"]
SITES = ["site-a", "site-b", "site-c"]
SOURCES = {
    "source-ngo": "ngo", "source-official": "official", "source-media": "media", "source-state": "state-media",
    "source-list": "aggregator", "source-old": "ngo",
}  # fmt: skip
NAMES = (
    "Ірина Приклад", "Olha O'Hara", 'Петро "Лис" `n`', "ΟΔΥΣΣΕΥΣ Σ", "straße", "Zoë\u00a0Ž", "𝔸stral 😀", "$p0 // x", "ＦＵＬＬ", "zz) DETACH",
    "İbrahim", "100% {a}", "back\\slash",
)  # fmt: skip
FREQUENT = (
    "DETENTION",
    "CONVICTION",
    "EXCHANGE",
    "CONFINEMENT",
    "TRANSFER",
    "RELEASE",
    "APPEAL",
    "TRIAL",
    "REMAND",
    "CHARGE",
)
DATES = (
    "2024-01-10", "2024-01-11", "2024-01-31", "2024-02-29", "2024-03-01", "2024-03-31", "2024-04-30", "2024-01", "2024-02", "2024-03",
    "2024", "2023-12~", "2024-02?", "[2024-01-10..2024-02-01]", "[2024-01-31,2024-03-01]", "[..2024-02]", "[2024-01..]", "2024-21",
    "2024-03-XX", "202X", "2024-04-30%", "[2024-03-31..2024-04-30]",
)  # fmt: skip


class Maker:
    """Makes one graph."""

    def __init__(self, number: int) -> None:
        self.random = Random(number)  # noqa: S311 - a test that can be run again

    def some(self, chance: float) -> bool:
        return self.random.random() < chance

    def one(self, items: Any) -> Any:
        return self.random.choice(list(items))

    def few(self, items: Any, most: int) -> list[Any]:
        every = list(items)
        return self.random.sample(every, self.random.randint(0, min(most, len(every))))

    def cite(self, *sources: str) -> Any:
        one = {"source": self.one(sources or SOURCES), "at": self.one(("page", "¶1", "¶2", "p. 4"))}
        if self.some(0.2):
            one |= {"quote": self.one(NAMES), "quote-language": "uk", "note": "read twice"}
        return one

    def cites(self) -> Any:
        return [self.cite("source-ngo"), self.cite("source-media", "source-list")] if self.some(0.3) else self.cite()

    def date(self) -> str:
        return str(self.one(DATES))

    def evidence(self) -> Fields:
        found: Fields = {"cite": self.cite("source-official", "source-media")}
        if self.some(0.4):
            found["said-by"] = self.one([{"role": "lawyer"}, "ngo-a", "state-ru", "person-a", "group-a"])
        if self.some(0.2):
            found["modality"] = self.one(["implied", "derived"])
        return found

    def claimed(self, *values: Any) -> list[Fields]:
        return [{"value": value, **self.evidence()} for value in values]

    def maybe_disputed(self, record: Fields, key: str, value: Any, other: Any) -> None:
        record[key] = self.claimed(value, other) if self.some(0.3) else value

    # ── records ─────────────────────────────────────────────────────────────────────────────────────────────────

    def sources(self) -> Iterator[Fields]:
        for id_, kind in SOURCES.items():
            one: Fields = {
                "id": id_,
                "title": self.one(NAMES),
                "kind": kind,
                "published": self.one(("2025", "2025-01-31", "2024-12")),
            }
            if id_ == "source-old":
                one["published"] = self.one(("2024-03", "2024-02-29"))
            if id_ in {"source-media", "source-list"} and self.some(0.6):
                one |= {"derived-from": ["source-ngo"], "origin-checked": True}
            if self.some(0.3):
                one |= {"publisher": "ngo-a", "retrieved": "2025-02-01", "language": "uk"}
            yield one

    def people(self) -> Iterator[Fields]:
        for id_ in PEOPLE:
            one: Fields = {"id": id_, "name": self.one(NAMES), "cite": self.cites()}
            if self.some(0.8):
                self.maybe_disputed(one, "category", self.one(("civilian", "unknown")), "prisoner-of-war")
            if self.some(0.6):
                one["sex"] = self.one(("female", "male", "unknown"))
            if self.some(0.6):
                self.maybe_disputed(
                    one, "born", self.one(("1980", "1980~", "1990-05-01", "[..1970]", "[1999..]", "198X")), "1985"
                )
            one["names"] = [{"text": name, "language": "uk"} for name in self.few(NAMES, 2)]
            one |= {
                "nationalities": self.few(("UA", "RU", "PL"), 2),
                "tags": self.few(("teacher", "activist", "'; //"), 2),
            }
            if self.some(0.3):
                one["positions"] = [
                    {"title": "Minister", "of": self.one(STATES), "from": self.date(), **self.evidence()},
                    {"title": "Aide"},
                ]
            yield one

    def groups(self) -> Iterator[Fields]:
        for id_ in GROUPS:
            one: Fields = {"id": id_, "name": self.one(NAMES), "members": self.few(PEOPLE, 3), "cite": self.cites()}
            one["size"] = {"text": "more than ten", "operator": "more-than", "low": 10, "unit": "people"}
            if self.some(0.7):
                self.maybe_disputed(one, "category", "civilian", "prisoner-of-war")
            yield one

    def organizations(self) -> Iterator[Fields]:
        for id_ in ORGANIZATIONS:
            one: Fields = {
                "id": id_,
                "name": self.one(NAMES),
                "kind": "court" if id_.startswith("court") else "ngo",
                "cite": self.cites(),
            }
            if self.some(0.7):
                one["standing"] = self.one(("own-territory", "occupying-power", "unstated"))
            if self.some(0.5):
                one |= {"country": "RU", "place": self.one(PLACES)}
            yield one

    def places(self) -> Iterator[Fields]:
        within = {"town-a": "region-a", "town-b": self.one(("region-a", "region-b"))}
        for id_ in PLACES:
            one: Fields = {"id": id_, "name": id_, "kind": "settlement", "country": "UA", "cite": self.cite()}
            if id_ in within:
                one["within"] = within[id_]
            if self.some(0.4):
                one["control"] = [{"by": "RU", "from": "2022-03"}, {"by": "UA", "until": "2022-03", **self.evidence()}]
            yield one

    def sites(self) -> Iterator[Fields]:
        for id_ in SITES:
            one: Fields = {"id": id_, "name": id_, "kind": self.one(("sizo", "prison")), "cite": self.cite()}
            if self.some(0.8):
                one["place"] = self.one(PLACES)
            if self.some(0.5):
                one |= {"specific": self.some(0.5), "may-be": [other for other in self.few(SITES, 2) if other != id_]}
            yield one

    def figures(self, events: list[str]) -> Iterator[Fields]:
        for number in range(3):
            one: Fields = {
                "id": f"figure-{number}", "measure": self.one(("freed", "held")), "cite": self.cite(), "about": self.few([*events, *PLACES], 2),
                "quantity": {"text": "ten", "operator": "exactly", "low": 10, "unit": self.one(("people", "bodies"))},
            }  # fmt: skip
            if self.some(0.6):
                one |= {
                    "said-by": self.one([*STATES, "ngo-a", "group-a"]),
                    "side": self.one(STATES),
                    "as-of": self.date(),
                }
            if number and self.some(0.4):
                one |= {"total": "figure-0", "from": self.date(), "includes": self.few(GROUPS, 1)}
            yield one

    # ── events ──────────────────────────────────────────────────────────────────────────────────────────────────

    def events(self) -> Iterator[Fields]:
        told: list[tuple[str, str]] = []
        for number in range(self.random.randint(18, 26)):
            kind = self.one(FREQUENT[:3] if self.some(0.6) else FREQUENT if self.some(0.7) else EventKind)
            one = self.event(f"event-{number:02}", EventKind(str(kind)), told)
            told.append((one["id"], str(EventKind(str(kind)))))
            yield one

    def event(self, id_: str, kind: EventKind, told: list[tuple[str, str]]) -> Fields:
        one: Fields = {"id": id_, "kind": seed_word(kind), "cite": self.cites(), "participants": list(self.parties())}
        if self.some(0.75):
            self.maybe_disputed(one, "date", self.date(), self.date())
        if self.some(0.2):
            one["until"] = self.date()
        if self.some(0.2):
            one["title"] = self.one(NAMES)
        one |= {"sites": self.few(SITES, 1), "places": self.few(PLACES, 2)}
        if told and self.some(0.35):
            one["after"] = [earlier for earlier, _ in self.few(told, 2)]
        if told and self.some(0.2):
            one["part-of"] = self.one(told)[0]
        if self.some(0.1):
            one["announced"] = True
        one |= self.of_type(event_type(kind), told)
        return {key: value for key, value in one.items() if value not in (None, [])}

    def of_type(self, type_: str, told: list[tuple[str, str]]) -> Fields:
        court = {"court": self.one(COURTS)} if self.some(0.7) else {}
        offences = {
            "offences": [
                {"code": self.one(("espionage", "treason", "other")), "text": self.one(NAMES)}
                | ({"article": self.one(("RU-UK 276", "RU-UK 205.4(2)"))} if self.some(0.5) else {})
                for _ in range(self.random.randint(0, 2))
            ]
        }
        absent = {"in-absentia": self.some(0.5)} if self.some(0.4) else {}
        match type_:
            case "Conviction" | "Ruling" | "Trial":
                trials = [id_ for id_, kind in told if kind == "TRIAL"]
                trial = {"trial": self.one(trials)} if trials and type_ != "Trial" and self.some(0.5) else {}
                sentence = {"sentence": self.sentence()} if type_ == "Conviction" and self.some(0.7) else {}
                return {**court, **offences, **absent, **trial, **sentence}
            case "Appeal":
                return {
                    **court,
                    "of": self.one(told)[0] if told else None,
                    "result": self.one(("upheld", "unstated")),
                    "sentence": self.sentence(),
                }
            case "Charge":
                return {**offences, "authority": self.one(COURTS) if self.some(0.7) else None}
            case "Transfer":
                return {
                    "from-site": self.one(SITES),
                    "to-site": self.one([*SITES, None]),
                    "to-place": self.one([*PLACES, None]),
                }
            case "Release":
                return {"ground": self.one(("term-served", "unstated", None)), "from-site": self.one([*SITES, None])}
            case "Exchange":
                return {
                    "sides": [{"to": "state-ua", "from": "state-ru"}, {"to": "state-ru"}] if self.some(0.7) else None
                }
            case _:
                return {"about": self.few([*PEOPLE, *SITES], 2)}

    def sentence(self) -> Any:
        one = self.one(
            (
                {"years": 10, "months": 6},
                {"years": 2},
                {"kind": "life"},
                {"kind": "unstated"},
                {"months-low": 24, "months-high": 132},
            )
        )
        return self.claimed(one, {"years": 12}) if self.some(0.2) else one

    def parties(self) -> Iterator[Fields]:
        for who in [
            *self.random.sample(PEOPLE, self.one((0, 1, 2, 3, 4))),
            *(self.few(GROUPS, 2) if self.some(0.5) else []),
        ]:
            one: Fields = {"who": who}
            if self.some(0.4):
                one["side"] = self.one(("state-ua", "state-ru"))
            if self.some(0.2):
                one |= self.evidence()
            yield one
            if self.some(0.1):
                yield {"who": who, "role": "witness", "note": "saw it"}
        if self.some(0.35):
            for who in self.few([*STATES, "ngo-a", "person-a"], 2):
                yield {"who": who, "role": "mediator", **self.evidence()}
        if self.some(0.2):
            yield {
                "who": self.one(PEOPLE),
                "role": "perpetrator",
                "cite": self.cite("source-ngo"),
                **({"alleged": False} if self.some(0.5) else {}),
            }

    def claims(self, events: list[Fields]) -> Iterator[Fields]:
        for number in range(4):
            about = self.one(events)
            values: Fields = (
                {"date": self.date()}
                if self.some(0.6)
                else {"places": self.few(PLACES, 1) or ["town-a"], "description": "said so"}
            )
            yield {"id": f"more-{number}", "about": about["id"], "values": values, **self.evidence()}


def random_seeds(number: int) -> Seeds:
    """Return the records of the graph of that number."""
    make = Maker(number)
    events = list(make.events())
    seeds: Seeds = {
        "sources": list(make.sources()),
        "states": [{"id": id_, "name": id_, "code": id_[-2:].upper(), "cite": make.cite()} for id_ in STATES],
        "organizations": list(make.organizations()),
        "places": list(make.places()),
        "sites": list(make.sites()),
        "people": list(make.people()),
        "groups": list(make.groups()),
        "events": events,
        "figures": list(make.figures([one["id"] for one in events])),
        "claims": list(make.claims(events)),
    }
    return {
        section: [{key: value for key, value in one.items() if value is not None} for one in rows]
        for section, rows in seeds.items()
    }


def dense_seeds(number: int, people: int = 60) -> Seeds:
    """Return records of many people with a few events each on the same five days, in orders that sources sometimes state."""
    make = Maker(number)
    days = [f"2024-02-{day}" for day in (27, 28, 29)] + [f"2024-03-0{day}" for day in (1, 2)]
    dates = [*days, *(f"[{first}..{last}]" for first in days for last in days if first < last), None]
    cite = {"source": "source-a", "at": "page"}
    events = []
    for who in range(people):
        kinds = ["detention", "conviction", "exchange", make.one(("detention", "conviction", "exchange"))]
        make.random.shuffle(kinds)
        for place, kind in enumerate(kinds):
            one: Fields = {"id": f"event-{who:02}-{place}", "kind": kind, "cite": cite}
            one["participants"] = [{"who": f"person-{who:02}"}]
            one["date"] = make.one(dates)
            one["after"] = [f"event-{who:02}-{earlier}" for earlier in range(place) if make.some(0.3)]
            events.append({key: value for key, value in one.items() if value})
    return {
        "sources": [{"id": "source-a", "title": "A", "kind": "ngo", "published": "2024-03-03"}],
        "people": [{"id": f"person-{who:02}", "name": f"Person {who}", "cite": cite} for who in range(people)],
        "events": events,
        "claims": [],
    }


def write_random_seeds(number: int, folder: Path, *, dense: bool = False) -> Path:
    """Write the graph of that number as a seed file that can be loaded.

    What leaves an event no day goes: first order and ends of the events that the checks name, then their dates, then what
    else orders them, at last those who took part.
    """
    seeds = dense_seeds(number) if dense else random_seeds(number)
    path = folder / f"random-{number}.yaml"
    for dropped in ("after", "until", "date", "part-of", "trial", "outcome", "of", "participants"):
        for _ in range(40):
            path.write_text(json.dumps(seeds, ensure_ascii=False), encoding="utf-8")
            try:
                check([path])
            except InvalidSeeds as bad:
                named = {
                    one["id"] for one in seeds["events"] if any(one["id"] in str(problem) for problem in bad.problems)
                }
                if not any(_drop(seeds, id_, dropped) for id_ in sorted(named)):
                    break
            else:
                return path
    for one in seeds["events"]:  # the problems name only one event of each chain
        one.pop("after", None)
    path.write_text(json.dumps(seeds, ensure_ascii=False), encoding="utf-8")
    if not _has_problems(path):
        return path
    raise AssertionError(f"graph {number} cannot be mended: {path.read_text('utf-8')}")


def _drop(seeds: Seeds, id_: str, key: str) -> bool:
    found = False
    for one in seeds["events"]:
        found |= one["id"] == id_ and one.pop(key, None) is not None
    for one in seeds["claims"]:
        found |= one["about"] == id_ and one["values"].pop(key, None) is not None
        one["values"] = one["values"] or {"description": "said so"}
    return found


def _has_problems(path: Path) -> bool:
    try:
        check([path])
    except InvalidSeeds:
        return True
    return False

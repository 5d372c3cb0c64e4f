"""The status of people derived a second time, from the text of the seed files. It imports nothing of ``graph_api``."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from tests.helpers.yaml_text import load_texts

FIRST, LAST = date.min, date.max
HELD: Final = {"detention", "confinement", "sighting", "proof-of-life", "transfer", "remand"}
LET_GO: Final = {"release", "reunification"}
STAGES: Final = {"charge": 1, "remand": 2, "trial": 3, "conviction": 4, "acquittal": 4, "compulsory-measure": 4}
LEGAL: Final = {
    "charge": "CHARGED", "remand": "DETAINED_BY_RULING", "trial": "ON_TRIAL", "conviction": "CONVICTED", "acquittal": "ACQUITTED",
    "compulsory-measure": "COMPULSORY_MEASURE",
}  # fmt: skip


def days(text: Any) -> tuple[date, date]:
    """Return the first and last day that a date allows."""
    text = str(text).rstrip("?~%")
    if text.startswith("["):
        inner = text[1:-1]
        parts = inner.split("..") if ".." in inner else inner.split(",")
        low = days(parts[0])[0] if parts[0] else FIRST
        return low, days(parts[-1])[1] if parts[-1] else LAST
    numbers = [int(one) for one in text.split("-")]
    if len(numbers) == 3:
        return date(*numbers), date(*numbers)
    if len(numbers) == 1:
        return date(numbers[0], 1, 1), date(numbers[0], 12, 31)
    year, month = numbers
    if month > 20:
        first = (month - 21) * 3 + 3
        last_year, last = (year, first + 2) if first < 12 else (year + 1, 2)
        return date(year, first, 1), date(last_year, last, calendar.monthrange(last_year, last)[1])
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


class Seeds:
    """All entries of the seed files: statements about each record, as (values, sources, whether only announced)."""

    def __init__(self, folder: Path) -> None:
        self.sources: dict[str, dict[str, Any]] = {}
        self.kinds: dict[str, str] = {}
        self.said: dict[str, list[tuple[str, Any, list[str], bool]]] = {}
        for path in sorted(folder.rglob("*.yaml")):
            for section, entries in (load_texts(path.read_text("utf-8")) or {}).items():
                for entry in entries or []:
                    self._read(section, entry)

    def _read(self, section: str, entry: Any) -> None:
        if section == "sources":
            self.sources[entry["id"]] = entry
        elif section == "events":
            self.kinds[entry["id"]] = entry["kind"]
            self._say(entry["id"], entry, entry)
        elif section in ("people", "states"):
            self._say(entry["id"], entry, entry)
        elif section == "claims":
            self._say(entry["about"], entry["values"], entry)

    def _say(self, record: str, values: dict[str, Any], entry: dict[str, Any]) -> None:
        announced = entry.get("announced") == "true"
        for name, value in values.items():
            if name in ("id", "cite", "modality", "said-by", "announced", "about"):
                continue
            for one, cites in _alternatives(value, entry.get("cite")):
                self.said.setdefault(record, []).append((name, one, _cited(cites), announced))

    def values(self, record: str, name: str) -> list[Any]:
        """Return every value that is stated of a property."""
        return [value for key, value, _, _ in self.said.get(record, ()) if key == name]

    def is_announced(self, record: str) -> bool:
        """Whether sources only announce an event."""
        return all(announced for _, _, _, announced in self.said[record])

    def known(self, record: str, *, read: bool) -> date:
        """Return the first day on which a source that reports the event as past was public, or ``read``."""
        found = [LAST]
        for _, _, cited, announced in self.said[record]:
            for source in () if announced else cited:
                facts = self.sources[source]
                last = days(facts["published"])[1] if "published" in facts else LAST
                if last == LAST and read:
                    last = days(facts["retrieved"])[1]
                found.append(last)
        return min(found)


def _alternatives(value: Any, cite: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, list) and value and all(isinstance(one, dict) and "value" in one for one in value):
        for one in value:
            yield one["value"], one.get("cite", cite)
    else:
        yield value, cite


def _cited(cite: Any) -> list[str]:
    return [one["source"] for one in (cite if isinstance(cite, list) else [cite] if cite else [])]


class SecondStatus:
    """Derives statuses. ``before`` has the pairs of events of which the first was surely earlier."""

    def __init__(self, folder: Path) -> None:
        self.seeds = seeds = Seeds(folder)
        self.after: dict[str, set[str]] = {one: set() for one in seeds.kinds}
        for one in seeds.kinds:
            earlier = [x for value in seeds.values(one, "after") for x in value]
            earlier += [x for name in ("of", "trial") for x in seeds.values(one, name)]
            self.after[one] |= set(earlier)
            for outcome in seeds.values(one, "outcome"):
                self.after[outcome].add(one)
        for _ in range(12):
            for earlier_ones in self.after.values():
                earlier_ones |= {x for one in list(earlier_ones) for x in self.after.get(one, ())}
        self.bounds = {one: self._own(one) for one in seeds.kinds}
        for _ in range(12):
            for one, earlier_ones in self.after.items():
                for x in earlier_ones & self.bounds.keys():
                    self.bounds[one] = (max(self.bounds[one][0], self.bounds[x][0]), self.bounds[one][1])
                    self.bounds[x] = (self.bounds[x][0], min(self.bounds[x][1], self.bounds[one][1]))
        self.parts: dict[str, list[tuple[str, str | None]]] = {}
        for one in seeds.kinds:
            for value in seeds.values(one, "participants"):
                for part in value:
                    if part.get("role", "subject") == "subject" and (one, part.get("side")) not in self.parts.get(
                        part["who"], ()
                    ):
                        self.parts.setdefault(part["who"], []).append((one, part.get("side")))

    def _own(self, one: str) -> tuple[date, date]:
        stated = [days(value) for value in self.seeds.values(one, "date")]
        low = min((lo for lo, _ in stated), default=FIRST)
        high = max((hi for _, hi in stated), default=LAST)
        ends = [days(value)[1] for value in self.seeds.values(one, "until")]
        return low, min(high, self.seeds.known(one, read=True), max(ends, default=LAST))

    def is_before(self, a: str, b: str) -> bool:
        """Whether ``a`` was surely before ``b``."""
        if a in self.after[b]:
            return True
        return b not in self.after[a] and self.bounds[a][1] < self.bounds[b][0]

    def last(self, events: list[str]) -> list[str]:
        """Return the events that no other one surely followed."""
        return [one for one in events if not any(self.is_before(one, x) for x in events if x != one)]

    def status(self, person: str) -> dict[str, Any]:
        """Return custody, legal state, the last sentence in months and the last return of a person."""
        sides = {one: side for one, side in self.parts[person] if not self.seeds.is_announced(one)}
        events = list(sides)
        found = {"custody": self._custody(events, sides, person), "legal": self._legal(events)}
        returns = [x for x in events if self.seeds.kinds[x] in {"exchange", "release", "reunification", "body-return"}]
        if returns:
            last = max(self.last(returns), key=lambda one: (self.bounds[one][1], one))
            found["returned"] = self.seeds.kinds[last].replace("-", "_").upper()
        sentence = self._sentence(events)
        return found | ({"sentence": sentence} if sentence else {})

    def _custody(self, events: list[str], sides: dict[str, str | None], person: str) -> str:
        kinds = self.seeds.kinds
        told = [x for x in events if kinds[x] in HELD | LET_GO | {"exchange", "death", "disappearance", "deportation"}]
        deaths = [x for x in told if kinds[x] == "death"]
        if deaths:
            dated = [
                x for x in told if x not in deaths and self.seeds.values(x, "date") and deaths[0] not in self.after[x]
            ]
            return "UNKNOWN" if any(self._own(x)[1] > self._own(deaths[0])[1] for x in dated) else "DEAD"
        said = set()
        for one in self.last(told):
            if kinds[one] in HELD:
                said.add("IN_CUSTODY")
            elif kinds[one] in LET_GO or (kinds[one] == "exchange" and self._is_own(sides[one], person)):
                said.add("FREE")
            elif kinds[one] == "exchange":
                earlier = self.last([x for x in told if self.is_before(x, one)])
                said.add("FREE" if earlier and all(kinds[x] in LET_GO for x in earlier) else "UNKNOWN")
            else:
                said.add("UNKNOWN")
        return said.pop() if len(said) == 1 else "UNKNOWN"

    def _is_own(self, side: str | None, person: str) -> bool:
        nationalities = [code for value in self.seeds.values(person, "nationalities") for code in value]
        codes = self.seeds.values(side, "code") if side else []
        return side is not None and (not nationalities or not codes or codes[0] in nationalities)

    def _legal(self, events: list[str]) -> str:
        steps: dict[str, tuple[int, str]] = {}
        for one in events:
            kind = self.seeds.kinds[one]
            if kind in STAGES:
                absent = kind == "conviction" and "true" in self.seeds.values(one, "in-absentia")
                steps[one] = STAGES[kind], "CONVICTED_IN_ABSENTIA" if absent else LEGAL[kind]
            elif kind == "appeal":
                is_set_aside = {"quashed", "retrial"} & set(self.seeds.values(one, "result"))
                steps[one] = (5, "VERDICT_QUASHED") if is_set_aside else (4, "CONVICTED")
            elif kind == "release" and "term-served" in self.seeds.values(one, "ground"):
                steps[one] = 6, "SENTENCE_SERVED"
        last = self.last(list(steps))
        stages = {steps[one][0] for one in last}
        if len(stages) > 1:
            top = [one for one in last if steps[one][0] == max(stages)]
            if all(self.bounds[one][0] >= self.bounds[x][1] for one in top for x in last if x not in top):
                last = top
        said = {steps[one][1] for one in last}
        return said.pop() if len(said) == 1 else "UNKNOWN"

    def _sentence(self, events: list[str]) -> dict[str, Any] | None:
        """Return the last sentence of the one judgment that ends last; of the seeds no judgment is quashed, replaced or pardoned."""
        kinds = self.seeds.kinds
        judgments = [one for one in events if kinds[one] == "conviction"]
        appeals = [one for one in events if kinds[one] == "appeal"]
        chains = [[one, *(x for x in appeals if one in self.seeds.values(x, "of"))] for one in judgments]
        for chain in chains:
            others = [x for other in chains if other is not chain for x in other]
            if all(any(self.is_before(x, end) for end in chain) for x in others):
                stated = [x for x in chain[::-1] if self.seeds.values(x, "sentence")]
                return next((length for x in stated if (length := _length(self.seeds.values(x, "sentence")))), None)
        return None


def _length(values: list[dict[str, str]]) -> dict[str, Any] | None:
    """Return kind and months of a sentence. Where sources differ, all of them."""
    found: list[Any] = []
    for value in values:
        months = 12 * int(value.get("years", 0)) + int(value.get("months", 0))
        kind = value.get("kind", "term" if months else "unstated").upper()
        if kind != "UNSTATED" and (kind, months) not in found:
            found.append((kind, months))
    return {"any-of": found} if found else None

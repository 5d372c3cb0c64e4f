"""The same seeds that are loaded on two days give the same graph and the same case files: no answer depends on the day of a load."""

from __future__ import annotations

import datetime as dt
import inspect
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import orjson
import pytest

from graph_api.casefile.canonical_json import canonical_json
from graph_api.casefile.case_file import case_file
from graph_api.casefile.facts import parse_facts
from graph_api.database.queries import named
from graph_api.database.stored_claims import graph_hash
from graph_api.evidence.status_text import Language
from graph_api.ingest.load import load
from graph_api.statement import Statement
from tests.helpers.graphs import SEEDS, LiveGraph

pytestmark = [pytest.mark.live, pytest.mark.slow]

DAYS = (dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC), dt.datetime(2029, 2, 28, 23, 59, tzinfo=dt.UTC))
STORED = "MATCH (n) WHERE NOT n:Load AND NOT n:Migration AND NOT n:TestGraph RETURN labels(n), properties(n)"
LINKED = "MATCH (a)-[r]->(b) WHERE NOT a:Load AND NOT b:Load RETURN coalesce(a.id, ''), type(r), properties(r), coalesce(b.id, '')"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a graph of the seeds holds and answers; ``stored`` is every node and relationship, without what names the load."""

    content_hash: str
    stored: tuple[bytes, ...]
    case_files: Mapping[tuple[str, Language], bytes]


def test_the_seeds_give_the_same_graph_and_case_files_whatever_the_day(
    live: LiveGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, later = (loaded_on(day, live, monkeypatch) for day in DAYS)
    assert len(first.case_files) > 160
    assert later.content_hash == first.content_hash
    assert set(later.stored) ^ set(first.stored) == set()
    assert {one for one, file in later.case_files.items() if file != first.case_files[one]} == set()

    live.store.change_schema("MATCH (g:Graph) SET g.known_to = '2029-02-28'")  # a day of a load, if it were stored
    changed = read(live)
    assert len(set(changed.stored) - set(first.stored)) == 1
    assert all(file != first.case_files[one] for one, file in changed.case_files.items())


def loaded_on(day: dt.datetime, live: LiveGraph, monkeypatch: pytest.MonkeyPatch) -> Loaded:
    """Load the seeds into an empty graph while all our clocks show a day, which the load is noted to have as well, and read it."""
    assert set_clocks(day, monkeypatch) >= {"graph_api.ingest.lints.run"}
    live.wipe()
    live.holds = "something"
    load([SEEDS], live.store)
    live.store.change_schema(f"MATCH (l:Load) SET l.at = datetime('{day.isoformat()}')")
    return read(live)


def set_clocks(day: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Let every module of ours that reads the time read this one; return their names."""

    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Any:
            return day.astimezone(tz)

    found = {
        name
        for name, module in sys.modules.items()
        if name.startswith("graph_api.")
        and hasattr(module, "datetime")
        and "datetime.now(" in inspect.getsource(module)
    }
    for name in found:
        monkeypatch.setattr(sys.modules[name], "datetime", Clock)
    return found


def read(live: LiveGraph) -> Loaded:
    [[load_id]] = live.store.read(Statement("MATCH (l:Load) RETURN l.id", {}, "load"))
    rows = [row for text in (STORED, LINKED) for row in live.store.read(Statement(text, {}, "everything"), seconds=60)]
    people = [row[0] for row in live.store.read(Statement("MATCH (p:Person) RETURN p.id ORDER BY p.id", {}, "people"))]
    return Loaded(
        graph_hash(live.store),
        tuple(orjson.dumps(without(load_id, list(row)), option=orjson.OPT_SORT_KEYS) for row in rows),
        {
            (person, language): canonical_json(asdict(case_file(parse_facts(facts), language)))
            for person in people
            for [[facts]] in [live.store.read(named("case_file", id=person, known=None), seconds=60)]
            for language in Language
        },
    )


def without(load_id: str, value: Any) -> Any:
    """Return stored values with a word in the place of the random id of the load."""
    match value:
        case dict():
            return {key: without(load_id, one) for key, one in value.items()}
        case list():
            return [without(load_id, one) for one in value]
        case str():
            return "the load" if value == load_id else value
        case _:
            return value

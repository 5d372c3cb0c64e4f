"""Every stay of the seeds and everybody at one site on the same days, beside a file in which each was judged by reading the sources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph_api.statement import Statement
from tests.helpers.graphs import LiveGraph
from tests.helpers.yaml_text import load_yaml

FILE = load_yaml((Path(__file__).parents[1] / "cases" / "stays.yaml").read_text("utf-8"))
STAYS: list[dict[str, Any]] = FILE["stays"]
PAIRS: list[dict[str, Any]] = FILE["at_one_site"]
OF_PEOPLE = """{ people(first: 500) { nodes {
  id
  stays(first: 100) { nodes { site { id } span { start { edtf } end { edtf } } stated events { id } citations { source { id } } } }
  coDetainees(first: 500) { totalCount nodes { person { id } site { id } holds surely atMost } }
  surely: coDetainees(holds: FOR_ALL_DATES) { totalCount }
} } }"""
AT_SITES = '{ sites(first: 500) { nodes { id held { totalCount } before: held(until: "2013-12-31") { totalCount } } } }'


def test_every_stay_and_pair_was_judged_right_for_a_reason() -> None:
    assert [one for one in (*STAYS, *PAIRS) if not one["judgement"].startswith("right")] == []


@pytest.mark.live
def test_the_stays_and_pairs_are_those_that_were_judged(seeded: LiveGraph) -> None:
    people = seeded.ask(OF_PEOPLE)["people"]["nodes"]
    stored = {row[0] for row in seeded.store.read(Statement("MATCH (s:Stay) RETURN s.id", {}, "stays"))}
    assert {one.partition("/stay/")[0] for one in stored} == {one["event"] for one in STAYS}
    found = {
        (one["site"]["id"], *(one["span"][end] and one["span"][end]["edtf"] for end in ("start", "end")), one["stated"])
        for person in people
        for one in person["stays"]["nodes"]
    }
    assert found == {(one["site"], one["start"], one["end"], one["stated"]) for one in STAYS}
    for person in people:
        for one in person["stays"]["nodes"]:
            assert one["events"], person["id"]
            assert one["citations"], person["id"]
    pairs = {
        (person["id"], one["person"]["id"], one["site"]["id"], one["surely"], one["atMost"])
        for person in people
        for one in person["coDetainees"]["nodes"]
    }
    expected = {(*pair, one["site"], one["surely"], one["at_most"]) for one in PAIRS for pair in _both(one["people"])}
    assert pairs == expected
    assert {person["surely"]["totalCount"] for person in people} == {0}


@pytest.mark.live
def test_what_is_held_at_a_site_is_what_people_have_there(seeded: LiveGraph) -> None:
    counts = {one["id"]: one["held"]["totalCount"] for one in seeded.ask(AT_SITES)["sites"]["nodes"]}
    assert {site: count for site, count in counts.items() if count} == {
        site: sum(one["site"] == site for one in STAYS) for site in {one["site"] for one in STAYS}
    }
    before = [one["before"]["totalCount"] for one in seeded.ask(AT_SITES)["sites"]["nodes"]]
    assert sum(before) == 5, "those of which no source says that they began later"


def _both(pair: list[str]) -> list[tuple[str, str]]:
    first, second = pair
    return [(first, second), (second, first)]

"""Do no harm, on the real seeds: what the public graph shows of people who may be within reach of those who held them was read word by word.

``tests/cases/held.yaml`` holds every free word that can be reached from them. After a change of the seeds, read what is new for everything that
``docs/data-protection.md`` restricts; DETENTION_GRAPH_TEST_UPDATE_HELD=1 then writes the words anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

from graph_api.statement import Statement
from tests.helpers.exposure import ALARMING, links_of, whereabouts, within_reach, words_about
from tests.helpers.graphs import SEEDS, LiveGraph
from tests.helpers.yaml_text import load_yaml

PATH = Path(__file__).parents[1] / "cases" / "held.yaml"
REVIEWED: dict[str, Any] = load_yaml(PATH.read_text("utf-8"))
NEUTRAL = re.compile(r"Report of .+")


@pytest.mark.live
def test_every_word_that_is_shown_of_a_person_within_reach_was_read(seeded: LiveGraph) -> None:
    shown = {person: words_about(seeded, person) for person in within_reach(seeded)}
    if os.environ.get("DETENTION_GRAPH_TEST_UPDATE_HELD"):
        _write(shown)
    assert shown == REVIEWED["shown"]


def test_words_of_health_relatives_counsel_and_confessions_were_looked_at_one_by_one() -> None:
    texts = {text for words in REVIEWED["shown"].values() for text in words}
    assert {text for text in texts if ALARMING.search(text)} == set(REVIEWED["looked_at"])


@pytest.mark.live
def test_nobody_within_reach_is_shown_at_a_site_or_at_a_place_finer_than_a_region(seeded: LiveGraph) -> None:
    sites = {row[0] for row in seeded.store.read(Statement("MATCH (s:Site) RETURN s.id", {}, "sites"))}
    for person in within_reach(seeded):
        assert not {link for link in links_of(seeded, person) if link[2] in sites}, person
        finer = [one for one in whereabouts(seeded, person) if one[2] not in {"REGION", "COUNTRY", "AREA"}]
        assert finer == [], person


@pytest.mark.live
def test_nobody_else_known_by_name_stands_in_their_events_and_no_counsel(seeded: LiveGraph) -> None:
    query = """
    MATCH (p:Person)-[:TOOK_PART]->(e:Event)<-[r:TOOK_PART]-(other)
    WHERE p.id IN $people AND NOT e:Statement AND (other:Person AND other <> p OR r.role = 'COUNSEL')
    RETURN e.id, other.id
    """
    people = within_reach(seeded)
    assert seeded.store.read(Statement(query, {"people": people}, "others")) == []


@pytest.mark.live
def test_a_public_site_does_not_cite_a_page_about_a_person_within_reach(seeded: LiveGraph) -> None:
    query = """
    MATCH (p:Person) WHERE p.id IN $people MATCH (p)-[:TOOK_PART]->{0,1}()-[:CITES]->(s:Source)<-[:CITES]-(site:Site)
    RETURN DISTINCT site.id + ' ' + s.id + ' ' + p.id AS one ORDER BY one
    """
    people = within_reach(seeded)
    rows = seeded.store.read(Statement(query, {"people": people}, "sites"), seconds=60)
    assert [row[0] for row in rows] == sorted(REVIEWED["sites_that_cite_the_same_page"])


def test_nothing_restricted_stands_in_the_seed_files() -> None:
    marked = [path.name for path in sorted(SEEDS.rglob("*.yaml")) if re.search(r"sensitivity", path.read_text("utf-8"))]
    assert marked == []


def test_no_compulsory_measure_and_no_court_called_so_called_stands_in_the_seed_files() -> None:
    for path in sorted(SEEDS.rglob("*.yaml")):
        text = path.read_text("utf-8").lower()
        assert "compulsory" not in text, path.name
        assert "so-called" not in text, path.name


def test_a_source_without_an_address_has_the_neutral_form_and_says_nothing_else() -> None:
    sources = [
        one for path in sorted(SEEDS.rglob("sources.yaml")) for one in load_yaml(path.read_text("utf-8"))["sources"]
    ]
    without = [one for one in sources if "url" not in one and "sha256" not in one]
    assert len(without) >= 30
    for one in without:
        assert NEUTRAL.fullmatch(one["title"]), one["id"]
        assert set(one) <= {"id", "title", "kind", "publisher", "published", "retrieved", "language", "accept"}, one[
            "id"
        ]
        assert {each["code"] for each in one.get("accept", ())} <= {"no-date"}, one["id"]
    assert [one["id"] for one in sources if re.search(r"left out|harm|shortened", str(one.get("note", "")))] == []
    assert sum("url" in one and NEUTRAL.fullmatch(one["title"]) is not None for one in sources) >= 30


def _write(shown: dict[str, list[str]]) -> None:
    """Put the words that are shown now in the place of those that stand in the file."""
    lines = [
        line
        for person, words in shown.items()
        for line in (f"  {person}:", *(f"    - {_quoted(word)}" for word in words))
    ]
    text = re.sub(r"(?ms)^shown:\n.*?(?=^\S)", lambda _: "shown:\n" + "\n".join(lines) + "\n", PATH.read_text("utf-8"))
    PATH.write_text(text, encoding="utf-8")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

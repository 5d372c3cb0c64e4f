"""Titles of events and sources, and names of courts: from templates, neutral, and in the words of sources."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from graph_api.values.dates import When
from tests.helpers.graphs import LiveGraph
from tests.helpers.yaml_text import load_yaml
from tests.seeds.test_questions_by_hand import seeds, values

TITLES: dict[str, str] = load_yaml((Path(__file__).parents[1] / "cases" / "titles.yaml").read_text("utf-8"))
MACHINE_MADE = r"^(Body return|Ill treatment|Charge) of |^[A-Z][a-z]+( [a-z]+)?$|^Compulsory|[Ss]o-called|put up for adoption.*adoption"
STEMS = {
    "CONVICTION": "convict|sentence",
    "DEPORTATION": "deport",
    "DETENTION": "detain|imprison",
    "RELEASE": "releas",
    "TRANSFER": "transfer",
    "TRIAL": "trial|tried|prosecut",
}
"""What a title of a kind says already, and the name of a group must not say again."""
NO_GROUND = ("occupying-power", "self-proclaimed")


def labels(graph: LiveGraph) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = None
    while after is not None or not found:
        page = graph.ask(
            "query ($after: String) { events(first: 200, after: $after, where: {occurrence: ANY}) "
            "{ nodes { id kind label } pageInfo { hasNextPage endCursor } } }",
            {"after": after},
        )["events"]
        found += page["nodes"]
        after = page["pageInfo"]["endCursor"] if page["pageInfo"]["hasNextPage"] else None
    return found


@pytest.mark.live
def test_titles_of_events_are_those_that_were_read(seeded: LiveGraph) -> None:
    now = {one["id"]: one["label"] for one in labels(seeded)}
    assert {id_: now.get(id_) for id_ in TITLES} == TITLES


@pytest.mark.live
def test_no_title_is_machine_made_or_says_its_kind_twice(seeded: LiveGraph) -> None:
    every = labels(seeded)
    assert len(every) > 300
    assert [one["label"] for one in every if re.search(MACHINE_MADE, one["label"])] == []
    twice = [
        one["label"]
        for one in every
        if one["kind"] in STEMS and len(re.findall(STEMS[one["kind"]], one["label"].lower())) > 1
    ]
    assert twice == []


def test_a_neutral_title_of_a_source_has_its_publisher_and_its_date() -> None:
    names = {
        one["id"]: {one["name"], *(name["text"] for name in values(one, "names"))} for one in seeds()["organizations"]
    }
    neutral = [one for one in seeds()["sources"] if one["title"].startswith("Report of ")]
    assert len(neutral) > 50
    for one in neutral:
        when = When.parse(str(one["published"])) if one.get("published") else None
        years = re.match(r"\[(\d{4})\D", str(one.get("published")))
        dates = {""} | ({f", {when.display}"} if when else set()) | ({f", {years[1]}"} if years else set())
        assert one["title"] in {f"Report of {name}{date}" for name in names[one["publisher"]] for date in dates}, one[
            "id"
        ]


def test_names_of_courts_are_those_of_sources_with_their_standing_beside_them() -> None:
    courts = [one for one in seeds()["organizations"] if one["kind"] == "court"]
    assert len(courts) >= 15
    for one in courts:
        [standing] = values(one, "standing")
        is_quoted = one["name"].startswith('"') and one["name"].endswith('"')
        assert is_quoted == (standing in NO_GROUND), one["id"]
        assert "so-called" not in str(one).lower(), one["id"]
        assert one["cite"], one["id"]


def test_a_court_of_armed_groups_has_that_standing_on_the_days_of_its_judgments() -> None:
    """No source says until when; since it has one standing, no judgment of such a court may be later than those that sources describe so."""
    courts = {one["id"] for one in seeds()["organizations"] if "self-proclaimed" in values(one, "standing")}
    days = {
        one["id"]: sorted(str(date) for date in values(one, "date"))
        for one in seeds()["events"]
        if courts & set(values(one, "court"))
    }
    assert len(days) == 5
    assert {id_ for id_, dates in days.items() if dates and dates[-1] > "2022-09-30"} == set()

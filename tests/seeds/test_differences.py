"""Every difference of the seeds, beside files in which each was judged by reading the sources; and what lists of them answer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.graphs import LiveGraph
from tests.helpers.yaml_text import load_yaml

CASES = Path(__file__).parents[1] / "cases"
JUDGED: list[dict[str, Any]] = load_yaml((CASES / "differences.yaml").read_text("utf-8"))["differences"]
DISPUTED: list[dict[str, Any]] = load_yaml((CASES / "disputed.yaml").read_text("utf-8"))["disputed"]
ALL = (
    "{ differences(first: 200) { totalCount nodes { id kind property explanation subject { id } claims { value } } } }"
)
FORBIDDEN = re.compile(r"\bno source |retrieved|read on|not stated in the loaded", re.IGNORECASE)


@pytest.mark.live
def test_the_differences_are_those_that_were_judged(seeded: LiveGraph) -> None:
    found = seeded.ask(ALL)["differences"]
    on_values = {(one["subject"]["id"], one["property"]) for one in found["nodes"] if one["kind"] in {"VALUE", "DATE"}}
    others = {re.sub(r":c-[0-9a-f]+$", "", one["id"]) for one in found["nodes"] if one["kind"] not in {"VALUE", "DATE"}}
    assert on_values == {(one["record"], one["property"]) for one in DISPUTED}
    assert others == {one["id"] for one in JUDGED}
    assert found["totalCount"] == len(found["nodes"])


def test_every_difference_was_judged_right_for_a_reason() -> None:
    assert [one["id"] for one in JUDGED if not one["judgement"].startswith("right: ")] == []


@pytest.mark.live
def test_every_difference_has_claims_and_true_words(seeded: LiveGraph) -> None:
    for one in seeded.ask(ALL)["differences"]["nodes"]:
        assert one["claims"], one["id"]
        assert not FORBIDDEN.search(one["explanation"]), one["explanation"]


@pytest.mark.live
@pytest.mark.parametrize("language", ["EN", "UK"])
def test_differences_name_records_by_their_names(seeded: LiveGraph, language: str) -> None:
    lists = seeded.ask(
        "{ places(first: 500) { nodes { id } } sites(first: 500) { nodes { id } } organizations(first: 500) { nodes { id } } }"
    )
    ids = {one["id"] for found in lists.values() for one in found["nodes"]}
    asked = "query All @inLanguage(language: %s) { differences(first: 200) { nodes { id kind explanation claims { value } } } }"
    named = 0
    for one in seeded.ask(asked % language)["differences"]["nodes"]:
        stated = {
            each for claim in one["claims"] for each in re.findall(r"[a-z0-9-]+", str(claim["value"])) if each in ids
        }
        named += bool(stated)
        assert not [each for each in stated if re.search(rf"(?<![\w-]){each}(?![\w-])", one["explanation"])], one
    assert named >= 3


@pytest.mark.live
def test_differences_of_a_person_are_those_of_the_person_and_of_what_happened_to_them(seeded: LiveGraph) -> None:
    ask = '{{ differences(subject: "{}"{}) {{ totalCount nodes {{ id }} }} }}'
    found = seeded.ask(ask.format("iryna-horobtsova", ""))["differences"]
    assert [one["id"] for one in found["nodes"]] == [
        "DATE:iryna-horobtsova-appeal:date",
        "VALUE:iryna-horobtsova-conviction:sentence",
    ]
    assert seeded.ask(ask.format("iryna-horobtsova", ", kind: DATE"))["differences"]["totalCount"] == 1
    assert seeded.ask(ask.format("iryna-horobtsova-appeal", ""))["differences"]["totalCount"] == 1
    assert seeded.ask(ask.format("nobody", ""))["differences"] == {"totalCount": 0, "nodes": []}


@pytest.mark.live
def test_pages_of_differences_are_the_whole_list(seeded: LiveGraph) -> None:
    whole = [one["id"] for one in seeded.ask(ALL)["differences"]["nodes"]]
    paged: list[str] = []
    after = ""
    while True:
        page = seeded.ask(
            f"{{ differences(first: 7{after}) {{ nodes {{ id }} pageInfo {{ hasNextPage endCursor }} }} }}"
        )["differences"]
        paged += [one["id"] for one in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = f', after: "{page["pageInfo"]["endCursor"]}"'
    assert paged == whole == sorted(whole)

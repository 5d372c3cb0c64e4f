"""Cursors of other lists, sets of dates without quotes, and wrong initials: each with what is right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph_api.ingest.load import examine
from tests.helpers.graphs import LiveGraph

FOREIGN = {
    "people by name, in descending order": (
        "people(first: 4, orderBy: {field: NAME})",
        "people(first: 4, orderBy: {field: NAME, direction: DESC}, after: $after)",
    ),
    "people in events": ("people(first: 4)", "events(first: 4, after: $after)"),
    "people in organizations": ("people(first: 4)", "organizations(first: 4, after: $after)"),
    "people in sequences": ("people(first: 4)", "sequences(steps: [{kind: CONVICTION}], first: 4, after: $after)"),
    "events by date, in descending order": (
        "events(first: 4, orderBy: {field: DATE})",
        "events(first: 4, orderBy: {field: DATE, direction: DESC}, after: $after)",
    ),
    "a search for another text": (
        'search(text: "Sentsov", first: 1)',
        'search(text: "Kherson", first: 4, after: $after)',
    ),
    "people in totals": ("people(first: 4)", "totals(by: [KIND], first: 4, after: $after)"),
    "people of another filter": ("people(first: 4)", "people(first: 4, where: {sex: FEMALE}, after: $after)"),
}


@pytest.mark.live
@pytest.mark.parametrize("name", FOREIGN)
def test_a_cursor_of_another_list_is_refused(seeded: LiveGraph, name: str) -> None:
    first, other = FOREIGN[name]
    [page] = seeded.ask(f"{{ {first} {{ pageInfo {{ endCursor }} }} }}").values()
    answer = seeded.result(
        f"query ($after: String!) {{ {other} {{ totalCount pageInfo {{ hasNextPage }} }} }}",
        {"after": page["pageInfo"]["endCursor"]},
    )
    assert ["expected a cursor or endCursor of this list" in str(error.message) for error in answer.errors] == [True]


@pytest.mark.live
@pytest.mark.parametrize(
    ("right", "wrong", "person"),
    [
        ("O. Sentsov", "S. Sentsov", "oleh-sentsov"),
        ("O. Sentsov", "X. Sentsov", "oleh-sentsov"),
        ("В. Рощина", "Р. Рощина", "victoriia-roshchyna"),
        ("V. Roshchyna", "R. Roshchyna", "victoriia-roshchyna"),
        ("Рощина В.", "Рощина Р.", "victoriia-roshchyna"),
        ("A. Panov", "P. Panov", "artur-panov"),
    ],
)
def test_a_wrong_initial_ranks_below_the_right_one(seeded: LiveGraph, right: str, wrong: str, person: str) -> None:
    def score(text: str) -> float:
        query = (
            "query ($text: String!) { search(text: $text, kinds: [PERSON], first: 5) { nodes { score node { id } } } }"
        )
        hits: list[dict[str, Any]] = seeded.ask(query, {"text": text})["search"]["nodes"]
        return next((hit["score"] for hit in hits if hit["node"]["id"] == person), 0.0)

    assert score(right) > score(wrong)


@pytest.mark.parametrize("dates", ["[2016..2021]", "[2022,2023-05]", "[..2024]", "[2024..]", "[2024-08..2024-10]"])
def test_a_set_of_dates_without_quotes_is_refused_with_the_right_form(tmp_path: Path, dates: str) -> None:
    event = f"{{id: an-event, kind: statement, title: Made up, date: {dates}, cite: {{source: a-list, at: page}}}}"
    file = tmp_path / "dates.yaml"
    file.write_text(f"sources:\n  - {{id: a-list, title: Made up, kind: ngo, published: 2025}}\nevents:\n  - {event}\n")
    [problem] = examine([file]).problems
    assert f'write it in quotes: "{dates}"' in str(problem)

"""Counts of lists by the values of a property: each is the total of the list that it leads to, and the page, its fragment and its file agree."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient

from graph_api.settings import Settings
from graph_api.web.app import create_app
from graph_api.web.pages.facets import SHOWN_VALUES
from graph_api.web.pages.routes import LISTS
from tests.helpers.graphs import LiveGraph

COUNTED = {one.name: one for one in LISTS if one.facets}
SINGLE = {
    "people": {"custody", "legal", "category", "sex"},
    "events": {"kind", "year"},
    "sites": {"kind", "specific"},
    "sources": {"kind", "year"},
}
"""Properties of which a record has one value at most."""
FILTERS = {
    "people": ("", "?category=CIVILIAN", "?event_kind=EXCHANGE&event_date_from=2024-01-01", "?sex=FEMALE&event_place=crimea"),
    "events": ("", "?kind=CONVICTION", "?place=kherson-oblast&date_from=2022-03-01&date_until=2022-05-31"),
    "sites": ("", "?controlledBy=RU"),
    "sources": ("", "?published_from=2024-01-01"),
}  # fmt: skip
CASES = [(name, query) for name, queries in FILTERS.items() for query in queries]


@pytest.fixture(scope="module")
def client(real_seeds: LiveGraph) -> Iterator[TestClient]:
    settings = Settings(query_seconds=60)
    with TestClient(
        create_app(real_seeds.store, settings), base_url="http://localhost", follow_redirects=False
    ) as client:
        yield client


def facets_of(page: str) -> dict[str, list[tuple[str | None, str, int]]]:
    """Return address, words and count of every value that a page shows, by property."""
    found = {}
    for key, section in re.findall(r'<section aria-labelledby="facet-(\w+)">(.*?)</section>', page, re.DOTALL):
        values = re.findall(
            r'<li[^>]*><(?:a href="([^"]+)"|span)[^>]*>(.*?)</(?:a|span)> <span class="count">([\d,]+)<', section
        )
        found[key] = [(unescape(href) or None, unescape(words), int(n.replace(",", ""))) for href, words, n in values]
    return found


def total(client: TestClient, address: str) -> int:
    path, sign, query = address.partition("?")
    answer = client.get(f"{path}.json{sign}{query}")
    assert answer.status_code == 200, answer.text
    root = COUNTED[path.strip("/")].root
    found: int = answer.json()["data"][root]["totalCount"]
    return found


def rows(client: TestClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_the_four_lists_are_counted() -> None:
    assert set(COUNTED) == set(SINGLE) == set(FILTERS)


@pytest.mark.live
@pytest.mark.parametrize(("name", "query"), CASES)
def test_every_count_is_the_total_of_the_list_that_it_leads_to(client: TestClient, name: str, query: str) -> None:
    page = client.get(f"/facets/{name}{query}")
    assert page.status_code == 200, page.text
    facets = facets_of(page.text)
    whole = total(client, f"/{name}{query}")
    assert facets
    assert whole
    checked = 0
    for key, values in facets.items():
        linked = [one for one in values if one[0] is not None]
        for href, words, count in {*linked[:1], *linked[-1:]}:
            assert total(client, str(href)) == count, (key, words)
            checked += 1
        if key in SINGLE[name] and len(values) < SHOWN_VALUES:
            assert sum(count for _, _, count in values) == whole, key
    assert checked >= 2


@pytest.mark.live
@pytest.mark.parametrize("name", sorted(COUNTED))
def test_page_fragment_and_file_have_the_same_counts(client: TestClient, name: str) -> None:
    inside = client.get(f"/{name}?counts=shown").text
    apart = client.get(f"/facets/{name}").text
    assert "Show the counts in this page" not in inside
    assert f'href="/{name}?counts=shown"' in client.get(f"/{name}").text
    counts = {key: [(words, n) for _, words, n in values] for key, values in facets_of(apart).items()}
    assert counts == {key: [(words, n) for _, words, n in values] for key, values in facets_of(inside).items()}
    file: dict[str, list[tuple[str, int]]] = {}
    for row in rows(client, f"/facets/{name}.csv"):
        file.setdefault(row["property"], []).append((row["words"], int(row["count"])))
    assert all(values == file[key][: len(values)] for key, values in counts.items())
    assert client.get(f"/facets/{name}.csv-metadata.json").json()["rows"] == sum(map(len, file.values()))


@pytest.mark.live
def test_what_no_source_gives_is_a_value_with_a_count(client: TestClient) -> None:
    """Women among the civilians who were handed over, beside those of whom no source states the sex."""
    sexes = {words: n for _, words, n in facets_of(client.get("/facets/people?category=CIVILIAN&event_kind=EXCHANGE").text)["sex"]}  # fmt: skip
    assert set(sexes) >= {"female", "male"}
    assert any("not given in this edition" in words for words in sexes)
    assert sexes["female"] == total(client, "/people?category=CIVILIAN&event_kind=EXCHANGE&sex=FEMALE")


@pytest.mark.live
def test_people_are_listed_of_whom_something_is_reported_and_others_are_found_by_name(client: TestClient) -> None:
    listed = {row["id"] for row in rows(client, "/people.csv")}
    assert "maksym-butkevych" in listed
    assert "joe-biden" not in listed
    assert client.get("/people/joe-biden").status_code == 200
    hits: list[dict[str, Any]] = client.post("/find.json", data={"q": "Biden"}).json()["data"]["search"]["nodes"]
    assert "joe-biden" in {hit["node"]["id"] for hit in hits}


@pytest.mark.live
@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/people?counts=maybe", "Invalid counts &#39;maybe&#39;"),
        ("/facets/people?colour=red", "Unknown parameter &#39;colour&#39;"),
        ("/facets/events?kind=PARTY", "Invalid kind &#39;PARTY&#39;"),
    ],
)
def test_what_is_not_understood_is_an_error(client: TestClient, path: str, message: str) -> None:
    answer = client.get(path, headers={"accept": "text/html"})
    assert answer.status_code == 400
    assert message in answer.text


@pytest.mark.live
def test_a_list_that_finds_nothing_says_why(client: TestClient) -> None:
    page = unescape(client.get("/people?nationality=DE").text)
    [note] = client.get("/people.json?nationality=DE").json()["extensions"]["notes"]
    assert note["message"] in page
    assert "nothing is found proves nothing" in page

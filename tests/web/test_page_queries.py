"""Pages that take parameters: ways between two records, what became known since a day, and counts by year."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from graph_api.errors import InvalidQuery
from graph_api.settings import Settings
from graph_api.web.app import create_app
from graph_api.web.pages.connect import CONNECT
from graph_api.web.pages.news import news_variables
from graph_api.web.pages.year_bars import CHART, year_bars
from tests.helpers.graphs import LiveGraph


@pytest.fixture
def client(seeded: LiveGraph) -> Iterator[TestClient]:
    with TestClient(
        create_app(seeded.store, Settings(query_seconds=60)),
        base_url="http://localhost",
        follow_redirects=False,
        headers={"accept": "text/html"},
    ) as client:
        yield client


def rows_of(client: TestClient, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(path).text.removeprefix("\ufeff"))))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ([("name", "Sentsov")], "Unknown parameter 'name': expected one of a, b"),
        ([("a", "x"), ("a", "y")], "Parameter 'a' is given twice"),
    ],
)
def test_a_parameter_that_is_not_understood_is_an_error(query: list[tuple[str, str]], message: str) -> None:
    with pytest.raises(InvalidQuery, match=re.escape(message)):
        CONNECT.given(query)


def test_news_begins_half_a_year_before_the_last_reading_unless_a_day_is_given() -> None:
    assert news_variables({}, "2026-11-22") == {"since": "2026-05-26", "first": 50, "after": None}
    assert news_variables({"since": "2025-08-01", "after": "c"}, "2026-11-22") == {
        "since": "2025-08-01",
        "first": 50,
        "after": "c",
    }
    with pytest.raises(InvalidQuery, match="Invalid since 'soon'"):
        news_variables({"since": "soon"}, None)


def test_a_year_between_without_any_has_an_empty_bar_and_no_year_stands_last() -> None:
    bars = year_bars({None: 1, "2019": 4, "2021": 2}).bars
    assert [(one.year, one.count) for one in bars] == [("2019", 4), ("2020", 0), ("2021", 2), (None, 1)]
    assert max(one.length for one in bars) == CHART
    assert year_bars({}).bars == ()


@pytest.mark.live
def test_names_lead_to_the_ways_between_their_records_and_stand_in_no_address(client: TestClient) -> None:
    found = client.post("/connect", data={"a": "Сенцов", "b": "oleksandr-kolchenko"})
    assert (found.status_code, found.headers["location"]) == (303, "/connect?a=oleh-sentsov&b=oleksandr-kolchenko")
    page = client.get(found.headers["location"]).text
    row = re.search(r"<tbody.*?</tr>", page, re.DOTALL)
    assert row is not None
    assert re.findall(r'href="/([a-z]+/[a-z0-9-]+)"', row[0]) == [
        "people/oleh-sentsov",
        "exchanges/exchange-2019-09-07",
        "people/oleksandr-kolchenko",
    ]
    cited = set(re.findall(r'href="#reference-(\d+)"', row[0]))
    assert cited
    assert cited <= set(re.findall(r'<li id="reference-(\d+)"', page))
    steps = [one["id"] for one in rows_of(client, "/connect.csv?a=oleh-sentsov&b=oleksandr-kolchenko")]
    assert steps == ["oleh-sentsov", "exchange-2019-09-07", "oleksandr-kolchenko"]


@pytest.mark.live
def test_a_name_of_several_is_a_choice_and_an_unknown_one_is_said_to_be(client: TestClient) -> None:
    page = client.post("/connect", data={"a": "Oleh", "b": "Qqqqzzzz"})
    assert page.status_code == 200
    assert page.text.count("<option") > 1
    assert "No record of this edition has a name like this." in page.text
    assert page.headers["cache-control"] == "no-store"
    beside_an_id = client.post("/connect", data={"a": "oleksandr-kolchenko", "b": "Qqqqzzzz"})
    assert beside_an_id.status_code == 200
    assert re.findall(r"<option[^>]*>[^<]*Kolchenko", beside_an_id.text)
    unknown = client.get("/connect?a=nobody-here&b=oleksandr-kolchenko").text
    assert "No record of this edition has the id nobody-here." in unknown


@pytest.mark.live
def test_news_has_dated_publications_only_newest_first_and_the_file_as_many(client: TestClient) -> None:
    nodes: list[dict[str, Any]] = []
    after: str | None = ""
    while after is not None:
        part = client.get("/news.json", params={"since": "2025-08-01", "after": after}).json()["data"]["sources"]
        nodes += part["nodes"]
        after = part["pageInfo"]["endCursor"] if part["pageInfo"]["hasNextPage"] else None
    assert all(one["published"]["latest"] >= "2025-08-01" for one in nodes)
    rows = rows_of(client, "/news.csv?since=2025-08-01")
    assert [row["source"] for row in rows] == [one["id"] for one in nodes if one["events"]["totalCount"]]
    days = [row["published_latest"] for row in rows]
    assert days == sorted(days, reverse=True)
    page = client.get("/news?since=2025-08-01").text
    assert re.findall(r'<a href="/sources/([a-z0-9-]+)">', page)[0] == rows[0]["source"]


@pytest.mark.live
def test_the_parts_of_the_news_follow_one_another_and_name_each_publication_once(client: TestClient) -> None:
    total = client.get("/news.json?since=2014-01-01").json()["data"]["sources"]["totalCount"]
    href: str | None = "/news?since=2014-01-01"
    shown: list[str] = []
    captions: list[tuple[int, int]] = []
    without = 0
    while href is not None:
        page = client.get(href).text
        shown += re.findall(r'<a href="/sources/([a-z0-9-]+)"', page.partition("<tbody")[2])
        [(first, last, of)] = set(re.findall(r"Publications (\d+) to (\d+) of (\d+)", page))
        assert int(of) == total
        captions.append((int(first), int(last)))
        without += sum(map(int, re.findall(r">On (\d+) of these publications no event rests", page)))
        following = re.search(r'rel="next" href="([^"]+)"', page)
        href = html.unescape(following[1]) if following else None
    assert captions == [(one, min(one + 49, total)) for one in range(1, total + 1, 50)]
    assert len(captions) > 3
    assert len(set(shown)) + without == total
    assert "Publications 1 to 50 of" in client.get("/news?since=2014-01-01&start=51").text, "no cursor leads there"
    assert client.get("/news.csv?since=2014-01-01").status_code == 413


@pytest.mark.live
def test_a_gazetteer_is_no_news_and_is_counted_among_the_sources(client: TestClient) -> None:
    page = client.get("/news?since=2026-07-01").text
    assert "geonames" not in page
    [(href, n)] = re.findall(r'<a href="(/sources[^"]*)">(\d+) further publication', page)
    listed = client.get(href.replace("&amp;", "&").replace("/sources", "/sources.json")).json()["data"]["sources"]
    shown = len(rows_of(client, "/news.csv?since=2026-07-01"))
    assert listed["totalCount"] == int(n) + shown
    assert "geonames-2026-07" in {one["id"] for one in listed["nodes"]}


@pytest.mark.live
def test_bars_by_year_agree_with_their_tables(client: TestClient) -> None:
    page = client.get("/years").text
    sections = re.findall(r'<svg class="years".*?</table>', page, re.DOTALL)
    assert len(sections) >= 5
    for number, section in enumerate(sections):
        svg, table = section.split("</svg>")
        drawn = re.findall(r'class="year"[^>]*>(\d{4}|\?)</text>.*?class="count"[^>]*>([\d,]+)<', svg, re.DOTALL)
        listed = re.findall(
            r'<th scope="row"[^>]*>(?:(\d{4})|[^<]+)</th><td[^>]*>([\d,]+)</td><td[^>]*>([\d,]+)', table
        )
        is_of_people = "To " in svg[: svg.index(">")] or "side not given" in svg[: svg.index(">")]
        told = [(year or "?", people if is_of_people else events) for year, people, events in listed]
        assert [one for one in drawn if one[1] != "0"] == told, number
        assert "0" not in {count for _, count in told}, "a year between two others has no bar, and no row of the table"


@pytest.mark.live
def test_a_number_has_a_page_to_which_its_id_leads(client: TestClient) -> None:
    id_ = rows_of(client, "/figures.csv")[0]["id"]
    assert client.get(f"/id/{id_}").headers["location"] == f"/figures/{id_}"
    assert client.get(f"/figures/{id_}").status_code == 200

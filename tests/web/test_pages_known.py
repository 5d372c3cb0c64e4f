"""Pages as of a day: every page, its JSON and its table answer as of it, every link keeps it, and a line says what that means."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from graph_api.casefile.case_file import case_file
from graph_api.casefile.facts import parse_facts
from graph_api.casefile.layout import LayoutOptions
from graph_api.evidence.status_text import Language
from graph_api.execution.as_of import case_file_facts, case_file_statements
from graph_api.export.case_files.registry import write_case_file
from graph_api.ingest.as_of import store_versions
from graph_api.settings import Settings
from graph_api.values.dates import day_number
from graph_api.web.app import create_app
from graph_api.web.pages.filters import parameters_of
from graph_api.web.pages.known import page_as_of
from graph_api.web.pages.page import ListPage
from graph_api.web.pages.routes import LISTS, PAGES, RECORDS
from tests.helpers.graphs import EXECUTOR, LiveGraph

DAY = "2024-09-01"
SEEDS = """
sources:
- {id: known-early, kind: ngo, title: Early report, published: 2024-08-15}
- {id: known-late, kind: ngo, title: Later report, published: 2025-02-01}
- {id: known-undated, kind: ngo, title: Undated page, retrieved: 2026-01-05}
people:
- {id: known-olha, name: Synthetic Olha, cite: [{source: known-early, at: p. 1}]}
- {id: known-taras, name: Synthetic Taras, cite: [{source: known-late, at: p. 1}]}
events:
- id: known-taken
  kind: detention
  date: 2024-05
  participants: [{who: known-olha}]
  cite: [{source: known-early, at: p. 2}]
- id: known-freed
  kind: release
  date: 2025-01-10
  participants: [{who: known-olha}]
  cite: [{source: known-late, at: p. 2}]
- id: known-taras-taken
  kind: detention
  date: 2024-06
  participants: [{who: known-taras}]
  cite: [{source: known-late, at: p. 3}]
"""


@pytest.fixture(scope="module")
def graph(live: LiveGraph, tmp_path_factory: pytest.TempPathFactory) -> LiveGraph:
    live.wipe()
    live.load_text(SEEDS, tmp_path_factory.mktemp("known"))
    store_versions(live.store)
    return live


@pytest.fixture(scope="module")
def client(graph: LiveGraph) -> Iterator[TestClient]:
    settings = Settings(query_seconds=60)
    with PatientClient(
        create_app(graph.store, settings),
        base_url="http://localhost",
        follow_redirects=False,
        headers={"accept": "text/html"},
    ) as client:
        yield client


class PatientClient(TestClient):
    """A client that asks again while the server is busy: it plans the operations of all pages when it starts."""

    def request(self, *args: Any, **kwargs: Any) -> Response:
        until = time.monotonic() + 60
        while (answer := super().request(*args, **kwargs)).status_code == 503 and time.monotonic() < until:
            time.sleep(1)
        return answer


def known(path: str, day: str = DAY) -> str:
    return f"{path}{'&' if '?' in path else '?'}known={day}"


PATHS = [
    *(one.path for one in PAGES if one not in RECORDS),
    "/people/known-olha",
    "/events/known-taken",
    "/sources/known-early",
    "/find",
    "/questions",
    "/questions/civilians-convicted-then-exchanged",
]


@pytest.mark.live
@pytest.mark.parametrize("prefix", ["", "/uk"])
@pytest.mark.parametrize("path", PATHS)
def test_every_page_says_the_day_and_every_link_of_it_keeps_it(client: TestClient, prefix: str, path: str) -> None:
    answer = client.get(known(f"{prefix}{path}".rstrip("/") or "/"))
    assert answer.status_code == 200, re.findall(r"<main.*?</main>", answer.text, re.DOTALL)
    assert ("As known on 1 September 2024." if not prefix else "Станом на 1 вересня 2024 року.") in answer.text
    links = re.findall(r'<a [^>]*?href="(/[^"]*)"|<form [^>]*?action="(/[^"]*)"', answer.text)
    kept = [one for pair in links for one in pair if one and not one.startswith("/graphiql")]
    today = [one for one in kept if f"known={DAY}" not in one]
    assert len(today) == 1, today  # the link to what is known today
    forms = re.findall(r"<form\b.*?</form>", answer.text, re.DOTALL)
    by_get = [one for one in forms if 'method="get"' in one]
    assert all(f'<input type="hidden" name="known" value="{DAY}">' in one for one in by_get)
    assert answer.headers["x-robots-tag"] == "noindex, noarchive"


@pytest.mark.live
def test_a_page_its_json_and_its_table_answer_as_of_the_day(client: TestClient) -> None:
    page, table = client.get(known("/people")), client.get(known("/people.csv"))
    body = client.get(known("/people.json")).json()
    assert "1 source has no publication date" in page.text
    assert "Synthetic Taras" not in page.text
    assert "Synthetic Olha" in page.text
    assert [one["id"] for one in body["data"]["people"]["nodes"]] == ["known-olha"]
    assert body["extensions"]["asOf"] == {"known": DAY, "undatedSources": 1}
    assert "known-olha" in table.text
    assert "known-taras" not in table.text
    assert table.headers["link"].startswith(f"<people.csv-metadata.json?known={DAY}>")
    described = client.get(known("/people.csv-metadata.json")).json()
    assert (described["knownTo"], described["undatedSources"]) == (DAY, 1)
    assert "known-taras" in client.get("/people.csv").text


@pytest.mark.live
def test_the_entity_tag_of_a_page_depends_on_the_day(client: TestClient) -> None:
    tags = [client.get(path).headers["etag"] for path in ("/people", known("/people"), known("/people", "2025-03-01"))]
    assert len(set(tags)) == 3
    assert client.get(known("/people"), headers={"if-none-match": tags[1]}).status_code == 304
    assert client.get(known("/people"), headers={"if-none-match": tags[0]}).status_code == 200


@pytest.mark.live
def test_the_page_of_a_person_and_the_files_of_the_case_are_as_of_the_day(client: TestClient, graph: LiveGraph) -> None:
    page = client.get(known("/people/known-olha")).text
    assert f'href="/people/known-olha/case-file.pdf?for=filing&amp;known={DAY}"' in page or "case-file.pdf" not in page
    assert "10 January 2025" not in page
    assert "10 January 2025" in client.get("/people/known-olha").text
    answer = client.get(known("/people/known-olha/case-file.text"))
    values = graph.store.read_all(case_file_statements("known-olha", day_number(date.fromisoformat(DAY))), seconds=60)
    facts = case_file_facts(values)
    assert facts is not None
    assert answer.content == write_case_file(case_file(parse_facts(facts), Language.EN), LayoutOptions(), "text")
    assert f"-en-{DAY}.text" in answer.headers["content-disposition"]
    words = " ".join(answer.text.split())
    assert "As known on 1 September 2024" in words
    assert "Without a publication date are 1 of the 3 sources" in words
    assert "10 January 2025" not in words


@pytest.mark.live
def test_a_person_who_was_not_known_on_the_day_has_no_page(client: TestClient) -> None:
    answer = client.get(known("/people/known-taras"))
    assert answer.status_code == 404
    assert "1 source has no publication date" in answer.text
    assert "Taras" not in answer.text
    assert client.get(known("/people/known-taras/case-file.text")).status_code == 404


@pytest.mark.live
def test_a_search_and_a_redirect_keep_the_day(client: TestClient) -> None:
    found = client.post(known("/find"), data={"q": "Synthetic"}).text
    assert f'href="/id/known-olha?known={DAY}"' in found
    assert "Taras" not in found
    redirect = client.get(known("/id/known-olha"))
    assert redirect.headers["location"] == f"/people/known-olha?known={DAY}"


@pytest.mark.live
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("known=2024-13-01", "Invalid day '2024-13-01': expected a day of the calendar as YYYY-MM-DD"),
        ("known=yesterday", "Invalid day 'yesterday': expected a day as YYYY-MM-DD."),
        ("known=2024-01-01&known=2024-01-02", "Parameter 'known' is given 2 times: expected one day."),
    ],
)
def test_an_invalid_day_is_an_error_in_words(client: TestClient, query: str, words: str) -> None:
    answer = client.get(f"/people.json?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["message"].startswith(words)


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.name)
def test_no_filter_has_the_name_of_the_day(page: ListPage) -> None:
    found = parameters_of(EXECUTOR.schema, page.filter_type)
    assert found
    assert "known" not in found


def test_links_elsewhere_and_to_files_of_the_page_stay_as_they_are() -> None:
    link = '<a href="/people?a=b#c">z</a>'
    others = '<a href="https://example.org/a">x</a><link rel="stylesheet" href="/assets/pages.css"><a data-today href="/people">y</a>'
    assert page_as_of(others + link, DAY) == others + link.replace("a=b", f"a=b&amp;known={DAY}")

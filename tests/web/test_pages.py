"""Pages over the real seeds: what stands on them, that page, JSON and table agree, and what a reader does not leave in a log."""

from __future__ import annotations

import csv
import io
import json
import logging
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

import pytest
from fastapi.testclient import TestClient
from graphql import GraphQLError
from httpx2 import Response

from graph_api.casefile.notices import notice_lines
from graph_api.errors import QueryTimeout
from graph_api.evidence.status_text import Language
from graph_api.execution.executor import ExecutionResult
from graph_api.settings import Settings
from graph_api.web.app import create_app
from graph_api.web.graphql_endpoint import GraphQLEndpoint
from graph_api.web.pages.assets import assets
from graph_api.web.pages.languages import PageLanguage
from graph_api.web.pages.operations import VARIABLES, operations, page_operations
from graph_api.web.pages.question_fields import CHOICES, choices_operation, variable_types
from graph_api.web.pages.questions import questions
from graph_api.web.pages.rendering import render
from graph_api.web.pages.routes import LISTS, RECORDS
from graph_api.web.pages.server import BUSY
from tests.helpers.graphs import EXECUTOR, LiveGraph
from tests.helpers.translations import messages

FIXED_LINES = notice_lines(Language.EN)
LOCAL = "http://localhost"
HTML = {"accept": "text/html"}
PAGES = (
    *(
        "/",
        "/find",
        "/people",
        "/people/maksym-butkevych",
        "/nothing-here",
        "/events",
        "/events/bohdan-kovalchuk-detention",
    ),
    *(
        "/exchanges",
        "/exchanges/exchange-2025-01-15",
        "/sites",
        "/sites/site-torez-colony-28",
        "/courts",
        "/offences",
        "/map",
    ),
    *(
        "/differences",
        "/differences?kind=DATE",
        "/sources",
        "/sources/babel-2024-10-18-butkevych",
        "/places/kherson-oblast",
        "/states/turkiye",
    ),
)


@pytest.fixture(scope="module")
def client(real_seeds: LiveGraph) -> Iterator[TestClient]:
    with TestClient(
        create_app(real_seeds.store, Settings()), base_url=LOCAL, follow_redirects=False, headers=HTML
    ) as client:
        yield client


def find(client: TestClient, words: str, extension: str = "") -> Response:
    return client.post(f"/find{extension}", data={"q": words})


def words_of(page: str) -> str:
    """Return what a reader reads."""
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", text.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&"))


def table_of(response: Response) -> list[dict[str, str]]:
    assert response.text.startswith("\ufeff"), "spreadsheets read UTF-8 by the byte order mark"
    return list(csv.DictReader(io.StringIO(response.text[1:])))


# ── without a database ──────────────────────────────────────────────────────────────────────────────────────────


def test_every_operation_can_be_compiled_with_the_variables_of_its_page() -> None:
    for text, variables in page_operations():
        document = EXECUTOR.planner.document(text)
        operation = document.operation(None)
        EXECUTOR.planner.plan(document, operation, EXECUTOR.planner.coerce_variables(operation, variables))
    assert set(VARIABLES) <= set(operations())
    assert {*(one.name for one in LISTS), *(one.name for one in RECORDS)} <= set(operations())


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/uk/", "/uk"),
        ("/people/?sex=FEMALE", "/people?sex=FEMALE"),
        ("/uk/people/maksym-butkevych/", "/uk/people/maksym-butkevych"),
        ("/no-such-page/", None),
        ("//people/", None),
        ("//example.org/", None),
        ("/%5Cexample.org/", None),
    ],
)
def test_a_slash_at_the_end_leads_to_the_page_without_it(client: TestClient, path: str, target: str | None) -> None:
    response = client.get(f"http://127.0.0.1:8000{path}", follow_redirects=False)
    assert (response.status_code, response.headers.get("location")) == ((308, target) if target else (404, None))


@pytest.mark.parametrize(("status", "is_offered"), [(503, True), (400, False), (404, False)])
def test_a_page_that_a_busy_server_refuses_offers_to_try_again(status: int, is_offered: bool) -> None:
    frame = {
        "path": "/people",
        "query": "?sex=FEMALE",
        "prefix": "/uk",
        "language": "uk",
        "served": (),
        "alternates": (),
    }
    edition = dict.fromkeys(("known", "known_to", "snapshot", "graphql_href", "loading"))
    values = {"status": status, "message": "", "request_id": "", "audience": "public", "version": ""}
    page = render(
        "error", PageLanguage.UK, {**frame, **edition, **values, "is_about_people": True, "is_indexed": False}
    )
    assert ('<a href="/uk/people?sex=FEMALE">Спробувати ще раз</a>' in page) == is_offered


def test_a_page_whose_query_exceeds_its_time_limit_does_not_ask_its_reader_to_query_less(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def time_out(*_arguments: Any) -> ExecutionResult:
        error = QueryTimeout("The query exceeded its time limit. Request less, or narrow the filters.")
        return ExecutionResult(None, [GraphQLError("", original_error=error)])

    monkeypatch.setattr(GraphQLEndpoint, "run", time_out)
    response = client.get("/people/nadiia-none", headers=HTML)
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")
    assert BUSY in response.text
    assert "narrow the filters" not in response.text


def test_nothing_of_the_pages_names_another_origin_or_an_inline_style() -> None:
    for name, asset in assets().items():
        found = set(re.findall(r"https?://[\w.]+", asset.content.decode()))
        assert found <= {"http://www.w3.org"}, name  # the name of SVG, never fetched


FORBIDDEN = re.compile(
    r"\b(freed|convicted of|guilty|criminal|terrorist|confirmed|proof|victims?|executed|illegal|not stated in the loaded|no source \w+s)\b",
    re.IGNORECASE,
)
"""Words that would state as a fact what is only reported, or would be false of what is held back."""


def test_no_words_of_ours_state_as_a_fact_what_is_reported() -> None:
    texts = [part for one in messages() for part in (one if isinstance(one, tuple) else (one,))]
    assert [one for one in texts if FORBIDDEN.search(one)] == []
    assert FORBIDDEN.search("The court found him guilty."), "the rule would hold of nothing"


def test_every_record_that_a_question_takes_can_be_chosen_and_choices_can_be_compiled() -> None:
    for question in questions().values():
        types = variable_types(question.operation)
        assert {name for name, (type_, _) in types.items() if type_ == "ID"} <= set(CHOICES), question.name
        text = choices_operation(tuple(question.values))
        if text is not None:
            document = EXECUTOR.planner.document(text)
            EXECUTOR.planner.plan(document, document.operation(None), {})


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.live
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_landmarks_one_heading_and_loads_nothing_from_elsewhere(client: TestClient, path: str) -> None:
    answer = client.get(path)
    page = answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    for part in ('<html lang="en">', "<title>", "<header", "<main", "<footer", 'class="skip"', 'role="search"'):
        assert part in page
    assert page.count("<h1") == 1
    assert not re.search(r"<style|\sstyle=|<script>|\son\w+=", page)
    assert not re.search(
        r'(src|href)="(https?:)?//', page.replace('rel="noreferrer external"', ""), re.IGNORECASE
    ) or all('rel="noreferrer external"' in link for link in re.findall(r'<a [^>]*href="https?:[^>]*>', page))
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert set(policy.values()) == {"'self'", "'none'"}


@pytest.mark.live
@pytest.mark.parametrize("path", [one for one in PAGES if one != "/nothing-here"])
def test_every_page_is_there_in_ukrainian_with_every_message_translated(client: TestClient, path: str) -> None:
    there = f"/uk{path}".rstrip("/")
    answer = client.get(there)
    assert answer.status_code == 200
    page = answer.text
    assert '<html lang="uk">' in page
    assert answer.headers["content-language"] == "uk"
    base, _, _ = path.partition("?")
    assert f'hreflang="en" href="{base}"' in page
    assert f'hreflang="uk" href="{there.partition("?")[0]}"' in client.get(path).text
    untranslated = {line for line in map(str, messages()) if len(line) > 30 and line in words_of(page)}
    assert untranslated == set()
    inside = re.findall(r'(?:href|action)="(/[^"]*)"', page)
    english = {one for one in inside if not one.startswith(("/uk", "/assets/", "/graphiql"))}
    assert english <= {base, path}, "only the link to the same page in English leaves the language"


@pytest.mark.live
def test_a_person_is_shown_in_ukrainian_under_the_ukrainian_name(client: TestClient) -> None:
    page = words_of(client.get("/uk/people/maksym-butkevych").text)
    assert "Максим Буткевич" in page[: page.index("Інші написання")]
    assert "Повідомлено про передання під час обміну (18 жовтня 2024 року)." in page
    assert "покарання, після повідомлених переглядів: 13 років" in page


@pytest.mark.live
def test_the_first_page_says_for_whom_it_is_as_of_when_and_what_it_holds(client: TestClient) -> None:
    words = words_of(client.get("/").text)
    assert "This is the public edition." in words
    assert re.search(r"It reflects sources read up to \d+ \w+ 20\d\d\.", words)
    assert "people known by name" in words
    assert "noindex" not in client.get("/").headers.get("x-robots-tag", "")


@pytest.mark.live
def test_a_person_has_status_events_in_order_and_the_references_behind_them(client: TestClient) -> None:
    page = client.get("/people/maksym-butkevych").text
    words = words_of(page)
    assert "Reported handed over in an exchange on 18 October 2024" in words
    assert "Максим Буткевич" in words
    order = [page.index(f'id="maksym-butkevych-{one}"') for one in ("detention", "stay-colony")]
    assert order == sorted(order)
    assert page.index('id="maksym-butkevych-stay-colony"') < page.index('id="exchange-2024-10-18"')
    cited = {int(one) for one in re.findall(r'href="#reference-(\d+)"', page)}
    listed = {int(one) for one in re.findall(r'<li id="reference-(\d+)"', page)}
    assert cited
    assert cited <= listed
    assert all(line in words for line in FIXED_LINES)


@pytest.mark.live
def test_a_list_says_its_total_and_what_part_is_shown_and_goes_on(client: TestClient) -> None:
    seen: list[str] = []
    path, parts, total = "/people", 0, 0
    while path:
        page = client.get(path).text
        seen += re.findall(r'<th scope="row" role="rowheader"><a href="/people/([a-z0-9-]+)"', page)
        shown = re.search(r"Records (\d+) to (\d+) of (\d+)", page)
        assert shown is not None
        assert int(shown[2]) == len(seen)
        total = int(shown[3])
        following = re.search(r'rel="next" href="([^"]+)"', page)
        path, parts = following[1].replace("&amp;", "&") if following else "", parts + 1
    assert parts > 1
    assert len(seen) == len(set(seen)) == total


@pytest.mark.live
def test_page_json_and_table_are_the_same_answer(client: TestClient) -> None:
    query = "?category=CIVILIAN&sex=FEMALE"
    page, body = client.get(f"/people{query}").text, client.get(f"/people.json{query}").json()
    rows = table_of(client.get(f"/people.csv{query}"))
    nodes = body["data"]["people"]["nodes"]
    assert nodes
    assert [one["id"] for one in nodes] == [row["id"] for row in rows]
    assert [one["id"] for one in nodes] == re.findall(
        r'<th scope="row" role="rowheader"><a href="/people/([a-z0-9-]+)"', page
    )
    metadata = client.get(f"/people.csv-metadata.json{query}").json()
    assert metadata["rows"] == len(rows)
    assert metadata["query"] == query.removeprefix("?")
    assert [one["name"] for one in metadata["tableSchema"]["columns"]] == list(rows[0])
    assert metadata["audience"] == "public"


@pytest.mark.live
def test_the_table_of_a_person_has_a_line_for_each_event(client: TestClient) -> None:
    file = client.get("/people/bohdan-kovalchuk.json").json()["data"]["caseFile"]
    rows = table_of(client.get("/people/bohdan-kovalchuk.csv"))
    lines = [*file["timeline"], *file["announced"]]
    assert [(row["event"], row["text"]) for row in rows] == [(one["event"]["id"], one["text"]) for one in lines]
    assert rows[0]["date_display"] == lines[0]["date"]["display"]
    sources = {one["number"]: one["source"]["id"] for one in file["references"]}
    assert [row["sources"] for row in rows] == ["; ".join(sources[n] for n in one["references"]) for one in lines]


@pytest.mark.live
@pytest.mark.parametrize(
    ("words", "first"), [("Рощіна", "victoriia-roshchyna"), ("Butkevych", "maksym-butkevych"), ("Turkey", "turkiye")]
)
def test_a_name_in_any_spelling_finds_its_record_first(client: TestClient, words: str, first: str) -> None:
    page = find(client, words).text
    assert f'href="/id/{first}"' in page
    assert first in [hit["node"]["id"] for hit in find(client, words, ".json").json()["data"]["search"]["nodes"][:2]]


@pytest.mark.live
def test_a_search_that_finds_nothing_says_so_and_proves_nothing(client: TestClient) -> None:
    words = words_of(find(client, "Qqqqzzzz").text)
    assert "No record of this edition has a name like this." in words
    assert "proves nothing" in words


@pytest.mark.live
@pytest.mark.parametrize(
    ("id_", "target"),
    [
        ("maksym-butkevych", "/people/maksym-butkevych"),
        ("exchange-2024-10-18", "/exchanges/exchange-2024-10-18"),
        ("maksym-butkevych-detention", "/events/maksym-butkevych-detention"),
        ("turkiye", "/states/turkiye"),
    ],
)
def test_an_id_leads_to_the_page_of_its_record(client: TestClient, id_: str, target: str) -> None:
    answer = client.get(f"/id/{id_}")
    assert (answer.status_code, answer.headers["location"]) == (302, target)


@pytest.mark.live
def test_every_address_that_is_not_there_answers_alike(client: TestClient) -> None:
    pages = [client.get(path) for path in ("/people/nobody-here", "/id/nobody-here", "/nowhere", "/people/exchange-2024-10-18")]  # fmt: skip
    assert [one.status_code for one in pages] == [404] * 4
    texts = {re.sub(r'<link rel="alternate[^>]+>', "", one.text) for one in pages}
    assert len({words_of(one) for one in texts}) == 1
    assert client.get("/people/nobody-here.json").json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"


@pytest.mark.live
@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/people?colour=red", "Unknown parameter 'colour'"),
        ("/people?name=Butkevych", "Unknown parameter 'name'"),
        ("/people?sex=WOMAN", "Invalid sex 'WOMAN'"),
        ("/people?order=AGE", "Invalid order 'AGE'"),
        ("/people?after=nonsense", "cursor"),
        ("/people?born_from=2024-13-01", "2024-13-01"),
        ("/?x=1", "Unknown parameter 'x'"),
        ("/people/maksym-butkevych?x=1", "Unknown parameter 'x'"),
    ],
)
def test_a_query_that_is_not_understood_is_an_error(client: TestClient, path: str, message: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert message in words_of(answer.text)
    assert "Traceback" not in answer.text


@pytest.mark.live
def test_a_file_that_is_too_long_is_an_error_and_never_cut(live: LiveGraph, client: TestClient) -> None:
    with TestClient(create_app(live.store, Settings(page_limit=20)), base_url=LOCAL, headers=HTML) as small:
        answer = small.get("/people.csv")
        assert answer.status_code == 413
        assert "exceeds the limit of 20" in answer.json()["errors"][0]["message"]
        assert [small.get(path).status_code for path in ("/people", "/events", "/sites")] == [200] * 3


@pytest.mark.live
def test_an_exchange_has_two_sides_and_numbers_over_several_stand_apart(client: TestClient) -> None:
    page = client.get("/exchanges/exchange-2025-01-15").text
    sides = re.findall(r'<section aria-labelledby="side-\d">(.*?)</section>', page, re.DOTALL)
    assert [re.findall(r'class="headline">\s*(\d+)', side) for side in sides] == [["25"], ["25"]]
    apart = words_of(sides[1][sides[1].index("Numbers over several exchanges together") :])
    assert "854" in apart
    assert "5 events together" in apart
    assert "854" not in sides[0]


@pytest.mark.live
def test_the_number_of_a_side_may_be_a_part_of_that_of_all_sides(client: TestClient) -> None:
    page = client.get("/exchanges/exchange-2024-08-01-ankara").text
    assert re.findall(r'class="headline">\s*([^<]*?)\s*<', page) == ["eight"]


@pytest.mark.live
def test_whoever_is_named_in_an_exchange_has_the_sources_of_the_handover(client: TestClient) -> None:
    page = client.get("/exchanges/exchange-2025-08-14").text
    named = re.findall(r"<li>(.*?)</li>", page[page.index('<ul class="names">') :].partition("</ul>")[0], re.DOTALL)
    assert len(named) == 7
    assert [one for one in named if 'href="#reference-' not in one] == []
    rows = table_of(client.get("/exchanges/exchange-2025-08-14.csv"))
    assert [row for row in rows if not row["sources"]] == []
    assert {row["category"] for row in rows if row["number"] == "51"} == {"CIVILIAN"}


@pytest.mark.live
def test_a_court_has_its_judgments_on_its_page_and_in_the_list(client: TestClient) -> None:
    query = "{ totals(by: [COURT], events: {kind: CONVICTION}, first: 100) { nodes { keys { node { id } } events } } }"
    totals = client.post("/graphql", json={"query": query}, headers={"Accept": "application/json"}).json()["data"][
        "totals"
    ]["nodes"]
    expected = {one["keys"][0]["node"]["id"]: one["events"] for one in totals if one["keys"][0]["node"]}
    listed = {row["id"]: int(row["judgments"]) for row in table_of(client.get("/courts.csv"))}
    assert {id_: many for id_, many in listed.items() if many} == expected
    rows = table_of(client.get("/courts/court-supreme-crimea.csv"))
    assert [row["kind"] for row in rows].count("CONVICTION") == expected["court-supreme-crimea"]


@pytest.mark.live
def test_where_sources_differ_the_page_says_who_says_what_and_which_is_shown(client: TestClient) -> None:
    words = words_of(client.get("/events/bohdan-kovalchuk-detention").text)
    assert "Date ≠ sources differ" in words
    assert "September 2016 shown most origins, 2 against 1" in words
    assert "31 August 2016 not shown" in words


@pytest.mark.live
def test_the_page_of_a_judgment_has_the_whole_sentence_and_the_standing_of_the_court(client: TestClient) -> None:
    words = words_of(client.get("/events/aziz-akhtemov-conviction").text)
    assert '"Supreme Court of Crimea" court of the occupying power' in words
    assert "Sentence reported 13 years, fine of 500,000 roubles, restricted liberty for one year" in words


@pytest.mark.live
@pytest.mark.parametrize("kind", ["APPEAL", "CONVICTION", "RELEASE"])
def test_words_of_closed_lists_stand_on_pages_in_words(client: TestClient, kind: str) -> None:
    ids = [row["id"] for row in table_of(client.get(f"/events.csv?kind={kind}"))]
    pages = {id_: words_of(client.get(f"/events/{id_}").text) for id_ in ids}
    assert len(pages) > 2
    assert {id_: found for id_, page in pages.items() if (found := re.findall(r"\b[A-Z]{2,}_?[A-Z]{4,}\b", page))} == {}


@pytest.mark.live
def test_events_of_a_region_in_a_span_are_found_and_the_file_has_as_many_lines(client: TestClient) -> None:
    query = "?place=kherson-oblast&kind=DETENTION&date_from=2022-03-01&date_until=2022-05-31"
    page, rows = client.get(f"/events{query}").text, table_of(client.get(f"/events.csv{query}"))
    total = re.search(r"(\d+) records?<", page)
    assert total is not None
    assert int(total[1]) == len(rows)
    assert "Serhii Tsyhipa" in page
    assert [row for row in rows if row["subjects"] == "Serhii Tsyhipa" and "Nova Kakhovka" in row["places"]]


@pytest.mark.live
@pytest.mark.parametrize("path", ["people", "events", "exchanges", "sites", "courts", "sources"])
def test_the_first_page_counts_what_the_lists_have(client: TestClient, path: str) -> None:
    page = client.get("/").text
    listed = re.search(r"of (\d+)<|(\d+) records?<", client.get(f"/{path}").text)
    assert listed is not None
    assert f">{listed[1] or listed[2]}<" in page


@pytest.mark.live
def test_courts_stand_with_their_standing_and_the_fixed_lines(client: TestClient) -> None:
    page = words_of(client.get("/courts?standing=SELF_PROCLAIMED").text)
    assert "court set up by armed groups in occupied territory" in page
    assert FIXED_LINES[0] in page


@pytest.mark.live
@pytest.mark.parametrize("person", ["maksym-butkevych", "bohdan-kovalchuk", "victoriia-roshchyna"])
def test_picture_and_table_of_a_person_agree(client: TestClient, person: str) -> None:
    page = client.get(f"/people/{person}").text
    picture = page[page.index('<svg class="timeline"') : page.index("</svg>")]
    drawn = re.findall(r'<a href="#([^"]+)"><text class="label"[^>]*>(\d+)\. ([^<]+)</text>', picture)
    lines = page[page.index('<ol class="lines"') :]
    listed = re.findall(r'<li id="([^"]+)" value="(\d+)">.*?<span class="note"><a[^>]*>([^<]+)</a>', lines, re.DOTALL)
    assert drawn == listed[: len(drawn)]
    assert len(re.findall(r'<(?:circle|rect) class="(?:day|span|lasted|undated)|class="words"', picture)) >= len(drawn)
    assert picture.count('class="differs"') == page.count("sources differ on the date</a>")


@pytest.mark.live
def test_differences_can_be_filtered_and_lead_to_their_records(client: TestClient) -> None:
    rows = table_of(client.get("/differences.csv?kind=DATE"))
    assert {row["kind"] for row in rows} == {"DATE"}
    assert "bohdan-kovalchuk-detention" in {row["subject"] for row in rows}
    assert len(table_of(client.get("/differences.csv"))) > len(rows)
    assert client.get("/differences?kind=MOOD").status_code == 400


@pytest.mark.live
@pytest.mark.parametrize("name", sorted(questions()))
def test_every_question_is_answered_as_a_page(client: TestClient, name: str) -> None:
    page = client.get(f"/questions/{name}")
    assert page.status_code == 200, words_of(page.text)
    assert client.get(f"/questions/{name}.json").json()["data"]
    assert client.get(f"/questions/{name}.csv").status_code in {200, 406}


@pytest.mark.live
def test_values_of_a_question_can_be_changed_and_unknown_ones_are_errors(client: TestClient) -> None:
    path = "/questions/exchanges-by-mediator-and-year"
    assert (
        client.get(f"{path}.json").json()["data"]
        != client.get(f"{path}.json?mediator=turkiye&from=2022-01-01").json()["data"]
    )
    assert client.get(f"{path}?colour=red").status_code == 400
    assert client.get(f"{path}?from=soon").status_code == 400
    assert client.get("/questions/nobody-asks").status_code == 404


@pytest.mark.live
def test_the_form_of_a_question_offers_real_records_days_and_closed_lists(client: TestClient) -> None:
    page = client.get("/questions/exchanges-by-mediator-and-year").text
    assert re.search(r'<input id="value-mediator"[^>]* list="records-mediator"', page)
    assert '<option value="united-arab-emirates">United Arab Emirates</option>' in page
    assert '<input id="value-from" name="from" type="date" value="2024-01-01">' in page
    page = client.get("/questions/espionage-by-courts-of-the-occupying-power").text
    assert '<option value="OCCUPYING_POWER" selected>court of the occupying power</option>' in page
    page = client.get("/questions/decisions-that-are-no-convictions").text
    assert len(re.findall(r"<option value=\"\w+\" selected>", page)) == 2
    page = client.get("/questions/exchanges-by-mediator-and-year?mediator=nobody-here").text
    assert "nobody-here" in page[page.index('class="notes"') :]


@pytest.mark.live
@pytest.mark.parametrize(
    "path",
    [
        *("/", "/people?sex=FEMALE", "/people/maksym-butkevych", "/events", "/events/bohdan-kovalchuk-detention"),
        *("/exchanges/exchange-2025-01-15", "/sites", "/courts", "/offences", "/differences", "/sources", "/figures"),
        *("/map", "/years", "/news?since=2025-01-01", "/connect?a=oleh-sentsov&b=oleksandr-kolchenko"),
        *("/facets/people", "/places/kherson-oblast", "/questions/exchanges-by-mediator-and-year"),
    ],
)
def test_every_page_leads_to_its_operation_whose_answer_is_that_of_the_page(client: TestClient, path: str) -> None:
    page = client.get(path).text
    [link] = re.findall(r'<a href="/graphiql#([^"]+)">GraphQL behind this page</a>', page)
    given = dict(parse_qsl(unescape(link)))
    variables = json.loads(given.get("v") or "{}")
    body = {"query": given["q"], "variables": variables}
    answer = client.post("/graphql", json=body, headers={"accept": "application/json"}).json()
    assert "errors" not in answer
    assert given["q"].startswith("#"), "a tab of GraphiQL is called by the words on top"
    if not path.startswith("/facets"):
        base, sign, query = path.partition("?")
        body = client.get(f"{'/index' if base == '/' else base}.json{sign}{query}").json()
        assert answer["data"] == body["data"]


@pytest.mark.live
@pytest.mark.parametrize("path", [one.path for one in LISTS if one.notice])
def test_lists_and_files_that_show_judgments_or_custody_have_the_fixed_lines(client: TestClient, path: str) -> None:
    page = words_of(client.get(path).text)
    assert [line for line in FIXED_LINES if line not in page] == []
    described = client.get(f"{path}.csv-metadata.json").json()["dc:description"]
    assert [line for line in FIXED_LINES if line not in described] == []


# ── what caches, crawlers and logs get ──────────────────────────────────────────────────────────────────────────


@pytest.mark.live
def test_pages_about_people_are_kept_out_of_search_engines_unless_a_setting_changes_it(
    live: LiveGraph, client: TestClient
) -> None:
    for path in ("/people", "/people/maksym-butkevych", "/people.csv", "/people/maksym-butkevych.json", "/find", "/id/maksym-butkevych"):  # fmt: skip
        assert client.get(path).headers["x-robots-tag"] == "noindex, noarchive", path
    assert '<meta name="robots" content="noindex, noarchive">' in client.get("/people").text
    with TestClient(create_app(live.store, Settings(index_people=True)), base_url=LOCAL) as open_:
        assert "x-robots-tag" not in open_.get("/people").headers


@pytest.mark.live
def test_what_a_browser_has_it_is_not_sent_again_and_every_other_page_has_another_tag(client: TestClient) -> None:
    paths = ("/", "/people", "/people?sex=FEMALE", "/people.json", "/people/maksym-butkevych", "/people/bohdan-kovalchuk")  # fmt: skip
    tags = [client.get(path).headers["etag"] for path in paths]
    assert len(set(tags)) == len(paths)
    for path, tag in zip(paths, tags, strict=True):
        assert client.get(path).headers["cache-control"] == "private, no-cache"
        again = client.get(path, headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get("/people?colour=red", headers={"if-none-match": tags[0]}).status_code == 400


@pytest.mark.live
def test_search_words_and_paths_reach_neither_log_nor_metrics(
    live: LiveGraph, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with TestClient(create_app(live.store, Settings(log="all")), base_url=LOCAL, headers=HTML) as client:
        find(client, "Рощіна")
        find(client, "Roshchyna", ".json")
        client.get("/people/victoriia-roshchyna")
        client.get("/people?place=Roshchyna")
        metrics = client.get("/metrics").text
    records: list[dict[str, Any]] = [vars(one) for one in caplog.records if one.name.startswith("graph_api")]
    written = json.dumps(records, default=str, ensure_ascii=False) + metrics
    assert not re.search("рощ|roshch", written, re.IGNORECASE)
    assert 'operation="page /people/{id}"' in metrics


@pytest.mark.live
def test_head_says_what_get_would_and_other_methods_are_refused(client: TestClient) -> None:
    got, head = client.get("/people"), client.head("/people")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", got.headers["etag"])
    assert client.post("/people").status_code == 405
    assert client.post("/find", content=b"{}", headers={"content-type": "application/json"}).status_code == 415
    assert client.post("/find", data={"q": "a" * 5000}).status_code == 413
    assert client.post("/find", data={"q": "a" * 300}).status_code == 400


@pytest.mark.live
def test_one_setting_turns_the_pages_off(live: LiveGraph) -> None:
    with TestClient(create_app(live.store, Settings(pages=False)), base_url=LOCAL) as client:
        assert [client.get(path).status_code for path in ("/", "/people", "/assets/pages.css")] == [404] * 3
        assert client.post("/graphql", json={"query": "{ __typename }"}).status_code == 200

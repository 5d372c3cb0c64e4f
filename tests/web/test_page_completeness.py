"""What pages and files show is all that the seeds have: compared with the seed files, which are read here as they are written, without the program."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient

from graph_api.settings import Settings
from graph_api.web.app import create_app
from graph_api.web.graphql_request import HttpError
from graph_api.web.pages.exchanges import EXCHANGE, exchange_view
from graph_api.web.pages.languages import LANGUAGES, locale
from tests.helpers.graphs import SEEDS, LiveGraph
from tests.helpers.yaml_text import load_texts


@pytest.fixture(scope="module")
def client(real_seeds: LiveGraph) -> Iterator[TestClient]:
    with TestClient(
        create_app(real_seeds.store, Settings()), base_url="http://localhost", headers={"accept": "text/html"}
    ) as client:
        yield client


# ── the seed files ──────────────────────────────────────────────────────────────────────────────────────────────


@cache
def seed_records() -> Mapping[str, list[dict[str, Any]]]:
    """Return what the seed files state of each record, by its id: the record with its section, then what other entries add."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    added: list[tuple[str, dict[str, Any]]] = []
    for path in sorted(SEEDS.glob("*/*.yaml")):
        if path.name == "collection.yaml":
            continue
        for section, entries in load_texts(path.read_text("utf-8")).items():
            if section == "claims":
                added += [(one["about"], {**one["values"], "cite": one.get("cite")}) for one in entries]
            elif section != "moved":
                for one in entries:
                    found[one["id"]].append({**one, "section": section})
    for id_, values in added:
        found[id_].append(values)
    return found


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def stated(id_: str, name: str) -> list[Any]:
    """Return every value that the seeds state of a property."""
    claims = [one for record in seed_records()[id_] for one in listed(record.get(name))]
    values = [one["value"] if isinstance(one, dict) and "value" in one else one for one in claims]
    return [each for value in values for each in listed(value)]


def ids(section: str) -> list[str]:
    return [id_ for id_, [first, *_] in seed_records().items() if first["section"] == section]


def participants(event: str, role: str = "subject") -> set[str]:
    return {one["who"] for one in stated(event, "participants") if one.get("role", "subject") == role}


def reported(kind: str | None = None) -> list[str]:
    """Return the events that sources report and do not only announce."""
    return [
        id_ for id_ in ids("events") if kind in {None, seed_records()[id_][0]["kind"]} and not stated(id_, "announced")
    ]


# ── the pages ───────────────────────────────────────────────────────────────────────────────────────────────────


def rows(client: TestClient, path: str) -> list[dict[str, str]]:
    response = client.get(path)
    assert response.status_code == 200, (path, response.text)
    return list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))


def page(client: TestClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.text.partition("<main")[2].partition("</main>")[0]


def test_the_file_of_events_names_everybody_concerned(client: TestClient) -> None:
    found = {row["id"]: row for row in rows(client, "/events.csv")}
    assert set(found) == set(reported())
    for id_, row in found.items():
        named = row["subjects"].split("; ") if row["subjects"] else []
        assert len(named) == int(row["subjects_total"]) == len(participants(id_)), id_


def test_the_page_of_events_names_the_first_and_says_how_many_more(client: TestClient) -> None:
    row = page(client, "/events?kind=EXCHANGE").partition('id="exchange-2024-06-28"')[2].partition("</tr>")[0]
    assert row.count('href="/people/') == 4
    assert "and 6 more" in row


def test_the_file_of_news_names_every_event(client: TestClient) -> None:
    for row in rows(client, "/news.csv?since=2025-06-01"):
        assert len(row["events"].split("; ")) == int(row["events_total"])


def test_every_exchange_shows_everybody_who_was_handed_over_and_every_number(client: TestClient) -> None:
    counted = {row["id"]: int(row["by_name"]) for row in rows(client, "/exchanges.csv")}
    for id_ in reported("exchange"):
        handed_over = participants(id_)
        people = {one for one in handed_over if one in ids("people")}
        figures = {one for one in ids("figures") if id_ in stated(one, "about")}
        lines = rows(client, f"/exchanges/{id_}.csv")
        assert {one["id"] for one in lines} == handed_over | figures, id_
        assert counted[id_] == len(people), id_
        assert all(one["sources"] for one in lines), id_
        shown = page(client, f"/exchanges/{id_}")
        for one in handed_over:
            assert f"/{'people' if one in people else 'groups'}/{one}" in shown, (id_, one)


def test_the_page_of_an_exchange_says_where_under_what_and_who_else_took_part(client: TestClient) -> None:
    for id_ in reported("exchange"):
        shown = page(client, f"/exchanges/{id_}")
        named = {*stated(id_, "places"), *stated(id_, "agreement")}
        for role in ("party", "mediator", "facilitator", "observer"):
            named |= participants(id_, role)
        missing = [one for one in named if not re.search(rf'href="/\w+/{one}"', shown)]
        assert not missing, id_
        assert f'href="/events/{id_}"' in shown, "what each source says stands there"


def test_the_page_of_a_group_has_what_was_said_of_it_the_numbers_and_the_members(client: TestClient) -> None:
    for id_ in ids("groups"):
        assert {one["id"] for one in rows(client, f"/groups/{id_}.csv")} == events_of(id_), id_
        assert_shown(client, f"/groups/{id_}", figures_about(id_), stated(id_, "members"))


def test_the_page_of_a_state_has_every_event_in_which_it_had_a_part(client: TestClient) -> None:
    for id_ in ids("states"):
        assert {one["id"] for one in rows(client, f"/states/{id_}.csv")} == events_of(id_), id_
        assert_shown(client, f"/states/{id_}", figures_about(id_))


def test_the_page_of_a_source_has_everything_that_rests_on_it(client: TestClient) -> None:
    cited = {id_: sources_in(records) for id_, records in seed_records().items()}
    for id_ in ("ohchr-2025-09-23-civilian-detainees", "hrw-2025-08-first-step", "pravda-2025-09-04-levchenko-hershon"):
        resting = {one for one, sources in cited.items() if id_ in sources}
        assert {one["id"] for one in rows(client, f"/sources/{id_}.csv")} == resting & set(ids("events")), id_
        assert_shown(client, f"/sources/{id_}", resting & set(ids("figures")), resting & set(ids("people")))


def test_a_place_names_what_is_only_announced_there(client: TestClient) -> None:
    assert [one["id"] for one in rows(client, "/places/alaska.csv")] == ["alaska-summit-2025-08"]
    assert "only announced" in page(client, "/places/alaska")


@pytest.mark.parametrize(("path", "only"), [("/offences?kind=EXCHANGE", "CONVICTION"), ("/courts?kind=NGO", "COURT")])
def test_what_a_list_never_has_cannot_be_asked_of_it(client: TestClient, path: str, only: str) -> None:
    response = client.get(path)
    assert response.status_code == 400
    assert f"this list has {only} only" in response.text
    assert client.get(f"{path.partition('=')[0]}={only}").status_code == 200


def test_exchanges_by_side_and_year_count_those_of_which_somebody_is_known_by_name(client: TestClient) -> None:
    found = [one for one in rows(client, "/years.csv") if one["counted"] == "exchanges"]
    assert all(int(one["people"]) for one in found)
    [apart] = [one for one in found if not one["to"]]
    assert (apart["year"], apart["events"], apart["people"]) == ("2024", "1", "2")


def test_a_number_says_what_it_counts_when_and_whether_somebody_worked_it_out(client: TestClient) -> None:
    found = {one["id"]: one for one in rows(client, "/figures.csv")}
    for id_ in ids("figures"):
        named = {*stated(id_, "includes"), *stated(id_, "excludes"), *stated(id_, "unclear"), *stated(id_, "total")}
        named |= {one for one in ids("figures") if id_ in stated(one, "total")}
        row = found[id_]
        assert [row["as_of"], row["period_start"], row["period_end"]] == [
            next(iter(stated(id_, name)), "") for name in ("as-of", "from", "until")
        ], id_
        if named or seed_records()[id_][0].get("modality") == "derived":
            shown = page(client, f"/figures/{id_}")
            assert not [one for one in named if not re.search(rf'href="/\w+/{one}"', shown)], id_
            if seed_records()[id_][0].get("modality") == "derived":
                assert row["modality"] == "DERIVED", id_
                assert "worked out from other claims" in shown, id_
                assert "the source itself" not in shown, id_


def test_the_page_of_an_event_has_the_numbers_about_it(client: TestClient) -> None:
    counted = {one for figure in ids("figures") for one in stated(figure, "about")} & set(ids("events"))
    for id_ in counted - set(reported("exchange")):
        assert_shown(client, f"/events/{id_}", figures_about(id_))


def test_the_file_of_an_event_names_who_took_part_in_which_role(client: TestClient) -> None:
    for id_ in ("exchange-2024-01-03", "iryna-kulish-ill-treatment", "agr-istanbul-2025-06-02", "icc-warrant-putin"):
        expected = {(one["who"], one.get("role", "subject")) for one in stated(id_, "participants")}
        lines = [one for one in rows(client, f"/events/{id_}.csv") if one["property"] == "participants"]
        assert {(one["value"], one["role"].lower().replace("_", "-")) for one in lines} == expected
        assert all(one["sources"] for one in lines)


def test_who_mediated_according_to_a_speaker_stands_with_the_speaker(client: TestClient) -> None:
    mediated = page(client, "/exchanges/exchange-2024-02-08").partition("Mediated by")[2].partition("</ul>")[0]
    assert "according to Volodymyr Zelensky" in mediated
    assert "according to Ministry of Defence" in mediated
    assert "according to" in page(client, "/events/exchange-2024-02-08").partition('id="participants"')[2]


def test_a_place_on_which_sources_differ_is_marked_where_it_stands(client: TestClient) -> None:
    facts = page(client, "/events/mariana-checheliuk-detention").partition("</dl>")[0]
    assert "≠ sources differ" in facts.partition("<dt>Where</dt>")[2]


def test_what_the_head_of_a_person_says_has_references_and_offices_stand_there(client: TestClient) -> None:
    for id_ in ids("people"):
        facts = page(client, f"/people/{id_}").partition('<dl class="facts">')[2].partition("</dl>")[0]
        lines = dict(re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", facts, re.DOTALL))
        for name, heading in (
            ("category", "Category"),
            ("occupations", "Occupation, as sources give it"),
            ("born", "Born"),
        ):
            if stated(id_, name):
                assert 'class="ref"' in lines[heading], (id_, name)
        for one in stated(id_, "positions"):
            assert one["title"] in unescape(facts), id_
            assert 'class="ref"' in lines["Office or post"], id_


def test_a_way_has_two_ends_over_which_ways_lead(client: TestClient) -> None:
    assert client.get("/connect?a=oleh-sentsov&b=oleh-sentsov").status_code == 400
    assert "no way begins or ends here" in page(client, "/connect?a=kherson&b=iryna-horobtsova")
    assert "no way begins or ends here" not in page(client, "/connect?a=turkiye&b=russia")
    chosen = client.post("/connect", data={"a": "Qatar", "b": "Oleh Sentsov"})
    assert "qatar" in chosen.headers.get("location", chosen.text)


def events_of(id_: str) -> set[str]:
    """Return the events in which a record has a part, or that are about it."""
    parts = {one: {each["who"] for each in stated(one, "participants")} for one in ids("events")}
    return {one for one in ids("events") if id_ in stated(one, "about") or id_ in parts[one]}


def figures_about(id_: str) -> set[str]:
    return {one for one in ids("figures") if id_ in stated(one, "about")}


def sources_in(value: Any) -> set[str]:
    """Return every source that is cited anywhere in what the seeds state."""
    if isinstance(value, list):
        return {each for one in value for each in sources_in(one)}
    if not isinstance(value, dict):
        return set()
    cited = {one["source"] for one in listed(value.get("cite"))}
    return cited | {each for name, one in value.items() if name != "cite" for each in sources_in(one)}


def assert_shown(client: TestClient, path: str, figures: set[str], people: Iterable[str] = ()) -> None:
    shown = page(client, path)
    missing = [one for one in figures if f'href="/figures/{one}"' not in shown]
    missing += [one for one in people if f'href="/people/{one}"' not in shown]
    assert not missing, path


def test_an_exchange_whose_lists_are_longer_than_what_was_asked_says_so_and_its_file_is_refused(
    client: TestClient,
) -> None:
    exchange = client.get("/exchanges/exchange-2024-06-28.json").json()["data"]["exchange"]
    english, ukrainian = (locale(one) for one in LANGUAGES)
    assert not exchange_view(exchange, english)["cut"]
    exchange["handovers"]["totalCount"] += 1200
    exchange["others"]["totalCount"] += 1
    shown, others = len(exchange["handovers"]["nodes"]), len(exchange["others"]["nodes"])
    assert exchange_view(exchange, english)["cut"] == [
        f"Took part as well: the first {others} of {others + 1}.",
        f"References: the first {shown} of {shown + 1200:,}.",
    ]
    assert "перші" in exchange_view(exchange, ukrainian)["cut"][0]
    with pytest.raises(HttpError, match="exceeds the limit"):
        EXCHANGE.file_rows(exchange)


def test_every_list_of_an_exchange_can_be_cut(client: TestClient) -> None:
    exchange = client.get("/exchanges/exchange-2024-06-28.json").json()["data"]["exchange"]
    connections = list(connections_of(exchange))
    assert len(connections) >= 7
    for one in connections:
        one["totalCount"] += 1
        with pytest.raises(HttpError, match="exceeds the limit"):
            EXCHANGE.file_rows(exchange)
        one["totalCount"] -= 1
    assert EXCHANGE.file_rows(exchange)


def connections_of(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every list with a total below a value."""
    match value:
        case dict():
            if "nodes" in value:
                assert "totalCount" in value, sorted(value)
                yield value
            for one in value.values():
                yield from connections_of(one)
        case list():
            for one in value:
                yield from connections_of(one)
        case _:
            pass

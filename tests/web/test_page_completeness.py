"""What pages and files show is all that the seeds have: compared with the seed files, which are read here as they are written, without the program."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient

from graph_api.settings import Settings
from graph_api.web.app import create_app
from tests.helpers.graphs import SEEDS, LiveGraph


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
        for section, entries in yaml.load(path.read_text("utf-8"), yaml.BaseLoader).items():  # noqa: S506 (texts only)
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

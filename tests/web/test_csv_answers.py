"""Any answer as a table: ``Accept: text/csv`` at the GraphQL endpoint."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from graph_api.settings import Settings
from graph_api.web.app import create_app
from tests.helpers.graphs import LiveGraph

ALL = "{ people(first: 500) { totalCount nodes { id name born { edtf earliest latest display } } } }"


@pytest.fixture
def client(seeded: LiveGraph) -> Iterator[TestClient]:
    with TestClient(create_app(seeded.store, Settings(query_seconds=60)), base_url="http://localhost") as client:
        yield client


def ask(client: TestClient, query: str, accept: str = "text/csv") -> Response:
    return client.post("/graphql", json={"query": query}, headers={"accept": accept})


@pytest.mark.live
def test_a_table_has_the_rows_of_the_answer_and_anything_else_is_an_error_in_json(client: TestClient) -> None:
    table = ask(client, ALL)
    assert (table.status_code, table.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert table.content.startswith(b"\xef\xbb\xbf"), "spreadsheets read UTF-8 by the byte order mark"
    rows = list(csv.DictReader(io.StringIO(table.text.removeprefix("\ufeff"))))
    nodes = ask(client, ALL, "application/json").json()["data"]["people"]["nodes"]
    assert [row["id"] for row in rows] == [one["id"] for one in nodes]
    assert {"born_edtf", "born_earliest", "born_latest", "born_display"} <= set(rows[0])

    for query, status, code in (
        ("{ people(first: 3) { totalCount nodes { id } } }", 413, "LIMIT_LIST"),
        ("{ people(first: 500) { nodes { id } } sites(first: 500) { nodes { id } } }", 406, "NOT_ACCEPTABLE"),
        ("{ people(first: 3) { nodes { nothing } } }", 400, "GRAPHQL_VALIDATION_FAILED"),
    ):
        refused = ask(client, query)
        assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (status, code)
        assert "json" in refused.headers["content-type"]
    assert ask(client, ALL, "application/json, text/csv;q=0.5").headers["content-type"].startswith("application/json")
    assert ask(client, ALL, "*/*").headers["content-type"].startswith("application/json"), "no range means a table"

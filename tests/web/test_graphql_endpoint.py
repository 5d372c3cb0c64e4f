"""The application over a real graph: responses, errors, readiness."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from fastapi.testclient import TestClient

from graph_api import __version__
from graph_api.database.driver import Database
from graph_api.database.driver_runner import DriverRunner
from graph_api.database.stored_claims import graph_hash
from graph_api.errors import InvalidCursor
from graph_api.settings import Settings
from graph_api.statement import Statement
from graph_api.web import health
from graph_api.web.app import create_app
from graph_api.web.security_headers import SECURITY_HEADERS
from tests.helpers.clients import SLOW
from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live


@pytest.fixture
def client(seeded: LiveGraph) -> Iterator[TestClient]:
    with TestClient(create_app(seeded.store, Settings())) as client:
        yield client


@pytest.fixture
def through_the_driver(seeded: LiveGraph) -> Iterator[TestClient]:
    with TestClient(create_app(seeded.store, Settings(native_bolt=False))) as client:
        yield client


def asked(client: TestClient, query: str, **more: Any) -> dict[str, Any]:
    answer: dict[str, Any] = client.post("/graphql", json={"query": query, **more}).json()
    return answer


def test_a_question_is_answered_with_data_and_no_errors(client: TestClient, seeded: LiveGraph) -> None:
    answer = asked(client, "query($id: ID!) { person(id: $id) { name } }", variables={"id": "nariman-dzhelyal"})
    assert len(answer["extensions"].pop("requestId")) == 16
    assert answer == {
        "data": {"person": {"name": "Nariman Dzhelyal"}},
        "extensions": {
            "version": __version__,
            "cost": {"requested": 1, "limit": 2_000_000, "planning": {"requested": 6, "limit": 2500}},
            "audience": "public",
            "snapshot": graph_hash(seeded.store),
        },
    }


def test_the_driver_gives_the_same_responses_as_the_native_client(
    client: TestClient, through_the_driver: TestClient
) -> None:
    for query in (
        "{ people(first: 5) { totalCount nodes { id events { nodes { title citations { source { id } } } } } } }",
        '{ a: person(id: "nariman-dzhelyal") { name } b: people(first: 1) { nodes { id } } none: person(id: "nobody") { id } }',
        "{ people(first: 501) { totalCount } }",
    ):
        one, other = (each.post("/graphql", json={"query": query}).json() for each in (client, through_the_driver))
        for answer in (one, other):
            answer["extensions"].pop("requestId")
            for error in answer.get("errors", ()):
                error["extensions"].pop("requestId")
        assert one == other


@pytest.mark.parametrize(
    ("query", "code", "words"),
    [
        ("{ people {", "GRAPHQL_PARSE_FAILED", "Syntax Error"),
        ("{ people { nope } }", "GRAPHQL_VALIDATION_FAILED", "Cannot query field 'nope'"),
        ("{ people(first: 501) { totalCount } }", "LIMIT_PAGE", "exceeds the limit of 500"),
        ("{ people(first: -1) { totalCount } }", "BAD_USER_INPUT", "0 or more"),
        ('{ people(after: "zz") { totalCount } }', "BAD_CURSOR", "expected a cursor"),
        ('{ people(where: {born: {from: "2024-13-01"}}) { totalCount } }', "BAD_USER_INPUT", "YYYY-MM-DD"),
        ("{ sequences(steps: []) { totalCount } }", "BAD_USER_INPUT", "Invalid number of steps 0"),
    ],
)
def test_an_error_says_what_was_wrong_with_a_stable_code(client: TestClient, query: str, code: str, words: str) -> None:
    [error] = asked(client, query)["errors"]
    assert error["extensions"]["code"] == code
    assert words in error["message"]
    assert len(error["extensions"]["requestId"]) == 16


def test_one_bad_root_field_leaves_the_nullable_other_answered(client: TestClient) -> None:
    answer = asked(
        client, '{ good: person(id: "nariman-dzhelyal") { name } none: person(id: "nobody-at-all") { name } }'
    )
    assert answer["data"] == {"good": {"name": "Nariman Dzhelyal"}, "none": None}
    assert "errors" not in answer


def test_what_breaks_inside_is_said_to_nobody_but_the_log(
    through_the_driver: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(self: DriverRunner, statements: Sequence[Statement], *, seconds: float) -> Any:
        raise RuntimeError("secret bolt://user:password@host")

    monkeypatch.setattr(DriverRunner, "read", broken)
    with caplog.at_level(logging.ERROR):
        answer = asked(through_the_driver, '{ person(id: "iryna-horobtsova") { name } }')
    [error] = answer["errors"]
    assert error["message"] == "Internal error"
    assert error["extensions"]["code"] == "INTERNAL"
    assert "secret" in caplog.text
    assert error["extensions"]["requestId"] in caplog.text
    assert "horobtsova" not in caplog.text


def test_a_time_limit_that_ran_out_is_said_with_its_code(seeded: LiveGraph) -> None:
    with TestClient(create_app(seeded.store, Settings(query_seconds=0.001))) as client:
        answers = (
            asked(client, SLOW) for _ in range(200)
        )  # the server looks at its clock now and then, some every 2 s
        errors: list[Any] = next((answer["errors"] for answer in answers if "errors" in answer), [])
    assert {error["extensions"]["code"] for error in errors} == {"QUERY_TIMEOUT"}


def test_batches_are_refused(client: TestClient) -> None:
    assert client.post("/graphql", json=[{"query": "{ people { totalCount } }"}]).status_code == 400


def test_health_tells_process_database_migrations_and_data_apart(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/livez").json() == {"status": "live"}
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["status"] == "ready"
    assert ready.json()["version"] == __version__
    assert ready.json()["audience"] == "public"
    assert "records" in ready.json()["data"]

    def gone(self: Database, statement: Statement, *, seconds: float) -> Any:
        raise InvalidCursor("any error of ours")

    monkeypatch.setattr(Database, "read", gone)
    unready = client.get("/readyz")
    assert unready.status_code == 503
    assert unready.json()["database"] == "unavailable"
    assert client.get("/livez").status_code == 200


def test_an_unexpected_error_outside_graphql_is_json_with_security_headers(
    seeded: LiveGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(store: Database) -> Any:
        raise RuntimeError("secret bolt://user:password@host")

    monkeypatch.setattr(health, "check_readiness", broken)
    with TestClient(create_app(seeded.store, Settings()), raise_server_exceptions=False) as client:
        response = client.get("/readyz")
    assert response.status_code == 500
    assert response.json()["errors"] == [{"message": "Internal error", "extensions": {"code": "INTERNAL"}}]
    assert {name.decode() for name, _ in SECURITY_HEADERS} <= set(response.headers)

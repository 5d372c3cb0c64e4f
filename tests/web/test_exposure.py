"""What a server shows to whom: a graph for a restricted audience stays on loopback, metrics can have a port of their own."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from typing import cast

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from graph_api.cli import serve
from graph_api.embedded.bolt_probe import free_port
from graph_api.errors import InvalidSettings
from graph_api.settings import Settings
from graph_api.statement import Statement
from graph_api.web import graph_state
from graph_api.web.app import create_app
from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live

EVERYWHERE = "0.0.0.0"  # noqa: S104 - what is tested
QUERY = {"query": "{ people { totalCount } }"}


@pytest.fixture
def restricted(graph: LiveGraph) -> Iterator[LiveGraph]:
    """Return an empty graph that a load for the audience restricted has left."""
    set_audience(graph, "restricted")
    yield graph
    graph.wipe()


def set_audience(graph: LiveGraph, audience: str) -> None:
    text = (
        f"MERGE (g:Graph {{name: 'detention-graph'}}) SET g.audience = '{audience}', g.loads = coalesce(g.loads, 0) + 1"
    )
    graph.store.write(lambda tx: tx.run(Statement(text, {}, "set-audience")))


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        (Settings(), 200),
        (Settings(host="::1"), 200),
        (Settings(host=EVERYWHERE), 503),
        (Settings(host="192.0.2.1"), 503),
        (Settings(host=EVERYWHERE, allow_restricted=True), 200),
    ],
)
def test_a_restricted_graph_is_served_elsewhere_than_on_loopback_only_if_allowed(
    restricted: LiveGraph, settings: Settings, status: int
) -> None:
    with TestClient(create_app(restricted.store, settings), base_url="http://localhost") as client:
        answer = client.post("/graphql", json=QUERY)
        assert client.get("/readyz").json()["audience"] == "restricted"
    assert answer.status_code == status
    assert answer.json()["extensions"]["audience"] == "restricted"
    assert answer.json()["extensions"]["snapshot"] is None
    if status == 200:
        assert serve._audience(restricted.store, settings) == "restricted"
    else:
        assert answer.json()["errors"][0]["extensions"]["code"] == "AUDIENCE_NOT_ALLOWED"
        with pytest.raises(InvalidSettings, match="--allow-restricted"):
            serve._audience(restricted.store, settings)


def test_a_load_for_a_restricted_audience_stops_a_server_that_may_not_serve_it(
    graph: LiveGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph_state, "CHECK_INTERVAL", 0.05)
    with TestClient(create_app(graph.store, Settings(host=EVERYWHERE)), base_url="http://localhost") as client:
        assert client.post("/graphql", json=QUERY).json()["data"] == {"people": {"totalCount": 0}}
        set_audience(graph, "restricted")
        statuses = {client.post("/graphql", json=QUERY).status_code for _ in range(200)}
    graph.wipe()
    assert 503 in statuses


def test_metrics_have_a_port_of_their_own(seeded: LiveGraph) -> None:
    settings = Settings(metrics_port=free_port())
    config = serve.server_config(seeded.store, settings)
    with (
        TestClient(cast("FastAPI", config.app), base_url="http://localhost") as client,
        serve._metrics(lambda: serve._registry(config), settings),
    ):
        client.post("/graphql", json=QUERY)
        assert client.get("/metrics").status_code == 404
        with urllib.request.urlopen(f"http://127.0.0.1:{settings.metrics_port}/metrics") as response:
            assert b'detention_graph_requests_total{code="OK"' in response.read()


def test_responses_above_a_kilobyte_are_compressed_for_clients_that_accept_it(seeded: LiveGraph) -> None:
    with TestClient(create_app(seeded.store, Settings()), base_url="http://localhost") as client:
        long = client.post("/graphql", json={"query": "{ people(first: 50) { nodes { id name } } }"})
        short = client.post("/graphql", json={"query": "{ __typename }"})
        plain = client.post("/graphql", json={"query": "{ __typename }"}, headers={"accept-encoding": "identity"})
    assert long.headers["content-encoding"] == "gzip"
    assert len(long.json()["data"]["people"]["nodes"]) == 50
    assert "content-encoding" not in short.headers
    assert "content-encoding" not in plain.headers


def test_pages_of_listed_origins_only_may_read_responses(seeded: LiveGraph) -> None:
    settings = Settings(cors_origins=("https://app.example",))
    preflight = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    with TestClient(create_app(seeded.store, settings), base_url="http://localhost") as client:
        for origin, allowed in (("https://app.example", True), ("https://app.example.evil", False), ("null", False)):
            asked = client.options("/graphql", headers={**preflight, "origin": origin})
            answer = client.post("/graphql", json=QUERY, headers={"origin": origin})
            assert (asked.status_code == 200) == allowed
            assert (asked.headers.get("access-control-allow-origin") == origin) == allowed
            assert (answer.headers.get("access-control-allow-origin") == origin) == allowed


class Panic(BaseException):
    """As a native extension raises it: no Exception."""


def test_a_panic_is_an_internal_error_in_json(seeded: LiveGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    def panics(*_: object) -> None:
        raise Panic("index out of bounds in secret.rs")

    app = create_app(seeded.store, Settings())
    monkeypatch.setattr("graph_api.web.graphql_endpoint.build_response_body", panics)
    monkeypatch.setattr("graph_api.web.health.check_readiness", panics)
    with TestClient(app, base_url="http://localhost") as client:
        for answer in (client.post("/graphql", json=QUERY), client.get("/readyz")):
            assert answer.status_code == 500
            assert answer.headers["content-type"].startswith("application/json")
            assert answer.json()["errors"][0]["extensions"]["code"] == "INTERNAL"
            assert "secret" not in answer.text

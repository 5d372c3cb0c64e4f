"""Persisted operations over HTTP: a server that cannot use its manifest does not start, and one that can is warm."""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from graph_api.database.bolt import client as bolt
from graph_api.embedded.bolt_probe import free_port
from graph_api.settings import Settings
from graph_api.web.app import create_app
from tests.helpers import faults
from tests.helpers.graphs import LiveGraph

NAMED = "query FirstNames($n: Int! = 2) { people(first: $n) { nodes { name } } }"
BARE = "{ __typename }"
NEEDS = """
query Needs($id: ID!, $ids: [ID!]!, $steps: [StepInput!]!, $where: PersonFilter!, $at: Date!, $text: String!) {
  person(id: $id) { name } sequences(steps: $steps, where: $where) { totalCount } search(text: $text) { totalCount }
  people(where: {id: {in: $ids}, born: {from: $at}}) { totalCount }
}
"""


def hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def written(folder: Path, content: Any) -> Path:
    file = folder / "manifest.json"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return file


# ── manifests that cannot be used ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.live
@pytest.mark.parametrize(("content", "code"), [(None, 78), (b"[]", 65), (b'{"": "{ nope }"}', 65)])
def test_serve_ends_with_a_message_and_a_code_where_the_manifest_cannot_be_used(
    seeded: LiveGraph, tmp_path: Path, content: bytes | None, code: int
) -> None:
    path = tmp_path / "not-there.json" if content is None else written(tmp_path, content)
    address = seeded.store.address
    env = {
        "DETENTION_GRAPH_NEO4J_URI": address.uri,
        "DETENTION_GRAPH_NEO4J_PASSWORD": address.password,
        "DETENTION_GRAPH_PERSISTED": str(path),
    }
    code_found, output = faults.outcome(faults.product("serve", "--port", str(free_port()), env=env))
    assert code_found == code
    assert "expected " in output or "right would be" in output
    assert path.name in output
    assert "Traceback" not in output
    assert "serving" not in output


# ── answers ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.live
def test_every_persisted_operation_is_planned_before_somebody_asks_and_none_is_run(
    seeded: LiveGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [NAMED, BARE, NEEDS]
    path = written(tmp_path, {hashed(text): text for text in texts})
    named: dict[str, list[str]] = {"read": [], "plan": []}
    original = {one: getattr(bolt.NativeBoltClient, one) for one in named}

    def counted(method: str) -> Any:
        async def call(self: bolt.NativeBoltClient, statements: Any, *, seconds: float) -> Any:
            named[method].extend(one.name for one in statements if one.name != "self_check")
            return await original[method](self, statements, seconds=seconds)

        return call

    for method in named:
        monkeypatch.setattr(bolt.NativeBoltClient, method, counted(method))
    with TestClient(create_app(seeded.store, Settings(persisted=path, persisted_only=True))) as client:
        deadline = time.monotonic() + 30
        expected = Counter(["people", "people", "person", "search", "sequences"])
        while expected - Counter(named["plan"]) and time.monotonic() < deadline:  # beside those of pages
            client.get("/livez")
            time.sleep(0.05)
        assert not expected - Counter(named["plan"])
        assert not expected & Counter(named["read"])
        by_hash = {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": hashed(NAMED)}}}
        answer = client.post("/graphql", json=by_hash).json()
        assert len(answer["data"]["people"]["nodes"]) == 2
        got = client.get(
            "/graphql",
            params={"documentId": hashed(NAMED), "variables": '{"n": 3}'},
            headers={"accept": "application/json"},
        ).json()
        assert len(got["data"]["people"]["nodes"]) == 3
        refused = client.post("/graphql", json={"query": "{ people { totalCount } }"})
        assert refused.status_code == 400
        assert refused.json()["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_REQUIRED"
        metrics = client.get("/metrics").text
    assert 'detention_graph_requests_total{code="OK",operation="FirstNames"} 2.0' in metrics
    assert "PERSISTED_QUERY_REQUIRED" in metrics


@pytest.mark.live
def test_what_cannot_be_warmed_up_now_does_not_keep_the_api_from_starting(seeded: LiveGraph, tmp_path: Path) -> None:
    path = written(tmp_path, {hashed(text): text for text in (NAMED, BARE)})
    settings = Settings(persisted=path, query_seconds=0.001)
    with TestClient(create_app(seeded.store, settings)) as client:
        assert client.post("/graphql", json={"query": BARE}).json()["data"] == {"__typename": "Query"}

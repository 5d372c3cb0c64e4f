"""Every hostile text in every text argument over HTTP, against the real data: no text of a statement changes, nothing is found, nothing is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from graph_api.database.bolt import client as bolt
from graph_api.settings import Settings
from graph_api.web.app import create_app
from tests.helpers.graphs import LiveGraph
from tests.helpers.injection_texts import INJECTION_TEXTS, LUCENE

pytestmark = [pytest.mark.live, pytest.mark.slow]

MARK = "zq7"
EXACT = """
  node(id: $id) { id } person(id: $id) { id } event(id: $id) { id } site(id: $id) { id } organization(id: $id) { id } place(id: $id) { id }
  exchange(id: $id) { id } source(id: $id) { id } figure(id: $id) { id } group(id: $id) { id }
  ids: people(where: {id: {eq: $id}}) { totalCount } idsIn: people(where: {id: {in: $ids}}) { totalCount }
  eq: people(where: {name: {eq: $s}}) { totalCount } in: people(where: {name: {in: [$s]}}) { totalCount }
  tag: people(where: {tag: $s}) { totalCount }
  mediator: events(where: {mediator: {eq: $id}}) { totalCount } within: events(where: {place: {in: $ids}}) { totalCount }
  handedTo: events(where: {handedTo: {eq: $id}}) { totalCount } cited: events(where: {source: {eq: $id}}) { totalCount }
  publisher: sources(where: {publisher: {eq: $id}}) { totalCount }
  places(where: {within: {eq: $id}, name: {eq: $s}}) { totalCount }
  figures(where: {measure: {eq: $s}, about: {eq: $id}}) { totalCount }
  steps: sequences(steps: [{kind: EXCHANGE, where: {mediator: {eq: $id}}}]) { totalCount }
"""
LOOSE = """
  contains: people(where: {name: {contains: $s}}) { totalCount } startsWith: people(where: {name: {startsWith: $s}}) { totalCount }
  offence: events(where: {offence: {contains: $s}}) { totalCount } article: events(where: {article: {startsWith: $s}}) { totalCount }
  title: sources(where: {title: {contains: $s}}) { totalCount } groups(where: {name: {contains: $s}}) { totalCount }
  sites(where: {name: {contains: $s}}) { totalCount } steps: sequences(steps: [{kind: EXCHANGE}], where: {name: {contains: $s}}) { totalCount }
"""
ASKED = "query($s: String!, $id: ID!, $ids: [ID!]!) {"
CURSORS = """query($s: String!) {
  a: people(after: $s) { totalCount } b: events(after: $s) { totalCount } c: search(text: "a", after: $s) { totalCount }
}"""
SEARCH = "query($s: String!) { search(text: $s) { totalCount } }"


@pytest.fixture
def sent() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def client(seeded: LiveGraph, sent: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    original = bolt.NativeBoltClient.read

    async def recorded(self: bolt.NativeBoltClient, statements: Any, *, seconds: float) -> Any:
        sent.extend((one.name, one.text) for one in statements)
        return await original(self, statements, seconds=seconds)

    monkeypatch.setattr(bolt.NativeBoltClient, "read", recorded)
    before = seeded.dump()
    with TestClient(create_app(seeded.store, Settings(query_seconds=60))) as client:
        yield client
    assert seeded.dump() == before


def ask(client: TestClient, query: str, text: str) -> dict[str, Any] | None:
    """Return the answer; None where the text cannot stand in JSON, which is a 400."""
    variables = {"s": text, "id": text, "ids": [text, text]} if "$id" in query else {"s": text}
    content = json.dumps({"query": query, "variables": variables})
    response = client.post("/graphql", content=content.encode(), headers={"content-type": "application/json"})
    if any("\ud800" <= one <= "\udfff" for one in text):
        assert response.status_code == 400
        return None
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    return found


def texts(client: TestClient, sent: list[tuple[str, str]], query: str, text: str) -> set[tuple[str, str]]:
    sent.clear()
    ask(client, query, text)
    return set(sent)


def is_nothing(value: Any) -> bool:
    return value is None or value == {"totalCount": 0} or value == {"claims": []}


def test_there_are_enough_of_them() -> None:
    assert len(INJECTION_TEXTS) >= 200


@pytest.mark.parametrize("part", range(8))
def test_no_text_is_found_nor_changes_a_statement_nor_writes(
    client: TestClient, sent: list[tuple[str, str]], part: int
) -> None:
    exact, loose = ASKED + EXACT + "}", f"query($s: String!) {{ {LOOSE} }}"
    usual = {query: texts(client, sent, query, "plain") for query in (exact, loose)}
    assert all(len(one) > 5 for one in usual.values())
    for text in INJECTION_TEXTS[part::8]:
        for query, hostile in ((exact, text), (exact, MARK + text + MARK), (loose, MARK + text + MARK), (loose, text)):
            sent.clear()
            answer = ask(client, query, hostile)
            if answer is None:
                assert not sent
                continue
            assert "errors" not in answer, (text, answer)
            assert set(sent) == usual[query], text
            if query == exact or hostile != text:
                assert all(map(is_nothing, answer["data"].values())), (text, answer["data"])


@pytest.mark.parametrize("part", range(4))
def test_no_text_is_a_cursor_and_operators_of_the_index_find_nothing(
    client: TestClient, sent: list[tuple[str, str]], part: int
) -> None:
    usual = set().union(*(texts(client, sent, SEARCH, " ".join(["plain"] * many)) for many in (0, 1, 2, 3, 20)))
    for text in INJECTION_TEXTS[part::4]:
        sent.clear()
        answer = ask(client, CURSORS, text)
        if answer is None:
            continue
        assert not sent
        assert {one["extensions"]["code"] for one in answer["errors"]} == {"BAD_CURSOR"}, text
        answer = ask(client, SEARCH, text)
        assert answer is not None
        codes = {one["extensions"]["code"] for one in answer.get("errors", ())}
        assert codes <= {"BAD_USER_INPUT"}, (text, answer)
        assert {one for one in sent if one[0] == "search"} <= usual, text
        if text in LUCENE and not any(map(str.isalnum, text)):
            assert codes or answer["data"]["search"]["totalCount"] == 0, text

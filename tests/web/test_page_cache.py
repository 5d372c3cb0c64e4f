"""Pages that are kept: never longer than the graph they were made of, never more than their size, and none that is not about all readers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.responses import Response

from graph_api.database.driver import Database
from graph_api.errors import QueryTimeout
from graph_api.execution import executor
from graph_api.settings import Settings
from graph_api.web.app import create_app
from graph_api.web.graph_state import STATE_LIFETIME, GraphRevision, GraphState
from graph_api.web.pages.page_cache import PageCache
from tests.helpers.graphs import LiveGraph

SEEDS = """
sources:
- {id: kept-report, kind: ngo, title: Report on a synthetic person, published: 2024-08-15}
people:
- {id: kept-olha, name: Synthetic Olha, cite: [{source: kept-report, at: p. 1}]}
events:
- {id: kept-taken, kind: detention, date: 2024-05, participants: [{who: kept-olha}], cite: [{source: kept-report, at: p. 2}]}
"""
CORRECTED = SEEDS.replace("Synthetic Olha", "Synthetic Olena")


class Nothing(Database):
    """Stands for a database that is not asked."""

    def __init__(self) -> None:
        pass


def graph_at(revision: int) -> GraphState:
    return GraphState(Nothing(), revision=(revision, "hash"), read_at=time.monotonic())


def page(text: str) -> Response:
    return Response(text, 200, {"ETag": '"a"'}, "text/html")


def test_a_page_is_given_as_it_was_kept() -> None:
    cache = PageCache(graph_at(1), 1000)
    cache.put("key", (1, "hash"), page("text"))
    found = cache.get("key")
    assert found is not None
    assert (found.body, found.headers["etag"], found.headers["content-length"]) == (b"text", '"a"', "4")
    assert (cache.get("another"), cache.lookups) == (None, {"cache": 1, "graph": 1})


@pytest.mark.parametrize("other", [(2, "hash"), (1, "that of another graph with as many loads")])
def test_no_page_outlives_a_load_or_its_graph(other: GraphRevision) -> None:
    cache = PageCache(graph_at(1), 1000)
    cache.put("key", (1, "hash"), page("text"))
    cache.graph.revision = other
    assert (cache.get("key"), cache.size) == (None, 0)


def test_a_page_during_whose_making_the_graph_changed_is_not_kept() -> None:
    cache = PageCache(graph_at(2), 1000)
    cache.put("key", (1, "hash"), page("text"))
    assert cache.get("key") is None


def test_no_page_is_given_or_kept_while_the_database_does_not_respond() -> None:
    cache = PageCache(graph_at(1), 1000)
    cache.put("key", (1, "hash"), page("text"))
    cache.graph.read_at -= STATE_LIFETIME
    cache.put("later", (1, "hash"), page("text"))
    assert cache.get("key") is None
    cache.graph.read_at += STATE_LIFETIME
    assert (cache.get("key") is None, cache.get("later") is None) == (False, True)


def test_the_page_that_was_asked_for_longest_ago_goes_first() -> None:
    cache = PageCache(graph_at(1), 100)
    for key in "abcd":
        cache.put(key, (1, "hash"), page("x" * 25))
    cache.get("a")
    cache.put("e", (1, "hash"), page("x" * 25))
    assert [key for key in "abcde" if cache.get(key)] == ["a", "c", "d", "e"]
    cache.put("c", (1, "hash"), page("x"))
    assert cache.size == 76


@pytest.mark.parametrize(("size", "is_kept"), [(25, True), (26, False)])
def test_a_page_of_more_than_a_quarter_of_the_size_is_not_kept(size: int, *, is_kept: bool) -> None:
    cache = PageCache(graph_at(1), 100)
    cache.put("key", (1, "hash"), page("x" * size))
    assert (cache.get("key") is not None) == is_kept


# ── served ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def client(live: LiveGraph, tmp_path: Path) -> Iterator[TestClient]:
    live.wipe()
    live.load_text(SEEDS, tmp_path)
    with TestClient(create_app(live.store, Settings(metrics=True)), base_url="http://127.0.0.1") as found:
        yield found


def made(client: TestClient) -> dict[str, float]:
    lines = client.get("/metrics").text.splitlines()
    return {
        name: float(one.rpartition(" ")[2])
        for name in ("cache", "graph")
        for one in lines
        if one.startswith(f'detention_graph_pages_total{{source="{name}"}}')
    }


@pytest.mark.live
def test_a_page_is_made_once_for_each_language_query_and_load(
    client: TestClient, live: LiveGraph, tmp_path: Path
) -> None:
    first, again = client.get("/people"), client.get("/people")
    assert (first.text, first.headers["etag"]) == (again.text, again.headers["etag"])
    assert first.headers["x-request-id"] != again.headers["x-request-id"]
    assert made(client) == {"cache": 1, "graph": 1}
    assert "Synthetic Olha" in first.text
    assert client.get("/uk/people").text != first.text
    assert client.get("/people?category=CIVILIAN").text != first.text
    assert made(client) == {"cache": 1, "graph": 3}
    live.load_text(CORRECTED, tmp_path)
    deadline = time.monotonic() + 10
    while "Synthetic Olena" not in (text := client.get("/people").text):
        assert time.monotonic() < deadline, text
        time.sleep(0.05)
    assert "Synthetic Olha" not in text


@pytest.mark.live
def test_neither_errors_nor_files_nor_searches_are_kept(client: TestClient) -> None:
    for _ in range(2):
        assert client.get("/people/nobody", headers={"accept": "text/html"}).status_code == 404
        assert client.get("/people.csv").status_code == 200
        assert client.post("/find", data={"text": "Olha"}).status_code == 200
    assert made(client)["cache"] == 0
    assert "detention_graph_page_cache_bytes 0.0" in client.get("/metrics").text


@pytest.mark.live
def test_a_page_whose_notes_could_not_be_read_is_made_again_for_the_next_reader(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_arguments: object) -> None:
        raise QueryTimeout("too slow")

    path, html = "/people?category=PRISONER_OF_WAR", {"accept": "text/html"}
    with monkeypatch.context() as patched:
        patched.setattr(executor, "prepare_notes", fails)
        first = client.get(path, headers=html)
    again = client.get(path, headers=html)
    assert (first.status_code, "etag" in first.headers, "etag" in again.headers) == (200, False, True)
    assert made(client) == {"cache": 0, "graph": 2}
    assert client.get(path, headers=html).text == again.text
    assert made(client) == {"cache": 1, "graph": 2}

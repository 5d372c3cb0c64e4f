"""As a cluster is spoken to: the routing scheme, access modes, bookmarks from a load to the reads that follow."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from graph_api.database.driver import Database
from graph_api.database.driver_runner import DriverRunner
from graph_api.database.queries import named
from graph_api.embedded import Endpoint
from graph_api.errors import DatabaseError
from graph_api.statement import Statement
from tests.helpers import faults
from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live

ONE = Statement("RETURN 1 AS one", {}, "one")
TABLE = Statement("CALL dbms.routing.getRoutingTable({}) YIELD servers RETURN servers", {}, "table")
SEED = """
sources:
  - {id: routed-page, title: A page, kind: media, published: 2024-01}
"""


@pytest.fixture
def routed(graph: LiveGraph, endpoint: Endpoint) -> Iterator[LiveGraph]:
    """Yield the graph of the session, spoken to by neo4j://."""
    address = urlsplit(endpoint.uri)
    [[servers]] = graph.store.read(TABLE)
    if address.netloc not in {one for server in servers for one in server["addresses"]}:
        pytest.skip("this server advertises another address than the one that was given")
    with faults.opened(replace(endpoint, uri=f"neo4j://{address.netloc}")) as database:
        yield LiveGraph(database)
        graph.holds = "something"


def bookmarks(database: Database) -> set[str]:
    return set(database.bookmarks.raw_values) if database.bookmarks is not None else set()


def forge_newer_bookmark(database: Database) -> None:
    """Leave a bookmark that the server has not reached, as after a restore of an older copy."""
    [mark] = bookmarks(database)
    assert database._bookmarks is not None
    database._bookmarks.update_bookmarks({mark}, [mark[:-4] + "////"])


def test_one_server_plays_all_roles_of_a_cluster(routed: LiveGraph) -> None:
    [[servers]] = routed.store.read(TABLE)
    assert {one["role"] for one in servers} == {"READ", "WRITE", "ROUTE"}


def test_a_load_and_the_reads_that_follow_go_through_the_routing(routed: LiveGraph, tmp_path: Path) -> None:
    before = bookmarks(routed.store)
    receipt = routed.load_text(SEED, tmp_path)
    after = bookmarks(routed.store)
    assert receipt.is_applied
    assert after - before, "what was written is not carried to the reads that follow"
    assert routed.ask('{ source(id: "routed-page") { title } }') == {"source": {"title": "A page"}}


def test_a_read_asks_for_the_bookmark_of_the_load(routed: LiveGraph, tmp_path: Path) -> None:
    """A bookmark that no member of the cluster has reached yet makes a read wait, so it is really sent."""
    routed.load_text(SEED, tmp_path)
    forge_newer_bookmark(routed.store)
    with pytest.raises(DatabaseError):
        routed.store.read(named("ping"), seconds=2)


def test_reads_recover_from_a_bookmark_newer_than_the_database(routed: LiveGraph, tmp_path: Path) -> None:
    routed.load_text(SEED, tmp_path)
    forge_newer_bookmark(routed.store)
    with pytest.raises(DatabaseError):
        routed.store.read(ONE, seconds=1)
    assert bookmarks(routed.store) == set()
    assert routed.store.read(ONE, seconds=5) == [[1]]


def test_reads_of_the_api_recover_from_a_bookmark_newer_than_the_database(routed: LiveGraph, tmp_path: Path) -> None:
    routed.load_text(SEED, tmp_path)

    async def read_twice() -> None:
        runner = DriverRunner(routed.store)
        try:
            assert await runner.read([ONE], seconds=5) == [1]
            forge_newer_bookmark(routed.store)
            with pytest.raises(DatabaseError):
                await runner.read([ONE], seconds=1)
            assert await runner.read([ONE], seconds=5) == [1]
        finally:
            await runner.close()

    asyncio.run(read_twice())


def test_no_bookmarks_are_kept_for_a_single_server(graph: LiveGraph, tmp_path: Path) -> None:
    graph.wipe()
    graph.load_text(SEED, tmp_path)
    assert graph.store.bookmarks is None


def test_a_write_in_a_read_is_refused(routed: LiveGraph) -> None:
    with pytest.raises(DatabaseError, match="rejected a statement"):
        routed.store.read(Statement("CREATE (:Person {id: 'x'})", {}, "sly"))

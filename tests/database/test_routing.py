"""As a cluster is spoken to: the routing scheme, access modes, bookmarks from a load to the reads that follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from graph_api.database.driver import Database
from graph_api.database.queries import named
from graph_api.embedded import Endpoint
from graph_api.errors import DatabaseError
from graph_api.statement import Statement
from tests.helpers import faults
from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live

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
    with faults.opened(replace(endpoint, uri=f"neo4j://{address.netloc}")) as store:
        yield LiveGraph(store)
        graph.holds = "something"


def bookmarks(store: Database) -> set[str]:
    return set(store._bookmarks.get_bookmarks())


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
    [mark] = bookmarks(routed.store)
    assert mark
    routed.store._bookmarks.update_bookmarks(bookmarks(routed.store), [mark[:-4] + "////"])
    with pytest.raises(DatabaseError):
        routed.store.read(named("ping"), seconds=2)


def test_a_write_in_a_read_is_refused(routed: LiveGraph) -> None:
    with pytest.raises(DatabaseError, match="refused a statement"):
        routed.store.read(Statement("CREATE (:Person {id: 'x'})", {}, "sly"))

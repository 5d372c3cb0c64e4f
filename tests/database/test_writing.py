"""Writes: all rows or none, some thousand at a time; reads that never change anything; limits of time."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_api.database.driver import Address, Transaction
from graph_api.database.stored_claims import all_claims, all_records, content_hash, graph_hash, pairs, stored_claims
from graph_api.errors import DatabaseBusy, DatabaseError, IncompatibleGraph, QueryTimeout
from graph_api.ingest.load import check
from graph_api.statement import Statement
from tests.helpers.graphs import SEEDS, LiveGraph
from tests.ingest.texts import BASE, write

RECORDS = Statement("MATCH (n:Record) RETURN count(n)")


def test_an_address_does_not_show_its_password() -> None:
    assert "secret" not in repr(Address("bolt://localhost", "neo4j", "secret"))


@pytest.mark.live
def test_rows_are_written_in_pieces_and_all_are_counted(graph: LiveGraph) -> None:
    rows = [{"id": f"w-{n}", "labels": ["Record"], "properties": {"hash": "1"}} for n in range(25)]
    assert graph.store.write(lambda tx: tx.write("upsert_records", rows, chunk=10)) == 25
    assert graph.store.read(RECORDS) == [[25]]
    assert graph.store.write(lambda tx: tx.write("upsert_records", [])) == 0


@pytest.mark.live
def test_a_row_that_finds_nothing_undoes_the_whole_write(graph: LiveGraph) -> None:
    def work(tx: Transaction) -> None:
        tx.write("upsert_records", [{"id": "w-1", "labels": ["Record"], "properties": {}}])
        tx.write("delete_claims", ["not-there"], key="ids")

    with pytest.raises(IncompatibleGraph, match="delete_claims stored 0 of 1 rows"):
        graph.store.write(work)
    assert graph.store.read(RECORDS) == [[0]]


@pytest.mark.live
def test_a_read_cannot_write(graph: LiveGraph) -> None:
    with pytest.raises(DatabaseError):
        graph.store.read(Statement("CREATE (:Record {id: 'r-1'})"))
    assert graph.store.read(RECORDS) == [[0]]


@pytest.mark.live
def test_a_read_that_takes_too_long_ends(graph: LiveGraph) -> None:
    long = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a WHERE a < 0 RETURN count(*)"
    with pytest.raises(QueryTimeout):
        graph.store.read(Statement(long), seconds=0.2)


@pytest.mark.live
def test_pages_hold_everything_once(graph: LiveGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    receipt = graph.load([SEEDS])
    monkeypatch.setattr("graph_api.database.stored_claims.CHUNK", 100)
    records = all_records(graph.store)
    assert records == sorted(receipt.changes.added)
    claims = all_claims(graph.store)
    assert [one.id for one in claims] == sorted(receipt.changes.new_claims)
    assert {one.id: one for one in stored_claims(graph.store, records)} == {one.id: one for one in claims}


@pytest.mark.live
def test_the_content_hash_is_the_sum_of_the_fingerprints(graph: LiveGraph, tmp_path: Path) -> None:
    assert graph_hash(graph.store) == "0" * 64
    path = write(tmp_path, BASE)
    receipt = graph.load([path])
    assert receipt.content_hash == graph_hash(graph.store)
    assert receipt.content_hash == content_hash(
        list(pairs(graph.store, "fingerprints", receipt.changes.added).values())
    )
    assert receipt.content_hash == content_hash([one.fingerprint for one in check([path])[1].records.values()])


@pytest.mark.live
def test_a_transaction_that_is_too_large_by_itself_is_not_tried_again(graph: LiveGraph) -> None:
    tried: list[int] = []
    large = Statement(
        "UNWIND range(1, 100000000) AS n WITH collect(toString(n)) AS texts RETURN size(texts)", {}, "large"
    )

    def work(tx: Transaction) -> None:
        tried.append(len(tried))
        tx.run(large)

    before = graph.dump()
    with pytest.raises(DatabaseBusy, match="transaction memory of the database is used up; nothing was changed"):
        graph.store.write(work)
    assert (tried, graph.dump()) == ([0], before)

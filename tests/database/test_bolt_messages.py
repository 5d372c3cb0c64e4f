"""What the native Bolt client accepts of a server: messages as data, without one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.database import runners
from graph_api.database.bolt import packstream as ps
from graph_api.database.bolt.client import NativeBoltClient
from graph_api.database.bolt.connection import BoltExchange, BoltRequest, Surprise
from graph_api.database.driver import Address, Database
from graph_api.database.driver_runner import DriverRunner

NUMBER = 4711
Message = tuple[int, Any]

BEGUN: Message = (ps.SUCCESS, {})
RUN: Message = (ps.SUCCESS, {"fields": ["row", "correlation"], "t_first": 1})
RECORD: Message = (ps.RECORD, [["id", "name"], NUMBER])
PULLED: Message = (ps.SUCCESS, {"t_last": 1, "type": "r", "db": "neo4j"})
FAILED: Message = (ps.FAILURE, {"code": "Neo.ClientError.Statement.SyntaxError", "message": "no"})
IGNORED: Message = (ps.IGNORED, None)

ACCEPTED = {
    "an answer": [RUN, RECORD, PULLED],
    "a statement that fails": [FAILED, IGNORED],
    "a statement that fails after its record": [RUN, RECORD, FAILED],
}
REFUSED = {
    "a record before its columns": [RECORD],
    "a second record": [RUN, RECORD, RECORD],
    "no record": [RUN, PULLED],
    "a record of another request": [RUN, (ps.RECORD, [["id", "name"], NUMBER + 1])],
    "a record without its number": [RUN, (ps.RECORD, [["id", "name"]])],
    "a record with more columns": [RUN, (ps.RECORD, [["id"], ["name"], NUMBER])],
    "a record that is no list": [RUN, (ps.RECORD, {"row": 1})],
    "other columns": [(ps.SUCCESS, {"fields": ["row", "other"]})],
    "no columns": [(ps.SUCCESS, {})],
    "columns in place of a summary": [RUN, RECORD, RUN],
    "an answer twice": [RUN, RECORD, PULLED, RUN],
    "more records to come": [RUN, RECORD, (ps.SUCCESS, {"has_more": True})],
    "ignored without a failure": [RUN, IGNORED],
    "success after a failure": [FAILED, PULLED],
    "a second failure": [FAILED, FAILED],
    "a record after a failure": [FAILED, RECORD],
    "an unknown tag": [(0x42, {})],
    "metadata that is no map": [(ps.SUCCESS, [1])],
    "a failure that is no map": [(ps.FAILURE, "no")],
}


def message(tag: int, value: Any) -> bytearray:
    return bytearray(b"\xb0" + bytes([tag]) if tag == ps.IGNORED else b"\xb1" + bytes([tag]) + ps.packed(value))


@pytest.fixture
def exchange() -> Iterator[BoltExchange]:
    loop = asyncio.new_event_loop()
    yield BoltExchange(loop.create_future(), [BoltRequest.RUN, BoltRequest.PULL], [NUMBER])
    loop.close()


@pytest.mark.parametrize("messages", ACCEPTED.values(), ids=ACCEPTED)
def test_expected_messages_are_accepted(messages: list[Message], exchange: BoltExchange) -> None:
    for one in messages:
        assert not exchange.is_complete
        exchange.receive(message(*one))
    assert exchange.is_complete


@pytest.mark.parametrize("messages", REFUSED.values(), ids=REFUSED)
def test_any_other_message_is_refused(messages: list[Message], exchange: BoltExchange) -> None:
    *before, last = messages
    for one in before:
        exchange.receive(message(*one))
    with pytest.raises(Surprise):
        exchange.receive(message(*last))


@pytest.mark.parametrize("cut", [b"", b"\xb1", b"\xb2\x70\xa0\xa0", b"\xb1\x70", b"\xb1\x70\xa0\xa0", b"\xb1\x70\xa1"])
def test_bytes_that_are_no_message_are_refused(cut: bytes, exchange: BoltExchange) -> None:
    with pytest.raises((Surprise, ps.MalformedMessage)):
        exchange.receive(bytearray(cut))


def test_a_reset_interrupts_what_is_in_progress(exchange: BoltExchange) -> None:
    exchange.is_interrupted = True
    exchange.requests.append(BoltRequest.RESET)
    for one in (RUN, IGNORED, BEGUN):
        exchange.receive(message(*one))
    assert exchange.is_complete


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text() | st.binary(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=20,
)


@given(VALUES)
def test_a_value_is_read_as_it_was_written(value: Any) -> None:
    packed = message(ps.RECORD, value)
    assert repr(ps.only_field(packed)) == repr(value)
    assert ps._end_of_value(packed, 2) == len(packed)


@given(VALUES, st.integers(0), st.integers(1, 255))
def test_a_damaged_message_is_a_value_or_an_error_and_never_more(value: Any, position: int, flip: int) -> None:
    """A damaged size would have the codec allocate up to 32 GB, which ends the process."""
    packed = message(ps.RECORD, value)
    packed[position % len(packed)] ^= flip
    with suppress(ps.MalformedMessage):
        ps.only_field(packed)


@pytest.mark.parametrize("size", [b"\xd6\xff\xff\xff\xff", b"\xda\xff\xff\xff\xff", b"\xd6\x00\x00\x01\x00"])
def test_a_size_larger_than_the_message_is_refused(size: bytes) -> None:
    with pytest.raises(ps.MalformedMessage):
        ps.only_field(bytearray(b"\xb1\x71\x92\x01" + size))


# ── which runner ────────────────────────────────────────────────────────────────────────────────────────────────


def database(uri: str) -> Database:
    return Database(None, Address(uri, "", ""))  # type: ignore[arg-type] # nothing is sent


@pytest.mark.parametrize("uri", ["bolt+s://h", "neo4j://h", "neo4j+s://h"])
def test_clusters_and_encrypted_connections_are_read_through_the_driver(uri: str) -> None:
    assert isinstance(runners.choose_runner(database(uri), native=True, connections=1), DriverRunner)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (["maps", "bytes"], "other values than the driver: maps, bytes"),
        (None, "the codec of neo4j-rust-ext is missing"),
    ],
)
def test_the_driver_reads_where_the_self_check_finds_a_difference(
    found: list[str] | None, words: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def differing(_client: NativeBoltClient, _database: Database) -> list[str]:
        return found or []

    monkeypatch.setattr(runners, "differing_types", differing)
    monkeypatch.setattr(ps, "HAS_CODEC", found is not None)
    assert isinstance(runners.choose_runner(database("bolt://h"), native=True, connections=1), DriverRunner)
    assert words in caplog.text


def test_the_native_client_reads_where_it_passes_the_self_check(monkeypatch: pytest.MonkeyPatch) -> None:
    async def differing(_client: NativeBoltClient, _database: Database) -> list[str]:
        return []

    monkeypatch.setattr(runners, "differing_types", differing)
    assert isinstance(runners.choose_runner(database("bolt://h"), native=True, connections=1), NativeBoltClient)
    assert isinstance(runners.choose_runner(database("bolt://h"), native=False, connections=1), DriverRunner)

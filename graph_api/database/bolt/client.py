"""The native Bolt client: reads over a pool of connections to one server, without the overhead of the driver.

The driver takes more processor time than everything else in the process together (docs/decisions/0007). Here a read is one write of
pipelined messages and one wait: RUN and PULL for a single statement, BEGIN to COMMIT around several. A connection serves one read at
a time, so that a cancelled read is ended by RESET without affecting others. Its limits are listed in README.md.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlsplit

from graph_api.database.bolt import packstream as ps
from graph_api.database.bolt.connection import CONNECT_TIMEOUT, BoltConnection, BoltRequest, ConnectionLost
from graph_api.database.driver import Address
from graph_api.database.errors import BUSY, CONNECTION_LOST, cannot_connect
from graph_api.database.statement_runner import (
    CORRELATION,
    TIMEOUT_GRACE,
    correlated,
    correlation_number,
    explained,
)
from graph_api.errors import DatabaseBusy, DatabaseError, DatabaseUnavailable, InvalidValue
from graph_api.statement import Statement

PULL, DISCARD = (ps.message(one, ps.packed({"n": -1})) if ps.HAS_CODEC else b"" for one in (ps.PULL, ps.DISCARD))
COMMIT: Final = ps.message(ps.COMMIT)
MAX_CACHED_TEXT: Final = 16_000
"""Longest text of a statement, in characters, whose packed form is cached: 2,000 of them take 64 MB with their keys."""


class NativeBoltClient:
    """Reads over a few connections, opened on demand. Belongs to one event loop."""

    def __init__(self, address: Address, *, connections: int = 32) -> None:
        parts = urlsplit(address.uri)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 7687
        self._address, self._max_connections = address, connections
        self._idle: deque[BoltConnection] = deque()
        self._all: set[BoltConnection] = set()
        self._opening = 0

    @staticmethod
    def supports(address: Address) -> bool:
        """Return whether this client can read from such an address: one server, no TLS."""
        return urlsplit(address.uri).scheme == "bolt"

    @property
    def connections(self) -> tuple[int, int]:
        """How many connections are in use, and how many there are."""
        return len(self._all) - len(self._idle), len(self._all)

    async def read(self, statements: Sequence[Statement], *, seconds: float) -> Sequence[Any]:
        """Return the one value of each statement; see ``StatementRunner``."""
        numbers = [correlation_number() for _ in statements]
        data, requests = _messages(statements, numbers, self._address.database, seconds)
        return await self._send(data, requests, numbers, seconds)

    async def plan(self, statements: Sequence[Statement], *, seconds: float) -> None:
        """Have the database plan each statement; see ``StatementRunner``."""
        extra = _packed_extra(self._address.database, seconds)
        for one in statements:
            with _as_invalid_values():
                parameters = ps.packed({**one.parameters, CORRELATION: correlation_number()})
                data = ps.message(ps.RUN, ps.packed(explained(one)), parameters, extra) + DISCARD
            await self._send(data, [BoltRequest.EXPLAIN, BoltRequest.CONTROL], (), seconds)

    async def _send(
        self, data: bytes, requests: Sequence[BoltRequest], numbers: Sequence[int], seconds: float
    ) -> Sequence[Any]:
        was_used = bool(self._idle)
        try:
            try:
                return await self._read(data, requests, numbers, seconds)
            except ConnectionLost:
                if not was_used:
                    raise
                self._close_idle()  # pooled connections are stale after a restart of the server; reads are safe to retry
                return await self._read(data, requests, numbers, seconds)
        except ConnectionLost:
            raise DatabaseUnavailable(CONNECTION_LOST) from None

    async def _read(
        self, data: bytes, requests: Sequence[BoltRequest], numbers: Sequence[int], seconds: float
    ) -> Sequence[Any]:
        connection = await self._acquire()
        try:
            values = await connection.exchange(data, requests, numbers, seconds + TIMEOUT_GRACE)
        except asyncio.CancelledError:
            connection.release_after_reset()
            raise
        except DatabaseError:
            connection.reset()
            raise
        self._release(connection)
        return values

    async def _acquire(self) -> BoltConnection:
        while self._idle:
            connection = self._idle.pop()
            if connection.is_open:
                return connection
        if len(self._all) + self._opening >= self._max_connections:
            raise DatabaseBusy(BUSY)
        self._opening += 1
        try:
            return await self._open()
        finally:
            self._opening -= 1

    async def _open(self) -> BoltConnection:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT):
                _, connection = await loop.create_connection(
                    lambda: BoltConnection(self._remove, self._release), self._host, self._port
                )
                try:
                    await connection.handshake(self._address)
                except BaseException:
                    connection.abort(DatabaseUnavailable(CONNECTION_LOST))
                    raise
        except (OSError, TimeoutError, ConnectionLost) as error:
            raise cannot_connect(error) from error
        if not connection.is_open:  # lost right after the handshake
            raise DatabaseUnavailable(CONNECTION_LOST)
        self._all.add(connection)
        return connection

    def _release(self, connection: BoltConnection) -> None:
        if connection.is_open:
            self._idle.append(connection)

    def _remove(self, connection: BoltConnection) -> None:
        self._all.discard(connection)
        with suppress(ValueError):
            self._idle.remove(connection)

    def _close_idle(self) -> None:
        while self._idle:
            self._idle.pop().abort(DatabaseUnavailable(CONNECTION_LOST))

    async def close(self) -> None:
        """Close every connection."""
        for connection in list(self._all):
            connection.abort(DatabaseUnavailable(CONNECTION_LOST))
        await asyncio.sleep(0)


def _messages(
    statements: Sequence[Statement], numbers: Sequence[int], database: str, seconds: float
) -> tuple[bytes, list[BoltRequest]]:
    """Return the bytes to send for statements, and the requests in them."""
    extra = _packed_extra(database, seconds)
    pairs = [BoltRequest.RUN, BoltRequest.PULL] * len(statements)
    with _as_invalid_values():
        if len(statements) == 1:
            return _run(statements[0], numbers[0], extra) + PULL, pairs
        none = ps.packed({})
        runs = b"".join(_run(one, number, none) + PULL for one, number in zip(statements, numbers, strict=True))
        return ps.message(ps.BEGIN, extra) + runs + COMMIT, [BoltRequest.CONTROL, *pairs, BoltRequest.CONTROL]


@contextmanager
def _as_invalid_values() -> Iterator[None]:
    """Raise InvalidValue for values that cannot be packed."""
    try:
        yield
    except ValueError as error:
        raise InvalidValue(str(error), "texts in Unicode and whole numbers of 64 bits") from None


def _run(statement: Statement, number: int, extra: bytes) -> bytes:
    text = _packed_text if len(statement.text) <= MAX_CACHED_TEXT else _packed_text.__wrapped__
    parameters = {**statement.parameters, CORRELATION: number}
    return ps.message(ps.RUN, text(statement.text, statement.name), ps.packed(parameters), extra)


@lru_cache(maxsize=2000)
def _packed_text(text: str, name: str) -> bytes:
    """Return the text that is sent for a statement, packed. Statements are few, and each is sent often."""
    return ps.packed(correlated(Statement(text, name=name).text_with_comment))


@lru_cache(maxsize=16)
def _packed_extra(database: str, seconds: float) -> bytes:
    """Return the packed options of a read-only transaction with a time limit."""
    return ps.packed({"mode": "r", "db": database, "tx_timeout": max(1, round(seconds * 1000))})

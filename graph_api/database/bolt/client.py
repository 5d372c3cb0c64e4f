"""A lean reader over Bolt: what the API needs of a driver for its reads, and no more.

The driver costs more than everything else in the process together (docs/decisions/0002). Here a read is one write of pipelined messages
and one wait: RUN and PULL for a single statement, BEGIN to COMMIT around several. Connections are lent to one read at a time, so that a
read whose caller left is ended by RESET without touching others. One server without encryption only: routing, TLS and writes are the driver's.
"""

from __future__ import annotations

import asyncio
import math
import struct
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from graph_api.database.bolt import packstream as ps
from graph_api.database.driver import Address
from graph_api.database.errors import LOST, NOBODY, coded
from graph_api.database.statement_runner import GRACE, silent
from graph_api.errors import DatabaseBusy, DatabaseError, DatabaseUnavailable, InvalidValue
from graph_api.statement import Statement

CONNECT_SECONDS: Final = 2.0
MAGIC: Final = b"\x60\x60\xb0\x17"
VERSIONS: Final = struct.pack(">IIII", 0x00_07_08_05, 0, 0, 0)
"""Bolt 5.8 down to 5.1."""
PULL: Final = ps.message(ps.PULL, ps.packed({"n": -1})) if ps.HAS_CODEC else b""
RESET: Final = ps.message(ps.RESET)
COMMIT: Final = ps.message(ps.COMMIT)
Failure = dict[str, Any]


class _LostError(Exception):
    """The server closed the connection."""


@dataclass(slots=True)
class _Exchange:
    """Messages that were sent: how many summaries are still to come, and what came."""

    done: asyncio.Future[list[Any]]
    summaries: int
    records: list[Any] = field(default_factory=list)
    failure: Failure | None = None
    meta: dict[str, Any] = field(default_factory=dict)


class _Connection(asyncio.Protocol):
    """One connection; it carries one exchange at a time."""

    def __init__(self, pool: NativeBoltClient) -> None:
        self._pool = pool
        self._loop = asyncio.get_running_loop()
        self._messages = ps.Messages()
        self._transport: asyncio.Transport | None = None
        self._exchange: _Exchange | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._heard = 0.0
        self._silence = math.inf  # until the server says how long it may be silent
        self._greeted = b""
        self._greeting: asyncio.Future[bytes] = self._loop.create_future()
        self.is_open = True

    # ── the protocol ────────────────────────────────────────────────────────────────────────────────────────────

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment] # a socket's transport writes
        self._write(MAGIC + VERSIONS)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        self.is_open = False
        self._pool.lost(self)
        self._fail(_LostError(LOST))

    def data_received(self, data: bytes) -> None:
        self._heard = self._loop.time()
        if not self._greeting.done():
            self._greeted += data
            if len(self._greeted) < len(MAGIC):
                return
            self._greeting.set_result(self._greeted[:4])
            data = self._greeted[4:]
        for message in self._messages.feed(data):
            self._received(message)

    def _received(self, message: bytearray) -> None:
        exchange, tag = self._exchange, message[1]
        if exchange is None:
            return
        if tag == ps.RECORD:
            exchange.records.append(message)
            return
        if tag == ps.FAILURE and exchange.failure is None:
            exchange.failure = ps.first_field(message)
        elif tag == ps.SUCCESS and not exchange.records:
            exchange.meta |= ps.first_field(message)
        exchange.summaries -= 1
        if exchange.summaries == 0:
            self._ended(exchange)

    def _ended(self, exchange: _Exchange) -> None:
        self._exchange = None
        if self._timer is not None:
            self._timer.cancel()
        if not exchange.done.done():
            if exchange.failure is None:
                exchange.done.set_result(exchange.records)
            else:
                code = exchange.failure.get("code") or exchange.failure.get("neo4j_code") or ""
                exchange.done.set_exception(coded(code))

    def _fail(self, error: Exception) -> None:
        if not self._greeting.done():
            self._greeting.set_exception(error)
        exchange, self._exchange = self._exchange, None
        if self._timer is not None:
            self._timer.cancel()
        if exchange is not None and not exchange.done.done():
            exchange.done.set_exception(error)

    def _write(self, data: bytes) -> None:
        assert self._transport is not None  # noqa: S101 - it is there before anything is sent
        self._transport.write(data)

    # ── what is asked of it ─────────────────────────────────────────────────────────────────────────────────────

    async def greet(self, address: Address) -> None:
        """Agree on a version and log on."""
        version = await self._greeting
        if version[3] != 5:
            self.abort(DatabaseUnavailable(LOST))
            raise DatabaseError(f"the database speaks another Bolt than 5; saw {version[3]}")
        agent = {"user_agent": "detention-graph", "bolt_agent": {"product": "detention-graph"}}
        logon = {"scheme": "basic", "principal": address.user, "credentials": address.password}
        hello = ps.message(ps.HELLO, ps.packed(agent)) + ps.message(ps.LOGON, ps.packed(logon))
        exchange = self._begin(hello, 2, CONNECT_SECONDS)
        await exchange.done
        hints = exchange.meta.get("hints") or {}
        self._silence = float(hints.get("connection.recv_timeout_seconds", math.inf))

    async def exchange(self, data: bytes, summaries: int, seconds: float) -> list[Any]:
        """Send messages and return the records that come, each as it came; a caller that leaves interrupts the server."""
        exchange = self._begin(data, summaries, seconds)
        try:
            return await exchange.done
        except asyncio.CancelledError:
            self._interrupt()
            raise

    def _begin(self, data: bytes, summaries: int, seconds: float) -> _Exchange:
        now = self._loop.time()
        self._heard = now
        self._exchange = exchange = _Exchange(self._loop.create_future(), summaries)
        wait = min(self._silence, seconds)
        self._timer = self._loop.call_later(wait, self._look, exchange, now + seconds, seconds)
        self._write(data)
        return exchange

    def _look(self, exchange: _Exchange, end: float, seconds: float) -> None:
        """Give the server up that said nothing for too long; one at work says so from time to time."""
        if self._exchange is not exchange:
            return
        now = self._loop.time()
        quiet = self._heard + self._silence
        if now >= min(end, quiet) - 0.001:
            self.abort(silent(self._silence if now >= quiet - 0.001 else seconds))
            return
        self._timer = self._loop.call_later(min(end, quiet) - now, self._look, exchange, end, seconds)

    def _interrupt(self) -> None:
        if self._exchange is not None:
            self._exchange.summaries += 1
            self._write(RESET)

    def reset(self) -> None:
        """Make it clean after a failure; it is given back when the server has said so."""
        if self.is_open:
            self._begin(RESET, 1, CONNECT_SECONDS).done.add_done_callback(self._is_clean)

    def when_clean(self) -> None:
        """Give it back when what is still under way has ended."""
        if self._exchange is None:  # it ended just when the caller left
            self.reset()
        else:
            self._exchange.done = self._loop.create_future()
            self._exchange.done.add_done_callback(self._is_clean)

    def _is_clean(self, done: asyncio.Future[Any]) -> None:
        if done.cancelled() or (done.exception() is not None and not self.is_open):
            self.abort(DatabaseUnavailable(LOST))
        else:
            self._pool.give_back(self)

    def abort(self, error: DatabaseError) -> None:
        """Close it at once."""
        self.is_open = False
        self._fail(error)
        if self._transport is not None:
            self._transport.abort()


class NativeBoltClient:
    """Reads over a few connections, opened as they are needed. Belongs to one event loop."""

    def __init__(self, address: Address, *, connections: int = 32) -> None:
        parts = urlsplit(address.uri)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 7687
        self._address, self._most = address, connections
        self._idle: deque[_Connection] = deque()
        self._all: set[_Connection] = set()
        self._opening = 0

    @staticmethod
    def can_read(address: Address) -> bool:
        """Tell whether this reader is for such an address: one server, no encryption."""
        return ps.HAS_CODEC and urlsplit(address.uri).scheme == "bolt"

    @property
    def connections(self) -> tuple[int, int]:
        """How many connections are lent, and how many there are."""
        return len(self._all) - len(self._idle), len(self._all)

    async def read(self, statements: Sequence[Statement], *, seconds: float) -> Sequence[Any]:
        """Return the one value of each statement; see ``Reader``."""
        data, summaries = _messages(statements, self._address.database, seconds)
        was_used = bool(self._idle)
        try:
            try:
                return await self._read(data, summaries, seconds)
            except _LostError:
                if not was_used:
                    raise
                self._drop_idle()  # the server was restarted: what was kept since then is dead, and nothing of a read can be lost
                return await self._read(data, summaries, seconds)
        except _LostError:
            raise DatabaseUnavailable(LOST) from None

    async def _read(self, data: bytes, summaries: int, seconds: float) -> Sequence[Any]:
        connection = await self._lend()
        try:
            records = await connection.exchange(data, summaries, seconds + GRACE)
        except asyncio.CancelledError:
            connection.when_clean()
            raise
        except DatabaseError:
            connection.reset()
            raise
        self.give_back(connection)
        return [ps.first_field(record)[0] for record in records]

    async def _lend(self) -> _Connection:
        while self._idle:
            connection = self._idle.pop()
            if connection.is_open:
                return connection
        if len(self._all) + self._opening >= self._most:
            raise DatabaseBusy("every connection to the database is busy; nothing was changed, try again")
        self._opening += 1
        try:
            return await self._open()
        finally:
            self._opening -= 1

    async def _open(self) -> _Connection:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                _, connection = await loop.create_connection(lambda: _Connection(self), self._host, self._port)
                try:
                    await connection.greet(self._address)
                except BaseException:
                    connection.abort(DatabaseUnavailable(LOST))
                    raise
        except (OSError, TimeoutError, _LostError) as error:
            raise DatabaseUnavailable(NOBODY) from error
        if not connection.is_open:  # lost just when it was there
            raise DatabaseUnavailable(LOST)
        self._all.add(connection)
        return connection

    def give_back(self, connection: _Connection) -> None:
        """Take a clean connection back."""
        if connection.is_open:
            self._idle.append(connection)

    def lost(self, connection: _Connection) -> None:
        """Forget a connection that was closed."""
        self._all.discard(connection)
        with suppress(ValueError):
            self._idle.remove(connection)

    def _drop_idle(self) -> None:
        while self._idle:
            self._idle.pop().abort(DatabaseUnavailable(LOST))

    async def close(self) -> None:
        """Close every connection."""
        for connection in list(self._all):
            connection.abort(DatabaseUnavailable(LOST))
        await asyncio.sleep(0)


def _messages(statements: Sequence[Statement], database: str, seconds: float) -> tuple[bytes, int]:
    """Return what to send for statements, and how many summaries it brings."""
    extra = ps.packed({"mode": "r", "db": database, "tx_timeout": max(1, round(seconds * 1000))})
    try:
        if len(statements) == 1:
            return _run(statements[0], extra) + PULL, 2
        none = ps.packed({})
        runs = b"".join(_run(one, none) + PULL for one in statements)
        return ps.message(ps.BEGIN, extra) + runs + COMMIT, 2 * len(statements) + 2
    except ValueError as error:
        raise InvalidValue(str(error), "texts in Unicode and whole numbers of 64 bits") from None


def _run(statement: Statement, extra: bytes) -> bytes:
    return ps.message(ps.RUN, ps.packed_text(statement.sent), ps.packed(dict(statement.parameters)), extra)

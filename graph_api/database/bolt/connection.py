"""One Bolt connection: it sends pipelined messages, checks every response against what was requested, and keeps the time limits.

Any deviation (a message that was not requested, another order, an unknown tag, bytes left over, a missing column, a record of
another request) closes the connection and fails the read.
"""

from __future__ import annotations

import asyncio
import logging
import math
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache
from typing import Any, Final

from graph_api.database.bolt import packstream as ps
from graph_api.database.driver import Address
from graph_api.database.errors import CONNECTION_LOST, PROTOCOL_ERROR, from_code
from graph_api.database.statement_runner import CORRELATION, no_response_error
from graph_api.errors import DatabaseError, DatabaseUnavailable

log = logging.getLogger("graph_api.database")

CONNECT_TIMEOUT: Final = 2.0
MAGIC: Final = b"\x60\x60\xb0\x17"
VERSIONS: Final = struct.pack(">IIII", 0x00_07_08_05, 0, 0, 0)
"""Bolt 5.8 down to 5.1."""
RESET: Final = ps.message(ps.RESET)
MAX_CACHED_SUMMARY: Final = 2000
"""Largest SUCCESS message, in bytes, whose metadata are cached."""


class BoltRequest(Enum):
    """Kinds of messages that are sent, by what their responses look like."""

    CONTROL = auto()  # HELLO, LOGON, BEGIN, DISCARD, COMMIT: a summary
    EXPLAIN = auto()  # RUN of a statement that is planned only: a summary with or without columns
    RUN = auto()  # a summary with the columns
    PULL = auto()  # one record, then a summary
    RESET = auto()  # a summary, also after a failure


class ConnectionLost(Exception):
    """The server closed the connection."""


class Surprise(Exception):
    """A message that does not belong to what was requested."""


@dataclass(slots=True)
class BoltExchange:
    """Messages that were sent, and the responses so far. ``values`` are those of the records.

    ``numbers`` are the correlation numbers that the records must carry, one for each PULL.
    """

    done: asyncio.Future[list[Any]]
    requests: list[BoltRequest]
    numbers: Sequence[int] = ()
    answered: int = 0
    values: list[Any] = field(default_factory=list)
    pulls: int = 0
    failure: dict[str, Any] | None = None
    is_interrupted: bool = False
    metadata: dict[str, Any] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        """Whether every message has its summary."""
        return self.answered == len(self.requests)

    def receive(self, message: bytearray) -> None:
        """Take the next message. Raises Surprise and MalformedMessage where it does not fit."""
        if len(message) < 2 or self.is_complete:
            raise Surprise
        request = self.requests[self.answered]
        match message[1]:
            case ps.RECORD:
                self._receive_record(request, message)
                return
            case ps.SUCCESS:
                self._receive_success(request, message)
            case ps.IGNORED:
                if request is BoltRequest.RESET or not (self.failure or self.is_interrupted):
                    raise Surprise
                if not ps.is_summary_without_fields(message):
                    ps.only_field(message)
            case ps.FAILURE:
                failure = ps.only_field(message)
                if (
                    not isinstance(failure, dict)
                    or request is BoltRequest.RESET
                    or (self.failure and not self.is_interrupted)
                ):
                    raise Surprise
                self.failure = self.failure or failure
            case _:
                raise Surprise
        self.pulls += request is BoltRequest.PULL
        self.answered += 1

    def _receive_record(self, request: BoltRequest, message: bytearray) -> None:
        if request is not BoltRequest.PULL or self.failure is not None or len(self.values) != self.pulls:
            raise Surprise
        row = ps.only_field(message)
        if type(row) is not list or len(row) != 2 or type(row[1]) is not int or row[1] != self.numbers[self.pulls]:
            raise Surprise
        self.values.append(row[0])

    def _receive_success(self, request: BoltRequest, message: bytearray) -> None:
        if self.failure is not None and request is not BoltRequest.RESET:
            raise Surprise
        read = _success_metadata if len(message) <= MAX_CACHED_SUMMARY else _success_metadata.__wrapped__
        metadata = read(request, bytes(message))
        if request is BoltRequest.PULL:
            if len(self.values) != self.pulls + 1 and not self.is_interrupted:
                raise Surprise
        elif request not in (BoltRequest.RUN, BoltRequest.EXPLAIN):
            self.metadata |= metadata


@lru_cache(maxsize=256)
def _success_metadata(request: BoltRequest, message: bytes) -> dict[str, Any]:
    """Return the metadata of a SUCCESS. Summaries of one statement are often the same bytes, which are read and checked once.

    Raises Surprise and MalformedMessage for what does not follow such a request.
    """
    metadata = ps.only_field(bytearray(message))
    if not isinstance(metadata, dict):
        raise Surprise
    if request is BoltRequest.RUN:
        match metadata.get("fields"):
            case [str(), str(last)] if last == CORRELATION:
                return metadata
            case _:
                raise Surprise
    if ("fields" in metadata and request is not BoltRequest.EXPLAIN) or (
        request is BoltRequest.PULL and metadata.get("has_more")
    ):
        raise Surprise
    return metadata


class BoltConnection(asyncio.Protocol):
    """One connection; it carries one exchange at a time.

    ``on_lost`` is called when it is closed, ``on_reset`` when it is ready for another exchange after a failure.
    """

    def __init__(self, on_lost: Callable[[BoltConnection], None], on_reset: Callable[[BoltConnection], None]) -> None:
        self._on_lost, self._release = on_lost, on_reset
        self._loop = asyncio.get_running_loop()
        self._messages = ps.Messages()
        self._transport: asyncio.Transport | None = None
        self._exchange: BoltExchange | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._last_received = 0.0
        self.recv_timeout = math.inf  # until the server says how long it may be silent
        self._version_bytes = b""
        self._version: asyncio.Future[bytes] = self._loop.create_future()
        self.is_open = True

    # ── asyncio.Protocol ────────────────────────────────────────────────────────────────────────────────────────

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Propose the versions of the protocol."""
        self._transport = transport  # type: ignore[assignment] # a socket's transport writes
        self._write(MAGIC + VERSIONS)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """Fail what is in progress."""
        self.is_open = False
        self._on_lost(self)
        self._fail(ConnectionLost(CONNECTION_LOST))

    def data_received(self, data: bytes) -> None:
        """Take received bytes; close the connection where they are not what was requested."""
        if not self.is_open:
            return
        self._last_received = self._loop.time()
        if not self._version.done():
            self._version_bytes += data
            if len(self._version_bytes) < len(MAGIC):
                return
            self._version.set_result(self._version_bytes[:4])
            data = self._version_bytes[4:]
        try:
            for message in self._messages.feed(data):
                self._receive(message)
        except (Surprise, ps.MalformedMessage) as error:
            log.warning("unexpected Bolt message (%s); the connection was closed", type(error).__name__)
            self.abort(DatabaseUnavailable(PROTOCOL_ERROR))

    def _receive(self, message: bytearray) -> None:
        exchange = self._exchange
        if exchange is None:
            raise Surprise
        exchange.receive(message)
        if exchange.is_complete:
            self._complete(exchange)

    def _complete(self, exchange: BoltExchange) -> None:
        self._exchange = None
        if self._timer is not None:
            self._timer.cancel()
        if not exchange.done.done():
            if exchange.failure is None:
                exchange.done.set_result(exchange.values)
            else:
                code = exchange.failure.get("code") or exchange.failure.get("neo4j_code") or ""
                exchange.done.set_exception(from_code(str(code)))

    def _fail(self, error: Exception) -> None:
        if not self._version.done():
            self._version.set_exception(error)
        exchange, self._exchange = self._exchange, None
        if self._timer is not None:
            self._timer.cancel()
        if exchange is not None and not exchange.done.done():
            exchange.done.set_exception(error)

    def _write(self, data: bytes) -> None:
        assert self._transport is not None  # noqa: S101 - set before anything is sent
        self._transport.write(data)

    # ── requests ────────────────────────────────────────────────────────────────────────────────────────────────

    async def handshake(self, address: Address) -> None:
        """Agree on a version and log on."""
        version = await self._version
        if version[:2] != b"\0\0" or version[3] != 5 or not 1 <= version[2] <= 8:
            self.abort(DatabaseUnavailable(CONNECTION_LOST))
            raise DatabaseError(f"Unsupported Bolt version {version[3]}.{version[2]}: expected 5.1 to 5.8")
        agent = {
            "user_agent": "detention-graph",
            "bolt_agent": {"product": "detention-graph"},
            "notifications_minimum_severity": "OFF",  # nobody reads them
        }
        logon = {"scheme": "basic", "principal": address.user, "credentials": address.password}
        hello = ps.message(ps.HELLO, ps.packed(agent)) + ps.message(ps.LOGON, ps.packed(logon))
        exchange = self._begin(hello, [BoltRequest.CONTROL] * 2, (), CONNECT_TIMEOUT)
        await exchange.done
        hints = exchange.metadata.get("hints") or {}
        self.recv_timeout = float(hints.get("connection.recv_timeout_seconds", math.inf))

    async def exchange(
        self, data: bytes, requests: Sequence[BoltRequest], numbers: Sequence[int], seconds: float
    ) -> list[Any]:
        """Send messages and return the value of each record; a caller that is cancelled interrupts the server."""
        exchange = self._begin(data, requests, numbers, seconds)
        try:
            return await exchange.done
        except asyncio.CancelledError:
            self._interrupt()
            raise

    def _begin(
        self, data: bytes, requests: Sequence[BoltRequest], numbers: Sequence[int], seconds: float
    ) -> BoltExchange:
        now = self._loop.time()
        self._last_received = now
        self._exchange = exchange = BoltExchange(self._loop.create_future(), list(requests), numbers)
        wait = min(self.recv_timeout, seconds)
        self._timer = self._loop.call_later(wait, self._check_timeout, exchange, now + seconds, seconds)
        self._write(data)
        return exchange

    def _check_timeout(self, exchange: BoltExchange, end: float, seconds: float) -> None:
        """Close the connection where the server was silent for too long; one at work sends keep-alives."""
        if self._exchange is not exchange:
            return
        now = self._loop.time()
        silent_until = self._last_received + self.recv_timeout
        if now >= min(end, silent_until) - 0.001:
            self.abort(no_response_error(self.recv_timeout if now >= silent_until - 0.001 else seconds))
            return
        self._timer = self._loop.call_later(min(end, silent_until) - now, self._check_timeout, exchange, end, seconds)

    def _interrupt(self) -> None:
        if self._exchange is not None:
            self._exchange.is_interrupted = True
            self._exchange.requests.append(BoltRequest.RESET)
            self._write(RESET)

    def reset(self) -> None:
        """Send RESET; ``on_reset`` is called when the server has confirmed it."""
        if self.is_open:
            self._begin(RESET, [BoltRequest.RESET], (), CONNECT_TIMEOUT).done.add_done_callback(self._on_reset)

    def release_after_reset(self) -> None:
        """Call ``on_reset`` once what a cancelled caller left in progress has ended."""
        if self._exchange is None:  # it ended at the moment of the cancellation
            self.reset()
        else:
            self._exchange.done = self._loop.create_future()
            self._exchange.done.add_done_callback(self._on_reset)

    def _on_reset(self, done: asyncio.Future[Any]) -> None:
        if done.cancelled() or (done.exception() is not None and not self.is_open):
            self.abort(DatabaseUnavailable(CONNECTION_LOST))
        else:
            self._release(self)

    def abort(self, error: DatabaseError) -> None:
        """Close it at once."""
        self.is_open = False
        self._fail(error)
        if self._transport is not None:
            self._transport.abort()

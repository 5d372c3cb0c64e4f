"""The HTTP/1.1 protocol of the server: uvicorn's, with the limits for which uvicorn has no setting and with JSON error responses.

uvicorn limits neither the time nor the size of request headers with httptools, nor the time of a body, nor how long a client may take to
read a response. Its ``limit_concurrency`` rejects new requests while slow clients occupy the connections; here the slowest of them make
room. After an offered ``Upgrade`` httptools stops, and the body would be read as a second request.
"""

from __future__ import annotations

import asyncio
from typing import Final

import httptools
import orjson
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from graph_api.web.security_headers import SECURITY_HEADERS

MAX_HEADER_BYTES: Final = 65_536
"""Limit of a request line with its headers."""
HEADER_TIMEOUT: Final = 10.0
"""Seconds from the first byte of a request to the end of its headers."""
BODY_TIMEOUT: Final = 10.0
"""Seconds from the end of the headers of a request to the end of its body."""
BODY_TIMED_OUT: Final = "detention_graph.body_timed_out"
"""The key of the scope of a request whose body was not received in time."""
WRITE_TIMEOUT: Final = 60.0
"""Seconds in which a client has to read enough of a response for the server to go on writing."""
MAX_CONNECTIONS: Final = 800
"""Limit of open connections."""


class HttpProtocol(HttpToolsProtocol):
    """Limits connections, and the headers of a request in size and time; rejects malformed requests with a JSON body; ignores ``Upgrade``.

    A body that is not received in time wakes the route that reads it, with ``BODY_TIMED_OUT`` in the scope. There is a timer only where the
    body did not come with the headers: one for every request would take more time than to read it.
    A connection on which no request has begun is closed without a response after the keep-alive timeout. Beyond ``MAX_CONNECTIONS`` a
    new connection takes the place of the one that has waited longest for the rest of its request or for its next one.
    """

    _header_bytes: int | None = 0
    """Bytes received of a request whose headers are incomplete; None while a body may arrive."""
    _header_timer: asyncio.TimerHandle | None = None
    _body_timer: asyncio.TimerHandle | None = None
    _write_timer: asyncio.TimerHandle | None = None
    _waiting_since: float = 0.0
    """When the connection was opened, or its last request began."""
    _has_begun: bool = False
    """Whether a request line has begun; blank lines in front of one are no request."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as in uvicorn
        """Start the keep-alive timeout, which uvicorn itself starts after the first response only."""
        super().connection_made(transport)
        self._waiting_since = self.loop.time()
        if len(self.connections) > MAX_CONNECTIONS:
            self._make_room()
        self.timeout_keep_alive_task = self.loop.call_later(self.timeout_keep_alive, self.timeout_keep_alive_handler)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timers."""
        self._cancel_header_timer()
        self._cancel_body_timer()
        self.resume_writing()
        self._unset_keepalive_if_required()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse received bytes; start the header timer with the first byte of a request, the body timer where its body is incomplete."""
        if self._header_bytes is not None:
            self._header_bytes += len(data)
        self._parse(data)
        if self.transport.is_closing():
            return
        if self._header_bytes is None:
            self._body_timer = self._body_timer or self.loop.call_later(BODY_TIMEOUT, self._on_body_timeout)
            return
        if self._header_bytes > MAX_HEADER_BYTES:
            self._reject(431, f"Request headers exceed the limit of {MAX_HEADER_BYTES:,} bytes.")
        elif self._header_bytes and self._header_timer is None:
            self._header_timer = self.loop.call_later(HEADER_TIMEOUT, self._on_header_timeout)

    def on_message_begin(self) -> None:
        """Start to count the bytes of the headers."""
        super().on_message_begin()
        self._has_begun, self._waiting_since = True, self.loop.time()
        self._header_bytes = self._header_bytes or 1

    def on_headers_complete(self) -> None:
        """Stop counting, and start the request unless it is parsed once more without its ``Upgrade`` header."""
        if self.parser.should_upgrade():
            return
        self._header_bytes = None
        self._cancel_header_timer()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Expect the next request."""
        if self.parser.should_upgrade():
            return
        super().on_message_complete()
        self._header_bytes, self._has_begun = 0, False
        self._cancel_body_timer()

    def pause_writing(self) -> None:
        """Start the write timeout: the client does not read."""
        super().pause_writing()
        self._write_timer = self.loop.call_later(WRITE_TIMEOUT, self.transport.abort)

    def resume_writing(self) -> None:
        """Stop the write timeout."""
        super().resume_writing()
        if self._write_timer is not None:
            self._write_timer.cancel()
            self._write_timer = None

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's signature
        """Reject bytes that are not HTTP."""
        self._reject(400, "Malformed HTTP request.")

    def _parse(self, data: bytes) -> None:
        """Feed bytes to the parser, as uvicorn does; a request that offers an upgrade is parsed once more without the offer."""
        self._unset_keepalive_if_required()
        while data:
            try:
                self.parser.feed_data(data)
            except httptools.HttpParserUpgrade as error:
                if self.parser.get_method() == b"CONNECT":
                    self._reject(400, "Malformed HTTP request.")
                    return
                data = self._head_without_upgrade() + data[error.args[0] :]
                self.parser = httptools.HttpRequestParser(self)
            except httptools.HttpParserError:
                self._reject(400, "Malformed HTTP request.")
                return
            else:
                return

    def _head_without_upgrade(self) -> bytes:
        version = self.parser.get_http_version().encode()
        lines = [b"%s %s HTTP/%s" % (self.parser.get_method(), self.url, version)]
        lines += [b"%s: %s" % one for one in self.headers if one[0] not in {b"upgrade", b"http2-settings"}]
        return b"\r\n".join(lines) + b"\r\n\r\n"

    def _make_room(self) -> None:
        others = [one for one in self.connections if isinstance(one, HttpProtocol) and one is not self]
        waiting = [one for one in others if not one.is_executing]
        if waiting:
            min(waiting, key=lambda one: one._waiting_since).transport.abort()  # noqa: SLF001 - of the same class
        else:
            self._reject(503, "Server busy: too many connections. Retry after 1 s.", "OVERLOADED")

    @property
    def is_executing(self) -> bool:
        """Whether a request was received completely, and its response was not sent yet."""
        return self.cycle is not None and not self.cycle.response_complete and not self.cycle.more_body

    def _on_header_timeout(self) -> None:
        self._header_timer = None
        if self.transport.is_closing():
            return
        if self.cycle is not None and not self.cycle.response_complete:  # a pipelined request: its turn has not come
            self._header_timer = self.loop.call_later(HEADER_TIMEOUT, self._on_header_timeout)
            return
        if not self._has_begun:
            self.transport.close()
            return
        self._reject(408, f"Request headers not received within {HEADER_TIMEOUT:.0f} s.")

    def _on_body_timeout(self) -> None:
        self._body_timer = None
        if self.transport.is_closing() or self.cycle is None or self.cycle.response_complete:
            return
        if self.pipeline:  # its turn has not come, and reading is paused
            self._body_timer = self.loop.call_later(BODY_TIMEOUT, self._on_body_timeout)
            return
        self.scope[BODY_TIMED_OUT] = True  # type: ignore[typeddict-unknown-key]
        self.cycle.message_event.set()

    def _cancel_body_timer(self) -> None:
        if self._body_timer is not None:
            self._body_timer.cancel()
            self._body_timer = None

    def _cancel_header_timer(self) -> None:
        if self._header_timer is not None:
            self._header_timer.cancel()
            self._header_timer = None

    def _reject(self, status: int, message: str, code: str = "BAD_REQUEST") -> None:
        self._cancel_header_timer()
        content = orjson.dumps({"errors": [{"message": message, "extensions": {"code": code}}]})
        headers = (
            (b"content-type", b"application/json; charset=utf-8"),
            (b"content-length", b"%d" % len(content)),
            (b"connection", b"close"),
            *SECURITY_HEADERS,
        )
        lines = b"".join(b"%s: %s\r\n" % one for one in headers)
        self.transport.write(STATUS_LINE[status] + lines + b"\r\n" + content)
        self.transport.close()

"""The HTTP/1.1 protocol of the server: uvicorn's, with limits on request headers and with JSON error responses."""

from __future__ import annotations

import asyncio
from typing import Final

import orjson
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from graph_api.web.security_headers import SECURITY_HEADERS

MAX_HEADER_BYTES: Final = 65_536
"""Limit of a request line with its headers."""
HEADER_TIMEOUT: Final = 10.0
"""Seconds from the first byte of a request to the end of its headers."""


class HttpProtocol(HttpToolsProtocol):
    """Limits the headers of a request in size and time, and rejects malformed requests with a JSON body.

    A connection on which no request has begun is closed without a response after the keep-alive timeout.
    """

    _header_bytes: int | None = 0
    """Bytes received of a request whose headers are incomplete; None while a body may arrive."""
    _header_timer: asyncio.TimerHandle | None = None
    _has_begun: bool = False
    """Whether a request line has begun; blank lines in front of one are no request."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as in uvicorn
        """Start the keep-alive timeout, which uvicorn itself starts after the first response only."""
        super().connection_made(transport)
        self.timeout_keep_alive_task = self.loop.call_later(self.timeout_keep_alive, self.timeout_keep_alive_handler)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop both timers."""
        self._cancel_header_timer()
        self._unset_keepalive_if_required()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse received bytes; start the header timer with the first byte of a request."""
        if self._header_bytes is not None:
            self._header_bytes += len(data)
        super().data_received(data)
        if self._header_bytes is None or self.transport.is_closing():
            return
        if self._header_bytes > MAX_HEADER_BYTES:
            self._reject(431, f"Request headers exceed the limit of {MAX_HEADER_BYTES:,} bytes.")
        elif self._header_bytes and self._header_timer is None:
            self._header_timer = self.loop.call_later(HEADER_TIMEOUT, self._on_header_timeout)

    def on_message_begin(self) -> None:
        """Start to count the bytes of the headers."""
        super().on_message_begin()
        self._has_begun = True
        self._header_bytes = self._header_bytes or 1

    def on_headers_complete(self) -> None:
        """Stop counting."""
        self._header_bytes = None
        self._cancel_header_timer()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Expect the next request."""
        super().on_message_complete()
        self._header_bytes, self._has_begun = 0, False

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's signature
        """Reject bytes that are not HTTP."""
        self._reject(400, "Malformed HTTP request.")

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

    def _cancel_header_timer(self) -> None:
        if self._header_timer is not None:
            self._header_timer.cancel()
            self._header_timer = None

    def _reject(self, status: int, message: str) -> None:
        self._cancel_header_timer()
        content = orjson.dumps({"errors": [{"message": message, "extensions": {"code": "BAD_REQUEST"}}]})
        headers = (
            (b"content-type", b"application/json; charset=utf-8"),
            (b"content-length", b"%d" % len(content)),
            (b"connection", b"close"),
            *SECURITY_HEADERS,
        )
        lines = b"".join(b"%s: %s\r\n" % one for one in headers)
        self.transport.write(STATUS_LINE[status] + lines + b"\r\n" + content)
        self.transport.close()

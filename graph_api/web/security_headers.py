"""What holds of every response: headers that keep browsers from harm, and JSON also where HTTP itself is broken.

``Edge`` is put around an ASGI application; ``Http`` is the protocol of the server, with a bound on what may come before a body.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

import orjson
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

SAFE: Final = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)
"""What every response tells browsers, unless it says something else itself."""
HEAD_LIMIT: Final = 65_536
"""The most bytes of a request line and its headers."""
HEAD_SECONDS: Final = 10.0
"""How long a request line and its headers may take to arrive."""


class Edge:
    """An application with safe headers on whatever it answers."""

    def __init__(self, inner: Application) -> None:
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return

        async def safely(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = list(message["headers"])
                there = {name.lower() for name, _ in headers}
                message = {**message, "headers": headers + [one for one in SAFE if one[0] not in there]}
            await send(message)

        await self._inner(scope, receive, safely)


class Http(HttpToolsProtocol):
    """HTTP/1.1 that bounds the head of a request in bytes and time, and answers what is no HTTP in JSON."""

    _head: int | None = 0
    """How many bytes of the head have come; None once it is whole."""
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as in uvicorn
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._late = self.loop.call_later(HEAD_SECONDS, self._too_slow)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._in_time()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in bytes."""
        if self._head is not None:
            self._head += len(data)
        super().data_received(data)
        if self._head is not None and self._head > HEAD_LIMIT and not self.transport.is_closing():
            self._refuse(431, f"saw a head of more than {HEAD_LIMIT} bytes; right would be at most that")

    def on_message_begin(self) -> None:
        """Begin to count and to wait."""
        super().on_message_begin()
        self._head = self._head or 0
        if self._late is None:
            self._late = self.loop.call_later(HEAD_SECONDS, self._too_slow)

    def on_headers_complete(self) -> None:
        """Count and wait no longer."""
        self._head = None
        self._in_time()
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's signature
        """Answer what is no HTTP."""
        self._refuse(400, "saw no HTTP request; right would be one of HTTP/1.1")

    def _too_slow(self) -> None:
        self._late = None
        if not self.transport.is_closing():
            self._refuse(408, f"saw no whole head within {HEAD_SECONDS:.0f} s")

    def _in_time(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _refuse(self, status: int, message: str) -> None:
        content = orjson.dumps({"errors": [{"message": message, "extensions": {"code": "BAD_REQUEST"}}]})
        headers = (
            (b"content-type", b"application/json; charset=utf-8"),
            (b"content-length", b"%d" % len(content)),
            (b"connection", b"close"),
            *SAFE,
        )
        lines = b"".join(b"%s: %s\r\n" % one for one in headers)
        self.transport.write(STATUS_LINE[status] + lines + b"\r\n" + content)
        self.transport.close()

"""Checks of every request before it reaches a route, and errors in JSON after it: host names, repeated headers, unread bodies, panics."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Iterable, MutableMapping
from typing import Any, Final

import orjson

from graph_api.web.graphql_request import HttpError
from graph_api.web.http_protocol import BODY_TIMED_OUT, BODY_TIMEOUT
from graph_api.web.response import build_error_body
from graph_api.web.security_headers import Application, Receive, Scope, Send

LOOPBACK_NAMES: Final = ("localhost", "127.0.0.1", "[::1]")
HOST: Final = re.compile(rb"(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253}?)\.?(?::[0-9]{1,5})?")
CONTROL_FLOW: Final = (asyncio.CancelledError, KeyboardInterrupt, SystemExit, GeneratorExit)
"""What ends a task on purpose; every other BaseException is an error, such as the panic of a native extension."""

log = logging.getLogger("graph_api.web")


class RequestChecksMiddleware:
    """ASGI middleware: rejects requests with headers that are ambiguous or name another host, and turns every exception into JSON.

    Where a route reads a body that the protocol did not receive in time, HttpError (408) is raised there. A response that is sent before the
    body of its request was received closes the connection, so that the rest of the body is never read, neither as a body nor as a request.
    ``allowed_hosts`` are lower-case names without port; ``*`` allows every name. Starlette's
    TrustedHostMiddleware is not used: it reads the first Host header only, and none with an IPv6 address.
    """

    def __init__(self, app: Application, allowed_hosts: Iterable[str]) -> None:
        self._app = app
        self._allowed = (*LOOPBACK_NAMES, *allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request to the wrapped application."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_started, is_read = False, not _has_body(scope["headers"])

        async def receive_body() -> MutableMapping[str, Any]:
            nonlocal is_read
            message = await receive()
            if is_read:
                return message
            if BODY_TIMED_OUT in scope:
                raise HttpError(408, "BAD_REQUEST", f"Request body not received within {BODY_TIMEOUT:.0f} s.")
            is_read = is_read or (message["type"] == "http.request" and not message.get("more_body"))
            return message

        async def send_response(message: MutableMapping[str, Any]) -> None:
            nonlocal has_started
            if message["type"] == "http.response.start":
                has_started = True
                if not is_read:
                    message = {**message, "headers": [*message["headers"], (b"connection", b"close")]}
            await send(message)

        try:
            check_headers(scope["headers"], scope["http_version"], self._allowed)
            await self._app(scope, receive_body, send_response)
        except HttpError as error:
            await _send_error(scope, send_response, error)
        except CONTROL_FLOW:
            raise
        except BaseException:  # a panic is no Exception
            if has_started:
                raise
            log.exception("request failed")
            await _send_error(scope, send_response, HttpError(500, "INTERNAL", "Internal error"))


def check_headers(headers: Iterable[tuple[bytes, bytes]], http_version: str, allowed: tuple[str, ...]) -> None:
    """Raise HttpError (400) for headers that two readers could understand differently, and for a host that is not allowed."""
    hosts, content_types, encodings = [], 0, []
    for name, value in headers:
        if name == b"host":
            hosts.append(value)
        elif name == b"content-type":
            content_types += 1
        elif name == b"transfer-encoding":
            encodings.append(value.strip().lower())
    if len(hosts) > 1 or (not hosts and http_version != "1.0"):
        raise HttpError(400, "BAD_REQUEST", f"Invalid Host header: expected one, found {len(hosts) or 'none'}.")
    if content_types > 1:
        raise HttpError(400, "BAD_REQUEST", f"Invalid Content-Type header: expected one, found {content_types}.")
    if encodings and encodings != [b"chunked"]:
        raise HttpError(400, "BAD_REQUEST", "Invalid Transfer-Encoding header: expected chunked and no other coding.")
    if hosts and "*" not in allowed:
        match = HOST.fullmatch(hosts[0].strip().lower())
        if match is None or match[1].decode() not in allowed:
            found = hosts[0][:100].decode("latin-1")
            raise HttpError(
                400,
                "HOST_NOT_ALLOWED",
                f"Invalid host {found!r}: expected {', '.join(LOOPBACK_NAMES)} or a name in DETENTION_GRAPH_ALLOWED_HOSTS.",
            )


def _has_body(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and value.strip(b"0 ") != b"")
        for name, value in headers
    )


async def _send_error(scope: Scope, send: Send, error: HttpError) -> None:
    content = orjson.dumps(build_error_body(error.code, error.message))
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", b"%d" % len(content)),
        *error.headers,
    ]
    await send({"type": "http.response.start", "status": error.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content})

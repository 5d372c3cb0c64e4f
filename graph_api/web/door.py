"""The door of ``/graphql``: a bare ASGI application, since every layer in front of an answer costs more than the answer's own work.

A request passes, in this order: method, headers, size, JSON, the gate; then it is answered, and what is said is the same JSON for
an answer and for a refusal. A caller who leaves takes the transaction along.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from graph_api.schema.answer import Answer, Answering, Asked, Reading
from graph_api.web.gate import Gate, Overloaded
from graph_api.web.persisted import Persisted
from graph_api.web.problems import body
from graph_api.web.protocol import (
    JSON,
    RESPONSE,
    Heads,
    Refused,
    Request,
    media_type,
    must_be_json,
    read_body,
    read_headers,
    read_query_string,
    too_long,
)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

SAFE: Final = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)
"""What every answer tells browsers."""
PATIENT: Final = 0.05
"""After so many seconds somebody looks whether the caller is still there; most answers are there sooner."""


@dataclass(slots=True)
class Told:
    """What is known of one request when it has been answered, for logs and metrics: no text, no value, no name but that of a persisted operation."""

    request: str
    status: int = 0
    code: str = "OK"
    document: str = ""
    operation: str = ""
    cost: int = 0
    statements: int = 0
    plan_hit: bool | None = None
    seconds: float = 0.0
    bytes: int = 0


@dataclass(slots=True)
class Door:
    """Answers ``/graphql``; ``tell`` is called with what is known of each request at its end."""

    answering: Answering
    read: Reading
    gate: Gate
    persisted: Persisted
    body_limit: int
    tell: Callable[[Told], None]
    _types: dict[bytes, bytes] = field(
        default_factory=lambda: {one: one + b"; charset=utf-8" for one in (JSON, RESPONSE)}
    )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        start = time.perf_counter()
        told = Told(secrets.token_hex(8))
        kind = JSON
        more: tuple[tuple[bytes, bytes], ...] = ()
        try:
            heads = read_headers(scope["headers"])
            kind = media_type(heads.accept)
            request = await self._request(scope, heads, receive)
            answer = await self._answered(request, receive, told)
            status, content = self._said(answer, kind, told)
        except Refused as refused:
            status, more, content = refused.status, refused.headers, self._refusal(refused.code, refused.message, told)
        except Overloaded:
            status, more = 503, ((b"retry-after", b"1"),)
            content = self._refusal("OVERLOADED", "too many questions at once; nothing was asked, try again", told)
        except _Left:
            told.status, told.code, told.seconds = 499, "CLIENT_LEFT", time.perf_counter() - start
            self.tell(told)
            return
        told.status, told.bytes, told.seconds = status, len(content), time.perf_counter() - start
        self.tell(told)
        headers = [
            (b"content-type", self._types[kind]),
            (b"content-length", b"%d" % len(content)),
            (b"x-request-id", told.request.encode()),
            *more,
            *SAFE,
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content})

    # ── in ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _request(self, scope: Scope, heads: Heads, receive: Receive) -> Request:
        if scope["method"] == "GET":
            return read_query_string(scope["query_string"])
        if scope["method"] != "POST":
            raise Refused(405, "METHOD_NOT_ALLOWED", "right would be POST", ((b"allow", b"GET, POST"),))
        must_be_json(heads.content_type)
        if heads.encoding != b"identity":
            raise Refused(415, "UNSUPPORTED_MEDIA_TYPE", "saw a compressed body; right would be one that is not")
        if heads.length is not None and heads.length > self.body_limit:
            raise too_long(self.body_limit)
        return read_body(await self._body(receive))

    async def _body(self, receive: Receive) -> bytes:
        message = await receive()
        if not message.get("more_body") and message["type"] == "http.request":
            return self._short(message.get("body", b""))
        parts, length = bytearray(), 0
        while True:
            if message["type"] == "http.disconnect":
                raise _Left
            parts += message.get("body", b"")
            length = len(parts)
            if length > self.body_limit:
                raise too_long(self.body_limit)
            if not message.get("more_body"):
                return bytes(parts)
            message = await receive()

    def _short(self, content: bytes) -> bytes:
        if len(content) > self.body_limit:
            raise too_long(self.body_limit)
        return content

    # ── the answer ──────────────────────────────────────────────────────────────────────────────────────────────

    async def _answered(self, request: Request, receive: Receive, told: Told) -> Answer:
        query, told.operation = self.persisted.query(request)
        asked = Asked(query, request.operation, request.variables)
        watch = _Watch(receive)
        try:
            async with self.gate:
                return await self.answering.answer(asked, self.read)
        except asyncio.CancelledError:
            if watch.has_left:
                raise _Left from None
            raise
        finally:
            watch.end()

    def _said(self, answer: Answer, kind: bytes, told: Told) -> tuple[int, bytes]:
        said = body(answer, told.request)
        told.code = said["errors"][0]["extensions"]["code"] if "errors" in said else "OK"
        told.document = answer.document.hash if answer.document else ""
        told.plan_hit = answer.plan_hit if answer.plan else None
        told.statements = answer.plan.statements if answer.plan else 0
        status = 200 if answer.executed or kind == JSON else 400
        return status, orjson.dumps(said)

    def _refusal(self, code: str, message: str, told: Told) -> bytes:
        told.code = code
        extensions: Mapping[str, Any] = {"code": code, "requestId": told.request}
        return orjson.dumps({"errors": [{"message": message, "extensions": extensions}]})


class _Left(Exception):
    """The caller is gone."""


class _Watch:
    """Cancels the task of a request whose caller leaves. It begins to look only where the answer takes long."""

    def __init__(self, receive: Receive) -> None:
        loop = asyncio.get_running_loop()
        self._receive = receive
        self._asking = asyncio.current_task()
        self._looking: asyncio.Task[None] | None = None
        self.has_left = False
        self._later = loop.call_later(PATIENT, self._look)

    def _look(self) -> None:
        self._looking = asyncio.get_running_loop().create_task(self._until_left())

    async def _until_left(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.has_left = True
        if self._asking is not None:
            self._asking.cancel()

    def end(self) -> None:
        """Look no longer."""
        self._later.cancel()
        if self._looking is not None:
            self._looking.cancel()

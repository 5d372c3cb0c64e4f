"""The door of ``/graphql``: a bare ASGI application, since every layer in front of an answer costs more than the answer's own work.

A request passes, in this order: method, headers, size, JSON, the gate; then it is answered, and what is said is the same JSON for
an answer and for a refusal. A caller who leaves takes the transaction along.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from graph_api.errors import InvalidQuery
from graph_api.execution.executor import ExecutionResult, Executor, OperationRequest, StatementRunner
from graph_api.execution.persisted import PersistedOperations
from graph_api.web.admission import Gate, Overloaded
from graph_api.web.graphql_request import (
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
from graph_api.web.request_log import Tell, Told
from graph_api.web.response import body
from graph_api.web.security_headers import SAFE, Receive, Scope, Send

Pairs = tuple[tuple[bytes, bytes], ...]

PATIENT: Final = 0.05
"""After so many seconds somebody looks whether the caller is still there; most answers are there sooner."""
BODY_SECONDS: Final = 10.0
"""How long a body may take to arrive."""

log = logging.getLogger("graph_api.web")

Span = Callable[[Told], AbstractContextManager[None]]


def no_span(_told: Told) -> AbstractContextManager[None]:
    """Trace nothing."""
    return nullcontext()


@dataclass(slots=True)
class Door:
    """Answers ``/graphql``; ``tell`` is called with what is known of each request at its end."""

    answering: Executor
    read: StatementRunner
    gate: Gate
    persisted: PersistedOperations
    body_limit: int
    tell: Tell
    span: Span = no_span
    _types: dict[bytes, bytes] = field(
        default_factory=lambda: {one: one + b"; charset=utf-8" for one in (JSON, RESPONSE)}
    )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        start = time.perf_counter()
        told = Told(secrets.token_hex(8))
        with self.span(told):
            try:
                said = await self._said(scope, receive, told)
            except _Left:
                told.status, told.code = 499, "CLIENT_LEFT"
                return
            finally:
                told.seconds = time.perf_counter() - start
                self.tell(told)
        kind, more, content = said
        headers = [
            (b"content-type", self._types[kind]),
            (b"content-length", b"%d" % len(content)),
            (b"x-request-id", told.request.encode()),
            *more,
            *SAFE,
        ]
        await send({"type": "http.response.start", "status": told.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content})

    async def _said(self, scope: Scope, receive: Receive, told: Told) -> tuple[bytes, Pairs, bytes]:
        """Return the kind of the response, headers of its own, and its body; ``told.status`` is its status."""
        kind = JSON
        try:
            heads = read_headers(scope["headers"])
            kind = media_type(heads.accept)
            request = await self._request(scope, heads, receive)
            answer = await self._answered(request, receive, told)
            told.status = 200 if answer.executed or kind == JSON else 400
            return kind, (), self._body(answer, told)
        except Refused as refused:
            told.status = refused.status
            return kind, refused.headers, self._refusal(refused.code, refused.message, told)
        except Overloaded:
            told.status = 503
            message = "too many questions at once; nothing was asked, try again"
            return kind, ((b"retry-after", b"1"),), self._refusal("OVERLOADED", message, told)
        except _Left:
            raise
        except Exception:  # nobody but the log is told what it was
            log.exception("request %s failed", told.request)
            told.status = 500
            return kind, (), self._refusal("INTERNAL", "Internal error", told)

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
        try:
            async with asyncio.timeout(BODY_SECONDS):
                return read_body(await self._received(receive))
        except TimeoutError:
            raise Refused(408, "BAD_REQUEST", f"saw no whole body within {BODY_SECONDS:.0f} s") from None

    async def _received(self, receive: Receive) -> bytes:
        content = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _Left
            content += message.get("body", b"")
            if len(content) > self.body_limit:
                raise too_long(self.body_limit)
            if not message.get("more_body"):
                return bytes(content)

    # ── the answer ──────────────────────────────────────────────────────────────────────────────────────────────

    async def _answered(self, request: Request, receive: Receive, told: Told) -> ExecutionResult:
        try:
            query, told.operation = self.persisted.resolve(request.query, request.document)
        except InvalidQuery as error:
            raise Refused(400, error.code, str(error)) from None
        asked = OperationRequest(query, request.operation, request.variables)
        watch = _Watch(receive)
        try:
            return await self.gate.run(request.said, lambda: self.answering.execute(asked, self.read))
        except asyncio.CancelledError:
            if watch.has_left:
                raise _Left from None
            raise
        finally:
            watch.end()

    def _body(self, answer: ExecutionResult, told: Told) -> bytes:
        said = body(answer, told.request, self.answering.planner.limits.cost)
        told.code = said["errors"][0]["extensions"]["code"] if "errors" in said else "OK"
        told.document = answer.document.hash if answer.document else ""
        if answer.plan is not None:
            told.plan_hit, told.cost, told.rows = answer.plan_hit, answer.plan.cost, answer.rows
            told.statements = answer.plan.statements
        content = orjson.dumps(said)
        told.bytes = len(content)
        return content

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

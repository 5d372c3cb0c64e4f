"""The endpoint at ``/graphql``: an ASGI application of its own, mounted as a route.

A request passes these checks in order: method, headers, size, JSON, admission. Then it is executed. Rejected requests get the same JSON
error format as executed ones. When the client disconnects, the transaction in the database is terminated.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from random import getrandbits
from typing import Any, Final

import orjson

from graph_api.errors import InvalidQuery
from graph_api.execution.executor import ExecutionResult, Executor, OperationRequest
from graph_api.execution.notes import CUT
from graph_api.execution.persisted import PersistedOperations
from graph_api.export.registry import EXPORT_FORMATS
from graph_api.export.rows import left_out
from graph_api.statement import StatementRunner
from graph_api.web.admission import ConcurrencyLimiter, Overloaded
from graph_api.web.graph_state import GraphState
from graph_api.web.graphql_request import (
    CSV,
    GRAPHQL_RESPONSE_JSON,
    JSON,
    HttpError,
    Request,
    RequestHeaders,
    body_too_large,
    check_get,
    negotiate_media_type,
    read_body,
    read_headers,
    read_query_string,
    require_json_content_type,
)
from graph_api.web.request_checks import CONTROL_FLOW
from graph_api.web.request_log import RequestLog, RequestObserver
from graph_api.web.response import build_error_body, build_response_body
from graph_api.web.security_headers import HeaderList, Receive, Scope, Send

DISCONNECT_POLL_DELAY: Final = 0.05
"""Seconds after which the endpoint starts to watch for a disconnect; most responses are ready sooner."""
CONTENT_TYPES: Final = {one: one + b"; charset=utf-8" for one in (JSON, GRAPHQL_RESPONSE_JSON, CSV)}
RETRY_LATER: Final[HeaderList] = ((b"retry-after", b"1"),)

log = logging.getLogger("graph_api.web")

RequestSpan = Callable[[RequestLog], AbstractContextManager[None]]


def null_span(_request_log: RequestLog) -> AbstractContextManager[None]:
    """Trace nothing."""
    return nullcontext()


class ClientDisconnected(Exception):
    """The client closed the connection before it had the response."""


@dataclass(slots=True)
class GraphQLEndpoint:
    """Answers GraphQL requests; calls ``observe`` with the record of each completed request.

    An operation that the database has not planned before runs under the limiter ``planning`` (that of all operations if there is none), so
    that known ones never wait for it. Limiters share their places between callers, see ``caller_of``.
    """

    executor: Executor
    read: StatementRunner
    limiter: ConcurrencyLimiter
    persisted: PersistedOperations
    body_limit: int
    observe: RequestObserver
    graph: GraphState | None = None
    span: RequestSpan = null_span
    query_get: bool = True
    cors_origins: frozenset[bytes] = frozenset()
    planning: ConcurrencyLimiter | None = None
    trusted_proxies: frozenset[str] = frozenset()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        start = time.perf_counter()
        request_log = RequestLog(f"{getrandbits(64):016x}")
        cancelled: asyncio.CancelledError | None = None
        with self.span(request_log):
            try:
                media_type, extra_headers, content = await self._handle(scope, receive, request_log)
            except ClientDisconnected:
                request_log.status, request_log.code = 499, "CLIENT_LEFT"
                return
            except asyncio.CancelledError as error:
                cancelled = error
                media_type, extra_headers = JSON, RETRY_LATER
                content = self._error_response(
                    HttpError(503, "CANCELLED", "Request cancelled: the server is shutting down."), request_log
                )
            finally:
                request_log.seconds = time.perf_counter() - start
                self.observe(request_log)
        headers = [
            (b"content-type", CONTENT_TYPES[media_type]),
            (b"content-length", b"%d" % len(content)),
            (b"x-request-id", request_log.request.encode()),
            *extra_headers,
        ]
        await send({"type": "http.response.start", "status": request_log.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content})
        if cancelled is not None:
            raise cancelled

    async def run(self, operation: OperationRequest, caller: str) -> ExecutionResult:
        """Execute an operation when there is room for it. Raises HttpError (503) where there is none."""
        prepared = self.executor.prepared(operation)
        is_known = self.planning is None or (prepared is not None and prepared.is_known)
        limiter = self.limiter if is_known or self.planning is None else self.planning
        try:
            return await limiter.run(lambda: self.executor.execute(operation, self.read, prepared), caller)
        except Overloaded:
            message = "Server busy: too many concurrent operations. Retry after 1 s."
            raise HttpError(503, "OVERLOADED", message, RETRY_LATER) from None

    async def _handle(self, scope: Scope, receive: Receive, request_log: RequestLog) -> tuple[bytes, HeaderList, bytes]:
        """Return the media type of the response, its further headers and its body; set ``request_log.status``."""
        media_type = JSON
        try:
            headers = read_headers(scope["headers"])
            media_type = negotiate_media_type(headers.accept)
            if self.graph is not None:
                self.graph.check_audience()
            request = await self._read_request(scope, headers, receive)
            result = await self._execute(request, receive, request_log, caller_of(scope, self.trusted_proxies))
            if media_type == CSV and not result.errors:
                return media_type, (), self._table(result, request_log)
            media_type = GRAPHQL_RESPONSE_JSON if media_type == CSV else media_type
            request_log.status = 200 if result.executed or media_type == JSON else 400
            return media_type, (), self._response_body(result, request_log)
        except HttpError as error:
            media_type = JSON if media_type == CSV else media_type
            return media_type, error.headers, self._error_response(error, request_log)
        except ClientDisconnected:
            raise
        except CONTROL_FLOW:
            raise
        except BaseException:  # a panic is no Exception; only the log says which one
            log.exception("request %s failed", request_log.request)
            media_type = JSON if media_type == CSV else media_type
            return media_type, (), self._error_response(HttpError(500, "INTERNAL", "Internal error"), request_log)

    async def _read_request(self, scope: Scope, headers: RequestHeaders, receive: Receive) -> Request:
        if scope["method"] in {"GET", "HEAD"}:
            check_get(headers, self.cors_origins)
            return read_query_string(scope["query_string"], persisted_only=not self.query_get)
        if scope["method"] != "POST":
            allow = ((b"allow", b"GET, HEAD, POST"),)
            raise HttpError(405, "METHOD_NOT_ALLOWED", "Method not allowed. Use POST.", allow)
        require_json_content_type(headers.content_type)
        if headers.encoding != b"identity":
            raise HttpError(
                415, "UNSUPPORTED_MEDIA_TYPE", "Unsupported Content-Encoding: expected an uncompressed body."
            )
        if headers.length is not None and headers.length > self.body_limit:
            raise body_too_large(self.body_limit)
        return read_body(await self._read_body(receive))

    async def _read_body(self, receive: Receive) -> bytes:
        content = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnected
            content += message.get("body", b"")
            if len(content) > self.body_limit:
                raise body_too_large(self.body_limit)
            if not message.get("more_body"):
                return bytes(content)

    async def _execute(
        self, request: Request, receive: Receive, request_log: RequestLog, caller: str
    ) -> ExecutionResult:
        try:
            query, request_log.operation = self.persisted.resolve(request.query, request.document_id)
        except InvalidQuery as error:
            raise HttpError(400, error.code, str(error)) from None
        watcher = DisconnectWatcher(receive)
        try:
            return await self.run(OperationRequest(query, request.operation, request.variables), caller)
        except asyncio.CancelledError:
            if watcher.has_disconnected:
                raise ClientDisconnected from None
            raise
        finally:
            watcher.stop()

    def _response_body(self, result: ExecutionResult, request_log: RequestLog) -> bytes:
        limits = self.executor.planner.limits
        body = build_response_body(result, request_log.request, limits, self._graph_extensions())
        request_log.code = body["errors"][0]["extensions"]["code"] if "errors" in body else "OK"
        request_log.document = result.document.hash if result.document else ""
        if result.plan is not None:
            request_log.plan_hit, request_log.cost, request_log.rows = result.plan_hit, result.plan.cost, result.rows
            request_log.statements = result.plan.statements
        content = orjson.dumps(body)
        request_log.bytes = len(content)
        return content

    def _table(self, result: ExecutionResult, request_log: RequestLog) -> bytes:
        """Return the rows of an answer as a table. Raises HttpError where it has no such form (406) or is only a part of its list (413)."""
        self._response_body(result, request_log)
        data = result.data or {}
        cut = (one.message for one in result.notes if one.message.startswith(CUT))
        if shorter := next(cut, None) or left_out(data):
            raise HttpError(413, "LIMIT_LIST", shorter)
        try:
            content = EXPORT_FORMATS["csv"].write(data).encode()
        except InvalidQuery as error:
            raise HttpError(406, "NOT_ACCEPTABLE", str(error)) from None
        request_log.status, request_log.bytes = 200, len(content)
        return content

    def _error_response(self, error: HttpError, request_log: RequestLog) -> bytes:
        request_log.status, request_log.code = error.status, error.code
        return orjson.dumps(build_error_body(error.code, error.message, request_log.request, self._graph_extensions()))

    def _graph_extensions(self) -> Mapping[str, Any]:
        return {} if self.graph is None else self.graph.extensions


def caller_of(scope: Scope, trusted_proxies: frozenset[str]) -> str:
    """Return the address of the caller: of the connection, or the last one in X-Forwarded-For that is no trusted proxy."""
    client = scope.get("client")
    address = client[0] if client else ""
    if address not in trusted_proxies:
        return address
    forwarded = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for").decode("latin-1")
    for one in reversed([part.strip() for part in forwarded.split(",")]):
        if one and one not in trusted_proxies:
            return one
    return address


class DisconnectWatcher:
    """Cancels the current task when its client disconnects. It starts to watch after ``DISCONNECT_POLL_DELAY``."""

    def __init__(self, receive: Receive) -> None:
        loop = asyncio.get_running_loop()
        self._receive = receive
        self._request_task = asyncio.current_task()
        self._watching: asyncio.Task[None] | None = None
        self.has_disconnected = False
        self._start_timer = loop.call_later(DISCONNECT_POLL_DELAY, self._start)

    def _start(self) -> None:
        self._watching = asyncio.get_running_loop().create_task(self._until_disconnected())

    async def _until_disconnected(self) -> None:
        try:
            while (await self._receive())["type"] != "http.disconnect":
                pass
        except HttpError:
            return  # the body of a GET, which nobody reads, is not received in time
        self.has_disconnected = True
        if self._request_task is not None:
            self._request_task.cancel()

    def stop(self) -> None:
        """Stop watching."""
        self._start_timer.cancel()
        if self._watching is not None:
            self._watching.cancel()

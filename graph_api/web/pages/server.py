"""Answers requests for pages: checks the query, runs the stored operation, and sends its answer as a page, as JSON or as a table.

Logs and metrics have the template of a path, such as ``/people/{id}``, and never the path itself; what somebody searches for comes in the
body of a POST and is in no log at all.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode

import orjson
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response

from graph_api import __version__
from graph_api.errors import DatabaseError, GraphApiError, InvalidInput, InvalidQuery, QueryTimeout
from graph_api.execution.executor import ExecutionResult, OperationRequest
from graph_api.values.languages import Language
from graph_api.web.graph_state import GraphState
from graph_api.web.graphql_endpoint import GraphQLEndpoint, caller_of
from graph_api.web.graphql_request import HttpError, body_too_large
from graph_api.web.pages import responses
from graph_api.web.pages.filters import Parameter, parameters_of
from graph_api.web.pages.known import PARAMETER, VARIABLE, header_as_of, known_day, operation_as_of, page_as_of
from graph_api.web.pages.languages import LANGUAGES, Locale, locale
from graph_api.web.pages.operations import operation_in, operations
from graph_api.web.pages.page_cache import PageCache
from graph_api.web.pages.rendering import render
from graph_api.web.request_log import RequestLog
from graph_api.web.response import build_error_body, build_response_body

SEARCH_LIMIT: Final = 4096
"""Bytes of the body of a search."""
BUSY: Final = "The database did not respond in time: it is busy, or has just been started. Try again in a moment."
log = logging.getLogger("graph_api.web")

Values = Mapping[str, Any]
PageHandler = Callable[["PageRequest"], Awaitable[Response]]


@dataclass(slots=True)
class PageRequest:
    """A request for a page: the path template that logs have, the file format ("html", "json", "csv", "metadata"), and the language.

    ``known`` is the day as of which the page is asked for, None for today; ``undated_sources`` how many sources have no publication date, once an
    operation as of the day was run.
    """

    request: Request
    template: str
    format: str
    locale: Locale
    request_log: RequestLog = field(default_factory=lambda: RequestLog(secrets.token_hex(8)))
    known: str | None = None
    undated_sources: int | None = None
    operation: tuple[str, Values] | None = None
    """The first operation that was run for it, with its variables."""

    @property
    def query(self) -> Sequence[tuple[str, str]]:
        """The parameters of the query string, in order, without the day as of which it is asked for. Raises InvalidQuery."""
        return [one for one in self.parameters if one[0] != PARAMETER]

    @property
    def parameters(self) -> Sequence[tuple[str, str]]:
        """All parameters of the query string, in order. Raises InvalidQuery."""
        try:
            return parse_qsl(
                self.request.scope["query_string"].decode(),
                strict_parsing=False,
                keep_blank_values=True,
                max_num_fields=100,
            )
        except ValueError:
            raise InvalidQuery("Invalid query string: expected at most 100 parameters in UTF-8.") from None

    @property
    def path(self) -> str:
        """The path of the page without language and extension."""
        path: str = self.request.scope["path"].removeprefix(self.locale.prefix)
        return path.removesuffix(".csv-metadata.json").removesuffix(f".{self.format}") or "/"


@dataclass(frozen=True, slots=True)
class PageServer:
    """What pages are made with: the endpoint that runs operations, the graph that it serves, and limits."""

    endpoint: GraphQLEndpoint
    graph: GraphState
    page_limit: int
    cache: PageCache
    is_indexed: bool = False
    served: frozenset[str] = frozenset()
    """Paths of the lists that pages link to."""
    has_graphiql: bool = False
    operator: str = ""
    contact: str = ""
    """Who runs this edition and where to write about it, for documents."""

    def parameters(self, filter_type: str) -> dict[str, Parameter]:
        """Return the query parameters of a filter."""
        return parameters_of(self.endpoint.executor.schema, filter_type)

    async def answer(self, asked: PageRequest, respond: PageHandler) -> Response:
        """Return the response, or an error in the format that was asked for; observe the request."""
        start = time.perf_counter()
        request_log = asked.request_log
        request_log.operation = f"page {asked.template}"
        try:
            self.graph.check_audience()
            asked.known = known_day(asked.parameters)
            response = await respond(asked)
            request_log.status, request_log.code = response.status_code, "OK"
        except HttpError as error:
            response = self.error(asked, error)
        except InvalidInput as error:
            response = self.error(asked, HttpError(400, error.code, str(error)))
        finally:
            request_log.seconds = time.perf_counter() - start
            self.endpoint.observe(request_log)
        response.headers["X-Request-Id"] = request_log.request
        for name in ("Location", "Link"):
            if asked.known is not None and name in response.headers:
                response.headers[name] = header_as_of(response.headers[name], asked.known)
        return response

    async def run(self, asked: PageRequest, operation: str, variables: Values) -> dict[str, Any]:
        """Return the response body of a stored operation. Raises HttpError where it has errors."""
        return await self.run_text(asked, operations()[operation], variables)

    async def run_text(self, asked: PageRequest, text: str, variables: Values) -> dict[str, Any]:
        """Return the response body of an operation. Raises HttpError where it has errors."""
        request_log = asked.request_log
        caller = caller_of(asked.request.scope, self.endpoint.trusted_proxies)
        text = operation_in(text, Language[asked.locale.language.name])
        if asked.known is not None:
            text, variables = operation_as_of(text), {**variables, VARIABLE: asked.known}
        asked.operation = asked.operation or (text, variables)
        result = await self.endpoint.run(OperationRequest(text, None, variables, is_stored=True), caller)
        if result.as_of is not None:
            asked.undated_sources = result.as_of["undatedSources"]
        if result.plan is not None:
            request_log.plan_hit, request_log.cost, request_log.rows = result.plan_hit, result.plan.cost, result.rows
            request_log.statements = result.plan.statements
        if result.errors:
            raise _http_error(result.errors[0], request_log.request)
        return self.body(asked, result)

    def body(self, asked: PageRequest, result: ExecutionResult) -> dict[str, Any]:
        """Return the response body, as the GraphQL endpoint would."""
        limits = self.endpoint.executor.planner.limits
        return build_response_body(result, asked.request_log.request, limits, self.graph.extensions)

    def tag(self, asked: PageRequest) -> str | None:
        """Return the entity tag of a response; None where the content of the graph is not known."""
        if self.graph.snapshot is None:
            return None
        today = datetime.now(UTC).date()
        query = urlencode(asked.query)
        parts = (
            self.graph.snapshot,
            self.graph.audience,
            asked.locale.language,
            asked.format,
            asked.path,
            query,
            today,
            asked.known or "",
            self.graph.loading or "",
        )
        return responses.entity_tag(*parts)

    def headers(self, asked: PageRequest, *, is_about_people: bool) -> dict[str, str]:
        """Return the headers that depend on the page."""
        found = {"Content-Language": asked.locale.language.value, "Vary": "Accept-Encoding"}
        if (is_about_people and not self.is_indexed) or asked.known is not None:
            found |= responses.NO_INDEX
        tag = self.tag(asked)
        return found if tag is None else found | {"ETag": tag}

    def html(
        self, asked: PageRequest, template: str, values: Values, *, is_about_people: bool, status: int = 200
    ) -> Response:
        """Return a page."""
        page = render(
            template, asked.locale.language, {**self.frame(asked), "is_about_people": is_about_people, **values}
        )
        content = (page if asked.known is None else page_as_of(page, asked.known)).encode()
        asked.request_log.bytes = len(content)
        headers = self.headers(asked, is_about_people=is_about_people) if status == 200 else dict(responses.NO_INDEX)
        return Response(content, status, {**responses.HEADERS, **headers}, responses.HTML)

    def frame(self, asked: PageRequest) -> dict[str, Any]:
        """Return what every page shows around its content."""
        path, query = asked.path, asked.request.scope["query_string"].decode("latin-1")
        return {
            "path": path,
            "query": f"?{query}" if query else "",
            "prefix": asked.locale.prefix,
            "language": asked.locale.language.value,
            "alternates": [(one.value, locale(one).prefix) for one in LANGUAGES],
            "audience": self.graph.audience or "public",
            "snapshot": self.graph.snapshot,
            "known_to": self.graph.known_to,
            "loading": self.graph.loading,
            "known": asked.known,
            "undated_sources": asked.undated_sources,
            "query_today": f"?{urlencode(asked.query)}" if asked.known is not None and asked.query else "",
            "version": __version__,
            "is_indexed": self.is_indexed,
            "served": self.served,
            "graphql_href": _graphql_link(asked.operation) if self.has_graphiql else None,
        }

    def error(self, asked: PageRequest, error: HttpError) -> Response:
        """Return an error: a page for readers, JSON for programs."""
        asked.request_log.status, asked.request_log.code = error.status, error.code
        asked.operation = None  # a page for an unknown id is the same as for an unknown path
        if asked.format == "html":
            values = {"status": error.status, "message": error.message, "request_id": asked.request_log.request}
            response = self.html(asked, "error", values, is_about_people=True, status=error.status)
        else:
            body = build_error_body(error.code, error.message, asked.request_log.request, self.graph.extensions)
            response = responses.json_response(body, error.status, responses.NO_INDEX)
        response.headers.update({name.decode(): value.decode() for name, value in error.headers})
        return response


def _graphql_link(operation: tuple[str, Values] | None) -> str:
    """Return the address of GraphiQL with an operation and its variables in the fragment, which no server and no log gets."""
    if operation is None:
        return "/graphiql"
    text, variables = operation
    given = orjson.dumps(variables, option=orjson.OPT_INDENT_2).decode() if variables else ""
    return f"/graphiql#{urlencode({'q': text, 'v': given}, quote_via=quote)}"


def _http_error(error: GraphQLError, request_id: str) -> HttpError:
    """Return a GraphQL error as one of HTTP; only the log says what an internal one was."""
    cause: BaseException | None = error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    match cause:
        case InvalidInput():
            return HttpError(400, cause.code, str(cause))
        case QueryTimeout():  # readers cannot request less of a page
            return HttpError(503, cause.code, BUSY, ((b"retry-after", b"5"),))
        case DatabaseError():
            return HttpError(503, cause.code, str(cause), ((b"retry-after", b"1"),))
        case GraphApiError():
            return HttpError(500, cause.code, str(cause))
        case None | ValueError():
            return HttpError(400, "BAD_USER_INPUT", error.message)
        case _:
            log.error("request %s failed", request_id, exc_info=cause)
            return HttpError(500, "INTERNAL", "Internal error")


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form in the body of a request. Raises HttpError."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/x-www-form-urlencoded":
        raise HttpError(
            415, "UNSUPPORTED_MEDIA_TYPE", "Unsupported Content-Type: expected application/x-www-form-urlencoded."
        )
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > SEARCH_LIMIT:
            raise body_too_large(SEARCH_LIMIT)
    try:
        return dict(parse_qsl(content.decode(), max_num_fields=20))
    except ValueError:
        raise HttpError(400, "BAD_REQUEST", "Invalid form: expected fields in UTF-8.") from None

"""GraphQL over HTTP: which request gets which status and media type, and whether there is data; no database is asked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from graph_api import __version__
from graph_api.execution.executor import Executor
from graph_api.execution.persisted import PersistedOperations
from graph_api.schema.build import build_schema
from graph_api.statement import Statement
from graph_api.web.admission import ConcurrencyLimiter
from graph_api.web.graphql_endpoint import GraphQLEndpoint
from graph_api.web.graphql_request import HttpError, negotiate_media_type
from graph_api.web.request_log import RequestLog

JSON = "application/json"
RESPONSE = "application/graphql-response+json"
GOOD = "{ __typename }"
ONE_OF_TWO = "query A { __typename } query B($n: Boolean! = true) { b: __typename @include(if: $n) }"
KNOWN = "query Known($yes: Boolean = true) { __typename @include(if: $yes) }"
HASH = hashlib.sha256(KNOWN.encode()).hexdigest()
BY_HASH = {"persistedQuery": {"version": 1, "sha256Hash": HASH}}
BY_HASH_OF_GOOD = {"persistedQuery": {"version": 1, "sha256Hash": hashlib.sha256(GOOD.encode()).hexdigest()}}
UNKNOWN = {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}
EXECUTOR = Executor(build_schema())


@dataclass(frozen=True)
class Case:
    """A request, and what comes of it: status, code of the error (none: there is data), media type."""

    what: str
    status: int
    code: str = ""
    body: Any = field(default_factory=lambda: {"query": GOOD})
    kind: str = JSON
    method: str = "POST"
    accept: str | None = None
    content_type: str | None = JSON
    headers: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    only: bool = False
    query_get: bool = True


def invalid(what: str, code: str, query: str, **more: Any) -> list[Case]:
    """Return a request that is well made and a document that is not: 400 for who knows of it, 200 for who asks plain JSON."""
    body = {"query": query, **more}
    return [
        Case(f"{what}, {RESPONSE}", 400, code, body, RESPONSE, accept=RESPONSE),
        Case(f"{what}, {JSON}", 200, code, body, JSON, accept=JSON),
    ]


def malformed(what: str, body: Any) -> list[Case]:
    """Return a request that is none: 400 whatever is asked for."""
    return [Case(f"{what}, {kind}", 400, "BAD_REQUEST", body, kind, accept=kind) for kind in (JSON, RESPONSE)]


def get(what: str, status: int, code: str = "", **query: Any) -> Case:
    given = {name: one if isinstance(one, str) else json.dumps(one) for name, one in query.items()}
    return Case(what, status, code, method="GET", query=given, content_type=None, accept=JSON)


CASES = [
    Case("the least that is right", 200),
    # ── what is sent
    Case("with a charset", 200, content_type="application/json; charset=utf-8"),
    Case("with a charset in capitals and quotes", 200, content_type='Application/JSON;Charset="UTF-8"'),
    Case("Latin 1", 415, "UNSUPPORTED_MEDIA_TYPE", content_type="application/json; charset=iso-8859-1"),
    Case("UTF-16", 415, "UNSUPPORTED_MEDIA_TYPE", content_type="application/json; charset=utf-16"),
    Case("a form", 415, "UNSUPPORTED_MEDIA_TYPE", content_type="application/x-www-form-urlencoded"),
    Case("a form with files", 415, "UNSUPPORTED_MEDIA_TYPE", content_type="multipart/form-data; boundary=x"),
    Case("plain text, as a page of somebody else could send", 415, "UNSUPPORTED_MEDIA_TYPE", content_type="text/plain"),
    Case("a bare document", 415, "UNSUPPORTED_MEDIA_TYPE", content_type="application/graphql"),
    Case("no content type", 415, "UNSUPPORTED_MEDIA_TYPE", content_type=None),
    Case("an odd content type", 415, "UNSUPPORTED_MEDIA_TYPE", content_type=";;;"),
    Case("a compressed body", 415, "UNSUPPORTED_MEDIA_TYPE", headers={"content-encoding": "gzip"}),
    Case("a body declared as uncompressed", 200, headers={"content-encoding": "Identity"}),
    # ── what is wanted
    Case("no Accept", 200),
    Case("anything", 200, accept="*/*"),
    Case("anything of an application", 200, accept="application/*"),
    Case("the new type", 200, kind=RESPONSE, accept=RESPONSE),
    Case("the new type with a charset", 200, kind=RESPONSE, accept=f"{RESPONSE}; charset=utf-8"),
    Case("JSON with a charset", 200, accept=f"{JSON}; charset=utf-8"),
    Case("both, the new type first", 200, kind=RESPONSE, accept=f"{RESPONSE}, {JSON}"),
    Case("both, JSON first", 200, accept=f"{JSON}, {RESPONSE}"),
    Case("both, the new type more", 200, kind=RESPONSE, accept=f"{JSON};q=0.5, {RESPONSE};q=0.9"),
    Case("both, JSON more", 200, accept=f"{RESPONSE};q=0.5, {JSON}"),
    Case("as the specification proposes it", 200, kind=RESPONSE, accept=f"{RESPONSE}, {JSON};q=0.9"),
    Case("anything but JSON", 200, kind=RESPONSE, accept=f"*/*, {JSON};q=0"),
    Case("anything but the new type", 200, accept=f"{RESPONSE};q=0, */*"),
    Case("what a browser sends", 200, accept="text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
    Case("HTML only", 406, "NOT_ACCEPTABLE", accept="text/html"),
    Case("JSON, and not at all", 406, "NOT_ACCEPTABLE", accept=f"{JSON};q=0"),
    Case("JSON in Latin 1", 406, "NOT_ACCEPTABLE", accept=f"{JSON}; charset=iso-8859-1"),
    Case("a weight that is none", 406, "NOT_ACCEPTABLE", accept=f"{JSON};q=much"),
    Case("a weight beyond all", 406, "NOT_ACCEPTABLE", accept=f"{JSON};q=inf"),
    Case("an odd Accept", 406, "NOT_ACCEPTABLE", accept=",;=,"),
    Case("an Accept of 5 kB", 431, "BAD_REQUEST", accept="*/*," * 1250),
    # ── methods
    *(
        Case(f"{method} {accept}", 405, "METHOD_NOT_ALLOWED", method=method, accept=accept, kind=accept or JSON)
        for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "BREW")
        for accept in (None, RESPONSE)
    ),
    # ── bodies
    *malformed("nothing", b""),
    *malformed("no JSON", b'{"query"'),
    *malformed("no object", "query"),
    *malformed("null", None),
    *malformed("a number", 1),
    *malformed("a batch", [{"query": GOOD}]),
    *malformed("an empty batch", []),
    *malformed("no query", {}),
    *malformed("another word", {"qeury": GOOD}),
    *(
        case
        for name in ("query", "operationName", "documentId")
        for wrong in (1, 1.5, True, ["x"], {"x": 1})
        for case in malformed(f"{name}: {wrong}", {"query": GOOD, name: wrong})
    ),
    *(
        case
        for name in ("variables", "extensions")
        for wrong in (1, True, "x", "{}", [1])
        for case in malformed(f"{name}: {wrong}", {"query": GOOD, name: wrong})
    ),
    *(Case(f"{name}: null", 200, body={"query": GOOD, name: None}) for name in ("variables", "operationName", "extensions")),
    Case("empty objects", 200, body={"query": GOOD, "variables": {}, "extensions": {}}),
    Case("an empty name", 200, body={"query": GOOD, "operationName": ""}),
    Case("an unknown key", 200, body={"query": GOOD, "more": 1}),
    Case("one of two operations", 200, body={"query": ONE_OF_TWO, "operationName": "B"}),
    Case("a variable", 200, body={"query": ONE_OF_TWO, "operationName": "B", "variables": {"n": True}}),
    # ── documents
    *invalid("no document", "GRAPHQL_PARSE_FAILED", "{"),
    *invalid("an empty document", "GRAPHQL_PARSE_FAILED", ""),
    *invalid("a field that is not there", "GRAPHQL_VALIDATION_FAILED", "{ nope }"),
    *invalid("no operation", "GRAPHQL_VALIDATION_FAILED", "fragment F on Query { __typename }"),
    *invalid("an operation that is not there", "GRAPHQL_VALIDATION_FAILED", GOOD, operationName="nope"),
    *invalid("two operations and no name", "GRAPHQL_VALIDATION_FAILED", ONE_OF_TWO),
    *invalid("a mutation", "GRAPHQL_VALIDATION_FAILED", "mutation { __typename }"),
    *invalid("a subscription", "GRAPHQL_VALIDATION_FAILED", "subscription { __typename }"),
    *invalid(
        "a variable of the wrong type", "GRAPHQL_VALIDATION_FAILED", ONE_OF_TWO, operationName="B", variables={"n": "x"}
    ),
    *invalid("a variable that must be", "GRAPHQL_VALIDATION_FAILED", "query($n: Int!) { people(first: $n) { totalCount } }"),
    *invalid("too deep", "LIMIT_DEPTH", "{" + "a{" * 30 + "a" + "}" * 31),
    # ── GET
    get("a document by GET", 200, query=GOOD),
    get("one of two operations by GET", 200, query=ONE_OF_TWO, operationName="B", variables={"n": True}),
    get("a document and its hash by GET", 200, query=KNOWN, extensions=BY_HASH),
    get("a mutation by GET", 200, "GRAPHQL_VALIDATION_FAILED", query="mutation { __typename }"),
    replace(get("a document where GET is off", 405, "METHOD_NOT_ALLOWED", query=GOOD), query_get=False),
    replace(get("a document and its hash where GET is off", 405, "METHOD_NOT_ALLOWED", query=KNOWN, extensions=BY_HASH), query_get=False),
    replace(get("a persisted operation where GET is off", 200, extensions=BY_HASH), query_get=False),
    *(
        replace(get(f"GET with Accept {accept}", 406, "NOT_ACCEPTABLE", query=GOOD), accept=accept)
        for accept in (None, "*/*", "application/*", "text/html,application/xhtml+xml,*/*;q=0.8", "image/avif,*/*")
    ),
    replace(get("GET with Accept of the new type", 200, query=GOOD), accept=RESPONSE, kind=RESPONSE),
    replace(get("GET of another site", 403, "ORIGIN_NOT_ALLOWED", query=GOOD), headers={"sec-fetch-site": "cross-site"}),
    replace(
        get("GET of another origin", 403, "ORIGIN_NOT_ALLOWED", query=GOOD),
        headers={"sec-fetch-site": "cross-site", "origin": "https://other.example"},
    ),
    replace(
        get("GET of an allowed origin", 200, query=GOOD),
        headers={"sec-fetch-site": "cross-site", "origin": "https://app.example"},
    ),
    replace(get("GET of the page itself", 200, query=GOOD), headers={"sec-fetch-site": "same-origin"}),
    get("nothing by GET", 400, "BAD_REQUEST"),
    get("a persisted operation by GET", 200, extensions=BY_HASH),
    get("a persisted operation by its id", 200, documentId=f"sha256:{HASH}"),
    get("a persisted operation with variables", 200, extensions=BY_HASH, variables={"yes": True}, operationName="Known"),
    get("an unknown hash by GET", 400, "PERSISTED_QUERY_NOT_SUPPORTED", extensions=UNKNOWN),
    get("variables that are no JSON", 400, "BAD_REQUEST", extensions=BY_HASH, variables="{"),
    get("variables that are no object", 400, "BAD_REQUEST", extensions=BY_HASH, variables=[1]),
    get("extensions that are no object", 400, "BAD_REQUEST", extensions="[]"),
    # ── persisted operations
    Case("a hash", 200, body={"extensions": BY_HASH}),
    Case("a hash and its document", 200, body={"query": KNOWN, "extensions": BY_HASH}),
    Case("a hash and another document", 400, "BAD_REQUEST", body={"query": GOOD, "extensions": BY_HASH}),
    Case("an unknown hash", 400, "PERSISTED_QUERY_NOT_SUPPORTED", body={"extensions": UNKNOWN}),
    Case("an unknown hash, and a document of another one", 400, "BAD_REQUEST", body={"query": GOOD, "extensions": UNKNOWN}),
    Case("an unknown hash, and its document", 200, body={"query": GOOD, "extensions": BY_HASH_OF_GOOD}),
    Case("a hash that is no text", 400, "BAD_REQUEST", body={"extensions": {"persistedQuery": {"sha256Hash": 1}}}),
    Case("a persisted query that is no object", 400, "BAD_REQUEST", body={"extensions": {"persistedQuery": "x"}}),
    Case("persisted only: a hash", 200, body={"extensions": BY_HASH}, only=True),
    Case("persisted only: its document", 200, body={"query": KNOWN}, only=True),
    Case("persisted only: another document", 400, "PERSISTED_QUERY_REQUIRED", only=True),
    Case("persisted only: another document and its hash", 400, "PERSISTED_QUERY_REQUIRED", body={"query": GOOD, "extensions": BY_HASH_OF_GOOD}, only=True),
    Case("persisted only: introspection", 400, "PERSISTED_QUERY_REQUIRED", body={"query": "{ __schema { types { name } } }"}, only=True),
]  # fmt: skip


async def no_database(statements: Sequence[Statement]) -> Sequence[Any]:
    raise AssertionError(f"the database was asked: {[one.name for one in statements]}")


def endpoint(observed: list[RequestLog], *, only: bool = False, query_get: bool = True) -> GraphQLEndpoint:
    limiter = ConcurrencyLimiter(max_concurrent=2, max_queued=2, queue_timeout=1)
    persisted = PersistedOperations({HASH: KNOWN}, only, {KNOWN: "Known"})
    origins = frozenset({b"https://app.example"})
    return GraphQLEndpoint(
        EXECUTOR, no_database, limiter, persisted, 100_000, observed.append, query_get=query_get, cors_origins=origins
    )


@pytest.fixture
def observed() -> Iterator[list[RequestLog]]:
    found: list[RequestLog] = []
    yield found
    assert len(found) == 1
    assert found[0].status


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.what))
def test_a_request_gets_its_status_its_media_type_and_data_or_a_code(case: Case, observed: list[RequestLog]) -> None:
    content = case.body if isinstance(case.body, bytes) else json.dumps(case.body).encode()
    client = TestClient(endpoint(observed, only=case.only, query_get=case.query_get))
    del client.headers["accept"]
    headers = {"accept": case.accept, "content-type": case.content_type, **case.headers}
    response = client.request(
        case.method,
        "/graphql",
        content=None if case.method == "GET" else content,
        headers={name: value for name, value in headers.items() if value is not None},
        params=case.query,
    )
    assert response.status_code == case.status, response.text
    assert response.headers["content-type"] == f"{case.kind}; charset=utf-8"
    assert response.headers["x-request-id"] == observed[0].request
    assert observed[0].code == (case.code or "OK")
    if case.status == 405:
        assert response.headers["allow"] in {"GET, HEAD, POST", "POST"}
    if case.method == "HEAD":
        assert response.content == b""
        return
    body = response.json()
    if not case.code:
        assert body["data"]
        assert "errors" not in body
        assert body["extensions"]["version"] == __version__
        return
    assert "data" not in body
    [error] = body["errors"]
    assert error["message"]
    assert body["extensions"] == {"version": __version__, "requestId": observed[0].request}
    assert error["extensions"] == {"code": case.code, "requestId": observed[0].request}


@pytest.mark.parametrize(
    "query",
    ["extensions=%ff%fe", "a", "&&", "extensions={}", "extensions=NaN", "documentId=" + "a" * 20_000, "extensions=" + "[" * 9000],
)  # fmt: skip
def test_a_query_string_that_is_none_is_a_bad_request(query: str, observed: list[RequestLog]) -> None:
    response = TestClient(endpoint(observed)).get(f"/graphql?{query}", headers={"accept": JSON})
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] in {"BAD_REQUEST", "PERSISTED_QUERY_NOT_SUPPORTED"}


def test_several_accept_headers_are_one() -> None:
    with pytest.raises(HttpError):
        negotiate_media_type(b"text/html")
    assert negotiate_media_type(b"text/html,application/json") == b"application/json"


def test_an_unexpected_error_is_an_internal_error_and_only_the_log_has_the_details(
    observed: list[RequestLog], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(EXECUTOR.planner, "parse", broken)
    response = TestClient(endpoint(observed)).post("/graphql", json={"query": "{ hidden }"})
    assert response.status_code == 500
    [error] = response.json()["errors"]
    assert error == {"message": "Internal error", "extensions": {"code": "INTERNAL", "requestId": observed[0].request}}
    assert "secret" in caplog.text
    assert observed[0].request in caplog.text
    assert "hidden" not in caplog.text

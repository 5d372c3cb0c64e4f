"""Hostile bodies and headers: each gets a JSON response, as an invalid request or as an operation that finds nothing.

Over the application, and over a real socket with the server as ``serve`` runs it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from graph_api.cli.serve import server_config
from graph_api.embedded.bolt_probe import free_port
from graph_api.settings import Settings
from graph_api.web import http_protocol, logs
from graph_api.web.app import create_app
from graph_api.web.security_headers import SECURITY_HEADERS
from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live

MARK = "zq7mark"
PERSON = "query($id: ID!) { person(id: $id) { name } }"
PEOPLE = "query($w: PersonFilter, $n: Int) { people(where: $w, first: $n) { totalCount } }"
EXPECTED_HEADERS = {name.decode() for name, _ in SECURITY_HEADERS}
ROUTES = ("/graphql", "/livez", "/readyz", "/metrics", "/nothing", "/graphiql", "/graphiql/assets/nothing", "/")


def sent(query: str, variables: str = "{}") -> bytes:
    return f'{{"query": {json.dumps(query)}, "variables": {variables}}}'.encode()


def deep(size: int, opening: str, closing: str, inside: str = "1") -> str:
    return opening * size + inside + closing * size


BODIES: dict[str, tuple[bytes, set[int]]] = {
    "invalid UTF-8": (b'{"query": "{ \xff }"}', {400}),
    "half of a character": (b'{"query": "\xd0"}', {400}),
    "an encoded surrogate": (b'{"query": "\xed\xa0\x80"}', {400}),
    "UTF-16": ('{"query": "{ __typename }"}'.encode("utf-16"), {400}),
    "UTF-8 with a mark in front": (b'\xef\xbb\xbf{"query": "{ __typename }"}', {400}),
    "NaN": (sent(PEOPLE, '{"n": NaN}'), {400}),
    "Infinity": (sent(PEOPLE, '{"n": Infinity}'), {400}),
    "1e400": (sent(PEOPLE, '{"n": 1e400}'), {400}),
    "1e300": (sent(PEOPLE, '{"n": 1e300}'), {200}),
    "a whole number of 100,000 digits": (sent(PEOPLE, f'{{"n": {"9" * 100_000}}}'), {400}),
    "a fraction of 100,000 digits": (sent(PEOPLE, f'{{"n": 0.{"9" * 100_000}}}'), {200, 400}),
    "a whole number of 64 bits": (sent(PEOPLE, f'{{"n": {2**64}}}'), {200}),
    "an id of 100 digits": (sent(PERSON, f'{{"id": {"9" * 100}}}'), {200}),
    "a number of 100,000 digits in the document": (sent(f"{{ people(first: {'9' * 90_000}) {{ totalCount }} }}"), {200}),
    "NUL in the document": (sent('{ person(id: "a\x00b") { name } }'), {200}),
    "NUL between words": (sent("{ person\x00 }"), {200}),
    "NUL in a variable": (sent(PERSON, '{"id": "a\\u0000b"}'), {200}),
    "a raw NUL": (b'{"query": "\x00"}', {400}),
    "half of a pair, escaped in the document": (sent('{ person(id: "\\ud800") { name } }'), {200}),
    "half of a pair, escaped in JSON": (b'{"query": "{ person(id: \\"\\ud800\\") { name } }"}', {400}),
    "half of a pair in a variable": (sent(PERSON, '{"id": "\\ud800"}'), {400}),
    "the other half in a variable": (sent(PERSON, '{"id": "\\udfff x"}'), {400}),
    "half of a pair in a name": (sent(PERSON, '{"\\ud800": 1}'), {400}),
    "JSON 100,000 deep": (deep(100_000, "[", "]").encode(), {400}),
    "JSON 100,000 deep that does not end": (b"[" * 100_000, {400}),
    "objects 100,000 deep": (deep(100_000, '{"a":', "}").encode(), {400}),
    "variables 100,000 deep": (sent(PEOPLE, '{"w": ' + deep(100_000, '{"not":', "}", "{}") + "}"), {400}),
    "variables 1000 deep": (sent(PEOPLE, '{"w": ' + deep(1000, '{"not":', "}", "{}") + "}"), {200, 400}),
    "variables 300 deep": (sent(PEOPLE, '{"w": ' + deep(300, '{"not":', "}", "{}") + "}"), {200}),
    "variables 100 deep": (sent(PEOPLE, '{"w": ' + deep(100, '{"and":[', "]}", "{}") + "}"), {200}),
    "lists 500 deep": (sent(PEOPLE, '{"w": ' + deep(500, "[", "]", "{}") + "}"), {200}),
    "variables that are not declared, 500 deep": (sent("{ __typename }", '{"w": ' + deep(500, "[", "]") + "}"), {200}),
    "extensions 500 deep": (b'{"query": "{ __typename }", "extensions": {"a": ' + deep(500, "[", "]").encode() + b"}}", {200}),
    "one word twice": (b'{"query": "{ nope }", "query": "{ __typename }"}', {200}),
    "nothing": (b"", {400}),
    "white space": (b" " * 90_000, {400}),
    "a line break in the name": (b'{"query": "query A { __typename }", "operationName": "A\\r\\nSet-Cookie: a=b"}', {200}),
    "a name of 900 kB": (sent("query A { __typename }")[:-1] + b', "operationName": "' + b"a" * 900_000 + b'"}', {200}),
    "an id of 900 kB": (sent(PERSON, json.dumps({"id": "a" * 900_000})), {200}),
    "a date of 900 kB": (sent("query($d: Date) { people(where: {born: {from: $d}}) { totalCount } }", json.dumps({"d": "9" * 900_000})), {200}),
    "60,000 variables that are not declared": (sent("{ __typename }", json.dumps({f"v{n}": 1 for n in range(60_000)})), {200}),
    "a condition 3000 times": (sent(PEOPLE, json.dumps({"w": {"or": [{"name": {"contains": "x"}}] * 3000}})), {200}),
    "20 MB": (b'{"query": "' + b"a" * 20_000_000 + b'"}', {413}),
    "20 MB of nothing": (b" " * 20_000_000, {413}),
    "a compressed body": (zlib.compress(sent("{ __typename }")), {400}),
    "XML": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', {400}),
    "prototypes": (b'{"__proto__": {"query": "{ __typename }"}, "constructor": 1}', {400}),
}  # fmt: skip


@pytest.fixture(scope="module")
def client(real_seeds: LiveGraph) -> Iterator[TestClient]:
    with TestClient(create_app(real_seeds.store, Settings(log="all", allowed_hosts=("testserver",)))) as client:
        yield client


def leaks(text: str) -> list[str]:
    return [one for one in ("Traceback", 'File "', "graph_api", "orjson", "MATCH (", "neo4j", "bolt://") if one in text]


@pytest.mark.parametrize("what", BODIES)
def test_a_hostile_body_is_answered_in_json_and_never_logged(
    what: str, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    content, statuses = BODIES[what]
    caplog.set_level(logging.DEBUG, "graph_api")
    start = time.perf_counter()
    response = client.post("/graphql", content=content, headers={"content-type": "application/json"})
    assert time.perf_counter() - start < 5
    assert response.status_code in statuses, response.text[:500]
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    body = response.json()
    assert response.status_code == 200 or body["errors"][0]["extensions"]["code"] in {"BAD_REQUEST", "LIMIT_BODY"}
    assert not leaks(response.text)
    assert len(response.content) < 5000
    assert not [one for one in body.get("errors", ()) if one["extensions"]["code"] in {"INTERNAL", "DB_UNAVAILABLE"}]
    assert "Set-Cookie" not in response.headers
    lines = [logs.JsonFormatter().format(record) for record in caplog.records if record.name.startswith("graph_api")]
    assert len(lines) == 1
    assert len(lines[0]) < 500


def test_neither_question_nor_values_nor_names_are_logged(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "graph_api")
    for query, variables in (
        (f"query {MARK}($id: ID!) {{ {MARK}: person(id: $id) {{ name }} }}", {"id": MARK}),
        (f"query {MARK}($w: WhenFilter) {{ people(where: {{born: $w}}) {{ totalCount }} }}", {"w": {"from": MARK}}),
        (f'{{ people(after: "{MARK}") {{ totalCount }} }}', {}),
        (f"{{ {MARK} }}", {}),
        (f'{{ "{MARK}" }}', {}),
    ):
        client.post("/graphql", json={"query": query, "variables": variables, "operationName": None})
    client.post("/graphql", json={"query": "{ __typename }", "operationName": f"{MARK}\r\n"})
    client.post("/graphql", content=f'{{"{MARK}'.encode(), headers={"content-type": "application/json"})
    client.get(f"/graphql?query={MARK}")
    client.get(f"/{MARK}")
    logged = "\n".join(
        logs.JsonFormatter().format(record) for record in caplog.records if record.name.startswith("graph_api")
    )
    assert len(logged.splitlines()) == 8
    assert MARK not in logged


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "DELETE"])
def test_every_response_of_every_route_has_security_headers(client: TestClient, route: str, method: str) -> None:
    response = client.request(method, route, follow_redirects=False)
    assert not EXPECTED_HEADERS - set(response.headers)
    assert "server" not in response.headers
    assert "x-powered-by" not in response.headers
    if "graphiql" not in route and route != "/":
        assert response.headers["content-security-policy"].startswith("default-src 'none'")


# ── over a socket ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def port(real_seeds: LiveGraph) -> Iterator[int]:
    """Serve as ``serve`` does, but for its signals."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(http_protocol, "HEADER_TIMEOUT", 1.0)
        patched.setattr(http_protocol, "BODY_TIMEOUT", 1.0)
        config = server_config(real_seeds.store, Settings(log="none"))
        config.timeout_keep_alive = 3
        with served(config) as chosen:
            yield chosen


@contextlib.contextmanager
def served(config: uvicorn.Config) -> Iterator[int]:
    """Run a server in a thread, without its signal handlers; yields its port."""
    chosen = free_port()
    server = uvicorn.Server(config)
    listening = socket.create_server(("127.0.0.1", chosen))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])))
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    yield chosen
    server.should_exit = True
    thread.join(30)
    listening.close()


def raw(port: int, *pieces: bytes, pause: float = 0.0) -> bytes:
    """Send bytes and return all that comes until the server closes or nothing comes for a while."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as talk:
        try:
            for piece in pieces:
                talk.sendall(piece)
                time.sleep(pause)
        except OSError:
            pass  # the server answered before it had heard all
        found = b""
        try:
            while data := talk.recv(65536):
                found += data
                body = found.partition(b"\r\n\r\n")[2]
                if b'"}}]}' in body[-20:] or b'"data"' in body:
                    break
        except OSError:
            pass
    return found


def head(length: int | None = None, *more: bytes, path: bytes = b"/graphql") -> bytes:
    lines = [b"POST " + path + b" HTTP/1.1", b"Host: localhost", b"Content-Type: application/json", *more]
    if length is not None:
        lines.append(b"Content-Length: %d" % length)
    return b"\r\n".join(lines) + b"\r\n\r\n"


def chunks(size: int, many: int) -> Iterator[bytes]:
    for _ in range(many):
        yield b"%x\r\n" % size + b"a" * size + b"\r\n"
    yield b"0\r\n\r\n"


GOOD = b'{"query": "{ __typename }"}'
RAW: dict[str, tuple[Any, set[int]]] = {
    "a question": (lambda: [head(len(GOOD)), GOOD], {200}),
    "a question in chunks": (lambda: [head(None, b"Transfer-Encoding: chunked"), b"1b\r\n" + GOOD + b"\r\n0\r\n\r\n"], {200}),
    "20 MB": (lambda: [head(20_000_000), *[b"a" * 1_000_000] * 20], {413}),
    "20 MB in chunks": (lambda: [head(None, b"Transfer-Encoding: chunked"), *chunks(100_000, 200)], {413}),
    "20 MB announced and never sent": (lambda: [head(20_000_000)], {413}),
    "2 MB that a client asks leave for": (lambda: [head(2_000_000, b"Expect: 100-continue")], {413}),
    "a negative length": (lambda: [head(None, b"Content-Length: -1")], {400}),
    "two lengths": (lambda: [head(5, b"Content-Length: 6"), GOOD], {400}),
    "a length of 10,000 digits": (lambda: [head(None, b"Content-Length: " + b"9" * 10_000)], {400}),
    "length and chunks, as smugglers do": (lambda: [head(5, b"Transfer-Encoding: chunked"), b"0\r\n\r\nGET / HTTP/1.1\r\n\r\n"], {400}),
    "a header of 200 kB": (lambda: [head(2, b"X-Long: " + b"a" * 200_000), b"{}"], {431, 400}),
    "a header that never ends": (lambda: [b"POST /graphql HTTP/1.1\r\nX-Long: ", *[b"a" * 20_000] * 20], {431}),
    "headers that never end": (lambda: [b"POST /graphql HTTP/1.1\r\n", *[b"X-Many: a\r\n" * 1000] * 20], {431}),
    "an address of 1 MB": (lambda: [b"GET /graphql?query=", *[b"a" * 20_000] * 50], {431}),
    "an Accept of 10 kB": (lambda: [head(len(GOOD), b"Accept: " + b"a/b," * 2500), GOOD], {431}),
    "another protocol": (lambda: [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200], {400}),
    "nonsense": (lambda: [b"\r\n\r\nnonsense\r\n\r\n"], {400}),
    "a NUL in a header": (lambda: [head(2, b"X-Nul: a\x00b"), b"{}"], {400}),
    "bytes in a path": (lambda: [b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n"], {400, 404}),
    "a path that climbs": (lambda: [b"GET /graphiql/assets/../../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"], {404}),
    "an upgrade": (lambda: [head(len(GOOD), b"Connection: Upgrade", b"Upgrade: websocket"), GOOD], {200}),
    "an upgrade to HTTP/2, as curl offers it": (lambda: [head(len(GOOD), b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: h2c") + GOOD], {200}),
    "a tunnel": (lambda: [b"CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n"], {400}),
    "two hosts": (lambda: [head(len(GOOD), b"Host: localhost"), GOOD], {400}),
    "no host": (lambda: [b"GET /livez HTTP/1.1\r\n\r\n"], {400}),
    "another host": (lambda: [b"GET /livez HTTP/1.1\r\nHost: rebound.example\r\n\r\n"], {400}),
    "two content types": (lambda: [head(len(GOOD), b"Content-Type: text/plain"), GOOD], {400}),
    "two transfer codings": (lambda: [head(None, b"Transfer-Encoding: gzip, chunked"), b"1b\r\n" + GOOD + b"\r\n0\r\n\r\n"], {400}),
    "a head that is not finished": (lambda: [b"POST /graphql HTTP/1.1\r\nHost: localhost\r\n"], {408}),
    "a head drop by drop": (lambda: [b"POST /graphql HTTP/1.1\r\n", *[b"X: a\r\n"] * 12], {408}),
    "one byte": (lambda: [b"P"], {408}),
}  # fmt: skip


@pytest.mark.parametrize("what", RAW)
def test_hostile_bytes_on_the_wire_are_answered_in_json_with_security_headers(what: str, port: int) -> None:
    make, statuses = RAW[what]
    answer = raw(port, *make(), pause=0.15 if "drop" in what else 0.0)
    answer = answer.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
    start, _, content = answer.partition(b"\r\n\r\n")
    lines = start.decode().lower().split("\r\n")
    assert int(lines[0].split()[1]) in statuses, answer[:500]
    headers = dict(line.split(": ", 1) for line in lines[1:])
    assert not EXPECTED_HEADERS - set(headers)
    assert "server" not in headers
    assert headers["content-type"].startswith("application/json")
    assert isinstance(json.loads(content), dict)
    assert raw(port, head(len(GOOD)), GOOD).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("path", [b"/graphql", b"/find", b"/uk/find"])
@pytest.mark.parametrize("sent", [[b""], [b"{", *[b" "] * 30]], ids=["nothing of it", "byte by byte"])
def test_a_body_that_is_not_received_in_time_is_refused_on_every_route(
    path: bytes, sent: list[bytes], port: int
) -> None:
    form = b"application/x-www-form-urlencoded"
    start = head(100, path=path).replace(b"application/json", form if b"find" in path else b"application/json")
    started = time.monotonic()
    answer = raw(port, start, *sent, pause=0.1 if len(sent) > 1 else 0.0)
    assert answer.startswith(b"HTTP/1.1 408"), answer[:300]
    assert b"connection: close" in answer.lower()
    assert b"not received within" in answer
    assert 0.9 < time.monotonic() - started < 4.9


def ask(talk: socket.socket) -> None:
    """Send a request on an open connection and receive its response."""
    talk.sendall(head(len(GOOD)) + GOOD)
    received = b""
    while b'"extensions"' not in received or not received.endswith(b"}}"):
        received += talk.recv(65536)
    assert received.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("sent", [b"", b"\r\n"], ids=["nothing", "a blank line"])
def test_a_connection_without_a_request_is_closed_without_a_response(sent: bytes, port: int) -> None:
    start = time.monotonic()
    assert raw(port, sent) == b""
    assert 0.9 < time.monotonic() - start < 4.9


def test_an_idle_connection_is_closed_without_a_response_and_serves_until_then(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as talk:
        time.sleep(1.5)  # longer than headers may take, shorter than the keep-alive timeout
        for _ in range(2):
            ask(talk)
            time.sleep(1.5)
        assert talk.recv(65536) == b""


def test_headers_of_a_request_on_a_used_connection_are_limited_as_well(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as talk:
        ask(talk)
        talk.sendall(b"POST /gra")
        assert talk.recv(65536).startswith(b"HTTP/1.1 408")

"""Connections over a real socket: what follows a rejected request, slow clients, and a limit of connections."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator

import pytest

from graph_api.cli.serve import server_config
from graph_api.settings import Settings
from graph_api.web import graphql_endpoint, http_protocol
from graph_api.web.graphql_endpoint import caller_of
from graph_api.web.security_headers import Scope
from tests.helpers.graphs import LiveGraph
from tests.web.test_hostile import GOOD, head, served

pytestmark = pytest.mark.live

LIVE = b"GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
SMUGGLED = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture
def port(seeded: LiveGraph) -> Iterator[int]:
    with served(server_config(seeded.store, Settings(log="none"))) as chosen:
        yield chosen


def exchange(port: int, sent: bytes, seconds: float = 3.0) -> tuple[bytes, bool]:
    """Send bytes; return what is received within some seconds, and whether the server closed the connection."""
    received = b""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        connection.sendall(sent)
        try:
            while data := connection.recv(65536):
                received += data
        except TimeoutError:
            return received, False
        except ConnectionResetError:
            pass
    return received, True


@pytest.mark.parametrize("offer", [b"Upgrade: h2c", b"Upgrade: websocket", b"Upgrade: TLS/1.2"])
def test_an_offered_upgrade_is_ignored_and_the_body_belongs_to_its_request(port: int, offer: bytes) -> None:
    inside = b'{"query": "{ __typename }", "pad": "' + b"x" * 10 + b'"}'
    first = head(len(inside), b"Connection: Upgrade", offer) + inside
    received, _ = exchange(port, first + LIVE)
    assert received.count(b"HTTP/1.1 200 OK") == 2
    assert b'{"__typename":"Query"}' in received
    assert received.endswith(b'{"status":"live"}')


def test_a_client_of_this_machine_cannot_pass_for_another_address(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    callers: list[str] = []

    def record(scope: Scope, trusted_proxies: frozenset[str]) -> str:
        callers.append(caller_of(scope, trusted_proxies))
        return callers[-1]

    monkeypatch.setattr(graphql_endpoint, "caller_of", record)
    received, _ = exchange(port, head(len(GOOD), b"X-Forwarded-For: 198.51.100.7", b"Connection: close") + GOOD)
    assert received.startswith(b"HTTP/1.1 200 OK")
    assert callers == ["127.0.0.1"]


def test_a_body_that_is_a_request_is_not_executed_after_an_upgrade(port: int) -> None:
    received, _ = exchange(port, head(len(SMUGGLED), b"Connection: Upgrade", b"Upgrade: h2c") + SMUGGLED + LIVE)
    assert received.count(b"HTTP/1.1 ") == 2
    assert received.startswith(b"HTTP/1.1 400")
    assert received.count(b'{"status":"live"}') == 1


@pytest.mark.parametrize(
    "refused",
    [
        head(5000, path=b"/nothing"),
        head(5000, path=b"/livez"),
        head(2_000_000),
        head(5000, b"Content-Encoding: gzip"),
        head(5000, b"Host: localhost"),
        head(None, b"Transfer-Encoding: chunked", path=b"/metrics"),
        b"GET /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n",
    ],
)
def test_after_a_response_to_an_unread_body_the_connection_closes(port: int, refused: bytes) -> None:
    start = time.monotonic()
    received, closed = exchange(port, refused)
    assert closed
    assert time.monotonic() - start < 2
    assert received.count(b"HTTP/1.1 ") == 1
    assert b"\r\nconnection: close\r\n" in received.lower()


def test_a_body_that_was_read_leaves_the_connection_open(port: int) -> None:
    received, closed = exchange(port, head(len(GOOD)) + GOOD, seconds=1.0)
    assert received.startswith(b"HTTP/1.1 200")
    assert not closed


@pytest.mark.parametrize(
    ("what", "drop"),
    [
        (b"", b""),
        (b"POST /graphql HTTP/1.1\r\nHost: loc", b"a"),
        (head(50_000), b" "),
        (head(len(GOOD)) + GOOD, b"\r\n"),
    ],
    ids=["nothing", "part of the headers", "part of the body", "an idle connection"],
)
def test_slow_clients_keep_no_quick_one_from_a_response(
    port: int, what: bytes, drop: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_protocol, "MAX_CONNECTIONS", 200)
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5)) for _ in range(300)]
        for one in slow:
            with contextlib.suppress(OSError):  # the oldest have made room
                one.sendall(what)
        if what.endswith(GOOD):  # idle after the response only
            for one in slow:
                with contextlib.suppress(OSError):
                    one.recv(65536)
        for _ in range(3):
            for one in slow:
                with contextlib.suppress(OSError):
                    one.sendall(drop)
            start = time.monotonic()
            received, _ = exchange(port, LIVE)
            assert received.endswith(b'{"status":"live"}')
            assert time.monotonic() - start < 1


@pytest.mark.parametrize(
    "path", [b"/livez", b"/readyz", b"/metrics", b"/graphiql", b"/", b"/graphql?query=%7B__typename%7D"]
)
def test_head_has_the_status_and_the_headers_of_get_and_no_body(port: int, path: bytes) -> None:
    lines = b" HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nConnection: close\r\n\r\n"
    got, _ = exchange(port, b"GET " + path + lines)
    headed, _ = exchange(port, b"HEAD " + path + lines)
    assert headed.endswith(b"\r\n\r\n")
    assert got.split(b"\r\n")[0] == headed.split(b"\r\n")[0]
    assert {line.split(b":")[0] for line in got.split(b"\r\n\r\n")[0].split(b"\r\n")[1:]} == {
        line.split(b":")[0] for line in headed.strip().split(b"\r\n")[1:]
    }


def test_a_redirect_is_relative(port: int) -> None:
    for path in (b"/", b"/graphql/", b"/livez/"):
        received, _ = exchange(port, b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        location = [line for line in received.lower().split(b"\r\n") if line.startswith(b"location:")]
        assert not [line for line in location if b"//" in line], received

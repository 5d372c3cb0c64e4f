"""The proxies of docs/deployment run as documented: TLS, passwords, limits, hidden paths, and logs without names.

Each test takes the documented file, with other addresses and certificates only, and is left out where nginx or Caddy is not installed.
"""

from __future__ import annotations

import base64
import http.client
import json
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from graph_api.embedded.bolt_probe import free_port
from tests.architecture.source import ROOT
from tests.helpers import faults
from tests.helpers.graphs import LiveGraph

FOLDER = ROOT / "docs" / "deployment"
HOST = "graph.example"
NAME = "synthetic-person-4711"
HIDDEN = ("/metrics", "/readyz")


class Upstream(BaseHTTPRequestHandler):
    """In place of the API: answers with what it received."""

    def do_GET(self) -> None:
        body = json.dumps({"path": self.path, **{name.lower(): value for name, value in self.headers.items()}}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *_: object) -> None:
        pass


@dataclass
class Proxy:
    """A running proxy: its port, the folder with its logs, the certificate that it shows."""

    port: int
    logs: Path
    certificate: Path

    def request(
        self, path: str, *, method: str = "GET", body: bytes | None = None, user: str = "reader:correct-horse",
        headers: Mapping[str, str] = {}, name: str = HOST,
    ) -> tuple[int, dict[str, str], bytes]:  # fmt: skip
        """Send one request over TLS; return status, headers and body of the response."""
        sent = {"Host": HOST, "Accept": "application/json", **headers}
        if user:
            sent["Authorization"] = "Basic " + base64.b64encode(user.encode()).decode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.sock = self.connect(name)
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
        finally:
            connection.close()

    def connect(self, name: str = HOST) -> ssl.SSLSocket:
        context = ssl.create_default_context(cafile=str(self.certificate))
        return context.wrap_socket(socket.create_connection(("127.0.0.1", self.port), timeout=30), server_hostname=name)

    def logged(self) -> str:
        time.sleep(0.3)
        return "".join(path.read_text(encoding="utf-8") for path in self.logs.iterdir())


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificate")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}",
               "-addext", f"subjectAltName=DNS:{HOST}", "-keyout", "graph.key", "-out", "graph.crt"]  # fmt: skip
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    return folder / "graph.crt"


@contextmanager
def upstream() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Upstream) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def nginx(api: int, folder: Path, certificate: Path) -> Iterator[Proxy]:
    port = free_port()
    (folder / "logs").mkdir()
    password = subprocess.run(["openssl", "passwd", "-6", "correct-horse"], capture_output=True, text=True, check=True)
    (folder / "users").write_text(f"reader:{password.stdout}", encoding="ascii")
    text = (FOLDER / "nginx.conf").read_text(encoding="utf-8")
    for documented, here in {
        "listen 443 ": f"listen 127.0.0.1:{port} ",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{api};",
        "/etc/ssl/graph.example.crt": str(certificate),
        "/etc/ssl/graph.example.key": str(certificate.with_suffix(".key")),
        "/etc/nginx/detention-graph.users": str(folder / "users"),
        "/var/log/nginx/": f"{folder}/logs/",
    }.items():
        assert documented in text
        text = text.replace(documented, here)
    (folder / "site.conf").write_text(text, encoding="utf-8")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    owner = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{owner}daemon off;\npid {folder}/pid;\nerror_log {folder}/main.log;\nevents {{}}\n"
        f"http {{\n{temporary}include {folder}/site.conf;\n}}\n"
    )
    with running(["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)], port):
        yield Proxy(port, folder / "logs", certificate)


@contextmanager
def caddy(api: int, folder: Path, certificate: Path) -> Iterator[Proxy]:
    port = free_port()
    (folder / "logs").mkdir()
    hashed = subprocess.run(
        ["caddy", "hash-password", "--plaintext", "correct-horse"], capture_output=True, text=True, check=True
    )
    text = (FOLDER / "Caddyfile").read_text(encoding="utf-8")
    for documented, here in {
        "graph.example {": f"graph.example {{\n\ttls {certificate} {certificate.with_suffix('.key')}",
        "\tadmin off": f"\tadmin off\n\tauto_https disable_redirects\n\thttps_port {port}",
        "127.0.0.1:8000": f"127.0.0.1:{api}",
        "$2a$14$REPLACE.WITH.THE.HASH.OF.A.PASSWORD": hashed.stdout.strip(),
        "/var/log/caddy/": f"{folder}/logs/",
    }.items():
        assert documented in text
        text = text.replace(documented, here)
    (folder / "Caddyfile").write_text(text, encoding="utf-8")
    with running(["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"], port, folder):
        yield Proxy(port, folder / "logs", certificate)


@contextmanager
def running(command: list[str], port: int, home: Path | None = None) -> Iterator[None]:
    environment = {**os.environ, **({"HOME": str(home), "XDG_DATA_HOME": str(home)} if home else {})}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment) as process:
        try:
            deadline = time.monotonic() + 30
            while True:
                assert process.poll() is None, process.stderr.read().decode() if process.stderr else ""
                assert time.monotonic() < deadline
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.05)
            yield
        finally:
            process.terminate()


PROXIES = {"nginx": nginx, "caddy": caddy}


@pytest.fixture(params=PROXIES)
def kind(request: pytest.FixtureRequest) -> str:
    name = str(request.param)
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    return name


@pytest.fixture
def proxy(kind: str, tmp_path: Path, certificate: Path) -> Iterator[Proxy]:
    with upstream() as port, PROXIES[kind](port, tmp_path, certificate) as made:
        yield made


def test_nobody_gets_in_without_a_password(proxy: Proxy) -> None:
    assert [proxy.request("/graphql", user=user)[0] for user in ("", "reader:wrong", "reader:correct-horse")] == [
        401, 401, 200,
    ]  # fmt: skip


def test_what_is_for_operators_is_hidden(proxy: Proxy) -> None:
    assert [proxy.request(path)[0] for path in HIDDEN] == [404, 404]


def test_the_api_gets_the_caller_and_its_name_and_neither_password_nor_forged_address(proxy: Proxy) -> None:
    forged = {"X-Forwarded-For": "203.0.113.7", "Upgrade": "h2c", "Connection": "Upgrade"}
    seen = json.loads(proxy.request("/graphql", headers=forged)[2])
    assert (seen["host"], seen["x-forwarded-for"]) == (HOST, "127.0.0.1")
    assert "authorization" not in seen
    assert "h2c" not in seen.values()


def test_other_names_are_not_served(proxy: Proxy) -> None:
    with pytest.raises(ssl.SSLError):
        proxy.request("/graphql", name="other.example")
    status, _, body = proxy.request("/graphql", headers={"Host": "other.example"})
    assert b"other.example" not in body
    assert status != 200 or body == b""


def test_a_body_beyond_the_limit_is_refused(proxy: Proxy) -> None:
    assert proxy.request("/graphql", method="POST", body=b"x" * 900_000)[0] == 200
    assert proxy.request("/graphql", method="POST", body=b"x" * 1_100_000)[0] in (413, 502)


def test_two_lengths_of_one_body_are_refused(proxy: Proxy) -> None:
    head = f"POST /graphql HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n"
    password = base64.b64encode(b"reader:correct-horse").decode()
    with proxy.connect() as connection:
        connection.sendall(
            f"{head}Authorization: Basic {password}\r\n\r\n0\r\n\r\nGET /other HTTP/1.1\r\n\r\n".encode()
        )
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    assert b'"path": "/other"' not in received


def test_responses_ask_for_tls_from_now_on(proxy: Proxy) -> None:
    assert proxy.request("/graphql")[1]["strict-transport-security"] == "max-age=31536000"


def test_logs_hold_no_path_of_a_person_and_no_query(kind: str, tmp_path: Path, certificate: Path) -> None:
    addresses = (f"/people/{NAME}", f"/graphql?query={NAME}", f"/{NAME}", f"/people/{NAME}" + "x" * 5000)
    with upstream() as port, PROXIES[kind](port, tmp_path, certificate) as proxy:
        for address in addresses:
            proxy.request(address, headers={"Referer": f"https://{HOST}/people/{NAME}"})
        for _ in range(60):
            proxy.request(f"/people/{NAME}", user="")
        logged = proxy.logged()
        assert logged
    (tmp_path / "down").mkdir()
    with PROXIES[kind](free_port(), tmp_path / "down", certificate) as proxy:
        assert proxy.request(f"/people/{NAME}")[0] == 502
        logged += proxy.logged()
    assert NAME not in logged
    assert logged.count("\n") > 60


def test_nginx_limits_the_requests_of_a_caller(tmp_path: Path, certificate: Path) -> None:
    if shutil.which("nginx") is None:
        pytest.skip("nginx is not installed")
    with upstream() as port, nginx(port, tmp_path, certificate) as proxy:
        seen = Counter(proxy.request("/graphql")[0] for _ in range(60))
    assert seen[200] >= 20
    assert seen[429] > 0
    assert set(seen) == {200, 429}


@pytest.mark.live
def test_a_query_is_answered_through_the_proxy(kind: str, seeded: LiveGraph, tmp_path: Path, certificate: Path) -> None:
    env = {
        "DETENTION_GRAPH_NEO4J_URI": seeded.store.address.uri,
        "DETENTION_GRAPH_NEO4J_PASSWORD": seeded.store.address.password,
        "DETENTION_GRAPH_INSECURE": "1",
        "DETENTION_GRAPH_ALLOWED_HOSTS": HOST,
        "DETENTION_GRAPH_TRUSTED_PROXIES": "127.0.0.1",
        "DETENTION_GRAPH_METRICS_PORT": str(free_port()),
    }
    body = json.dumps({"query": '{ person(id: "yevhen-panov") { name } }'}).encode()
    with faults.api(env) as (_, base), PROXIES[kind](int(base.rpartition(":")[2]), tmp_path, certificate) as proxy:
        status, headers, answer = proxy.request(
            "/graphql", method="POST", body=body, headers={"Content-Type": "application/json"}
        )
        assert (status, json.loads(answer)["data"]) == (200, {"person": {"name": "Yevhen Panov"}})
        assert headers["cache-control"] == "no-store"
        assert proxy.request("/livez")[0] == 200
        assert [proxy.request(path)[0] for path in HIDDEN] == [404, 404]
        assert "HOST_NOT_ALLOWED" not in proxy.logged()

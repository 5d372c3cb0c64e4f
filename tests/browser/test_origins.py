"""Pages of other origins in a real browser that try to read a server on this machine: through CORS, and through DNS rebinding."""

from __future__ import annotations

import html
import http.server
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_api.cli.serve import server_config
from graph_api.embedded.bolt_probe import free_port
from graph_api.settings import Settings
from tests.helpers.graphs import LiveGraph
from tests.web.test_hostile import served

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
OPTIONS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"),
    *(
        "--disable-sync",
        "--no-first-run",
        "--virtual-time-budget=15000",
        "--host-resolver-rules=MAP *.example 127.0.0.1",
    ),
)
PAGE = """<!doctype html><title>a page of another origin</title><pre>nothing</pre><script>
const url = "http://127.0.0.1:PORT/graphql", query = "{ people { totalCount } }", type = "application/json"
const tries = {
  post: () => fetch(url, {method: "POST", headers: {"content-type": type}, body: JSON.stringify({query})}),
  get: () => fetch(url + "?query=" + encodeURIComponent(query), {headers: {accept: type}}),
  opaque: () => fetch(url + "?query=" + encodeURIComponent(query), {mode: "no-cors"}),
}
const main = async () => {
  const seen = []
  for (const [name, run] of Object.entries(tries))
    try { seen.push(name + ": " + (await (await run()).text()).slice(0, 30)) } catch { seen.push(name + ": failed") }
  document.querySelector("pre").textContent = seen.join("; ")
}
main()
</script>"""

pytestmark = [
    pytest.mark.live,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="not here: a Chromium (CHROMIUM can name it)"),
]


@pytest.fixture
def page_port() -> Iterator[int]:
    """Serve the page; its address has another port, and by other names another site."""
    port = free_port()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = PAGE.replace("PORT", self.path.strip("/")).encode()
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield port
        server.shutdown()
        thread.join()


def text_of(address: str, profile: Path) -> str:
    """Return the text of the first preformatted element after scripts have run."""
    done = subprocess.run(
        [str(CHROMIUM), *OPTIONS, f"--user-data-dir={profile}", "--dump-dom", address],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    found = re.search(r"<pre>(.*?)</pre>", done.stdout, re.DOTALL)
    assert found, done.stdout[:1000]
    return html.unescape(found[1])


def test_a_page_reads_the_server_only_from_a_listed_origin_and_under_a_listed_name(
    seeded: LiveGraph, page_port: int, tmp_path: Path
) -> None:
    settings = Settings(log="none", cors_origins=(f"http://app.example:{page_port}",))
    with served(server_config(seeded.store, settings)) as port:
        listed = text_of(f"http://app.example:{page_port}/{port}", tmp_path / "listed")
        other = text_of(f"http://other.example:{page_port}/{port}", tmp_path / "other")
        rebound = text_of(f"http://rebound.example:{port}/readyz", tmp_path / "rebound")
    assert listed == 'post: {"data":{"people":{"totalCount; get: {"data":{"people":{"totalCount; opaque: failed'
    assert other == "post: failed; get: failed; opaque: failed"
    assert "HOST_NOT_ALLOWED" in rebound

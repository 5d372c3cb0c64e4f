"""Refused requests leave nothing behind: the memory of the server stays bounded under texts that are as large as a body may be."""

from __future__ import annotations

import http.client
import json
import os
from collections import Counter
from contextlib import closing
from urllib.parse import urlsplit

import psutil
import pytest

from tests.helpers import faults
from tests.helpers.graphs import LiveGraph

pytestmark = [pytest.mark.live, pytest.mark.slow]

REQUESTS = int(os.environ.get("DETENTION_GRAPH_TEST_REQUESTS", "4000"))
WARM_UP = 100
MAX_GROWTH = 200 * 2**20
"""Bytes, an eighteenth of what is sent: the allocator keeps what large texts took, and the examples are planned meanwhile."""
MAX_GROWTH_OF_SECOND_HALF = 64 * 2**20


def test_large_refused_searches_do_not_add_up(seeded: LiveGraph) -> None:
    """Each text is new, so that whatever was kept of it would be kept once more: 300 of them once took 260 MB."""
    address = seeded.store.address
    env = {"DETENTION_GRAPH_NEO4J_URI": address.uri, "DETENTION_GRAPH_NEO4J_PASSWORD": address.password, "DETENTION_GRAPH_LOG": "none"}  # fmt: skip
    seen: Counter[str] = Counter()
    sizes: dict[int, int] = {}
    with faults.api(env) as (child, base):
        process = psutil.Process(child.pid)
        for number in range(REQUESTS):
            seen[search(urlsplit(base).port or 0, f"{number:06d} " + "ab" * 450_000, as_variable=bool(number % 2))] += 1
            if number % 100 == WARM_UP % 100:
                sizes[number] = process.memory_info().rss
        sizes[REQUESTS] = process.memory_info().rss
        after = faults.ask(base)
    rows: list[tuple[object, ...]] = [(many, f"{size // 2**20} MB") for many, size in sizes.items()]
    faults.table("memory of the server after refused searches of 900 kB", [*rows, *seen.items()])
    assert "ok" not in seen
    assert after == "ok"
    assert sizes[REQUESTS] - sizes[WARM_UP] < MAX_GROWTH
    assert sizes[REQUESTS] - sizes[REQUESTS // 2] < MAX_GROWTH_OF_SECOND_HALF


def search(port: int, text: str, *, as_variable: bool) -> str:
    """Search for a text, in the document or in its variables; return the code of the error."""
    body = (
        {"query": "query($t: String!) { search(text: $t) { totalCount } }", "variables": {"t": text}}
        if as_variable
        else {"query": f'{{ search(text: "{text}") {{ totalCount }} }}'}
    )
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("POST", "/graphql", json.dumps(body), {"Content-Type": "application/json"})
        answer = json.loads(connection.getresponse().read())
    return str(answer["errors"][0]["extensions"]["code"]) if answer.get("errors") else "ok"

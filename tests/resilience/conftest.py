"""An API as a process of its own over the real seeds, for those who put it under load."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.helpers import faults
from tests.helpers.graphs import LiveGraph


@pytest.fixture
def port(seeded: LiveGraph) -> Iterator[int]:
    """Yield the port at which it listens."""
    address = seeded.store.address
    env = {"DETENTION_GRAPH_NEO4J_URI": address.uri, "DETENTION_GRAPH_NEO4J_PASSWORD": address.password, "DETENTION_GRAPH_LOG": "none"}  # fmt: skip
    with faults.api(env) as (_, base):
        yield urlsplit(base).port or 0

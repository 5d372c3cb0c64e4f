"""The graph with everything in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_api.ontology.vocabulary import Sensitivity
from tests.helpers.graphs import LiveGraph


@pytest.fixture
def rich(live: LiveGraph) -> LiveGraph:
    """Return the graph of the session with ``rich.yaml``, restricted records included; do not change it."""
    if live.holds != "rich":
        live.wipe()
        live.load([Path(__file__).parent / "rich.yaml"], audience=Sensitivity.RESTRICTED)
        live.holds = "rich"
    return live

"""A script of Node in a real Chromium, over the real server and the real data."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any, Final

from graph_api.embedded import Endpoint
from graph_api.ingest.as_of import store_versions
from tests.browser.test_graphiql import CHROMIUM, MISSING, MODULES, NODE
from tests.helpers import faults
from tests.helpers.graphs import LiveGraph

IS_REQUIRED: Final = bool(os.environ.get("DETENTION_GRAPH_TEST_BROWSER"))
"""Whether a skipped test is a failed one, as ``make browser-test`` says."""

LONG_WAITS: Final = {f"DETENTION_GRAPH_{name}": "60" for name in ("QUERY_SECONDS", "QUEUE_TIMEOUT", "PLANNING_TIMEOUT")}
"""Settings for a machine that does other work: what pages do is tested here, not how soon."""


def visited(script: str, endpoint: Endpoint, live: LiveGraph, folder: Path) -> dict[str, Any]:
    """Return what a script saw, with the address of the server and the folder where it wrote files."""
    assert not MISSING, "not here: " + ", ".join(MISSING)
    live.hold_seeds()
    store_versions(live.store)  # for pages as of a day
    with faults.api({**faults.at(endpoint), **LONG_WAITS}) as (_, address):
        done = subprocess.run(
            [str(NODE), str(Path(__file__).with_name(script)), address, str(folder)],
            env={**os.environ, "MODULES": str(MODULES), "CHROMIUM": str(CHROMIUM)},
            capture_output=True,
            text=True,
            timeout=1500,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-4000:]
    seen: dict[str, Any] = json.loads(done.stdout)
    return {**seen, "address": address, "folder": folder}

"""A database is put back to an older copy under a running API: reads go on without a restart, through both readers and the routing scheme."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph_api.database.migrations import migrate
from graph_api.embedded import process
from graph_api.embedded.bolt_probe import free_port
from graph_api.ingest.load import load
from tests.helpers import faults

pytestmark = [pytest.mark.live, pytest.mark.slow]

SEED = "sources:\n  - {{id: {id}, title: A page, kind: media, published: 2024-01}}\n"
QUESTION = "{ sources { nodes { id } } }"
SCHEMES: dict[str, tuple[str, Mapping[str, str]]] = {
    "native": ("bolt", {}),
    "driver": ("bolt", {"DETENTION_GRAPH_NATIVE_BOLT": "no"}),
    "driver-routed": ("neo4j", {}),
}


@pytest.mark.parametrize("way", SCHEMES)
def test_reads_go_on_after_an_older_copy_was_put_back(
    way: str, tmp_path: Path, jar_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    monkeypatch.setattr(process, "free_port", lambda: port)
    scheme, env = SCHEMES[way]
    home, copy = tmp_path / "home", tmp_path / "copy"

    def add(name: str) -> None:
        path = tmp_path / "seeds.yaml"
        path.write_text(SEED.format(id=name), encoding="utf-8")
        load([path], store)

    def ids() -> object:
        answer: Any = faults.post(base, QUESTION)
        data = answer.get("data") if isinstance(answer, dict) else None
        return [one["id"] for one in data["sources"]["nodes"]] if data else answer

    with faults.private(home, jar_cache) as endpoint, faults.opened(endpoint) as store:
        migrate(store)
        add("older")
    shutil.copytree(home / "neo4j" / "data", copy)
    with ExitStack() as api_runs:
        with faults.private(home, jar_cache) as endpoint:
            named = replace(endpoint, uri=endpoint.uri.replace("bolt://", f"{scheme}://"))
            _, base = api_runs.enter_context(faults.api({**faults.at(named), **env}))
            with faults.opened(named) as store:
                add("newer")
                assert ids() == ["newer", "older"]
        shutil.rmtree(home / "neo4j" / "data")
        shutil.move(copy, home / "neo4j" / "data")
        with faults.private(home, jar_cache):
            seen: list[object] = []
            deadline = time.monotonic() + 20
            while not seen or seen[-1] != ["older"]:
                assert time.monotonic() < deadline, seen
                seen.append(ids())
                time.sleep(0.2)
            assert [ids() for _ in range(20)] == [["older"]] * 20
            assert ["newer", "older"] not in seen
            print(f"restored, {way}: {len(seen) - 1} reads failed before the first right one")  # noqa: T201
            api_runs.close()

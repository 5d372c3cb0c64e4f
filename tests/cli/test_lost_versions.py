"""A command after which the graph does not answer as of a day any more says so, and how that is brought back."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_api.cli.common import noting_lost_versions
from graph_api.ingest.as_of import store_versions
from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live

SOURCE = "sources: [{{id: syn-source, kind: media, title: {title}, published: 2024-01-01, retrieved: 2024-02-01}}]"


def test_a_load_that_removes_what_was_known_says_so_once(
    graph: LiveGraph, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def load(title: str, *, dry_run: bool = False) -> str:
        with noting_lost_versions(graph.store):
            graph.load_text(SOURCE.format(title=title), tmp_path, dry_run=dry_run)
        return " ".join(capsys.readouterr().err.split())

    assert load("Synthetic") == ""  # there was nothing to remove
    store_versions(graph.store)
    assert load("Changed", dry_run=True) == ""
    assert "`detention-graph as-of`" in load("Changed")
    assert load("Again") == ""

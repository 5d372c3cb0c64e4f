"""The notebook takes answers into pandas: its cells run from first to last against a server with the real data. ``make readers`` installs pandas."""

from __future__ import annotations

import json
from typing import Any

import pytest

from graph_api.embedded import Endpoint
from tests.helpers import faults
from tests.helpers.graphs import SEEDS, LiveGraph

MISSING = "SKIPPED: not installed; `make readers` installs what reads exports back"
NOTEBOOK = json.loads((SEEDS.parent / "docs" / "answers-in-pandas.ipynb").read_text(encoding="utf-8"))
CELLS = ["".join(one["source"]) for one in NOTEBOOK["cells"] if one["cell_type"] == "code"]


def test_the_notebook_is_stored_without_answers() -> None:
    assert [one for one in NOTEBOOK["cells"] if one.get("outputs") or one.get("execution_count")] == []
    assert len(CELLS) >= 6


@pytest.mark.live
def test_every_cell_runs_and_the_tables_are_the_answers(
    endpoint: Endpoint, live: LiveGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pandas", reason=MISSING)
    live.hold_seeds()
    names: dict[str, Any] = {}
    with faults.api(faults.at(endpoint)) as (_, address):
        monkeypatch.setenv("DETENTION_GRAPH_SERVER", address)
        for number, cell in enumerate(CELLS):
            exec(compile(cell, f"cell {number}", "exec"), names)  # noqa: S102 - the cells of our own notebook
    assert set(names["exchanges"]["date_earliest"].str[:4]) == {"2024"}
    assert names["exchanges"]["mediators"].str.contains("United Arab Emirates").all()
    assert names["custody"].sum() == len(names["people"]) > 50
    assert names["by_year"].sum() == len(names["events"]) > 50
    assert "2022" in names["by_year"]

"""Malformed input, one case a mistake: what is reported about each, with line and column, and that a graph stays as it is.

The file of a case is loaded beside the file ``base``. ``python -m tests.ingest.test_malformed`` writes what is reported now into the cases; read
the difference before you keep it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph_api.database.stored_claims import graph_hash
from graph_api.errors import InvalidSeeds
from graph_api.ingest.load import examine, load
from tests.helpers.graphs import LiveGraph
from tests.helpers.yaml_text import load_yaml
from tests.ingest import cases

FILE = cases.CASES / "malformed.yaml"
CONTENT: dict[str, Any] = load_yaml(FILE.read_text("utf-8"))
CASES: dict[str, dict[str, Any]] = CONTENT["cases"]


def files(folder: Path, text: str) -> list[Path]:
    base, case = folder / "base.yaml", folder / "case.yaml"
    base.write_text(CONTENT["base"], encoding="utf-8")
    case.write_text(text, encoding="utf-8")
    return [base, case]


def reported(folder: Path, text: str) -> list[str]:
    return [str(one).replace(f"{folder}/", "") for one in examine(files(folder, text)).problems]


@pytest.mark.parametrize("name", CASES)
def test_each_mistake_is_reported_at_its_place(tmp_path: Path, name: str) -> None:
    assert reported(tmp_path, CASES[name]["text"]) == CASES[name]["problems"]


def test_there_are_many_mistakes_and_each_has_a_problem() -> None:
    assert len(CASES) >= 110
    assert len(CASES) + len(cases.bad_cases()) >= 150
    assert [name for name, case in CASES.items() if not case["problems"]] == []


@pytest.mark.live
def test_no_mistake_changes_a_graph(graph: LiveGraph, tmp_path: Path) -> None:
    graph.wipe()
    load(files(tmp_path, "withheld: []\n"), graph.store)
    before = graph_hash(graph.store)
    for name, case in CASES.items():
        with pytest.raises(InvalidSeeds):
            load(files(tmp_path, case["text"]), graph.store)
        assert graph_hash(graph.store) == before, name


def update() -> None:
    """Write what is reported now into every case."""
    for case in CASES.values():
        with tempfile.TemporaryDirectory() as folder:
            case["problems"] = reported(Path(folder), case["text"])
    text = yaml.safe_dump(CONTENT, allow_unicode=True, sort_keys=False, width=10_000)
    FILE.write_text(
        f"# SYNTHETIC: nobody here exists. One mistake a case, and what is reported about it.\n{text}", encoding="utf-8"
    )


if __name__ == "__main__":
    update()

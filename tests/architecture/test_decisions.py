"""Decision records are numbered, have their four parts, fit on a page, and name files that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

RECORDS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PARTS = ["Context", "Decision", "Consequences", "Enforced by"]


def by_name(path: Path) -> str:
    return path.stem


def test_records_are_numbered_without_gaps() -> None:
    assert [path.name[:5] for path in RECORDS] == [f"{n:04}-" for n in range(1, len(RECORDS) + 1)]


@pytest.mark.parametrize("path", RECORDS, ids=by_name)
def test_a_record_has_its_parts_and_fits_on_a_page(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(rf"# {int(path.name[:4])}\. \w", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == PARTS
    assert len(text.splitlines()) <= 60


@pytest.mark.parametrize("path", RECORDS, ids=by_name)
def test_a_record_names_files_that_are_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = re.findall(r"`((?:graph_api|tests|cypher|seeds|docs)/[\w./-]+)`", text)
    assert named
    assert [one for one in named if not (ROOT / one).exists()] == []

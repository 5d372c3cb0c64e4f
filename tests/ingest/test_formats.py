"""Formats of seed files are a registry: a reader and a line are all that a new one needs."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

from graph_api.errors import InvalidSeeds
from graph_api.evidence.claims import Claim
from graph_api.ingest.formats import FORMATS, SeedFormat, read_files
from graph_api.ingest.load import check
from graph_api.ingest.record_parser import parse_batch
from tests.architecture.source import ROOT
from tests.ingest.texts import write

YAML = """
sources:
  - {id: report-2025, title: A report, kind: ngo, published: 2025-03-01, origin-checked: true}
people:
  - {id: iryna-example, name: Iryna Example, born: "1980", cite: {source: report-2025, at: p. 1}}
withheld: [somebody-else]
"""
JSON_LINES = """
{"section": "sources", "id": "report-2025", "title": "A report", "kind": "ngo", "published": "2025-03-01", "origin-checked": true}
{"section": "people", "id": "iryna-example", "name": "Iryna Example", "born": 1980, "cite": {"source": "report-2025", "at": "p. 1"}}
{"section": "withheld", "id": "somebody-else"}
"""
TOML = """
withheld = ["somebody-else"]
[[sources]]
id = "report-2025"
title = "A report"
kind = "ngo"
published = 2025-03-01
origin-checked = true
[[people]]
id = "iryna-example"
name = "Iryna Example"
born = 1980
cite = {source = "report-2025", at = "p. 1"}
"""


@pytest.fixture(scope="module")
def formats() -> tuple[SeedFormat, ...]:
    """Return the registry with the format that docs/extending.md adds."""
    section = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8").partition("## A seed format")[2]
    [code] = re.findall(r"```python\n(.*?)```", section.partition("\n## ")[0], re.DOTALL)
    module = ModuleType("toml")
    exec(compile(code, "docs/extending.md", "exec"), module.__dict__)  # noqa: S102 - the example of our own document
    return (*FORMATS, SeedFormat((".toml",), module.read))


def claims(folder: Path, text: str, name: str, formats: tuple[SeedFormat, ...]) -> tuple[list[Claim], list[str]]:
    entries = read_files([write(folder, text, name).parent], formats)
    assert entries.problems == ()
    parsed = parse_batch(entries.entries)
    assert parsed.problems == []
    return sorted(parsed.claims, key=lambda claim: claim.id), list(parsed.withheld)


def test_every_format_reads_the_same_claims(tmp_path: Path, formats: tuple[SeedFormat, ...]) -> None:
    texts = {"yaml": YAML, "yml": YAML, "jsonl": JSON_LINES, "toml": TOML}
    every = {suffix for one in formats for suffix in one.suffixes}
    assert {f".{suffix}" for suffix in texts} == every - {".map.yaml"}  # what a table makes is in test_tables
    found = [claims(tmp_path / suffix, text, f"a.{suffix}", formats) for suffix, text in texts.items()]
    assert len(found[0][0]) == 2
    assert all(one == found[0] for one in found)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[persons]]\nid = 'abc'\n", "Unknown section 'persons': expected one of sources, people"),
        ("[[people]\n", "Invalid TOML: "),
        ('[[people]]\nname = "\\u200b"\n', "Invisible character U+200B"),
    ],
)
def test_problems_of_a_new_format_are_reported_like_all_others(
    tmp_path: Path, formats: tuple[SeedFormat, ...], text: str, message: str
) -> None:
    [problem] = read_files([write(tmp_path, text, "a.toml")], formats).problems
    assert problem.message.startswith(message)


def test_a_suffix_without_a_format_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(InvalidSeeds) as refused:
        check([write(tmp_path, TOML, "a.toml")])
    [problem] = refused.value.problems
    assert problem.message == "Unsupported file type '.toml': expected .yaml, .yml, .jsonl, .map.yaml."

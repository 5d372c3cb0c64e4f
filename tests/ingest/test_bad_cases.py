"""Malformed seed files: what is said about each, and that nothing of it ever reaches a graph.

The cases are folders in ``cases/bad``; ``python -m tests.ingest.cases`` writes what is said now into all of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_api.database.stored_claims import graph_hash
from graph_api.errors import InvalidSeeds
from graph_api.ingest.load import check
from graph_api.values.value_type import MAX_TEXT
from tests.helpers.graphs import LiveGraph, checked_seeds
from tests.helpers.timing import processor_seconds
from tests.ingest import cases
from tests.ingest.texts import BASE, SOURCES, write


@pytest.mark.parametrize("name", cases.bad_cases())
def test_a_bad_file_is_refused_with_the_expected_words(name: str) -> None:
    assert cases.said_about(name) == cases.expected(name)


def test_there_are_many_cases_and_each_has_a_problem() -> None:
    names = cases.bad_cases()
    assert len(names) >= 40
    assert [name for name in names if not cases.expected(name)] == []


def test_multiplying_aliases_are_refused_at_once() -> None:
    reported, seconds = processor_seconds(lambda: cases.said_about("billion-laughs"))
    assert len(reported) == 1
    assert seconds < 0.1


@pytest.mark.parametrize("key", ["description", "sex", "born", "occupations", "category", "names", "nationalities"])
def test_a_string_of_a_megabyte_is_refused_in_few_words(tmp_path: Path, key: str) -> None:
    text = (
        SOURCES
        + f"people:\n  - id: iryna-example\n    name: Iryna\n    {key}: {'x' * 1_000_000}\n    cite: {{source: report-2025, at: p}}\n"
    )
    path = write(tmp_path, text)

    def checked() -> InvalidSeeds:
        with pytest.raises(InvalidSeeds) as refused:
            check([path])
        return refused.value

    refused, seconds = processor_seconds(checked)
    assert seconds < 2
    assert [len(str(problem)) < 1000 for problem in refused.problems] == [True]


@pytest.mark.parametrize("key", ["at", "quote", "note"])
def test_a_citation_of_a_megabyte_is_refused(tmp_path: Path, key: str) -> None:
    cite = f"{{source: report-2025, at: p, {key}: {'x' * 1_000_000}}}".replace("at: p, at:", "at:")
    with pytest.raises(InvalidSeeds, match="1 problem"):
        check([write(tmp_path, SOURCES + f"people:\n  - {{id: iryna-example, name: Iryna, cite: {cite}}}\n")])


def test_words_of_the_greatest_length_are_taken(tmp_path: Path) -> None:
    text = (
        SOURCES
        + f"people:\n  - {{id: iryna-example, name: Iryna, description: {'x' * MAX_TEXT}, cite: {{source: report-2025, at: p}}}}\n"
    )
    _, batch = check([write(tmp_path, text)])
    assert batch.defined == 4


def test_every_problem_of_every_file_comes_at_once(tmp_path: Path) -> None:
    for name in ("no-such-day", "norway", "tab-as-indentation"):
        write(
            tmp_path,
            (cases.BAD / name / "in" / "a.yaml").read_text("utf-8").replace("report-2025", f"report-of-{name}"),
            f"{name}.yaml",
        )
    with pytest.raises(InvalidSeeds) as refused:
        check([tmp_path])
    assert {Path(problem.file).stem for problem in refused.value.problems} == {
        "no-such-day",
        "norway",
        "tab-as-indentation",
    }


def test_a_file_that_is_given_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path, BASE)
    entries, _ = check([tmp_path, path, tmp_path / "." / "a.yaml"])
    assert entries.files == (str(path),)


def test_a_file_that_is_not_there_and_one_of_another_suffix_are_problems(tmp_path: Path) -> None:
    with pytest.raises(InvalidSeeds) as refused:
        check([tmp_path / "nowhere.yaml", write(tmp_path, "{}", "a.json")])
    assert [problem.rule for problem in refused.value.problems] == ["suffix", "no-file"]


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, BASE)

    def denied(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(InvalidSeeds) as refused:
        check([path])
    assert str(refused.value.problems[0]) == f"{path}:1:1: Cannot read the file: Permission denied. [unreadable]"


def test_the_real_seeds_have_no_problem() -> None:
    assert checked_seeds().defined > 1000


@pytest.mark.live
def test_no_bad_file_changes_a_graph(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load([write(tmp_path, BASE)])
    dump, content = graph.dump(), graph_hash(graph.store)
    for name in cases.bad_cases():
        with pytest.raises(InvalidSeeds):
            graph.load([cases.BAD / name / "in"])
        assert (graph.dump(), graph_hash(graph.store)) == (dump, content), name

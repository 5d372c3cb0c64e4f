"""The acceptance scenarios of a steward's checks, at the command line: doubtful lines, and what must not be public. No graph is needed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.cli_process import run_cli
from tests.helpers.graphs import SEEDS
from tests.ingest import cases


@pytest.mark.parametrize("name", ["doubtful-lines", "public-harm"])
def test_every_line_that_is_wrong_is_named_with_its_code(name: str) -> None:
    """Scenarios 9 and 10: each line that was loaded without a word is named; what must not be public is named at its place."""
    folder = cases.EXAMINED / name / "in"
    done = run_cli("validate", str(folder))
    assert (done.returncode, done.stdout) == (65, "")
    *lines, last = done.stderr.replace(f"{folder}/", "").splitlines()
    assert lines == cases.expected(name, cases.EXAMINED)
    assert last.endswith("in the seed files; nothing was loaded")


def test_what_is_only_doubtful_stops_a_strict_check_alone(tmp_path: Path) -> None:
    """Scenario 9: without ``--strict`` warnings stop nothing."""
    file = tmp_path / "base.yaml"
    file.write_text("sources:\n  - {id: a-list, title: A list, kind: ngo, published: 2025-01}\n", "utf-8")
    done = run_cli("validate", str(file))
    assert (done.returncode, done.stdout.count("base.yaml:2:5: Nobody is named")) == (0, 1)
    strict = run_cli("validate", "--strict", str(file))
    assert (strict.returncode, strict.stdout, strict.stderr.count("base.yaml:2:5: Nobody is named")) == (65, "", 1)


def test_the_real_seeds_have_no_problem_and_every_warning_is_accepted_with_a_reason() -> None:
    """Scenario 9: what a strict check would refuse was accepted in the seeds, each with why."""
    done = run_cli("validate", "--strict", "--json", str(SEEDS))
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["problems"], result["warnings"]) == ([], [])
    accepted = [
        line
        for path in sorted(SEEDS.rglob("*.yaml"))
        for line in path.read_text("utf-8").splitlines()
        if "accept:" in line
    ]
    assert accepted
    assert [line for line in accepted if "code:" in line and "why:" not in line] == []

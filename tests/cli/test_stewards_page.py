"""The life of one correction in docs/stewards.md, run as a steward would: each command, its output and its exit code."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from graph_api.embedded import Endpoint
from tests.architecture.source import ROOT
from tests.helpers.cli_process import run_cli
from tests.helpers.graphs import LiveGraph
from tests.helpers.yaml_text import load_yaml

PAGE = (ROOT / "docs" / "stewards.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
EXIT = re.compile(r"exit code (\d+)")


def commands() -> list[tuple[list[str], list[str], int]]:
    """Return each command of the page with the lines that it prints and its exit code."""
    found = []
    for block in (text for language, text in BLOCKS if language == "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *lines = part.splitlines()
            code = next((int(one[1]) for line in lines if (one := EXIT.fullmatch(line))), 0)
            found.append((shlex.split(command), [line for line in lines if not EXIT.fullmatch(line)], code))
    return found


def pattern(line: str) -> re.Pattern[str]:
    return re.compile(re.escape(line.strip()).replace("…", ".*"))


@pytest.mark.slow
@pytest.mark.live
def test_the_life_of_one_correction(
    graph: LiveGraph, endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [text for language, text in BLOCKS if language in ("yaml", "csv")]
    (tmp_path / "ours").mkdir()
    for name, text in zip(("collection.yaml", "list.csv", "list.map.yaml"), texts, strict=True):
        (tmp_path / "ours" / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    env = {
        "DETENTION_GRAPH_NEO4J_URI": endpoint.uri,
        "DETENTION_GRAPH_NEO4J_PASSWORD": endpoint.password.get_secret_value(),
        "DETENTION_GRAPH_INSECURE": "1",
    }
    hashes = []
    for words, lines, code in commands():
        if words[0] != "detention-graph":
            subprocess.run(words, check=True)
            continue
        done = run_cli(*words[1:], env=env)
        printed = [line.strip() for line in (done.stdout + done.stderr).splitlines()]
        assert done.returncode == code, (words, done.stderr)
        for line in lines:
            assert any(pattern(line).fullmatch(one) for one in printed), (words, line, printed)
        hashes += re.findall(r"^content hash (\w+)$", done.stdout, re.MULTILINE)
    assert hashes[0] == hashes[2] != hashes[1], "the revert brings back the hash of the first load"


def test_the_workflow_is_yaml_with_commands_that_exist() -> None:
    workflow = load_yaml((ROOT / "docs" / "deployment" / "steward-workflow.yaml").read_text(encoding="utf-8"))
    runs = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    assert {run.split()[1] for run in runs if run.startswith("detention-graph")} == {"validate", "plan", "apply"}

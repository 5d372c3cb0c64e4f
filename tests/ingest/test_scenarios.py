"""Acceptance scenarios of a steward at the command line: what is hidden or harmful stays out of every answer. All people are made up."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

import pytest

from bench.generate import Graph
from graph_api.embedded import Endpoint
from graph_api.errors import InvalidInput
from graph_api.ingest import prepare
from graph_api.ingest.history import all_loads
from graph_api.ingest.load import load
from graph_api.ingest.load_size import transaction_limit
from graph_api.statement import Statement
from tests.helpers.cli_process import run_cli, settings_of
from tests.helpers.graphs import LiveGraph
from tests.helpers.stewards import Steward, with_two_collections

pytestmark = pytest.mark.live

TRACES: Final = ("Beta", "sta-p2")
"""The name and the id, which is the start of the ids of the events, of who is hidden."""
GONE: Final = ("sta-p2", "sta-p2-conviction", "sta-p2-detention", "sta-p2-transfer", "sta-p2-trial")


class CommandLine:
    """The command line on the graph of the tests, in the folder of a steward."""

    def __init__(self, steward: Steward, endpoint: Endpoint, home: Path) -> None:
        self.folder = steward.folder
        self.env = settings_of(endpoint, home)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return run_cli(*words, env=self.env)

    def path(self, name: str) -> str:
        return str(self.folder / name)


@pytest.fixture
def steward(graph: LiveGraph, tmp_path: Path) -> Steward:
    return with_two_collections(graph, tmp_path)


@pytest.fixture
def command_line(steward: Steward, endpoint: Endpoint, tmp_path: Path) -> CommandLine:
    return CommandLine(steward, endpoint, tmp_path / "home")


def test_who_is_hidden_is_in_no_output_of_any_command(command_line: CommandLine, tmp_path: Path) -> None:
    unknown = command_line.run("hide", "sta-p22", "--reason", "request")
    assert (unknown.returncode, unknown.stdout) == (65, ""), unknown.stderr
    hidden = command_line.run("hide", "sta-p2", "--reason", "request")
    assert hidden.returncode == 0, hidden.stderr
    for record in (*GONE, "sta-exchange"):
        assert record in hidden.stdout, "the steward is told what goes and what loses a part"
    exported = tmp_path / "exported"
    people = "{ people(first: 50) { totalCount nodes { id name } } events(first: 100) { nodes { id title } } }"
    query = tmp_path / "people.graphql"
    query.write_text(people, encoding="utf-8")
    outputs = [
        command_line.run("loads"),
        command_line.run("loads", "1"),
        command_line.run("query", str(query)),
        command_line.run("candidates"),
        command_line.run("plan", command_line.path("two")),
        command_line.run("collection", "export", "one", "-o", str(exported)),
        command_line.run("export", "people", "--format", "jsonl"),
    ]
    assert [one.returncode for one in outputs] == [0] * len(outputs), [one.stderr for one in outputs]
    texts = [one.stdout + one.stderr for one in outputs]
    texts += [path.read_text(encoding="utf-8") for path in exported.iterdir()]
    assert not [text for text in texts for trace in TRACES if trace in text]
    assert "Gamma Synthetic" in texts[2], "the others are still there"
    assert command_line.run("history", "sta-p2").returncode == 66
    again = command_line.run("apply", command_line.path("one"))
    assert (again.returncode, again.stdout) == (65, "")
    assert "[withheld]" in again.stderr
    other = command_line.folder / "other.yaml"
    other.write_text(
        "sources:\n  - {id: xx-src, title: Synthetic report X, kind: ngo, published: 2025-05-01}\n"
        "people:\n  - {id: xx-1, name: Synthetic Beta, born: 1982, cite: {source: xx-src, at: ¶ 1}}\n",
        encoding="utf-8",
    )
    same = command_line.run("apply", str(other), "--collection", "other")
    assert (same.returncode, same.stdout) == (65, "")
    assert "other.yaml:4:" in same.stderr
    assert "This record cannot be loaded as it is." in same.stderr
    assert "[resembles-withheld]" in same.stderr
    assert "sta-p2" not in same.stderr
    words = ("--not-the-same", "xx-1", "--why", "another person")
    namesake = command_line.run("apply", str(other), "--collection", "other", *words)
    assert namesake.returncode == 0, namesake.stderr
    assert "decisions: --not-the-same xx-1: another person" in command_line.run("loads", "4").stdout


def test_who_is_hidden_comes_back_exactly_and_who_is_erased_does_not(
    command_line: CommandLine, steward: Steward
) -> None:
    before = steward.hash
    for command in (("hide", "sta-p2"), ("erase", "sta-p2", "--second-steward", "iryna")):
        words = (*command, "--reason", "request", "--steward", "olena")
        planned = command_line.run(*words, "--dry-run")
        assert planned.returncode == 0, planned.stderr
        assert planned.stdout.startswith(f"would be {'hidden' if command[0] == 'hide' else 'erased'}: 5 records\n")
        assert steward.hash == before
    assert command_line.run("hide", "sta-p2", "--reason", "request").returncode == 0
    reverted = command_line.run("revert", "3")
    assert (reverted.returncode, "which only `readmit` brings back" in reverted.stderr) == (65, True)
    back = command_line.run("readmit", "sta-p2", "--reason", "error", "--steward", "olena")
    assert (back.returncode, steward.hash) == (0, before), back.stderr
    assert "readmitted by load 4" in back.stdout
    assert "Beta Synthetic" in command_line.run("history", "sta-p2").stdout

    alone = ("erase", "sta-p2", "--reason", "request", "--steward", "olena", "--second-steward", "Olena")
    assert command_line.run(*alone).returncode == 65, "nobody decides this alone"
    assert [trace for trace in TRACES if trace in stored(steward)] == [*TRACES], "where they were before"
    erased = command_line.run(*alone[:-1], "iryna")
    assert erased.returncode == 0, erased.stderr
    assert "run `detention-graph purge` now, and destroy the backups that hold it" in erased.stdout
    assert not [trace for trace in TRACES if trace in stored(steward)], (
        "no property of any node or link, and no journal"
    )
    again = command_line.run("readmit", "sta-p2", "--reason", "error")
    assert (again.returncode, "the id may be loaded again" in again.stdout) == (0, True), (
        "there is nothing to bring back"
    )
    assert command_line.run("apply", command_line.path("one")).returncode == 0
    assert steward.hash == before


def stored(steward: Steward) -> str:
    """Return every property of every node and link, with the journals of loads unpacked."""
    found = [
        steward.graph.store.read(Statement(f"MATCH {pattern} RETURN properties(n)", {}, "all"), seconds=60)
        for pattern in ("(n)", "()-[n]->()")
    ]
    journals = [one.journal for one in all_loads(steward.graph.store)]
    return f"{found} {journals}"


@pytest.mark.parametrize("decided", [(), ("--disclose", "loc-p1", "--disclose", "loc-e1", "--why", "published")])
def test_no_decision_shows_the_site_of_somebody_within_reach(
    command_line: CommandLine, steward: Steward, decided: tuple[str, ...]
) -> None:
    """A decision cannot replace a court record or an official source, so that this is an error and not a question."""
    before = steward.hash
    done = command_line.run("apply", command_line.path("g-located.yaml"), "--collection", "four", *decided)
    assert (done.returncode, done.stdout) == (65, "")
    assert "g-located.yaml:6:" in done.stderr
    assert "of somebody who may be within reach of those who held them: expected sensitivity: restricted" in done.stderr
    assert steward.hash == before
    assert steward.graph.ask('{ person(id: "loc-p1") { name } }')["person"] is None


def test_what_was_restricted_is_shown_only_by_a_decision_with_a_reason(
    command_line: CommandLine, steward: Steward
) -> None:
    shown = (steward.folder / "g-visible.yaml").read_text("utf-8")
    file = steward.folder / "two" / "visible.yaml"
    file.write_text(shown.replace("category: civilian", "category: civilian, sensitivity: restricted"), "utf-8")
    steward.edit("two/people.yaml", "Eta Synthetic", "Eta New")
    first = command_line.run("apply", command_line.path("two"))
    assert first.returncode == 0, first.stderr
    file.write_text(shown, "utf-8")
    planned = command_line.run("plan", command_line.path("two"), "--exit-code")
    assert planned.returncode == 5
    assert "newly visible: vis-p1 (--disclose vis-p1 --why …)" in planned.stdout
    before = steward.hash
    refused = command_line.run("apply", command_line.path("two"))
    assert (refused.returncode, steward.hash) == (64, before)
    assert "decide with --disclose" in refused.stderr
    done = command_line.run("apply", command_line.path("two"), "--disclose", "vis-p1", "--why", "published since")
    assert done.returncode == 0, done.stderr
    assert "decisions: --disclose vis-p1: published since" in command_line.run("loads", "4").stdout


def test_a_load_that_no_transaction_holds_is_refused_before_it_is_written(
    graph: LiveGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = transaction_limit(graph.store)
    assert limit is not None
    assert limit >= 64 * 2**20, "the Neo4j of the tests states its limit"
    Graph(100).write(tmp_path / "seeds")
    lines: list[str] = []
    before = graph.dump()
    monkeypatch.setattr(prepare, "transaction_limit", lambda _store: 8 * 2**20)
    with pytest.raises(
        InvalidInput, match=r"Invalid load of [\d,]+ claims and [\d,]+ links, about \d\.\d times what one"
    ) as error:
        load([tmp_path / "seeds"], graph.store, with_lints=False, progress=lines.append)
    assert "(8 MB); nothing was changed. Expected fewer files at a time" in str(error.value)
    assert [line.endswith(", if all of them are new") for line in lines].index(True) == lines.index("reading files") + 1
    assert graph.dump() == before
    monkeypatch.undo()
    assert load([tmp_path / "seeds"], graph.store, with_lints=False).is_applied
    monkeypatch.setattr(prepare, "transaction_limit", lambda _store: 8 * 2**20)
    assert not load([tmp_path / "seeds"], graph.store, with_lints=False).changes.changes_records, "nothing is written"

"""The command line as a process: results, messages and exit codes."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest
import typer.main

from graph_api import __version__
from graph_api.cli import COMMANDS, app
from graph_api.embedded import Endpoint
from graph_api.schema.build import print_sdl
from graph_api.statement import Statement
from tests.helpers.cli_process import run_cli as run
from tests.helpers.graphs import SEEDS, LiveGraph

COMMANDS_PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
GOOD = "sources:\n  - {id: a-page, title: A page, kind: media, published: 2024-01}\n"


def at(endpoint: Endpoint) -> dict[str, str]:
    return {
        "DETENTION_GRAPH_NEO4J_URI": endpoint.uri,
        "DETENTION_GRAPH_NEO4J_PASSWORD": endpoint.password.get_secret_value(),
        "DETENTION_GRAPH_INSECURE": "1",  # the Neo4j of the tests may be on another machine
        "DETENTION_GRAPH_QUERY_SECONDS": "60",  # a busy machine says nothing of the graph
    }


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_with_an_example_and_stands_in_the_readme(name: str) -> None:
    group: Any = typer.main.get_command(app)
    text = group.get_command(None, name).help or ""
    assert "Example:" in text, name
    assert f"detention-graph {name}" in COMMANDS_PAGE.read_text(encoding="utf-8")


def test_version_schema_and_help_need_no_database() -> None:
    assert run("--version").stdout == f"detention-graph {__version__}\n"
    assert run("schema").stdout == print_sdl()
    assert "Commands" in run("--help").stdout


def test_validate_says_every_problem_with_its_place_and_exits_65(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("people:\n  - {id: x-person, nme: X}\n", encoding="utf-8")
    done = run("validate", str(tmp_path))
    assert done.returncode == 65
    assert "bad.yaml:2:" in done.stderr
    assert "closest: name" in done.stderr
    assert "Traceback" not in done.stderr


def test_validate_of_the_real_seeds_finds_nothing(tmp_path: Path) -> None:
    done = run("validate", "--json", str(SEEDS))
    assert done.returncode == 0
    assert json.loads(done.stdout)["problems"] == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("validate", "no-such-file.yaml"), 65, "File not found"),
        (("query", "no-such-file.graphql"), 65, "a readable file"),
        (("query", "-", "--variables", "[1]"), 65, "a JSON object"),
        (("validate", "--audience", "all", "seeds"), 65, "public, restricted"),
        (("query", "-", "--format", "xml"), 65, "expected one of json, table, csv, jsonl"),
        (("frobnicate",), 2, "No such command"),
        (("vlidate",), 2, "No such command 'vlidate'. Did you mean 'validate'?"),
        (("serve", "--port", "99999"), 78, "DETENTION_GRAPH_PORT"),
    ],
)
def test_bad_input_gets_a_message_an_exit_code_and_no_stack_trace(words: tuple[str, ...], code: int, said: str) -> None:
    done = run(*words, given="{ people { totalCount } }")
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


MIXED = """
sources:
  - {id: mixed-page, title: A page, kind: media, publisher: mixed-paper, published: 2024-01}
people:
  - {id: mixed-person, name: "Олeна Приклад", category: civilian, cite: {source: mixed-page, at: page}}
organizations:
  - {id: mixed-paper, name: A made-up paper, kind: media, cite: {source: mixed-page, at: page}}
"""
"""A made-up person with a Latin letter in a Cyrillic name, which is warned about and loaded."""
WARNING = "Mixed scripts in 'Олeна': expected one script, found e (Latin) among Cyrillic letters. [mixed-scripts]"


def test_validate_prints_warnings_as_text_and_as_json_and_exits_0(tmp_path: Path) -> None:
    (tmp_path / "mixed.yaml").write_text(MIXED.lstrip(), encoding="utf-8")
    text = run("validate", str(tmp_path))
    assert (text.returncode, text.stderr) == (0, "")
    assert [line for line in text.stdout.splitlines() if line.startswith("warning: ") and "mixed.yaml:4:" in line]
    as_json = run("validate", "--json", str(tmp_path))
    assert as_json.returncode == 0
    [warning] = json.loads(as_json.stdout)["warnings"]
    assert warning.endswith(WARNING)


@pytest.mark.live
def test_load_prints_warnings_as_text_and_as_json_and_exits_0(
    graph: LiveGraph, endpoint: Endpoint, tmp_path: Path
) -> None:
    (tmp_path / "mixed.yaml").write_text(MIXED.lstrip(), encoding="utf-8")
    as_json = run("load", "--json", str(tmp_path), env=at(endpoint))
    receipt = json.loads(as_json.stdout)
    assert (as_json.returncode, receipt["applied"], len(receipt["warnings"])) == (0, True, 1)
    assert receipt["warnings"][0].endswith(WARNING)
    text = run("load", str(tmp_path), env=at(endpoint))
    assert text.returncode == 0
    assert "no changes" in text.stdout
    assert f"warning: {receipt['warnings'][0]}" in text.stdout.splitlines()


@pytest.mark.live
def test_loading_twice_says_that_nothing_changed(graph: LiveGraph, endpoint: Endpoint, tmp_path: Path) -> None:
    path = tmp_path / "good.yaml"
    path.write_text(GOOD, encoding="utf-8")
    dry = run("load", "--dry-run", str(path), env=at(endpoint))
    assert "dry run, nothing was changed" in dry.stdout
    first: dict[str, Any] = json.loads(run("load", "--json", str(path), env=at(endpoint)).stdout)
    assert (first["applied"], first["added"]) == (True, ["a-page"])
    second = run("load", str(path), env=at(endpoint))
    assert second.returncode == 0
    assert "no changes" in second.stdout


@pytest.mark.live
def test_query_answers_on_standard_output_and_tells_errors_by_its_exit_code(
    seeded: LiveGraph, endpoint: Endpoint
) -> None:
    good = run("query", "-", given='{ person(id: "yevhen-panov") { name } }', env=at(endpoint))
    assert json.loads(good.stdout)["data"] == {"person": {"name": "Yevhen Panov"}}
    bad = run("query", "-", given="{ people(first: 999) { totalCount } }", env=at(endpoint))
    assert bad.returncode == 1
    assert json.loads(bad.stdout)["errors"][0]["extensions"]["code"] == "LIMIT_PAGE"


@pytest.mark.live
def test_query_writes_each_format_and_says_when_the_page_is_shorter_than_the_list(
    seeded: LiveGraph, endpoint: Endpoint
) -> None:
    operation = "{ people(first: 2) { totalCount nodes { id born { edtf } } } }"
    as_json = run("query", "-", given=operation, env=at(endpoint))
    people = json.loads(as_json.stdout)["data"]["people"]
    table = run("query", "-", "--format", "csv", given=operation, env=at(endpoint))
    assert table.stdout.splitlines()[1:][0].startswith(people["nodes"][0]["id"])
    assert f"2 of {people['totalCount']} rows" in table.stderr
    lines = run("query", "-", "--format", "jsonl", given=operation, env=at(endpoint))
    assert [json.loads(line) for line in lines.stdout.splitlines()] == people["nodes"]
    bad = run("query", "-", "--format", "csv", given="{ people(first: 999) { totalCount } }", env=at(endpoint))
    assert (bad.returncode, bad.stdout, "LIMIT_PAGE" in bad.stderr) == (1, "", True)


MIGRATIONS = Statement("MATCH (m:Migration) RETURN m.name ORDER BY m.name", {}, "migrations")


@pytest.mark.live
def test_query_of_an_empty_graph_says_so(graph: LiveGraph, endpoint: Endpoint) -> None:
    done = run("query", "-", given="{ people { totalCount } }", env=at(endpoint))
    assert (done.returncode, done.stdout) == (66, "")
    assert "The graph is empty. Load data with `detention-graph load seeds/`" in done.stderr


@pytest.mark.live
def test_query_reports_missing_migrations_and_applies_none(seeded: LiveGraph, endpoint: Endpoint) -> None:
    before = seeded.store.read(MIGRATIONS)
    last = before[-1][0]
    noted = seeded.store.read(Statement("MATCH (m:Migration {name: $name}) RETURN m.checksum", {"name": last}, "noted"))
    seeded.store.change_schema(f"MATCH (m:Migration {{name: '{last}'}}) DELETE m")
    try:
        done = run("query", "-", given="{ people { totalCount } }", env=at(endpoint))
        assert (done.returncode, done.stdout) == (78, "")
        assert f"The graph lacks 1 migrations of this version: {last}. Run `detention-graph migrate`." in done.stderr
        assert seeded.store.read(MIGRATIONS) == before[:-1]
    finally:
        seeded.store.change_schema(f"CREATE (:Migration {{name: '{last}', checksum: '{noted[0][0]}'}})")
    assert run("query", "-", given="{ people { totalCount } }", env=at(endpoint)).returncode == 0


@pytest.mark.live
def test_rebuild_of_an_intact_graph_changes_nothing(seeded: LiveGraph, endpoint: Endpoint) -> None:
    before = seeded.dump()
    done = run("rebuild", "--json", env=at(endpoint))
    assert json.loads(done.stdout)["changed"] == 0
    assert seeded.dump() == before


@pytest.mark.live
def test_wrong_password_is_said_plainly(endpoint: Endpoint) -> None:
    done = run("migrate", env={**at(endpoint), "DETENTION_GRAPH_NEO4J_PASSWORD": "certainly-wrong"})
    assert done.returncode == 77
    assert "rejected the user name or password" in done.stderr


def test_a_taken_port_is_said_before_anything_is_started(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("up", "--port", str(port), env={"DETENTION_GRAPH_DATA_DIR": str(tmp_path / "home")})
    assert done.returncode == 78
    assert f"127.0.0.1:{port}" in done.stderr
    assert not (tmp_path / "home").exists()


def test_nobody_at_the_address_is_said_within_seconds() -> None:
    done = run(
        "migrate", env={"DETENTION_GRAPH_NEO4J_URI": "bolt://127.0.0.1:9", "DETENTION_GRAPH_NEO4J_PASSWORD": "x"}
    )
    assert done.returncode == 69
    assert "Cannot connect to the database at bolt://" in done.stderr
    assert "connection refused" in done.stderr
    assert done.stderr.count("bolt://127.0.0.1:") == 1
    assert "set another address (DETENTION_GRAPH_NEO4J_URI)" in done.stderr

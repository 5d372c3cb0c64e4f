"""``detention-graph export``: lists as files in every format, the table that the page has, and nothing that is cut."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from graph_api.embedded import Endpoint
from graph_api.settings import Settings
from graph_api.web.app import create_app
from graph_api.web.pages.operations import operations
from graph_api.web.pages.routes import LISTS
from tests.cli.test_commands import at
from tests.helpers.cli_process import run_cli as run
from tests.helpers.graphs import EXECUTOR, LiveGraph

YEAR = (
    "--where",
    "date_from=2024-01-01",
    "--where",
    "date_until=2024-12-31",
    "--where",
    "mediator=united-arab-emirates",
)


def test_every_operation_of_records_can_be_compiled_and_belongs_to_a_list() -> None:
    stored = operations("records")
    assert set(stored) < {one.name for one in LISTS}
    for text in stored.values():
        document = EXECUTOR.planner.document(text)
        operation = document.operation(None)
        variables = EXECUTOR.planner.coerce_variables(operation, {"first": 500})
        EXECUTOR.planner.plan(document, operation, variables)


@pytest.mark.live
def test_a_list_is_the_table_of_its_page_and_a_file_beside_it_says_what_it_holds(
    seeded: LiveGraph, endpoint: Endpoint, tmp_path: Path
) -> None:
    file = tmp_path / "exchanges.csv"
    done = run("export", "exchanges", *YEAR, "-o", str(file), env=at(endpoint))
    assert done.returncode == 0, done.stderr
    query = "date_from=2024-01-01&date_until=2024-12-31&mediator=united-arab-emirates"
    with TestClient(create_app(seeded.store, Settings()), base_url="http://localhost") as client:
        assert file.read_bytes() == client.get(f"/exchanges.csv?{query}").content
        assert (
            json.loads((tmp_path / "exchanges.csv-metadata.json").read_text("utf-8"))
            == client.get(f"/exchanges.csv-metadata.json?{query}").json()
        )
    assert len(list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))) >= 5


@pytest.mark.live
@pytest.mark.parametrize(
    "name", ["people", "events", "exchanges", "sites", "courts", "differences", "figures", "sources"]
)
def test_every_list_is_written_whole(seeded: LiveGraph, endpoint: Endpoint, tmp_path: Path, name: str) -> None:
    file = tmp_path / "list.csv"
    done = run("export", name, "-o", str(file), env=at(endpoint))
    assert done.returncode == 0, done.stderr
    with TestClient(create_app(seeded.store, Settings()), base_url="http://localhost") as client:
        assert file.read_bytes() == client.get(f"/{name}.csv").content


@pytest.mark.live
def test_every_format_has_the_records_of_the_list(seeded: LiveGraph, endpoint: Endpoint) -> None:
    def exported(name: str) -> str:
        done = run("export", "exchanges", *YEAR, "--format", name, env=at(endpoint))
        assert done.returncode == 0, done.stderr
        return done.stdout

    ids = {row["id"] for row in csv.DictReader(io.StringIO(exported("csv").removeprefix("\ufeff")))}
    assert {json.loads(line)["id"] for line in exported("jsonl").splitlines()} == ids
    entities = [json.loads(line) for line in exported("ftm").splitlines()]
    events = {one["id"]: one for one in entities if one["schema"] == "Event"}
    assert set(events) == ids
    assert {"Person", "Document"} <= {one["schema"] for one in entities}
    assert any("united-arab-emirates" in one["properties"]["involved"] for one in events.values())
    assert ids <= set(re.findall(r'<node id="([^"]+)"', exported("graphml")))
    assert {one["id"] for one in json.loads(exported("geojson"))["features"]} == ids


@pytest.mark.live
def test_what_is_too_long_or_not_understood_is_an_error(seeded: LiveGraph, endpoint: Endpoint, tmp_path: Path) -> None:
    small = {**at(endpoint), "DETENTION_GRAPH_PAGE_LIMIT": "200"}
    operation = tmp_path / "events.graphql"
    operation.write_text("{ events(first: 3) { totalCount nodes { id } } }", encoding="utf-8")
    silent = tmp_path / "silent.graphql"
    silent.write_text("{ events(first: 3) { nodes { id } } }", encoding="utf-8")
    nested = tmp_path / "nested.graphql"
    nested.write_text("{ people(first: 100) { nodes { id events(first: 2) { nodes { id } } } } }", encoding="utf-8")
    for arguments, env, words in (
        (("events",), small, "a part of the list events: an export is never cut"),
        ((str(operation),), small, "a part of the list events: an export is never cut"),
        ((str(silent),), small, "There are more than these 3."),
        ((str(nested),), small, "There are more than these 2 in a list `people.nodes.events`."),
        (("people", "--where", "colour=red"), small, "Unknown parameter 'colour'"),
        (("people", "--where", "sex"), small, "expected NAME=VALUE"),
        (("figures", "--format", "ftm"), small, "expected csv or jsonl"),
        (("map", "--format", "graphml"), small, "expected csv, jsonl or geojson"),
        (("people", "--format", "xlsx"), small, "expected one of csv, jsonl, ftm, graphml, geojson"),
    ):
        done = run("export", *arguments, env=env)
        assert done.returncode == 65, (arguments, done.stderr)
        assert words in " ".join(done.stderr.split()), done.stderr
        assert done.stdout == ""
        assert "Traceback" not in done.stderr


@pytest.mark.live
def test_an_answer_is_a_table_at_a_terminal(seeded: LiveGraph, endpoint: Endpoint, tmp_path: Path) -> None:
    operation = tmp_path / "people.graphql"
    operation.write_text("{ people(first: 2) { totalCount nodes { id category } } }", encoding="utf-8")
    done = run("query", str(operation), "--format", "table", env=at(endpoint))
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].strip() == "2 rows"
    assert lines[1].split() == ["id", "category"]
    assert len(lines) == 4

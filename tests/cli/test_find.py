"""``detention-graph find`` and ``show``: what somebody without a browser reads, and the exit codes."""

from __future__ import annotations

import json

import pytest

from graph_api.embedded import Endpoint
from tests.cli.test_commands import at
from tests.helpers.cli_process import run_cli as run
from tests.helpers.graphs import LiveGraph


@pytest.mark.live
def test_a_name_in_any_script_finds_its_record_and_an_id_shows_it(seeded: LiveGraph, endpoint: Endpoint) -> None:
    found = run("find", "Рощіна", env=at(endpoint))
    assert found.returncode == 0, found.stderr
    assert "victoriia-roshchyna" in found.stdout.splitlines()[2]
    assert "\x1b[" not in found.stdout, "no colours for a file"
    none = run("find", "Qqqqzzzz", env=at(endpoint))
    assert (none.returncode, none.stdout) == (1, "0 of 0 records that match.\n")
    body = json.loads(run("find", "Butkevych", "--json", env=at(endpoint)).stdout)
    assert body["data"]["search"]["nodes"][0]["node"]["id"] == "maksym-butkevych"

    shown = run("show", "exchange-2025-01-15", env=at(endpoint))
    assert shown.returncode == 0, shown.stderr
    assert "854" in shown.stdout
    unknown = run("show", "nobody-here", env=at(endpoint))
    assert unknown.returncode == 65
    assert "expected the id of a record in this graph" in unknown.stderr
    assert "Traceback" not in unknown.stderr

"""``detention-graph find`` and ``show``: what somebody without a browser reads, and the exit codes."""

from __future__ import annotations

import json

import pytest

from graph_api.embedded import Endpoint
from graph_api.web.pages.routes import RECORDS
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
    assert none.returncode == 1
    assert none.stdout.startswith("0 of 0 records that match.\nNo name or title has a word like 'Qqqqzzzz'")
    body = json.loads(run("find", "Butkevych", "--json", env=at(endpoint)).stdout)
    assert body["data"]["search"]["nodes"][0]["node"]["id"] == "maksym-butkevych"

    shown = run("show", "exchange-2025-01-15", env=at(endpoint))
    assert shown.returncode == 0, shown.stderr
    assert "854" in shown.stdout
    unknown = run("show", "nobody-here", env=at(endpoint))
    assert unknown.returncode == 65
    assert "expected the id of a record in this graph" in unknown.stderr
    assert "Traceback" not in unknown.stderr


SHOWN = {
    "maksym-butkevych": ("Maksym Butkevych", "March 2023: reported sentenced"),
    "exchange-2024-10-18": ("Exchange of 18 October 2024, 95 for 95", "Maksym Butkevych"),
    "maksym-butkevych-conviction": ("Judgment reported: Maksym Butkevych", "luhansk-oblast"),
    "long-terms-2025-08-14": ("People handed over on 14 August 2025 after long sentences", "EXCHANGE"),
    "site-izolyatsia": ("Izolyatsia, Donetsk", "Stanislav Aseyev"),
    "crimea": ("Crimea", "Oleh Sentsov"),
    "turkiye": ("Turkey", "Ankara"),
    "org-hrw": ("Human Rights Watch", "STATEMENT"),
    "court-supreme-crimea": ('"Supreme Court of Crimea"', "CONVICTION"),
    "exchange-2024-10-18-to-russia": ("95", "95"),
    "khpg-2025-04-horobtsova-appeal": ("Report of KHPG, 2025", "APPEAL"),
}
"""What the first line and one other say of a record of each kind."""


@pytest.mark.live
@pytest.mark.parametrize("record", SHOWN)
def test_a_record_of_every_kind_is_shown_with_its_sources(seeded: LiveGraph, endpoint: Endpoint, record: str) -> None:
    shown = run("show", record, env=at(endpoint))
    assert shown.returncode == 0, shown.stderr
    title, part = SHOWN[record]
    assert shown.stdout.splitlines()[0] == title
    assert part in shown.stdout
    assert "\nSources" in shown.stdout, "lines have the sources that they rest on"


def test_there_is_a_record_of_every_kind_that_has_a_page() -> None:
    assert len(SHOWN) == len(RECORDS)

"""The acceptance scenarios of a steward with tables, at the command line: a list of prisoners, and a book of memory. All people are made up."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest

from graph_api.embedded import Endpoint
from tests.helpers.cli_process import run_cli, settings_of
from tests.helpers.graphs import LiveGraph
from tests.helpers.yaml_text import load_yaml

pytestmark = [pytest.mark.live, pytest.mark.slow]  # some twenty commands, each a process

TABLES = Path(__file__).parent / "tables"
ROWS: list[dict[str, Any]] = load_yaml((TABLES / "prisoners.yaml").read_text("utf-8"))["rows"]
EVENTS = """{
  events(first: 100) {
    totalCount
    nodes {
      id kind date { edtf } citations { source { id } locator } sites { name }
      participants { nodes { participant { ... on Person { name } } } }
      ... on Charge { offences { article } }
    }
  }
  people(first: 50) { totalCount nodes { id name category citations { source { id } locator } } }
}"""


class Stewardship:
    """A steward at the command line, in a folder with tables, on an empty graph of the restricted audience or the public one."""

    def __init__(self, endpoint: Endpoint, folder: Path) -> None:
        self.folder = folder
        self.env = settings_of(endpoint, folder / "home")

    def run(self, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        """Run a command, which must end with this exit code; words that name files of the folder are completed."""
        paths = [str(self.folder / one) if (self.folder / one).is_file() else one for one in words]
        done = run_cli(*paths, env=self.env)
        assert done.returncode == code, (words, done.stdout, done.stderr)
        return done

    def edit(self, name: str, old: str, new: str, line: int | None = None) -> None:
        """Replace a text in a file, or in one of its lines."""
        path = self.folder / name
        lines = path.read_text("utf-8").splitlines(keepends=True)
        for place in range(len(lines)) if line is None else (line - 1,):
            lines[place] = lines[place].replace(old, new)
        text = "".join(lines)
        assert text != path.read_text("utf-8"), (name, old)
        path.write_text(text, "utf-8")

    def ask(self, operation: str) -> Any:
        """Return the data of an operation that ``query`` executes."""
        (self.folder / "asked.graphql").write_text(operation, "utf-8")
        return json.loads(self.run("query", "asked.graphql").stdout)["data"]


@pytest.fixture
def steward(graph: LiveGraph, endpoint: Endpoint, tmp_path: Path) -> Stewardship:
    for name in ("prisoners.csv", "prisoners.map.yaml", "book.map.yaml"):
        shutil.copy(TABLES / name, tmp_path / name)
    (tmp_path / "book.csv").write_bytes((TABLES / "book.txt").read_text("utf-8").encode("cp1251"))
    return Stewardship(endpoint, tmp_path)


DECLARATION = """id: list
title: Synthetic list of prisoners
steward: olena
licence: CC0-1.0
subjects: synthetic
"""
LIST = ("--collection", "list", "--steward", "olena", "--audience", "restricted")


def test_a_list_of_prisoners_needs_no_script(steward: Stewardship) -> None:
    """Scenario 11: every row, then a value that the mapping does not list, then a corrected name."""
    steward.run("table", "ids", "prisoners.map.yaml")
    planned = steward.run(
        "plan", "prisoners.map.yaml", "--collection", "list", "--audience", "restricted", "--no-lists"
    )
    assert (
        "20 dates on the first of a month are read as the month, as the mapping states. [first-of-month]"
        in planned.stdout
    )
    steward.run("apply", "prisoners.map.yaml", *LIST)
    every_row_is_in_the_graph(steward)
    an_unlisted_value(steward)
    a_corrected_name(steward)


def test_a_kept_plan_knows_the_table_its_ids_and_the_declaration(steward: Stewardship) -> None:
    """Before, the sum of the mapping alone was kept: what nobody had seen in a plan was loaded by it."""
    (steward.folder / "collection.yaml").write_text(DECLARATION, "utf-8")
    steward.run("table", "ids", "prisoners.map.yaml")
    kept = str(steward.folder / "list.plan")
    for name, old, new in (
        ("prisoners.csv", "Journalists", "Writers"),
        ("prisoners.ids.csv", "az-", "other-"),
        ("collection.yaml", "CC0-1.0", "CC-BY-4.0"),
    ):
        before = (steward.folder / name).read_text("utf-8")
        steward.run("plan", "prisoners.map.yaml", "--no-lists", "--out", kept)
        steward.edit(name, old, new)
        refused = steward.run("apply", kept, code=65).stderr
        assert re.search(rf"Files changed since the plan: \S*/{re.escape(name)}\. Plan again\.", refused)
        (steward.folder / name).write_text(before, "utf-8")
    steward.run("apply", kept)


def every_row_is_in_the_graph(steward: Stewardship) -> None:
    answer = steward.ask(EVENTS)
    names = {one["name"] for one in ROWS}
    assert len(ROWS) == 20
    assert {one["name"]: one["category"] for one in answer["people"]["nodes"]} == dict.fromkeys(names, "UNKNOWN")
    assert answer["people"]["totalCount"] == len(names) == 18, "one person for each name: three rows have one of them"
    found: dict[str, dict[str, Any]] = {}
    for event in answer["events"]["nodes"]:
        [cited] = event["citations"]
        [who] = event["participants"]["nodes"]
        assert cited["source"]["id"] == "prisoner-list"
        row = found.setdefault(cited["locator"], {"name": who["participant"]["name"], "prison": None, "released": None})
        assert row["name"] == who["participant"]["name"]
        match event["kind"]:
            case "DETENTION":
                row["detained"] = event["date"]["edtf"]
            case "CHARGE":
                row["articles"] = [one["article"] for one in event["offences"]]
            case "CONFINEMENT":
                [row["prison"]] = [one["name"] for one in event["sites"]]
            case "RELEASE":
                row["released"] = event["date"]["edtf"]
            case kind:
                pytest.fail(f"no row makes an event of the kind {kind}")
    stated = ("name", "prison", "released", "detained", "articles")
    assert found == {f"row {one['row']}": {key: one[key] for key in stated} for one in ROWS}


def an_unlisted_value(steward: Stewardship) -> None:
    steward.edit("prisoners.csv", "Prison No. 0", "Prison No. 9", line=14)
    refused = steward.run("apply", "prisoners.map.yaml", *LIST, code=65).stderr
    listed = "expected one of 'Prison No. 0', 'Made-up Investigative Prison', as 'prison-kind' in the mapping lists. [look-up]"
    assert f"prisoners.csv:14 «Prison»: Unlisted value 'Prison No. 9': {listed}" in refused
    assert "detention-graph: 1 problem in the seed files" in refused, "that the site has no kind only follows from it"
    steward.edit("prisoners.csv", "Prison No. 9", "Prison No. 0", line=14)


def a_corrected_name(steward: Stewardship) -> None:
    [before] = [one["id"] for one in steward.ask(EVENTS)["people"]["nodes"] if one["name"] == "Примірна Тарас"]
    steward.edit("prisoners.csv", "Примірна Тарас", "Примірна Тарас Іванович", line=5)
    refused = steward.run("plan", "prisoners.map.yaml", "--collection", "list", "--audience", "restricted", code=65)
    assert re.search(
        r"prisoners\.csv:5:1: The key of people in row 5 was Примірна Тарас and is .*--renamed", refused.stderr
    )
    steward.run("table", "ids", "prisoners.map.yaml", "--renamed")
    planned = steward.run("plan", "prisoners.map.yaml", "--collection", "list", "--audience", "restricted")
    assert "0 added, 1 changed, 0 removed; claims: 1 added, 1 removed" in planned.stdout
    assert "name       Примірна Тарас → Примірна Тарас Іванович" in planned.stdout
    steward.run("apply", "prisoners.map.yaml", *LIST)
    people = {one["id"]: one["name"] for one in steward.ask(EVENTS)["people"]["nodes"]}
    assert (people[before], len(people)) == ("Примірна Тарас Іванович", 18)


def test_where_prisoners_are_held_is_in_no_public_graph(steward: Stewardship) -> None:
    """What scenario 11 loads for the public: the mapping has to restrict the sites, and each cell that would show one is named."""
    public = ("--collection", "list", "--steward", "olena")
    done = steward.run("apply", "prisoners.map.yaml", *public)
    assert "are not for the audience public: not loaded" in done.stderr
    answer = steward.ask(EVENTS)
    assert {one["kind"] for one in answer["events"]["nodes"]} == {"DETENTION", "CHARGE", "RELEASE"}
    assert answer["people"]["totalCount"] == 18
    steward.edit("prisoners.map.yaml", ", sensitivity: restricted", "")
    refused = steward.run("apply", "prisoners.map.yaml", *public, code=65).stderr
    held = [one["row"] for one in ROWS if one["prison"]]
    assert [
        int(one) for one in re.findall(r"^\S*prisoners\.csv:(\d+) «Prison»: .*\[harm\]$", refused, re.MULTILINE)
    ] == held


def test_a_book_of_memory_is_read_as_stated_from_either_kind_of_file(steward: Stewardship, graph: LiveGraph) -> None:
    """Scenario 12: a wrong encoding is refused with the one that fits; a workbook gives the graph of the CSV file."""
    steward.edit("book.map.yaml", "encoding: cp1251, ", "")
    refused = steward.run("apply", "book.map.yaml", "--collection", "book", code=65).stderr
    assert (
        "book.map.yaml:2:15: Invalid encoding 'utf-8' of 'book.csv': not utf-8; reads as cp1251. [encoding]" in refused
    )
    steward.edit("book.map.yaml", "file: book.csv,", "file: book.csv, encoding: cp1251,")
    of_table = twenty_people(steward)
    workbook(steward.folder / "book.xlsx")
    steward.edit("book.map.yaml", 'file: book.csv, encoding: cp1251, delimiter: ";"', "file: book.xlsx")
    graph.wipe()
    assert twenty_people(steward) == of_table


def twenty_people(steward: Stewardship) -> str:
    """Apply the book, which must make twenty people and the day of each arrest; return the content hash."""
    printed = steward.run("apply", "book.map.yaml", "--collection", "book", "--steward", "olena").stdout
    answer = steward.ask(EVENTS)
    assert answer["people"]["totalCount"] == 20
    assert "Борис Борисович Тестенко" in {one["name"] for one in answer["people"]["nodes"]}, "the family name is last"
    days = [one["date"]["edtf"] for one in answer["events"]["nodes"] if one["kind"] == "DETENTION"]
    assert (len(days), {len(one) for one in days}) == (20, {len("1935-12-13")})
    [content] = re.findall(r"^content hash (\w+)$", printed, re.MULTILINE)
    return str(content)


def workbook(path: Path) -> None:
    """Write the book of memory as a workbook, each cell a text."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (TABLES / "book.txt").read_text("utf-8").splitlines():
        sheet.append(line.split(";")[:5])
    book.save(path)

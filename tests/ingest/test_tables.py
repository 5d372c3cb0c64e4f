"""Tables by a mapping: the records that they make, ids that stay, and every problem at its cell."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from typer.testing import CliRunner

from graph_api.cli import app
from graph_api.errors import InvalidSeeds
from graph_api.ingest.formats import SeedEntries, read_files
from graph_api.ingest.load import check
from graph_api.ingest.nodes import raw_value
from tests.helpers.graphs import LiveGraph
from tests.helpers.yaml_text import load_yaml

TABLES = Path(__file__).parent / "tables"
PROBLEMS = load_yaml((TABLES / "problems.yaml").read_text("utf-8"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with both tables and their mappings."""
    for name in ("incidents.csv", "incidents.map.yaml", "biographies.map.yaml"):
        shutil.copy(TABLES / name, tmp_path / name)
    (tmp_path / "biographies.csv").write_bytes((TABLES / "biographies.txt").read_text("utf-8").encode("cp1251"))
    return tmp_path


def records(entries: SeedEntries) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for one in entries.entries:
        values = raw_value(one.node)
        assert isinstance(values, dict)
        found.setdefault(one.section, []).append(values)
    return found


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def problems(folder: Path, name: str = "incidents.map.yaml") -> list[str]:
    with pytest.raises(InvalidSeeds) as error:
        check([folder / name])
    return [str(one).replace(f"{folder}/", "") for one in error.value.problems]


def test_rows_become_the_records_that_the_mapping_describes(folder: Path) -> None:
    entries = read_files([folder / "incidents.map.yaml"])
    assert entries.problems == ()
    found = records(entries)
    people = {one["name"]: one for one in found["people"]}
    assert list(people) == ["Прикладенко Іван", "Іван Зразковий", "Макетова Олена"]
    twice = people["Прикладенко Іван"]
    assert twice["tags"] == ["Writers", "Teachers"]
    assert twice["cite"] == [{"source": "incident-list", "at": "row 2"}]
    assert "tags" not in people["Іван Зразковий"]
    [second] = found["claims"]  # the same person in another row, of whom that row says something else
    assert (second["about"], second["values"]) == (twice["id"], {"tags": ["Writers"]})
    assert second["cite"] == [{"source": "incident-list", "at": "row 5"}]
    assert [(one["name"], one["kind"], len(one["cite"])) for one in found["sites"]] == [
        ("Made-up Prison 1", "prison", 2),
        ("Made-up Investigative Prison", "sizo", 1),
    ]
    events = [(one["kind"], one.get("date"), one["cite"][0]["at"]) for one in found["events"]]
    assert sorted(events, key=lambda one: (one[2], one[0])) == [
        ("charge", None, "row 2"),
        ("confinement", None, "row 2"),
        ("detention", "2012-02", "row 2"),
        ("release", "2015-08-17", "row 2"),
        ("charge", None, "row 3"),
        ("confinement", None, "row 3"),
        ("detention", "2013-08", "row 3"),
        ("detention", "2011-09-05", "row 4"),
        ("charge", None, "row 5"),
        ("confinement", None, "row 5"),
        ("detention", "2016-04-03", "row 5"),
    ]
    charge = next(one for one in found["events"] if one["kind"] == "charge")
    assert [one["article"] for one in charge["offences"]] == ["AZ-CM 228.1", "AZ-CM 234.4.3"]
    assert charge["participants"] == [{"who": twice["id"]}]
    assert [str(one).partition(": ")[2] for one in entries.warnings] == [
        "2 dates on the first of a month are read as the month, as the mapping states. [first-of-month]"
    ]


def test_cells_with_several_facts_are_taken_apart_by_patterns(folder: Path) -> None:
    entries = read_files([folder / "biographies.map.yaml"])
    found = records(entries)
    assert [(one["name"], one["born"]) for one in found["people"]] == [
        ("Павел Иванович Зразковый", "1909"),
        ("Борис Борисович Тестенко", "1897"),
    ]
    assert [(one["kind"], one.get("date")) for one in found["events"]] == [
        ("detention", "1935-12-13"),
        ("charge", None),
        ("conviction", "1936-11-13"),
        ("detention", "1936-02-02"),
        ("charge", None),
    ]
    assert found["events"][1]["offences"] == [{"code": "not-coded", "article": "RSFSR-UK 58-10"}]
    assert "conviction: no pattern matches in row 2; no record was made of them." in str(entries.warnings[0])


@pytest.mark.parametrize("case", PROBLEMS, ids=lambda one: one["problem"][-60:])
def test_what_is_wrong_is_said_at_its_cell_or_at_its_place_in_the_mapping(folder: Path, case: dict[str, Any]) -> None:
    changed = case["change"]
    name = "incidents.map.yaml" if "map" in changed else "incidents.csv"
    change(folder, name, changed.get("map", changed.get("table")), changed["to"])
    assert any(case["problem"] in one for one in problems(folder)), problems(folder)


def test_a_wrong_encoding_names_the_one_that_fits(folder: Path) -> None:
    change(folder, "biographies.map.yaml", "encoding: cp1251, ", "")
    assert "not utf-8; reads as cp1251." in problems(folder, "biographies.map.yaml")[0]


def test_a_workbook_gives_the_same_records_as_the_table(folder: Path) -> None:
    rows = [line.split(";")[:5] for line in (TABLES / "biographies.txt").read_text("utf-8").splitlines()]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(folder / "biographies.xlsx")
    expected = records(read_files([folder / "biographies.map.yaml"]))
    change(folder, "biographies.map.yaml", 'biographies.csv, encoding: cp1251, delimiter: ";"', "biographies.xlsx")
    assert records(read_files([folder / "biographies.map.yaml"])) == expected


def test_a_formula_without_a_stored_value_is_never_an_empty_cell(folder: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Name", "Arrested", "Prison", "Charges", "Released", "Tags"])
    sheet.append(["Example Person", "2012-02-03", "-", "", "=A1", ""])
    book.save(folder / "incidents.xlsx")
    change(folder, "incidents.map.yaml", "incidents.csv", "incidents.xlsx")
    assert "Formula without a stored value in E2" in problems(folder)[0]


def test_a_corrected_name_keeps_its_id_once_the_steward_says_so(folder: Path) -> None:
    mapping = str(folder / "incidents.map.yaml")
    before = {one["cite"][0]["at"]: one["id"] for one in records(read_files([Path(mapping)]))["people"]}
    run = CliRunner()
    assert run.invoke(app, ["table", "ids", mapping]).exit_code == 0
    change(folder, "incidents.csv", "Макетова Олена", "Макетова Олена Іванівна")
    found = problems(folder)
    assert any("The key of people in row 4 was Макетова Олена and is Макетова Олена Іванівна" in one for one in found)
    assert isinstance(run.invoke(app, ["table", "ids", mapping]).exception, InvalidSeeds)
    assert run.invoke(app, ["table", "ids", mapping, "--renamed"]).exit_code == 0
    entries = read_files([Path(mapping)])
    assert entries.problems == ()
    after = {one["cite"][0]["at"]: one for one in records(entries)["people"]}
    assert {at: one["id"] for at, one in after.items()} == before
    assert after["row 4"]["name"] == "Макетова Олена Іванівна"


def test_a_converted_table_has_the_same_claims(folder: Path) -> None:
    out = folder / "converted" / "incidents.jsonl"
    out.parent.mkdir()
    assert (
        CliRunner().invoke(app, ["table", "convert", str(folder / "incidents.map.yaml"), "-o", str(out)]).exit_code == 0
    )
    claims = [
        {(one.subject, *sorted(map(str, one.values.items()))) for one in check([path])[1].claims}
        for path in (folder / "incidents.map.yaml", out)
    ]
    assert claims[0] == claims[1]
    assert len(claims[0]) > 20


def test_what_a_row_makes_is_shown(folder: Path) -> None:
    shown = CliRunner().invoke(app, ["table", "show", str(folder / "incidents.map.yaml"), "--row", "4"])
    assert shown.output.count("people:\n") == 1
    assert "Макетова Олена" in shown.output
    assert "Зразковий" not in shown.output


@pytest.mark.parametrize(
    ("name", "key", "people"),
    [("incidents.csv", '["Name", "Arrested"]', 4), ("biographies.csv", '["Column 1"]', 2)],
)
def test_a_guessed_mapping_reads_the_table_once_its_source_is_stated(
    folder: Path, name: str, key: str, people: int
) -> None:
    """Before, the key was the first column, equal in two rows, and the column of names was unused as well."""
    guessed = CliRunner().invoke(app, ["table", "guess", str(folder / name)])
    assert guessed.exit_code == 0
    assert f"key: {key}" in guessed.output
    text = guessed.output.replace("url: TODO", 'url: "https://example.org/"').replace(
        "retrieved: TODO", "retrieved: 2026"
    )
    (folder / "guessed.map.yaml").write_text(text, encoding="utf-8")
    entries = read_files([folder / "guessed.map.yaml"])
    assert entries.problems == (), text
    assert len(records(entries)["people"]) == people


def test_a_guess_states_no_key_where_two_rows_are_equal(folder: Path) -> None:
    change(folder, "incidents.csv", "2016-04-03,Made-up Prison 1,221,,Writers", "2016-04-03,,,,")
    with (folder / "incidents.csv").open("a", encoding="utf-8") as table:
        table.write("Прикладенко Іван,2016-04-03,,,,\n")
    guessed = CliRunner().invoke(app, ["table", "guess", str(folder / "incidents.csv")])
    assert "key: [" not in guessed.output


@pytest.mark.live
def test_a_table_loads_like_any_seed_file_and_again_without_a_change(graph: LiveGraph, folder: Path) -> None:
    graph.load([folder])  # where he was held is withheld: nobody reports him returned
    assert graph.ask('{ people(where: {name: {eq: "Іван Зразковий"}}) { nodes { events { nodes { kind } } } } }')[
        "people"
    ]["nodes"] == [{"events": {"nodes": [{"kind": "DETENTION"}, {"kind": "CHARGE"}]}}]
    assert graph.load([folder]).changes.is_empty

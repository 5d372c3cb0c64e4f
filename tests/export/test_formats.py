"""Each export format turns an answer into the text of its case, or refuses with the reason. Cases: ``cases.yaml``."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.errors import InvalidQuery
from graph_api.export.csv import BYTE_ORDER_MARK, FORMULA_STARTS, write_csv
from graph_api.export.registry import EXPORT_FORMATS
from graph_api.export.rows import left_out
from tests.helpers.yaml_text import load_yaml

CASES: list[dict[str, Any]] = load_yaml(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))
WRITTEN = [(case, name) for case in CASES for name in EXPORT_FORMATS if name in case]
REFUSED = [case for case in CASES if "refused" in case]
CELLS = st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(("case", "name"), WRITTEN, ids=[f"{case['case']}: {name}" for case, name in WRITTEN])
def test_an_answer_becomes_the_text_of_the_case(case: dict[str, Any], name: str) -> None:
    text = EXPORT_FORMATS[name].write(case["data"]).removeprefix(BYTE_ORDER_MARK)
    assert text.replace("\r\n", "\n") == case[name]


@pytest.mark.parametrize("case", REFUSED, ids=[case["case"] for case in REFUSED])
def test_what_has_no_form_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(InvalidQuery) as raised:
        EXPORT_FORMATS[case["format"]].write(case["data"])
    assert str(raised.value) == case["refused"]


@pytest.mark.parametrize("case", [case for case in CASES if "left_out" in case], ids=lambda case: str(case["case"]))
def test_a_page_shorter_than_its_list_is_said_to_be_one(case: dict[str, Any]) -> None:
    assert left_out(case["data"]) == case["left_out"]


def test_every_format_has_a_case_and_a_name_of_its_own() -> None:
    assert {name for _, name in WRITTEN} == set(EXPORT_FORMATS)
    assert all(one.name == name for name, one in EXPORT_FORMATS.items())


@given(st.lists(st.fixed_dictionaries({"a": CELLS, "b": CELLS}), min_size=1))
def test_a_spreadsheet_reads_every_row_and_no_formula(rows: list[dict[str, Any]]) -> None:
    text = write_csv({"people": {"nodes": rows}})
    header, *lines = csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""), strict=True)
    assert (set(header), len(lines)) == ({"a", "b"}, len(rows))
    for row, line in zip(rows, lines, strict=True):
        for value, cell in zip((row[name] for name in header), line, strict=True):
            if isinstance(value, str):
                assert cell.removeprefix("'") == value.removeprefix("'")
                assert not cell.startswith(FORMULA_STARTS)

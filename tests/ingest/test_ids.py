"""An id belongs to one record for ever: what a batch may define under an id that the graph has."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_api.ingest.formats import read_files
from graph_api.ingest.record_parser import parse_batch
from graph_api.ingest.stored_state import StoredContext
from graph_api.ingest.validate import validate
from graph_api.ontology.vocabulary import Sensitivity
from tests.ingest.texts import BASE, write

CLAIM = """
claims:
  - {id: court-on-petro, about: petro-example, values: {sex: male}, cite: {source: court-2023, at: p. 1}}
"""


def problems(folder: Path, text: str, context: StoredContext) -> list[str]:
    parsed = parse_batch(read_files([write(folder, text)]).entries)
    return [problem.message for problem in validate(parsed, context, Sensitivity.PUBLIC)[1]]


@pytest.mark.parametrize(
    ("stored", "units"),
    [
        ({"iryna-conviction": "event/CONVICTION"}, {"iryna-conviction": "iryna-conviction"}),
        ({"iryna-conviction": "event/REMAND"}, {"iryna-conviction": "iryna-conviction"}),
        ({"petro-example": "person"}, {"petro-example": "petro-example", "court-on-petro": "petro-example"}),
    ],
    ids=["the same kind", "another kind of event", "a person, and an entry of claims: about it"],
)
def test_an_entry_is_loaded_again(tmp_path: Path, stored: dict[str, str], units: dict[str, str]) -> None:
    assert problems(tmp_path, BASE + CLAIM, StoredContext(kinds=stored, units=units)) == []


@pytest.mark.parametrize(
    ("context", "id_", "owner"),
    [
        (StoredContext(kinds={"iryna-conviction": "person"}), "iryna-conviction", "a person"),
        (StoredContext(kinds={"petro-example": "event/REMAND"}), "petro-example", "a remand"),
        (StoredContext(kinds={"court-on-petro": "person"}), "court-on-petro", "a person"),
        (StoredContext(units={"petro-example": "iryna-example"}), "petro-example", "an entry of claims:"),
    ],
    ids=[
        "a person becomes an event",
        "an event becomes a person",
        "a person becomes an entry",
        "an entry becomes a person",
    ],
)
def test_an_id_of_another_record_is_refused(tmp_path: Path, context: StoredContext, id_: str, owner: str) -> None:
    expected = f"Id {id_!r} is in use by {owner} in the graph: expected a new id, ids are never re-used."
    assert problems(tmp_path, BASE + CLAIM, context) == [expected]

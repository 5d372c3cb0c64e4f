"""A person is hidden, readmitted and erased: nothing names them meanwhile, and what comes back is what was there. All people are made up."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from graph_api.errors import InvalidSeeds, NotFound
from graph_api.ingest.archive import read_graph
from graph_api.ingest.history import all_loads, history_of, without_hidden
from graph_api.ingest.journal import ids_in
from graph_api.ingest.load import LoadNote, write
from graph_api.ingest.withdrawal import (
    Withdrawal,
    WithdrawalReason,
    forget_hidden,
    free_id,
    prepare_readmission,
    prepare_withdrawal,
)
from graph_api.ontology.vocabulary import Sensitivity
from graph_api.statement import Statement
from tests.helpers.graphs import LiveGraph
from tests.helpers.stewards import Steward, with_two_collections

pytestmark = pytest.mark.live

NAME = "Beta Synthetic"
EVENTS = ["sta-p2-conviction", "sta-p2-detention", "sta-p2-transfer", "sta-p2-trial"]


@pytest.fixture
def steward(graph: LiveGraph, tmp_path: Path) -> Steward:
    return with_two_collections(graph, tmp_path)


def withdraw(steward: Steward, record: str, *, erase: bool = False) -> Withdrawal:
    found = prepare_withdrawal(steward.graph.store, record, WithdrawalReason.REQUEST, erase=erase)
    assert found.prepared is not None
    assert write(found.prepared, steward.graph.store, LoadNote("olena"))
    return found


def answered(steward: Steward) -> str:
    data = steward.graph.ask("{ people(first: 50) { nodes { id name } } events(first: 100) { nodes { id title } } }")
    return orjson.dumps(data).decode()


def everything_stored(steward: Steward) -> str:
    """Return every property of every node and relationship, with the journals of the loads unpacked."""
    rows = steward.graph.store.read(Statement("MATCH (n) WHERE NOT n:Load RETURN properties(n)", {}, "all"), seconds=60)
    links = steward.graph.store.read(Statement("MATCH ()-[r]->() RETURN properties(r)", {}, "all"), seconds=60)
    loads = [[dict(one.note), one.journal] for one in all_loads(steward.graph.store)]
    return orjson.dumps([[row[0] for row in rows], [row[0] for row in links], loads], default=str).decode()


def test_a_hidden_person_is_in_no_answer_and_comes_back_as_they_were(steward: Steward) -> None:
    before = steward.hash
    found = withdraw(steward, "sta-p2")
    assert found.gone == ("sta-p2", *EVENTS)
    assert found.reduced == ("sta-exchange",)
    assert NAME not in answered(steward)
    assert "sta-p2" not in answered(steward)
    with pytest.raises(NotFound):
        history_of(steward.graph.store, "sta-p2")
    listed = [one.journal for one in without_hidden(all_loads(steward.graph.store))]
    assert not any("sta-p2" in one for journal in listed for one in ids_in(journal))
    with pytest.raises(InvalidSeeds) as error:
        steward.apply("one")
    assert {one.rule for one in error.value.problems} == {"withheld"}
    for number in (1, 3):
        with pytest.raises(InvalidSeeds, match="nothing was loaded") as refused:
            steward.revert(number, with_later=True)
        assert "which only `readmit` brings back" in str(refused.value.problems[0])
    prepared = prepare_readmission(steward.graph.store, "sta-p2")
    assert prepared is not None
    assert write(prepared, steward.graph.store)
    assert steward.hash == before
    assert not steward.apply("one").changes.changes_records


def test_an_erased_person_is_nowhere_in_the_store(steward: Steward) -> None:
    steward.edit("one/people.yaml", "Beta Synthetic", "Beta B. Synthetic")
    steward.apply("one/people.yaml", message="spelling of Beta")
    assert NAME in everything_stored(steward)
    withdraw(steward, "sta-p2", erase=True)
    stored = everything_stored(steward)
    for trace in (NAME, "Beta", "sta-p2"):
        assert trace not in stored
    assert prepare_readmission(steward.graph.store, "sta-p2") is None
    with pytest.raises(InvalidSeeds):
        steward.apply("one")
    free_id(steward.graph.store, "sta-p2")
    assert steward.apply("one").is_applied
    assert NAME.replace("Beta", "Beta B.") in answered(steward)


def test_a_hidden_person_can_be_erased(steward: Steward) -> None:
    withdraw(steward, "sta-p2")
    assert NAME in everything_stored(steward)
    found = prepare_withdrawal(steward.graph.store, "sta-p2", WithdrawalReason.REQUEST, erase=True)
    assert found.prepared is None
    forget_hidden(steward.graph.store, found)
    assert NAME not in everything_stored(steward)
    assert "sta-p2" not in everything_stored(steward)
    assert prepare_readmission(steward.graph.store, "sta-p2") is None


def test_what_was_changed_since_is_not_overwritten_by_a_readmission(steward: Steward) -> None:
    withdraw(steward, "sta-p2")
    path = steward.folder / "one" / "events.yaml"
    lines = [line for line in path.read_text("utf-8").splitlines(keepends=True) if "sta-p2" not in line]
    path.write_text("".join(lines).replace("2024-06-28", "2024-06-29"), "utf-8")
    steward.apply("one/events.yaml")
    assert prepare_readmission(steward.graph.store, "sta-p2") is None


def test_an_unknown_id_and_one_that_is_not_withheld_are_refused(steward: Steward) -> None:
    with pytest.raises(NotFound, match="No record 'sta-p22'"):
        prepare_withdrawal(steward.graph.store, "sta-p22", WithdrawalReason.REQUEST, erase=False)
    with pytest.raises(NotFound, match="is not withheld"):
        prepare_readmission(steward.graph.store, "sta-p1")


def test_a_record_that_becomes_restricted_is_forgotten_by_earlier_loads(steward: Steward) -> None:
    steward.edit("two/people.yaml", "Zeta Synthetic", "Zeta Z. Synthetic")
    steward.apply("two/people.yaml")
    assert "Zeta Synthetic" in everything_stored(steward)
    for name in ("people", "events"):
        path = steward.folder / "two" / f"{name}.yaml"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text(
            "".join(
                line.replace("cite: {", "sensitivity: restricted, cite: {", 1) if "{id: stb-p2" in line else line
                for line in lines
                if "{who: stb-p2, side" not in line
            ),
            "utf-8",
        )
    steward.apply("two")
    stored = everything_stored(steward)
    assert "Zeta" not in stored
    assert "stb-p2" not in stored
    archive = read_graph(steward.graph.store)
    assert archive.audience == Sensitivity.PUBLIC.value.lower()

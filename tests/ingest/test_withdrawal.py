"""A person is hidden, readmitted and erased: nothing names them meanwhile, and what comes back is what was there. All people are made up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph_api.errors import IncompatibleGraph, InvalidSeeds, InvalidValue, NotFound
from graph_api.evidence.claims import Citation, Claim
from graph_api.ingest.archive import add_withheld, read_graph
from graph_api.ingest.history import all_loads, history_of, without_hidden
from graph_api.ingest.journal import Journal, LoadedClaim, LoadRecord, ids_in
from graph_api.ingest.load import LoadNote, write
from graph_api.ingest.withdrawal import (
    Withdrawal,
    WithdrawalReason,
    forget_hidden,
    free_id,
    prepare_readmission,
    prepare_withdrawal,
)
from graph_api.ingest.withheld import add_keys, digest
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
    found = prepare_withdrawal(steward.graph.store, record, WithdrawalReason.REQUEST, erase=erase, key=steward.key)
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
    prepared = prepare_readmission(steward.graph.store, "sta-p2", steward.key)
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
    assert prepare_readmission(steward.graph.store, "sta-p2", steward.key) is None
    with pytest.raises(InvalidSeeds):
        steward.apply("one")
    free_id(steward.graph.store, "sta-p2", LoadNote("olena", "readmission: error"), steward.key)
    assert all_loads(steward.graph.store)[-1].note["message"] == "readmission: error"
    assert steward.apply("one").is_applied
    assert NAME.replace("Beta", "Beta B.") in answered(steward)


def test_a_hidden_person_can_be_erased(steward: Steward) -> None:
    withdraw(steward, "sta-p2")
    assert NAME in everything_stored(steward)
    found = prepare_withdrawal(steward.graph.store, "sta-p2", WithdrawalReason.REQUEST, erase=True, key=steward.key)
    assert found.prepared is None
    forget_hidden(steward.graph.store, found, LoadNote("olena, iryna", "erased: request"))
    last = all_loads(steward.graph.store)[-1]
    assert (last.number, last.note["steward"], last.note["message"]) == (4, "olena, iryna", "erased: request")
    assert NAME not in everything_stored(steward)
    assert "sta-p2" not in everything_stored(steward)
    assert prepare_readmission(steward.graph.store, "sta-p2", steward.key) is None


def test_what_was_changed_since_is_not_overwritten_by_a_readmission(steward: Steward) -> None:
    withdraw(steward, "sta-p2")
    path = steward.folder / "one" / "events.yaml"
    lines = [line for line in path.read_text("utf-8").splitlines(keepends=True) if "sta-p2" not in line]
    path.write_text("".join(lines).replace("2024-06-28", "2024-06-29"), "utf-8")
    steward.apply("one/events.yaml")
    assert prepare_readmission(steward.graph.store, "sta-p2", steward.key) is None


def test_an_unknown_id_and_one_that_is_not_withheld_are_refused(steward: Steward) -> None:
    with pytest.raises(InvalidValue, match=r"Invalid id 'sta-p22': .* \(unknown-withheld\)"):
        prepare_withdrawal(steward.graph.store, "sta-p22", WithdrawalReason.REQUEST, erase=False, key=steward.key)
    with pytest.raises(InvalidValue, match=r"expected an id that is withheld in this graph \(unknown-withheld\)"):
        prepare_readmission(steward.graph.store, "sta-p1", steward.key)


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


def other(steward: Steward, person: str, **decided: Any) -> None:
    """Load a person with the id xx-1 into a collection of her own."""
    steward.folder.joinpath("other.yaml").write_text(
        "sources:\n  - {id: xx-src, title: Synthetic report X, kind: ngo, published: 2025-05-01}\n"
        f"people:\n  - {{id: xx-1, {person}, cite: {{source: xx-src, at: ¶ 1}}}}\n",
        encoding="utf-8",
    )
    steward.apply("other.yaml", "other", **decided)


SAME = ["name: Beta Synthetic", "name: Synthetic Beta", "name: Somebody Else, names: [{text: BETA SYNTHETIC}]"]


@pytest.mark.parametrize("erase", [False, True])
def test_who_is_withheld_cannot_be_loaded_by_another_id(steward: Steward, *, erase: bool) -> None:
    withdraw(steward, "sta-p2", erase=erase)
    before = steward.hash
    messages = set()
    for person in SAME:
        with pytest.raises(InvalidSeeds) as error:
            other(steward, person)
        [problem] = [one for one in error.value.problems if one.rule == "resembles-withheld"]
        messages.add(problem.message)
        assert (problem.file.endswith("other.yaml"), problem.line) == (True, 4)
    assert len(messages) == 1, "the message does not say what is equal"
    assert steward.hash == before
    other(steward, "name: Beta Synthetical")
    with pytest.raises(InvalidSeeds):
        other(steward, "name: Beta Synthetic")  # a stored record gets the name
    with pytest.raises(InvalidSeeds):
        other(steward, "name: Beta Synthetic", not_the_same=frozenset({"xx-1"}))  # no reason
    other(steward, "name: Beta Synthetic", not_the_same=frozenset({"xx-1"}), why="another person")
    other(steward, "name: Beta Synthetic, description: A namesake")  # was reviewed and has the name already
    assert '"xx-1"' in answered(steward)


def test_a_namesake_who_was_let_in_comes_back_by_a_revert(steward: Steward) -> None:
    withdraw(steward, "sta-p2")
    other(steward, "name: Beta Synthetic", not_the_same=frozenset({"xx-1"}), why="another person")
    before, number = steward.hash, all_loads(steward.graph.store)[-1].number
    steward.revert(number)
    assert "xx-1" not in answered(steward)
    steward.revert(number + 1)
    assert steward.hash == before


def test_what_is_noted_of_loads_names_nobody_who_is_hidden() -> None:
    claim = Claim("a-person", "a-person", "person", "a-person", {"name": "Beta Example"}, Citation("a-source", "¶ 1"))
    note = {
        "steward": "olena",
        "message": "spelling of Beta",
        "files": ["beta.yaml"],
        "decisions": ["--disclose a-person: …"],
    }
    hiding = Journal((LoadedClaim(claim, "one"),), {"a-person": None}, hidden=("a-person",))
    loads = [
        LoadRecord("one", 1, "2026-11-28", note, Journal()),
        LoadRecord("two", 2, "2026-11-29", {"message": "hidden"}, hiding),
    ]
    first, second = without_hidden(loads)
    assert (first.note, second.note) == ({"steward": "olena"}, {"message": "hidden"})
    assert (second.journal.entries, second.journal.hidden, second.journal.removed) == ({}, (), ())
    assert without_hidden(loads[:1]) == tuple(loads[:1])


def test_a_readmission_takes_the_digests_of_names_away(steward: Steward) -> None:
    withdraw(steward, "sta-p2")
    prepared = prepare_readmission(steward.graph.store, "sta-p2", steward.key)
    assert prepared is not None
    assert write(prepared, steward.graph.store)
    assert steward.graph.store.read(Statement("MATCH (n:Withheld) RETURN n.id", {}, "left")) == []
    other(steward, "name: Beta Synthetic")


def test_without_its_key_a_graph_loads_and_restores_nothing(steward: Steward) -> None:
    withdraw(steward, "sta-p2")
    archive = read_graph(steward.graph.store)
    assert add_withheld(archive, (), steward.key).withheld == archive.withheld
    other(steward, "name: Beta New")
    before = steward.hash
    kept = steward.key.path.read_bytes()
    for key in (None, b"another key".ljust(32)):
        steward.key.path.unlink()
        if key is not None:
            steward.key.path.write_bytes(key)
        for name in ("one", "other.yaml"):
            with pytest.raises(IncompatibleGraph, match="Expected the key that was kept with it"):
                steward.apply(name, None if name == "one" else "other")
        with pytest.raises(IncompatibleGraph):
            add_withheld(archive, (), steward.key)
        steward.key.path.write_bytes(kept)
    assert steward.hash == before
    assert IncompatibleGraph.exit_code == 78


def test_digests_of_earlier_versions_get_the_key(steward: Steward) -> None:
    found = prepare_withdrawal(steward.graph.store, "sta-p2", WithdrawalReason.SAFETY, erase=False)
    assert found.prepared is not None
    write(found.prepared, steward.graph.store)
    assert withheld_rows(steward) == [[digest("sta-p2"), "SAFETY"]]
    with pytest.raises(InvalidSeeds):
        steward.apply("one")
    assert add_keys(steward.graph.store, steward.key) == 1
    assert add_keys(steward.graph.store, steward.key) == 0
    [[id_, reason]] = withheld_rows(steward)
    assert id_.startswith("keyed:")
    assert reason == "SAFETY"
    with pytest.raises(InvalidSeeds) as error:
        steward.apply("one")
    assert {one.rule for one in error.value.problems} == {"withheld"}
    assert prepare_readmission(steward.graph.store, "sta-p2", steward.key) is not None


def withheld_rows(steward: Steward) -> list[Sequence[Any]]:
    return steward.graph.store.read(Statement("MATCH (n:Withheld) RETURN n.id, n.reason", {}, "withheld"))

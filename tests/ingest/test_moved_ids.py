"""Ids that moved: the former id leads to the record for ever, is never used again, and a load that moved it can be taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph_api.database.stored_claims import graph_hash
from graph_api.errors import InvalidSeeds
from graph_api.ingest.history import prepare_revert
from graph_api.ingest.load import examine, write
from graph_api.ingest.rebuild import rebuild
from graph_api.ingest.withdrawal import WithdrawalReason, prepare_withdrawal
from graph_api.ontology.vocabulary import Sensitivity
from tests.helpers.graphs import LiveGraph
from tests.ingest.texts import write as write_text

SOURCE = (
    "sources: [{id: a-list, title: A synthetic list, kind: ngo, published: 2025, url: 'https://example.org/list'}]\n"
)
PERSON = "people: [{{id: {id}, name: Ivan Testenko, category: civilian, cite: {{source: a-list, at: row 1}}}}]\n"
EVENT = "events: [{{id: the-detention, kind: detention, participants: [{{who: {id}}}], date: 2022, cite: {{source: a-list, at: row 1}}}}]\n"
COURT = "organizations: [{{id: {id}, name: A synthetic court, kind: court, cite: {{source: a-list, at: row 2}}}}]\n"


def moved(*pairs: tuple[str, str], more: str = "") -> str:
    return "moved:\n" + "".join(f"  - {{from: {former}, to: {present}{more}}}\n" for former, present in pairs)


def problems_of(graph: LiveGraph, text: str, folder: Path) -> str:
    with pytest.raises(InvalidSeeds) as refused:
        graph.load_text(text, folder)
    return "\n".join(map(str, refused.value.problems))


def load_first(graph: LiveGraph, folder: Path, id_: str = "former-person") -> None:
    graph.wipe()
    graph.load_text(SOURCE + PERSON.format(id=id_) + EVENT.format(id=id_), folder)


QUERY = """
query ($id: ID!) {
  person(id: $id) { id mergedFrom events { totalCount } claims(property: "mergedFrom") { value citations { locator } } }
  node(id: $id) { id }
  caseFile(person: $id) { timeline { line } }
}
"""


def ask(graph: LiveGraph, id_: str) -> Any:
    return graph.ask(QUERY, {"id": id_})


@pytest.mark.live
def test_a_former_id_answers_the_record_everywhere(graph: LiveGraph, tmp_path: Path) -> None:
    load_first(graph, tmp_path)
    text = SOURCE + PERSON.format(id="present-person") + EVENT.format(id="present-person")
    changes = graph.load_text(text + moved(("former-person", "present-person")), tmp_path).changes
    assert (changes.added, changes.removed) == (("present-person",), ("former-person",))
    found = ask(graph, "former-person")
    assert found["person"] == {
        "id": "present-person",
        "mergedFrom": ["former-person"],
        "events": {"totalCount": 1},
        "claims": [{"value": ["former-person"], "citations": []}],
    }
    assert found["node"] == {"id": "present-person"}
    assert len(found["caseFile"]["timeline"]) == 1
    assert ask(graph, "present-person") == found


@pytest.mark.live
def test_any_load_order_and_a_rebuild_give_the_same_graph(graph: LiveGraph, tmp_path: Path) -> None:
    text = SOURCE + PERSON.format(id="present-person") + EVENT.format(id="present-person")
    text += moved(("first-person", "second-person"), ("second-person", "present-person"))
    graph.wipe()
    graph.load_text(text, tmp_path)
    fresh = graph_hash(graph.store)
    load_first(graph, tmp_path, "first-person")
    second = SOURCE + PERSON.format(id="second-person") + EVENT.format(id="second-person")
    graph.load_text(second + moved(("first-person", "second-person")), tmp_path)
    graph.load_text(text, tmp_path)
    assert graph_hash(graph.store) == fresh
    for former in ("first-person", "second-person"):
        assert ask(graph, former)["person"]["mergedFrom"] == ["first-person", "second-person"]
    rebuild(graph.store)
    assert graph_hash(graph.store) == fresh
    assert ask(graph, "first-person")["person"]["id"] == "present-person"


@pytest.mark.live
def test_a_filter_with_a_former_id_says_where_it_moved(graph: LiveGraph, tmp_path: Path) -> None:
    graph.wipe()
    graph.load_text(SOURCE + COURT.format(id="court-present") + moved(("court-former", "court-present")), tmp_path)
    answer = graph.result('{ events(where: {court: {eq: "court-former"}}) { totalCount } }')
    assert [one.message for one in answer.notes] == [
        "The id 'court-former' moved to 'court-present': ask for that one."
    ]
    assert graph.ask('{ organization(id: "court-former") { id mergedFrom } person(id: "court-former") { id } }') == {
        "organization": {"id": "court-present", "mergedFrom": ["court-former"]},
        "person": None,
    }


@pytest.mark.live
def test_a_load_that_moved_an_id_is_reverted_to_the_hash_of_before(graph: LiveGraph, tmp_path: Path) -> None:
    load_first(graph, tmp_path)
    before = graph_hash(graph.store)
    text = SOURCE + PERSON.format(id="present-person") + EVENT.format(id="present-person")
    graph.load_text(text + moved(("former-person", "present-person")), tmp_path)
    after = graph_hash(graph.store)
    for number, expected in ((2, before), (3, after)):
        write(prepare_revert(graph.store, number), graph.store)
        assert graph_hash(graph.store) == expected
    assert ask(graph, "former-person")["person"]["id"] == "present-person"


@pytest.mark.live
def test_a_former_id_is_refused_as_an_id_and_named_in_references(graph: LiveGraph, tmp_path: Path) -> None:
    load_first(graph, tmp_path, "present-person")
    graph.load_text(moved(("former-person", "present-person")), tmp_path)
    assert "Id 'former-person' moved to 'present-person': expected that id, or a new one." in problems_of(
        graph, PERSON.format(id="former-person"), tmp_path
    )
    assert "'former-person' moved to 'present-person'" in problems_of(
        graph, EVENT.format(id="former-person").replace("the-detention", "another-one"), tmp_path
    )


@pytest.mark.live
def test_nothing_that_others_say_of_a_former_record_is_lost(graph: LiveGraph, tmp_path: Path) -> None:
    load_first(graph, tmp_path)
    other = "claims: [{id: their-claim, about: former-person, values: {born: 1980}, cite: {source: a-list, at: row 3}}]"
    graph.load_text(other, tmp_path)
    text = SOURCE + PERSON.format(id="present-person") + EVENT.format(id="present-person")
    found = problems_of(graph, text + moved(("former-person", "present-person")), tmp_path)
    assert "Cannot move 'former-person': expected these entries about it in the same batch, their-claim." in found
    load_first(graph, tmp_path)
    found = problems_of(
        graph, PERSON.format(id="present-person") + moved(("former-person", "present-person")), tmp_path
    )
    assert "Cannot remove 'former-person': stored records refer to it, the-detention (who)" in found


@pytest.mark.live
def test_a_restricted_move_leaves_no_trace_in_a_public_graph(graph: LiveGraph, tmp_path: Path) -> None:
    text = SOURCE + PERSON.format(id="present-person")
    graph.wipe()
    graph.load_text(text, tmp_path)
    without = graph_hash(graph.store)
    graph.wipe()
    graph.load_text(text + moved(("secret-former", "present-person"), more=", sensitivity: restricted"), tmp_path)
    assert graph_hash(graph.store) == without
    assert ask(graph, "secret-former")["person"] is None
    graph.wipe()
    graph.load_text(
        text + moved(("secret-former", "present-person"), more=", sensitivity: restricted"),
        tmp_path,
        audience=Sensitivity.RESTRICTED,
    )
    assert ask(graph, "secret-former")["person"]["id"] == "present-person"
    graph.wipe()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (moved(("court-one", "nobody-here")), "Record 'nobody-here' in to not found"),
        (moved(("court-one", "a-list")), "Invalid move of 'court-one' to the source 'a-list'"),
        (COURT.format(id="court-one") + moved(("court-one", "court-two")), "Cannot move 'court-one', which"),
        (moved(("court-one", "court-two"), ("court-two", "court-one")), "Cycle in moved: court-one to court-two to court-one."),
        (moved(("Court_One", "court-two")), "Invalid id 'Court_One'"),
        ("moved: [{from: court-one}]\n", "Invalid entry of moved: expected {from: a former id, to: the id of a record}."),
        ("moved: [{from: court-one, to: court-two, why: x}]\n", "Unknown key 'why'"),
        (PERSON.format(id="a-person").replace("category: civilian", "merged-from: [court-one]"), "Unknown key 'merged-from'"),
    ],
)  # fmt: skip
def test_an_entry_that_leads_nowhere_is_a_problem(tmp_path: Path, text: str, message: str) -> None:
    problems = examine([write_text(tmp_path, SOURCE + text)]).problems
    assert message in "\n".join(map(str, problems))


@pytest.mark.live
@pytest.mark.parametrize("given", ["present-person", "former-person"])
@pytest.mark.parametrize("erase", [False, True])
def test_who_is_hidden_does_not_come_back_under_a_former_id(
    graph: LiveGraph, tmp_path: Path, given: str, erase: bool
) -> None:
    load_first(graph, tmp_path)
    text = SOURCE + PERSON.format(id="present-person") + EVENT.format(id="present-person")
    graph.load_text(text + moved(("former-person", "present-person")), tmp_path)
    found = prepare_withdrawal(graph.store, given, WithdrawalReason.SAFETY, erase=erase)
    assert found.prepared is not None
    write(found.prepared, graph.store)
    assert "withheld" in problems_of(graph, SOURCE + PERSON.format(id="former-person"), tmp_path)
    assert ask(graph, "former-person")["person"] is None


@pytest.mark.live
@pytest.mark.parametrize("given", ["present-person", "former-person"])
def test_a_withheld_id_withholds_the_record_under_all_its_ids(graph: LiveGraph, tmp_path: Path, given: str) -> None:
    graph.wipe()
    graph.load_text(SOURCE + PERSON.format(id="former-person"), tmp_path)
    moving = moved(("former-person", "present-person"))
    graph.load_text(PERSON.format(id="present-person") + moving, tmp_path)
    graph.load_text(f"withheld: [{given}]\n", tmp_path)
    assert "-person" not in graph.dump()
    for one in ("former-person", "present-person"):
        assert ask(graph, one)["person"] is None
        assert "withheld" in problems_of(graph, PERSON.format(id=one), tmp_path)
    graph.wipe()
    assert "withheld" in problems_of(graph, SOURCE + moving + f"withheld: [{given}]\n", tmp_path)


@pytest.mark.live
def test_an_id_that_a_judgement_merged_does_not_move_elsewhere(graph: LiveGraph, tmp_path: Path) -> None:
    graph.wipe()
    people = "".join(
        PERSON.format(id=f"{one}-person").removeprefix("people: [").removesuffix("]\n") + ", "
        for one in ("one", "two", "six")
    )
    same = "judgements: [{id: j-1, records: [one-person, two-person], verdict: same, keep: one-person, by: o, on: 2026-11-28, why: x}]\n"
    graph.load_text(f"{SOURCE}people: [{people}]\n{same}", tmp_path)
    found = problems_of(graph, moved(("two-person", "six-person")), tmp_path)
    assert "two-person = one-person (j-1)" in found, found
    assert "two-person = six-person (two-person)" in found, found

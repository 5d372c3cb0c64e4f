"""A scan starts at a record that every row which passes the filter has to lead to, and at no other one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph_api.compiler.cypher_writer import CypherWriter, scan, scan_filtered
from graph_api.compiler.emit import INDEXED_OF_PEOPLE, emit_predicate
from graph_api.compiler.ir import (
    AllOf,
    AnyOf,
    Comparator,
    Compare,
    Exists,
    Hop,
    Not,
    Predicate,
    ScopeVar,
    Step,
    Traverse,
)
from graph_api.ontology.names import Rel

MIGRATIONS = Path(__file__).parents[2] / "cypher" / "migrations"
AT = Traverse((Hop((Rel.AT,), forward=True, label="Site"),))
WITHIN = Traverse((Hop((Rel.AT, Rel.WITHIN), forward=True, label="Place", max_length=8),))
TOOK_PART = Traverse((Hop((Rel.TOOK_PART,), forward=True, label="Event"),))
IS_SITE = Compare("id", Comparator.EQUAL, "s")
CIVILIAN = Compare("category", Comparator.EQUAL, "CIVILIAN")

STARTS: list[tuple[Predicate, str]] = [
    (Exists(AT, IS_SITE), "MATCH (n:Event)-[n1:AT]->(n0:Site) WHERE n0.id = $p0 WITH DISTINCT n"),
    (
        Exists(AT, Compare("id", Comparator.IN, ("s", "t"))),
        "MATCH (n:Event)-[n1:AT]->(n0:Site) WHERE n0.id IN $p0 WITH DISTINCT n",
    ),
    (
        AllOf((CIVILIAN, Exists(TOOK_PART, AllOf((CIVILIAN, Exists(AT, IS_SITE)))))),
        "MATCH (n:Event)-[n1:TOOK_PART]->(n0:Event) MATCH (n0)-[n3:AT]->(n2:Site) WHERE n2.id = $p0 WITH DISTINCT n",
    ),
]
SCANS: list[Predicate | None] = [
    None,
    CIVILIAN,
    IS_SITE,
    Not(Exists(AT, IS_SITE)),
    AnyOf((Exists(AT, IS_SITE), CIVILIAN)),
    Exists(TOOK_PART, AnyOf((Exists(AT, IS_SITE), CIVILIAN))),
    Exists(TOOK_PART, Not(Exists(AT, IS_SITE))),
    Exists(WITHIN, IS_SITE),
    Exists(AT, IS_SITE, count=((Comparator.EQUAL, 0),)),
    Exists(AT, Compare("id", Comparator.EQUAL, ScopeVar("parent"))),
    Exists(AT, Compare("id", Comparator.STARTS_WITH, "s")),
]


@pytest.mark.parametrize(("where", "text"), STARTS)
def test_a_scan_starts_at_the_record_that_a_filter_names(where: Predicate, text: str) -> None:
    assert scan("n", "Event", where, CypherWriter()) == (text, True)


@pytest.mark.parametrize("where", SCANS, ids=repr)
def test_every_row_of_the_label_is_scanned_where_no_record_bounds_them(where: Predicate | None) -> None:
    writer = CypherWriter()
    assert scan("n", "Event", where, writer) == ("MATCH (n:Event)", False)
    assert not writer.parameters


def test_what_is_said_of_the_way_to_a_record_is_matched_on_it_and_left_out_of_the_rest() -> None:
    held = Exists(
        TOOK_PART, AllOf((Compare("kind", Comparator.EQUAL, "DETENTION"), Exists(AT, AllOf((IS_SITE, CIVILIAN)))))
    )
    found = scan_filtered("n", "Person", AllOf((CIVILIAN, held)), writer := CypherWriter(), emit_predicate)
    assert found.text == (
        "MATCH (n:Person)-[n1:TOOK_PART]->(n0:Event) MATCH (n0)-[n3:AT]->(n2:Site) "
        "WHERE n2.id = $p2 AND n0.kind = $p0 AND n2.category = $p1 WITH DISTINCT n"
    )
    assert writer.parameters == {"p0": "DETENTION", "p1": "CIVILIAN", "p2": "s"}
    assert found.rest == AllOf((CIVILIAN,))
    assert scan_filtered("n", "Person", held, CypherWriter(), emit_predicate).rest is None


def test_a_filter_that_names_a_record_deeper_within_is_still_applied_in_full() -> None:
    where = AllOf((CIVILIAN, AllOf((Exists(AT, IS_SITE), CIVILIAN))))
    found = scan_filtered("n", "Event", where, CypherWriter(), emit_predicate)
    assert (found.text, found.rest) == ("MATCH (n:Event)-[n1:AT]->(n0:Site) WHERE n0.id = $p0 WITH DISTINCT n", where)


def test_a_step_of_a_sequence_bounds_its_subjects() -> None:
    steps = (Step("Detention", "SUBJECT", CIVILIAN), Step("Exchange", "SUBJECT", Exists(AT, IS_SITE)))
    text, is_anchored = scan("n", "Person", CIVILIAN, CypherWriter(), steps)
    assert is_anchored
    assert text.startswith("MATCH (n:Person)-[n1:TOOK_PART {role: $p0}]->(n0:Exchange) MATCH (n0)-[n3:AT]->(n2:Site)")


def test_properties_of_people_with_an_index_are_those_of_the_migrations() -> None:
    text = "\n".join(path.read_text("utf-8") for path in MIGRATIONS.glob("*.cypher"))
    dropped = re.findall(r"DROP INDEX (\w+)", text)
    created = re.findall(r"CREATE INDEX (\w+) IF NOT EXISTS FOR \(n:Person\) ON \(n\.(\w+)", text)
    assert {key for name, key in created if name not in dropped} == INDEXED_OF_PEOPLE

"""Statements as of a day: every node that a statement reads is a version that holds on the day."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph_api.compiler.as_of import as_of_text, statement_as_of
from graph_api.database.queries import files
from graph_api.ontology.names import AS_OF_LABELS
from graph_api.statement import Statement

CASES = sorted((Path(__file__).parent / "cases").glob("*.cypher"))
HOLDS = "{0}.as_of_from <= $known < {0}.as_of_until"
TODAY = re.compile(rf":(?:\w+\|)*(?:{'|'.join(sorted(AS_OF_LABELS))})\b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MATCH (n0:Person {id: $p0})", f"MATCH (n0:PersonAsOf {{id: $p0}} WHERE {HOLDS.format('n0')})"),
        ("MATCH (n0)-[:AT]->(n1:Site)", f"MATCH (n0 WHERE {HOLDS.format('n0')})-[:AT]->(n1:SiteAsOf WHERE {HOLDS.format('n1')})"),
        ("COUNT { (n0)<-[:AT]-() }", f"COUNT {{ (n0 WHERE {HOLDS.format('n0')})<-[:AT]-(v0 WHERE {HOLDS.format('v0')}) }}"),
        ("WHERE n0:Person|Group", f"WHERE (n0:PersonAsOf|GroupAsOf AND {HOLDS.format('n0')})"),
        ("WHERE (n0:Person)", f"WHERE (n0:PersonAsOf AND {HOLDS.format('n0')})"),
        ("USING INDEX SEEK n0:Claim(subject)", "USING INDEX SEEK n0:ClaimAsOf(subject)"),
        (
            "MATCH (n0)-[:IN|WITHIN*1..8]->(n1:Place)",
            f"MATCH (n0 WHERE {HOLDS.format('n0')}) (()-[:IN|WITHIN]->(v0 WHERE {HOLDS.format('v0')})){{1,8}}"
            f" (n1:PlaceAsOf WHERE {HOLDS.format('n1')})",
        ),
        ("collect(n0 {.id, .name})", "collect(n0 {.id, .name})"),
        ("CALL (n0) { RETURN n0.name }", "CALL (n0) { RETURN n0.name }"),
        ("RETURN [n0.name, count(n0)]", "RETURN [n0.name, count(n0)]"),
        ("MATCH (g:Graph {name: 'detention-graph'})", "MATCH (g:Graph {name: 'detention-graph'})"),
    ],
)  # fmt: skip
def test_a_pattern(text: str, expected: str) -> None:
    assert as_of_text(text) == expected


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_no_label_of_today_is_left_in_any_statement(path: Path) -> None:
    assert not TODAY.findall(as_of_text(path.read_text("utf-8")))


def test_no_label_of_today_is_left_in_the_query_of_case_files() -> None:
    assert not TODAY.findall(as_of_text(files()["case_file"].text))


def test_the_day_and_the_index_of_versions_are_parameters() -> None:
    found = statement_as_of(
        Statement("CALL db.index.fulltext.queryNodes($p0, $p1)", {"p0": "record_spellings", "p1": "a"}, "search"), 7
    )
    assert found.parameters == {"p0": "record_spellings_as_of", "p1": "a", "known": 7}

"""Statements only read, and each root field sends exactly one: over every operation that the tests and the documentation have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from graphql import FieldNode, OperationDefinitionNode, parse

from tests.compiler.test_cases import GOOD, case_of
from tests.compiler.test_values import WITH_SEARCH
from tests.helpers.compiling import compiled
from tests.helpers.cookbook import recipes
from tests.helpers.random_questions import Asker
from tests.integration.graphql.test_contract_fields import OPERATIONS
from tests.integration.graphql.test_oracle import EVERYTHING

CORPUS = {
    **{f"case {name}": case_of(name) for name in GOOD},
    **{f"operation {one.name}": (one.text, one.variables) for one in OPERATIONS},
    **{f"recipe {one.name}": (one.text, one.variables) for one in recipes()},
    "everything": (EVERYTHING, {}),
    "values": (WITH_SEARCH, {"s": "x", "id": "x"}),
}
WRITES = re.compile(
    r"\b(CREATE|MERGE|SET|DELETE|DETACH|REMOVE|FOREACH|LOAD|DROP|ALTER|GRANT|USE|INSERT)\b", re.IGNORECASE
)
PROCEDURE = re.compile(r"\bCALL\b(?!\s*\()\s*([\w.]+)", re.IGNORECASE)
READING_PROCEDURES = {"db.index.fulltext.queryNodes"}
"""What ``search`` calls; it reads."""


@pytest.mark.parametrize("name", CORPUS)
def test_a_statement_of_the_corpus_only_reads(name: str) -> None:
    sent, errors = compiled(*CORPUS[name])
    assert not errors
    for one in sent:
        assert not WRITES.findall(one.text)
        assert set(PROCEDURE.findall(one.text)) <= READING_PROCEDURES


@pytest.mark.parametrize("name", CORPUS)
def test_each_root_field_of_the_corpus_sends_one_statement(name: str) -> None:
    text, variables = CORPUS[name]
    [operation] = [one for one in parse(text).definitions if isinstance(one, OperationDefinitionNode)]
    sent, _ = compiled(text, variables)
    names = [one.name.value for one in operation.selection_set.selections if isinstance(one, FieldNode)]
    counted = [one for one in sent if one.name == "totals" and one.text.startswith("RETURN head(")]
    own = len(names) + names.count("caseFile")  # its facts by a named read, and the records selected of it
    assert own - names.count("totals") + len(counted) <= len(sent) <= own  # totals with the same filters share one


def test_statements_of_random_filters_only_read_and_name_no_value() -> None:
    for number in range(150):
        kind, where = Asker(number).any_filter()
        root = {"EventFilter": "events", "PersonFilter": "people", "GroupFilter": "groups", "SourceFilter": "sources"}[
            kind
        ]
        [one], errors = compiled(
            f"query Q($where: {kind}) {{ {root}(where: $where) {{ totalCount nodes {{ id }} }} }}", {"where": where}
        )
        assert not errors
        assert not WRITES.findall(one.text)
        assert "nobody-at-all" not in one.text


def test_the_patterns_know_what_writes() -> None:
    assert all(
        WRITES.search(text)
        for text in ("MATCH (n) SET n.x = 1", "match (n) detach delete n", "CREATE (n)", "LOAD CSV FROM 'x' AS l")
    )
    assert PROCEDURE.findall(
        "CALL apoc.cypher.run('x') CALL (n) { RETURN 1 } call db.index.fulltext.queryNodes('a', 'b')"
    ) == [
        "apoc.cypher.run",
        "db.index.fulltext.queryNodes",
    ]
    assert not WRITES.search(Path(__file__).with_name("cases").joinpath("people_by_id.cypher").read_text("utf-8"))

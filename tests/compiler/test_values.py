"""What callers write travels as parameters: no text of theirs ever stands in a statement, whatever it looks like."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.helpers.compare import differences
from tests.helpers.compiling import compiled
from tests.helpers.graphs import LiveGraph
from tests.helpers.oracle import Oracle
from tests.helpers.random_graphs import NAMES, write_random_seeds

MARK = "zq7"
PIECES = (
    "`", "``", "'", '"', "\\", "\\u0060", "{", "}", "//", "/*", "*/", "$p0", "}) DETACH DELETE n //", "' OR 1=1 //", "UNION MATCH (n) RETURN n",
    "`]->()-[`", "\u0000", "\u2028", "\u202e", "é", "Ж", "😀", "\n", "%", "*", "~", "İ", "ß",
)  # fmt: skip
INJECTION_TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), min_size=1, max_size=6).map("".join)
FEW = settings(derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
ORACLES_FIELDS = """
  node(id: $id) { id } person(id: $id) { id } event(id: $id) { id } site(id: $id) { id }
  ids: people(where: {id: {eq: $id}}) { totalCount } idsIn: people(where: {id: {in: [$id]}}) { totalCount }
  eq: people(where: {name: {eq: $s}}) { nodes { id } } in: people(where: {name: {in: [$s]}}) { nodes { id } }
  contains: people(where: {name: {contains: $s}}) { nodes { id } } startsWith: people(where: {name: {startsWith: $s}}) { nodes { id } }
  tag: people(where: {tag: $s}) { nodes { id } }
  mediator: events(where: {mediator: {eq: $id}}) { totalCount } place: events(where: {place: {in: [$id]}}) { totalCount }
  handedTo: events(where: {handedTo: {eq: $id}}) { totalCount } source: events(where: {source: {eq: $id}}) { totalCount }
  offence: events(where: {offence: {contains: $s}}) { nodes { id } } article: events(where: {article: {startsWith: $s}}) { nodes { id } }
  title: sources(where: {title: {contains: $s}}) { nodes { id } } publisher: sources(where: {publisher: {eq: $id}}) { totalCount }
  groups(where: {name: {contains: $s}}) { nodes { id } } sites(where: {name: {contains: $s}}) { totalCount }
  places(where: {within: {eq: $id}, name: {eq: $s}}) { totalCount }
  figures(where: {measure: {eq: $s}, about: {eq: $id}}) { totalCount }
  steps: sequences(steps: [{kind: EXCHANGE, where: {mediator: {eq: $id}}}], where: {name: {contains: $s}}) { totalCount }
"""
QUERY = f"query Q($s: String!, $id: ID!) {{ {ORACLES_FIELDS} }}"
WITH_SEARCH = f"query Q($s: String!, $id: ID!) {{ {ORACLES_FIELDS} search(text: $s) {{ totalCount }} }}"


@settings(FEW, max_examples=100)
@given(text=INJECTION_TEXTS)
def test_hostile_text_never_stands_in_a_statement(text: str) -> None:
    hostile = MARK + text + MARK
    sent, errors = compiled(WITH_SEARCH, {"s": hostile, "id": hostile})
    assert not errors
    assert not [one.text for one in sent if MARK in one.text]
    assert {one.text for one in sent} == {
        one.text for one in compiled(WITH_SEARCH, {"s": "plain", "id": "plain"})[0]
    } | {one.text for one in sent if one.name == "search"}


@settings(FEW, max_examples=50)
@given(text=INJECTION_TEXTS)
def test_hostile_text_that_is_written_out_gives_the_statement_of_a_variable(text: str) -> None:
    literal = json.dumps(text)
    sent, errors = compiled(f"{{ people(where: {{name: {{contains: {literal}}}}}) {{ totalCount }} }}")
    given_as_variable, _ = compiled(
        "query Q($s: String!) { people(where: {name: {contains: $s}}) { totalCount } }", {"s": text}
    )
    assert not errors
    assert sent == given_as_variable


@settings(FEW, max_examples=50)
@given(text=INJECTION_TEXTS)
def test_hostile_cursors_are_refused_and_send_nothing(text: str) -> None:
    sent, errors = compiled("query Q($after: String!) { people(after: $after) { totalCount } }", {"after": text})
    assert sent == []
    assert [error.original_error.code for error in errors if error.original_error] == ["BAD_CURSOR"]  # type: ignore[attr-defined]


@pytest.mark.slow
@pytest.mark.live
def test_hostile_text_finds_what_the_oracle_finds(live: LiveGraph, tmp_path: Path) -> None:
    path = write_random_seeds(7, tmp_path)
    live.wipe()
    live.load([path])
    oracle = Oracle.of(path)

    @settings(FEW, max_examples=40, phases=(Phase.explicit, Phase.generate))
    @given(text=INJECTION_TEXTS | st.sampled_from(NAMES) | st.sampled_from(NAMES).map(lambda name: name[1:4].upper()))
    def check(text: str) -> None:
        variables = {"s": text, "id": text}
        assert not differences(live.ask(QUERY, variables), oracle.ask(QUERY, variables))

    check()


CLOSED_LISTS = (
    "people(where: {nationality: $s}) { totalCount }",
    "sites(where: {controlledBy: $s}) { totalCount }",
    "organizations(where: {country: $s}) { totalCount }",
    'person(id: "person-a") { claims(property: $s) { value } }',
)


@pytest.mark.parametrize("field", CLOSED_LISTS)
@settings(FEW, max_examples=20)
@given(text=INJECTION_TEXTS)
def test_hostile_text_is_no_word_of_a_closed_list_and_sends_nothing(field: str, text: str) -> None:
    sent, errors = compiled(f"query Q($s: String!) {{ {field} }}", {"s": text})
    assert sent == []
    assert [error.original_error.code for error in errors if error.original_error] == ["BAD_USER_INPUT"]  # type: ignore[attr-defined]

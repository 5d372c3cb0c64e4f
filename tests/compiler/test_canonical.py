"""The same question gives the same text, however it is written; so the database plans it once."""

from __future__ import annotations

import pytest

from tests.helpers.compiling import compiled
from tests.helpers.graphs import LiveGraph
from tests.helpers.variations import FieldSelection, Writer, without_aliases, written

WAYS = 1000
ASKED = 100
WHEN = (FieldSelection("edtf", "edtf"), FieldSelection("display", "display"))
SOURCES = (
    FieldSelection("source", "source", (FieldSelection("title", "title"), FieldSelection("id", "id"))),
    FieldSelection("locator", "locator"),
)
EVENTS = (
    FieldSelection("id", "id"),
    FieldSelection("title", "title"),
    FieldSelection("date", "date", WHEN),
    FieldSelection("citations", "citations", SOURCES),
    FieldSelection("court", "court", (FieldSelection("name", "name"),), on="Conviction"),
    FieldSelection("ruling", "court", (FieldSelection("standing", "standing"),), on="Ruling"),
    FieldSelection(
        "mediators", "mediators", (FieldSelection("id", "id"), FieldSelection("name", "name")), on="Exchange"
    ),
)
QUESTION = (
    FieldSelection(
        "people",
        'people(first: 8, where: {name: {contains: "a"}, category: {eq: CIVILIAN}})',
        (
            FieldSelection("totalCount", "totalCount"),
            FieldSelection(
                "pageInfo",
                "pageInfo",
                (FieldSelection("hasNextPage", "hasNextPage"), FieldSelection("endCursor", "endCursor")),
            ),
            FieldSelection(
                "nodes",
                "nodes",
                (
                    FieldSelection("id", "id"),
                    FieldSelection("name", "name"),
                    FieldSelection("born", "born", WHEN),
                    FieldSelection("events", "events(first: 10)", (FieldSelection("nodes", "nodes", EVENTS),)),
                    FieldSelection(
                        "latest",
                        "events(first: 1, orderBy: {field: DATE, direction: DESC})",
                        (FieldSelection("nodes", "nodes", (FieldSelection("id", "id"),)),),
                    ),
                ),
            ),
        ),
    ),
)


@pytest.mark.parametrize("ways", [ASKED, pytest.param(WAYS, marks=pytest.mark.slow)])
def test_many_ways_of_writing_a_question_give_one_text_with_the_same_parameters(ways: int) -> None:
    texts = {written(QUESTION, number) for number in range(ways)}
    assert len(texts) == ways
    sent = [compiled(text) for text in sorted(texts)]
    assert not [errors for _, errors in sent if errors]
    assert len({(one.text, repr(one.parameters)) for [one], _ in sent}) == 1


@pytest.mark.live
def test_a_hundred_ways_of_writing_a_question_have_one_answer_but_for_aliases(seeded: LiveGraph) -> None:
    answers = [without_aliases(seeded.ask(written(QUESTION, number))) for number in range(ASKED)]
    assert answers[0]["people"]["totalCount"] > 20
    assert all(answer == answers[0] for answer in answers)


def test_a_filter_as_a_variable_gives_the_text_of_one_that_is_written_out() -> None:
    where = {"kinds": ["TRIAL", "REMAND"], "court": {"eq": "c", "in": None}, "date": {"from": "2024-01-01"}}
    given, _ = compiled("query Q($where: EventFilter) { events(where: $where) { totalCount } }", {"where": where})
    out, _ = compiled(
        '{ events(where: {date: {from: "2024-01-01"}, court: {eq: "c"}, kinds: [REMAND, TRIAL]}) { totalCount } }'
    )
    inside, _ = compiled(
        'query Q($court: ID, $kinds: [EventKind!]) { events(where: {kinds: $kinds, court: {eq: $court}, date: {from: "2024-01-01"}}) { totalCount } }',
        {"court": "c", "kinds": ["REMAND", "TRIAL"]},
    )
    assert given == out == inside


@pytest.mark.parametrize("number", range(5))
def test_what_is_skipped_or_not_included_is_not_read(number: int) -> None:
    plain, _ = compiled("{ people { nodes { id } } }")
    directive = (
        "@skip(if: true)",
        "@include(if: false)",
        "@skip(if: $yes)",
        "@include(if: $no)",
        "@skip(if: $yes) @include(if: $yes)",
    )[number]
    fields = f"id name {directive} ... {directive} {{ born {{ edtf }} }} unused: id @skip(if: $no) @include(if: $yes)"
    query = f"query Q($yes: Boolean = true, $no: Boolean = false) {{ people {{ nodes {{ {fields} }} }} }}"
    found, errors = compiled(query, {"yes": True} if number % 2 else {})
    assert not errors
    assert found == plain


def test_a_writer_uses_every_way_of_writing() -> None:
    texts = "".join(Writer(number).operation(QUESTION) for number in range(50))
    assert all(part in texts for part in ("... on Conviction", "fragment ", "__events:", "# a remark", "... {"))

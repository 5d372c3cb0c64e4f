"""Answers of different servers become the same plain objects."""

from __future__ import annotations

from bench.answers import CONVENTIONAL, NEO4J_GRAPHQL, from_cypher, from_ours, from_peer
from bench.questions import QUESTIONS, Shape
from bench.servers import takes


def test_every_question_is_put_to_every_peer() -> None:
    names = [question.name for question in QUESTIONS]
    assert list(NEO4J_GRAPHQL) == list(CONVENTIONAL) == names


def test_a_wrapped_list_and_a_wrapped_date_are_unwrapped() -> None:
    data = {"person": {"id": "p", "events": {"nodes": [{"id": "e", "date": {"edtf": "2022-05"}, "sites": []}]}}}
    assert from_ours("case", data) == {"id": "p", "events": [{"id": "e", "date": "2022-05", "sites": []}]}


def test_the_hand_written_rows_get_their_names() -> None:
    shape: Shape = ("id", ("events", ("id", ("sites", ("id", "name")))))
    expected = {"id": "p", "events": [{"id": "e", "sites": [{"id": "s", "name": "S"}]}]}
    assert from_cypher("case", shape, ["p", [["e", [["s", "S"]]]]]) == expected


def test_a_list_of_one_person_stands_for_the_person() -> None:
    assert from_peer("point", {"people": [{"id": "p"}]}) == from_peer("point", {"person": {"id": "p"}}) == {"id": "p"}


def test_of_a_search_the_hits_with_every_word_are_compared_in_one_order() -> None:
    hits = [
        {"score": 3.1, "node": {"id": "b"}},
        {"score": 2.2, "node": {"id": "a"}},
        {"score": 0.7, "node": {"id": "c"}},
    ]
    assert from_ours("search", {"search": {"nodes": hits}}) == [{"id": "a"}, {"id": "b"}]


def test_a_server_is_given_the_variables_that_its_question_takes() -> None:
    assert takes("query Search($text: String!) { search }", "text")
    assert not takes("query Search($text: String!) { search }", "lucene")

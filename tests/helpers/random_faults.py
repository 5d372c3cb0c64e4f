"""What can be wrong with a request as a whole: its text, its variables, the name of its operation."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests.helpers.random_operations import Question

Fault = Callable[[Question, Random], None]


def _cut(asked: Question, random: Random) -> None:
    asked.text = asked.text[: random.randrange(1, len(asked.text))]


def _unknown_field(asked: Question, _random: Random) -> None:
    asked.text = asked.text.replace("{ ", "{ nothingOfThis ", 1)


def _misspelt(asked: Question, random: Random) -> None:
    word = random.choice(sorted(set(re.findall(r"[a-z]{4,}", asked.text))))
    asked.text = asked.text.replace(word, word[:-1], 1)


def _unknown_argument(asked: Question, _random: Random) -> None:
    asked.text += ' query Second { person(id: "a", nothing: 1) { id } }'


def _no_selection(asked: Question, _random: Random) -> None:
    asked.text = asked.text.replace("{ ", "{ bare: people ", 1)


def _undefined_fragment(asked: Question, _random: Random) -> None:
    asked.text = asked.text.replace("{ ", "{ ...Nowhere ", 1)


def _unused_fragment(asked: Question, _random: Random) -> None:
    asked.text += " fragment Unused on Person { id }"


def _undefined_variable(asked: Question, _random: Random) -> None:
    asked.text = asked.text.replace("{ ", "{ who: person(id: $nowhere) { id } ", 1)


def _conflict(asked: Question, _random: Random) -> None:
    asked.text = asked.text.replace("{ ", '{ who: person(id: "a") { id } who: person(id: "b") { id } ', 1)


def _wrong_literal(asked: Question, random: Random) -> None:
    wrong = random.choice(
        (
            "person(id: 1.5) { id }",
            "people(first: two) { totalCount }",
            "events(where: {kind: NO_KIND}) { totalCount }",
            'events(where: {kind: "TRIAL"}) { totalCount }',
            'events(where: {date: {from: "2024-02-30"}}) { totalCount }',
            'sequences(steps: [{kind: TRIAL, within: "PT5H"}]) { totalCount }',
            "sequences(steps: [{}]) { totalCount }",
            "people(where: {nothing: 1}) { totalCount }",
            "people(first: 99999999999) { totalCount }",
            "person(id: null) { id }",
        )
    )
    asked.text = asked.text.replace("{ ", f"{{ wrong: {wrong} ", 1)


def _mutation(asked: Question, _random: Random) -> None:
    asked.text, asked.operation = "mutation { delete }", None


def _subscription(asked: Question, _random: Random) -> None:
    asked.text, asked.operation = "subscription { people { totalCount } }", None


def _two_operations(asked: Question, _random: Random) -> None:
    asked.text, asked.operation = "query A { __typename } query B { __typename }", None


def _unknown_operation(asked: Question, random: Random) -> None:
    asked.operation = random.choice(("Nowhere", "", 'a"b', "q"))


def _nothing(asked: Question, random: Random) -> None:
    asked.text = random.choice(
        ("", "  ", "{}", "{ }", "#", "\ufeff{ __typename }", "{ __typename }\u0000", "query", "{ a: }")
    )


def _with_variable(type_: str, field: str, value: object, *, given: bool = True) -> Fault:
    def fault(asked: Question, _random: Random) -> None:
        asked.text, asked.operation, asked.refused = f"query ($x: {type_}) {{ {field} }}", None, {}
        asked.variables = {"x": value} if given else {}
        asked.others = dict(asked.variables)

    return fault


EVENTS, PERSON = "events(where: $x) { totalCount }", "person(id: $x) { id }"
VARIABLES: tuple[Fault, ...] = (
    _with_variable("ID!", PERSON, None, given=False),
    _with_variable("ID!", PERSON, None),
    _with_variable("ID!", PERSON, 1.5),
    _with_variable("ID!", PERSON, ["a"]),
    _with_variable("ID!", PERSON, 7),
    _with_variable("ID!", PERSON, {"a": 1}),
    _with_variable("Int!", "people(first: $x) { totalCount }", "2"),
    _with_variable("Int!", "people(first: $x) { totalCount }", 2.5),
    _with_variable("Int!", "people(first: $x) { totalCount nodes { id } }", 2.0),
    _with_variable("Int!", "people(first: $x) { totalCount }", True),
    _with_variable("Int!", "people(first: $x) { totalCount }", 2**31),
    _with_variable("EventFilter", EVENTS, {"kind": "NO_KIND"}),
    _with_variable("EventFilter", EVENTS, {"kind": 5}),
    _with_variable("EventFilter", EVENTS, {"kinds": ["TRIAL", None]}),
    _with_variable("EventFilter", EVENTS, {"kinds": "TRIAL"}),
    _with_variable("EventFilter", EVENTS, {"nothing": 1, "date": {"from": "no day"}}),
    _with_variable("EventFilter", EVENTS, {"date": {"from": 20240101}}),
    _with_variable("EventFilter", EVENTS, {"sentenceYears": {"gte": "ten"}}),
    _with_variable("EventFilter", EVENTS, {"sentenceYears": {"gte": True}}),
    _with_variable("EventFilter", EVENTS, {"id": {"in": "event-01"}}),
    _with_variable("EventFilter", EVENTS, {"id": {"eq": 5, "in": [5, "event-01"]}}),
    _with_variable("EventFilter", EVENTS, [{"kind": "TRIAL"}]),
    _with_variable("EventFilter", EVENTS, "TRIAL"),
    _with_variable("EventFilter!", EVENTS, {}),
    _with_variable("[EventKind!]", "events(where: {kinds: $x}) { totalCount }", [[]]),
    _with_variable("[StepInput!]!", "sequences(steps: $x) { totalCount }", {"kind": "TRIAL"}),
    _with_variable("[StepInput!]!", "sequences(steps: $x) { totalCount }", [{"kind": "TRIAL", "within": "PT5H"}]),
    _with_variable(
        "[StepInput!]!", "sequences(steps: $x) { totalCount }", [{"role": "SUBJECT"}, {}, {}, {}, {}, {}, {}]
    ),
    _with_variable("Boolean! = true", "__typename @include(if: $x)", None),
    _with_variable("Boolean = true", "__typename @include(if: $x)", None),
    _with_variable("Boolean = true", "__typename @include(if: $x)", None, given=False),
    _with_variable("Boolean = true", "people { totalCount @skip(if: $x) }", None),
    _with_variable("Boolean = true", "people { nodes { id ... @skip(if: $x) { name } } }", None),
    _with_variable("Direction", "events(orderBy: {field: DATE, direction: $x}) { nodes { id } }", None),
    _with_variable(
        "Direction", "people { nodes { id events(orderBy: {field: DATE, direction: $x}) { nodes { id } } } }", None
    ),
    _with_variable(
        "Direction",
        "people { nodes { id events(orderBy: {field: DATE, direction: $x}) { nodes { id } } } }",
        0,
        given=False,
    ),
    _with_variable("Int", "people { nodes { id events(first: $x) { nodes { id } } } }", None),
    _with_variable("Int", 'person(id: "nobody") { id events(first: $x) { nodes { id } } }', None),
    _with_variable("Int", "people(first: $x) { nodes { id } } groups { totalCount }", None),
    _with_variable("Nothing", PERSON, "a"),
    _with_variable("Person", PERSON, "a"),
    _with_variable("String", PERSON, "a"),
    _with_variable("ID! = null", PERSON, "a"),
)
FAULTS: tuple[Fault, ...] = (
    _cut, _unknown_field, _misspelt, _unknown_argument, _no_selection, _undefined_fragment, _unused_fragment, _undefined_variable, _conflict,
    _wrong_literal, _mutation, _subscription, _two_operations, _unknown_operation, _nothing, _cut, _wrong_literal, _misspelt, _misspelt,
)  # fmt: skip
"""Each changes a question in place."""

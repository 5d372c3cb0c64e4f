"""Errors that newcomers meet say what to write instead, and what they say to write is valid."""

from __future__ import annotations

import pytest
from graphql import parse, validate

from graph_api.execution.validation_hints import with_hint
from graph_api.schema.build import build_schema, graphql_schema

SCHEMA = graphql_schema(build_schema())


def messages(text: str) -> list[str]:
    return [with_hint(SCHEMA, one).message for one in validate(SCHEMA, parse(text))]


@pytest.mark.parametrize(
    ("text", "hint", "instead"),
    [
        ("{ people { name } }", "in `nodes`: write `nodes { name }`.", "{ people { nodes { name } } }"),
        ("{ events { kind } }", "in `nodes`: write `nodes { kind }`.", "{ events { nodes { kind } } }"),
        (
            '{ people(where: {name: "Anna"}) { totalCount } }',
            'Write `{contains: "Anna"}` for a part of it, or `{eq: "Anna"}` for all of it.',
            '{ people(where: {name: {contains: "Anna"}}) { totalCount } }',
        ),
        (
            '{ events(where: {place: "kherson-oblast"}) { totalCount } }',
            'Write `{eq: "kherson-oblast"}`.',
            '{ events(where: {place: {eq: "kherson-oblast"}}) { totalCount } }',
        ),
        (
            "{ people(where: {category: CIVILIAN}) { totalCount } }",
            "Write `{eq: CIVILIAN}`.",
            "{ people(where: {category: {eq: CIVILIAN}}) { totalCount } }",
        ),
        (
            '{ events(where: {date: "2024"}) { totalCount } }',
            'Write `{from: "2024-01-01", until: "2024-12-31"}`.',
            '{ events(where: {date: {from: "2024-01-01", until: "2024-12-31"}}) { totalCount } }',
        ),
        (
            '{ people(where: {name: {like: "Anna"}}) { totalCount } }',
            "It takes eq, in, contains, startsWith.",
            '{ people(where: {name: {startsWith: "Anna"}}) { totalCount } }',
        ),
        ('{ person(name: "Anna") { name } }', "`search(text: …)` finds the id", '{ search(text: "Anna") { totalCount } }'),
    ],
)  # fmt: skip
def test_an_error_says_what_to_write_instead_and_that_is_valid(text: str, hint: str, instead: str) -> None:
    assert [one for one in messages(text) if hint in one]
    assert messages(instead) == []


def test_other_errors_stay_as_they_are() -> None:
    text = "{ people { nodes { colour } } }"
    assert messages(text) == [one.message for one in validate(SCHEMA, parse(text))]

"""Selections that are valid and odd: types that can never stand somewhere, variables that are null where their default would stand."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import modules
from tests.helpers.compiling import compiled
from tests.helpers.costs import selected


@pytest.mark.parametrize(
    "way",
    [
        'event(id: "a") { about { SELECTION } }',
        'figure(id: "a") { includes { SELECTION } excludes { SELECTION } unclear { SELECTION } about { SELECTION } }',
        'person(id: "a") { claims { subject { SELECTION } object { SELECTION } } }',
        'search(text: "a") { nodes { node { SELECTION } } }',
        "totals(by: [KIND, SITE]) { nodes { keys { node { SELECTION } } } }",
    ],
)
def test_a_participation_is_asked_for_where_only_records_stand_and_is_not_looked_for(way: str) -> None:
    selection = "... on Participation { role event { id } participant { __typename } }"
    sent, errors = compiled(f"{{ {way.replace('SELECTION', selection)} }}")
    assert (len(sent), errors) == (1, [])


@pytest.mark.parametrize(
    "below",
    [
        "events(first: $n) { totalCount }",
        "events(orderBy: {field: DATE, direction: $d}) { totalCount }",
        "name @include(if: $b)",
        "... @skip(if: $b) { name }",
    ],
)
def test_what_cannot_be_below_a_root_field_leaves_the_rest_to_be_read(below: str) -> None:
    declared = ("$n: Int", "$d: Direction", "$b: Boolean = true")
    used = ", ".join(one for one in declared if one.partition(":")[0] in below)
    sent, _ = compiled(f"query ({used}) {{ people {{ nodes {{ id {below} }} }} }}", {"n": None, "d": None, "b": None})
    assert len(sent) == 1


def test_the_type_of_a_record_is_read_where_a_field_of_one_type_only_is_in_error() -> None:
    in_error = "query ($n: Int) { events { nodes { ... on Release { participants(first: $n) { totalCount } } } } }"
    sent, _ = compiled(in_error, {"n": None})
    assert sent == compiled("{ events { nodes { ... on Release { __typename } } } }")[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("query ($b: Boolean = true) { people @include(if: $b) { totalCount } }", "'if'"),
        ("mutation { remove }", "mutation operation is not supported"),
        ("subscription { people }", "subscription operation is not supported"),
    ],
)
def test_an_operation_whose_root_fields_cannot_be_told_is_refused_as_a_whole(text: str, message: str) -> None:
    sent, errors = compiled(text, {"b": None})
    assert sent == []
    assert [one.path for one in errors] == [None]
    assert message in errors[0].message


def test_equal_selections_are_one_object_and_different_ones_are_not() -> None:
    court = "court { name }"
    [root] = selected(
        f'{{ event(id: "a") {{ ... on Conviction {{ {court} }} ... on Ruling {{ {court} }} ... on Trial {{ court {{ id }} }} }} }}'
    )
    conviction, ruling, trial = (root.of[name] for name in ("Conviction", "Ruling", "Trial"))
    assert conviction == ruling
    assert conviction[0].of is ruling[0].of
    assert trial[0].of != ruling[0].of
    assert len({conviction[0]: 1, ruling[0]: 2, trial[0]: 3}) == 2


def test_selections_with_different_variables_are_different() -> None:
    claims = "claims(property: $NAME) { id }".replace
    query = f"""query ($a: String, $b: String) {{ event(id: "a") {{
        ... on Conviction {{ {claims("NAME", "a")} }} ... on Ruling {{ {claims("NAME", "a")} }} ... on Trial {{ {claims("NAME", "b")} }} }} }}"""
    sent, errors = compiled(query, {"a": "date", "b": "sentence"})
    assert not errors
    [one] = sent
    assert {"date", "sentence"} <= set(one.parameters.values())


def test_maps_of_the_compiler_are_never_keyed_by_the_identity_number_of_an_object() -> None:
    folders = ("compiler/", "execution/")
    uses = [
        module.at(node)
        for module in modules()
        if module.path.startswith(folders)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name) and node.id == "id" and isinstance(node.ctx, ast.Load)
    ]
    assert uses == []

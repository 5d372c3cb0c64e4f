"""Root fields are complete: each is in Query as declared, has a binder of the compiler and is asked by a test of its answers."""

from __future__ import annotations

import re

import pytest

from graph_api.execution.executor import Executor
from graph_api.schema.build import build_schema, graphql_schema
from graph_api.schema.root_fields import ROOT_FIELDS, RootField
from tests.architecture.source import ROOT
from tests.helpers.compiling import compiled

REQUIRED = {
    "id": 'id: "some-id"',
    "person": 'person: "some-id"',
    "steps": "steps: [{kind: CONVICTION}]",
    "by": "by: [KIND]",
    "text": 'text: "name"',
    "from": 'from: "some-id"',
    "to": 'to: "other-id"',
}

NAMED = {"caseFile": ["case_file"]}
"""Root fields that are made of a named query as well."""


def by_name(field: RootField) -> str:
    return field.name


def test_query_has_exactly_the_declared_root_fields_in_their_order() -> None:
    query = graphql_schema(build_schema()).query_type
    assert query is not None
    assert list(query.fields) == [one.name for one in ROOT_FIELDS]
    assert len({one.name for one in ROOT_FIELDS}) == len(ROOT_FIELDS)


@pytest.mark.parametrize("field", ROOT_FIELDS, ids=by_name)
def test_every_root_field_compiles_to_a_statement_of_its_name(field: RootField) -> None:
    query = Executor(build_schema()).schema.query_type
    assert query is not None
    given = [REQUIRED[name] for name in query.fields[field.name].args if name in REQUIRED]
    arguments = f"({', '.join(given)})" if given else ""
    is_page = "first" in query.fields[field.name].args
    selection = "{ complete }" if field.name == "paths" else "{ totalCount }" if is_page else "{ __typename }"
    sent, errors = compiled(f"{{ {field.name}{arguments} {selection} }}")
    assert not errors
    assert sent[-1].name == field.name
    assert [one.name for one in sent[:-1]] == NAMED.get(field.name, [])


@pytest.mark.parametrize("field", ROOT_FIELDS, ids=by_name)
def test_every_root_field_is_asked_by_a_compiler_case_or_an_operation_with_answers(field: RootField) -> None:
    folders = ("tests/compiler/cases", "tests/integration/graphql/operations")
    texts = [path.read_text("utf-8") for folder in folders for path in (ROOT / folder).glob("*.graphql")]
    assert any(re.search(rf"(?<![\w$.]){field.name}\b\s*[({{]", text) for text in texts)

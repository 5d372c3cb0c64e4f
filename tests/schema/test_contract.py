"""The built schema keeps the public contract: nothing of it is renamed, removed or loosened.

The contract stands outside the project. Where it is at hand (DETENTION_GRAPH_CONTRACT names it, or ``shared`` lies
beside the project) the schema is held against it; everywhere else the committed ``schema.graphql`` says what was kept.
"""

import os
from pathlib import Path

import graphql
import pytest
from graphql import GraphQLSchema, find_breaking_changes

from graph_api.schema.build import build_schema, graphql_schema

BESIDE = Path(__file__).parents[3] / "shared" / "contract.graphql"
CONTRACT = Path(os.environ.get("DETENTION_GRAPH_CONTRACT", BESIDE))

# What the contract has and the schema does not have yet. Types that only these reach are left out with them.
LATER_ROOTS = {"paths", "caseFile", "reconcile", "differences"}
LATER_FIELDS = {
    "Person.status",
    "Person.stays",
    "Person.coDetainees",
    "Site.held",
    "Conviction.sentenceInForce",
}
LATER_DIRECTIVES = {"asOf"}

needs_contract = pytest.mark.skipif(
    not CONTRACT.is_file(), reason="the contract is not at hand; DETENTION_GRAPH_CONTRACT can name its file"
)


def contract_without(roots: set[str]) -> GraphQLSchema:
    """Return the contract as far as due: without later fields and directives, these roots, and what only they reach."""
    contract = graphql.build_schema(CONTRACT.read_text(encoding="utf-8"))
    query = contract.query_type
    assert query is not None
    for later in {f"Query.{name}" for name in roots} | LATER_FIELDS:
        type_name, field_name = later.split(".")
        owner = contract.type_map[type_name]
        assert isinstance(owner, graphql.GraphQLObjectType)
        del owner.fields[field_name]
    implementing = [
        named
        for named in contract.type_map.values()
        if isinstance(named, graphql.GraphQLObjectType) and named.interfaces
    ]
    directives = [directive for directive in contract.directives if directive.name not in LATER_DIRECTIVES]
    return GraphQLSchema(query=query, types=implementing, directives=directives)


def signatures(schema: GraphQLSchema) -> set[str]:
    """Every field, argument and input field, with its type and default as they are printed."""
    lines = set()
    for named in schema.type_map.values():
        printed = graphql.parse(graphql.print_type(named)).definitions[0]
        for field in getattr(printed, "fields", None) or ():
            where = f"{named.name}.{field.name.value}"
            lines.add(f"{where}: {signature(field)}")
            lines |= {f"{where}({one.name.value}): {signature(one)}" for one in getattr(field, "arguments", None) or ()}
    return lines


def signature(node: graphql.FieldDefinitionNode | graphql.InputValueDefinitionNode) -> str:
    default = getattr(node, "default_value", None)
    return graphql.print_ast(node.type) + (f" = {graphql.print_ast(default)}" if default else "")


@needs_contract
def test_no_breaking_change_against_the_part_of_the_contract_that_is_due() -> None:
    due = contract_without(LATER_ROOTS)
    every = graphql_schema(build_schema())
    assert [change.description for change in find_breaking_changes(due, every)] == []
    assert set(due.type_map) == set(every.type_map)


@needs_contract
def test_every_field_argument_and_default_is_that_of_the_contract() -> None:
    built = signatures(graphql_schema(build_schema()))
    assert signatures(contract_without(LATER_ROOTS)) - built == set()


@needs_contract
def test_what_is_listed_as_later_is_not_there_yet() -> None:
    built = graphql_schema(build_schema())
    assert built.query_type is not None
    assert LATER_ROOTS.isdisjoint(built.query_type.fields)
    assert LATER_DIRECTIVES.isdisjoint(directive.name for directive in built.directives)
    for later in LATER_FIELDS:
        type_name, field_name = later.split(".")
        owner = built.type_map[type_name]
        assert isinstance(owner, graphql.GraphQLObjectType)
        assert field_name not in owner.fields

"""The built schema keeps the public contract, ``docs/contract.graphql``: nothing of it is renamed, removed or loosened.

What the contract promises and the schema does not have yet stands in ``contract_pending.txt``, one signature a line. The list is exact both
ways: a change that builds something takes its line out, and nothing else of the contract may be missing.
"""

from pathlib import Path

import graphql
import pytest
from graphql import GraphQLSchema

from graph_api.schema.build import build_schema, graphql_schema
from tests.architecture.source import ROOT

CONTRACT = ROOT / "docs" / "contract.graphql"
PENDING = Path(__file__).with_name("contract_pending.txt")
NEWER_CONTRACT = ROOT.parent / "shared" / "contract.graphql"


def signatures(schema: GraphQLSchema) -> set[str]:
    """Return every type, field, argument, input field, enum value, union member and directive as it is printed."""
    lines = {f"directive @{one.name}" for one in schema.directives}
    for named in schema.type_map.values():
        if named.name.startswith("__"):
            continue
        printed = graphql.parse(graphql.print_type(named)).definitions[0]
        lines |= {f"{printed.kind.removesuffix('_definition')} {named.name}"}
        lines |= {f"{named.name} implements {one.name.value}" for one in getattr(printed, "interfaces", None) or ()}
        lines |= {f"{named.name} = {one.name.value}" for one in getattr(printed, "types", None) or ()}
        lines |= {f"{named.name}.{one.name.value}" for one in getattr(printed, "values", None) or ()}
        for field in getattr(printed, "fields", None) or ():
            where = f"{named.name}.{field.name.value}"
            lines.add(f"{where}: {signature(field)}")
            lines |= {f"{where}({one.name.value}): {signature(one)}" for one in getattr(field, "arguments", None) or ()}
    return lines


def signature(node: graphql.FieldDefinitionNode | graphql.InputValueDefinitionNode) -> str:
    default = getattr(node, "default_value", None)
    return graphql.print_ast(node.type) + (f" = {graphql.print_ast(default)}" if default else "")


def test_the_schema_has_all_of_the_contract_but_what_is_listed_as_pending() -> None:
    contract = signatures(graphql.build_schema(CONTRACT.read_text(encoding="utf-8")))
    built = signatures(graphql_schema(build_schema()))
    pending = set(PENDING.read_text(encoding="utf-8").splitlines())
    assert contract - built == pending


def test_no_pending_line_is_more_than_the_contract_asks() -> None:
    contract = signatures(graphql.build_schema(CONTRACT.read_text(encoding="utf-8")))
    assert set(PENDING.read_text(encoding="utf-8").splitlines()) <= contract


@pytest.mark.skipif(not NEWER_CONTRACT.is_file(), reason="no other copy of the contract lies beside the project")
def test_the_committed_contract_is_the_one_beside_the_project() -> None:
    assert CONTRACT.read_text(encoding="utf-8") == NEWER_CONTRACT.read_text(encoding="utf-8")

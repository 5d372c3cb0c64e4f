"""Everything in the schema is described, printed and committed, and no description uses a forbidden expression."""

import re
from collections.abc import Iterator
from pathlib import Path

import graphql
import pytest
from graphql import is_introspection_type, is_specified_scalar_type

import graph_api.schema
from graph_api.ontology.registry import ONTOLOGY
from graph_api.schema.build import build_schema, graphql_schema, print_sdl
from graph_api.schema.decorators import described_by

EVERY = graphql_schema(build_schema())
COMMITTED = Path(graph_api.schema.__file__).with_name("schema.graphql")
FORBIDDEN = ("proof", "contradiction", "guilty of", "never exchanged", "terrorist")
OWN = [
    named
    for named in EVERY.type_map.values()
    if not is_introspection_type(named) and not (graphql.is_scalar_type(named) and is_specified_scalar_type(named))
]


def described() -> Iterator[tuple[str, str | None]]:
    """Everything that can have a description, with it."""
    for named in OWN:
        yield named.name, named.description
        if isinstance(named, graphql.GraphQLEnumType):
            for name, value in named.values.items():
                yield f"{named.name}.{name}", value.description
        if isinstance(named, graphql.GraphQLInputObjectType):
            for name, field in named.fields.items():
                yield f"{named.name}.{name}", field.description
        if isinstance(named, graphql.GraphQLObjectType | graphql.GraphQLInterfaceType):
            for name, output in named.fields.items():
                yield f"{named.name}.{name}", output.description
                for argument_name, argument in output.args.items():
                    yield f"{named.name}.{name}({argument_name})", argument.description


def test_the_committed_schema_is_the_built_one() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == print_sdl(), (
        "the schema has changed; look at the change, then write it down with: detention-graph schema > "
        "graph_api/schema/schema.graphql"
    )


def test_printing_is_stable_and_parses() -> None:
    assert print_sdl() == print_sdl()
    graphql.build_schema(print_sdl())


def test_the_schema_is_valid() -> None:
    assert graphql.validate_schema(EVERY) == []


def test_everything_is_described_in_whole_sentences() -> None:
    without = [where for where, text in described() if not (text or "").strip()]
    assert without == []
    assert [where for where, text in described() if text and not text.endswith((".", "'."))] == []


@pytest.mark.parametrize("forbidden", FORBIDDEN)
def test_no_description_uses_a_forbidden_expression(forbidden: str) -> None:
    assert [where for where, text in described() if forbidden in (text or "").lower()] == []


def test_descriptions_do_not_break_in_the_middle_of_a_sentence() -> None:
    assert [where for where, text in described() if text and re.search(r"[^\n]\n[^\n]", text)] == []


def test_no_default_is_printed_as_null() -> None:
    assert "= null" not in graphql.print_schema(EVERY)


def test_a_field_that_nothing_describes_is_refused() -> None:
    with pytest.raises(TypeError, match="Invalid field 'weight' of Parcel: expected a description"):

        @described_by(ONTOLOGY.kind("figure").properties)
        class Parcel:
            measure: str
            weight: int

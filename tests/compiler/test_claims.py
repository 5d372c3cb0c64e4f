"""Claims use the names of seed files: of properties, and of the keys within values."""

from __future__ import annotations

from typing import Any

import pytest

from graph_api.compiler.compile import compile_field
from graph_api.compiler.response_codegen import compile_response_builder
from graph_api.schema.bindings import BINDINGS
from tests.helpers.compiling import statement
from tests.helpers.costs import selected


def built(query: str, row: Any) -> Any:
    """Return what the response builder makes of the value that the statement of a query returned."""
    [root] = selected(query)
    return compile_response_builder(compile_field(root, BINDINGS).shape, checked=True)(row)


@pytest.mark.parametrize("name", ["in-absentia", "inAbsentia"])
def test_claims_of_a_property_are_selected_by_either_of_its_names(name: str) -> None:
    found = statement('query ($name: String) { event(id: "a") { claims(property: $name) { id } } }', {"name": name})
    literal = statement(f'{{ event(id: "a") {{ claims(property: "{name}") {{ id }} }} }}')
    assert "in-absentia" in found.parameters.values()
    assert found == literal


def test_the_property_of_a_claim_has_the_name_of_seed_files() -> None:
    query = '{ event(id: "a") { claims { property } } }'
    assert built(query, [[[["in-absentia"]]]]) == {"claims": [{"property": "in-absentia"}]}


def test_disputed_properties_have_the_names_of_seed_files() -> None:
    query = '{ event(id: "a") { disputed } }'
    assert built(query, [[["in-absentia", "date"]]]) == {"disputed": ["in-absentia", "date"]}


def test_the_keys_of_a_claimed_value_are_those_of_seed_files() -> None:
    query = '{ event(id: "a") { claims { value } } }'
    stored = '{"kind": "TERM", "months_low": 24, "months_high": 132, "extras": [{"fine_paid": true}]}'
    expected = {"kind": "TERM", "months-low": 24, "months-high": 132, "extras": [{"fine-paid": True}]}
    assert built(query, [[[[stored]]]]) == {"claims": [{"value": expected}]}

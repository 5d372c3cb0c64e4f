"""Every value type is in the registry once, has a GraphQL type, and stores what it decodes."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import pytest

from graph_api import values
from graph_api.errors import InvalidValue
from graph_api.ontology.registry import EVENTS, ONTOLOGY
from graph_api.schema.build import build_schema, graphql_schema
from graph_api.values.registry import VALUE_TYPES
from graph_api.values.value_type import ValueType

RAW: dict[str, Any] = {
    "text": "some words",
    "flag": "true",
    "date": "2024-05~",
    "day": "2024-05-01",
    "country": "UA",
    "language": "uk",
    "url": "https://example.org/a",
    "sha256": "0" * 64,
    "quantity": {"text": "more than 300", "operator": "more-than", "low": "300", "unit": "people"},
    "sentence": {"years": "10", "months": "6", "regime": "strict"},
    "offence": {"code": "espionage", "article": "RU-UK 276"},
    "name": {"text": "Ірина", "language": "uk"},
    "point": {"latitude": "47.1056", "longitude": "-35.5"},
    "link": "a-record",
}
"""One raw value of each type."""
LISTS = {"offence", "name"}
"""Types whose values are stored as lists."""


def test_every_value_type_of_a_module_is_registered_and_has_an_example() -> None:
    modules = [
        importlib.import_module(f"{values.__name__}.{one.name}") for one in pkgutil.iter_modules(values.__path__)
    ]
    declared = {id(one): one for module in modules for one in vars(module).values() if isinstance(one, ValueType)}
    assert {one.name for one in declared.values()} == set(VALUE_TYPES) == set(RAW)


def test_every_property_has_a_registered_type_or_a_word_list() -> None:
    kinds = [*ONTOLOGY.kinds, *EVENTS.values()]
    properties = [prop for kind in kinds for prop in kind.properties]
    properties += [prop for kind in kinds for part in kind.parts for prop in part.properties]
    assert [one.name for one in properties if one.vocabulary is None and one.value_type.name not in VALUE_TYPES] == []
    assert [one.name for one in properties if not one.description.endswith(".")] == []


@pytest.mark.parametrize("name", VALUE_TYPES)
def test_a_value_is_parsed_compared_stored_and_decoded(name: str) -> None:
    value_type = VALUE_TYPES[name]
    value = value_type.parse(RAW[name])
    loaded = value_type.load(value)
    assert value_type.are_compatible(loaded, value_type.load(value))
    assert value_type.rank(loaded) == value_type.rank(value_type.load(value))
    stored = value_type.store("key", [loaded] if name in LISTS else loaded)
    assert all(isinstance(one, str | int | float | bool | list) for one in stored.values())
    if value_type.decode is None:
        assert stored["key"] == value
        return
    decoded = value_type.decode(stored["key"])
    fields = graphql_schema(build_schema()).type_map[value_type.graphql].fields  # type: ignore[attr-defined]
    assert set(decoded[0] if name in LISTS else decoded) - {"__typename", "display_uk"} == set(fields)


@pytest.mark.parametrize("name", VALUE_TYPES)
@pytest.mark.parametrize("raw", [None, ["a"], {"nothing": "known"}, ""], ids=repr)
def test_what_is_no_value_is_refused_in_the_form_of_all_messages(name: str, raw: Any) -> None:
    with pytest.raises(InvalidValue, match=r"^Invalid [\w -]+ ['(].*['):].*: expected .*\.$"):
        VALUE_TYPES[name].parse(raw)

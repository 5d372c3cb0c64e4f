"""ONTOLOGY, the words of seed files, the fields of the API and what binds them say the same, completely and both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from graphql import GraphQLObjectType

from graph_api.compiler.field_bindings import FIELD_BINDINGS
from graph_api.ontology.event_types import EVENT_TYPES, event_type
from graph_api.ontology.kinds import KINDS, Kind
from graph_api.ontology.names import event_label
from graph_api.ontology.properties import NestedRecord, Property
from graph_api.ontology.registry import EVENT_TYPE_NAMES, EVENTS, ONTOLOGY
from graph_api.ontology.vocabulary import EventKind
from graph_api.schema.build import build_schema, graphql_schema
from tests.architecture.source import ROOT
from tests.helpers.yaml_text import load_yaml

CONTRACT = ROOT / "docs" / "contract.graphql"

HIDDEN = {
    "Figure.from": "shown as `period`, together with `until`",
    "Figure.until": "shown as `period`, together with `from`",
    "event.after": "a stated order is stored closed, as FOLLOWS; `sequences` and the filter `history` ask for it",
}
"""What ONTOLOGY has and no field shows, with the reason. ``event`` stands for every type of events."""

EVERY_KIND: tuple[Kind, ...] = (*KINDS, *EVENTS.values())
SCHEMA = graphql_schema(build_schema())
TYPES: dict[str, GraphQLObjectType] = {
    name: one
    for name, one in SCHEMA.type_map.items()
    if isinstance(one, GraphQLObjectType) and not name.startswith("__") and name != "Query"
}
SPECIFIC = {of.name: tuple(one.kind.value for one in of.kinds) for of in EVENT_TYPES[:-1]}
"""The kinds of every event type but GenericEvent."""
VALUE_TYPES = {
    "When",
    "Span",
    "Name",
    "Quantity",
    "Offence",
    "Sentence",
    "DayCount",
    "DayRange",
    "DurationStatistics",
    "Point",
}
"""Types of values: decoded as a whole by their value type."""
ANSWERS = {
    "CaseFile",
    "Clause",
    "FormField",
    "Gap",
    "Lead",
    "PageInfo",
    "Reference",
    "TimelineEntry",
    "Sequence",
    "SearchHit",
    "Total",
    "TotalKey",
}
"""Types of answers that are no records: each has a stage of its own."""


def properties() -> Iterator[tuple[str, Property]]:
    """Yield every property of every kind and part, with where it stands."""
    for kind in EVERY_KIND:
        yield from ((f"{kind.name}.{one.name}", one) for one in kind.properties)
        yield from ((f"{part.name}.{one.name}", one) for part in kind.parts for one in part.properties)


def graphql_types(kind: Kind) -> list[str]:
    return [kind.label.value] if kind.name != "event" else [*EVENT_TYPE_NAMES]


# ── ONTOLOGY in itself ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_property_has_a_word_list_exactly_where_it_takes_a_word() -> None:
    wrong = [where for where, one in properties() if (one.vocabulary is not None) != (one.value_type.name == "word")]
    assert wrong == []


def test_a_link_names_kinds_that_exist_and_others_name_none() -> None:
    kinds = {kind.name for kind in KINDS} | {f"event/{kind.value}" for kind in EventKind}
    assert [where for where, one in properties() if bool(one.targets) != (one.is_link)] == []
    assert [where for where, one in properties() if not set(one.targets) <= kinds] == []


def test_names_are_unique() -> None:
    for names in (
        [kind.name for kind in KINDS],
        [kind.section for kind in KINDS],
        [kind.label for kind in KINDS],
        [event_label(kind) for kind in EventKind],
    ):
        assert len(set(names)) == len(names)


def test_the_words_of_a_kind_are_unique_in_seeds_neo4j_and_graphql() -> None:
    for kind in EVERY_KIND:
        assert len(set(kind.keys)) == len(kind.keys), kind.name
        for group in (kind.properties, *(part.properties for part in kind.parts)):
            assert len({one.key for one in group}) == len({one.field for one in group}) == len(group), kind.name


def test_a_part_is_identified_by_properties_that_it_has() -> None:
    parts: set[NestedRecord] = {part for kind in EVERY_KIND for part in kind.parts}
    assert parts
    assert [part.name for part in parts if not all(part.find(name) for name in part.identity)] == []


# ── ONTOLOGY and seed files ─────────────────────────────────────────────────────────────────────────────────────────


def test_every_section_kind_and_event_type_stands_in_the_example() -> None:
    readme = (ROOT / "seeds" / "README.md").read_text(encoding="utf-8")
    [block] = re.findall(r"^```yaml\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
    example = load_yaml(block)
    assert set(example) == {*ONTOLOGY.sections, "claims", "choices", "judgements", "moved", "withheld"}
    kinds = [EventKind(one["kind"].upper().replace("-", "_")) for one in example["events"]]
    assert {event_type(kind) for kind in kinds} == set(EVENT_TYPE_NAMES)


# ── ONTOLOGY and the API ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_types_of_events_are_those_that_the_api_says() -> None:
    _, _, sentence = (SCHEMA.type_map["EventKind"].description or "").partition("The type of each kind is fixed: ")
    *clauses, rest = sentence.split("; ")
    said = {re.findall(r"[A-Z]\w+", clause)[-1]: tuple(re.findall(r"\b[A-Z_]{2,}\b", clause)) for clause in clauses}
    assert said == SPECIFIC
    assert rest == "every other kind is GenericEvent."


def test_the_types_of_events_are_those_of_the_contract() -> None:
    [sentence] = re.findall(r'"The type of each kind is fixed: (.*)"', CONTRACT.read_text(encoding="utf-8"))
    said = dict(re.findall(r"(\w+): ([A-Z_ ]+)\.", sentence))
    of_contract = {name: tuple(words.split()) for name, words in said.items()}
    assert of_contract.items() <= SPECIFIC.items()  # what is added later is no breach of the contract
    assert "Every other kind: GenericEvent." in sentence


def test_every_property_and_part_has_a_field_or_a_reason() -> None:
    missing = {
        f"{'event' if kind.name == 'event' else type_name}.{field}"
        for kind in KINDS
        for type_name in graphql_types(kind)
        for field in (*(one.field for one in kind.properties), *(part.name for part in kind.parts))
        if field not in TYPES[type_name].fields
    }
    assert missing == set(HIDDEN)


def test_every_property_of_an_event_type_has_a_field() -> None:
    for event, kind in EVENTS.items():
        names = {one.field for one in kind.properties} | {part.name for part in kind.parts}
        assert names - set(TYPES[event_type(event)].fields) == {"after"}, event


def test_every_type_of_rows_is_bound() -> None:
    wrapping = {name for name in TYPES if name.endswith(("Connection", "Edge"))}
    assert set(FIELD_BINDINGS) == set(TYPES) - wrapping - VALUE_TYPES - ANSWERS
    assert set(TYPES) >= VALUE_TYPES | ANSWERS


@pytest.mark.parametrize("name", sorted(FIELD_BINDINGS))
def test_every_field_of_a_row_is_bound_and_nothing_else_is(name: str) -> None:
    owner = "event" if "kind" in TYPES[name].fields and name in EVENT_TYPE_NAMES else name
    hidden = {field.partition(".")[2] for field in HIDDEN if field.partition(".")[0] == owner}
    assert set(FIELD_BINDINGS[name]) - hidden == set(TYPES[name].fields)

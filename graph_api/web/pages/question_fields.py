"""The fields of the form of a question: each variable of its operation as a control that fits its type, with the records that may be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from graphql import GraphQLEnumType, GraphQLSchema, OperationDefinitionNode, TypeNode, parse
from graphql.language import ast

from graph_api.web.pages.languages import Locale
from graph_api.web.pages.page import Record

CHOICES: Final[Mapping[str, str]] = {
    "mediator": "mediators(first: $options)",
    "party": "mediators(first: $options)",
    "exchange": "exchanges(orderBy: {field: DATE, direction: DESC}, first: $options)",
    "series": "exchanges(orderBy: {field: DATE, direction: DESC}, first: $options)",
    "site": "sites(first: $options)",
    "place": "places(first: $options)",
    "person": "people(where: {someEvent: {}}, orderBy: {field: NAME}, first: $options)",
    "people": "people(where: {someEvent: {}}, orderBy: {field: NAME}, first: $options)",
    "court": "organizations(where: {kind: COURT}, first: $options)",
    "source": "sources(first: $options)",
}
"""The list that offers records for a variable, by the name of the variable."""
KINDS: Final[Mapping[str, str]] = {
    "mediators": "State Organization Person",
    "exchanges": "Exchange",
    "sites": "Site",
    "places": "Place",
    "people": "Person",
    "organizations": "Organization",
    "sources": "Source",
}
"""The types of the records of a list, by its field: what a search may offer beside it."""
WORDS: Final[Mapping[str, str]] = {
    "mediator": "Mediated by",
    "party": "Party",
    "exchange": "Exchange",
    "series": "Series of exchanges",
    "site": "Place of detention",
    "place": "Place",
    "person": "Person",
    "people": "People",
    "court": "Court",
    "source": "Source",
    "from": "From the day",
    "until": "Until the day",
    "within": "Within, such as P2Y for two years",
    "first": "How many rows at most",
    "after": "After the row of this cursor",
    "measure": "What is counted, in the words of the sources",
    "by": "Counted by",
    "offence": "Offence, as the court named it",
    "standing": "Standing of the court",
    "ground": "Ground of the release",
    "years": "Years at least",
    "kinds": "What is reported",
    "category": "Category",
    "kind": "Kind of source",
}
"""What a field asks for, by the name of the variable."""
MARKED: Final = {"Date": "date", "Int": "number", "Float": "number"}
"""The type of the control for a scalar; text for others."""


@dataclass(frozen=True, slots=True)
class QuestionField:
    """A control: ``type`` is that of an input, or "select"; ``options`` are values with their words, ``chosen`` those in force.

    Where options are records, the control is a text with suggestions, of records of the types ``kinds``: there may be more than are offered.
    """

    name: str
    words: str
    type: str
    chosen: tuple[str, ...]
    options: tuple[tuple[str, str], ...] = ()
    is_list: bool = False
    kinds: str = ""

    @property
    def text(self) -> str:
        """What stands in a text."""
        return ", ".join(self.chosen)


@cache
def variable_types(operation: str) -> Mapping[str, tuple[str, bool]]:
    """Return the type of every variable of an operation, and whether it takes a list.

    >>> variable_types("query Q($a: [ID!]!, $b: Int) { x }")
    {'a': ('ID', True), 'b': ('Int', False)}
    """
    [found] = [one for one in parse(operation).definitions if isinstance(one, OperationDefinitionNode)]
    return {one.variable.name.value: _named(one.type, is_list=False) for one in found.variable_definitions or ()}


def _named(node: TypeNode, *, is_list: bool) -> tuple[str, bool]:
    match node:
        case ast.NamedTypeNode(name=name):
            return name.value, is_list
        case ast.ListTypeNode(type=inner):
            return _named(inner, is_list=True)
        case ast.NonNullTypeNode(type=inner):
            return _named(inner, is_list=is_list)
        case _:
            raise TypeError(node.kind)


def choices_operation(names: Sequence[str]) -> str | None:
    """Return the operation that reads the records that may be chosen for variables of these names; None where there are none."""
    lists = {name: CHOICES[name] for name in names if name in CHOICES}
    if not lists:
        return None
    fields = "\n".join(f"  {name}: {text} {{ nodes {{ id label }} }}" for name, text in lists.items())
    return f"# Records that may be chosen in the form of a question.\nquery Choices($options: Int! = 200) {{\n{fields}\n}}\n"


def question_fields(
    operation: str, values: Mapping[str, Any], choices: Record, schema: GraphQLSchema, locale: Locale
) -> list[QuestionField]:
    """Return the fields of a form with the values in force."""
    types = variable_types(operation)
    return [_field(name, value, types[name], choices, schema, locale) for name, value in values.items()]


def _field(
    name: str, value: Any, type_: tuple[str, bool], choices: Record, schema: GraphQLSchema, locale: Locale
) -> QuestionField:
    type_name, is_list = type_
    words = locale.text(WORDS.get(name, name))
    chosen = tuple(map(str, value)) if isinstance(value, list) else () if value is None else (str(value),)
    named = schema.type_map[type_name]
    if isinstance(named, GraphQLEnumType):
        labels = locale.labels(type_name)
        options = tuple((one, labels[one]) for one in named.values)
        return QuestionField(name, words, "select", chosen, options, is_list)
    records = choices[name]["nodes"] if name in choices else ()
    offered = tuple((one["id"], one["label"]) for one in records)
    kinds = KINDS[CHOICES[name].partition("(")[0]] if name in CHOICES else ""
    return QuestionField(name, words, MARKED.get(type_name, "text"), chosen, offered, is_list, kinds)

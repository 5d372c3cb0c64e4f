"""Random operations over the whole schema: selections, fragments, directives, arguments; some with something wrong about them.

Made of a number by ``random.Random``, so that a failing operation is made again. What was used least comes next, so that a few hundred
operations reach every field and argument.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    Undefined,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_object_type,
    is_required_argument,
)

from graph_api.compiler.claim_properties import CLAIM_PROPERTIES
from graph_api.errors import InvalidCursor, InvalidQuery, PageLimitExceeded
from graph_api.ontology.registry import EVENT_TYPE_NAMES
from tests.helpers.cursors import decoded
from tests.helpers.random_values import Pools, Values

ODD_KEYS = ("_", "constructor", "__typename", "toString", "items", "r", "o", "class", "x" * 120, "A1_")
NOT_OF_THE_ORACLE = {"caseFile", "differences", "durations", "paths", "possibleCount", "reconcile", "search", "totals"}
NOT_CUT = {"When", "Quantity", "Name", "Offence", "Sentence", "Span", "DayRange", "DayCount", "PageInfo"}
"""Types that hold leaves only, or nearly."""


PROPERTIES = {
    **CLAIM_PROPERTIES,
    "Event": tuple(sorted({name for one in EVENT_TYPE_NAMES for name in CLAIM_PROPERTIES[one]})),
}
"""Properties that claims can be asked for, by the type that a selection stands in."""
AT_LEAST = {
    "sequences": "(steps: [{kind: DETENTION}], subjects: ALL, first: 100)",
    "search": '(text: "a")',
    "totals": "(by: [MEDIATOR, KIND])",
}
Way = list[tuple[str, str]]
"""Types and the field of each that leads on to the next."""


@cache
def ways_to(schema: GraphQLSchema) -> dict[str, Way]:
    """Return a shortest way from a root field that is a list to every type."""
    query = schema.query_type
    assert query is not None
    found: dict[str, Way] = {}
    edge: list[tuple[Any, Way]] = [(query, [])]
    while edge:
        of, way = edge.pop(0)
        for name, one in of.fields.items():
            named = get_named_type(one.type)
            if (of is query and "first" not in one.args) or not is_composite_type(named):
                continue
            for each in schema.get_possible_types(named) if is_abstract_type(named) else [named]:
                if each.name not in found:
                    found[each.name] = [*way, (of.name, name)]
                    edge.append((each, found[each.name]))
    return found


@dataclass
class Place:
    """One place of the response, whatever fragments write into it: what stands under each key."""

    keys: dict[str, tuple[str, Place]] = field(default_factory=dict)
    all_new: bool = False


@dataclass
class Question:
    """An operation to ask. ``refused`` are the root fields that the product refuses, ``others`` variables of the same shape."""

    text: str
    variables: dict[str, Any]
    others: dict[str, Any]
    operation: str | None = None
    refused: dict[str, Exception] = field(default_factory=dict)
    of_oracle: bool = True
    flaw: str = ""


class Writer:
    """Writes one operation."""

    def __init__(self, schema: GraphQLSchema, number: int, pools: Pools, uses: Counter[str], flaw: str = "") -> None:
        self.schema, self.uses, self.flaw = schema, uses, flaw
        self.random = Random(number)  # noqa: S311 - a test that can be run again
        self.values = Values(self.random, pools, uses)
        self.some, self.one, self.pools = self.values.some, self.values.one, pools
        self.values.is_exact = bool(flaw)
        self.fragments: list[str] = []
        self.spread_again: list[tuple[str, str]] = []
        self.refused: dict[str, Exception] = {}
        self.of_oracle = True
        self.root_key = ""
        self.under_node = False
        self.done = False
        self.left = 32
        self.aliases = 0
        self.skips = 0
        self.has_cursor = False

    def question(self) -> Question:
        """Return the operation."""
        query = self.schema.query_type
        assert query is not None
        place = Place()
        first = self.towards if not self.flaw and self.some(0.6) else self.root
        roots = [first(query, place), *(self.root(query, place) for _ in range(self.one((0, 0, 0, 1, 2))))]
        if self.some(0.1):
            roots.append(self.typename(place))
        if self.some(0.1):
            name = f"F{len(self.fragments)}"
            self.fragments.append("")
            self.fragments[int(name[1:])] = f"fragment {name} on Query {{ {self.root(query, place)} }}"
            roots.append(f"...{name}")
        declared = ", ".join(one.declared for one in self.values.variables.values())
        name = self.one(("", "Q", "Q"))
        head = f"query {name}{f'({declared})' if declared else ''} " if name or declared or self.some(0.2) else ""
        parts = [f"{head}{{ {' '.join(roots)} }}", *self.fragments]
        operation = None
        if name and self.some(0.15):
            parts.append("query Other { __typename }")
            operation = self.one(("Q", "Other"))
        self.random.shuffle(parts)
        return Question(
            self.one(("\n", " ", "\n\n")).join(parts),
            self.values.given(),
            {} if self.has_cursor else self.values.others(),  # a cursor belongs to one filter
            operation,
            {} if operation == "Other" else self.refused,
            self.of_oracle,
            self.flaw,
        )

    def root(self, query: GraphQLObjectType, place: Place) -> str:
        options = query.fields
        if self.flaw == "steps":
            options = {"sequences": query.fields["sequences"]}
        elif self.flaw in {"page", "cursor"} and not self.done:
            options = {
                name: one for name, one in options.items() if "first" in one.args and name not in NOT_OF_THE_ORACLE
            }
        name = self.values.least_used(options, lambda name: f"Query.{name}", lambda name: self.leads(options[name]))
        self.of_oracle &= name not in NOT_OF_THE_ORACLE
        return self.field(query, name, place, 4)

    # ── what nobody asked for yet ───────────────────────────────────────────────────────────────────────────────

    def towards(self, query: GraphQLObjectType, place: Place) -> str:
        """Return a root field that leads to something that nobody asked for yet: fields of one type, of every record that has them."""
        ways = ways_to(self.schema)
        wanted = {of for of, _, _ in (one.partition(".") for one in sorted(self.pools.wanted)) if of in ways}
        words = {of.partition(".")[0] for of in self.pools.wanted}
        for of in ways:
            fields = self.fields_of(of).values()
            wanted |= {of} if any(get_named_type(one.type).name in words for one in fields) else set()
        if not wanted:
            return self.root(query, place)
        return self.along(ways[goal := self.one(sorted(wanted))], goal, place)

    def along(self, way: Way, goal: str, place: Place) -> str:
        (of, name), *rest = way
        one = self.fields_of(of)[name]
        self.of_oracle &= name not in NOT_OF_THE_ORACLE
        arguments = AT_LEAST.get(name, "(first: 100)") if of == "Query" else ""
        key, below = self.key(f"{name}{arguments}:{one.type}", name, place)
        named, on = get_named_type(one.type), rest[0][0] if rest else goal
        inner = self.along(rest, goal, below) if rest else self.unasked(goal, below)
        condition = "" if named.name == on else f"... on {on} "
        return f"{name if key == name else f'{key}: {name}'}{arguments} {{ {f'{condition}{{ {inner} }}' if condition else inner} }}"

    def unasked(self, goal: str, place: Place) -> str:
        of, fields = self.schema.type_map[goal], self.fields_of(goal)
        words = {one.partition(".")[0] for one in self.pools.wanted}
        names = [
            name
            for name in fields
            if any(
                one.startswith((f"{goal}.{name}(", f"{goal}.{name} ")) or one == f"{goal}.{name}"
                for one in self.pools.wanted
            )
            or get_named_type(fields[name].type).name in words
        ]
        self.random.shuffle(names)
        return " ".join(self.field(of, name, place, 2) for name in names[:7]) or self.typename(place)

    def leads(self, one: GraphQLField) -> bool:
        """Tell whether arguments of a field can hold something that nobody asked for yet."""
        return any(self.values.is_wanted(argument.type) for argument in one.args.values())

    def fields_of(self, name: str) -> dict[str, GraphQLField]:
        of = self.schema.type_map[name]
        assert isinstance(of, GraphQLObjectType)
        found: dict[str, GraphQLField] = of.fields
        return found

    # ── selections ──────────────────────────────────────────────────────────────────────────────────────────────

    def types(self, named: Any) -> frozenset[str]:
        """Return the concrete types that a value can have."""
        if is_abstract_type(named):
            return frozenset(one.name for one in self.schema.get_possible_types(named))
        return frozenset((named.name,))

    def selection(self, of: Any, place: Place, deep: int, types: frozenset[str]) -> str:
        """Return selections of a type, which hold for these concrete types."""
        most = 7 if of.name in NOT_CUT else 5
        found: list[str] = []
        for _ in range(self.random.randint(1, most)):
            self.left -= 1
            if not found or self.left > 0:
                found.append(self.any_selection(of, place, deep, types))
        return " ".join(found)

    def any_selection(self, of: Any, place: Place, deep: int, types: frozenset[str]) -> str:
        names = [name for name in getattr(of, "fields", ()) if deep > 0 or self.is_short(of.fields[name])]
        if not names and not is_abstract_type(of):
            return self.typename(place)
        fits = [name for name, on in self.spread_again if self.types(self.schema.get_type(on)) & types]
        if fits and not place.all_new and self.some(0.1):
            return self.directed(f"...{self.one(fits)}")
        if not names or self.some(0.5 if is_abstract_type(of) else 0.12):
            return self.fragment(of, place, deep, types)
        if self.some(0.08):
            return self.typename(place)
        return self.field(of, self.values.least_used(names, lambda name: f"{of.name}.{name}"), place, deep)

    def is_short(self, one: GraphQLField) -> bool:
        named = get_named_type(one.type)
        return not is_composite_type(named) or named.name in NOT_CUT

    def fragment(self, of: Any, place: Place, deep: int, types: frozenset[str]) -> str:
        """Return an inline fragment, or the spread of one that is written beside the operation."""
        conditions = [
            named
            for named in self.schema.type_map.values()
            if is_composite_type(named) and not named.name.startswith("__") and self.types(named) & types
        ]
        named = of if self.some(0.2) else self.values.least_used(conditions, lambda one: f"on {one.name}")
        within = types & self.types(named)
        way = self.random.random()
        if way < 0.15 and named is of:
            return self.directed(f"... {{ {self.selection(of, place, deep, types)} }}", "...")
        if way < 0.6:
            inner = self.selection(named, place, deep, within)
            return self.directed(f"... on {named.name} {{ {inner} }}", f"... on {named.name}")
        number = len(self.fragments)
        self.fragments.append("")
        again = way > 0.8 and not self.flaw
        body = self.selection(
            named, Place(all_new=True) if again else place, deep, self.types(named) if again else within
        )
        self.fragments[number] = f"fragment F{number} on {named.name} {{ {body} }}"
        if again:
            self.spread_again.append((f"F{number}", named.name))
        return self.directed(f"...F{number}")

    def typename(self, place: Place) -> str:
        key = "__typename" if self.some(0.8) else f"t{self.new()}"
        if place.all_new or place.keys.get(key, ("__typename",))[0] != "__typename":
            key = f"t{self.new()}"
        place.keys[key] = ("__typename", Place())
        return key if key == "__typename" else f"{key}: __typename"

    def new(self) -> int:
        self.aliases += 1
        return self.aliases

    def directed(self, text: str, head: str = "") -> str:
        """Return a selection, perhaps with @skip or @include; ``head`` is what comes before its braces."""
        if self.flaw in {"page", "cursor", "steps", "when"} or self.skips > 12 or self.some(0.9):
            return text
        self.skips += 1
        word = self.one(("skip", "include"))
        switch = self.values.written(self.schema.get_directive(word).args["if"].type, "if", self.some(0.5))  # type: ignore[union-attr]
        head = head or text
        return text.replace(head, f"{head} @{word}(if: {switch})", 1)

    # ── fields ──────────────────────────────────────────────────────────────────────────────────────────────────

    def field(self, of: Any, name: str, place: Place, deep: int) -> str:
        """Return a field with its arguments and what is selected below it."""
        one = of.fields[name]
        self.of_oracle &= name not in NOT_OF_THE_ORACLE
        is_root = of.name == "Query"
        kept = self.under_node, self.root_key, dict(self.refused)
        if is_root:
            self.root_key, self.under_node = "?", False
        arguments = self.arguments(of, name, one)
        key, below = self.key(f"{name}{arguments}:{one.type}", name, place)
        if is_root:
            self.refused = {key if at == "?" else at: problem for at, problem in self.refused.items()}
            self.root_key = key
        head = (name if key == name else f"{key}: {name}") + arguments
        named = get_named_type(one.type)
        text = head
        if is_composite_type(named):
            self.under_node |= named.name == "Node"
            text += f" {{ {self.selection(named, below, deep - 1, self.types(named))} }}"
        if name == "explanation":
            self.of_oracle = False
        self.under_node, self.root_key = kept[0], kept[1]
        return self.directed(text, head)

    def key(self, signature: str, name: str, place: Place) -> tuple[str, Place]:
        """Return the response key of a field: what stands under it already must be the same field with the same arguments."""
        chance = self.random.random()
        key = name if chance < 0.8 else self.one(ODD_KEYS) if chance < 0.87 else f"a{self.new()}"
        found = place.keys.get(key)
        if place.all_new or (found is not None and found[0] != signature):
            key = f"a{self.new()}"
            found = place.keys.get(key)
        if found is None:
            place.keys[key] = (signature, Place())
        return key, place.keys[key][1]

    def arguments(self, of: Any, name: str, one: GraphQLField) -> str:
        chosen = {key for key, argument in one.args.items() if is_required_argument(argument)}
        for key in one.args:
            asks = f"{of.name}.{name}({key})" in self.pools.wanted
            if asks or self.some(0.45) or (of.name == "Query" and self.values.is_wanted(one.args[key].type)):
                chosen.add(key)
        if "first" in one.args and of.name != "Query" and self.some(0.5):
            chosen.add("first")
        made = {key: self.argument(of, name, key, one) for key in one.args if key in chosen and key != "after"}
        if made.get("from") and made.get("until"):
            made["from"], made["until"] = sorted((made["from"], made["until"]))
        if "after" in chosen:
            made["after"] = self.cursor(of, name, one, made)
        was_exact = self.values.is_exact
        self.values.is_exact |= made.get("after") is not None  # a cursor belongs to the arguments as they were made
        texts = []
        fits = (
            not self.under_node
            and not self.done
            and (of.name == "Query" or is_object_type(of))
            and of.name != "Participation"
        )
        if fits and self.flaw in {"page", "cursor", "steps", "when"}:
            self.spoil(made, one)
        for key, value in made.items():
            argument = one.args[key]
            if self.flaw == "null" and key == "first" and not self.done:
                self.done = True
                shown = self.values.variable(argument.type, key, value, has_default=True)
                self.values.variables[shown[1:]].declared = f"{shown}: Int"
                self.values.variables[shown[1:]].value = None
            else:
                shown = self.values.written(
                    argument.type, key, value, has_default=argument.default_value is not Undefined
                )
            texts.append(f"{key}: {shown}")
        self.values.is_exact = was_exact
        self.random.shuffle(texts)
        return f"({', '.join(texts)})" if texts else ""

    def argument(self, of: Any, name: str, key: str, one: GraphQLField) -> Any:
        value = self.values.value(one.args[key].type, key)
        if key == "id" and of.name == "Query" and self.some(0.6) and name != "node":
            mine = [id_ for id_ in self.pools.ids if name in id_] or self.pools.ids
            return self.one(mine)
        if key == "property":
            return self.one(PROPERTIES[of.name]) if of.name in PROPERTIES else None
        return value

    def cursor(self, *_: Any) -> Any:
        """Return no cursor: one belongs to its own list, filter and order; walks over pages are in ``test_oracle``."""
        return None

    # ── what the product refuses ────────────────────────────────────────────────────────────────────────────────

    def spoil(self, made: dict[str, Any], one: GraphQLField) -> None:
        """Put something wrong among the arguments, once."""
        problem: Exception | None = None
        if self.flaw == "page" and "first" in one.args:
            made["first"] = self.one((501, 2**31 - 1, -1, -(2**31)))
            problem = PageLimitExceeded("page") if made["first"] > 0 else InvalidQuery("page")
        elif self.flaw == "cursor" and "after" in one.args:
            made["after"] = self.one(
                ("", "!!", "W10", "WzFd", "null", "é", "Wzk5OTk5OTk5OTk5OTk5OTk5OTk5LCJhIl0", "x" * 80)
            )
            problem = InvalidCursor("cursor")
        elif self.flaw == "steps" and "steps" in one.args:
            made["steps"] = self.one(([], [{"kind": "TRIAL", "within": "P1D"}], [{"kind": "TRIAL"}] * 7))
            problem = InvalidQuery("steps")
        elif self.flaw == "when" and str(getattr(one.args.get("where"), "type", "")) == "EventFilter":
            made["where"] = {"date": {"from": "2024-02-01", "until": "2024-01-01"}}
            problem = InvalidQuery("when")
        if problem is not None:
            self.done = True
            self.refused[self.root_key] = problem


def keys_in(value: Any) -> Iterator[tuple[str, list[Any]]]:
    """Yield the sort keys in the cursors of an answer, with what they are sorted by."""
    if isinstance(value, Mapping):
        for one in value.values():
            yield from keys_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from keys_in(one)
    elif isinstance(value, str) and value.startswith("W"):
        match decoded(value):
            case [str(), str()] as keys:
                yield "ID", keys[1:]
            case [str(), str(), str()] as keys:
                yield "NAME", keys[1:]
            case [str(), int() | None, str()] as keys:
                yield "DAY", keys[1:]
            case _:
                return

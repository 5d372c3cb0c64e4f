"""The cost of an operation: an upper bound of the rows that it can read, computed before it runs.

Page sizes are multiplied down the selection, weighted by what the schema declares beside each root field (``cost``), list
(``estimated_length``) and filter (``cost``). Pages count as full, unless the graph cannot fill them (``graph_sizes``), so that a small graph
can be asked for everything. It is a limit to reject by, not a forecast.

The planning cost is an estimate of the work of the database before it runs a statement for the first time. The planner does not observe
the time limit of a query, so what takes it seconds is rejected before. It works on every subquery, and again for each level that the
subquery lies below, on every condition, and on the rules between the steps of a history or sequence. A unit is about a millisecond.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import ceil
from typing import Any, Final

from graphql import GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema

from graph_api.compiler.selection import SelectedField, SelectionSet
from graph_api.execution.graph_sizes import GraphSizes
from graph_api.schema.decorators import LINKED_RECORDS
from graph_api.schema.types import values

DEFAULT_MAX_COST: Final = 2_000_000
"""Maximum cost of an operation unless a setting changes it."""
MAX_CONDITIONS: Final = 120
"""Maximum number of conditions in the filters of an operation. The database takes some milliseconds to plan each one, and does not
observe the query timeout meanwhile: 3000 of them kept it busy for 14 s."""
CLAIMS_OF_ONE_PROPERTY: Final = 6
"""Estimated number of claims when one property is selected."""
STEP_COST: Final = 10
"""Cost of each step of a sequence or history: one more join for every subject."""
COUNT_COST: Final = 10
"""Cost of ``totalCount``, ``unnamedGroups`` and ``durations``, which visit every matching row instead of one page."""
DEFAULT_MAX_PLANNING: Final = 2500
"""Maximum planning cost of an operation: some seconds."""
SUBQUERY: Final = 6
"""Cost of a subquery, for each level of nesting."""
CONDITION: Final = 2
"""Cost of a condition on a property."""
RULE: Final = 2
"""Cost of the rules between two steps."""
COUNTS: Final = frozenset({"totalCount", "possibleCount", "unnamedGroups"})
QUERY: Final = "Query"
FILTER_ARGUMENTS: Final = ("where", "people", "events")


@dataclass(frozen=True, slots=True)
class CostModel:
    """What the schema declares: costs of root fields and filter conditions, and estimated lengths of lists, all by field name."""

    root_fields: Mapping[str, int]
    conditions: Mapping[str, int]
    lengths: Mapping[str, int | str]
    value_types: frozenset[str]
    """Types that are stored with their record; like scalars they cost nothing."""

    def cost(self, root: SelectedField, sizes: GraphSizes | None = None) -> int:
        """Return the cost of one root field, in rows. Takes time linear in the number of different selections below it.

        ``root`` has coerced arguments. A negative page size counts as 0; the compiler rejects it. Without ``sizes`` every page is full.
        """
        steps = root.arguments.get("steps", ())
        lengths = {
            name: length
            if isinstance(length, int)
            else len(root.arguments[length])
            if length in root.arguments
            else LINKED_RECORDS
            for name, length in self.lengths.items()
        }
        rows = _SelectionCost(self, lengths, sizes).field(root, QUERY)
        return self.root_fields.get(root.name, 0) + self._steps(steps) + ceil(rows)

    def filter(self, value: Mapping[str, Any] | None) -> int:
        """Return the cost of the conditions of a filter; a condition that is null costs nothing."""
        return sum(self._condition(name, one) for name, one in (value or {}).items() if one is not None)

    def _condition(self, name: str, value: Any) -> int:
        match name:
            case "and" | "or":
                return sum(map(self.filter, value))
            case "not":
                return self.filter(value)
            case "history":
                return self._steps(value["steps"])
            case "someEvent" | "noEvent":
                return self.conditions[name] + self.filter(value.get("where"))
            case _:
                return self.conditions[name]

    def _steps(self, steps: Any) -> int:
        return sum(STEP_COST + self.filter(step.get("where")) for step in steps)


class _SelectionCost:
    """Costs of selections. Each is computed once, since equal selections are one object."""

    def __init__(self, model: CostModel, lengths: Mapping[str, int], sizes: GraphSizes | None) -> None:
        self.model = model
        self.lengths = lengths
        self.sizes = sizes
        self.rows: dict[tuple[SelectionSet, int | None], float] = {}

    def field(self, selected: SelectedField, of: str, parents: int | None = None) -> float:
        """Return the cost of a field of a type for one row, or on average for one of so many different ``parents``."""
        type_name = next(iter(selected.of), None)
        if type_name is None or type_name in self.model.value_types:
            return 0
        if type_name.endswith("Connection"):
            filters = sum(self.model.filter(selected.arguments.get(name)) for name in FILTER_ARGUMENTS)
            return 1 + filters + self._page(selected, of, type_name.removesuffix("Connection"), parents)
        row = 1 + self._row(selected.of)
        if selected.name not in self.lengths:
            return row
        is_one_property = selected.name == "claims" and "property" in selected.arguments
        length = CLAIMS_OF_ONE_PROPERTY if is_one_property else self.lengths[selected.name]
        return 1 + self._at_most(length, selected, of, type_name, parents) * row

    def _at_most(self, length: int, selected: SelectedField, of: str, node: str, parents: int | None) -> float:
        """Return a length, or what the graph can fill of it."""
        found = None if self.sizes is None else self.sizes.at_most(of, selected.name, node, parents)
        return length if found is None else min(length, found)

    def _page(self, connection: SelectedField, of: str, node_type: str, parents: int | None) -> float:
        [fields] = connection.of.values()
        names = [field.name for field in fields]
        counts = COUNT_COST * sum(name in (*COUNTS, "durations") for name in names)
        if not {"nodes", "edges", "pageInfo"} & set(names):
            return counts
        nodes = [field for field in fields if field.name == "nodes"] + [
            field
            for edge in fields
            if edge.name == "edges"
            for edge_fields in edge.of.values()
            for field in edge_fields
            if field.name == "node"
        ]
        first = self._at_most(max(connection.arguments["first"], 0), connection, of, node_type, parents)
        different = int(first) if of == QUERY else None  # the rows of a list of the graph itself
        return counts + first * (1 + sum(self._row(node.of, different) for node in nodes))

    def _row(self, selection: SelectionSet, parents: int | None = None) -> float:
        """Return the cost of the fields of one row: those of the most expensive type that it can have."""
        parents = parents if len(selection) == 1 else None
        found = self.rows.get((selection, parents))
        if found is None:
            each = (sum(self.field(field, of, parents) for field in fields) for of, fields in selection.items())
            found = self.rows[selection, parents] = max(each, default=0)
        return found


# ── what the schema declares ────────────────────────────────────────────────────────────────────────────────────


@cache
def cost_model(schema: GraphQLSchema) -> CostModel:
    """Return what a schema declares. Raises ValueError when fields of one name declare different values."""
    root_fields: dict[str, int] = {}
    conditions: dict[str, int] = {}
    lengths: dict[str, int | str] = {}
    value_types = {"PageInfo"}
    for named in schema.type_map.values():
        if isinstance(named, GraphQLObjectType) and hasattr(values, named.name):
            value_types.add(named.name)
        for name, metadata in _declarations(named):
            if named is schema.query_type:
                root_fields[name] = metadata["cost"]
            elif isinstance(named, GraphQLInputObjectType):
                _declare(conditions, name, metadata.get("cost", 1))
            elif "estimated_length" in metadata:
                _declare(lengths, name, metadata["estimated_length"])
    return CostModel(root_fields, conditions, lengths, frozenset(value_types))


def _declarations(named: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(named, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
        for name, field in named.fields.items():
            declared = field.extensions.get("strawberry-definition")
            if declared is not None:
                yield name, declared.metadata


def _declare(declared: dict[str, Any], name: str, value: int | str) -> None:
    if declared.setdefault(name, value) != value:
        raise ValueError(
            f"Fields named {name!r} declare {declared[name]!r} and {value!r}: expected one value for a name."
        )


# ── conditions ──────────────────────────────────────────────────────────────────────────────────────────────────


def count_conditions(root: SelectedField) -> int:
    """Return the number of conditions in the filters of a root field and of every field below it; equal selections count once."""
    seen: set[SelectedField] = set()
    pending, count = [root], 0
    while pending:
        one = pending.pop()
        if one not in seen:
            seen.add(one)
            pending += [field for fields in one.of.values() for field in fields]
            count += sum(_conditions(one.arguments.get(name)) for name in FILTER_ARGUMENTS)
            count += sum(_conditions(step.get("where")) for step in one.arguments.get("steps", ()))
    return count


def _conditions(value: Mapping[str, Any] | None) -> int:
    count = 0
    for name, one in (value or {}).items():
        match name:
            case _ if one is None:
                pass
            case "and" | "or":
                count += sum(1 + _conditions(each) for each in one)
            case "not":
                count += _conditions(one)
            case "history":
                count += sum(1 + _conditions(step.get("where")) for step in one["steps"])
            case "someEvent" | "noEvent":
                count += 1 + _conditions(one.get("where"))
            case _:
                count += 1
    return count


# ── planning in the database ────────────────────────────────────────────────────────────────────────────────────


def planning_cost(root: SelectedField) -> int:
    """Return the planning cost of a root field with coerced arguments. Equal selections at one depth count once."""
    rows = _planning_of_filters(root, 1) + _planning_of_steps(root.arguments.get("steps") or (), 1)
    summaries = {str(one.arguments["step"]) for fields in root.of.values() for one in fields if one.name == "durations"}
    return SUBQUERY + rows * (1 + len(summaries)) + _SelectionPlanning().cost(root.of, 1)


class _SelectionPlanning:
    """Costs of selections by depth, each computed once."""

    def __init__(self) -> None:
        self._known: dict[tuple[SelectionSet, int], int] = {}

    def cost(self, selection: SelectionSet, depth: int) -> int:
        """Return the cost of a selection at a depth."""
        found = self._known.get((selection, depth))
        if found is None:
            found = sum(self._field(field, depth) for field in {one for fields in selection.values() for one in fields})
            self._known[selection, depth] = found
        return found

    def _field(self, field: SelectedField, depth: int) -> int:
        if not field.of:
            return SUBQUERY if field.name in COUNTS else 0
        is_subquery = field.name not in ("nodes", "edges", "node", "pageInfo")
        inner = depth + is_subquery
        return is_subquery * SUBQUERY * depth + _planning_of_filters(field, inner) + self.cost(field.of, inner)


def _planning_of_filters(field: SelectedField, depth: int) -> int:
    return sum(_planning_of_filter(field.arguments.get(name), depth) for name in FILTER_ARGUMENTS)


def _planning_of_filter(value: Mapping[str, Any] | None, depth: int) -> int:
    cost = 0
    for name, one in (value or {}).items():
        match name:
            case _ if one is None:
                pass
            case "and" | "or":
                cost += sum(CONDITION + _planning_of_filter(each, depth) for each in one)
            case "not":
                cost += CONDITION + _planning_of_filter(one, depth)
            case "history":
                cost += _planning_of_steps(one["steps"], depth)
            case "someEvent" | "noEvent":
                cost += SUBQUERY * depth + _planning_of_filter(one.get("where"), depth + 1)
            case _ if isinstance(one, Mapping):
                cost += SUBQUERY + CONDITION
            case _:
                cost += CONDITION
    return cost


def _planning_of_steps(steps: Any, depth: int) -> int:
    pairs = len(steps) * (len(steps) + 1) // 2
    return RULE * pairs + sum(SUBQUERY + _planning_of_filter(step.get("where"), depth + 1) for step in steps)

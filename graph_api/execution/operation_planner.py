"""Preparing operations: a document is parsed and validated once, and compiled once for each shape of its variables.

::

    text ── document() ──▶ Document ── operation(name) ──▶ Operation ── plan(variables) ──▶ Plan: statements and response builders

Parsing, validating and compiling take milliseconds and happen at first use. Afterwards an operation takes two cache lookups and the
coercion of its variables.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final, Generic, TypeVar

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    specified_rules,
    validate,
)
from graphql.execution.values import get_variable_values

from graph_api.compiler.binder import RowLimits
from graph_api.compiler.compile import CompiledField, compile_field, compile_shared
from graph_api.compiler.placeholders import Guard, GuardRequired, VariablePath
from graph_api.compiler.response_codegen import ResponseBuilder, compile_response_builder
from graph_api.compiler.selection import SelectedField, read_operation
from graph_api.errors import (
    ConditionLimitExceeded,
    CostLimitExceeded,
    DocumentLimitExceeded,
    GraphApiError,
    PlanningLimitExceeded,
    VariableLimitExceeded,
)
from graph_api.execution.cost import (
    DEFAULT_MAX_COST,
    DEFAULT_MAX_PLANNING,
    MAX_CONDITIONS,
    cost_model,
    count_conditions,
    planning_cost,
)
from graph_api.execution.cut_lists import CutFinder, cut_finder
from graph_api.execution.document_limits import DocumentLimits, parse_with_limits
from graph_api.execution.graph_sizes import GraphSizes
from graph_api.execution.validation_hints import with_hint
from graph_api.execution.variables import VariableShape, evaluate_guards, exceeds_size
from graph_api.schema.bindings import BINDINGS
from graph_api.values.dates import day_number

MAX_ERRORS: Final = 5
DOCUMENT_BYTES: Final = 60
"""Estimated bytes of a parsed document for each character of its text."""
PLAN_BYTES: Final = 12
"""Estimated bytes of a plan for each character of its statements."""
MB: Final = 1 << 20
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ExecutionLimits:
    """What one request may ask for: limits of its document, of pages and lists, and of its cost in the database."""

    document: DocumentLimits = field(default_factory=DocumentLimits)
    rows: RowLimits = field(default_factory=RowLimits)
    cost: int = DEFAULT_MAX_COST
    introspection: bool = True
    planning: int = DEFAULT_MAX_PLANNING


class RequestError(Exception):
    """An operation that is not executed, with the request errors of the GraphQL specification (October 2021, 7.1.2)."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__(*errors)
        self.errors = errors

    @classmethod
    def of(cls, error: GraphApiError) -> RequestError:
        """Return a request error with one error of ours as its cause."""
        return cls([GraphQLError(str(error), original_error=error)])


@dataclass(frozen=True, slots=True)
class RootPlan:
    """The plan of one root field: its statement, response builder and what finds lists that are cut unsaid, or the error in its place.

    ``typename`` is the value of the field when it is ``__typename``. A field of introspection has none of these.
    """

    key: str
    compiled: CompiledField | None = None
    build: ResponseBuilder | None = None
    error: Exception | None = None
    typename: str | None = None
    find_cut_lists: CutFinder | None = None

    @property
    def is_introspection(self) -> bool:
        """Whether the field is ``__schema`` or ``__type``."""
        return self.compiled is None and self.error is None and self.typename is None


@dataclass(frozen=True, slots=True)
class SharedTotals:
    """The statement of several root fields that count over the same events and people; its value is a list with that of each."""

    keys: tuple[str, ...]
    compiled: CompiledField

    @classmethod
    def among(cls, roots: Iterable[RootPlan]) -> tuple[SharedTotals, ...]:
        """Return those of some root fields: all totals with the same filters and order, where there are several that are counted."""
        found: list[tuple[object, dict[str, CompiledField]]] = []
        for root in roots:
            if root.compiled is None or (own := root.compiled.shared_by) is None:
                continue
            if (some := next((some for one, some in found if one == own), None)) is None:
                found.append((own, some := {}))
            some[root.key] = root.compiled
        return tuple(cls(tuple(some), compile_shared([*some.values()])) for _, some in found if len(some) > 1)


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of an operation for one shape of variables, its cost, and the cost of planning it in the database.

    ``is_fast_path`` is true when rows can be turned into the response without graphql-core. ``known`` is the day as of which it answers.
    ``texts`` are those of its statements; of a named query, its name. ``shared`` are statements of several root fields, which stand for those of their own.
    """

    roots: tuple[RootPlan, ...]
    is_fast_path: bool
    cost: int = 0
    planning: int = 0
    known: dt.date | None = None
    shared: tuple[SharedTotals, ...] = ()
    texts: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        shared = {key for one in self.shared for key in one.keys}
        compiled = [root.compiled for root in self.roots if root.compiled is not None and root.key not in shared]
        compiled += [one.compiled for one in self.shared]
        named = [one.before.name for one in compiled if one.before is not None]
        object.__setattr__(self, "texts", (*(one.statement.text for one in compiled), *named))

    @property
    def statements(self) -> int:
        """Number of statements that it runs."""
        return len(self.texts)


@dataclass(slots=True)
class Operation:
    """One operation of a document, with a unique ``number``, and the guards that its plans depend on."""

    node: OperationDefinitionNode
    variables: VariableShape
    number: int = field(default_factory=count().__next__)
    guards: list[tuple[VariablePath, Guard]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Document:
    """A valid document: its SHA-256 in hexadecimal digits, its operations and fragments by name."""

    text: str
    hash: str
    node: DocumentNode
    operations: Mapping[str, Operation]
    fragments: Mapping[str, FragmentDefinitionNode]

    def operation(self, name: str | None) -> Operation:
        """Return the operation of that name, or the only one (October 2021, 6.1). Raises RequestError."""
        if name is None:
            if len(self.operations) == 1:
                return next(iter(self.operations.values()))
            raise RequestError([GraphQLError("Must provide operation name if query contains multiple operations.")])
        if not name or name not in self.operations:
            raise RequestError([GraphQLError(f"Unknown operation named '{name}'.")])
        return self.operations[name]


def size_of(value: Any) -> int:
    """Return the estimated bytes of a value: texts, numbers, and tuples, lists and mappings of them.

    >>> size_of("abc") < size_of(("abc", {"abc": ["abc"]}))
    True
    """
    size, pending = 0, [value]
    while pending:
        one = pending.pop()
        size += sys.getsizeof(one)
        if isinstance(one, tuple | list | frozenset | set):
            pending.extend(one)
        elif isinstance(one, Mapping):
            pending.extend(one)
            pending.extend(one.values())
    return size


class LruCache(Generic[T]):
    """Maps keys to items. An item larger than ``max_bytes`` is not stored. Not safe for use from several threads."""

    def __init__(self, *, max_items: int, max_bytes: int) -> None:
        self._items: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._max_items, self._max_bytes = max_items, max_bytes
        self.size = 0
        """Estimated size of all items, in bytes."""

    def __len__(self) -> int:
        return len(self._items)

    def get(self, key: Hashable) -> T | None:
        """Return the item under a key and mark it as the most recently used; None when there is none."""
        found = self._items.get(key)
        if found is None:
            return None
        self._items.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, value: T, size: int) -> None:
        """Store an item of ``size`` bytes, and evict the least recently used items while a limit is exceeded."""
        if key in self._items:
            self.size -= self._items.pop(key)[1]
        if size > self._max_bytes:
            return  # it would evict every other item
        self._items[key] = value, size
        self.size += size
        while self._items and (len(self._items) > self._max_items or self.size > self._max_bytes):
            self.size -= self._items.popitem(last=False)[1][1]


class OperationPlanner:
    """Parses, validates and compiles operations, and caches documents and plans. Not safe for use from several threads."""

    def __init__(self, schema: GraphQLSchema, limits: ExecutionLimits | None = None) -> None:
        self._schema = schema
        self._cost_model = cost_model(schema)
        self.limits = limits or ExecutionLimits()
        self.sizes: GraphSizes | None = None
        """How much the graph holds; None while that is not known. It bounds costs, so that a plan holds for these sizes only."""
        self.documents: LruCache[Document] = LruCache(max_items=1000, max_bytes=16 * MB)
        self.plans: LruCache[Plan] = LruCache(max_items=2000, max_bytes=64 * MB)

    def document(self, text: str) -> Document:
        """Return a document, parsed and validated. Raises RequestError."""
        found = self.documents.get(text)
        if found is None:
            found = self.parse(text)
            self.cache_document(found)
        return found

    def cache_document(self, document: Document) -> None:
        """Store a document; its size is estimated from the length of its text."""
        self.documents.put(document.text, document, DOCUMENT_BYTES * len(document.text))

    def coerce_variables(self, operation: Operation, variables: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of variables as the operation declares them. Raises RequestError."""
        definitions = operation.node.variable_definitions
        if not definitions:
            return {}
        limit = self.limits.document.values
        if exceeds_size(variables, limit):
            raise RequestError.of(
                VariableLimitExceeded(f"Number of values in the variables exceeds the limit of {limit:,}.")
            )
        if (texts := operation.variables.as_texts(variables)) is not None:
            return texts
        coerced = get_variable_values(self._schema, definitions, dict(variables), MAX_ERRORS)
        if isinstance(coerced, list):
            raise RequestError(coerced)
        return coerced.coerced

    def plan(self, document: Document, operation: Operation, variables: Mapping[str, Any]) -> tuple[Plan, bool]:
        """Return the plan for coerced variables, and whether it was cached. Raises RequestError when its cost exceeds the limit."""
        found = self.cached_plan(operation, variables)
        if found is not None:
            return found, True
        plan = self.build(document, operation, variables)
        self.cache_plan(operation, variables, plan)
        return plan, False

    def cached_plan(self, operation: Operation, variables: Mapping[str, Any]) -> Plan | None:
        """Return the plan for coerced variables if it is cached."""
        return self.plans.get(self._key(operation, variables))

    def cache_plan(self, operation: Operation, variables: Mapping[str, Any], plan: Plan) -> None:
        """Store a plan by what it depends on; building it may have added guards to that. A plan with an error is not stored."""
        if any(root.error is not None for root in plan.roots):
            return
        key = self._key(operation, variables)
        compiled = [*(root.compiled for root in plan.roots), *(one.compiled for one in plan.shared)]
        statements = [one.statement for one in compiled if one]
        size = sum(PLAN_BYTES * len(one.text) + size_of(one.parameters) for one in statements)
        self.plans.put(key, plan, size + size_of(key) + 2000)

    def _key(self, operation: Operation, variables: Mapping[str, Any]) -> Any:
        guards = tuple(evaluate_guards(variables, operation.guards).values()) if operation.guards else ()
        return operation.number, operation.variables.shape_key(variables), guards, self.sizes

    def parse(self, text: str) -> Document:
        """Parse and validate a document without caching it; safe in any thread. Raises RequestError."""
        try:
            node = parse_with_limits(text, self.limits.document)
        except DocumentLimitExceeded as error:
            raise RequestError.of(error) from None
        except GraphQLError as error:
            raise RequestError([error]) from None
        rules = specified_rules if self.limits.introspection else (*specified_rules, NoSchemaIntrospectionCustomRule)
        errors = validate(self._schema, node, rules, MAX_ERRORS)
        if errors:
            raise RequestError([with_hint(self._schema, one) for one in errors])
        operations = {
            one.name.value if one.name else "": Operation(
                one, VariableShape(self._schema, one.variable_definitions or ())
            )
            for one in node.definitions
            if isinstance(one, OperationDefinitionNode)
        }
        fragments = {one.name.value: one for one in node.definitions if isinstance(one, FragmentDefinitionNode)}
        return Document(text, hashlib.sha256(text.encode()).hexdigest(), node, operations, fragments)

    def build(self, document: Document, operation: Operation, variables: Mapping[str, Any]) -> Plan:
        """Return the plan for coerced variables without caching it. Raises RequestError.

        Compiles again with one more guard whenever the compiler requires one.
        """
        while True:
            placeholders = operation.variables.with_placeholders(
                variables, evaluate_guards(variables, operation.guards)
            )
            try:
                selection = read_operation(self._schema, operation.node, document.fragments, placeholders)
                total, planning = self._check_cost(selection.roots.values())
                roots = tuple(self._root_plan(key, one, selection.known) for key, one in selection.roots.items())
            except GuardRequired as required:
                operation.guards.append((required.path, required.guard))
                continue
            except GraphQLError as error:
                raise RequestError([error]) from None
            is_complete = all(root.build is not None or root.typename is not None for root in roots)
            is_fast_path = selection.is_valid and is_complete
            return Plan(roots, is_fast_path, total, planning, selection.known, SharedTotals.among(roots))

    def _check_cost(self, selected: Iterable[SelectedField | GraphQLError]) -> tuple[int, int]:
        """Return the cost of root fields, and that of planning them. Raises RequestError."""
        roots = [one for one in selected if isinstance(one, SelectedField) and not one.name.startswith("__")]
        found = sum(map(count_conditions, roots))
        if found > MAX_CONDITIONS:
            raise RequestError.of(
                ConditionLimitExceeded(
                    f"Number of filter conditions ({found:,}) exceeds the limit of {MAX_CONDITIONS}. "
                    "Use `in` with a list, which is one condition."
                )
            )
        total = sum(self._cost_model.cost(root, self.sizes) for root in roots)
        if total > self.limits.cost:
            raise RequestError.of(
                CostLimitExceeded(
                    f"Query cost {total:,} exceeds the limit of {self.limits.cost:,}. Request smaller pages or less nesting."
                )
            )
        planning = sum(map(planning_cost, roots))
        if planning > self.limits.planning:
            raise RequestError.of(
                PlanningLimitExceeded(
                    f"Planning cost {planning:,} exceeds the limit of {self.limits.planning:,}. "
                    "Use fewer levels, conditions, histories or steps."
                )
            )
        return total, planning

    def _root_plan(self, key: str, selected: SelectedField | GraphQLError, known: dt.date | None) -> RootPlan:
        if isinstance(selected, GraphQLError):
            return RootPlan(key, error=selected)
        if selected.name.startswith("__"):
            return RootPlan(key, typename="Query" if selected.name == "__typename" else None)
        try:
            day = None if known is None else day_number(known)
            compiled = compile_field(selected, BINDINGS, self.limits.rows, known=day)
        except GraphApiError as error:
            return RootPlan(key, error=error)
        build = compile_response_builder(compiled.shape, checked=True)
        return RootPlan(key, compiled, build, find_cut_lists=cut_finder(compiled.shape, key))

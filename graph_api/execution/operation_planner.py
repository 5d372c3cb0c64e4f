"""Operations made ready: a document is parsed and validated once, and planned once for each shape of its variables.

::

    text ── Documents.get ──▶ Document ── operation(name) ──▶ Operation ── plan(variables) ──▶ Plan: statements and how rows become the answer

What costs milliseconds (parse, validate, compile) is done when it is first seen; afterwards an answer costs two look-ups and the coercion
of its variables.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

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

from graph_api.compiler.binder import Limits
from graph_api.compiler.compile import CompiledField, compile_field
from graph_api.compiler.cost import MOST, MOST_CONDITIONS, conditions, cost
from graph_api.compiler.placeholders import Fact, Needed, Path
from graph_api.compiler.response_codegen import Shaped, shaper
from graph_api.compiler.selection import Selected, read_operation
from graph_api.errors import (
    ConditionLimitExceeded,
    CostLimitExceeded,
    DocumentLimitExceeded,
    GraphApiError,
    VariableLimitExceeded,
)
from graph_api.execution.document_limits import DocumentLimits, is_more_than, parse_within
from graph_api.execution.lru_cache import Cache
from graph_api.execution.variables import Variables, facts_of

MOST_ERRORS: Final = 5
MB: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Bounds:
    """What may be asked at most: of a document, of pages and lists, of the database."""

    document: DocumentLimits = field(default_factory=DocumentLimits)
    rows: Limits = field(default_factory=Limits)
    cost: int = MOST
    introspection: bool = True


class RequestErrors(Exception):
    """An operation that is not executed: GraphQL's request errors (October 2021, 7.1.2)."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__(*errors)
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Root:
    """A root field: its statement and its value, or why it has none. ``typename`` is the answer where that is all that is asked."""

    key: str
    compiled: CompiledField | None = None
    shaped: Shaped | None = None
    problem: Exception | None = None
    typename: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """An operation for one shape of variables, and what it may cost. ``is_plain`` where nothing but rows is needed to answer it."""

    roots: tuple[Root, ...]
    is_plain: bool
    cost: int = 0

    @property
    def statements(self) -> int:
        """How many statements it runs."""
        return sum(root.compiled is not None for root in self.roots)


@dataclass(slots=True)
class Operation:
    """One operation of a document, and what its plans have to know of texts and ids beforehand; ``number`` is its own alone."""

    node: OperationDefinitionNode
    variables: Variables
    number: int = field(default_factory=count().__next__)
    facts: list[tuple[Path, Fact]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Document:
    """A valid document: its hash (SHA-256, hex), its operations by name, its fragments."""

    text: str
    hash: str
    node: DocumentNode
    operations: Mapping[str, Operation]
    fragments: Mapping[str, FragmentDefinitionNode]

    def operation(self, name: str | None) -> Operation:
        """Return the operation of that name, or the only one (October 2021, 6.1). Raises RequestErrors."""
        if name is None:
            if len(self.operations) == 1:
                return next(iter(self.operations.values()))
            raise RequestErrors([GraphQLError("Must provide operation name if query contains multiple operations.")])
        if not name or name not in self.operations:
            raise RequestErrors([GraphQLError(f"Unknown operation named '{name}'.")])
        return self.operations[name]


class Planner:
    """Documents and plans, kept in caches that are bounded in count and bytes. Used from one thread."""

    def __init__(self, schema: GraphQLSchema, bounds: Bounds | None = None) -> None:
        self._schema = schema
        self.bounds = bounds or Bounds()
        self.documents: Cache[Document] = Cache(count=1000, weight=16 * MB)
        self.plans: Cache[Plan] = Cache(count=2000, weight=64 * MB)

    def document(self, text: str) -> Document:
        """Return a document, parsed and validated. Raises RequestErrors."""
        found = self.documents.get(text)
        if found is None:
            found = self.read(text)
            self.keep(found)
        return found

    def keep(self, document: Document) -> None:
        """Keep a document that was read."""
        self.documents.put(document.text, document, 20 * len(document.text))

    def coerced(self, operation: Operation, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of variables as the operation declares them. Raises RequestErrors."""
        definitions = operation.node.variable_definitions
        if not definitions:
            return {}
        if is_more_than(given, self.bounds.document.values):
            most = self.bounds.document.values
            error = VariableLimitExceeded(f"saw more than {most} values in the variables; right would be at most that")
            raise RequestErrors([GraphQLError(str(error), original_error=error)])
        found = get_variable_values(self._schema, definitions, dict(given), MOST_ERRORS)
        if isinstance(found, list):
            raise RequestErrors(found)
        return found.coerced

    def plan(self, document: Document, operation: Operation, given: Mapping[str, Any]) -> tuple[Plan, bool]:
        """Return the plan for coerced variables, and whether it was there already. Raises RequestErrors for one that costs too much."""
        key = self._key(operation, given)
        found = self.plans.get(key)
        if found is not None:
            return found, True
        made = self._made(document, operation, given)
        weight = sum(8 * len(root.compiled.statement.text) for root in made.roots if root.compiled) + 2000
        self.plans.put(self._key(operation, given), made, weight)
        return made, False

    def _key(self, operation: Operation, given: Mapping[str, Any]) -> Any:
        facts = tuple(facts_of(given, operation.facts).values()) if operation.facts else ()
        return operation.number, operation.variables.key(given), facts

    def read(self, text: str) -> Document:
        """Read a document anew, in any thread: nothing here is changed. Raises RequestErrors."""
        try:
            node = parse_within(text, self.bounds.document)
        except DocumentLimitExceeded as error:
            raise RequestErrors([GraphQLError(str(error), original_error=error)]) from None
        except GraphQLError as error:
            raise RequestErrors([error]) from None
        rules = specified_rules if self.bounds.introspection else (*specified_rules, NoSchemaIntrospectionCustomRule)
        errors = validate(self._schema, node, rules, MOST_ERRORS)
        if errors:
            raise RequestErrors(errors)
        operations = {
            one.name.value if one.name else "": Operation(one, Variables(self._schema, one.variable_definitions or ()))
            for one in node.definitions
            if isinstance(one, OperationDefinitionNode)
        }
        fragments = {one.name.value: one for one in node.definitions if isinstance(one, FragmentDefinitionNode)}
        return Document(text, hashlib.sha256(text.encode()).hexdigest(), node, operations, fragments)

    def _made(self, document: Document, operation: Operation, given: Mapping[str, Any]) -> Plan:
        while True:
            try:
                return self._planned(document, operation, given)
            except Needed as needed:
                operation.facts.append((needed.path, needed.fact))

    def _planned(self, document: Document, operation: Operation, given: Mapping[str, Any]) -> Plan:
        placed = operation.variables.placed(given, facts_of(given, operation.facts))
        try:
            asked = read_operation(self._schema, operation.node, document.fragments, placed)
        except GraphQLError as error:
            raise RequestErrors([error]) from None
        asked_cost = self._cost(asked.roots.values())
        roots = tuple(self._root(key, one) for key, one in asked.roots.items())
        is_plain = asked.is_sound and all(root.shaped is not None or root.typename is not None for root in roots)
        return Plan(roots, is_plain, asked_cost)

    def _cost(self, selected: Iterable[Selected | GraphQLError]) -> int:
        roots = [one for one in selected if isinstance(one, Selected) and not one.name.startswith("__")]
        met = sum(map(conditions, roots))
        if met > MOST_CONDITIONS:
            many = ConditionLimitExceeded(
                f"saw {met} conditions in filters; right would be at most {MOST_CONDITIONS}: `in` with a list is one"
            )
            raise RequestErrors([GraphQLError(str(many), original_error=many)])
        asked = sum(map(cost, roots))
        if asked > self.bounds.cost:
            error = CostLimitExceeded(
                f"saw a question that costs up to {asked}; right would be at most {self.bounds.cost}: smaller pages (first), "
                "or fewer lists within lists"
            )
            raise RequestErrors([GraphQLError(str(error), original_error=error)])
        return asked

    def _root(self, key: str, selected: Selected | GraphQLError) -> Root:
        if isinstance(selected, GraphQLError):
            return Root(key, problem=selected)
        if selected.name.startswith("__"):
            return Root(key, typename="Query" if selected.name == "__typename" else None)
        try:
            compiled = compile_field(selected, self.bounds.rows)
        except GraphApiError as problem:
            return Root(key, problem=problem)
        return Root(key, compiled, shaper(compiled.shape, checked=True))

"""Executing an operation: one statement for each root field, all in one transaction, and rows turned into the response.

When rows cannot simply become the response (introspection, invalid arguments, a null in a non-null field, a database error), graphql-core
executes the operation on the same rows, so that errors, their paths and the propagation of nulls follow the specification. It runs in a
thread, since it may take hundreds of milliseconds that would block every other request.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, Final

import graphql
import strawberry
from graphql import GraphQLError

from graph_api.compiler.as_of import statement_as_of
from graph_api.compiler.compile import CompiledField
from graph_api.compiler.placeholders import bind_value
from graph_api.compiler.response_codegen import compile_response_builder
from graph_api.compiler.response_shape import ConnectionShape
from graph_api.database.queries import named
from graph_api.errors import GraphApiError, InvalidInput, NoResponse, PlanningTimeout, QueryTimeout
from graph_api.execution.as_of import STATE_KEY, undated_sources
from graph_api.execution.former_ids import fetch_moved, is_missing
from graph_api.execution.note_lookups import LookupPlanner
from graph_api.execution.notes import Note, cut_notes, found_nothing, prepare_notes
from graph_api.execution.operation_planner import (
    Document,
    ExecutionLimits,
    Operation,
    OperationPlanner,
    Plan,
    RequestError,
    RootPlan,
)
from graph_api.execution.planned_statements import REFUSAL_SECONDS, PlannedStatements
from graph_api.execution.resolvers import executable_schema
from graph_api.statement import Statement, StatementPlanner, StatementRunner
from graph_api.values.dates import day_number

DECODING_ERRORS: Final = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What a response builder raises for a stored value that does not fit the type of its field."""

log = logging.getLogger(__name__)


class FallbackReason(StrEnum):
    """Why graphql-core executed an operation."""

    INTROSPECTION = "introspection"
    INVALID_ARGUMENT = "invalid_argument"
    DATABASE_ERROR = "database_error"
    LIST_LIMIT = "list_limit"
    INVALID_VALUE = "invalid_value"


@dataclass(frozen=True, slots=True)
class OperationRequest:
    """A document, the name of the operation in it, and the values of its variables.

    ``is_stored`` is true for operations of the application itself, which are tried again after the database did not plan them in time, as
    happens right after it was started.
    """

    query: str
    operation: str | None
    variables: Mapping[str, Any]
    is_stored: bool = False


@dataclass(frozen=True, slots=True)
class ExecutionResult:
    """The result of a request. ``data`` is None when the operation was not executed.

    ``plan_hit`` is true when the plan was cached; ``rows`` is the number of rows that the root fields returned; ``notes`` say why a root
    field found nothing, or that a list is shown in part. ``as_of`` has the day as of which the operation was answered.
    """

    data: Mapping[str, Any] | None
    errors: Sequence[GraphQLError] = ()
    executed: bool = True
    document: Document | None = None
    plan: Plan | None = None
    plan_hit: bool = False
    rows: int = 0
    notes: Sequence[Note] = ()
    as_of: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class PreparedOperation:
    """An operation that is ready to run. ``is_known`` is true when the database has planned all its statements before."""

    document: Document
    plan: Plan
    variables: Mapping[str, Any]
    is_known: bool


class Executor:
    """Executes operations on a schema; used from one event loop. ``fallbacks`` counts executions by graphql-core by reason.

    ``failed_notes`` counts empty answers whose notes could not be read.
    """

    def __init__(self, schema: strawberry.Schema, limits: ExecutionLimits | None = None) -> None:
        self.schema = executable_schema(schema)
        self.planner = OperationPlanner(self.schema, limits)
        self.fallbacks: Counter[str] = Counter()
        self.failed_notes = 0
        self._lookups = LookupPlanner(self.schema)
        self._statements = PlannedStatements()

    def prepared(self, request: OperationRequest) -> PreparedOperation | None:
        """Return an operation whose document and plan are cached, without compiling anything; None for any other one."""
        document = self.planner.documents.get(request.query)
        if document is None:
            return None
        try:
            operation = document.operation(request.operation)
            variables = self.planner.coerce_variables(operation, request.variables)
        except RequestError:
            return None
        plan = self.planner.cached_plan(operation, variables)
        return None if plan is None else PreparedOperation(document, plan, variables, self._is_planned(plan))

    def _is_planned(self, plan: Plan) -> bool:
        return not self._statements.missing(plan.texts)

    async def execute(
        self, request: OperationRequest, run: StatementRunner, prepared: PreparedOperation | None = None
    ) -> ExecutionResult:
        """Execute a request with the rows that ``run`` returns. Errors are part of the result.

        What is not ``prepared`` is parsed and compiled in a thread, so that the event loop stays free.
        """
        is_cached = prepared is not None
        document = None
        try:
            if prepared is None:
                document = self.planner.documents.get(request.query)
                if document is None:
                    document = await asyncio.to_thread(self.planner.parse, request.query)
                    self.planner.cache_document(document)
                prepared, is_cached = await self._prepare(document, request)
        except RequestError as error:
            return ExecutionResult(None, error.errors, executed=False, document=document)
        plan = prepared.plan
        values = await self._fetch(prepared, run, is_stored=request.is_stored)
        result = partial(
            ExecutionResult, executed=True, document=prepared.document, plan=plan, plan_hit=is_cached, rows=_rows(plan, values),
            notes=await self._notes(prepared, request, values, run), as_of=_as_of(plan, values),
        )  # fmt: skip
        data = self._build_data(plan, values)
        if isinstance(data, dict):
            return result(data)
        self.fallbacks[data] += 1
        core = await asyncio.to_thread(self._execute_with_graphql_core, request, prepared.document, plan, values)
        return result(core.data, core.errors or ())

    async def _prepare(self, document: Document, request: OperationRequest) -> tuple[PreparedOperation, bool]:
        """Return an operation of a document, and whether its plan was cached. Raises RequestError."""
        operation = document.operation(request.operation)
        variables = self.planner.coerce_variables(operation, request.variables)
        plan = self.planner.cached_plan(operation, variables)
        if plan is not None:
            return PreparedOperation(document, plan, variables, self._is_planned(plan)), True
        plan = await asyncio.to_thread(self.planner.build, document, operation, variables)
        self.planner.cache_plan(operation, variables, plan)
        return PreparedOperation(document, plan, variables, is_known=False), False

    async def compile(self, document: Document, operation: Operation, variables: Mapping[str, Any]) -> None:
        """Compile an operation, so that its plan is cached when it is requested. Raises RequestError."""
        if self.planner.cached_plan(operation, variables) is None:
            plan = await asyncio.to_thread(self.planner.build, document, operation, variables)
            self.planner.cache_plan(operation, variables, plan)

    async def plan_in_database(
        self, document: Document, operation: Operation, variables: Mapping[str, Any], explain: StatementPlanner
    ) -> None:
        """Have the database plan the statements of an operation. Raises RequestError; what it cannot plan now is planned when it is requested."""
        plan = await asyncio.to_thread(self.planner.build, document, operation, variables)
        texts = await self._statements.missing_after_others(plan.texts)
        _, statements = _to_run(plan, variables)
        with self._statements.planning(texts), suppress(Exception):  # reported to who requests the operation
            await explain([one for some in statements.values() for one in some])
            self._statements.add(texts)

    async def _fetch(self, prepared: PreparedOperation, run: StatementRunner, *, is_stored: bool) -> dict[str, Any]:
        """Return what the database holds for each root field; remember which statements it has planned, and which it has not."""
        plan = prepared.plan
        if prepared.is_known:
            return await fetch(plan, prepared.variables, run)
        texts = await self._statements.missing_after_others(plan.texts)
        if not is_stored and self._statements.refuses(texts):
            refused = PlanningTimeout(
                f"Query not planned: the database exceeded its time limit with it less than {REFUSAL_SECONDS:.0f} s ago. "
                "Use fewer conditions, histories or levels."
            )
            return {root.key: root.error or refused for root in plan.roots}
        with self._statements.planning(texts):
            values = await fetch(plan, prepared.variables, run)
        failed = [value for value in values.values() if isinstance(value, Exception)]
        if not failed:
            self._statements.add(texts)
        elif not is_stored and any(isinstance(one, QueryTimeout | NoResponse) for one in failed):
            self._statements.refuse(texts)
        return values

    async def _notes(
        self, prepared: PreparedOperation, request: OperationRequest, values: Mapping[str, Any], run: StatementRunner
    ) -> list[Note]:
        """Return the notes of root fields that found nothing or with lists that are cut unsaid; without the former, nothing is read."""
        roots = [root for root in prepared.plan.roots if root.compiled is not None]
        notes: list[Note] = []
        with suppress(*DECODING_ERRORS):  # a stored value that does not fit is reported when the response is built
            notes = [note for root in roots for note in cut_notes(root, values[root.key])]
        empty = [root.key for root in roots if root.compiled and found_nothing(root.compiled, values[root.key])]
        if not empty:
            return notes
        operation, fragments = prepared.document.operation(request.operation).node, prepared.document.fragments
        try:
            pending = await asyncio.to_thread(
                prepare_notes, self._lookups, operation, fragments, prepared.variables, empty
            )
            if pending.statements:
                known = prepared.plan.known
                asked = [
                    one if known is None else statement_as_of(one, day_number(known)) for one in pending.statements
                ]
                notes += pending.notes(await run(asked))
        except (GraphApiError, *DECODING_ERRORS) as error:  # the answer stands without its notes
            self.failed_notes += 1
            code = error.code if isinstance(error, GraphApiError) else type(error).__name__
            log.warning("notes of an empty answer not read: %s", code)
        return notes

    def _build_data(self, plan: Plan, values: Mapping[str, Any]) -> dict[str, Any] | FallbackReason:
        """Return the data of the response, or why only graphql-core can produce it."""
        if not plan.is_fast_path:
            introspects = any(root.is_introspection for root in plan.roots)
            return FallbackReason.INTROSPECTION if introspects else FallbackReason.INVALID_ARGUMENT
        failed = next((value for value in values.values() if isinstance(value, Exception)), None)
        if failed is not None:
            is_invalid = isinstance(failed, InvalidInput)
            return FallbackReason.INVALID_ARGUMENT if is_invalid else FallbackReason.DATABASE_ERROR
        try:
            return {
                root.key: root.typename if root.build is None else root.build(values[root.key]) for root in plan.roots
            }
        except GraphApiError:  # reported at its field by graphql-core
            return FallbackReason.LIST_LIMIT
        except DECODING_ERRORS as error:  # values stay out of the log
            log.warning("a stored value does not fit its field: %s", type(error).__name__)
            return FallbackReason.INVALID_VALUE

    def _execute_with_graphql_core(
        self, request: OperationRequest, document: Document, plan: Plan, values: Mapping[str, Any]
    ) -> graphql.ExecutionResult:
        """Execute an operation on fetched values, root fields in the order of the document."""
        resolvers = {root.key: partial(_resolve, root, values.get(root.key)) for root in plan.roots}
        result = graphql.execute(
            self.schema,
            document.node,
            resolvers,
            variable_values=dict(request.variables),
            operation_name=request.operation,
        )
        if not isinstance(result, graphql.ExecutionResult):
            raise TypeError("a resolver returned an awaitable")
        return result


def _resolve(root: RootPlan, value: Any) -> Any:
    """Return the value of a root field for graphql-core. Raises the error in its place."""
    if isinstance(value, Exception):
        raise value
    assert root.compiled is not None  # noqa: S101 - only compiled fields have fetched values
    return compile_response_builder(root.compiled.shape, checked=False)(value)


async def fetch(plan: Plan, variables: Mapping[str, Any], run: StatementRunner) -> dict[str, Any]:
    """Return what the database holds for each root field, or the error in its place."""
    values = await _fetch_asked(plan, variables, run)
    if missing := [root for root in plan.roots if is_missing(root, values[root.key])]:
        await fetch_moved(missing, variables, values, run)
    return values


async def _fetch_asked(plan: Plan, variables: Mapping[str, Any], run: StatementRunner) -> dict[str, Any]:
    values, statements = _to_run(plan, variables)
    if statements:
        try:
            found = iter(await run([one for some in statements.values() for one in some]))
            fetched = {
                keys: next(found) if len(some) == 1 else [next(found) for _ in some]
                for keys, some in statements.items()
            }
        except Exception as error:  # noqa: BLE001 - reported at each field; the response logs what is not a GraphApiError
            fetched = dict.fromkeys(statements, error)
        for keys, value in fetched.items():
            is_shared = len(keys) > 1 and isinstance(value, list)
            values |= zip(keys, value, strict=True) if is_shared else dict.fromkeys(keys, value)
    if plan.known is not None and isinstance(state := values[STATE_KEY], list):
        values[STATE_KEY] = found_state = undated_sources(state)
        if isinstance(found_state, Exception):
            values |= dict.fromkeys((key for keys in statements for key in keys), found_state)
    return values


def _to_run(
    plan: Plan, variables: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[tuple[str, ...], Sequence[Statement]]]:
    """Return the errors of root fields that cannot be asked, and the statements of the others by the keys of those that they are for."""
    errors: dict[str, Any] = {}
    statements: dict[tuple[str, ...], Sequence[Statement]] = {}
    if plan.known is not None:
        statements[STATE_KEY,] = [named("as_of_state")]
    for one in plan.shared:
        with suppress(GraphApiError):  # a value that one of them refuses is reported at its own field
            statements[one.keys] = [one.compiled.bind(variables)]
    shared = {key for keys in statements for key in keys}
    for root in (root for root in plan.roots if root.key not in shared):
        try:
            if root.compiled is None:
                errors[root.key] = root.error
            else:
                statements[root.key,] = _statements(root.compiled, variables)
        except GraphApiError as error:
            errors[root.key] = error
    return errors, statements


def _statements(compiled: CompiledField, variables: Mapping[str, Any]) -> list[Statement]:
    """Return the statements of a root field: its own, and the named query before it if it has one. Raises GraphApiError."""
    own = compiled.bind(variables)
    if compiled.before is None:
        return [own]
    parameters = {key: bind_value(value, variables) for key, value in compiled.before.parameters.items()}
    before = named(compiled.before.name, **parameters)
    return [before if compiled.known is None else statement_as_of(before, compiled.known), own]


def _as_of(plan: Plan, values: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the day as of which an operation was answered, and how many sources have no publication date; None for other operations."""
    if plan.known is None or isinstance(values[STATE_KEY], Exception):
        return None
    return {"known": plan.known.isoformat(), "undatedSources": values[STATE_KEY]}


def _rows(plan: Plan, values: Mapping[str, Any]) -> int:
    """Return the number of rows of all root fields: those of a page, or one for a record."""
    rows = 0
    for root in plan.roots:
        value = values[root.key]
        if isinstance(value, list) and root.compiled is not None:
            shape = root.compiled.shape
            rows += min(len(value[0]), shape.first) if isinstance(shape, ConnectionShape) else len(value)
    return rows

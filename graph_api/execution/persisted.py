"""Persisted operations: documents known by the SHA-256 of their text, so that a request can send the hash alone.

A manifest is a JSON object of hashes and documents, as client generators write it, or a folder of ``.graphql`` files. With
``allowlist_only`` no other document is executed.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

import orjson
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    is_list_type,
    is_non_null_type,
    type_from_ast,
)

from graph_api.errors import (
    InvalidQuery,
    InvalidSettings,
    InvalidValue,
    PersistedQueryMismatch,
    PersistedQueryNotSupported,
    PersistedQueryRequired,
)
from graph_api.execution.executor import Executor
from graph_api.execution.operation_planner import OperationPlanner, RequestError
from graph_api.statement import StatementPlanner

SAMPLES: Final[Mapping[str, Any]] = {
    "Int": 1,
    "Float": 1.0,
    "Boolean": False,
    "Date": "2000-01-01",
    "Duration": "P1D",
    "EDTF": "2000",
}
Admission = Callable[[Callable[[], Coroutine[Any, Any, Any]]], Awaitable[Any]]
"""Runs work when there is room for it."""


@dataclass(frozen=True, slots=True)
class PersistedOperations:
    """Documents by their hash, and the name of the operation of each document."""

    documents: Mapping[str, str] = field(default_factory=dict)
    allowlist_only: bool = False
    operation_names: Mapping[str, str] = field(default_factory=dict)

    def resolve(self, query: str | None, document_id: str | None) -> tuple[str, str]:
        """Return the document of a request, and its operation name if it is persisted, else an empty name.

        A request with a document and its right hash is answered like one with the document alone, and registers nothing.
        Raises PersistedQueryNotSupported for an unknown hash alone, after which clients send the document; PersistedQueryRequired when
        only persisted operations are executed, PersistedQueryMismatch for a document of another hash, InvalidQuery for neither.
        """
        if document_id is not None:
            if query is None:
                query = self.documents.get(document_id)
                if query is None:
                    raise PersistedQueryNotSupported("Unknown persisted operation: expected a hash of the manifest.")
            elif hashlib.sha256(query.encode()).hexdigest() != document_id:
                raise PersistedQueryMismatch(
                    "`query` does not match the hash of the persisted operation. Send one of the two."
                )
        if query is None:
            raise InvalidQuery("`query` is required.")
        name = self.operation_names.get(query, "")
        if self.allowlist_only and not name:
            raise PersistedQueryRequired("Only persisted operations are executed. Send the hash of one.")
        return query, name


# ── manifests ───────────────────────────────────────────────────────────────────────────────────────────────────


def read_manifest(path: Path, planner: OperationPlanner, *, allowlist_only: bool = False) -> PersistedOperations:
    """Return the operations of a manifest.

    Raises InvalidSettings when there is no manifest at the path, InvalidValue when it is not a manifest, a hash is wrong or a document
    cannot be executed.
    """
    documents: dict[str, str] = {}
    names: dict[str, str] = {}
    for stated_hash, text in _read_documents(path).items():
        digest = hashlib.sha256(text.encode()).hexdigest()
        if stated_hash and stated_hash.removeprefix("sha256:") != digest:
            raise InvalidValue(stated_hash, f"the SHA-256 of its document, {digest}", f"in {path}", thing="hash")
        names[text] = _operation_name(path, planner, text) or digest[:12]
        documents[digest] = text
    return PersistedOperations(documents, allowlist_only, names)


def _read_documents(path: Path) -> dict[str, str]:
    """Return the documents of a manifest by the hashes that it states; those of a folder by their real ones."""
    try:
        if path.is_dir():
            texts = {file.read_text(encoding="utf-8") for file in path.glob("**/*.graphql")}
            return {hashlib.sha256(text.encode()).hexdigest(): text for text in sorted(texts)}
        manifest = orjson.loads(path.read_bytes())
    except OSError as error:
        raise InvalidSettings(
            f"Invalid DETENTION_GRAPH_PERSISTED {str(path)!r}: expected a JSON file of hashes and documents, or a folder of .graphql "
            f"files ({error.strerror})."
        ) from None
    except ValueError as error:
        expected = "a JSON object of hashes and documents, or a folder of .graphql files in UTF-8"
        raise InvalidValue(str(path), expected, str(error), thing="manifest") from None
    if not isinstance(manifest, dict) or not all(isinstance(text, str) for text in manifest.values()):
        raise InvalidValue(str(path), "a JSON object of hashes and documents", thing="manifest")
    return manifest


def _operation_name(path: Path, planner: OperationPlanner, text: str) -> str:
    try:
        document = planner.document(text)
    except RequestError as error:
        hint = f"{' '.join(text.split())[:60]!r}: {error.errors[0].message}"
        raise InvalidValue(str(path), "documents that can be executed", hint, thing="manifest") from None
    return next(filter(None, document.operations), "")


# ── warming up ──────────────────────────────────────────────────────────────────────────────────────────────────


async def warm_up(
    examples: Iterable[tuple[str, Mapping[str, Any] | None]],
    executor: Executor,
    explain: StatementPlanner,
    admit: Admission,
) -> None:
    """Compile operations, and have the database plan their statements without running them.

    Each operation is planned by ``admit``, when there is room. An operation comes with its variables, or None for samples. What fails is
    planned when it is first requested.
    """
    for text, variables in examples:
        await admit(partial(_warm_up, text, variables, executor, explain))


async def _warm_up(text: str, given: Mapping[str, Any] | None, executor: Executor, explain: StatementPlanner) -> None:
    planner = executor.planner
    try:
        document = await asyncio.to_thread(planner.parse, text)
        planner.cache_document(document)
        for operation in document.operations.values():
            values = sample_variables(executor.schema, operation.node) if given is None else given
            variables = planner.coerce_variables(operation, values)
            await executor.plan_in_database(document, operation, variables, explain)
            if given is not None or not variables:
                await executor.compile(document, operation, variables)
    except RequestError:
        return  # the samples do not fit


def sample_variables(schema: GraphQLSchema, operation: OperationDefinitionNode) -> dict[str, Any]:
    """Return a value for each required variable of an operation, which usually matches nothing."""
    return {
        one.variable.name.value: _sample(type_from_ast(schema, one.type))
        for one in operation.variable_definitions or ()
        if one.default_value is None and is_non_null_type(type_from_ast(schema, one.type))
    }


def _sample(type_: Any) -> Any:
    inner = type_.of_type if is_non_null_type(type_) else type_
    if is_list_type(inner):
        return [_sample(inner.of_type)]
    if isinstance(inner, GraphQLEnumType):
        return next(iter(inner.values))
    if isinstance(inner, GraphQLInputObjectType):
        return {name: _sample(one.type) for name, one in inner.fields.items() if is_non_null_type(one.type)}
    return SAMPLES.get(inner.name, "")

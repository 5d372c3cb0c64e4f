"""Persisted operations: documents that are known by the SHA-256 of their text, so that a request names one instead of carrying it.

A manifest is a JSON object of hashes and texts, as client generators write it, or a folder of ``.graphql`` files. With ``only`` nothing else
is answered, which closes the door to every other question.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
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

from graph_api.errors import InvalidSettings, InvalidValue
from graph_api.execution.executor import Executor, OperationRequest, StatementRunner
from graph_api.execution.operation_planner import OperationPlanner, RequestError
from graph_api.web.graphql_request import Refused, Request

SAMPLES: Final[Mapping[str, Any]] = {
    "Int": 1,
    "Float": 1.0,
    "Boolean": False,
    "Date": "2000-01-01",
    "Duration": "P1D",
    "EDTF": "2000",
}


@dataclass(frozen=True, slots=True)
class Persisted:
    """Documents by their hash, and the name of the operation in each."""

    texts: Mapping[str, str] = field(default_factory=dict)
    only: bool = False
    names: Mapping[str, str] = field(default_factory=dict)

    def query(self, request: Request) -> tuple[str, str]:
        """Return the document of a request, and the name of the operation where it is a persisted one. Raises Refused."""
        text = request.query
        if request.document is not None:
            known = self.texts.get(request.document)
            if known is None:
                raise Refused(
                    400,
                    "PERSISTED_QUERY_NOT_FOUND",
                    "no operation is persisted under this hash; right would be one of the manifest",
                )
            if text is not None and text != known:
                raise Refused(
                    400, "BAD_REQUEST", "the document is not the one of this hash; right would be one of the two"
                )
            text = known
        assert text is not None  # noqa: S101 - a request has one of the two
        name = self.names.get(text, "")
        if self.only and not name:
            raise Refused(
                400,
                "PERSISTED_QUERY_REQUIRED",
                "only persisted operations are answered here; right would be the hash of one",
            )
        return text, name


def read_manifest(path: Path, planner: OperationPlanner, *, only: bool = False) -> Persisted:
    """Return the operations of a manifest.

    Raises InvalidSettings where there is none at the path, InvalidValue for one that is none, or whose documents cannot be answered here.
    """
    texts: dict[str, str] = {}
    names: dict[str, str] = {}
    for said, text in _texts(path).items():
        found = hashlib.sha256(text.encode()).hexdigest()
        if said and said.removeprefix("sha256:") != found:
            raise InvalidValue(said, f"the SHA-256 of its document, {found}", f"in {path}")
        names[text] = _name(path, planner, text) or found[:12]
        texts[found] = text
    return Persisted(texts, only, names)


def _texts(path: Path) -> dict[str, str]:
    """Return the documents and what the manifest says of their hashes; files say nothing of it."""
    try:
        if path.is_dir():
            files = sorted(path.glob("**/*.graphql"))
            found = {file.read_text(encoding="utf-8"): "" for file in files}
            return {hashlib.sha256(text.encode()).hexdigest(): text for text in found}
        manifest = orjson.loads(path.read_bytes())
    except OSError as error:
        raise InvalidSettings(
            f"DETENTION_GRAPH_PERSISTED: saw {str(path)!r}: {error.strerror}; right would be a JSON file of hashes and documents, "
            "or a folder of .graphql files"
        ) from None
    except ValueError as error:
        raise InvalidValue(
            str(path), "a JSON object of hashes and documents, or a folder of .graphql files in UTF-8", str(error)
        ) from None
    if not isinstance(manifest, dict) or not all(isinstance(text, str) for text in manifest.values()):
        raise InvalidValue(str(path), "a JSON object of hashes and documents")
    return manifest


def _name(path: Path, planner: OperationPlanner, text: str) -> str:
    try:
        document = planner.document(text)
    except RequestError as wrong:
        hint = f"{' '.join(text.split())[:60]!r}: {wrong.errors[0].message}"
        raise InvalidValue(str(path), "documents that can be answered here", hint) from None
    return next(filter(None, document.operations), "")


def sample_variables(schema: GraphQLSchema, operation: OperationDefinitionNode) -> dict[str, Any]:
    """Return values for the variables that have to be given: some that match nothing, to warm an operation up with."""
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


async def warm_up(persisted: Persisted, answering: Executor, read: StatementRunner) -> None:
    """Run every persisted operation once, so that the database has planned it before somebody waits for it.

    Planning alone saves half of the first time; what cannot be run now is planned when it is asked.
    """
    for text in persisted.texts.values():
        document = answering.planner.document(text)
        for name, operation in document.operations.items():
            variables = sample_variables(answering.schema, operation.node)
            await answering.execute(OperationRequest(text, name or None, variables), read)

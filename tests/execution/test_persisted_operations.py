"""Persisted operations: what a manifest may contain, which documents are executed, and what warming up runs."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from graph_api.errors import (
    InvalidSettings,
    InvalidValue,
    PersistedQueryMismatch,
    PersistedQueryNotSupported,
    PersistedQueryRequired,
)
from graph_api.execution.executor import Executor, OperationRequest
from graph_api.execution.operation_planner import OperationPlanner
from graph_api.execution.persisted import PersistedOperations, read_manifest, warm_up
from graph_api.schema.build import build_schema, graphql_schema
from graph_api.statement import Statement

NAMED = "query FirstNames($n: Int! = 2) { people(first: $n) { nodes { name } } }"
DEEP = "{" + "a{" * 30 + "a" + "}" * 31
BARE = "{ __typename }"
PAGES = """query Pages {
  people(first: 400) { nodes { ...P } }
  totals(by: [KIND]) { nodes { people } }
}
fragment P on Person { name events(first: 30) { nodes { participants { totalCount nodes { id } } } } }"""


def hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def planner() -> OperationPlanner:
    return OperationPlanner(graphql_schema(build_schema()))


def written(folder: Path, content: Any) -> Path:
    file = folder / "manifest.json"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return file


# ── manifests ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_manifest_maps_hashes_with_or_without_a_prefix_to_documents(tmp_path: Path) -> None:
    found = read_manifest(written(tmp_path, {hashed(NAMED): NAMED, f"sha256:{hashed(BARE)}": BARE}), planner())
    assert found.documents == {hashed(NAMED): NAMED, hashed(BARE): BARE}
    assert found.operation_names == {NAMED: "FirstNames", BARE: hashed(BARE)[:12]}


def test_a_folder_of_documents_is_a_manifest(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "named.graphql").write_text(NAMED)
    (tmp_path / "bare.graphql").write_text(BARE)
    (tmp_path / "notes.txt").write_text("no document")
    assert set(read_manifest(tmp_path, planner()).documents) == {hashed(NAMED), hashed(BARE)}


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (None, InvalidSettings, "No such file"),
        (b"", InvalidValue, "a JSON object of hashes and documents"),
        (b"\xff", InvalidValue, "a JSON object of hashes and documents"),
        ([BARE], InvalidValue, "a JSON object of hashes and documents"),
        ({hashed(BARE): 1}, InvalidValue, "a JSON object of hashes and documents"),
        ({hashed(NAMED): BARE}, InvalidValue, f"expected the SHA-256 of its document, {hashed(BARE)}"),
        ({hashed("{ nope }"): "{ nope }"}, InvalidValue, "'{ nope }': Cannot query field 'nope'"),
        ({hashed("{"): "{"}, InvalidValue, "Syntax Error"),
        ({hashed(""): ""}, InvalidValue, "Syntax Error"),
        ({hashed(DEEP): DEEP}, InvalidValue, "Depth of field a exceeds the limit of 20"),
    ],
)
def test_an_invalid_manifest_is_an_error_that_says_what_is_expected(
    tmp_path: Path, content: Any, error: type[Exception], words: str
) -> None:
    path = tmp_path / "not-there.json" if content is None else written(tmp_path, content)
    with pytest.raises(error) as caught:
        read_manifest(path, planner())
    assert words in str(caught.value)


# ── which documents are executed ────────────────────────────────────────────────────────────────────────────────

ALL = PersistedOperations({hashed(NAMED): NAMED}, operation_names={NAMED: "FirstNames"})
ONLY = PersistedOperations(ALL.documents, allowlist_only=True, operation_names=ALL.operation_names)


@pytest.mark.parametrize(
    ("operations", "query", "document_id", "outcome"),
    [
        (ALL, NAMED, None, (NAMED, "FirstNames")),
        (ALL, None, hashed(NAMED), (NAMED, "FirstNames")),
        (ALL, NAMED, hashed(NAMED), (NAMED, "FirstNames")),
        (ALL, BARE, None, (BARE, "")),
        (ALL, BARE, hashed(NAMED), PersistedQueryMismatch),
        (ALL, None, hashed(BARE), PersistedQueryNotSupported),
        (ALL, BARE, hashed(BARE), (BARE, "")),
        (ALL, NAMED, hashed(BARE), PersistedQueryMismatch),
        (ONLY, NAMED, None, (NAMED, "FirstNames")),
        (ONLY, None, hashed(NAMED), (NAMED, "FirstNames")),
        (ONLY, BARE, None, PersistedQueryRequired),
        (ONLY, BARE, hashed(BARE), PersistedQueryRequired),
    ],
)
def test_a_request_names_a_document_by_its_text_or_hash(
    operations: PersistedOperations, query: str | None, document_id: str | None, outcome: Any
) -> None:
    if isinstance(outcome, tuple):
        assert operations.resolve(query, document_id) == outcome
    else:
        with pytest.raises(outcome):
            operations.resolve(query, document_id)


# ── warming up ──────────────────────────────────────────────────────────────────────────────────────────────────


def statements_of(executor: Executor, query: str) -> list[Statement]:
    sent: list[Statement] = []

    async def run(statements: Sequence[Statement]) -> Sequence[Any]:
        sent.extend(statements)
        raise RuntimeError

    asyncio.run(executor.execute(OperationRequest(query, None, {}), run))
    return sent


def test_warming_up_has_the_same_statements_planned_and_only_when_admitted() -> None:
    executor = Executor(build_schema())
    expected = statements_of(executor, PAGES)
    plans = len(executor.planner.plans)
    admitted: list[list[Statement]] = []
    sent: list[Statement] = []

    async def explain(statements: Sequence[Statement]) -> None:
        sent.extend(statements)

    async def admit(work: Callable[[], Awaitable[Any]]) -> None:
        assert not sent
        await work()
        admitted.append(list(sent))
        sent.clear()

    operations = PersistedOperations({hashed(text): text for text in (PAGES, BARE)})
    asyncio.run(warm_up([(text, None) for text in operations.documents.values()], executor, explain, admit))
    assert admitted == [expected, []]
    assert len(executor.planner.plans) == plans + 2, "operations without variables are compiled for requests"


def test_an_operation_that_the_samples_do_not_fit_is_left_to_its_first_request() -> None:
    executor = Executor(build_schema())
    first, second = 'query A($n: Int!) { people(first: $n, after: "zz") { totalCount } }', NAMED
    operations = PersistedOperations({hashed(text): text for text in (first, second)})
    sent: list[str] = []

    async def explain(statements: Sequence[Statement]) -> None:
        sent.extend(one.name for one in statements)
        raise RuntimeError

    async def admit(work: Callable[[], Awaitable[Any]]) -> None:
        await work()

    asyncio.run(warm_up([(text, None) for text in operations.documents.values()], executor, explain, admit))
    assert sent == ["people"]

"""Whose request it is, and which queue it waits in: known operations never wait for those that have to be planned."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from graph_api.errors import QueryTimeout
from graph_api.execution.executor import Executor, OperationRequest
from graph_api.schema.build import build_schema
from graph_api.statement import Statement
from graph_api.web.graphql_endpoint import caller_of

PROXIES = frozenset({"10.0.0.1", "10.0.0.2"})
QUERY = '{ people(where: {tag: "synthetic"}) { totalCount } }'


@pytest.mark.parametrize(
    ("client", "forwarded", "caller"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_only_a_trusted_proxy_names_the_caller(client: str, forwarded: str, caller: str) -> None:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    assert caller_of({"client": (client, 5000), "headers": headers}, PROXIES) == caller


def test_an_operation_is_known_once_the_database_has_answered_it() -> None:
    executor, request = Executor(build_schema()), OperationRequest(QUERY, None, {})

    async def answer(_statements: Sequence[Statement]) -> Sequence[Any]:
        return [[[], 1]]

    assert executor.prepared(request) is None
    assert not asyncio.run(executor.execute(request, answer)).errors
    prepared = executor.prepared(request)
    assert prepared is not None
    assert prepared.is_known


def test_what_timed_out_before_it_was_ever_answered_is_refused_at_once() -> None:
    executor, request = Executor(build_schema()), OperationRequest(QUERY, None, {})
    sent: list[Statement] = []

    async def time_out(statements: Sequence[Statement]) -> Sequence[Any]:
        sent.extend(statements)
        raise QueryTimeout("The query exceeded its time limit.")

    results = [asyncio.run(executor.execute(request, time_out)) for _ in range(3)]
    assert len(sent) == 1
    assert [result.errors[0].message.split(":")[0] for result in results] == [
        "The query exceeded its time limit.",
        "Query not planned",
        "Query not planned",
    ]


def test_refused_texts_and_large_values_do_not_fill_the_caches() -> None:
    executor = Executor(build_schema())

    async def answer(_statements: Sequence[Statement]) -> Sequence[Any]:
        raise AssertionError("a refused search is not sent")

    for number in range(20):
        text = f'{{ search(text: "{number:06d}{"a" * 900_000}") {{ nodes {{ score }} }} }}'
        assert asyncio.run(executor.execute(OperationRequest(text, None, {}), answer)).errors
    assert executor.planner.documents.size + executor.planner.plans.size < 1_000_000

"""A request to a public server, and every GraphQL operation that somebody can send it; requests for pages are in ``page_requests``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final, Protocol, TypeVar

import orjson
from fastapi.testclient import TestClient

from tests.helpers.coverage import everything
from tests.helpers.graphs import EXECUTOR
from tests.helpers.random_operations import Writer
from tests.helpers.random_values import Pools

OPERATIONS: Final = Path(__file__).parents[1] / "integration" / "graphql" / "operations"
"""Operations over every field, argument and word of the schema; ``test_contract_fields`` holds that they leave nothing out."""

DAYS: Final = ("2023-01-01", "2024-04-15", "2024-05-20", "2025-12-31")
"""Days before, between and after those on which the sources of the attacks were published."""

CHANGING: Final = frozenset({"date", "x-request-id"})
"""Headers of a response that differ from request to request."""

AS_OF: Final = (
    "{ people(first: 200) { totalCount nodes { id name status { text custody legal } events(first: 50) { totalCount nodes { id kind date { edtf } } } } } }",
    "{ events(first: 200) { totalCount nodes { id kind title description date { edtf } bounds { earliest latest } disputed sites { id } places { id } } } }",
    "{ sites(first: 200) { totalCount nodes { id name events(first: 50) { totalCount nodes { id } } } } }",
    "{ sources(first: 200) { totalCount nodes { id title } } }",
    '{ search(text: "Made-Up") { totalCount nodes { matched node { id } } } hidden: search(text: "hidden") { totalCount } }',
    "{ groups(first: 200) { totalCount nodes { id members { totalCount nodes { id } } } } }",
)
"""Lists in full as of a day; the fields that do not answer as of a day are left out."""

TABLES: Final = (
    "{ people(first: 500) { totalCount nodes { __typename id name sex born { edtf } events(first: 50) { nodes { __typename id label "
    "date { edtf earliest latest display } places { __typename id label country point { latitude longitude } } } } } } }",
    "{ events(first: 500) { totalCount nodes { id __typename label participants(first: 50) { nodes { id role "
    "participant { __typename ... on Person { id name } ... on Group { id name } } } } } } }",
    "{ sites(first: 500) { totalCount nodes { id label kind place { id name point { latitude longitude } } } } }",
    "{ people(first: 500) { totalCount nodes { id name category citations { source { id title url } } } } }",
)
"""Whole lists that are written as files."""

_REQUEST_ID: Final = re.compile(rb'"requestId": ?"[^"]*"')


@dataclass(frozen=True, slots=True)
class Request:
    """A request: method, path, the JSON or the form that it sends, and what it accepts. ``kind`` is what it is an example of."""

    method: str
    path: str
    json: Any = None
    form: Any = None
    accept: str = "text/html"
    kind: str = field(default="", repr=False)

    @staticmethod
    def parse(text: str) -> Request:
        """Return the request of a text: ``GET /path``, ``POST /path``, or a GraphQL operation."""
        method, _, path = text.partition(" ")
        return Request(method, path, kind=text) if method in ("GET", "POST") else operation(text, kind=text)

    def send(self, client: TestClient) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body of the response, without what differs from request to request."""
        found = client.request(
            self.method,
            self.path,
            json=self.json,
            data=self.form,
            headers={"accept": self.accept, "accept-encoding": "identity"},
        )
        headers = {name: value for name, value in found.headers.items() if name not in CHANGING}
        own = found.headers.get("x-request-id", "").encode()
        content = _REQUEST_ID.sub(b'"requestId":""', found.content)
        return found.status_code, headers, content.replace(own, b"") if own else content


class OfKind(Protocol):
    """What is an example of a kind of requests."""

    @property
    def kind(self) -> str:
        """The kind."""


Sampled = TypeVar("Sampled", bound=OfKind)


def sample(requests: Iterable[Sampled]) -> list[Sampled]:
    """Return the first request of each kind."""
    found: dict[str, Sampled] = {}
    for one in requests:
        found.setdefault(one.kind, one)
    return list(found.values())


def operation(query: str, variables: Any = None, *, accept: str = "application/json", kind: str = "") -> Request:
    """Return a request to execute an operation."""
    return Request("POST", "/graphql", {"query": query, "variables": variables or {}}, accept=accept, kind=kind)


def graphql_requests(ids: Sequence[str], instead: Mapping[str, str]) -> Iterator[Request]:
    """Return operations over every field and argument, as of days, as tables, and at random.

    ``ids`` are of records that may be there or not; ``instead`` replaces ids in the operations by those of people within reach.
    """
    for kind, text, variables in _operations():
        for replaced in (instead, {}):
            yield operation(*_with_ids(text, variables, replaced), kind=kind)
    for text in AS_OF:
        for day in _months():
            yield operation(f'query @asOf(known: "{day}") {text}', kind="as of a day")
    for text in TABLES:
        yield operation(text, accept="text/csv", kind="table")
    for number in range(120):
        yield _random(number, ids)


def _months() -> list[str]:
    """Return days from before the first publication until after the last one, those between two publications first."""
    return [*reversed(DAYS), *(f"{year}-{month:02}-01" for year in (2024, 2025) for month in (1, 3, 4, 5, 6, 7, 12))]


def _operations() -> Iterator[tuple[str, str, Any]]:
    """Yield operations with the kind of the request and their variables."""
    for path in sorted(OPERATIONS.glob("*.graphql")):
        given = path.with_suffix(".json")
        text, variables = path.read_text("utf-8"), orjson.loads(given.read_bytes()) if given.exists() else {}
        yield "operation", text, variables
        for directive in ("@inLanguage(language: UK)", *(f'@asOf(known: "{day}")' for day in DAYS)):
            yield (
                directive.partition("(")[0],  # an operation over everything as of a day takes seconds to plan
                re.sub(r"(?m)^(query[^{]*){", rf"\1 {directive} {{", text, count=1),
                variables,
            )


def _with_ids(text: str, variables: Any, replaced: Mapping[str, str]) -> tuple[str, Any]:
    pattern = re.compile("|".join(map(re.escape, replaced)) or r"(?!)")
    written = pattern.sub(lambda one: replaced[one[0]], text)
    return written, orjson.loads(pattern.sub(lambda one: replaced[one[0]], orjson.dumps(variables).decode()))


def _random(number: int, ids: Sequence[str]) -> Request:
    pools = Pools(ids, wanted=everything(EXECUTOR.schema) if Random(number).random() < 0.5 else set())  # noqa: S311
    question = Writer(EXECUTOR.schema, number, pools, Counter()).question()
    body = {"query": question.text, "variables": question.variables, "operationName": question.operation}
    return Request("POST", "/graphql", body, accept="application/json", kind="random")

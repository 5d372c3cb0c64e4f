"""Every request that somebody can send to a public server: routes and types are enumerated, so that what is new is asked as well."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

import orjson
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.routing import Route

from tests.helpers.coverage import everything
from tests.helpers.graphs import EXECUTOR
from tests.helpers.random_operations import Writer
from tests.helpers.random_values import Pools

OPERATIONS: Final = Path(__file__).parents[1] / "integration" / "graphql" / "operations"
"""Operations over every field, argument and word of the schema; ``test_contract_fields`` holds that they leave nothing out."""

DAYS: Final = ("2023-01-01", "2024-04-15", "2025-12-31")
WORDS: Final = ("hidden", "Made-Up", "SIZO", "Witness", "Restricted Name", "atk", "Вигадана", "nobody at all")
SOME: Final = ("atk-six", "atk-nina", "atk-pseudonym", "atk-hidden-site", "atk-withdrawn")
"""Records that are there, and some that are not, of which every route is asked."""
CHANGING: Final = frozenset({"date", "x-request-id"})
"""Headers of a response that differ from request to request."""

_REQUEST_ID: Final = re.compile(rb'"requestId": ?"[^"]*"')


@dataclass(frozen=True, slots=True)
class Request:
    """A request: method, path, and the JSON or the form that it sends."""

    method: str
    path: str
    json: Any = None
    form: Any = None

    @staticmethod
    def parse(text: str) -> Request:
        """Return the request of a text: ``GET /path``, ``POST /path``, or a GraphQL operation."""
        method, _, path = text.partition(" ")
        return Request(method, path) if method in ("GET", "POST") else operation(text)

    def send(self, client: TestClient) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body of the response, without what differs from request to request."""
        accept = "application/json" if self.json else "text/html"
        found = client.request(
            self.method,
            self.path,
            json=self.json,
            data=self.form,
            headers={"accept": accept, "accept-encoding": "identity"},
        )
        headers = {name: value for name, value in found.headers.items() if name not in CHANGING}
        return found.status_code, headers, _REQUEST_ID.sub(b'"requestId":""', found.content)


def operation(query: str, variables: Any = None) -> Request:
    """Return a request to execute an operation."""
    return Request("POST", "/graphql", {"query": query, "variables": variables or {}})


def every_request(app: Starlette, ids: Sequence[str], public_ids: dict[str, str]) -> Iterator[Request]:
    """Return requests for every route and type.

    ``ids`` are of records that may be there or not; ``public_ids`` replace those of operations, and every route is asked for them.
    """
    yield from _of_routes(app, [*public_ids.values(), *SOME])
    for id_ in ids:
        yield Request("GET", f"/id/{id_}")
    for words in WORDS:
        for extension in ("", ".json", ".csv"):
            yield Request("POST", f"/find{extension}", form={"q": words})
    for text, variables in _operations():
        for replaced in ({}, public_ids):
            yield operation(*_with_ids(text, variables, replaced))
    for number in range(120):
        yield _random(number, ids)


def _of_routes(app: Starlette, ids: Sequence[str]) -> Iterator[Request]:
    for route in app.routes:
        if not isinstance(route, Route) or "GET" not in (route.methods or ()) or route.path == "/metrics":
            continue
        parameters = re.findall(r"{(\w+)(?::\w+)?}", route.path)
        some = ids[:1] if not parameters or route.path.startswith("/uk/") else ids
        for id_ in some:
            yield Request("GET", re.sub(r"{\w+(?::\w+)?}", id_, route.path))


def _operations() -> Iterator[tuple[str, Any]]:
    dated = any(one.name == "asOf" for one in EXECUTOR.schema.directives)
    for path in sorted(OPERATIONS.glob("*.graphql")):
        given = path.with_suffix(".json")
        text, variables = path.read_text("utf-8"), orjson.loads(given.read_bytes()) if given.exists() else {}
        yield text, variables
        days = [f'@asOf(known: "{day}")' for day in DAYS if dated]
        for directive in ("@inLanguage(language: UK)", *days):
            yield re.sub(r"(?m)^(query[^{]*){", rf"\1 {directive} {{", text, count=1), variables


def _with_ids(text: str, variables: Any, replaced: dict[str, str]) -> tuple[str, Any]:
    pattern = re.compile("|".join(map(re.escape, replaced)) or r"(?!)")
    written = pattern.sub(lambda one: replaced[one[0]], text)
    return written, orjson.loads(pattern.sub(lambda one: replaced[one[0]], orjson.dumps(variables).decode()))


def _random(number: int, ids: Sequence[str]) -> Request:
    pools = Pools(ids, wanted=everything(EXECUTOR.schema) if Random(number).random() < 0.5 else set())  # noqa: S311
    question = Writer(EXECUTOR.schema, number, pools, Counter()).question()
    return Request(
        "POST",
        "/graphql",
        {"query": question.text, "variables": question.variables, "operationName": question.operation},
    )

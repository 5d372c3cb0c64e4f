"""A real graph for tests: wipe it, load seed text into it, ask it, and see which statements were sent."""

from __future__ import annotations

import asyncio
import hashlib
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import graphql
import orjson

from graph_api.compiler.emit_presence import NAME
from graph_api.database.driver import Database
from graph_api.database.migrations import migrate
from graph_api.execution.document_limits import DocumentLimits
from graph_api.execution.executor import ExecutionResult, Executor, OperationRequest, fetch
from graph_api.execution.operation_planner import ExecutionLimits
from graph_api.ingest.load import LoadResult, check, load
from graph_api.ingest.prepare import Selection
from graph_api.ingest.validate import LoadBatch
from graph_api.ontology.vocabulary import Sensitivity
from graph_api.schema.build import build_schema
from graph_api.statement import Statement

EXECUTOR = Executor(
    build_schema(), ExecutionLimits(DocumentLimits(aliases=1000), cost=10**9)
)  # some tests ask for everything at once
SEEDS = Path(__file__).parents[2] / "seeds"


@cache
def checked_seeds() -> LoadBatch:
    """Return the batch of the real seeds, parsed and checked once a session; do not change it."""
    return check([SEEDS])[1]


WIPE = "MATCH (n) WHERE NOT n:Migration AND NOT n:TestGraph CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 2000 ROWS"


@dataclass
class LiveGraph:
    """The graph of the test session. ``holds`` names what is in it, so that tests on the same content need not load it again."""

    store: Database
    holds: str = "unknown"
    sent: list[Statement] = field(default_factory=list)

    def wipe(self) -> None:
        """Leave nothing but the migrations."""
        migrate(self.store)
        self.store.change_schema(WIPE)
        self.holds = "nothing"

    def hold_seeds(self) -> None:
        """Hold the real seeds and nothing else; load them only where a test before has left something else."""
        if self.holds != "seeds":
            self.wipe()
            self.load([SEEDS])
            self.holds = "seeds"

    def load_text(
        self,
        text: str,
        folder: Path,
        *,
        audience: Sensitivity = Sensitivity.PUBLIC,
        dry_run: bool = False,
        ahead: bool = False,
    ) -> LoadResult:
        """Load one YAML file with that text."""
        path = folder / f"{hashlib.sha256(text.encode()).hexdigest()[:12]}.yaml"
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return self.load([path], audience=audience, dry_run=dry_run, ahead=ahead)

    def load(
        self,
        paths: Sequence[Path],
        *,
        audience: Sensitivity = Sensitivity.PUBLIC,
        dry_run: bool = False,
        ahead: bool = False,
    ) -> LoadResult:
        """Load files without lints: what tests load may be doubtful on purpose. ``ahead`` is that of ``Selection``."""
        self.holds = "something"
        selection = Selection(ahead=ahead)
        return load(paths, self.store, audience=audience, selection=selection, dry_run=dry_run, with_lints=False)

    def ask(self, query: str, variables: Mapping[str, Any] | None = None) -> Any:
        """Return the data of an operation; fails on errors. ``sent`` has the statements of the last operation."""
        result = self.result(query, variables)
        assert not result.errors, [(str(error), error.original_error) for error in result.errors]
        return result.data

    def result(self, query: str, variables: Mapping[str, Any] | None = None) -> ExecutionResult:
        """Return the whole answer to an operation."""
        self.sent = []

        async def read(statements: Sequence[Statement]) -> Sequence[Any]:
            self.sent += [one for one in statements if one.name != NAME]
            return self.store.read_all(statements, seconds=60)

        return asyncio.run(EXECUTOR.execute(OperationRequest(query, None, variables or {}), read))

    def by_core(self, query: str, variables: Mapping[str, Any] | None = None) -> Any:
        """Return the data of an operation that graphql-core executes over the same rows; fails on errors."""

        async def read(statements: Sequence[Statement]) -> Sequence[Any]:
            return self.store.read_all(statements, seconds=60)

        async def executed() -> graphql.ExecutionResult:
            asked, planner = OperationRequest(query, None, variables or {}), EXECUTOR.planner
            document = planner.document(query)
            operation = document.operation(None)
            given = planner.coerce_variables(operation, asked.variables)
            plan, _ = planner.plan(document, operation, given)
            return EXECUTOR._execute_with_graphql_core(asked, document, plan, await fetch(plan, given, read))

        result = asyncio.run(executed())
        assert not result.errors, [(str(error), error.original_error) for error in result.errors]
        return result.data

    def dump(self) -> str:
        """Return a digest of every node and relationship with all properties: what is really there, without our own hashes."""
        nodes = self.store.read(
            Statement(
                "MATCH (n) WHERE NOT n:Migration AND NOT n:TestGraph RETURN labels(n), properties(n)", {}, "dump"
            ),
            seconds=60,
        )
        links = self.store.read(
            Statement(
                "MATCH (a)-[r]->(b) RETURN coalesce(a.id, ''), type(r), properties(r), coalesce(b.id, '')", {}, "dump"
            ),
            seconds=60,
        )
        lines = sorted(
            orjson.dumps([sorted(row[0]), row[1]], option=orjson.OPT_SORT_KEYS, default=str) for row in nodes
        )
        lines += sorted(orjson.dumps(list(row), option=orjson.OPT_SORT_KEYS, default=str) for row in links)
        return hashlib.sha256(b"\n".join(lines)).hexdigest()

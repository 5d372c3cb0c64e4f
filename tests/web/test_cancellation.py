"""What becomes of a request that is cancelled: by its client, or by the server that shuts down. Over sockets, without a database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest
import uvicorn

from graph_api.execution.executor import Executor
from graph_api.execution.persisted import PersistedOperations
from graph_api.schema.build import build_schema
from graph_api.statement import Statement
from graph_api.web.admission import ConcurrencyLimiter
from graph_api.web.graphql_endpoint import GraphQLEndpoint
from graph_api.web.http_protocol import HttpProtocol
from graph_api.web.request_log import RequestLog
from tests.helpers import clients

EXECUTOR = Executor(build_schema())
QUERY = clients.request("{ people { totalCount } }")


class Situation:
    """An endpoint whose database never answers, the records of its requests, and how many reads began and were cancelled."""

    def __init__(self, *, max_concurrent: int = 4) -> None:
        self.observed: list[RequestLog] = []
        self.begun = self.cancelled = 0
        self.limiter = ConcurrencyLimiter(max_concurrent=max_concurrent, max_queued=4, queue_timeout=60)
        self.endpoint = GraphQLEndpoint(
            EXECUTOR, self.read, self.limiter, PersistedOperations(), 100_000, self.observed.append
        )
        self.server = uvicorn.Server(
            uvicorn.Config(
                self.endpoint, port=0, http=HttpProtocol, lifespan="off", log_config=None, timeout_graceful_shutdown=1
            )
        )

    async def read(self, _statements: Sequence[Statement]) -> Sequence[Any]:
        self.begun += 1
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        return []

    async def start(self) -> tuple[int, asyncio.Task[None]]:
        serving = asyncio.create_task(self.server.serve())
        await self.until(lambda: self.server.started)
        return self.server.servers[0].sockets[0].getsockname()[1], serving

    async def until(self, condition: Callable[[], Any]) -> None:
        for _ in range(1000):
            if condition():
                return
            await asyncio.sleep(0.01)
        raise TimeoutError


def test_requests_of_clients_that_disconnect_are_cancelled_running_and_queued() -> None:
    situation = Situation(max_concurrent=1)

    async def whole() -> None:
        port, serving = await situation.start()
        async with asyncio.TaskGroup() as group:
            group.create_task(clients.leave(port, QUERY, 0.3))
            group.create_task(clients.leave(port, QUERY, 0.4))
        await situation.until(lambda: len(situation.observed) == 2)
        situation.server.should_exit = True
        await serving

    asyncio.run(whole())
    assert [(one.status, one.code) for one in situation.observed] == [(499, "CLIENT_LEFT")] * 2
    assert situation.begun == situation.cancelled
    assert (situation.limiter.running, situation.limiter.queued) == (0, 0)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_requests_that_the_server_cancels_when_it_shuts_down_are_recorded_as_cancelled() -> None:
    situation = Situation()

    async def whole() -> clients.Seen:
        port, serving = await situation.start()
        asking = asyncio.create_task(clients.ask(port, QUERY, 20))
        await situation.until(lambda: situation.begun)
        situation.server.should_exit = True
        await serving
        return await asking

    seen = asyncio.run(whole())
    assert [(one.status, one.code) for one in situation.observed] == [(503, "CANCELLED")]
    assert (seen.status, seen.code, seen.retry_after) == (503, "CANCELLED", "1")
    assert situation.cancelled == 1
    assert situation.limiter.running == 0

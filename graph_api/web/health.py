"""Whether the process, the database, its migrations and its data are there, each said apart."""

from __future__ import annotations

from typing import Any

from anyio import CapacityLimiter, move_on_after, to_thread
from fastapi import APIRouter, Response

from graph_api.database.driver import Database
from graph_api.database.migrations import pending
from graph_api.database.queries import named
from graph_api.errors import DatabaseUnavailable, GraphApiError, IncompatibleGraph

PROBE_SECONDS = 4.0
UNKNOWN: dict[str, Any] = {"status": "not ready", "database": "unavailable", "migrations": "unknown", "data": "unknown"}


def health(store: Database) -> APIRouter:
    """Return ``/livez`` (the process answers) and ``/readyz`` (questions can be answered; 503 and the reason where not)."""
    routes = APIRouter()
    probes = CapacityLimiter(4)

    @routes.get("/livez")
    def livez() -> dict[str, str]:
        """Tell that the process answers; the database is not asked."""
        return {"status": "live"}

    @routes.get("/readyz")
    async def readyz(response: Response) -> dict[str, Any]:
        """Tell whether questions can be answered, within seconds also where the database says nothing."""
        found = UNKNOWN | {"reason": DatabaseUnavailable.code}
        with move_on_after(PROBE_SECONDS):
            found = await to_thread.run_sync(look, store, limiter=probes, abandon_on_cancel=True)
        response.status_code = 200 if found["status"] == "ready" else 503
        return found

    return routes


def look(store: Database) -> dict[str, Any]:
    """Return what works: ``database``, ``migrations``, ``data``; the first that does not is the reason."""
    found = dict(UNKNOWN)
    try:
        store.read(named("ping"), seconds=1.0)
        found["database"] = "answers"
        todo = pending(store)
        found["migrations"] = f"{len(todo)} to run: detention-graph migrate" if todo else "up to date"
        if todo:
            return found | {"reason": IncompatibleGraph.code}
        [[_, records, _]] = store.read(named("graph_state"), seconds=2.0)
        found["data"] = f"{records} records" if records else "empty: detention-graph load seeds/"
    except GraphApiError as error:
        return found | {"reason": error.code}
    return found | {"status": "ready"}

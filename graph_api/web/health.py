"""Liveness and readiness: whether the process, the database, its migrations and its data are there, each reported by itself."""

from __future__ import annotations

from typing import Any

from anyio import CapacityLimiter, move_on_after, to_thread
from fastapi import APIRouter, Response

from graph_api import __version__
from graph_api.database.driver import Database
from graph_api.database.queries import named
from graph_api.errors import DatabaseUnavailable, GraphApiError, IncompatibleGraph
from graph_api.ingest.rebuild import pending_migrations

PROBE_TIMEOUT = 4.0
UNKNOWN: dict[str, Any] = {
    "status": "not ready",
    "version": __version__,
    "database": "unavailable",
    "migrations": "unknown",
    "audience": None,
    "data": "unknown",
}


def health_routes(store: Database) -> APIRouter:
    """Return ``/livez`` (the process responds) and ``/readyz`` (operations can be executed; otherwise 503 with the reason)."""
    routes = APIRouter()
    probes = CapacityLimiter(4)

    @routes.api_route("/livez", methods=["GET", "HEAD"])
    def livez() -> dict[str, str]:
        """Report that the process responds; does not query the database."""
        return {"status": "live"}

    @routes.api_route("/readyz", methods=["GET", "HEAD"])
    async def readyz(response: Response) -> dict[str, Any]:
        """Report whether operations can be executed, within seconds even if the database does not respond."""
        report = UNKNOWN | {"reason": DatabaseUnavailable.code}
        with move_on_after(PROBE_TIMEOUT):
            report = await to_thread.run_sync(check_readiness, store, limiter=probes, abandon_on_cancel=True)
        response.status_code = 200 if report["status"] == "ready" else 503
        return report

    return routes


def check_readiness(store: Database) -> dict[str, Any]:
    """Return the state of ``database``, ``migrations`` and ``data``; the first that fails is the ``reason``."""
    report = dict(UNKNOWN)
    try:
        store.read(named("ping"), seconds=1.0)
        report["database"] = "answers"
        missing = pending_migrations(store)
        report["migrations"] = f"{len(missing)} to run: detention-graph migrate" if missing else "up to date"
        if missing:
            return report | {"reason": IncompatibleGraph.code}
        [[report["audience"], records, _, loading]] = store.read(named("graph_state"), seconds=2.0)
        report["data"] = f"{records} records" if records else "empty: detention-graph load seeds/"
        if loading is not None:
            report["data"] += f", a part of {loading}: its load in blocks is not complete"
    except GraphApiError as error:
        return report | {"reason": error.code}
    return report | {"status": "ready"}

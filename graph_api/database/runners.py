"""Chooses how the API reads: the native Bolt client where it can, and the driver everywhere else."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor

from graph_api.database.bolt import packstream
from graph_api.database.bolt.client import NativeBoltClient
from graph_api.database.bolt.self_check import differing_types
from graph_api.database.driver import Database
from graph_api.database.driver_runner import DriverRunner
from graph_api.database.statement_runner import StatementRunner
from graph_api.errors import DatabaseError

log = logging.getLogger("graph_api.database")


def choose_runner(database: Database, *, native: bool, connections: int) -> StatementRunner:
    """Return what reads from this database.

    The native client is used where it is allowed (``native``), supports the address, and passes the self-check; otherwise the
    driver is used, and a warning says why.
    """
    if not native or not NativeBoltClient.supports(database.address):
        return DriverRunner(database, connections=connections)
    problem = _problem(database)
    if problem:
        log.warning("Native Bolt client not used: %s. Reads go through the Neo4j driver, which is slower", problem)
        return DriverRunner(database, connections=connections)
    return NativeBoltClient(database.address, connections=connections)


def _problem(database: Database) -> str:
    """Return why the native client cannot be used, or nothing."""
    if not packstream.HAS_CODEC:
        return "the codec of neo4j-rust-ext is missing"

    async def check() -> list[str]:
        client = NativeBoltClient(database.address, connections=1)
        try:
            return await differing_types(client, database)
        finally:
            await client.close()

    try:
        with ThreadPoolExecutor(1) as threads:  # the caller may run in an event loop
            differing = threads.submit(asyncio.run, check()).result()
    except DatabaseError as error:
        return f"the self-check failed: {error}"
    return f"it returns other values than the driver: {', '.join(differing)}" if differing else ""

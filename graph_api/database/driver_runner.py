"""Reads through the official asynchronous driver: every address that it supports, clusters and TLS among them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import neo4j

from graph_api.database.driver import DRIVER_SETTINGS, READ_RETRY_TIMEOUT, Database
from graph_api.database.errors import PROTOCOL_ERROR, is_codec_panic, translate_errors
from graph_api.database.statement_runner import (
    CORRELATION,
    TIMEOUT_GRACE,
    correlated,
    correlation_number,
    explained,
    no_response_error,
)
from graph_api.errors import DatabaseError, DatabaseUnavailable, InvalidValue
from graph_api.statement import Statement

log = logging.getLogger("graph_api.database")

RETRY_DELAY: Final = 0.2


@dataclass(slots=True)
class _OpenDriver:
    """A driver with its pool of connections, and how many reads use it."""

    driver: neo4j.AsyncDriver
    reads: int = 0


class DriverRunner:
    """Reads through the driver. Belongs to one event loop; the driver is opened at the first read."""

    def __init__(self, database: Database, *, connections: int = 32) -> None:
        self._database = database
        self._connections = connections
        self._current: _OpenDriver | None = None

    async def read(self, statements: Sequence[Statement], *, seconds: float) -> Sequence[Any]:
        """Read; see ``StatementRunner``. A single statement runs as an auto-commit transaction."""
        return await self._bounded(statements, seconds, _value_of)

    async def plan(self, statements: Sequence[Statement], *, seconds: float) -> None:
        """Have the database plan statements; see ``StatementRunner``."""
        await self._bounded(statements, seconds, _plan)

    async def _bounded(self, statements: Sequence[Statement], seconds: float, run: _Run) -> list[Any]:
        limit = seconds + TIMEOUT_GRACE
        try:
            async with asyncio.timeout(limit):
                with translate_errors():
                    return await self._read(statements, seconds, run)
        except DatabaseError:
            self._database.drop_bookmarks()
            raise
        except TimeoutError:
            self._database.drop_bookmarks()
            raise no_response_error(limit) from None

    async def _read(self, statements: Sequence[Statement], seconds: float, run: _Run) -> list[Any]:
        """Read, again where the driver says that this may help, within the retry timeout."""
        loop = asyncio.get_running_loop()
        deadline, delay = loop.time() + READ_RETRY_TIMEOUT, RETRY_DELAY
        while True:
            try:
                return await self._attempt(statements, seconds, run)
            except (neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError) as error:
                if not error.is_retryable() or loop.time() + delay > deadline:
                    raise
                await asyncio.sleep(delay)
                delay *= 2

    async def _attempt(self, statements: Sequence[Statement], seconds: float, run: _Run) -> list[Any]:
        """Read once, in a session of its own.

        After any error the session is cancelled, which closes its connection. To roll back or to close it in good order, the driver
        reads the rest of the response first; when the response is damaged, that loop never ends and blocks the event loop.
        """
        pool = self._open()
        pool.reads += 1
        session = self._session(pool)
        try:
            if len(statements) == 1:
                values = [await run(session, statements[0], seconds)]
            else:
                transaction = await session.begin_transaction(timeout=seconds)
                values = [await run(transaction, one, None) for one in statements]
                await transaction.commit()
            await session.close()
        except (neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError, OSError):
            raise
        except (UnicodeEncodeError, OverflowError) as error:
            raise InvalidValue(str(error), "texts in Unicode and whole numbers of 64 bits") from None
        except BaseException as error:
            if not isinstance(error, Exception) and not is_codec_panic(error):
                raise
            log.warning("unexpected response of the database (%s); its connections are closed", type(error).__name__)
            if (
                self._current is pool
            ):  # the connection may be back in the pool, and its responses can no longer be trusted
                self._current = None
            raise DatabaseUnavailable(PROTOCOL_ERROR) from error
        else:
            return values
        finally:
            if not session.closed():
                session.cancel()
                await session.close()  # without a connection it has nothing to wait for
            pool.reads -= 1
            if pool is not self._current and not pool.reads:
                await pool.driver.close()

    def _open(self) -> _OpenDriver:
        if self._current is None:
            address = self._database.address
            self._current = _OpenDriver(
                neo4j.AsyncGraphDatabase.driver(
                    address.uri,
                    auth=(address.user, address.password),
                    max_connection_pool_size=self._connections,
                    **DRIVER_SETTINGS,
                )
            )
        return self._current

    def _session(self, pool: _OpenDriver) -> neo4j.AsyncSession:
        return pool.driver.session(
            database=self._database.address.database,
            default_access_mode=neo4j.READ_ACCESS,
            bookmarks=self._database.bookmarks,
            max_transaction_retry_time=0,
        )

    async def close(self) -> None:
        """Close the driver."""
        if self._current is not None:
            await self._current.driver.close()


class _MalformedResponse(Exception):
    """A result that is not the one record that was asked for."""


_Runner = neo4j.AsyncSession | neo4j.AsyncTransaction
_Run = Callable[[_Runner, Statement, float | None], Awaitable[Any]]


async def _send(
    runner: _Runner, text: Any, statement: Statement, seconds: float | None, number: int
) -> neo4j.AsyncResult:
    """Send a statement as a text with its number; with a time limit where the transaction has none. The driver wants a literal text."""
    query: Any = text if seconds is None else neo4j.Query(text, timeout=seconds)
    return await runner.run(query, {**statement.parameters, CORRELATION: number})


async def _plan(runner: _Runner, statement: Statement, seconds: float | None) -> None:
    result = await _send(runner, explained(statement), statement, seconds, correlation_number())
    await result.consume()


async def _value_of(runner: _Runner, statement: Statement, seconds: float | None) -> Any:
    """Return the one value of a statement. Raises _MalformedResponse for anything but one record with its number."""
    number = correlation_number()
    result = await _send(runner, correlated(statement.text_with_comment), statement, seconds, number)
    rows = [record.values() async for record in result]
    if len(rows) != 1 or len(rows[0]) != 2 or rows[0][1] != number:
        raise _MalformedResponse
    return rows[0][0]

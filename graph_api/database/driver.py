"""Neo4j through its synchronous driver, for the command line, loads and health checks: open, read, write.

Reads run in READ transactions, writes in managed transactions that the driver retries where a cluster requires it; each has a
time limit. Errors of the driver are raised as errors of this project. The API reads through a ``StatementRunner`` instead
(docs/decisions/0007).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar
from urllib.parse import urlsplit

import neo4j

from graph_api.database.errors import from_driver_error, is_out_of_memory, translate_errors
from graph_api.database.queries import named
from graph_api.errors import DatabaseError, IncompatibleGraph
from graph_api.statement import Statement

READ_RETRY_TIMEOUT: Final = 2.0
WRITE_RETRY_TIMEOUT: Final = 10.0
OPEN_RETRY_TIMEOUT: Final = 30.0
DRIVER_SETTINGS: Final[dict[str, Any]] = {
    "user_agent": "detention-graph",
    "connection_acquisition_timeout": 3.0,
    "connection_timeout": 2.0,
    "connection_write_timeout": 10.0,
    "liveness_check_timeout": 30.0,
    "fetch_size": -1,
    "telemetry_disabled": True,
    "notifications_min_severity": "OFF",
}
"""Settings of both forms of the driver. Its default timeouts (60 s for a connection) are longer than a caller of the API waits.
How long it waits for a silent server is set by the server: a private one has its clients give up after 6 s."""
Row = Sequence[Any]
Run: TypeAlias = Callable[[Statement], Sequence[Row]]
"""Runs one statement and returns its rows, in a transaction or in one of its own."""
Done = TypeVar("Done")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Address:
    """Address, credentials and database name of a Neo4j server."""

    uri: str
    user: str
    password: str
    database: str = "neo4j"

    def __repr__(self) -> str:
        """Return all but the password."""
        return f"Address({self.uri!r}, user={self.user!r}, database={self.database!r})"


class Transaction:
    """A running write transaction."""

    def __init__(self, tx: neo4j.ManagedTransaction) -> None:
        self._tx = tx

    def run(self, statement: Statement) -> list[Row]:
        """Run one statement and return its rows."""
        return _rows(self._tx.run(statement.text_with_comment, dict(statement.parameters)))

    def write(self, name: str, rows: Sequence[Any], *, key: str = "rows", chunk: int = 5000) -> int:
        """Run a named write over rows, ``chunk`` at a time; return how many rows it stored.

        Raises IncompatibleGraph where it stored fewer, because records that the rows refer to do not exist; the transaction is
        rolled back.
        """
        done = 0
        for some in chunks(rows, chunk):
            [[count]] = self.run(named(name, **{key: some}))
            done += count
        if done != len(rows):
            raise IncompatibleGraph(
                f"Referenced records do not exist: {name} stored {done} of {len(rows)} rows, nothing was changed."
            )
        return done


Step: TypeAlias = Callable[[Callable[[Transaction], object]], object]
"""Runs work in one write transaction."""


class Database:
    """An open database.

    In a cluster, reads see at least what was written through the same object (bookmarks). A single server needs no bookmarks,
    and none are kept. They are dropped after any error: a restore of an older copy leaves a bookmark that no server reaches.
    """

    def __init__(self, driver: neo4j.Driver, address: Address) -> None:
        self._driver = driver
        self.address = address
        self._database = address.database
        self._is_cluster = urlsplit(address.uri).scheme.startswith("neo4j")
        self._bookmarks = self._new_bookmark_manager()

    def _new_bookmark_manager(self) -> neo4j.BookmarkManager | None:
        return neo4j.GraphDatabase.bookmark_manager() if self._is_cluster else None

    @property
    def bookmarks(self) -> neo4j.Bookmarks | None:
        """The bookmarks that a read has to wait for; none for a single server."""
        return neo4j.Bookmarks.from_raw_values(self._bookmarks.get_bookmarks()) if self._bookmarks is not None else None

    def drop_bookmarks(self) -> None:
        """Forget all bookmarks."""
        self._bookmarks = self._new_bookmark_manager()

    def wait_until_open(self) -> None:
        """Wait until the database is open; a server that has just started answers earlier.

        Raises DatabaseBusy where it does not open in time, and DatabaseError where no database has that name.
        """
        with self._session(neo4j.READ_ACCESS, OPEN_RETRY_TIMEOUT) as session:
            session.execute_read(lambda tx: tx.run(named("ping").text_with_comment).consume())

    def read(self, statement: Statement, *, seconds: float = 10.0) -> list[Row]:
        """Run one read-only statement with a time limit and return its rows.

        Raises QueryTimeout, DatabaseUnavailable and the other subclasses of DatabaseError.
        """

        @neo4j.unit_of_work(timeout=seconds)
        def work(tx: neo4j.ManagedTransaction) -> list[Row]:
            return _rows(tx.run(statement.text_with_comment, dict(statement.parameters)))

        with self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(work)

    def read_all(self, statements: Sequence[Statement], *, seconds: float = 10.0) -> list[Any]:
        """Run read-only statements in one transaction with a time limit; return the one value of each.

        Raises QueryTimeout, DatabaseUnavailable and the other subclasses of DatabaseError.
        """

        @neo4j.unit_of_work(timeout=seconds)
        def work(tx: neo4j.ManagedTransaction) -> list[Any]:
            return [tx.run(one.text_with_comment, dict(one.parameters)).single(strict=True)[0] for one in statements]

        with self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(work)

    def write(self, work: Callable[[Transaction], Done], *, seconds: float = 600.0) -> Done:
        """Run ``work`` in one write transaction; all of it is committed, or nothing. It may be called again on a retry.

        A transaction that used up its memory is not tried again.
        """

        @neo4j.unit_of_work(timeout=seconds)
        def managed(tx: neo4j.ManagedTransaction) -> Done:
            try:
                return work(Transaction(tx))
            except neo4j.exceptions.TransientError as error:
                if is_out_of_memory(error):  # the same statements would fail again
                    raise from_driver_error(error) from error
                raise

        with self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(managed)

    def change_schema(self, text: str) -> None:
        """Run one schema command, in a transaction of its own as Neo4j requires."""
        with self._session(neo4j.WRITE_ACCESS) as session:
            session.run(text).consume()

    @contextmanager
    def _session(self, mode: str, retry_timeout: float | None = None) -> Iterator[neo4j.Session]:
        """Open a session; errors inside are translated. Loads are retried for as long as a cluster needs to elect a leader."""
        usual = READ_RETRY_TIMEOUT if mode == neo4j.READ_ACCESS else WRITE_RETRY_TIMEOUT
        try:
            with (
                translate_errors(),
                self._driver.session(
                    database=self._database,
                    default_access_mode=mode,
                    bookmark_manager=self._bookmarks,
                    max_transaction_retry_time=usual if retry_timeout is None else retry_timeout,
                ) as session,
            ):
                yield session
        except DatabaseError:
            self.drop_bookmarks()
            raise


@contextmanager
def open_database(address: Address) -> Iterator[Database]:
    """Open a database; closed at the end. Raises DatabaseUnavailable and AuthenticationFailed."""
    with translate_errors(address.uri):
        driver = neo4j.GraphDatabase.driver(
            address.uri,
            auth=(address.user, address.password),
            max_connection_pool_size=32,
            initial_retry_delay=0.2,
            **DRIVER_SETTINGS,
        )
    try:
        with translate_errors(address.uri):
            driver.verify_connectivity()
        database = Database(driver, address)
        database.wait_until_open()
        yield database
    finally:
        driver.close()


def _rows(result: neo4j.Result) -> list[Row]:
    return [record.values() for record in result]


def chunks(rows: Sequence[Item], most: int) -> Iterator[Sequence[Item]]:
    """Yield the rows in order, at most so many at a time.

    >>> list(chunks([1, 2, 3, 4, 5], 2))
    [[1, 2], [3, 4], [5]]
    """
    return (rows[at : at + most] for at in range(0, len(rows), most))


def chunks_of_ids(ids: Iterable[str], most: int) -> Iterator[Sequence[str]]:
    """Yield the ids sorted and each once, at most so many at a time.

    >>> list(chunks_of_ids(["b", "a", "b"], 5))
    [['a', 'b']]
    """
    return chunks(sorted(set(ids)), most)

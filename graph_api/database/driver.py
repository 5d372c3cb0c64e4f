"""Neo4j through its driver: open, read, write; every error of the driver becomes one of ours.

Reads run in READ transactions, writes in managed transactions that the driver repeats where the cluster asks for it; each has a
time limit. The driver is the synchronous one: called from a few threads it measured faster than the asynchronous one
(docs/decisions/0002).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import neo4j

from graph_api.database.errors import as_ours
from graph_api.database.queries import named
from graph_api.errors import IncompatibleGraph
from graph_api.statement import Statement

READ_PATIENCE = 2.0
WRITE_PATIENCE = 10.0
OPEN_PATIENCE = 30.0
Row = Sequence[Any]
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Address:
    """Where Neo4j is and who asks."""

    uri: str
    user: str
    password: str
    database: str = "neo4j"

    def __repr__(self) -> str:
        """Show all but the password."""
        return f"Address({self.uri!r}, user={self.user!r}, database={self.database!r})"


class Transaction:
    """A running write transaction."""

    def __init__(self, tx: neo4j.ManagedTransaction) -> None:
        self._tx = tx

    def run(self, statement: Statement) -> list[Row]:
        """Run one statement and return its rows."""
        return _rows(self._tx.run(statement.sent, dict(statement.parameters)))

    def write(self, name: str, rows: Sequence[Any], *, key: str = "rows", chunk: int = 5000) -> int:
        """Run a named write over rows, some thousand at a time; return how many it counted.

        Raises IncompatibleGraph where it counted fewer: something that the rows name is not there, and nothing is kept.
        """
        done = 0
        for at in range(0, len(rows), chunk):
            [[count]] = self.run(named(name, **{key: rows[at : at + chunk]}))
            done += count
        if done != len(rows):
            raise IncompatibleGraph(
                f"Referenced records do not exist: {name} stored {done} of {len(rows)} rows, nothing was changed."
            )
        return done


class Database:
    """An open database. Whoever reads through it sees at least what was written through it, also from another member of a cluster."""

    def __init__(self, driver: neo4j.Driver, address: Address) -> None:
        self._driver = driver
        self.address = address
        self._database = address.database
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()

    def wait_until_open(self) -> None:
        """Wait for the database behind a server that answers already, as one does that has just started.

        Raises DatabaseBusy where it does not open, and DatabaseError where there is none of that name.
        """
        with as_ours(), self._session(neo4j.READ_ACCESS, OPEN_PATIENCE) as session:
            session.execute_read(lambda tx: tx.run(named("ping").sent).consume())

    def read(self, statement: Statement, *, seconds: float = 10.0) -> list[Row]:
        """Run one read-only statement with a time limit and return its rows.

        Raises QueryTimeout, DatabaseUnavailable and the other StoreErrors.
        """

        @neo4j.unit_of_work(timeout=seconds)
        def work(tx: neo4j.ManagedTransaction) -> list[Row]:
            return _rows(tx.run(statement.sent, dict(statement.parameters)))

        with as_ours(), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(work)

    def read_all(self, statements: Sequence[Statement], *, seconds: float = 10.0) -> list[Any]:
        """Run read-only statements in one transaction with a time limit; each gives one row of one column, which is returned.

        Raises QueryTimeout, DatabaseUnavailable and the other StoreErrors.
        """

        @neo4j.unit_of_work(timeout=seconds)
        def work(tx: neo4j.ManagedTransaction) -> list[Any]:
            return [tx.run(one.sent, dict(one.parameters)).single(strict=True)[0] for one in statements]

        with as_ours(), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(work)

    def write(self, work: Callable[[Transaction], Done], *, seconds: float = 600.0) -> Done:
        """Run ``work`` in one write transaction: all of it happens, or nothing. It may be called again, so it must be pure."""

        @neo4j.unit_of_work(timeout=seconds)
        def managed(tx: neo4j.ManagedTransaction) -> Done:
            return work(Transaction(tx))

        with as_ours(), self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(managed)

    def change_schema(self, text: str) -> None:
        """Run one schema command; these cannot stand in one transaction with data."""
        with as_ours(), self._session(neo4j.WRITE_ACCESS) as session:
            session.run(text).consume()

    def _session(self, mode: str, patience: float | None = None) -> neo4j.Session:
        """Open a session. Somebody waits for a read; a load may be repeated for as long as a cluster takes to find a leader."""
        usual = READ_PATIENCE if mode == neo4j.READ_ACCESS else WRITE_PATIENCE
        return self._driver.session(
            database=self._database,
            default_access_mode=mode,
            bookmark_manager=self._bookmarks,
            max_transaction_retry_time=usual if patience is None else patience,
        )


@contextmanager
def open_database(address: Address) -> Iterator[Database]:
    """Open a database; closed at the end.

    The driver's own patience (60 s for a connection, 30 s of retries) is cut to what somebody who waits for an answer bears.
    How long it waits for a server that is silent, the server says: a private one, to give up after 6 s without a sign of life.
    Raises DatabaseUnavailable and AuthenticationFailed.
    """
    with as_ours():
        driver = neo4j.GraphDatabase.driver(
            address.uri,
            auth=(address.user, address.password),
            user_agent="detention-graph",
            max_connection_pool_size=32,
            connection_acquisition_timeout=3.0,
            connection_timeout=2.0,
            connection_write_timeout=10.0,
            liveness_check_timeout=30.0,
            initial_retry_delay=0.2,
            fetch_size=-1,
            telemetry_disabled=True,
            notifications_min_severity="OFF",
        )
    try:
        with as_ours():
            driver.verify_connectivity()
        store = Database(driver, address)
        store.wait_until_open()
        yield store
    finally:
        driver.close()


def _rows(result: neo4j.Result) -> list[Row]:
    return [record.values() for record in result]

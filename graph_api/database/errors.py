"""What Neo4j and its driver say went wrong, as errors of ours; their messages name no statement and no value."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from neo4j import exceptions as driver_errors

from graph_api.errors import AuthenticationFailed, DatabaseBusy, DatabaseError, DatabaseUnavailable, QueryTimeout

TIMED_OUT: Final = (
    "Neo.ClientError.Transaction.TransactionTimedOut",
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
)
FAILED: Final = (
    "the database failed, as it does when its disk is full. Its log says why: detention-graph engine logs --log debug"
)
REFUSED: Final = (
    "the database does not accept user and password. Right would be those of the database (DETENTION_GRAPH_NEO4J_USER, "
    "_PASSWORD); of a private process, those in the file neo4j/password of its home"
)
MEMORY: Final = (
    "the memory that the database gives to a transaction is used up; nothing was changed. Right would be to load some files at a time, "
    "each after those that it names, or to try again when the database has less to do"
)
NOBODY: Final = "nobody answers at the address of the database"
LOST: Final = "the connection to the database was lost"

BY_CODE: Final[tuple[tuple[str, type[DatabaseError], str], ...]] = (
    ("Neo.ClientError.Security.", AuthenticationFailed, REFUSED),
    ("Neo.ClientError.", DatabaseError, "the database refused a statement"),
    ("Neo.TransientError.General.MemoryPool", DatabaseBusy, MEMORY),
    ("Neo.TransientError.", DatabaseBusy, "the database is busy; nothing was changed, try again"),
    ("Neo.DatabaseError.", DatabaseError, FAILED),
)
"""How the codes of the server begin (neo4j.com/docs/status-codes), most special first, and what they are for us."""

BY_TYPE: Final[tuple[tuple[type[Exception], type[DatabaseError], str], ...]] = (
    (driver_errors.AuthError, AuthenticationFailed, REFUSED),
    (driver_errors.ServiceUnavailable, DatabaseUnavailable, NOBODY),
    (driver_errors.SessionExpired, DatabaseUnavailable, LOST),
    (driver_errors.Neo4jError, DatabaseError, "the database answered with an error"),
    (driver_errors.DriverError, DatabaseUnavailable, "the connection to the database failed"),
)
"""The driver's errors, most special first, and what they are for us."""


@contextmanager
def as_ours() -> Iterator[None]:
    """Raise every error of the driver as one of ours."""
    try:
        yield
    except (driver_errors.Neo4jError, driver_errors.DriverError) as error:
        raise translated(error) from error
    except OSError as error:
        raise DatabaseUnavailable(f"{NOBODY}: {error}") from error


def translated(error: Exception) -> DatabaseError:
    """Return our error for one of the driver's."""
    code = getattr(error, "code", None) or ""
    if code:
        return coded(code)
    for theirs, ours, message in BY_TYPE:
        if isinstance(error, theirs):
            return ours(message)
    return DatabaseError("the database answered with an error")


def coded(code: str) -> DatabaseError:
    """Return our error for a code of the server."""
    if code in TIMED_OUT or "Terminated" in code:
        return QueryTimeout("the time limit of the statement ran out; ask for less, or narrow the question")
    for begins, ours, message in BY_CODE:
        if code.startswith(begins):
            return ours(f"{message} ({code})")
    return DatabaseError(f"the database answered with an error ({code})")

"""What Neo4j and its driver say went wrong, as errors of ours; their messages name no statement and no value."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from neo4j import exceptions as driver_errors

from graph_api.errors import StoreBusy, StoreError, StoreRefused, StoreTimeout, StoreUnavailable

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

BY_CODE: Final[tuple[tuple[str, type[StoreError], str], ...]] = (
    ("Neo.ClientError.Security.", StoreRefused, REFUSED),
    ("Neo.ClientError.", StoreError, "the database refused a statement"),
    ("Neo.TransientError.General.MemoryPool", StoreBusy, MEMORY),
    ("Neo.TransientError.", StoreBusy, "the database is busy; nothing was changed, try again"),
    ("Neo.DatabaseError.", StoreError, FAILED),
)
"""How the codes of the server begin (neo4j.com/docs/status-codes), most special first, and what they are for us."""

BY_TYPE: Final[tuple[tuple[type[Exception], type[StoreError], str], ...]] = (
    (driver_errors.AuthError, StoreRefused, REFUSED),
    (driver_errors.ServiceUnavailable, StoreUnavailable, NOBODY),
    (driver_errors.SessionExpired, StoreUnavailable, LOST),
    (driver_errors.Neo4jError, StoreError, "the database answered with an error"),
    (driver_errors.DriverError, StoreUnavailable, "the connection to the database failed"),
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
        raise StoreUnavailable(f"{NOBODY}: {error}") from error


def translated(error: Exception) -> StoreError:
    """Return our error for one of the driver's."""
    code = getattr(error, "code", None) or ""
    if code:
        return coded(code)
    for theirs, ours, message in BY_TYPE:
        if isinstance(error, theirs):
            return ours(message)
    return StoreError("the database answered with an error")


def coded(code: str) -> StoreError:
    """Return our error for a code of the server."""
    if code in TIMED_OUT or "Terminated" in code:
        return StoreTimeout("the time limit of the statement ran out; ask for less, or narrow the question")
    for begins, ours, message in BY_CODE:
        if code.startswith(begins):
            return ours(f"{message} ({code})")
    return StoreError(f"the database answered with an error ({code})")

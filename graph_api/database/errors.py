"""Errors of Neo4j and of its driver as errors of this project; messages contain no statement text and no values."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from neo4j import exceptions as driver_errors

from graph_api.errors import AuthenticationFailed, DatabaseBusy, DatabaseError, DatabaseUnavailable, QueryTimeout

TIMED_OUT: Final = (
    "Neo.ClientError.Transaction.TransactionTimedOut",
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
)
UNKNOWN: Final = "The database returned an error"
INTERNAL_FAILURE: Final = (
    "The database failed, for example because its disk is full. See its log: detention-graph engine logs --log debug"
)
INVALID_CREDENTIALS: Final = (
    "The database rejected the user name or password. Expected: those of the database (DETENTION_GRAPH_NEO4J_USER, "
    "_PASSWORD); for a private process, those in the file neo4j/password of its home"
)
OUT_OF_MEMORY: Final = (
    "The transaction memory of the database is used up; nothing was changed. Load fewer files at a time, "
    "each after the files that it refers to, or retry when the database is less busy"
)
MEMORY_POOL: Final = "Neo.TransientError.General.MemoryPool"
TRANSACTION_LIMIT: Final = "db.memory.transaction.max"
"""The setting that the server names where a transaction is too large by itself, whatever others do."""
BUSY: Final = "The database is busy; nothing was changed. Retry"
CANNOT_CONNECT: Final = "Cannot connect to the database"
CONNECTION_LOST: Final = "The connection to the database was lost"
PROTOCOL_ERROR: Final = "The database sent an unexpected message; the connection was closed. Retry"

BY_CODE: Final[tuple[tuple[str, type[DatabaseError], str], ...]] = (
    ("Neo.ClientError.Security.", AuthenticationFailed, INVALID_CREDENTIALS),
    ("Neo.ClientError.", DatabaseError, "The database rejected a statement"),
    (MEMORY_POOL, DatabaseBusy, OUT_OF_MEMORY),
    ("Neo.TransientError.", DatabaseBusy, BUSY),
    ("Neo.DatabaseError.", DatabaseError, INTERNAL_FAILURE),
)
"""Prefixes of server codes (neo4j.com/docs/status-codes), most specific first, with the error that stands for them."""

BY_TYPE: Final[tuple[tuple[type[Exception], type[DatabaseError], str], ...]] = (
    (driver_errors.AuthError, AuthenticationFailed, INVALID_CREDENTIALS),
    (driver_errors.ServiceUnavailable, DatabaseUnavailable, CANNOT_CONNECT),
    (driver_errors.SessionExpired, DatabaseUnavailable, CONNECTION_LOST),
    (driver_errors.Neo4jError, DatabaseError, UNKNOWN),
    (driver_errors.DriverError, DatabaseUnavailable, "The connection to the database failed"),
)
"""Classes of driver errors, most specific first, with the error that stands for them."""

CONNECTION_ERRORS: Final = (ConnectionError, TimeoutError, socket.gaierror, ssl.SSLError)
"""Operating system errors that come from a connection; any other OSError (a full disk, a missing file) is left as it is."""


@contextmanager
def translate_errors(uri: str = "") -> Iterator[None]:
    """Raise errors of the driver as errors of this project; with ``uri``, connection errors name the address."""
    try:
        yield
    except (driver_errors.Neo4jError, driver_errors.DriverError) as error:
        raise from_driver_error(error, uri) from error
    except CONNECTION_ERRORS as error:
        raise cannot_connect(error, uri) from error
    except BaseException as error:
        if is_codec_panic(error):
            raise DatabaseUnavailable(PROTOCOL_ERROR) from error
        raise


def from_driver_error(error: Exception, uri: str = "") -> DatabaseError:
    """Return the error that stands for one of the driver's."""
    code = getattr(error, "code", None) or ""
    if code:
        return from_code(code)
    if isinstance(error, driver_errors.ServiceUnavailable):
        return cannot_connect(error, uri)
    for driver_type, our_type, message in BY_TYPE:
        if isinstance(error, driver_type):
            return our_type(message)
    return DatabaseError(UNKNOWN)


def from_code(code: str) -> DatabaseError:
    """Return the error that stands for a code of the server."""
    if code in TIMED_OUT or "Terminated" in code:
        return QueryTimeout("The query exceeded its time limit. Request less, or narrow the filters")
    for prefix, our_type, message in BY_CODE:
        if code.startswith(prefix):
            return our_type(f"{message} ({code})")
    return DatabaseError(f"{UNKNOWN} ({code})")


def is_out_of_memory(error: driver_errors.Neo4jError) -> bool:
    """Return whether a transaction is larger than one may be, so that it would fail again."""
    return (error.code or "").startswith(MEMORY_POOL) and TRANSACTION_LIMIT in (error.message or "")


def cannot_connect(error: BaseException, uri: str = "") -> DatabaseUnavailable:
    """Return the error of a connection that could not be made, with the reason where the operating system gave one."""
    reason = _reason(error)
    return DatabaseUnavailable(f"{CANNOT_CONNECT}{f' at {uri}' if uri else ''}{f': {reason}' if reason else ''}")


def is_codec_panic(error: BaseException) -> bool:
    """Return whether the compiled codec of the driver failed on malformed bytes; its exception is no ``Exception``."""
    return type(error).__name__ == "PanicException"


def _reason(error: BaseException | None) -> str:
    """Return why a connection failed, from the operating system error in the chain of causes.

    >>> _reason(ConnectionRefusedError(111, "Connection refused"))
    'connection refused'
    """
    while error is not None:
        match error:
            case socket.gaierror():
                return "the host name cannot be resolved"
            case ssl.SSLError():
                return "the TLS handshake failed"
            case TimeoutError():
                return "timed out"
            case OSError(errno=int(number)):
                return os.strerror(number).lower()
            case _:
                pass
        error = error.__cause__
    return ""

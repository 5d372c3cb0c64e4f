"""How the API reads: the statements of one operation in one read-only transaction, one value each, with a bounded wait."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any, Final, Protocol

from graph_api.errors import NoResponse
from graph_api.statement import Statement

TIMEOUT_GRACE: Final = 3.0
"""Seconds added to the time limit of a query, within which a connection must be found and the database must answer."""

CORRELATION: Final = "correlation"
_numbers = count(1)


class StatementRunner(Protocol):
    """Runs read-only statements."""

    async def read(self, statements: Sequence[Statement], *, seconds: float) -> Sequence[Any]:
        """Return the one value of each statement; all run in one transaction with a time limit.

        Each text ends in a RETURN of one column without aggregation, ORDER BY or LIMIT, as the compiler writes it: the runner
        appends a column (see ``correlated``). Raises subclasses of DatabaseError; cancelling the caller ends the transaction.
        """

    async def plan(self, statements: Sequence[Statement], *, seconds: float) -> None:
        """Have the database plan statements, in the texts that are sent to read them, without running them.

        Raises subclasses of DatabaseError.
        """

    async def close(self) -> None:
        """Close all connections."""


def correlated(text: str) -> str:
    """Return the text with a second column, which returns a number that is new in each run.

    Bolt has no request ids: on a connection with a stray message in it, one response would be taken for the next. A runner
    sends ``correlation_number()`` as the parameter and accepts only a record that carries it.
    """
    return f"{text}, ${CORRELATION} AS {CORRELATION}"


def explained(statement: Statement) -> str:
    """Return the text with which the database plans a statement as it is read, and does not run it."""
    return f"EXPLAIN {correlated(statement.text_with_comment)}"


def correlation_number() -> int:
    """Return a number that this process has not used before."""
    return next(_numbers)


def no_response_error(seconds: float) -> NoResponse:
    """Return the error for a database that sent nothing for so long."""
    return NoResponse(f"The database did not respond within {seconds:.0f} s. Retry")

"""Errors as callers see them: what is theirs to mend in words and with a stable code, everything else as "Internal error".

Whatever else went wrong goes whole into the log, under the request id that the caller was given; never with the query or its values.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, Final

from graphql import GraphQLError

from graph_api.errors import GraphApiError, InvalidInput
from graph_api.execution.executor import ExecutionResult

log = logging.getLogger("graph_api.web")

MOST_MESSAGE: Final = 1000
"""The most characters of a message; some repeat what was sent."""
SYNTAX, VALIDATION = "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"


def body(answer: ExecutionResult, request: str, limit: int) -> dict[str, Any]:
    """Return the body of a response; an operation that was not executed has no data. ``limit`` is the most that one may cost."""
    made: dict[str, Any] = {"data": answer.data} if answer.executed else {}
    if answer.errors:
        made["errors"] = public(answer.errors, request)
    if answer.plan is not None:
        made["extensions"] = {"cost": {"requested": answer.plan.cost, "limit": limit}}
    return made


def public(errors: Sequence[GraphQLError], request: str) -> list[object]:
    """Return GraphQL errors as callers see them."""
    return [_public(error, request) for error in errors]


def _public(error: GraphQLError, request: str) -> dict[str, Any]:
    shown: dict[str, Any] = dict(error.formatted)
    cause = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    if isinstance(cause, GraphApiError):
        if not isinstance(cause, InvalidInput):
            log.warning("request %s: %s: %s", request, cause.code, type(cause.__cause__ or cause).__name__)
        shown["message"] = error.message if isinstance(cause, InvalidInput) and error.path is None else str(cause)
        code = cause.code
    elif cause is None or isinstance(cause, GraphQLError) or (error.path is None and isinstance(cause, ValueError)):
        code = SYNTAX if error.message.startswith("Syntax Error") else VALIDATION
    else:
        log.error("request %s failed", request, exc_info=cause)
        shown["message"], code = "Internal error", "INTERNAL"
    if len(shown["message"]) > MOST_MESSAGE:
        shown["message"] = f"{shown['message'][:MOST_MESSAGE]}…"
    shown["extensions"] = {"code": code, "requestId": request}
    return shown

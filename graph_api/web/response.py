"""Response bodies, and errors as callers see them: invalid input with its message and a stable code, anything else as "Internal error".

The log has the full error under the request id that the caller was given; never the operation or its variables.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from graphql import GraphQLError

from graph_api import __version__
from graph_api.errors import GraphApiError, InvalidInput
from graph_api.execution.executor import ExecutionResult
from graph_api.execution.operation_planner import ExecutionLimits

log = logging.getLogger("graph_api.web")

MAX_MESSAGE_LENGTH: Final = 1000
"""Limit of an error message in characters; some messages repeat what was sent."""
SYNTAX, VALIDATION = "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"


def build_response_body(
    result: ExecutionResult, request_id: str, limits: ExecutionLimits, graph: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, Any]:
    """Return the body of a response; it has no ``data`` where the operation was not executed. ``graph`` says what was served."""
    body: dict[str, Any] = {"data": result.data} if result.executed else {}
    if result.errors:
        body["errors"] = [format_error(error, request_id) for error in result.errors]
    body["extensions"] = {"version": __version__, "requestId": request_id, **graph}
    if result.as_of is not None:
        body["extensions"]["asOf"] = dict(result.as_of)
    if result.notes:
        body["extensions"]["notes"] = [{"path": [one.key], "message": one.message} for one in result.notes]
    if result.plan is not None:
        body["extensions"]["cost"] = {
            "requested": result.plan.cost,
            "limit": limits.cost,
            "planning": {"requested": result.plan.planning, "limit": limits.planning},
        }
    return body


def build_error_body(
    code: str, message: str, request_id: str = "", graph: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, Any]:
    """Return the body of a response to a request that was rejected before execution; without ``request_id`` before it had one."""
    request = {"requestId": request_id} if request_id else {}
    error = {"message": message, "extensions": {"code": code, **request}}
    return {"errors": [error], "extensions": {"version": __version__, **request, **graph}}


def format_error(error: GraphQLError, request_id: str) -> dict[str, Any]:
    """Return a GraphQL error as callers see it."""
    formatted: dict[str, Any] = dict(error.formatted)
    cause = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    if isinstance(cause, GraphApiError):
        if not isinstance(cause, InvalidInput):
            log.warning("request %s: %s: %s", request_id, cause.code, type(cause.__cause__ or cause).__name__)
        formatted["message"] = error.message if isinstance(cause, InvalidInput) and error.path is None else str(cause)
        code = cause.code
    elif cause is None or isinstance(cause, GraphQLError) or (error.path is None and isinstance(cause, ValueError)):
        code = SYNTAX if error.message.startswith("Syntax Error") else VALIDATION
    else:
        log.error("request %s failed", request_id, exc_info=cause)
        formatted["message"], code = "Internal error", "INTERNAL"
    if len(formatted["message"]) > MAX_MESSAGE_LENGTH:
        formatted["message"] = f"{formatted['message'][:MAX_MESSAGE_LENGTH]}…"
    formatted["extensions"] = {"code": code, "requestId": request_id}
    return formatted

"""Answers without running anything: the client has the response already, or the same page was sent before."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from graph_api.web.pages import responses
from graph_api.web.pages.server import PageHandler, PageRequest, PageServer

READ: Final = ["GET", "HEAD"]
"""Methods that ask for a page and change nothing."""


async def unless_cached(server: PageServer, respond: PageHandler, asked: PageRequest) -> Response:
    """Answer without running anything where the client has the response already, or the same page was sent before."""
    tag = server.tag(asked)
    if (
        tag
        and asked.request.method in READ
        and responses.is_cached(tag, asked.request.headers.get("if-none-match", ""))
    ):
        return Response(status_code=304, headers={**responses.HEADERS, "ETag": tag})
    if tag is None or asked.format != "html" or asked.request.method not in READ:
        return (await _made(server, respond, asked))[0]
    key, revision = f"{tag} {asked.request.scope['query_string'].decode('latin-1')}", server.graph.revision
    if (kept := server.cache.get(key)) is not None:
        return kept
    response, is_whole = await _made(server, respond, asked)
    if is_whole and response.status_code == 200:
        server.cache.put(key, revision, response)
    return response


async def _made(server: PageServer, respond: PageHandler, asked: PageRequest) -> tuple[Response, bool]:
    """Return a response and whether it is whole; one that may lack notes, which the database did not give in time, is kept by nobody."""
    failed = server.endpoint.executor.failed_notes
    response = await respond(asked)
    is_whole = server.endpoint.executor.failed_notes == failed
    if not is_whole:
        del response.headers["ETag"]
    return response, is_whole

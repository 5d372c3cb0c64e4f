"""Responses of pages: headers, entity tags, and the same answer as a page, as JSON and as a table."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson
from starlette.responses import Response

from graph_api import __version__
from graph_api.export.registry import EXPORT_FORMATS
from graph_api.web.graph_state import GraphState
from graph_api.web.graphql_request import HttpError

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""Content-Security-Policy: no other origin, no inline script, no inline style."""
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "private, no-cache",  # a browser may keep a page, and asks before it shows it again
}
NO_INDEX: Final = {"X-Robots-Tag": "noindex, noarchive"}
HTML: Final = "text/html; charset=utf-8"
JSON: Final = "application/json; charset=utf-8"


def entity_tag(*parts: object) -> str:
    """Return the tag of what follows from these parts and the version of the program."""
    text = "\n".join(map(str, (__version__, *parts)))
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def is_cached(tag: str, if_none_match: str) -> bool:
    """Return whether a client has what a tag stands for."""
    return tag in {one.strip().removeprefix("W/") for one in if_none_match.split(",")}


def json_response(body: Mapping[str, Any], status: int, headers: Mapping[str, str]) -> Response:
    """Return a GraphQL response body as a file."""
    return Response(orjson.dumps(body), status, {**HEADERS, **headers}, JSON)


def csv_response(rows: Sequence[Mapping[str, Any]], name: str, headers: Mapping[str, str]) -> Response:
    """Return rows as a table for spreadsheets. ``name`` is that of the file, without its extension."""
    return answer_response({name: {"nodes": list(rows)}}, name, headers)


def answer_response(data: Mapping[str, Any], name: str, headers: Mapping[str, str]) -> Response:
    """Return the data of an answer as a table for spreadsheets. Raises InvalidQuery where it has no such form."""
    metadata = f'<{name}.csv-metadata.json>; rel="describedby"; type="application/csvm+json"'
    return export_response("csv", data, name, {**headers, "Link": metadata})


def export_response(format_: str, data: Mapping[str, Any], name: str, headers: Mapping[str, str]) -> Response:
    """Return the data of an answer as a file of an export format. Raises InvalidQuery where it has no such form."""
    written = EXPORT_FORMATS[format_]
    disposition = f'attachment; filename="{name}.{written.extension}"'
    extra = {"Content-Disposition": disposition}
    return Response(written.write(data).encode(), 200, {**HEADERS, **headers, **extra}, written.media_type)


def describe_table(
    rows: Sequence[Mapping[str, Any]], name: str, graph: GraphState, *, notice: Sequence[str], query: str
) -> dict[str, Any]:
    """Return what stands beside a table (CSV on the Web): for whom and as of when it is, what was asked, and its fixed lines."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": f"{name}.csv",
        "dc:description": " ".join(notice),
        **graph.extensions,
        "knownTo": graph.known_to,
        "query": query,
        "rows": len(rows),
        "tableSchema": {"columns": [{"name": one, "titles": one} for one in columns]},
    }


def too_long(total: int, limit: int) -> HttpError:
    """Return the error for a file of more rows than are sent at once: it is never cut."""
    return HttpError(
        413,
        "LIMIT_LIST",
        f"File of {total:,} rows exceeds the limit of {limit:,}. Add filters, or ask in GraphQL, page by page.",
    )

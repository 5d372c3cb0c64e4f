"""GraphiQL, served by the product itself: one page and its files, no other server.

The files below ``graphiql/`` are built from ``ide/`` (``make ide``) and are part of the package. They are read once, at start; requests are
answered from memory, so no path in a request reaches the file system.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from fastapi import APIRouter, HTTPException, Request, Response

FOLDER = Path(__file__).parent / "graphiql"

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
"""Media types by suffix; files with other suffixes are not served."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # the editor's style sheet contains its icons
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
"""Content-Security-Policy: no other origin, no inline script, no inline style."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",  # cached, and revalidated by ETag, so that an upgrade takes effect at once
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file of the page, ready to be served."""

    content: bytes
    media_type: str
    etag: str


def graphiql_routes() -> APIRouter:
    """Return ``/graphiql`` and the files of the page."""
    page = read_asset(FOLDER / "index.html")
    assets = {file.name: read_asset(file) for file in (FOLDER / "assets").iterdir() if file.suffix in TYPES}
    routes = APIRouter(include_in_schema=False)

    @routes.api_route("/graphiql", methods=["GET", "HEAD"])
    async def graphiql(request: Request) -> Response:
        """Serve the page."""
        return _response(page, request)

    @routes.api_route("/graphiql/assets/{name}", methods=["GET", "HEAD"])
    async def asset(name: str, request: Request) -> Response:
        """Serve a file of the page."""
        if name not in assets:
            raise HTTPException(404)
        return _response(assets[name], request)

    return routes


def cookbook() -> list[tuple[str, dict[str, Any]]]:
    """Return the operations that the page shows as examples, each with its variables."""
    groups = orjson.loads((FOLDER / "assets" / "cookbook.json").read_bytes())["groups"]
    questions = {one["query"]: one["variables"] for group in groups for one in group["questions"]}
    return [(text, orjson.loads(given or "{}")) for text, given in questions.items()]


def read_asset(file: Path) -> Asset:
    """Return a file with its media type and entity tag. Raises KeyError for a suffix that is not served."""
    content = file.read_bytes()
    return Asset(content, TYPES[file.suffix], f'"{sha256(content).hexdigest()[:32]}"')


def _response(asset: Asset, request: Request) -> Response:
    cached = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if asset.etag in cached:
        return Response(status_code=304, headers=HEADERS | {"ETag": asset.etag})
    return Response(asset.content, media_type=asset.media_type, headers=HEADERS | {"ETag": asset.etag})

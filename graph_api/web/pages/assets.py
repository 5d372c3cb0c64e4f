"""The style sheet and the script of the pages, read once; no path in a request reaches the file system."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from graph_api.web.graphiql_page import HEADERS, Asset, read_asset
from graph_api.web.pages.responses import is_cached

FOLDER: Final = Path(__file__).parent / "assets"


@cache
def assets() -> dict[str, Asset]:
    """Return the files by name."""
    return {file.name: read_asset(file) for file in sorted(FOLDER.iterdir())}


async def asset_response(request: Request) -> Response:
    """Serve a file of the pages."""
    asset = assets().get(request.path_params["name"])
    if asset is None:
        return Response(status_code=404)
    headers = HEADERS | {"ETag": asset.etag}
    if is_cached(asset.etag, request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    return Response(asset.content, media_type=asset.media_type, headers=headers)

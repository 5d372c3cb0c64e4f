"""The application: the routes put together."""

from __future__ import annotations

from fastapi import FastAPI

from graph_api import __version__
from graph_api.compiler.bind import Limits
from graph_api.schema.build import build_schema
from graph_api.settings import Settings
from graph_api.store.driver import Store
from graph_api.web.graphql import router
from graph_api.web.health import health
from graph_api.web.ide import ide_routes


def create_app(store: Store, settings: Settings) -> FastAPI:
    """Return the ASGI application over an open store."""
    app = FastAPI(title="detention-graph", version=__version__, openapi_url=None, docs_url=None, redoc_url=None)
    limits = Limits(settings.page_limit, settings.list_limit)
    app.include_router(router(build_schema(), store, limits=limits, seconds=settings.query_seconds))
    app.include_router(health(store))
    if settings.ide:
        app.include_router(ide_routes())
    return app

"""The routes of the pages: each page in each language, with its JSON and its table beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final
from urllib.parse import quote, urlencode

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Route

from graph_api.errors import InvalidQuery
from graph_api.web.graphql_request import HttpError
from graph_api.web.pages import responses
from graph_api.web.pages.about import ABOUT
from graph_api.web.pages.assets import asset_response
from graph_api.web.pages.caching import READ, unless_cached
from graph_api.web.pages.case_files import case_file_routes
from graph_api.web.pages.connect import CONNECT, ID, can_be_an_end, choices_view
from graph_api.web.pages.differences import DIFFERENCES
from graph_api.web.pages.event_rows import record_path
from graph_api.web.pages.events import EVENT, EVENTS
from graph_api.web.pages.exchanges import EXCHANGE, EXCHANGES
from graph_api.web.pages.facets import facet_file_rows, facets_view, read_facets
from graph_api.web.pages.figures import FIGURE, FIGURES
from graph_api.web.pages.filters import Parameter
from graph_api.web.pages.find import find_view
from graph_api.web.pages.languages import LANGUAGES, Locale, PageLanguage, locale
from graph_api.web.pages.listing import MAX_OPTIONS, ROWS_ON_A_PAGE, ListQuery, list_variables, list_view
from graph_api.web.pages.map import MAP
from graph_api.web.pages.news import NEWS
from graph_api.web.pages.notices import ALL_LINES, fixed_lines
from graph_api.web.pages.page import ListPage, Page, PlainPage, QueryPage, Record, RecordPage
from graph_api.web.pages.people import PEOPLE, PERSON
from graph_api.web.pages.question_fields import choices_operation, question_fields
from graph_api.web.pages.questions import question_view, questions, questions_view
from graph_api.web.pages.records import (
    COURT,
    COURTS,
    GROUP,
    OFFENCES,
    ORGANIZATION,
    PLACE,
    SITE,
    SITES,
    STATE,
)
from graph_api.web.pages.server import PageHandler, PageRequest, PageServer, read_form
from graph_api.web.pages.sources import SOURCE, SOURCES
from graph_api.web.pages.start import START
from graph_api.web.pages.years import YEARS

LISTS: Final[Sequence[ListPage]] = (PEOPLE, EVENTS, EXCHANGES, SITES, COURTS, OFFENCES, DIFFERENCES, FIGURES, SOURCES)
RECORDS: Final[Sequence[RecordPage]] = (
    PERSON,
    EVENT,
    EXCHANGE,
    SITE,
    COURT,
    ORGANIZATION,
    PLACE,
    GROUP,
    STATE,
    FIGURE,
    SOURCE,
)
PLAIN: Final[Sequence[PlainPage]] = (START, MAP, YEARS, ABOUT)
QUERIES: Final[Sequence[QueryPage]] = (CONNECT, NEWS)
PAGES: Final[Sequence[Page]] = (*LISTS, *RECORDS, *PLAIN, *QUERIES)
SERVED: Final = frozenset({"/questions", *(one.path for one in PAGES if not isinstance(one, RecordPage))})
"""Paths that pages link to."""


def add_pages(app: FastAPI, server: PageServer) -> None:
    """Add the pages to an application, and a page for addresses that do not exist; one with a slash at its end leads to that without."""
    routes = page_routes(server)
    app.router.routes += routes

    async def missing(request: Request, _error: Exception) -> Response:
        path = request.scope["path"]
        shorter = {**request.scope, "path": path.rstrip("/")}
        if path.endswith("/") and any(one.matches(shorter)[0] is Match.FULL for one in routes):
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"{quote(shorter['path'])}{query}", 308, responses.NO_INDEX)
        is_uk = request.url.path.startswith("/uk/")
        accepts_html = "text/html" in request.headers.get("accept", "")
        asked = PageRequest(
            request,
            "unknown",
            "html" if accepts_html else "json",
            locale(PageLanguage.UK if is_uk and PageLanguage.UK in LANGUAGES else PageLanguage.EN),
        )
        return server.error(asked, not_found())

    app.add_exception_handler(404, missing)


def page_routes(server: PageServer) -> list[BaseRoute]:
    """Return all routes of the pages."""
    routes: list[BaseRoute] = [Route("/assets/{name}", asset_response, methods=READ)]
    for language in LANGUAGES:
        words = locale(language)
        for listing in LISTS:
            parameters = server.parameters(listing.filter_type)
            routes += _formats(server, words, listing.path, partial(_list, server, listing, parameters))
            if listing.facets:
                counts = partial(_facets, server, listing, parameters)
                routes += _formats(server, words, f"/facets{listing.path}", counts, ("csv", "metadata", "html"))
        for record in RECORDS:
            routes += _formats(server, words, record.path, partial(_record, server, record))
        routes += case_file_routes(server, words)
        for plain in PLAIN:
            files = ("csv", "metadata") if plain.file_rows else ()
            formats = ("json", *files, *(["geojson"] if plain.features else []), "html")
            routes += _formats(server, words, plain.path, partial(_plain, server, plain), formats)
        for query in QUERIES:
            routes += _formats(server, words, query.path, partial(_query, server, query))
        routes += _search_routes(server, words)
        routes.append(_route(server, words, "/questions", "html", partial(_questions, server), READ))
        routes += _formats(server, words, "/questions/{name}", partial(_question, server), ("json", "csv", "html"))
        routes.append(_route(server, words, "/id/{id}", "html", partial(_redirect, server), READ))
    return routes


def _formats(
    server: PageServer,
    words: Locale,
    path: str,
    respond: PageHandler,
    formats: Sequence[str] = ("json", "csv", "metadata", "html"),
) -> list[BaseRoute]:
    return [_route(server, words, path, one, respond, READ) for one in formats]


def _route(
    server: PageServer, words: Locale, path: str, format_: str, respond: PageHandler, methods: list[str]
) -> Route:
    extension = {"html": "", "metadata": ".csv-metadata.json"}.get(format_, f".{format_}")
    base = "/index" if path == "/" and extension else path
    full = f"{words.prefix}{base}{extension}"

    async def serve(request: Request) -> Response:
        asked = PageRequest(request, path, format_, words)
        return await server.answer(asked, partial(unless_cached, server, respond))

    return Route(full if full == "/" else full.rstrip("/"), serve, methods=methods)


# ── lists ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def _list(
    server: PageServer, page: ListPage, parameters: Mapping[str, Parameter], asked: PageRequest
) -> Response:
    query = ListQuery.parse(asked.query, page, parameters)
    is_file = asked.format in {"csv", "metadata"}
    variables = list_variables(page, parameters, query, server.page_limit, is_whole=is_file)
    body = await server.run(asked, page.name, variables)
    connection = body["data"][page.root]
    headers = server.headers(asked, is_about_people=page.is_about_people)
    if asked.format == "json":
        return responses.json_response(body, 200, headers)
    if is_file:
        if connection["pageInfo"]["hasNextPage"]:
            raise responses.too_long(connection["totalCount"], server.page_limit)
        rows = [page.file_row(one) for one in connection["nodes"]]
        return _file(server, page.name, rows, headers, page.notice, asked)
    values = {**list_view(page, parameters, query, body, asked.locale), "facets": None}
    if query.counts:
        values["facets"] = await read_facets(server, page, parameters, asked, query)
    return server.html(asked, "list", values, is_about_people=page.is_about_people)


async def _facets(
    server: PageServer, page: ListPage, parameters: Mapping[str, Parameter], asked: PageRequest
) -> Response:
    query = replace(ListQuery.parse(asked.query, page, parameters), after=None, start=1, counts=None)
    facets = await read_facets(server, page, parameters, asked, query)
    if asked.format == "html":
        values = facets_view(page, query, facets, asked.locale)
        return server.html(asked, "facets", values, is_about_people=page.is_about_people)
    headers = server.headers(asked, is_about_people=page.is_about_people)
    return _file(server, f"{page.name}-counts", facet_file_rows(facets), headers, page.notice, asked)


def _file(
    server: PageServer,
    name: str,
    rows: Sequence[Mapping[str, Any]],
    headers: Mapping[str, str],
    notice: Sequence[int],
    asked: PageRequest,
) -> Response:
    """Return rows as a table, or what the file beside it says of them (CSV on the Web)."""
    if asked.format == "csv":
        return responses.csv_response(rows, name, headers)
    described = responses.describe_table(
        rows, name, server.graph, notice=fixed_lines(notice, asked.locale), query=urlencode(asked.query)
    )
    if asked.known:
        described |= {"knownTo": asked.known, "undatedSources": asked.undated_sources}
    return responses.json_response(described, 200, headers)


# ── records and plain pages ─────────────────────────────────────────────────────────────────────────────────────


async def _record(server: PageServer, page: RecordPage, asked: PageRequest) -> Response:
    _refuse_parameters(asked)
    id_ = asked.request.path_params["id"]
    language = {"language": asked.locale.language.value.upper()} if page.has_language else {}
    body = await server.run(asked, page.name, {"id": id_, **language})
    record = page.record(body["data"])
    if not record:
        raise not_found()
    headers = server.headers(asked, is_about_people=page.is_about_people)
    if asked.format == "json":
        return responses.json_response(body, 200, headers)
    if asked.format in {"csv", "metadata"}:
        return _file(server, id_, page.file_rows(record), headers, page.notice, asked)
    values = {"notice": fixed_lines(page.notice, asked.locale), **page.view(record, asked.locale)}
    return server.html(asked, page.template or page.name, values, is_about_people=page.is_about_people)


async def _plain(server: PageServer, page: PlainPage, asked: PageRequest) -> Response:
    _refuse_parameters(asked)
    body = await server.run(asked, page.name, {}) if page.has_operation else {"data": {}}
    headers = server.headers(asked, is_about_people=False)
    if asked.format == "json":
        return responses.json_response(body, 200, headers)
    if page.features and asked.format == "geojson":
        return responses.export_response(
            "geojson", {page.name: {"nodes": page.features(body["data"])}}, page.name, headers
        )
    if page.file_rows and asked.format in {"csv", "metadata"}:
        return _file(server, page.name, page.file_rows(body["data"]), headers, page.notice, asked)
    values = {"notice": fixed_lines(page.notice, asked.locale), **page.view(body["data"], asked.locale)}
    return server.html(asked, page.name, values, is_about_people=False)


async def _query(server: PageServer, page: QueryPage, asked: PageRequest) -> Response:
    given = page.given(asked.query)
    variables = page.variables(given, asked.known or server.graph.known_to)
    if variables is None and asked.format != "html":
        raise InvalidQuery(f"Missing parameter: expected each of {', '.join(page.parameters)}.")
    if variables is not None and page.rows_in_a_file and asked.format in {"csv", "metadata"}:
        variables = {**variables, "first": page.rows_in_a_file, "after": None}
    body = await server.run(asked, page.name, variables) if variables is not None else None
    headers = server.headers(asked, is_about_people=True)
    if body is not None and asked.format == "json":
        return responses.json_response(body, 200, headers)
    if body is not None and asked.format in {"csv", "metadata"}:
        return _file(server, page.name, page.file_rows(body["data"]), headers, page.notice, asked)
    values = page.view(body["data"] if body else None, {**given, **(variables or {})}, asked.locale)
    notice = fixed_lines(page.notice, asked.locale)
    return server.html(asked, page.name, {"notice": notice, **values}, is_about_people=True)


async def _redirect(server: PageServer, asked: PageRequest) -> Response:
    """Lead to the page of a record, whatever its kind; this address stays for ever."""
    body = await server.run(asked, "record", {"id": asked.request.path_params["id"]})
    node = body["data"]["node"]
    if node is None:
        raise not_found()
    target = f"{asked.locale.prefix}/{record_path(node)}"
    return RedirectResponse(target, 302, {"Cache-Control": "private, no-cache", **responses.NO_INDEX})


async def _questions(server: PageServer, asked: PageRequest) -> Response:
    _refuse_parameters(asked)
    return server.html(asked, "questions", questions_view(asked.locale), is_about_people=False)


async def _question(server: PageServer, asked: PageRequest) -> Response:
    question = questions().get(asked.request.path_params["name"])
    if question is None:
        raise not_found()
    values = question.with_values(asked.query)
    body = await server.run_text(asked, question.operation, values)
    headers = server.headers(asked, is_about_people=True)
    if asked.format == "json":
        return responses.json_response(body, 200, headers)
    if asked.format == "csv":
        try:
            return responses.answer_response(body["data"], question.name, headers)
        except InvalidQuery as error:
            raise HttpError(406, "NOT_ACCEPTABLE", str(error)) from None
    reading = choices_operation(tuple(values))
    choices = (
        (await server.run_text(asked, reading, {"options": min(MAX_OPTIONS, server.page_limit)}))["data"]
        if reading
        else {}
    )
    schema = server.endpoint.executor.schema
    fields = question_fields(question.operation, values, choices, schema, asked.locale)
    shown = question_view(question, fields, body, asked.locale)
    notice = fixed_lines(ALL_LINES, asked.locale)
    return server.html(asked, "question", {**shown, "notice": notice}, is_about_people=True)


def not_found() -> HttpError:
    """Return the error for a path or id that this edition does not have; the same for every reason."""
    return HttpError(404, "NOT_FOUND", "There is no page at this address in this edition.")


def _refuse_parameters(asked: PageRequest) -> None:
    if asked.query:
        raise InvalidQuery(f"Unknown parameter '{asked.query[0][0][:60]}': this page takes none.")


# ── search ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _search_routes(server: PageServer, words: Locale) -> list[BaseRoute]:
    show: Callable[..., Any] = partial(_search_form, server)
    search: Callable[..., Any] = partial(_search, server)
    return [
        _route(server, words, "/find", "html", show, READ),
        _route(server, words, "/find", "html", search, ["POST"]),
        _route(server, words, "/find", "json", search, ["POST"]),
        _route(server, words, "/find", "csv", search, ["POST"]),
        _route(server, words, CONNECT.path, "html", partial(_choose_ends, server), ["POST"]),
    ]


async def _search_form(server: PageServer, asked: PageRequest) -> Response:
    _refuse_parameters(asked)
    return server.html(asked, "find", {"words": "", "hits": None, "total": 0}, is_about_people=True)


async def _search(server: PageServer, asked: PageRequest) -> Response:
    fields = await read_form(asked.request)
    text = fields.get("q", "").strip()
    if not text:
        return await _search_form(server, asked)
    first = min(server.page_limit, 8 if fields.get("first") == "8" else ROWS_ON_A_PAGE)
    body = await server.run(asked, "find", {"text": text, "first": first})
    headers = {"Cache-Control": "no-store", **responses.NO_INDEX}
    if asked.format == "json":
        return responses.json_response(body, 200, headers)
    found = find_view(text, body["data"]["search"], asked.locale)
    if asked.format == "csv":
        return responses.csv_response(found["rows"], "find", headers)
    response = server.html(asked, "find", found, is_about_people=True)
    response.headers["Cache-Control"] = "no-store"
    del response.headers["ETag"]
    return response


async def _choose_ends(server: PageServer, asked: PageRequest) -> Response:
    """Lead to the ways between two records whose names were typed; where several may be meant, let the reader choose."""
    fields = await read_form(asked.request)
    texts = {name: fields.get(name, "").strip() for name in CONNECT.parameters}
    hits = {name: await _ends(server, asked, text) for name, text in texts.items()}
    if all(len(found) == 1 for found in hits.values()):
        chosen = urlencode({name: found[0]["id"] for name, found in hits.items()})
        headers = {"Cache-Control": "no-store", **responses.NO_INDEX}
        return RedirectResponse(f"{asked.locale.prefix}{CONNECT.path}?{chosen}", 303, headers)
    notice = fixed_lines(CONNECT.notice, asked.locale)
    values = {"notice": notice, **choices_view(texts, hits, asked.locale)}
    response = server.html(asked, CONNECT.name, values, is_about_people=True)
    response.headers["Cache-Control"] = "no-store"
    del response.headers["ETag"]
    return response


async def _ends(server: PageServer, asked: PageRequest, text: str) -> list[Record]:
    """Return the records that a name or an id may mean, the best first."""
    if ID.fullmatch(text):
        body = await server.run(asked, "record", {"id": text})
        if body["data"]["node"] is not None:
            return [body["data"]["node"]]
    if not text:
        return []
    body = await server.run(asked, "find", {"text": text, "first": min(server.page_limit, 8)})
    return [hit["node"] for hit in body["data"]["search"]["nodes"] if can_be_an_end(hit["node"])]

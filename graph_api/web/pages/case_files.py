"""The case file of a person to take away: the same bytes as from the command line, made in a thread and limited in size and time."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from importlib.util import find_spec
from typing import Any, Final

from anyio import CapacityLimiter, fail_after, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from graph_api.casefile.case_file import CaseFile, case_file
from graph_api.casefile.facts import parse_facts
from graph_api.casefile.forms import CaseFileForm, form_named
from graph_api.casefile.layout import LayoutOptions
from graph_api.errors import DatabaseError, InvalidQuery, InvalidSettings
from graph_api.evidence.status_text import Language
from graph_api.execution.as_of import case_file_facts, case_file_statements
from graph_api.export.case_files.registry import MEDIA_TYPES, write_case_file
from graph_api.values.dates import day_number, parse_day
from graph_api.web.admission import Overloaded
from graph_api.web.graphql_endpoint import RETRY_LATER, caller_of
from graph_api.web.graphql_request import HttpError
from graph_api.web.pages import responses
from graph_api.web.pages.caching import READ, unless_cached
from graph_api.web.pages.languages import Locale
from graph_api.web.pages.server import PageHandler, PageRequest, PageServer

PATH: Final = "/people/{id}/case-file"
WRITTEN_AT_ONCE: Final = 2
"""Files that are written at the same time; more wait."""
WRITING_SECONDS: Final = 10.0
"""How long a request waits for its file: until it is its turn, and while it is written."""
MAX_PARTS: Final = 2_000
"""Lines and references that a file may have; the largest of the real seeds has fewer than 100."""

HAS_DOCUMENTS: Final = all(find_spec(name) for name in ("typst", "docx"))
"""Whether the packages of the extra ``documents`` are installed; without them the page of a person leads to no PDF and DOCX files."""

log = logging.getLogger("graph_api.web")


def case_file_routes(server: PageServer, words: Locale) -> list[BaseRoute]:
    """Return the addresses of case files in a language, one for each format."""
    writers = CapacityLimiter(WRITTEN_AT_ONCE)
    return [
        _route(server, words, name, partial(unless_cached, server, partial(_respond, server, writers)))
        for name in MEDIA_TYPES
    ]


def _route(server: PageServer, words: Locale, format_: str, respond: PageHandler) -> Route:
    template = f"{PATH}.{format_}"

    async def serve(request: Request) -> Response:
        return await server.answer(PageRequest(request, template, format_, words), respond)

    return Route(f"{words.prefix}{template}", serve, methods=READ)


async def _respond(server: PageServer, writers: CapacityLimiter, asked: PageRequest) -> Response:
    options = _options(server, asked)
    person = asked.request.path_params["id"]
    facts = await _read(server, asked, person)
    if facts is None:
        raise HttpError(404, "NOT_FOUND", "There is no page at this address in this edition.")
    language = Language(asked.locale.language.value.upper())
    write = partial(_content, facts, language, options, asked.format)
    try:
        with fail_after(WRITING_SECONDS):
            content = await to_thread.run_sync(write, limiter=writers, abandon_on_cancel=True)
    except TimeoutError:
        raise HttpError(
            503, "OVERLOADED", "Server busy: the file was not written in time. Retry after 1 s.", RETRY_LATER
        ) from None
    except InvalidSettings as error:
        log.warning("case files as %s: %s", asked.format, error)
        raise HttpError(501, "NOT_IMPLEMENTED", f"This server writes no {asked.format.upper()} files.") from None
    asked.request_log.bytes = len(content)
    of_day = "" if asked.known is None else f"-{asked.known}"
    name = f"{person}-case-file-{asked.locale.language.value}{of_day}.{asked.format}"
    headers = {**responses.HEADERS, **server.headers(asked, is_about_people=True)}
    headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return Response(content, 200, headers, MEDIA_TYPES[asked.format])


async def _read(server: PageServer, asked: PageRequest, person: str) -> Mapping[str, Any] | None:
    """Return the facts of a person, or None where there is none of this id. Raises AsOfUnavailable."""
    endpoint = server.endpoint
    statements = case_file_statements(person, None if asked.known is None else day_number(parse_day(asked.known)))
    caller = caller_of(asked.request.scope, endpoint.trusted_proxies)
    try:
        found = await endpoint.limiter.run(lambda: endpoint.read(statements), caller)
    except Overloaded:
        raise HttpError(
            503, "OVERLOADED", "Server busy: too many concurrent operations. Retry after 1 s.", RETRY_LATER
        ) from None
    except DatabaseError as error:
        raise HttpError(503, error.code, str(error), RETRY_LATER) from None
    return case_file_facts(found)


def _content(facts: Mapping[str, Any], language: Language, options: LayoutOptions, format_: str) -> bytes:
    file = case_file(parse_facts(facts), language)
    _check_size(file)
    return write_case_file(file, options, format_)


def _check_size(file: CaseFile) -> None:
    parts = len(file.timeline) + len(file.announced) + len(file.references)
    if parts > MAX_PARTS:
        message = f"Case file of {parts:,} lines and references exceeds the limit of {MAX_PARTS:,}. Read it in GraphQL, part by part."
        raise HttpError(413, "LIMIT_LIST", message)


def _options(server: PageServer, asked: PageRequest) -> LayoutOptions:
    """Return what the query string asks for: ``?for=filing&form=wgeid``. Raises InvalidQuery."""
    form: CaseFileForm | None = None
    for_filing = False
    for name, value in asked.query:
        match name:
            case "form":
                form = form_named(value)
            case "for" if value == "filing":
                for_filing = True
            case _:
                raise InvalidQuery(f"Unknown parameter '{name[:60]}={value[:60]}': expected for=filing or form=NAME.")
    return LayoutOptions(form, for_filing, server.operator, server.contact)

"""GraphQL over HTTP: parses requests and negotiates the media type of responses (graphql.github.io/graphql-over-http, draft of 2025).

Pure: headers and bytes in, a ``Request`` or an ``HttpError`` out.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from urllib.parse import parse_qs

import orjson

JSON: Final = b"application/json"
GRAPHQL_RESPONSE_JSON: Final = b"application/graphql-response+json"
CSV: Final = b"text/csv"
"""A table instead of a response; only where it is named, no range means it."""
MEDIA_RANGES: Final = (b"application/*", b"*/*")
QUALITY: Final = re.compile(rb"0(\.\d{0,3})?|1(\.0{0,3})?")
MAX_HEADER_LENGTH: Final = 4096
"""Limit of ``Accept`` and of ``Content-Type``, in bytes."""


class HttpError(Exception):
    """A request that is rejected before it is executed: HTTP status, stable code, message, further response headers."""

    def __init__(self, status: int, code: str, message: str, headers: tuple[tuple[bytes, bytes], ...] = ()) -> None:
        super().__init__(status, code, message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers


@dataclass(frozen=True, slots=True)
class Request:
    """A GraphQL request: a document, or the id (hash) of a persisted one, or both."""

    query: str | None
    document_id: str | None
    operation: str | None
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RequestHeaders:
    """The request headers that decide how a request is read and answered."""

    accept: bytes = b"*/*"
    content_type: bytes = b""
    length: int | None = None
    encoding: bytes = b"identity"
    origin: bytes = b""
    fetch_site: bytes = b""


def read_headers(headers: Iterable[tuple[bytes, bytes]]) -> RequestHeaders:
    """Return the headers that matter. Raises HttpError for an invalid length (400) and for headers that are too long (431)."""
    accept, content_type, length, encoding, origin, fetch_site = b"", b"", None, b"identity", b"", b""
    for name, value in headers:
        if name == b"accept":
            accept = accept + b"," + value if accept else value
        elif name == b"content-type":
            content_type = value
        elif name == b"content-length":
            if not value.isdigit() or len(value) > 18:
                raise _bad_request("Invalid Content-Length header: expected a number of bytes.")
            length = int(value)
        elif name == b"content-encoding":
            encoding = value.strip().lower()
        elif name == b"origin":
            origin = value.strip().lower()
        elif name == b"sec-fetch-site":
            fetch_site = value.strip().lower()
    if len(accept) > MAX_HEADER_LENGTH or len(content_type) > MAX_HEADER_LENGTH:
        raise HttpError(431, "BAD_REQUEST", f"A request header exceeds the limit of {MAX_HEADER_LENGTH:,} bytes.")
    return RequestHeaders(accept or b"*/*", content_type, length, encoding, origin, fetch_site)


def check_get(headers: RequestHeaders, allowed_origins: Container[bytes]) -> None:
    """Raise HttpError for a GET that a link, an image or a script of some page can cause.

    406 unless ``Accept`` names a media type of responses, 403 when a page of another site asks whose origin is not allowed.
    """
    if not names_media_type(headers.accept):
        expected = f"Accept: {GRAPHQL_RESPONSE_JSON.decode()} or {JSON.decode()}"
        raise HttpError(406, "NOT_ACCEPTABLE", f"GET needs an Accept header that names JSON: expected {expected}.")
    if headers.fetch_site == b"cross-site" and headers.origin not in allowed_origins:
        raise HttpError(403, "ORIGIN_NOT_ALLOWED", "GET from pages of this origin is not allowed.")


@lru_cache(maxsize=256)
def names_media_type(accept: bytes) -> bool:
    """Return whether an ``Accept`` header names one of the media types of responses, not only a range.

    >>> names_media_type(b"text/html, application/json;q=0.9"), names_media_type(b"*/*")
    (True, False)
    """
    return any(one.split(b";")[0].strip().lower() in {JSON, GRAPHQL_RESPONSE_JSON, CSV} for one in accept.split(b","))


@lru_cache(maxsize=256)
def negotiate_media_type(accept: bytes) -> bytes:
    """Return the preferred media type of the response; at equal quality the one named first, else plain JSON.

    Raises HttpError (406) where none of them is acceptable.

    >>> negotiate_media_type(b"*/*")
    b'application/json'
    >>> negotiate_media_type(b"application/graphql-response+json, application/json;q=0.9")
    b'application/graphql-response+json'
    >>> negotiate_media_type(b"text/csv")
    b'text/csv'
    """
    ranges: dict[bytes, tuple[float, int]] = {}
    for place, one in enumerate(accept.split(b",")):
        name, *parameters = (part.strip().lower() for part in one.split(b";"))
        if name in {JSON, GRAPHQL_RESPONSE_JSON, CSV, *MEDIA_RANGES} and _is_utf8(parameters):
            ranges.setdefault(name, (_quality(parameters), place))
    offered = (JSON, GRAPHQL_RESPONSE_JSON, CSV) if CSV in ranges else (JSON, GRAPHQL_RESPONSE_JSON)
    preferences = [(_preference(ranges, one), one) for one in offered]
    (quality, _), best = max(preferences, key=lambda each: each[0])
    if quality <= 0:
        expected = f"Accept: {GRAPHQL_RESPONSE_JSON.decode()} or {JSON.decode()}"
        raise HttpError(406, "NOT_ACCEPTABLE", f"Unsupported media type in Accept header: expected {expected}.")
    return best


def _preference(ranges: Mapping[bytes, tuple[float, int]], name: bytes) -> tuple[float, float]:
    """Return the quality of a media type and its position (negated), by the most specific range that matches it."""
    for one in (name, *MEDIA_RANGES):
        if one in ranges:
            quality, place = ranges[one]
            return quality, -place
    return 0.0, 0.0


def _quality(parameters: Iterable[bytes]) -> float:
    for one in parameters:
        name, _, value = one.partition(b"=")
        if name.strip() == b"q":
            return float(value) if QUALITY.fullmatch(value.strip()) else 0.0
    return 1.0


def _is_utf8(parameters: Iterable[bytes]) -> bool:
    charsets = [one.partition(b"=")[2].strip(b'" ') for one in parameters if one.startswith(b"charset")]
    return all(charset in {b"utf-8", b"utf8"} for charset in charsets)


@lru_cache(maxsize=256)
def require_json_content_type(content_type: bytes) -> None:
    """Raise HttpError (415) for anything but JSON in UTF-8: any web page can make a browser send a form or plain text."""
    name, *parameters = (part.strip().lower() for part in content_type.split(b";"))
    if name != JSON or not _is_utf8(parameters):
        raise HttpError(
            415, "UNSUPPORTED_MEDIA_TYPE", "Unsupported Content-Type: expected application/json, encoded in UTF-8."
        )


def body_too_large(limit: int) -> HttpError:
    """Return the error for a body of more than ``limit`` bytes (413)."""
    return HttpError(413, "LIMIT_BODY", f"Request body exceeds the limit of {limit:,} bytes.")


def read_body(body: bytes) -> Request:
    """Return the request in a body. Raises HttpError (400)."""
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise _bad_request("Invalid request body: expected JSON, encoded in UTF-8.") from None
    if isinstance(content, list):
        raise _bad_request("Batched requests are not supported: expected one JSON object.")
    if not isinstance(content, dict):
        raise _bad_request("Invalid request body: expected a JSON object.")
    return _request(content)


def read_query_string(text: bytes, *, persisted_only: bool) -> Request:
    """Return the request in a query string; with ``persisted_only`` it has to name a persisted one. Raises HttpError (400, 405)."""
    try:
        parameters = {name: values[-1] for name, values in parse_qs(text.decode(), strict_parsing=bool(text)).items()}
        content = {
            name: orjson.loads(value) if name in {"variables", "extensions"} else value
            for name, value in parameters.items()
        }
    except ValueError:
        raise _bad_request("Invalid query string.") from None
    request = _request(content)
    if persisted_only and (request.document_id is None or request.query is not None):
        raise HttpError(
            405,
            "METHOD_NOT_ALLOWED",
            "GET is limited to persisted operations, because URLs are written to logs (DETENTION_GRAPH_GET). Use POST.",
            ((b"allow", b"POST"),),
        )
    return request


def _request(content: Mapping[str, Any]) -> Request:
    query = _string(content, "query")
    operation = _string(content, "operationName")
    variables = _object(content, "variables")
    persisted = _object(content, "extensions").get("persistedQuery")
    document_id = _string(content, "documentId")
    if document_id is None and isinstance(persisted, dict):
        document_id = _string(persisted, "sha256Hash")
    if query is None and document_id is None:
        raise _bad_request("`query` is required.")
    document_id = None if document_id is None else document_id.removeprefix("sha256:")
    return Request(query, document_id, operation or None, variables)


def _string(content: Mapping[str, Any], name: str) -> str | None:
    value = content.get(name)
    if value is not None and not isinstance(value, str):
        raise _bad_request(f"`{name}` must be a string.")
    return value


def _object(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = content.get(name)
    if value is not None and not isinstance(value, dict):
        raise _bad_request(f"`{name}` must be an object.")
    return value or {}


def _bad_request(message: str) -> HttpError:
    return HttpError(400, "BAD_REQUEST", message)

"""GraphQL over HTTP: what a request has to be, and of which kind its response is (graphql.github.io/graphql-over-http, draft of 2025).

Pure: headers and bytes in, a ``Request`` or a ``Refused`` out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from urllib.parse import parse_qs

import orjson

JSON: Final = b"application/json"
RESPONSE: Final = b"application/graphql-response+json"
RANGES: Final = (b"application/*", b"*/*")
QUALITY: Final = re.compile(rb"0(\.\d{0,3})?|1(\.0{0,3})?")
MOST_HEADER: Final = 4096
"""The most bytes of a header that is read here."""


class Refused(Exception):
    """A request that is not a GraphQL request: its status, a stable code, what was seen and what would be right."""

    def __init__(self, status: int, code: str, message: str, headers: tuple[tuple[bytes, bytes], ...] = ()) -> None:
        super().__init__(status, code, message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers


@dataclass(frozen=True, slots=True)
class Request:
    """A GraphQL request: a document, or the hash of a persisted one. ``said`` is the body or query string that it was read from."""

    query: str | None
    document: str | None
    operation: str | None
    variables: Mapping[str, Any]
    said: bytes


@dataclass(frozen=True, slots=True)
class Heads:
    """The headers that matter here."""

    accept: bytes = b"*/*"
    content_type: bytes = b""
    length: int | None = None
    encoding: bytes = b"identity"


def read_headers(headers: Iterable[tuple[bytes, bytes]]) -> Heads:
    """Return the headers that matter. Raises Refused for a length that is none, and for headers that are too long."""
    accept, content_type, length, encoding = b"", b"", None, b"identity"
    for name, value in headers:
        if name == b"accept":
            accept = accept + b"," + value if accept else value
        elif name == b"content-type":
            content_type = value
        elif name == b"content-length":
            if not value.isdigit() or len(value) > 18:
                raise Refused(400, "BAD_REQUEST", "saw a Content-Length that is no number of bytes")
            length = int(value)
        elif name == b"content-encoding":
            encoding = value.strip().lower()
    if len(accept) > MOST_HEADER or len(content_type) > MOST_HEADER:
        raise Refused(431, "BAD_REQUEST", f"saw a header of more than {MOST_HEADER} bytes; right would be at most that")
    return Heads(accept or b"*/*", content_type, length, encoding)


@lru_cache(maxsize=256)
def media_type(accept: bytes) -> bytes:
    """Return the media type of the response that is wanted most; where two are wanted as much, the one named first, else plain JSON.

    Raises Refused (406) where neither of the two is wanted.

    >>> media_type(b"*/*"), media_type(b"application/graphql-response+json, application/json;q=0.9")
    (b'application/json', b'application/graphql-response+json')
    """
    wanted: dict[bytes, tuple[float, int]] = {}
    for place, one in enumerate(accept.split(b",")):
        name, *parameters = (part.strip().lower() for part in one.split(b";"))
        if name in {JSON, RESPONSE, *RANGES} and _is_utf8(parameters):
            wanted.setdefault(name, (_quality(parameters), place))
    found = [(_most(wanted, one), one) for one in (JSON, RESPONSE)]
    (quality, _), best = max(found, key=lambda each: each[0])
    if quality <= 0:
        raise Refused(406, "NOT_ACCEPTABLE", f"right would be Accept: {RESPONSE.decode()} or {JSON.decode()}")
    return best


def _most(wanted: Mapping[bytes, tuple[float, int]], name: bytes) -> tuple[float, float]:
    """Return how much a type is wanted, and how late it is named (negated); the narrowest range that it falls in counts."""
    for one in (name, *RANGES):
        if one in wanted:
            quality, place = wanted[one]
            return quality, -place
    return 0.0, 0.0


def _quality(parameters: Iterable[bytes]) -> float:
    for one in parameters:
        name, _, value = one.partition(b"=")
        if name.strip() == b"q":
            return float(value) if QUALITY.fullmatch(value.strip()) else 0.0
    return 1.0


def _is_utf8(parameters: Iterable[bytes]) -> bool:
    given = [one.partition(b"=")[2].strip(b'" ') for one in parameters if one.startswith(b"charset")]
    return all(charset in {b"utf-8", b"utf8"} for charset in given)


@lru_cache(maxsize=256)
def must_be_json(content_type: bytes) -> None:
    """Refuse what is not JSON in UTF-8 (415): a form or plain text could be sent by any page that a browser shows."""
    name, *parameters = (part.strip().lower() for part in content_type.split(b";"))
    if name != JSON or not _is_utf8(parameters):
        raise Refused(415, "UNSUPPORTED_MEDIA_TYPE", "right would be Content-Type: application/json, in UTF-8")


def too_long(limit: int) -> Refused:
    """Return the refusal of a body that is longer than the limit."""
    return Refused(
        413,
        "LIMIT_BODY",
        f"saw a body of more than {limit} bytes; right would be at most that",
    )


def read_body(body: bytes) -> Request:
    """Return the request in a body. Raises Refused (400)."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise _bad("the body is no JSON in UTF-8") from None
    if isinstance(found, list):
        raise _bad("saw a list: several requests at once are not taken; right would be one object a request")
    if not isinstance(found, dict):
        raise _bad("saw no JSON object")
    return _request(found, body)


def read_query_string(text: bytes) -> Request:
    """Return the request in a query string; only persisted operations are taken in one. Raises Refused (400, 405)."""
    try:
        given = {name: values[-1] for name, values in parse_qs(text.decode(), strict_parsing=bool(text)).items()}
        found = {
            name: orjson.loads(value) if name in {"variables", "extensions"} else value for name, value in given.items()
        }
    except ValueError:
        raise _bad("the query string is none") from None
    request = _request(found | {"query": found.get("query")}, text)
    if request.document is None or request.query is not None:
        raise Refused(
            405,
            "METHOD_NOT_ALLOWED",
            "GET is for persisted operations only, since addresses are kept in logs; right would be POST",
            ((b"allow", b"POST"),),
        )
    return request


def _request(found: Mapping[str, Any], said: bytes) -> Request:
    query = _text(found, "query")
    operation = _text(found, "operationName")
    variables = _object(found, "variables")
    persisted = _object(found, "extensions").get("persistedQuery")
    document = _text(found, "documentId")
    if document is None and isinstance(persisted, dict):
        document = _text(persisted, "sha256Hash")
    if query is None and document is None:
        raise _bad("query is missing; right would be a GraphQL document as text")
    document = None if document is None else document.removeprefix("sha256:")
    return Request(query, document, operation or None, variables, said)


def _text(found: Mapping[str, Any], name: str) -> str | None:
    value = found.get(name)
    if value is not None and not isinstance(value, str):
        raise _bad(f"{name} is no text")
    return value


def _object(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = found.get(name)
    if value is not None and not isinstance(value, dict):
        raise _bad(f"{name} is no object")
    return value or {}


def _bad(message: str) -> Refused:
    return Refused(400, "BAD_REQUEST", message)

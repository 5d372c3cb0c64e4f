"""Every request for a page or file: routes, filters and questions are enumerated, so that what is new is asked as well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.routing import Route

from graph_api.casefile.forms import FORM_NAMES
from graph_api.web.pages.filters import Parameter, parameters_of
from graph_api.web.pages.questions import questions
from graph_api.web.pages.routes import LISTS
from tests.harm.public_requests import DAYS, Request
from tests.helpers.graphs import EXECUTOR

WORDS: Final = ("hidden", "Made-Up", "SIZO", "Witness", "Restricted Name", "atk", "Вигадана", "nobody at all")
STRANGERS: Final = ("atk-hidden-site", "atk-withdrawn", "atk-nobody-at-all")
"""Ids that every route is asked for: of a record that is held back, of one that was withdrawn, and of none."""
ENDS: Final = ("atk-olena", "atk-nina", "atk-taras", "atk-sizo", "atk-others", "atk-pseudonym", "atk-hidden-body")
"""Between which ways are looked for."""
SECTIONS: Final = {"courts": "organizations", "exchanges": "events"}
"""The section of seed files with the records of a path, where its name is another one."""
VALUES: Final = {
    "ID": ENDS[:6],
    "String": ("UA", "RU", "2024-04-15", "2023", "espionage"),
    "Boolean": ("true", "false"),
    "Int": ("1", "5"),
    "Float": ("1", "5"),
}
"""What parameters of filters are given, by the type of their values."""

_PARAMETER: Final = re.compile(r"{(\w+)(?::\w+)?}")
_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


def page_requests(app: Starlette, ids: Mapping[str, Sequence[str]]) -> Iterator[Request]:
    """Return requests for every page and file. ``ids`` are those of the records of each section of seed files, there or not."""
    yield from _of_routes(app, ids)
    yield from _filtered()
    yield from _searches()
    yield from _ways()
    yield from _documents(ids["people"])
    yield from _asked()
    yield from _as_of(app, ids)


def get(path: str, kind: str, query: Mapping[str, str] = MappingProxyType({})) -> Request:
    """Return a request for a page."""
    return Request("GET", f"{path}?{urlencode(query)}" if query else path, kind=kind)


def page_routes(app: Starlette) -> list[str]:
    """Return the paths of all routes that are read, but for those of the process itself."""
    own = ("/metrics", "/graphql", "/graphiql")
    return [
        one.path
        for one in app.routes
        if isinstance(one, Route) and "GET" in (one.methods or ()) and not one.path.startswith(own)
    ]


def _of_routes(app: Starlette, ids: Mapping[str, Sequence[str]]) -> Iterator[Request]:
    """Every route; one with an id for each record of its kind, in Ukrainian for the first of them."""
    every = [one for some in ids.values() for one in some]
    for path in page_routes(app):
        some = every if path.endswith("/id/{id}") else ids.get(_section(path), ())
        asked = [*some, *STRANGERS] if "{id}" in path else ["-"]
        for id_ in asked[:1] if path.startswith("/uk/") else asked:
            is_file = path.startswith("/uk/") and "." in path
            yield get(_PARAMETER.sub(id_, path), "file in Ukrainian" if is_file else f"route {path}")


def _section(path: str) -> str:
    """Return the section of seed files with the records of a path."""
    first = path.removeprefix("/uk").strip("/").partition("/")[0]
    return SECTIONS.get(first, first)


def _filtered() -> Iterator[Request]:
    """Every filter of every list, each with every word of its list, or with values of its type."""
    for page in LISTS:
        for parameter in parameters_of(EXECUTOR.schema, page.filter_type).values():
            if page.facets:
                for value in _values(parameter):
                    yield get(f"/facets{page.path}.csv", f"counts {page.path}", {parameter.name: value})
            for extension in (".json", "", ".csv"):
                for value in _values(parameter)[: None if extension == ".json" else 1]:
                    yield get(f"{page.path}{extension}", f"filter {page.path}", {parameter.name: value})
        for order in page.order or ():
            for direction in ("ASC", "DESC"):
                yield get(f"{page.path}.json", f"order {page.path}", {"order": order, "direction": direction})


def _values(parameter: Parameter) -> Sequence[str]:
    if parameter.choices:
        return parameter.choices
    type_ = str(parameter.type).strip("[]!")
    return VALUES.get(type_, ("2022-06-15", "2024-03-01", "5"))


def _searches() -> Iterator[Request]:
    """Words that are looked for, as a page, as files, and as suggestions."""
    for prefix in ("", "/uk"):
        for words in WORDS:
            for extension in ("", ".json", ".csv"):
                for further in ({}, {"first": "8"}):
                    kind = f"find {prefix} {extension} {further}"
                    yield Request("POST", f"{prefix}/find{extension}", form={"q": words, **further}, kind=kind)
        for pair in (
            ("Made-Up", "SIZO"),
            ("Olena Made-Up", "Nina Made-Up"),
            ("hidden", "Witness"),
            ("atk-olena", "atk-hidden-site"),
        ):
            yield Request(
                "POST", f"{prefix}/connect", form=dict(zip("ab", pair, strict=True)), kind=f"connect {prefix}"
            )


def _ways() -> Iterator[Request]:
    """Ways between two records, and what became known since a day."""
    for a, b in permutations(ENDS, 2):
        for extension in (".json", "", ".csv"):
            yield get(f"/connect{extension}", f"ways {extension}", {"a": a, "b": b})
    for day in DAYS:
        for extension in ("", ".json", ".csv"):
            yield get(f"/news{extension}", f"news {extension}", {"since": day})


def _documents(people: Sequence[str]) -> Iterator[Request]:
    """Case files with annexes, and as they are filed."""
    for person in people[:4]:
        for format_ in ("text", "json", "html"):
            for form in FORM_NAMES:
                yield get(f"/people/{person}/case-file.{format_}", f"annex {format_}", {"form": form})
            yield get(f"/people/{person}/case-file.{format_}", f"filing {format_}", {"for": "filing"})


def _asked() -> Iterator[Request]:
    """Every question of the cookbook, as it is stored and about records of the attacks."""
    for name, question in questions().items():
        for id_ in (None, *ENDS[:4]):
            given = {
                key: id_
                for key, value in question.values.items()
                if id_ and isinstance(value, str) and _ID.fullmatch(value)
            }
            if id_ is None or given:
                yield get(f"/questions/{name}", "question", given)
                yield get(f"/questions/{name}.json", "question as JSON", given)


def _as_of(app: Starlette, ids: Mapping[str, Sequence[str]]) -> Iterator[Request]:
    """Pages as of a day."""
    for path in page_routes(app):
        some = ids.get(_section(path), ())[:2] if "{id}" in path else ("-",)
        for id_ in some:
            for day in DAYS if path.endswith(".json") else DAYS[1:2]:
                yield get(
                    _PARAMETER.sub(id_, path),
                    "as of a day, JSON" if path.endswith(".json") else "as of a day",
                    {"known": day},
                )

"""Lists: which part of a list a request asks for, and what a list page shows around its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self
from urllib.parse import urlencode

from graph_api.errors import InvalidQuery
from graph_api.web.pages.filters import Parameter, parse_filter
from graph_api.web.pages.languages import Locale
from graph_api.web.pages.notices import fixed_lines
from graph_api.web.pages.page import FilterControl, ListPage, Record
from graph_api.web.pages.parts import Table

DIRECTIONS: Final = ("ASC", "DESC")
ROWS_ON_A_PAGE: Final = 50
MAX_OPTIONS: Final = 200
"""How many records a control offers; any other can be asked for by its id."""
SHOWN: Final = "shown"
OWN_PARAMETERS: Final = ("after", "start", "order", "direction", "counts")


@dataclass(frozen=True, slots=True)
class ListQuery:
    """The query string of a list: ``conditions`` of the filter, the order, where the page starts, and whether counts stand in the page."""

    conditions: tuple[tuple[str, str], ...]
    order: str | None = None
    direction: str = "ASC"
    after: str | None = None
    start: int = 1
    counts: str | None = None

    @classmethod
    def parse(cls, query: Sequence[tuple[str, str]], page: ListPage, parameters: Mapping[str, Parameter]) -> Self:
        """Return the query of a request. Raises InvalidQuery."""
        own = {name: value for name, value in query if name in OWN_PARAMETERS and name not in parameters and value}
        conditions = tuple((name, value) for name, value in query if name not in OWN_PARAMETERS and value.strip())
        for name, value in conditions:
            only = page.fixed.get(parameters[name].field) if name in parameters else None
            if only is not None and value != only:
                raise InvalidQuery(f"Invalid {name} '{value[:60]}': this list has {only} only.")
        order, direction = own.get("order"), own.get("direction", "ASC")
        if order is not None and order not in (page.order or ()):
            raise InvalidQuery(f"Invalid order '{order[:60]}': expected one of {', '.join(page.order or ())}.")
        if direction not in DIRECTIONS:
            raise InvalidQuery(f"Invalid direction '{direction[:60]}': expected ASC or DESC.")
        start = parse_start(own)
        counts = own.get("counts")
        if counts not in {None, SHOWN}:
            raise InvalidQuery(f"Invalid counts '{str(counts)[:60]}': expected {SHOWN}.")
        return cls(conditions, order, direction, own.get("after"), start, counts)

    def has_any(self, conditions: Sequence[tuple[str, str]]) -> bool:
        """Return whether the list has conditions of the same names."""
        return bool({name for name, _ in conditions} & {name for name, _ in self.conditions})

    def with_conditions(self, further: Sequence[tuple[str, str]]) -> Self:
        """Return the query of the list with further conditions, in the place of those of the same names."""
        names = {name for name, _ in further}
        kept = tuple(one for one in self.conditions if one[0] not in names)
        return replace(self, conditions=(*kept, *further), after=None, start=1)

    def string(self, without: tuple[str, str] | None = None, **further: Any) -> str:
        """Return the query string of the same list, with a condition left out, or of another part of it."""
        pairs = [one for one in self.conditions if one != without]
        pairs += [("order", self.order)] if self.order else []
        pairs += [("direction", self.direction)] if self.direction != "ASC" else []
        pairs += [("counts", self.counts)] if self.counts else []
        pairs += [(name, value) for name, value in further.items() if value is not None]
        return f"?{urlencode(pairs)}" if pairs else ""


def parse_start(given: Mapping[str, Any]) -> int:
    """Return the number of the first row of a part of a list; 1 for the part that no cursor leads to. Raises InvalidQuery."""
    text = given.get("start", "1")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InvalidQuery(f"Invalid start '{text[:60]}': expected the number of the first row.")
    return int(text) if given.get("after") else 1


def list_filter(page: ListPage, parameters: Mapping[str, Parameter], query: ListQuery) -> dict[str, Any]:
    """Return the filter of a list. Raises InvalidQuery."""
    return {**page.default, **(parse_filter(parameters, query.conditions) or {}), **page.fixed}


def list_variables(
    page: ListPage, parameters: Mapping[str, Parameter], query: ListQuery, page_limit: int, *, is_whole: bool
) -> dict[str, Any]:
    """Return the variables of the operation of a list: of the part that a request asks for, or of all of it. Raises InvalidQuery."""
    first = page_limit if is_whole else min(ROWS_ON_A_PAGE, page_limit)
    where = list_filter(page, parameters, query)
    given: Mapping[str, Any] = where if page.filter_type.startswith("Query.") else {"where": where or None}
    found = {**given, "first": first, "after": None if is_whole else query.after}
    if page.order:
        found["orderBy"] = {"field": query.order or next(iter(page.order)), "direction": query.direction}
    if any(one.options for one in page.controls):
        found["options"] = min(MAX_OPTIONS, page_limit)
    return found


def list_view(
    page: ListPage, parameters: Mapping[str, Parameter], query: ListQuery, body: Record, locale: Locale
) -> dict[str, Any]:
    """Return what the template of lists shows of the body of a response."""
    data = body["data"]
    connection = data[page.root]
    total, nodes = connection["totalCount"], connection["nodes"]
    last = query.start + len(nodes) - 1
    following = None
    if connection["pageInfo"]["hasNextPage"]:
        following = query.string(after=connection["pageInfo"]["endCursor"], start=last + 1)
    if not nodes:
        caption = locale.text("No record matches.")
    elif len(nodes) == total:
        caption = locale.plural("%(n)s record", "%(n)s records", total)
    else:
        caption = locale.text("Records %(first)s to %(last)s of %(total)s", first=query.start, last=last, total=total)
    columns = tuple(locale.text(one) for one in page.columns)
    return {
        "title": locale.text(page.title),
        "about": locale.text(page.about),
        "table": Table(caption, columns, tuple(page.row(node, locale) for node in nodes)),
        "total": total,
        "following": following,
        "beginning": query.string() if query.start > 1 else None,
        "controls": [
            _control(one, parameters, query, data, locale) for one in page.controls if one.parameter in parameters
        ],
        "others": _other_conditions(page, query),
        "chosen": list(_chosen(page, query, data, locale)),
        "orders": [(value, locale.text(words)) for value, words in (page.order or {}).items()],
        "query_order": query.order,
        "query_direction": query.direction,
        "file_query": query.string(),
        "file_name": page.path,
        "notice": fixed_lines(page.notice, locale),
        "notes": notes_of(body),
        "facets_href": f"{locale.prefix}/facets{page.path}{query.string()}" if page.facets else None,
        "counts_href": f"{locale.prefix}{page.path}{query.string(counts=SHOWN)}",
    }


def notes_of(body: Record) -> list[str]:
    """Return why an answer is empty or cut, as the API says it, in English."""
    return [one["message"] for one in body["extensions"].get("notes", ())]


def _control(
    control: FilterControl, parameters: Mapping[str, Parameter], query: ListQuery, data: Record, locale: Locale
) -> dict[str, Any]:
    chosen = [value for name, value in query.conditions if name == control.parameter]
    words = _words_of(control, data, locale)
    options = None
    if control.labels:
        offered = parameters[control.parameter].choices or tuple(words)
        options = [(value, words[value]) for value in offered if value in words]
    elif control.options:
        options = sorted({**{value: value for value in chosen}, **words}.items(), key=lambda item: item[1])
    return {
        "name": control.parameter,
        "words": locale.text(control.words),
        "options": options,
        "otherwise": locale.text(control.otherwise),
        "chosen": chosen,
        "type": "date" if control.parameter.endswith(("_from", "_until")) else "text",
    }


def _words_of(control: FilterControl, data: Record, locale: Locale) -> Mapping[str, str]:
    """Return the words for the values of a control; none for a control in which values are typed."""
    if control.labels:
        return locale.labels(control.labels)
    records = data[control.options]["nodes"] if control.options else ()
    return {one["id"]: locale.name(one["names"], one["name"])[0] for one in records}


def _chosen(page: ListPage, query: ListQuery, data: Record, locale: Locale) -> Iterator[tuple[str, str, str]]:
    """Yield each condition in words, as far as the page has words for it, and the query string of the list without it."""
    controls = {one.parameter: one for one in page.controls}
    for name, value in query.conditions:
        control = controls.get(name)
        without = query.string(without=(name, value))
        if control is None:
            yield name, value, without
        else:
            yield locale.text(control.words), _words_of(control, data, locale).get(value, value), without


def _other_conditions(page: ListPage, query: ListQuery) -> list[tuple[str, str]]:
    """Return conditions that no control shows: the form passes them on."""
    shown = {one.parameter for one in page.controls}
    return [one for one in query.conditions if one[0] not in shown]

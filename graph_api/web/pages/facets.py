"""Counts of a list by the values of a property: how many of its records have each, and of how many it is not given.

::

    /people?category=CIVILIAN  ──▶  /facets/people?category=CIVILIAN
                                    sex: male 41, female 12, not given 9

A count is the total of the list with the value added to its filters. Lists of people and events are counted by ``totals``; other lists by one
total for each value. With script a page asks for its counts when a reader opens them; without it they stand in the page (``?counts=shown``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graph_api.web.pages import responses
from graph_api.web.pages.filters import SOME_EVENT, Parameter, parse_filter
from graph_api.web.pages.languages import NOT_GIVEN, Locale
from graph_api.web.pages.listing import MAX_OPTIONS, ListQuery, list_filter
from graph_api.web.pages.notices import fixed_lines
from graph_api.web.pages.page import Facet, FileRow, ListPage, Record
from graph_api.web.pages.server import PageRequest, PageServer

SHOWN_VALUES: Final = 15
"""How many values of a property a page shows; the file has all."""
MAX_CONDITIONS: Final = 100
"""How many conditions the filters of one operation have; a limit of the API is above it."""

Pairs = Sequence[tuple[str, str]]
Counted = Sequence[tuple[str | None, Record | None, int]]
"""The values of a property with their records, if they are records, and their counts; the value None stands for "not given"."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value in words, its count, and the address of the list with it.

    There is no address for what is not given, and where the filters ask for the property already.
    """

    value: str | None
    words: str
    lang: str | None
    count: int
    href: str | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """The counts of a property, the largest first; ``is_cut`` says that it has more values than these."""

    key: str
    words: str
    values: tuple[FacetValue, ...]
    is_cut: bool


async def read_facets(
    server: PageServer, page: ListPage, parameters: Mapping[str, Parameter], asked: PageRequest, query: ListQuery
) -> list[FacetCounts]:
    """Return the counts of a list with the filters of a request. Raises InvalidQuery and HttpError; for a file that would be cut as well."""
    is_file = asked.format in {"csv", "metadata"}
    where = list_filter(page, parameters, query)
    first = server.page_limit if is_file else min(SHOWN_VALUES, server.page_limit)
    if page.counts_by_totals:
        body = await server.run(asked, f"{page.name}_facets", _totals_variables(page, where, first))
        found: Mapping[str, tuple[Counted, bool]] = {
            facet.key: _of_totals(page, body["data"][facet.key]) for facet in page.facets
        }
    else:
        found = await _one_by_one(server, page, parameters, asked, query)
    counts = [_facet(one, page, query, found[one.key], asked.locale) for one in page.facets]
    if is_file and any(one.is_cut for one in counts):
        raise responses.too_long(first + 1, first)
    return counts


# ── counted by totals ───────────────────────────────────────────────────────────────────────────────────────────


def _totals_variables(page: ListPage, where: Mapping[str, Any], first: int) -> Mapping[str, Any]:
    """Return the variables of an operation of ``totals``: what is asked of people apart from what is asked of an event."""
    if page.filter_type == "EventFilter":
        return {"events": dict(where) or None, "first": first}
    people = {name: value for name, value in where.items() if name != SOME_EVENT}
    return {"people": people or None, "events": where.get(SOME_EVENT, {}).get("where"), "first": first}


def _of_totals(page: ListPage, totals: Record) -> tuple[Counted, bool]:
    counted = "events" if page.filter_type == "EventFilter" else "people"
    found = []
    for one in totals["nodes"]:
        [key] = one["keys"]
        node = key["node"]
        found.append((node["id"] if node else key["value"], node, one[counted]))
    return [one for one in found if one[2]], totals["pageInfo"]["hasNextPage"]


# ── counted one by one ──────────────────────────────────────────────────────────────────────────────────────────


async def _one_by_one(
    server: PageServer, page: ListPage, parameters: Mapping[str, Parameter], asked: PageRequest, query: ListQuery
) -> Mapping[str, tuple[Counted, bool]]:
    """Return a count for each value that a property may have, and for "not given"."""
    records: dict[str, Record] = {}
    if any(one.options for one in page.facets):
        body = await server.run(asked, "regions", {"options": min(MAX_OPTIONS, server.page_limit)})
        regions = body["data"]["regions"]
        if len(regions["nodes"]) < regions["totalCount"]:
            raise responses.too_long(regions["totalCount"], len(regions["nodes"]))
        records = {one["id"]: one for one in regions["nodes"]}
    values = {one.key: _countable(one, query, one.values or tuple(records)) for one in page.facets}
    filters = [list_filter(page, parameters, query)]
    for facet in page.facets:
        each = [
            list_filter(page, parameters, query.with_conditions(facet.conditions(value))) for value in values[facet.key]
        ]
        filters += [*each, *_without_value(facet, parameters, filters[0], values[facet.key])]
    totals: list[int] = []
    batch_size = max(1, MAX_CONDITIONS // (len(query.conditions) + 2))
    for start in range(0, len(filters), batch_size):
        some = filters[start : start + batch_size]
        body = await server.run_text(
            asked, _counting(page, len(some)), {f"w{n}": one or None for n, one in enumerate(some)}
        )
        totals += [body["data"][f"c{n}"]["totalCount"] for n in range(len(some))]
    total, left = totals[0], iter(totals[1:])
    found: dict[str, tuple[Counted, bool]] = {}
    for facet in page.facets:
        counts = [(value, records.get(value), next(left)) for value in values[facet.key]]
        counted = sum(count for _, _, count in counts)
        rest = 0 if not counts else next(left) if facet.is_list else total - counted
        every = [one for one in counts if one[2]]
        if not facet.is_in_order:
            every.sort(key=lambda one: (-one[2], str(one[0])))
        found[facet.key] = [*every, *([(None, None, rest)] if rest > 0 else [])], False
    return found


def _countable(facet: Facet, query: ListQuery, values: Sequence[str]) -> Sequence[str]:
    """Return the values that the list can have with its filters: where the property is asked for already, the value in force."""
    if not query.has_any(facet.conditions("")):
        return values
    return [one for one in values if set(facet.conditions(one)) <= set(query.conditions)]


def _without_value(
    facet: Facet, parameters: Mapping[str, Parameter], where: Mapping[str, Any], values: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Yield the filter of records that have none of the values, where a record may have several."""
    if facet.is_list and values:
        [(name, _)] = facet.parameters
        field, part = parameters[name].plural or (None, None)
        if field is not None and part is not None:
            any_value: Mapping[str, Any] = {field: {part: list(values)}}
        else:
            any_value = {"or": [parse_filter(parameters, facet.conditions(value)) for value in values]}
        yield {"and": [*([dict(where)] if where else []), {"not": any_value}]}


def _counting(page: ListPage, number: int) -> str:
    declared = ", ".join(f"$w{n}: {page.filter_type}" for n in range(number))
    fields = "\n".join(f"  c{n}: {page.root}(where: $w{n}) {{ totalCount }}" for n in range(number))
    return f"# Counts of a list with each value of its filters.\nquery Counts({declared}) {{\n{fields}\n}}\n"


# ── what is shown ───────────────────────────────────────────────────────────────────────────────────────────────


def _facet(facet: Facet, page: ListPage, query: ListQuery, found: tuple[Counted, bool], locale: Locale) -> FacetCounts:
    """Return the counts of a property in words."""
    counted, is_cut = found
    values = tuple(_value(facet, page, query, *one, locale) for one in counted)
    return FacetCounts(facet.key, locale.text(facet.words), values, is_cut)


def _value(
    facet: Facet, page: ListPage, query: ListQuery, value: str | None, record: Record | None, count: int, locale: Locale
) -> FacetValue:
    if value is None:
        return FacetValue(None, locale.text(NOT_GIVEN), None, count, None, is_chosen=False)
    pairs = facet.conditions(value)
    words, lang = facet.in_words(value, locale), None
    if record is not None:
        words, lang = locale.name(record["names"], record["name"])
    elif facet.labels:
        words = locale.labels(facet.labels).get(value, value)
    is_chosen = set(pairs) <= set(query.conditions)
    href = f"{locale.prefix}{page.path}{query.with_conditions(pairs).string()}"
    return FacetValue(value, words, lang, count, None if query.has_any(pairs) else href, is_chosen)


def facet_file_rows(facets: Sequence[FacetCounts]) -> list[FileRow]:
    """Return the counts as lines of a file."""
    return [
        {"property": facet.key, "value": one.value, "words": one.words, "count": one.count}
        for facet in facets
        for one in facet.values
    ]


def facets_view(page: ListPage, query: ListQuery, facets: Sequence[FacetCounts], locale: Locale) -> Mapping[str, Any]:
    """Return what the page of the counts of a list shows."""
    return {
        "title": locale.text(page.title),
        "facets": facets,
        "list_href": f"{locale.prefix}{page.path}{query.string()}",
        "file_query": query.string(),
        "chosen": query.conditions,
        "notice": fixed_lines(page.notice, locale),
    }

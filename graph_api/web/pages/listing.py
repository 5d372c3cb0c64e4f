"""Lists: which part of a list a request asks for, and what a list page shows around its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self
from urllib.parse import urlencode

from graph_api.errors import InvalidQuery
from graph_api.web.pages.filters import Parameter
from graph_api.web.pages.languages import Locale
from graph_api.web.pages.notices import fixed_lines
from graph_api.web.pages.page import FilterControl, ListPage, Record
from graph_api.web.pages.parts import Table

DIRECTIONS: Final = ("ASC", "DESC")
OWN_PARAMETERS: Final = ("after", "start", "order", "direction")


@dataclass(frozen=True, slots=True)
class ListQuery:
    """The query string of a list: ``conditions`` of the filter, the order, and where the page starts."""

    conditions: tuple[tuple[str, str], ...]
    order: str | None = None
    direction: str = "ASC"
    after: str | None = None
    start: int = 1

    @classmethod
    def parse(cls, query: Sequence[tuple[str, str]], page: ListPage, parameters: Mapping[str, Parameter]) -> Self:
        """Return the query of a request. Raises InvalidQuery."""
        own = {name: value for name, value in query if name in OWN_PARAMETERS and name not in parameters and value}
        conditions = tuple((name, value) for name, value in query if name not in OWN_PARAMETERS and value.strip())
        order, direction, start = own.get("order"), own.get("direction", "ASC"), own.get("start", "1")
        if order is not None and order not in (page.order or ()):
            raise InvalidQuery(f"Invalid order '{order[:60]}': expected one of {', '.join(page.order or ())}.")
        if direction not in DIRECTIONS:
            raise InvalidQuery(f"Invalid direction '{direction[:60]}': expected ASC or DESC.")
        if not (start.isascii() and start.isdigit() and 0 < len(start) < 10):
            raise InvalidQuery(f"Invalid start '{start[:60]}': expected the number of the first row.")
        return cls(conditions, order, direction, own.get("after"), int(start) if "after" in own else 1)

    def string(self, without: tuple[str, str] | None = None, **further: Any) -> str:
        """Return the query string of the same list, with a condition left out, or of another part of it."""
        pairs = [one for one in self.conditions if one != without]
        pairs += [("order", self.order)] if self.order else []
        pairs += [("direction", self.direction)] if self.direction != "ASC" else []
        pairs += [(name, value) for name, value in further.items() if value is not None]
        return f"?{urlencode(pairs)}" if pairs else ""


def list_view(
    page: ListPage, parameters: Mapping[str, Parameter], query: ListQuery, data: Record, locale: Locale
) -> dict[str, Any]:
    """Return what the template of lists shows."""
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
        "chosen": [(name, value, query.string(without=(name, value))) for name, value in query.conditions],
        "orders": [(value, locale.text(words)) for value, words in (page.order or {}).items()],
        "query_order": query.order,
        "query_direction": query.direction,
        "file_query": query.string(),
        "file_name": page.path,
        "notice": fixed_lines(page.notice, locale),
    }


def _control(
    control: FilterControl, parameters: Mapping[str, Parameter], query: ListQuery, data: Record, locale: Locale
) -> dict[str, Any]:
    chosen = [value for name, value in query.conditions if name == control.parameter]
    options = None
    if control.labels:
        words = locale.labels(control.labels)
        offered = parameters[control.parameter].choices or tuple(words)
        options = [(value, words[value]) for value in offered if value in words]
    elif control.options:
        records = {one["id"]: one["name"] for one in data[control.options]["nodes"]}
        options = sorted({**{value: value for value in chosen}, **records}.items(), key=lambda item: item[1])
    return {
        "name": control.parameter,
        "words": locale.text(control.words),
        "options": options,
        "otherwise": locale.text(control.otherwise),
        "chosen": chosen,
        "type": "date" if control.parameter.endswith(("_from", "_until")) else "text",
    }


def _other_conditions(page: ListPage, query: ListQuery) -> list[tuple[str, str]]:
    """Return conditions that no control shows: the form passes them on."""
    shown = {one.parameter for one in page.controls}
    return [one for one in query.conditions if one[0] not in shown]

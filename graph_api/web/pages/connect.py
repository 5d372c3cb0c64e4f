"""How two records are connected: the shortest ways between them as rows, each with its references.

Names that somebody types go in the body of a POST; the address has ids only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from graph_api.errors import InvalidQuery
from graph_api.web.pages.event_rows import TITLED, record_path, source_ids
from graph_api.web.pages.languages import Locale
from graph_api.web.pages.notices import ALL_LINES
from graph_api.web.pages.page import FileRow, QueryPage, Record
from graph_api.web.pages.parts import Cell, References, Row, Table, Text, plain

ENDS: Final = ("a", "b")
"""The two parameters: the record where ways begin, and where they end."""
ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
CONNECTED: Final = frozenset({"Person", "Organization", "State", "Site", "Group"})
"""Types of hits that can be an end, besides events."""
APART: Final = frozenset({"Place", "Source", "Figure"})
"""Types of records that no way passes."""


def connect_variables(given: Mapping[str, str], _known_to: str | None) -> Mapping[str, Any] | None:
    """Return the ids of both ends; None where one of them is not given. Raises InvalidQuery where both are the same."""
    if len(given) == len(ENDS) and len(set(given.values())) == 1:
        raise InvalidQuery(f"Both ends are '{given['a'][:60]}': expected two records.")
    return dict(given) if len(given) == len(ENDS) else None


def connect_view(data: Record | None, given: Mapping[str, Any], locale: Locale) -> Mapping[str, Any]:
    """Return what the page shows: its form, and the ways, if both ends are given."""
    ends = (data["first"], data["second"]) if data else (None, None)
    values = {
        name: _name(end, locale).text if end else given.get(name, "") for name, end in zip(ENDS, ends, strict=True)
    }
    found: dict[str, Any] = {"controls": _controls(values, locale), "choices": None, "table": None, "ends": None}
    if data is None:
        return {**found, "references": (), "complete": True, "unknown": (), "apart": ()}
    references = References(locale)
    rows = tuple(_row(n, path, locale, references) for n, path in enumerate(data["paths"]["nodes"], 1))
    apart = tuple(_name(end, locale) for end in ends if end is not None and end["__typename"] in APART)
    unknown = tuple(given[name] for name, end in zip(ENDS, ends, strict=True) if end is None)
    caption = locale.plural("%(n)s way", "%(n)s ways", len(rows))
    if data["paths"]["pageInfo"]["hasNextPage"]:
        caption = locale.text("The first %(n)s ways", n=len(rows))
    return {
        **found,
        "ends": None if unknown or apart else tuple(map(_linked(locale), ends)),
        "table": Table(caption, (locale.text("Number"), locale.text("Way"), locale.text("Sources")), rows),
        "complete": data["paths"]["complete"],
        "unknown": unknown,
        "apart": apart,
        "references": references.listed(),
    }


def _controls(values: Mapping[str, str], locale: Locale) -> list[tuple[str, str, str]]:
    return [(name, words, values.get(name, "")) for name, words in zip(ENDS, _words(locale), strict=True)]


def _words(locale: Locale) -> tuple[str, str]:
    return locale.text("From"), locale.text("To")


def _linked(locale: Locale) -> Any:
    return lambda record: _name(record, locale)


def _name(record: Record, locale: Locale) -> Text:
    """Return what a record is called, with a link: an event that has no title of its own by its kind and date."""
    href = f"{locale.prefix}/{record_path(record)}"
    kind = record.get("kind")
    if kind in TITLED:
        return Text(record["title"], href)
    if kind is not None and "title" in record:
        return Text(", ".join(filter(None, (locale.label("EventKind", kind), locale.date(record["date"])))), href)
    text, lang = locale.name(record.get("names") or (), record["label"])
    return Text(text, href, lang)


def _row(number: int, path: Record, locale: Locale, references: References) -> Row:
    chain = tuple(_name(one, locale) for one in path["nodes"])
    return Row((plain(str(number)), Cell(chain, separator=" – "), Cell((), references.numbers(path["citations"]))))


def connect_file_rows(data: Record) -> list[FileRow]:
    """Return the steps of every way, one a line."""
    return [
        {
            "way": number,
            "step": step,
            "id": one["id"],
            "type": one["__typename"],
            "label": one["label"],
            "sources": source_ids(path["citations"]),
        }
        for number, path in enumerate(data["paths"]["nodes"], 1)
        for step, one in enumerate(path["nodes"], 1)
    ]


def choices_view(texts: Mapping[str, str], hits: Mapping[str, Sequence[Record]], locale: Locale) -> Mapping[str, Any]:
    """Return what the page shows after names were typed: for each end the records that may be meant."""
    shown = connect_view(None, texts, locale)
    offered = [
        (name, words, [(one["id"], _name_of(one)) for one in hits[name]])
        for name, words in zip(ENDS, _words(locale), strict=True)
    ]
    return {**shown, "choices": offered}


def _name_of(node: Record) -> str:
    """Return the name of a record that was found by its name, or by its id."""
    return str(next(node[key] for key in ("title", "name", "label") if key in node))


def can_be_an_end(node: Record) -> bool:
    """Return whether a way can begin or end at a record."""
    return node["__typename"] in CONNECTED or "eventKind" in node


CONNECT: Final = QueryPage(
    name="connect",
    path="/connect",
    parameters=ENDS,
    variables=connect_variables,
    view=connect_view,
    file_rows=connect_file_rows,
    notice=ALL_LINES,
)

"""Counts by year: events of some kinds, and whom exchanges handed over to which side. Each picture has the table that says the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from graph_api.web.pages.languages import Locale
from graph_api.web.pages.notices import ALL_LINES
from graph_api.web.pages.page import FileRow, PlainPage, Record
from graph_api.web.pages.parts import Row, Table, plain
from graph_api.web.pages.responses import too_long
from graph_api.web.pages.year_bars import year_bars

KINDS: Final = ("DETENTION", "CONVICTION", "EXCHANGE", "RELEASE", "DEATH")
"""The kinds of events that are counted, in the order in which they stand."""
Counts = dict[str | None, tuple[int, int]]


def years_view(data: Record, locale: Locale) -> Mapping[str, Any]:
    """Return what the page shows: events of each kind, then exchanges by side."""
    by_kind = {kind: _of_key(data["events"], kind) for kind in KINDS}
    sides = sorted({_side(one) for one in data["exchanges"]["nodes"]}, key=lambda side: (side[0] is None, side))
    by_side = [
        (side, {_year(one): _numbers(one) for one in data["exchanges"]["nodes"] if _side(one) == side})
        for side in sides
    ]
    return {
        "kinds": [
            _section(locale.label("EventKind", kind), counts, locale, 1) for kind, counts in by_kind.items() if counts
        ],
        "sides": [
            _section(_to(side[1], locale), counts, locale, 0)
            for side, counts in by_side
            if any(people for people, _ in counts.values())
        ],
    }


def _of_key(totals: Record, kind: str) -> Counts:
    return {_year(one): _numbers(one) for one in totals["nodes"] if one["keys"][1]["value"] == kind}


def _year(total: Record) -> str | None:
    year: str | None = total["keys"][0]["value"]
    return year


def _numbers(total: Record) -> tuple[int, int]:
    return total["people"], total["events"]


def _side(total: Record) -> tuple[str | None, str | None]:
    node = total["keys"][1]["node"]
    return (node["id"], node["label"]) if node else (None, None)


def _to(label: str | None, locale: Locale) -> str:
    return locale.text("To %(side)s", side=label) if label else locale.text("side not given in this edition")


def _section(title: str, counts: Counts, locale: Locale, drawn: int) -> Mapping[str, Any]:
    """Return a picture of people or events (``drawn`` 0 or 1) with its table, of the years that have any."""
    counts = {year: numbers for year, numbers in counts.items() if numbers[drawn]}
    rows = tuple(
        Row((plain(year or locale.text("no year stated")), *(plain(str(locale.number(one))) for one in counts[year])))
        for year in sorted(counts, key=lambda year: (year is None, year or ""))
    )
    columns = (locale.text("Year"), locale.text("People known by name"), locale.text("Events"))
    return {
        "title": title,
        "picture": year_bars({year: numbers[drawn] for year, numbers in counts.items()}),
        "table": Table(title, columns, rows),
    }


def years_file_rows(data: Record) -> list[FileRow]:
    """Return the counts as lines of a file. Raises HttpError where they are too many."""
    for totals in data.values():
        if totals["pageInfo"]["hasNextPage"]:
            raise too_long(totals["totalCount"], len(totals["nodes"]))
    return [
        {"counted": name, "year": _year(one), "kind": one["keys"][1]["value"] if name == "events" else "EXCHANGE"}
        | {"to": _side(one)[0] if name == "exchanges" else None, "people": one["people"], "events": one["events"]}
        for name in ("events", "exchanges")
        for one in data[name]["nodes"]
    ]


YEARS: Final = PlainPage(name="years", path="/years", view=years_view, file_rows=years_file_rows, notice=ALL_LINES)

"""The map: where people known by name were reported taken, by place, and the regions in which they were reported held.

A place of detention stands by its region only, whoever was held there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from graph_api.web.pages.languages import Locale
from graph_api.web.pages.map_picture import CountedPlace, map_picture
from graph_api.web.pages.notices import ALL_LINES
from graph_api.web.pages.page import FileRow, PlainPage, Record
from graph_api.web.pages.parts import Cell, Row, Table, plain, record_link
from graph_api.web.pages.responses import too_long

COUNTS: Final = ("taken", "held")
"""The two counts, by their names in the operation."""


def map_view(data: Record, locale: Locale) -> Mapping[str, Any]:
    """Return what the page shows: the picture with what stands beside it, and the tables that say the same."""
    counted = [(one, one["keys"][0]["node"]) for one in data["taken"]["nodes"]]
    picture = map_picture([_counted(total, place, locale) for total, place in counted if place])
    on_map = {one.place.id for one in picture.circles}
    return {
        "picture": picture,
        "not_placed": sum(total["people"] for total, place in counted if place is None),
        "tables": {name: _table(data[name], on_map if name == "taken" else None, locale) for name in COUNTS},
    }


def _counted(total: Record, place: Record, locale: Locale) -> CountedPlace:
    point = place["point"]
    name, _ = locale.name(place["names"], place["name"])
    return CountedPlace(place["id"], name, total["people"], (point["latitude"], point["longitude"]) if point else None)


def _table(totals: Record, on_map: set[str] | None, locale: Locale) -> Table:
    columns = [locale.text("Place"), locale.text("Within")]
    if on_map is not None:
        columns.append(locale.text("On the map"))
    rows = tuple(
        Row((*_place(one, on_map, locale), *_numbers(one, locale))) for one in sorted(totals["nodes"], key=_most)
    )
    caption = locale.plural("%(n)s row", "%(n)s rows", len(rows))
    if len(rows) < totals["totalCount"]:
        caption = locale.text("The first %(shown)s of %(total)s rows", shown=len(rows), total=totals["totalCount"])
    return Table(
        caption,
        (*columns, locale.text("People known by name"), locale.text("Events")),
        rows,
    )


def _most(total: Record) -> tuple[bool, int, str]:
    """Return what rows are sorted by: the largest first, and places that are not given last."""
    place = total["keys"][0]["node"]
    return place is None, -total["people"], place["id"] if place else ""


def _place(total: Record, on_map: set[str] | None, locale: Locale) -> Iterator[Cell]:
    place = total["keys"][0]["node"]
    yield Cell(record_link(locale, "places", place)) if place else plain(locale.text("not given in this edition"))
    yield Cell(record_link(locale, "places", place["within"] if place else None))
    if on_map is not None:
        yield plain(_where_drawn(total, on_map, locale))


def _where_drawn(total: Record, on_map: set[str], locale: Locale) -> str:
    place = total["keys"][0]["node"]
    if not total["people"]:
        return locale.text("nobody known by name")
    return locale.text("a circle") if place is not None and place["id"] in on_map else locale.text("beside the map")


def _numbers(total: Record, locale: Locale) -> tuple[Cell, Cell]:
    return plain(str(locale.number(total["people"]))), plain(str(locale.number(total["events"])))


def map_file_rows(data: Record) -> list[FileRow]:
    """Return the rows of both tables as lines of a file; ``latitude`` and ``longitude`` are those of a settlement. Raises HttpError where they are too many."""
    for name in COUNTS:
        if len(data[name]["nodes"]) < data[name]["totalCount"]:
            raise too_long(data[name]["totalCount"], len(data[name]["nodes"]))
    return [_file_row(name, one) for name in COUNTS for one in data[name]["nodes"]]


def _file_row(name: str, total: Record) -> FileRow:
    place = total["keys"][0]["node"] or {}
    point, within = place.get("point") or {}, place.get("within") or {}
    return {
        "reported": name,
        "place": place.get("id"),
        "name": place.get("name"),
        "kind": place.get("kind"),
        "within": within.get("name"),
        "latitude": point.get("latitude"),
        "longitude": point.get("longitude"),
        "people": total["people"],
        "events": total["events"],
    }


def map_features(data: Record) -> list[Record]:
    """Return the rows of both tables with their points, for a file that maps read; a region has none. Raises HttpError where they are too many."""
    found: list[Record] = []
    for row in map_file_rows(data):
        point = {"latitude": row["latitude"], "longitude": row["longitude"]} if row["latitude"] is not None else None
        kept = {name: value for name, value in row.items() if name not in {"latitude", "longitude"}}
        found.append({"id": f"{row['reported']}/{row['place'] or 'not-given'}", **kept, "point": point})
    return found


MAP: Final = PlainPage(
    name="map", path="/map", view=map_view, file_rows=map_file_rows, features=map_features, notice=ALL_LINES
)

"""The outlines of the map: states of Natural Earth (public domain) cut to the picture, with Crimea and Sevastopol in Ukraine.

The data is ``countries-50m.json`` of the npm package world-atlas 2.0.2, which draws Crimea as a part of Russia: that part is joined to Ukraine.
``python -m tests.helpers.outlines countries-50m.json`` writes the file that the map reads.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from shapely import Point, Polygon, box, unary_union

from graph_api.web.pages.map_picture import OUTLINES, WINDOW

SIMFEROPOL: Final = Point(34.11, 44.957)
DETAIL: Final = 0.03
"""Degrees by which an outline may differ from the data."""
SMALLEST: Final = 0.02
"""Square degrees of the smallest part that is drawn."""
Topology = Mapping[str, Any]


def outlines(topology: Topology) -> dict[str, list[list[tuple[float, float]]]]:
    """Return the rings of each state inside the picture, as longitude and latitude, by its name."""
    arcs = [list(_absolute(arc, topology["transform"])) for arc in topology["arcs"]]
    states = {
        one["properties"]["name"]: _polygons(one, arcs)
        for one in topology["objects"]["countries"]["geometries"]
        if one["type"] in {"Polygon", "MultiPolygon"}
    }
    crimea = [one for one in states["Russia"] if one.contains(SIMFEROPOL)]
    states["Russia"] = [one for one in states["Russia"] if one not in crimea]
    states["Ukraine"] = [one.buffer(DETAIL / 6) for one in (*states["Ukraine"], *crimea)]
    drawn = {name: list(_rings(polygons)) for name, polygons in sorted(states.items())}
    return {name: rings for name, rings in drawn.items() if rings}


def _absolute(arc: Sequence[Sequence[int]], transform: Mapping[str, Any]) -> Iterator[tuple[float, float]]:
    """Yield the points of an arc of TopoJSON, which has differences of whole numbers."""
    (scale_x, scale_y), (x0, y0) = transform["scale"], transform["translate"]
    for x, y in accumulate(arc, lambda a, b: [a[0] + b[0], a[1] + b[1]]):
        yield x * scale_x + x0, y * scale_y + y0


def _polygons(geometry: Mapping[str, Any], arcs: Sequence[Sequence[tuple[float, float]]]) -> list[Any]:
    parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return [Polygon(*_shell_and_holes(part, arcs)).buffer(0) for part in parts]


def _shell_and_holes(part: Any, arcs: Sequence[Sequence[tuple[float, float]]]) -> tuple[Any, list[Any]]:
    shell, *holes = [[point for i in ring for point in (arcs[i] if i >= 0 else arcs[~i][::-1])] for ring in part]
    return shell, holes


def _rings(polygons: Sequence[Any]) -> Iterator[list[tuple[float, float]]]:
    found = unary_union(polygons).intersection(box(*WINDOW)).simplify(DETAIL)
    for part in getattr(found, "geoms", [found]):
        if part.geom_type == "Polygon" and part.area >= SMALLEST:
            for ring in (part.exterior, *part.interiors):
                yield [(round(x, 2), round(y, 2)) for x, y in ring.coords[:-1]]


if __name__ == "__main__":
    drawn = outlines(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    lines = ",\n".join(
        f"{json.dumps(name)}:{json.dumps(rings, separators=(',', ':'))}" for name, rings in drawn.items()
    )
    OUTLINES.write_text(f"{{\n{lines}\n}}\n", "utf-8")

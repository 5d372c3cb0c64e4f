"""The map as a picture: a pure function from counted places to circles, over outlines of states; a template draws them.

A circle stands at the centre of a settlement, its area is the number of people; nothing is drawn finer than a settlement, and no line of front. What has
no point, or lies outside the picture, stands beside it with its number; a place where nobody is known by name is in the table only. The table below the
picture says the same.

The outlines are those of Natural Earth (public domain), with Crimea and Sevastopol in Ukraine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil, cos, radians, sqrt
from pathlib import Path
from typing import Final

Ring = Sequence[tuple[float, float]]
Box = tuple[float, float, float, float]

OUTLINES: Final = Path(__file__).parent / "outlines.json"
WINDOW: Final[Box] = (21.0, 43.3, 43.5, 53.2)
"""West, south, east and north end of the picture, in degrees."""
WIDTH: Final = 960
TRUE_AT: Final = 48.0
"""The latitude at which the picture has the same scale in every direction."""
RADIUS: Final = 6.0
"""Radius of the circle of one person."""
LETTER: Final = 9.6
"""Width of a letter of a label in a wide font, for labels that would cover one another."""
LINE: Final = 18


@dataclass(frozen=True, slots=True)
class CountedPlace:
    """A place with the number of people; ``point`` is the latitude and longitude of a settlement."""

    id: str
    name: str
    people: int
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Circle:
    """A place on the map. ``label_x`` and ``label_y`` are where its name is anchored, None where it would cover another.

    ``label_anchor`` says which end of the name stands there, as SVG names it, so that it keeps its distance in every font.
    """

    place: CountedPlace
    x: float
    y: float
    radius: float
    label_x: float | None = None
    label_y: float | None = None
    label_anchor: str = "start"


@dataclass(frozen=True, slots=True)
class MapPicture:
    """A picture: its size, the outlines of states as paths by name, the circles from the largest, and what is not on it."""

    width: int
    height: int
    states: tuple[tuple[str, str], ...]
    circles: tuple[Circle, ...]
    beside: tuple[CountedPlace, ...]


def map_picture(places: Sequence[CountedPlace]) -> MapPicture:
    """Return the picture of places at which somebody is counted."""
    counted = [one for one in places if one.people]
    circles = [_circle(one, point) for one in counted if (point := one.point) is not None and _is_inside(point)]
    circles.sort(key=lambda one: (-one.place.people, one.place.id))
    drawn = {one.place.id for one in circles}
    beside = tuple(one for one in counted if one.id not in drawn)
    return MapPicture(WIDTH, HEIGHT, states(), tuple(_labelled(circles)), beside)


def position(latitude: float, longitude: float) -> tuple[float, float]:
    """Return the place of a point on the picture."""
    west, _, _, north = WINDOW
    return round((longitude - west) * SCALE, 1), round((north - latitude) * SCALE / cos(radians(TRUE_AT)), 1)


SCALE: Final = WIDTH / (WINDOW[2] - WINDOW[0])
HEIGHT: Final = ceil((WINDOW[3] - WINDOW[1]) * SCALE / cos(radians(TRUE_AT)))


def _is_inside(point: tuple[float, float]) -> bool:
    west, south, east, north = WINDOW
    return west <= point[1] <= east and south <= point[0] <= north


def _circle(place: CountedPlace, point: tuple[float, float]) -> Circle:
    return Circle(place, *position(*point), round(RADIUS * sqrt(place.people), 1))


def _labelled(circles: Sequence[Circle]) -> Iterator[Circle]:
    """Yield circles with a label right, left, above or below of each where that covers no circle and no other label."""
    taken: list[Box] = [
        (one.x - one.radius, one.y - one.radius, one.x + one.radius, one.y + one.radius) for one in circles
    ]
    for one in circles:
        found = next((each for each in _label_boxes(one) if _is_free(each[2], taken)), None)
        if found is None:
            yield one
            continue
        anchor, x, box = found
        taken.append(box)
        yield Circle(one.place, one.x, one.y, one.radius, round(x, 1), round(box[3] - 4, 1), anchor)


def _label_boxes(one: Circle) -> Iterator[tuple[str, float, Box]]:
    """Yield what a label may take: its anchor, where that stands, and the box."""
    width, gap = LETTER * len(one.place.name), one.radius + 3
    for anchor, at, west, top in (
        ("start", one.x + gap, one.x + gap, one.y - LINE / 2),
        ("end", one.x - gap, one.x - gap - width, one.y - LINE / 2),
        ("middle", one.x, one.x - width / 2, one.y - gap - LINE),
        ("middle", one.x, one.x - width / 2, one.y + gap),
    ):
        yield anchor, at, (west, top, west + width, top + LINE)


def _is_free(box: Box, taken: Sequence[Box]) -> bool:
    west, top, east, bottom = box
    if west < 0 or top < 0 or east > WIDTH or bottom > HEIGHT:
        return False
    return not any(west < one[2] and one[0] < east and top < one[3] and one[1] < bottom for one in taken)


@cache
def outlines() -> Mapping[str, Sequence[Ring]]:
    """Return the rings of each state as longitude and latitude, by its name in Natural Earth; read once."""
    found: Mapping[str, Sequence[Ring]] = json.loads(OUTLINES.read_text(encoding="utf-8"))
    return found


@cache
def states() -> tuple[tuple[str, str], ...]:
    """Return the outline of each state as a path of SVG, by its name."""
    return tuple((name, "".join(map(_path, rings))) for name, rings in outlines().items())


def _path(ring: Ring) -> str:
    points = [position(latitude, longitude) for longitude, latitude in ring]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"

"""The map: whose outline a town lies in, what is drawn where, and that picture, table and file agree."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, Polygon

from graph_api.settings import Settings
from graph_api.web.app import create_app
from graph_api.web.pages.languages import PageLanguage, locale
from graph_api.web.pages.map import MAP
from graph_api.web.pages.map_picture import HEIGHT, WIDTH, Circle, CountedPlace, map_picture, outlines
from graph_api.web.pages.notices import fixed_lines
from tests.helpers.graphs import LiveGraph

TOWNS = {
    "Simferopol": (44.957, 34.111),
    "Sevastopol": (44.608, 33.521),
    "Donetsk": (48.023, 37.802),
    "Kyiv": (50.455, 30.524),
}


@pytest.mark.parametrize("town", TOWNS)
def test_a_town_of_ukraine_lies_in_the_outline_of_ukraine_alone(town: str) -> None:
    latitude, longitude = TOWNS[town]
    found = [
        name
        for name, rings in outlines().items()
        if any(Polygon(r).contains(Point(longitude, latitude)) for r in rings)
    ]
    assert found == ["Ukraine"]


def test_towns_of_its_neighbours_lie_in_their_outlines() -> None:
    for name, point in {"Russia": Point(39.708, 47.22), "Belarus": Point(30.975, 52.434)}.items():
        assert any(Polygon(ring).contains(point) for ring in outlines()[name])


def test_what_has_no_point_or_lies_outside_stands_beside_the_picture() -> None:
    places = [
        CountedPlace("town", "Town", 4, (47.0, 37.0)),
        CountedPlace("region", "Region", 9, None),
        CountedPlace("far", "Far", 1, (25.0, 51.0)),
    ]
    picture = map_picture(places)
    assert [one.place.id for one in picture.circles] == ["town"]
    assert [one.id for one in picture.beside] == ["region", "far"]
    assert picture.circles[0].radius == 12.0, "four times the area of one person"


@given(
    st.lists(
        st.tuples(st.floats(40, 56), st.floats(18, 46), st.integers(0, 60), st.text("abc", min_size=1, max_size=20)),
        max_size=30,
    )
)
def test_every_place_with_people_is_drawn_once_and_no_label_covers_another(
    rows: list[tuple[float, float, int, str]],
) -> None:
    places = [CountedPlace(f"p{n}", name, people, (y, x)) for n, (y, x, people, name) in enumerate(rows)]
    picture = map_picture(places)
    assert sorted([one.place.id for one in picture.circles] + [one.id for one in picture.beside]) == sorted(
        one.id for one in places if one.people
    )
    assert all(0 <= one.x <= WIDTH and 0 <= one.y <= HEIGHT for one in picture.circles)
    labels = [label_of(one) for one in picture.circles if one.label_x is not None]
    for n, (west, east, y) in enumerate(labels):
        for other_west, other_east, other_y in labels[n + 1 :]:
            assert east <= other_west or other_east <= west or abs(y - other_y) >= 17.5
        for one in picture.circles:
            is_beside = east <= one.x - one.radius or one.x + one.radius <= west
            assert is_beside or y + 4 <= one.y - one.radius + 0.2 or one.y + one.radius <= y - 14 + 0.2


def label_of(one: Circle) -> tuple[float, float, float]:
    """Return the west and east end of the label of a circle, with letters of eight units, and its line."""
    assert one.label_x is not None
    assert one.label_y is not None
    width = 8 * len(one.place.name)
    west = one.label_x - {"start": 0, "middle": width / 2, "end": width}[one.label_anchor]
    return west, west + width, one.label_y


@pytest.fixture
def client(seeded: LiveGraph) -> Iterator[TestClient]:
    with TestClient(create_app(seeded.store, Settings(query_seconds=60)), base_url="http://localhost") as client:
        yield client


@pytest.mark.live
def test_circles_squares_and_table_agree(client: TestClient) -> None:
    page = client.get("/map").text
    svg = page[page.index('<svg class="map"') : page.index("</svg>")]
    circles = {id_: int(n) for id_, n in re.findall(r'href="/places/([a-z0-9-]+)" aria-label="[^"]*: (\d+)"', svg)}
    beside = page[page.index('<ul class="plain"') : page.index("</ul>", page.index('<ul class="plain"'))]
    squares = {
        id_: int(n) for id_, n in re.findall(r'href="/places/([a-z0-9-]+)">[^<]*</a> <span class="count">(\d+)', beside)
    }
    rows = [row for row in csv.DictReader(io.StringIO(client.get("/map.csv").text[1:])) if row["reported"] == "taken"]
    assert circles | squares == {
        row["place"]: int(row["people"]) for row in rows if row["place"] and row["people"] != "0"
    }
    assert {"simferopol", "melitopol"} <= set(circles)
    assert {"crimea", "kozarovychi"} <= set(squares), "a region and a settlement without a point are never at a place"
    table = page[page.index('id="taken-table"') : page.index("</table>")]
    marks = re.findall(r'<th [^>]*><a href="/places/([a-z0-9-]+)".*?data-title="On the map">([^<]+)<', table)
    assert {id_ for id_, mark in marks if mark == "a circle"} == set(circles)
    assert all(
        line.split('"')[0] in page.replace("&#39;", "'").replace("&#34;", '"')
        for line in fixed_lines(MAP.notice, locale(PageLanguage.EN))
    )


@pytest.mark.live
def test_nothing_on_the_map_is_finer_than_a_settlement_and_who_was_held_stands_by_region(client: TestClient) -> None:
    body = client.get("/map.json").json()["data"]
    taken = [one["keys"][0]["node"] for one in body["taken"]["nodes"] if one["keys"][0]["node"]]
    assert {one["kind"] for one in taken if one["point"]} == {"SETTLEMENT"}
    held = [one["keys"][0]["node"] for one in body["held"]["nodes"] if one["keys"][0]["node"]]
    assert held
    assert {one["kind"] for one in held} == {"REGION"}
    assert "/sites/" not in client.get("/map").text


@pytest.mark.live
def test_the_file_for_maps_has_a_feature_for_every_row_of_the_table(client: TestClient) -> None:
    answer = client.get("/map.geojson")
    assert answer.headers["content-type"] == "application/geo+json"
    features = answer.json()["features"]
    rows = list(csv.DictReader(io.StringIO(client.get("/map.csv").text[1:])))
    assert [one["id"] for one in features] == [f"{row['reported']}/{row['place'] or 'not-given'}" for row in rows]
    for feature, row in zip(features, rows, strict=True):
        assert (feature["geometry"] is None) == (not row["latitude"])
        assert feature["properties"]["people"] == int(row["people"])
        if row["latitude"]:
            assert feature["geometry"]["coordinates"] == [float(row["longitude"]), float(row["latitude"])]
    assert 'href="/map.geojson"' in client.get("/map").text

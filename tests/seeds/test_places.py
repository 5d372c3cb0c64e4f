"""Every Ukrainian settlement and every place in one lies in its region, so that a question about a region misses nobody."""

from __future__ import annotations

from typing import Any

import pytest

from graph_api.statement import Statement
from tests.helpers.graphs import SEEDS, LiveGraph
from tests.helpers.yaml_text import load_yaml

REGIONS_OF_THEIR_OWN = {"kyiv"}
"""Cities that are regions themselves."""
WIDER = {"territory-of-ukraine", "occupied-territory-of-ukraine", "crimea-administrative-boundary"}
"""Areas that are no place in one region."""


@pytest.mark.live
def test_every_ukrainian_place_lies_in_a_region(seeded: LiveGraph) -> None:
    query = """
    MATCH (p:Place {country: 'UA'}) WHERE p.kind <> 'REGION' AND NOT p.id IN $wider
      AND NOT EXISTS { MATCH (p)-[:WITHIN]->+(r:Place {country: 'UA'}) WHERE r.kind = 'REGION' OR r.id IN $own }
    RETURN p.id ORDER BY p.id
    """
    given = {"wider": sorted(WIDER | REGIONS_OF_THEIR_OWN), "own": sorted(REGIONS_OF_THEIR_OWN)}
    assert [row[0] for row in seeded.store.read(Statement(query, given, "places"), seconds=60)] == []


def test_no_settlement_of_the_seed_files_hangs_directly_under_the_country() -> None:
    places: list[dict[str, Any]] = [
        one for path in sorted(SEEDS.rglob("*.yaml")) for one in load_yaml(path.read_text("utf-8")).get("places", [])
    ]
    loose = {
        one["id"]
        for one in places
        if one["kind"] in {"settlement", "district"} and one.get("within") == "territory-of-ukraine"
    }
    assert loose == REGIONS_OF_THEIR_OWN
    assert sum(one["country"] == "UA" for one in places) >= 40

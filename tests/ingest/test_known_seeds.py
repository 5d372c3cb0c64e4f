"""What was known of people of the seeds on a day, as it was read by hand against the sources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from graph_api.evidence.projection import ProjectedRecord
from graph_api.ingest.stored_graph import stored_graph
from graph_api.ingest.versions import known_records
from graph_api.ontology.vocabulary import Sensitivity
from graph_api.values.dates import day_number
from tests.helpers.graphs import checked_seeds
from tests.helpers.yaml_text import load_yaml

CASES = load_yaml((Path(__file__).parents[1] / "cases" / "known.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['person']} on {case['day']}")
def test_what_was_known_of_a_person(case: dict[str, Any]) -> None:
    found = known_records(checked_seeds().claims, day_number(case["day"]), Sensitivity.PUBLIC)
    if case["events"] is None:
        assert case["person"] not in found.records
        return
    status = stored_graph(found.claims, found.records)["Record", case["person"]].properties
    assert status["legal"] == case["legal"]
    lived = {
        id_: one
        for id_, one in found.records.items()
        for link in one.links
        if (link.type, link.start) == ("TOOK_PART", case["person"])
    }
    assert {id_: _described(one) for id_, one in lived.items()} == {
        id_: {key: str(value) if key == "date" else value for key, value in one.items()}
        for id_, one in case["events"].items()
    }


def _described(event: ProjectedRecord) -> dict[str, Any]:
    node = event.node.properties
    ends = {link.type: sorted(one.end for one in event.links if one.type == link.type) for link in event.links}
    values = {
        "date": node.get("date"),
        "result": node.get("result"),
        "sentence": orjson.loads(node["sentence"]) if node.get("sentence") else None,
        "disputed": node["disputed"],
        "links": sorted([*ends.get("COURT", ()), *ends.get("IN", ()), *ends.get("AT", ())]),
        "sources": ends["CITES"],
    }
    return {key: value for key, value in values.items() if value}

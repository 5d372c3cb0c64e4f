"""What a public graph says of a day: what was known and public then, of which what is withheld today is left out, and nothing more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import orjson
import pytest

from graph_api.evidence.audience import for_audience
from graph_api.evidence.claims import Claim
from graph_api.evidence.known import days_of, known_by
from graph_api.evidence.projection import ProjectedRecord
from graph_api.evidence.withholding import project_public
from graph_api.ingest.derived_nodes import derived_nodes
from graph_api.ingest.load import check
from graph_api.ingest.versions import known_graph, known_records, people_apart
from graph_api.ontology.names import SITES_OF_EVENTS, Label
from graph_api.ontology.vocabulary import Sensitivity
from tests.helpers.random_graphs import write_random_seeds

FAST: Final = 4
SLOW: Final = [pytest.param(one, marks=pytest.mark.slow) for one in range(FAST, 50)]
Stated = set[tuple[str, str, bytes]]


def stated(claims: Iterable[Claim]) -> Stated:
    """Return what claims state: subject, property, value; each item of a list by itself, since a link can be left out of one.

    Not by which source: where the claim that named a record first is withheld, the next one that names it makes it known.
    """
    return {
        (one.subject, name, orjson.dumps(value, option=orjson.OPT_SORT_KEYS))
        for one in claims
        for name, values in one.values.items()
        for value in (values if isinstance(values, list | tuple) else [values])
    }


def located(records: Mapping[str, ProjectedRecord]) -> set[tuple[str, str, str]]:
    """Return the links from records to sites."""
    return {
        (one.node.id, link.type, link.end)
        for one in records.values()
        for link in one.links
        if link.type in SITES_OF_EVENTS and link.start == one.node.id
    }


@pytest.mark.parametrize("number", [*range(FAST), *SLOW])
def test_withholding_by_the_later_status_only_removes(number: int, tmp_path: Path) -> None:
    try:
        path = write_random_seeds(number, tmp_path)
    except AssertionError:
        pytest.skip("the random records of this number contradict each other")
    public = for_audience(check([path], Sensitivity.RESTRICTED)[1].claims, Sensitivity.PUBLIC)
    today = project_public(public, public).claims
    apart = people_apart(today, Sensitivity.PUBLIC)
    for day in days_of(public):
        before = known_by(public, day)
        by_then = known_records(public, day, Sensitivity.PUBLIC)
        found = known_records(today, day, Sensitivity.PUBLIC)
        assert stated(found.claims) <= stated(before)
        assert found.records.keys() <= {one.record for one in before}
        assert located(found.records) <= located(by_then.records)
        own = derived_nodes(by_then.claims, by_then.records, Sensitivity.PUBLIC)
        stays = {key for key in own if key[0] == Label.STAY}
        for key, one in known_graph(today, day, Sensitivity.PUBLIC).items():
            if key[0] == Label.STAY:
                assert key in stays
                assert not one.properties["compared"] or (
                    own[key].properties["compared"] and one.properties["subject"] not in apart
                )

"""Everything of the compiled public sources stands in the seeds or was left out for a reason.

DETENTION_GRAPH_TEST_UPDATE_COVERAGE=1 writes docs/coverage.md anew.
"""

from __future__ import annotations

import os

import pytest

from graph_api.ontology.vocabulary import Sensitivity
from graph_api.statement import Statement
from tests.helpers.graphs import SEEDS, LiveGraph
from tests.helpers.sources_table import COVERAGE, ROOT, is_left_out, page

SIZES = {"cases": 67, "exchanges": 69, "sites": 37, "courts": 9, "organizations": 26, "mediators": 10, "agreements": 6}
PAGE = ROOT / "docs" / "coverage.md"


def named() -> set[str]:
    return {one for rows in COVERAGE.values() for where in rows.values() if not isinstance(where, str) for one in where}


@pytest.mark.live
def test_every_record_of_the_table_is_there(graph: LiveGraph) -> None:
    graph.load([SEEDS], audience=Sensitivity.RESTRICTED)
    found = graph.store.read(
        Statement("UNWIND $ids AS id MATCH (n:Record {id: id}) RETURN n.id", {"ids": sorted(named())}, "named")
    )
    assert named() - {row[0] for row in found} == set()


@pytest.mark.live
def test_every_person_group_exchange_and_site_of_the_public_pages_is_in_the_table(seeded: LiveGraph) -> None:
    query = """
    MATCH (n:Person|Exchange|Site|Reunification)-[:CITES]->(s:Source)
    WHERE NOT s.id IN ['hrw-2025-08-first-step', 'khpg-2025-12-10-forgotten-detainees'] RETURN DISTINCT n.id
    """
    assert {row[0] for row in seeded.store.read(Statement(query, {}, "public"), seconds=60)} - named() == set()


def test_nothing_of_the_sources_is_missing_in_the_table() -> None:
    assert {name: len(COVERAGE[name]) for name in SIZES} == SIZES
    assert all(where for rows in COVERAGE.values() for where in rows.values())
    reasons = [where for rows in COVERAGE.values() for where in rows.values() if is_left_out(where)]
    assert all(str(reason).startswith("left out: ") for reason in reasons)


def test_the_page_is_fresh() -> None:
    if os.environ.get("DETENTION_GRAPH_TEST_UPDATE_COVERAGE"):
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text("utf-8") == page()

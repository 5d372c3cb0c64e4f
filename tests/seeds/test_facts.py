"""The 344 facts of the two articles: each record and property that the table names is in the loaded seeds."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from graph_api.statement import Statement
from tests.helpers.graphs import LiveGraph
from tests.helpers.sources_table import FACTS, ROOT, is_left_out

SAID = """
MATCH (n:Record) OPTIONAL MATCH (c:Claim {record: n.id})
RETURN n.id, collect(DISTINCT CASE WHEN c.subject = n.id THEN c.properties ELSE [c.kind] END) AS said
"""
ARTICLES = ("hrw-2025-08-first-step", "khpg-2025-12-10-forgotten-detainees")


@pytest.mark.live
def test_every_record_and_property_that_the_table_names_is_there(seeded: LiveGraph) -> None:
    rows = seeded.store.read(Statement(SAID, {}, "said"), seconds=60)
    there = {row[0]: {name for names in row[1] for name in names} for row in rows}
    missing = []
    for fact, where in FACTS.items():
        for one in () if isinstance(where, str) else where:
            record, _, name = one.partition(".")
            if record not in there or (name and name not in there[record]):
                missing.append(f"{fact}: {one}")
    assert missing == []


@pytest.mark.live
def test_every_record_that_cites_an_article_stands_in_the_table_or_near_one_that_does(seeded: LiveGraph) -> None:
    query = """
    MATCH (n:Record)-[:CITES]->(s:Source) WHERE s.id IN $articles AND NOT n.id IN $table
      AND NOT EXISTS { MATCH (n)-[:!CITES]-{1,2}(other:Record) WHERE other.id IN $table AND NOT other:Source }
    RETURN DISTINCT n.id
    """
    table = {one.partition(".")[0] for where in FACTS.values() if not isinstance(where, str) for one in where}
    given = {"articles": list(ARTICLES), "table": sorted(table)}
    assert seeded.store.read(Statement(query, given, "citing"), seconds=60) == []


def test_all_facts_are_in_the_table_each_entered_or_left_out_for_a_reason() -> None:
    reasons = Counter(re.split(r"[;(]", str(where))[0].strip() for where in FACTS.values() if is_left_out(where))
    print(len(FACTS), "facts;", sum(not is_left_out(where) for where in FACTS.values()), "entered;", dict(reasons))  # noqa: T201
    assert len(FACTS) == 344
    assert Counter(fact[0] for fact in FACTS) == {"K": 146, "H": 198}
    assert all(reason.startswith("left out: ") for reason in reasons)


def test_the_page_for_readers_has_every_fact_as_the_table_has_it() -> None:
    text = (ROOT / "docs" / "facts.md").read_text("utf-8")
    for fact, where in FACTS.items():
        line = next(line for line in text.splitlines() if line.startswith(f"| {fact} |"))
        assert all(f"`{one}`" in line for one in where) if not isinstance(where, str) else where in line, fact
    records = {one.partition(".")[0] for where in FACTS.values() if not isinstance(where, str) for one in where}
    assert f"| records that they stand in | {len(records)} |" in text

"""Three levels below a list of fifty people are one statement; its text, its size and its times are printed with ``pytest -s``."""

from __future__ import annotations

import sys
import time
from typing import Any

import pytest

from graph_api.statement import Statement
from tests.helpers.graphs import LiveGraph

pytestmark = [pytest.mark.live]

DEEP = """
{
  people(first: 50) {
    nodes {
      id name category
      events {
        nodes {
          __typename id title date { edtf display }
          participants { nodes { role participant { __typename ... on Person { name } } citations { locator source { title kind } } } }
          sites { name place { name } }
          ... on Conviction { court { name standing citations { locator source { title } } } sentence { display } offences { code article } }
          ... on Exchange { mediators { name } }
          citations { locator source { id title kind published { edtf } } }
        }
      }
    }
  }
}
"""
MOST_CHARACTERS = 10_000


def test_three_levels_below_fifty_people_are_one_statement(seeded: LiveGraph) -> None:
    seeded.store.change_schema("CALL db.clearQueryCaches()")
    times: list[float] = []
    people: list[dict[str, Any]] = []
    for _ in range(4):
        start = time.perf_counter()
        people = seeded.ask(DEEP)["people"]["nodes"]
        times.append(time.perf_counter() - start)
    [sent] = seeded.sent
    start = time.perf_counter()
    seeded.store.read(Statement(sent.text, sent.parameters, sent.name))
    in_database = time.perf_counter() - start
    sys.stdout.write(
        f"\n{sent.text}\n{len(sent.text)} characters; seconds at first {times[0]:.3f}, then {min(times[1:]):.3f},"
        f" of it in the database {in_database:.3f}\n"
    )
    assert len(people) == 50
    assert sum(len(event["citations"]) for one in people for event in one["events"]["nodes"]) > 100
    assert len(sent.text) < MOST_CHARACTERS

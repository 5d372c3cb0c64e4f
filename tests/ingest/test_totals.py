"""Stored totals are those that counting gives: after each of several loads, a rebuild and an upgrade. Made-up people only."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from bench.generate import Graph
from graph_api.compiler.stored_totals import CATEGORY, KIND
from graph_api.evidence.projection import PROJECTION_VERSION
from graph_api.ingest.rebuild import migrate_records, rebuild
from graph_api.ingest.totals import have_right_totals
from graph_api.ontology.vocabulary import Sensitivity
from graph_api.schema.query_enums import Dimension
from graph_api.statement import Statement
from tests.helpers.graphs import LiveGraph
from tests.ingest.texts import write

pytestmark = pytest.mark.live

BASE = """
sources:
  - {id: a-page, title: A page, kind: media, published: 2025-01-01}
  - {id: a-report, title: A report, kind: ngo, published: 2025-02-01}
states: [{id: side-a, name: Synthetic State A, code: UA, cite: {source: a-page, at: ¶1}}]
organizations:
  - {id: a-court, name: Synthetic court, kind: court, standing: occupying-power, cite: {source: a-page, at: ¶1}}
  - {id: a-mediator, name: Synthetic mediator, kind: other, cite: {source: a-page, at: ¶1}}
places:
  - {id: region-one, name: Synthetic region one, kind: region, cite: {source: a-page, at: ¶1}}
  - {id: region-two, name: Synthetic region two, kind: region, cite: {source: a-page, at: ¶1}}
  - {id: a-town, name: Synthetic town, kind: settlement, within: region-one, cite: {source: a-page, at: ¶1}}
sites: [{id: a-site, name: Synthetic site, kind: sizo, place: a-town, cite: {source: a-page, at: ¶1}}]
people:
  - {id: one-example, name: One Example, category: civilian, sex: female, occupations: [teacher, poet], cite: {source: a-page, at: ¶1}}
  - {id: two-example, name: Two Example, category: prisoner-of-war, nationalities: [UA, PL], cite: {source: a-page, at: ¶1}}
events:
  - {id: one-taken, kind: detention, participants: [{who: one-example}], places: [a-town], date: 2022-05-01, cite: {source: a-page, at: ¶2}}
  - {id: one-held, kind: confinement, participants: [{who: one-example}], sites: [a-site], date: 2022-06, cite: {source: a-report, at: ¶2}}
  - {id: two-tried, kind: conviction, participants: [{who: two-example}], court: a-court, offences: [{code: espionage}], date: 2023-05-01,
     cite: {source: a-report, at: ¶3}}
"""
LATER = {
    "an exchange with people of earlier loads": """
events:
  - {id: a-swap, kind: exchange, date: 2024-01-03, sides: [{to: side-a}], cite: {source: a-report, at: ¶4}, participants: [
      {who: one-example, side: side-a}, {who: two-example, side: side-a}, {who: a-mediator, role: mediator}]}
""",
    "another category, sex and occupation": """
people: [{id: one-example, name: One Example, category: prisoner-of-war, occupations: [poet], cite: {source: a-page, at: ¶1}}]
""",
    "another region of a town": """
places: [{id: a-town, name: Synthetic town, kind: settlement, within: region-two, cite: {source: a-page, at: ¶1}}]
""",
    "another kind of a place": """
places: [{id: region-two, name: Synthetic region two, kind: country, cite: {source: a-page, at: ¶1}}]
""",
    "another standing of a court": """
organizations: [{id: a-court, name: Synthetic court, kind: court, standing: self-proclaimed, cite: {source: a-page, at: ¶1}}]
""",
    "another kind of a source": """
sources: [{id: a-report, title: A report, kind: official, published: 2025-02-01}]
""",
    "another date, court and offence of an event": """
events:
  - {id: two-tried, kind: conviction, participants: [{who: two-example}], offences: [{code: treason}, {code: sabotage}], date: 2023,
     cite: {source: a-report, at: ¶3}}
""",
    "an event that is only announced": """
events: [{id: a-swap, kind: exchange, date: 2024-01-03, announced: true, participants: [{who: one-example}], cite: {source: a-report, at: ¶4}}]
""",
    "an event of somebody else": """
events: [{id: one-taken, kind: detention, participants: [{who: two-example}], date: 2022-05-01, cite: {source: a-page, at: ¶2}}]
""",
}
STORED = "MATCH (t:Total) RETURN t.id, t.people, t.events ORDER BY t.id"


def run(graph: LiveGraph, text: str) -> list[list[Any]]:
    return [list(row) for row in graph.store.read(Statement(text, {}, "tests/totals"), seconds=60)]


def change(graph: LiveGraph, text: str) -> None:
    graph.store.change_schema(text)


def are_right(graph: LiveGraph) -> bool:
    return have_right_totals(graph.store, seconds=60)


@pytest.mark.parametrize("first", [0, 3, 6])
def test_loads_in_any_order_leave_the_totals_of_what_is_there(graph: LiveGraph, tmp_path: Path, first: int) -> None:
    graph.load([write(tmp_path, BASE)], audience=Sensitivity.RESTRICTED)
    assert are_right(graph)
    assert len(run(graph, STORED)) > 100
    names = [*LATER]
    for name in (*names[first:], *names[:first]):
        before = run(graph, STORED)
        graph.load([write(tmp_path, LATER[name])], audience=Sensitivity.RESTRICTED)
        assert are_right(graph), name
        if first == 0:
            assert run(graph, STORED) != before, name


def test_a_graph_loaded_in_blocks_has_the_totals_of_one_loaded_at_once(graph: LiveGraph, tmp_path: Path) -> None:
    base, *blocks = Graph(30).write(tmp_path)
    graph.load([base, *blocks], audience=Sensitivity.RESTRICTED)
    together = run(graph, STORED)
    graph.wipe()
    for block in blocks:
        graph.load([base, block], audience=Sensitivity.RESTRICTED)
    assert run(graph, STORED) == together


@pytest.mark.slow
def test_stored_and_counted_totals_give_the_same_answers(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load(Graph(60).write(tmp_path), audience=Sensitivity.RESTRICTED)
    asked = list(questions())
    stored = [graph.ask(one) for one in asked]
    change(graph, "MATCH (t:Total) DELETE t")
    assert graph.ask(asked[0]) == {"totals": {"totalCount": 0, "nodes": [], "pageInfo": {"endCursor": None}}}
    change(graph, "MATCH (g:Graph) SET g.totals = 'of another content'")
    assert [graph.ask(one) for one in asked] == stored


def test_stored_totals_count_people_as_a_count_of_them_does(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load(Graph(60).write(tmp_path), audience=Sensitivity.RESTRICTED)
    asked = [f"{{ people(where: {{{', '.join(one)}}}) {{ totalCount }} }}" for one in product(*FILTERS_OF_PEOPLE)]
    stored = [graph.ask(one)["people"]["totalCount"] for one in asked]
    assert len(set(stored)) > 10
    change(graph, "MATCH (t:Total) DELETE t")
    assert {graph.ask(one)["people"]["totalCount"] for one in asked} == {0}  # it was the totals that were read
    change(graph, "MATCH (g:Graph) SET g.totals = 'of another content'")
    assert [graph.ask(one)["people"]["totalCount"] for one in asked] == stored


FILTERS_OF_PEOPLE = (
    ("someEvent: {}", *(f"someEvent: {{where: {{kind: {one}}}}}" for one in ("EXCHANGE", "CONVICTION", "DEATH"))),
    ("sex: null", "sex: FEMALE", "custody: FREE", "custody: UNKNOWN", "legal: CONVICTED"),
    ("category: null", "category: {eq: CIVILIAN}", "category: {in: [CIVILIAN, PRISONER_OF_WAR]}"),
)


def questions() -> list[str]:
    filters = [
        ", events: {kind: EXCHANGE}",
        ", people: {category: {eq: CIVILIAN}}, orderBy: {field: PEOPLE, direction: DESC}, first: 3",
    ]
    filters.append(", people: {category: {eq: CIVILIAN}}, events: {kinds: [CONFINEMENT]}")
    asked = [([one, *more], "") for one in Dimension for more in ([], [KIND], [CATEGORY])]
    asked += [([one], where) for one in Dimension for where in filters]
    asked += [([Dimension.SITE, KIND, CATEGORY], where) for where in ("", *filters)]
    return [
        f"{{ totals(by: [{', '.join(dict.fromkeys(by))}]{where}) {{ totalCount nodes {{ keys {{ value node {{ id }} }} people events }}"
        " pageInfo { endCursor } } }"
        for by, where in asked
    ]


def test_a_page_of_stored_totals_goes_on_where_the_one_before_ended(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load(Graph(60).write(tmp_path), audience=Sensitivity.RESTRICTED)
    query = (
        "query($after: String, $first: Int!) { totals(by: [SITE], orderBy: {field: PEOPLE, direction: DESC}, first: $first, after: $after)"
        " { nodes { keys { node { id } } people } pageInfo { endCursor hasNextPage } } }"
    )
    pages, after = [], None
    while True:
        page = graph.ask(query, {"after": after, "first": 4})["totals"]
        pages += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert pages == graph.ask(query, {"first": 400})["totals"]["nodes"]
    assert [one["people"] for one in pages] == sorted((one["people"] for one in pages), reverse=True)


def test_a_rebuild_repairs_a_total_that_was_changed(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load([write(tmp_path, BASE)], audience=Sensitivity.RESTRICTED)
    expected = run(graph, STORED)
    change(graph, "MATCH (t:Total {dimensions: 'SEX'}) SET t.people = t.people + 1")
    assert not are_right(graph)
    rebuild(graph.store)
    assert run(graph, STORED) == expected


def test_a_graph_of_the_version_before_gets_its_totals(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load([write(tmp_path, BASE)], audience=Sensitivity.RESTRICTED)
    expected = graph.dump()
    change(graph, "MATCH (t:Total) DELETE t")
    change(graph, f"MATCH (g:Graph) REMOVE g.totals SET g.projection = {PROJECTION_VERSION - 1}")
    counted = graph.ask("{ totals(by: [SITE]) { totalCount } }")
    migrate_records(graph.store)
    change(graph, "MATCH (g:Graph) SET g.loads = g.loads - 1")
    assert graph.dump() == expected
    assert graph.ask("{ totals(by: [SITE]) { totalCount } }") == counted


@pytest.mark.slow
def test_totals_that_share_a_statement_are_those_of_statements_of_their_own(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load(Graph(60).write(tmp_path), audience=Sensitivity.RESTRICTED)
    fields = "{ totalCount nodes { keys { value node { id } } people events } }"
    for where in (
        ', events: {site: {eq: "synthetic-site-00000"}}',
        ', people: {born: {from: "1970-01-01"}}',
        ", events: {occurrence: ANY}",
    ):
        asked = {f"f{number}": f"totals(by: [{one}]{where}) {fields}" for number, one in enumerate(Dimension)}
        together = graph.ask("{ " + " ".join(f"{key}: {one}" for key, one in asked.items()) + " }")
        assert len(graph.sent) == 1
        assert together == {key: graph.ask(f"{{ {one} }}")["totals"] for key, one in asked.items()}
        assert together["f0"]["nodes"]

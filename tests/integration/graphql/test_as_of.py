"""Operations as of a day: each answers what a graph answers that was loaded from what was known by that day."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph_api.database.stored_claims import all_claims
from graph_api.evidence.claims import Claim
from graph_api.evidence.known import days_of
from graph_api.ingest.apply import OwnershipRows, apply, current_revision
from graph_api.ingest.as_of import store_versions
from graph_api.ingest.plan import LoadChanges, LoadPlan
from graph_api.ingest.versions import known_records
from graph_api.ontology.vocabulary import Sensitivity
from graph_api.values.dates import day_date
from tests.helpers.graphs import LiveGraph
from tests.helpers.random_graphs import write_random_seeds

pytestmark = pytest.mark.live

EVENT = """
  id kind label announced date { edtf earliest latest } citations { source { id } locator }
  participants { nodes { id role participant { ... on Node { id } } side { id } } }
"""
PEOPLE = ("person-a", "person-b", "person-c")
STAY = "stated span { display start { edtf } end { edtf } } site { id } participant { ... on Node { id } } events { id } citations { source { id } locator }"
CASE_FILE = """{ caseFile(person: "PERSON", language: LANGUAGE) {
  person { id name } status { text custody legal } gaps { kind text } leads { kind text lines }
  timeline { line date { edtf } placement bounds { earliest latest } notOrderedWith text references differences
    clauses { text references modality saidBy { id } } event { id title } }
  announced { line text references } about(first: 20) { nodes { id } } stays(first: 20) { totalCount nodes { STAY } }
  coDetainees(first: 20) { totalCount nodes { person { id } } } differences { id explanation }
  references { number text locators source { id } } form(form: WGEID) { label text references }
} }""".replace("STAY", STAY)
"""A case file without the day up to which sources were read, the hash of the graph, and the notice of the day, which differ."""
OPERATIONS = [
    """{ people(first: 50, orderBy: {field: ID}) { totalCount nodes {
      id name category disputed status { custody legal text returned } events(first: 30) { totalCount nodes { EVENT } }
    } } }""".replace("EVENT", EVENT),
    f"{{ events(first: 100, orderBy: {{field: DATE}}) {{ totalCount nodes {{ {EVENT} }} }} }}",
    "{ events(first: 100, orderBy: {field: DATE, direction: DESC}, where: {kinds: [DETENTION, EXCHANGE]}) { totalCount nodes { id } } }",
    '{ people(first: 50, where: {someEvent: {where: {kind: DETENTION, date: {from: "2024-02-01"}}}}) { totalCount nodes { id } } }',
    "{ people(first: 50, where: {custody: IN_CUSTODY}) { totalCount nodes { id } } }",
    "{ sources(first: 50) { totalCount nodes { id title knownFrom publisher { id } derivedFrom { id } events { totalCount } } } }",
    "{ places(first: 50) { totalCount nodes { id name events(first: 50) { totalCount nodes { id } } sites { totalCount nodes { id } } } } }",
    "{ figures(first: 50) { totalCount nodes { id measure about { id } saidBy { id } } } }",
    "{ sequences(steps: [{kind: DETENTION}, {kind: EXCHANGE}], first: 50) { totalCount nodes { subject { ... on Node { id } } } } }",
    "{ totals(by: [KIND, YEAR], first: 100) { totalCount nodes { keys { value } people events } } }",
    "{ a: totals(by: [SEX], people: {}) { totalCount nodes { keys { value } people events } }"
    " b: totals(by: [SITE], people: {}) { totalCount nodes { keys { value node { id } } people events } } }",
    '{ search(text: "приклад", first: 20) { nodes { node { id } } } }',
    '{ person(id: "person-a") { id name claims { property value preferred preferredBecause citations { source { id } } } } }',
    '{ paths(from: "person-a", to: "person-b", maxLength: 3) { complete nodes { nodes { id } } } }',
    """{ differences(first: 100) { totalCount nodes { id kind property subject { id } explanation
      claims { id property value preferred citations { source { id } } } } } }""",
    '{ differences(first: 50, subject: "person-a") { totalCount nodes { id } } }',
    "{ differences(first: 50, kind: DATE) { totalCount nodes { id } } }",
    f"{{ people(first: 50, orderBy: {{field: ID}}) {{ nodes {{ id stays(first: 20) {{ totalCount nodes {{ {STAY} }} }} }} }} }}",
    f"{{ people(first: 50, orderBy: {{field: ID}}) {{ nodes {{ id coDetainees(first: 20) {{ totalCount nodes {{"
    f" person {{ id }} site {{ id }} holds surely atMost stays {{ {STAY} }} }} }} }} }} }}",
    f"{{ sites(first: 50) {{ nodes {{ id held(first: 20) {{ totalCount nodes {{ {STAY} }} }} }} }} }}",
    *(CASE_FILE.replace("PERSON", one).replace("LANGUAGE", two) for one in PEOPLE for two in ("EN", "UK")),
]


def load_known(graph: LiveGraph, claims: list[Claim], day: int, audience: Sensitivity) -> None:
    """Load what was known by a day into an empty graph."""
    graph.wipe()
    graph.holds = "something"
    found = known_records(claims, day, audience)
    records = tuple(
        replace(
            one, links=tuple(link for link in one.links if link.type != "DERIVED_FROM" or link.end in found.records)
        )
        for one in found.records.values()
    )
    kept = []
    for one in found.claims:
        repeated = [source for source in one.values.get("derived-from", ()) if source in found.records]
        values = {name: value for name, value in one.values.items() if name != "derived-from"}
        kept.append(
            replace(one, values={**values, "derived-from": repeated})
            if repeated or len(values) < len(one.values)
            else one
        )
    ids = tuple(found.records)
    changes = LoadChanges(ids, (), 0, (), (), tuple(one.id for one in kept), (), {})
    note = {"id": f"known-{day}", "files": [], "added": len(ids), "changed": 0, "removed": 0}
    revision = current_revision(graph.store, audience)
    apply(
        LoadPlan(changes, tuple(kept), records),
        graph.store,
        load=note,
        ownership=OwnershipRows(),
        audience=audience,
        expected_revision=revision,
        progress=lambda _message: None,
        seconds=60,
    )


def as_of(operation: str, day: int) -> str:
    return f'query @asOf(known: "{day_date(day)}") {operation}'


@pytest.mark.slow
@pytest.mark.parametrize("number", range(1, 56))
def test_every_root_answers_as_a_graph_of_what_was_known(live: LiveGraph, tmp_path: Path, number: int) -> None:
    live.wipe()
    try:
        path = write_random_seeds(number, tmp_path)
    except AssertionError:
        pytest.skip("the random records of this number contradict each other")
    live.load([path], audience=Sensitivity.RESTRICTED)
    claims = all_claims(live.store)
    today = [live.ask(one) for one in OPERATIONS]
    store_versions(live.store)
    days = days_of(claims)
    answers: dict[int, list[Any]] = {day: [live.ask(as_of(one, day)) for one in OPERATIONS] for day in days}
    assert answers[days[-1]] == today
    assert answers[days[0]] != today
    for day in days:
        load_known(live, claims, day, Sensitivity.RESTRICTED)
        assert answers[day] == [live.ask(one) for one in OPERATIONS], day_date(day)


def test_an_answer_says_the_day_and_how_many_sources_have_no_date(rich: LiveGraph) -> None:
    rich.holds = "something"
    store_versions(rich.store)
    found = rich.result("query Q($day: Date!) @asOf(known: $day) { people { totalCount } }", {"day": "2025-06-01"})
    [[undated]] = [
        row.values() for row in [rich.ask("{ sources(where: {published: {known: false}}) { totalCount } }")["sources"]]
    ]
    assert found.as_of == {"known": "2025-06-01", "undatedSources": undated}


def test_a_load_removes_what_was_known_on_each_day(rich: LiveGraph, tmp_path: Path) -> None:
    rich.holds = "something"
    store_versions(rich.store)
    text = "sources: [{id: one-more, kind: ngo, title: One more, published: 2024-01-10}]"
    rich.load_text(text, tmp_path, audience=Sensitivity.RESTRICTED)
    [error] = rich.result('query @asOf(known: "2025-06-01") { people { totalCount } }').errors
    assert "detention-graph as-of" in error.message

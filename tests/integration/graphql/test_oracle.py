"""Compiled answers of a real Neo4j equal those of the plain-Python oracle, on random small graphs and random questions.

Each example loads one graph, which costs a second, and asks many questions of it. A failure names the numbers of graph and question;
``tests/helpers/random_graphs.py`` makes the same graph of the same number.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.helpers.compare import differences
from tests.helpers.graphs import LiveGraph
from tests.helpers.oracle import Oracle
from tests.helpers.random_graphs import write_random_seeds
from tests.helpers.random_questions import Asker

pytestmark = pytest.mark.live

FEW = settings(
    max_examples=2,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(
        Phase.generate,
    ),  # a smaller graph would cost a load for each try; numbers do not shrink to smaller graphs anyway
    suppress_health_check=list(HealthCheck),
)
ONE = settings(FEW, max_examples=1)
MANY = settings(FEW, max_examples=60)
NUMBERS = st.integers(0, 2**32 - 1)

WHEN = "{ edtf earliest latest approximate uncertain display }"
EVIDENCE = """
  disputed
  citations { source { id } locator quote quoteLanguage note saidBy { __typename id name } }
  claims {
    id property value modality saidByRole preferred preferredBecause subject { __typename id } object { __typename id }
    saidBy { id } citations { source { id kind } locator saidBy { id } }
  }
"""
EVERYTHING = (
    (
        """
query Everything {
  people(first: 100) { totalCount nodes { ...P } }
  groups(first: 100) { nodes { id name size { text operator unit low high } category sex description members { totalCount nodes { id } }
    events(role: SUBJECT) { nodes { id } } ...D } }
  events(first: 100) { nodes { ...E ...D } }
  organizations(first: 100) { nodes { id kind standing country place { id } ...A figures { nodes { id } } ...D } }
  mediators(first: 100) { totalCount nodes { __typename id ...A } }
  places(first: 100) { nodes { id kind country within { id } control { by from WHEN until WHEN citations { locator } }
    sites(first: 1) { totalCount pageInfo { hasNextPage } nodes { id } } events(first: 100) { nodes { id } } ...D } }
  sites(first: 100) { nodes { id kind specific mayBe { id } place { id } control { by } events(orderBy: {field: DATE, direction: DESC}) { nodes { id } } } }
  figures(first: 100) { nodes { id measure quantity { text low unit } category sex nationality side { id } asOf WHEN period { start WHEN end WHEN display }
    about { __typename id } saidBy { __typename id } total { id } breakdown { id } includes { id } excludes { id } unclear { id } ...D } }
  sources(first: 100) { nodes { id title kind publisher { id } language published WHEN retrieved knownFrom derivedFrom { id } originChecked
    events(first: 100) { totalCount nodes { id } } } }
}
fragment D on Documented { EVIDENCE }
fragment A on Actor { name names { text language script kind } positions { title of { id } from WHEN until WHEN citations { source { id } } }
  mediated(first: 2) { totalCount pageInfo { hasNextPage } nodes { id } } }
fragment P on Person { id category sex born WHEN nationalities occupations tags description ...A ...D
  events(first: 4) { totalCount pageInfo { hasNextPage hasPreviousPage } nodes { __typename id date WHEN } }
  witnessed: events(role: WITNESS, where: {kinds: [EXCHANGE, RELEASE, DETENTION]}, orderBy: {field: ID, direction: DESC}) { edges { node { id } } } }
fragment E on Event { __typename id kind title description date WHEN until WHEN
  participants(first: 100) { totalCount nodes { id role alleged note age { text } side { id } event { id }
    participant { __typename ... on Person { name } ... on Group { id size { text } } ... on Organization { standing } ... on State { code } } ...D } }
  accused: participants(role: PERPETRATOR) { totalCount nodes { participant { __typename } } }
  sites { id } places { id within { id } } about { __typename id } partOf { __typename id } parts { totalCount nodes { id } } figures { nodes { id } }
  ... on Detention { statedReason incommunicado }
  ... on Transfer { fromSite { id } toSite { id } fromPlace { id } toPlace { id } }
  ... on Charge { offences { code text article } authority { id } }
  ... on Ruling { court { id } inAbsentia trial { id } }
  ... on Trial { court { id standing } closed outcome { id } }
  ... on Conviction { court { name } offences { code text article claims } inAbsentia trial { id } appeals { id result }
    sentenceInForce { display }
    sentence { kind years months totalMonthsLow totalMonthsHigh regime extras display } }
  ... on Appeal { court { id } of { id } result sentence { display } }
  ... on Release { ground fromSite { id } }
  ... on Exchange { mediators { __typename id } parties { id } agreement { id } freed(first: 2) { totalCount pageInfo { hasNextPage } nodes { id } }
    civilians: freed(where: {category: {eq: CIVILIAN}}) { totalCount nodes { id } }
    sides { to { id } from { id } freed { totalCount nodes { id } } groups { totalCount nodes { id } } figures { totalCount nodes { id } } } } }
"""
    )
    .replace("WHEN", WHEN)
    .replace("EVIDENCE", EVIDENCE)
)

LISTS = {"EventFilter": "events", "PersonFilter": "people", "GroupFilter": "groups", "SourceFilter": "sources"}
SEQUENCES = """
query Q($steps: [StepInput!]!, $where: PersonFilter, $holds: Holds! = FOR_SOME_DATES, $sameDay: Boolean! = false, $subjects: SubjectKind!) {
  sequences(steps: $steps, where: $where, holds: $holds, sameDay: $sameDay, subjects: $subjects, first: 100) {
    totalCount unnamedGroups nodes {
      subject { __typename ... on Person { id } ... on Group { id } } person { id } group { id } holds chains order between { atLeast atMost }
      modality events { __typename id } }
  }
}
"""
DURATIONS = (
    SEQUENCES.replace(
        "totalCount unnamedGroups",
        "totalCount unnamedGroups durations { ...D } last: durations(step: LAST) { ...D }",
    )
    + "fragment D on DurationStatistics { n unknown lowerQuartile { ...C } median { ...C } upperQuartile { ...C } }"
)
DURATIONS += " fragment C on DayCount { atLeast atMost }"
WALKS = {
    "people": ("PersonFilter", "PersonOrder", ("NAME", "BORN", "ID")),
    "events": ("EventFilter", "EventOrder", ("DATE", "ID")),
    "exchanges": ("EventFilter", "EventOrder", ("DATE", "ID")),
}


def load(live: LiveGraph, number: int, folder: Path) -> Oracle:
    path = write_random_seeds(number, folder)
    live.wipe()
    live.load([path])
    return Oracle.of(path)


def agree(live: LiveGraph, oracle: Oracle, query: str, variables: Mapping[str, Any], note: str) -> None:
    """Ask both and compare; a failure names the graph and the question."""
    result = live.result(query, variables)
    found = [
        f"{one.message}: {one.original_error!r} {one.original_error.__cause__!r}"
        for one in result.errors or ()
        if one.original_error
    ]
    found = found or differences(result.data, oracle.ask(query, variables))
    if found:
        text = " ".join(query.split())[:300]
        pytest.fail("\n".join([note, text, json.dumps(variables, ensure_ascii=False), *found]), pytrace=False)


def check_everything(live: LiveGraph, folder: Path, number: int) -> None:
    oracle = load(live, number, folder)
    agree(live, oracle, EVERYTHING, {}, f"graph {number}")


def check_filters(live: LiveGraph, folder: Path, number: int, *, each: bool, more: int) -> None:
    oracle = load(live, number, folder)
    asker = Asker(number)
    filters = [*(asker.every_field() if each else ()), *(asker.any_filter() for _ in range(more))]
    for kind, where in filters:
        query = (
            f"query Q($where: {kind}) {{ {LISTS[kind]}(where: $where, first: 100) {{ totalCount nodes {{ id }} }} }}"
        )
        agree(live, oracle, query, {"where": where}, f"graph {number}")


def check_sequences(live: LiveGraph, folder: Path, number: int, *, count: int) -> None:
    oracle = load(live, number, folder)
    asker = Asker(number)
    for _ in range(count):
        asked = asker.sequence()
        agree(live, oracle, sequences_query(asked["steps"]), asked, f"graph {number}")


def sequences_query(steps: Sequence[Any]) -> str:
    """Return the query of sequences; of several steps with the days between the first two and the last two."""
    return DURATIONS.replace("LAST", str(len(steps) - 1)) if len(steps) > 1 else SEQUENCES


def check_orders(live: LiveGraph, folder: Path, number: int, *, count: int, lengths: Sequence[int]) -> None:
    """Ask for orders of so many steps where every day, set of days and stated order meets every other."""
    path = write_random_seeds(number, folder, dense=True)
    live.wipe()
    live.load([path])
    oracle = Oracle.of(path)
    asker = Asker(number)
    for place in range(count):
        steps = [{"kind": asker.one(("DETENTION", "CONVICTION", "EXCHANGE"))} for _ in range(asker.one(lengths))]
        for step in steps[1:]:
            if place % 3 == 2 and asker.some(0.6):
                step["within"] = asker.one(("P1D", "P2D", "P3D", "P1M"))
        asked = {
            "steps": steps,
            "holds": ("FOR_ALL_DATES", "FOR_SOME_DATES")[place % 5 > 1],
            "sameDay": asker.some(0.3),
        }
        agree(live, oracle, sequences_query(steps), {**asked, "subjects": "PEOPLE"}, f"dense graph {number}")


def check_walks(live: LiveGraph, folder: Path, number: int, *, count: int) -> None:
    oracle = load(live, number, folder)
    asker = Asker(number)
    for _ in range(count):
        root, (filter_type, order_type, orders) = asker.one(WALKS.items())
        where = None if asker.some(0.7) else asker.person() if root == "people" else asker.event()
        order = None if asker.some(0.1) else {"field": asker.one(orders), "direction": asker.one(("ASC", "DESC"))}
        walk(
            live,
            oracle,
            root,
            f"$where: {filter_type}, $order: {order_type}",
            {"where": where, "order": order},
            asker.one((1, 2, 3, 5)),
        )
    for root in ("groups", "organizations", "mediators", "places", "sites", "sources", "figures"):
        walk(live, oracle, root, "", {}, asker.one((1, 2, 3)))
    walk_sequences(live, oracle, asker)
    walk_lives(live, oracle, asker.one((1, 2, 3)))


def walk(live: LiveGraph, oracle: Oracle, root: str, declared: str, variables: dict[str, Any], size: int) -> None:
    """Page through a list to its end: every row once, in the oracle's order."""
    given = ", where: $where, orderBy: $order" if declared else ""
    query = (
        f"query Walk($size: Int!, $after: String{', ' + declared if declared else ''}) {{ {root}(first: $size, after: $after{given})"
        " { totalCount edges { cursor } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"
    )
    expected = oracle.ask(query, {"size": 500, **variables})[root]["nodes"]
    seen: list[Any] = []
    after = None
    while True:
        found = live.ask(query, {"size": size, "after": after, **variables})[root]
        info = found["pageInfo"]
        assert found["totalCount"] == len(expected)
        assert info["hasPreviousPage"] is (after is not None)
        assert len(found["nodes"]) == min(size, len(expected) - len(seen))
        assert [info["startCursor"], info["endCursor"]] == (
            [found["edges"][0]["cursor"], found["edges"][-1]["cursor"]] if found["edges"] else [None, None]
        )
        seen += found["nodes"]
        assert info["hasNextPage"] is (len(seen) < len(expected))
        if not info["hasNextPage"]:
            break
        after = info["endCursor"]
    assert seen == expected, (root, variables, size)


OWN_EVENTS = """
query Own($id: ID!, $size: Int!, $after: String, $direction: Direction!) {
  person(id: $id) { events(first: $size, after: $after, orderBy: {field: DATE, direction: $direction}) {
    nodes { id } pageInfo { hasNextPage endCursor } } }
}
"""


def walk_lives(live: LiveGraph, oracle: Oracle, size: int) -> None:
    """Page through the events of every person in both directions: the pages joined are the whole list, in the oracle's order."""
    people = oracle.ask("{ people(first: 500) { nodes { id } } }")["people"]["nodes"]
    for person in people:
        for direction in ("ASC", "DESC"):
            asked = {**person, "direction": direction}
            expected = oracle.ask(OWN_EVENTS, {**asked, "size": 500})["person"]["events"]["nodes"]
            seen: list[Any] = []
            after, has_next = None, True
            while has_next:
                found = live.ask(OWN_EVENTS, {**asked, "size": size, "after": after})["person"]["events"]
                seen += found["nodes"]
                after, has_next = found["pageInfo"]["endCursor"], found["pageInfo"]["hasNextPage"]
            assert seen == expected, (person, direction, size)


def walk_sequences(live: LiveGraph, oracle: Oracle, asker: Asker) -> None:
    query = (
        SEQUENCES.replace("first: 100", "first: 1, after: $after")
        .replace("query Q(", "query Q($after: String, ")
        .replace("{\n    total", "{ pageInfo { hasNextPage endCursor }\n    total")
    )
    variables = {"steps": [{"kind": asker.one(("DETENTION", "CONVICTION", "EXCHANGE"))}], "subjects": "ALL"}
    expected = oracle.ask(SEQUENCES, variables)["sequences"]["nodes"]
    seen: list[Any] = []
    after, more = None, True
    while more:
        found = live.ask(query, {**variables, "after": after})["sequences"]
        seen += found["nodes"]
        after, more = found["pageInfo"]["endCursor"], found["pageInfo"]["hasNextPage"]
    assert seen == expected


@FEW
@given(number=NUMBERS)
def test_everything_about_a_random_graph_equals_the_oracles_answer(
    live: LiveGraph, tmp_path_factory: pytest.TempPathFactory, number: int
) -> None:
    check_everything(live, tmp_path_factory.mktemp("seeds"), number)


@ONE
@given(number=NUMBERS)
def test_a_random_filter_finds_what_the_oracle_finds(
    live: LiveGraph, tmp_path_factory: pytest.TempPathFactory, number: int
) -> None:
    check_filters(live, tmp_path_factory.mktemp("seeds"), number, each=True, more=20)


@ONE
@given(number=NUMBERS)
def test_random_sequences_are_those_of_the_oracle(
    live: LiveGraph, tmp_path_factory: pytest.TempPathFactory, number: int
) -> None:
    check_sequences(live, tmp_path_factory.mktemp("seeds"), number, count=10)


@ONE
@given(number=NUMBERS)
def test_orders_of_events_on_few_days_are_those_of_the_oracle(
    live: LiveGraph, tmp_path_factory: pytest.TempPathFactory, number: int
) -> None:
    check_orders(live, tmp_path_factory.mktemp("seeds"), number, count=3, lengths=(2, 3))


@FEW
@given(number=NUMBERS)
def test_a_walk_over_pages_gives_every_row_once_in_the_oracles_order(
    live: LiveGraph, tmp_path_factory: pytest.TempPathFactory, number: int
) -> None:
    check_walks(live, tmp_path_factory.mktemp("seeds"), number, count=6)


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
def test_names_of_any_letters_are_walked_without_loss(graph: LiveGraph, tmp_path: Path, direction: str) -> None:
    names = ("𝔸stral", "😀", "ＦＵＬＬ", "Ірина", "Ірина", "Zoë", "zoe", "ﬁ", "豈", "z")
    people = [
        {"id": f"person-{place:02}", "name": name, "cite": {"source": "source-a", "at": "page"}}
        for place, name in enumerate(names)
    ]
    sources = [{"id": "source-a", "title": "A", "kind": "ngo", "published": "2024"}]
    path = tmp_path / "names.yaml"
    path.write_text(json.dumps({"sources": sources, "people": people}, ensure_ascii=False), encoding="utf-8")
    graph.load([path])
    for size in (1, 2, 3):
        order = {"order": {"field": "NAME", "direction": direction}, "where": None}
        walk(graph, Oracle.of(path), "people", "$where: PersonFilter, $order: PersonOrder", order, size)


@pytest.mark.slow
@MANY
@given(number=NUMBERS)
def test_many_random_graphs_and_questions_equal_the_oracles_answers(
    live: LiveGraph, tmp_path_factory: pytest.TempPathFactory, number: int
) -> None:
    folder = tmp_path_factory.mktemp("seeds")
    check_everything(live, folder, number)
    check_filters(live, folder, number, each=False, more=25)
    check_sequences(live, folder, number, count=15)
    check_orders(live, folder, number, count=15, lengths=(2, 3, 3, 4))
    check_walks(live, folder, number, count=3)

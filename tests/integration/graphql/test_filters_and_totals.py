"""Filters by evidence, sites and times, and totals by further dimensions and orders, told by hand."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import Any

import pytest

from graph_api.ontology.vocabulary import Sensitivity
from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live

SEED = Template("""
sources:
  - {id: first-page, title: First page, kind: media, published: 2024-03-01}
  - {id: second-page, title: Second page, kind: media, published: 2024-06-01}
  - {id: third-page, title: Third page, kind: ngo, published: 2025-01-01}
organizations:
  - {id: occupying-court, name: Synthetic court, kind: court, standing: occupying-power, cite: $first}
  - {id: some-authority, name: Synthetic authority, kind: detaining-authority, cite: $first}
places:
  - {id: the-region, name: Synthetic region, kind: region, cite: $first}
  - {id: other-region, name: Synthetic other region, kind: region, cite: $first}
  - {id: the-town, name: Synthetic town, kind: settlement, within: the-region, cite: $first}
sites:
  - {id: the-sizo, name: Synthetic SIZO, kind: sizo, place: the-town, cite: $first}
  - {id: the-colony, name: Synthetic colony, kind: penal-colony, place: other-region, cite: $first}
people:
  - id: the-priest
    name: Synthetic Priest
    occupations: [priest, teacher of history]
    tags: [clergy]
    nationalities: [UA, PL]
    category:
      - {value: civilian, cite: $first}
      - {value: prisoner-of-war, cite: $second}
    cite: [$first, $second]
  - {id: the-teacher, name: Synthetic Teacher, occupations: [teacher], cite: $first}
groups: [{id: the-group, name: Synthetic group, members: [the-teacher], cite: $first}]
events:
  - {id: the-transfer, kind: transfer, from-site: the-sizo, to-site: the-colony, participants: [{who: the-priest}, {who: the-teacher}], cite: $second}
  - {id: the-release, kind: release, from-site: the-colony, participants: [{who: the-priest}], cite: [$second, $third]}
  - id: the-conviction
    kind: conviction
    court: occupying-court
    in-absentia: [{value: true, cite: $first}, {value: false, cite: $third}]
    participants: [{who: the-teacher}]
    cite: [$first, $second, $third]
  - {id: the-charge, kind: charge, authority: some-authority, participants: [{who: the-teacher}], cite: $first}
  - {id: other-conviction, kind: conviction, court-standing: self-proclaimed, participants: [{who: the-teacher}], cite: $third}
  - {id: the-statement, kind: statement, about: [the-priest], cite: $third}
figures:
  - {id: of-2022, measure: held, sex: female, from: 2022-01-01, until: 2022-12-31, quantity: $number, cite: $first}
  - {id: since-2023, measure: held, from: 2023-01-01, quantity: $number, cite: $first}
  - {id: to-a-day, measure: held, sex: male, from: 2022-03, as-of: 2023-06-30, quantity: $number, cite: $first}
  - {id: on-a-day, measure: held, as-of: 2024-05, quantity: $number, cite: $first}
  - {id: of-no-time, measure: held, quantity: $number, cite: $first}
""").substitute(
    first="{source: first-page, at: page}",
    second="{source: second-page, at: page}",
    third="{source: third-page, at: page}",
    number='{text: "5", operator: exactly, low: 5, unit: people}',
)

FILTERS: list[tuple[str, str, list[str]]] = [
    ("people", 'occupation: {eq: "teacher"}', ["the-teacher"]),
    ("people", 'occupation: {startsWith: "Teacher"}', ["the-priest", "the-teacher"]),
    ("people", 'source: {eq: "second-page"}', ["the-priest"]),
    ("people", "sourceCount: {eq: 2}", ["the-priest"]),
    ("people", "sourceCount: {lt: 2}", ["the-teacher"]),
    ("people", "sourceCount: {gt: 2}", []),
    ("people", "disputed: true", ["the-priest"]),
    ("people", "disputed: false", ["the-teacher"]),
    ("people", 'disputedProperty: "category"', ["the-priest"]),
    ("people", 'disputedProperty: "born"', []),
    ("people", 'group: {eq: "the-group"}', ["the-teacher"]),
    ("people", 'not: {group: {eq: "the-group"}}', ["the-priest"]),
    ("events", "sourceCount: {gte: 2}", ["the-conviction", "the-release"]),
    ("events", "sourceCount: {gte: 2, lte: 2}", ["the-release"]),
    ("events", 'disputedProperty: "inAbsentia"', ["the-conviction"]),
    ("events", 'disputedProperty: "in-absentia"', ["the-conviction"]),
    ("events", 'about: {eq: "the-priest"}', ["the-statement"]),
    ("events", 'fromSite: {eq: "the-colony"}', ["the-release"]),
    ("events", 'toSite: {eq: "the-colony"}', ["the-transfer"]),
    ("events", 'knownFrom: {from: "2024-06-01", until: "2024-06-01"}', ["the-release", "the-transfer"]),
    ("events", 'knownFrom: {until: "2024-03-01", holds: FOR_ALL_DATES}', ["the-charge", "the-conviction"]),
    ("figures", "sex: FEMALE", ["of-2022"]),
    ("figures", 'during: {from: "2022-12-31", until: "2022-12-31"}', ["of-2022", "of-no-time", "to-a-day"]),
    ("figures", 'during: {from: "2023-07-01", until: "2024-04-30"}', ["of-no-time", "since-2023"]),
    ("figures", 'during: {from: "2024-05-31"}', ["of-no-time", "on-a-day", "since-2023"]),
    ("figures", 'during: {from: "2023-05-01", until: "2023-05-31", holds: FOR_ALL_DATES}', ["to-a-day"]),
    ("figures", 'during: {from: "2024-01-01", until: "2024-12-31", holds: FOR_ALL_DATES}', ["on-a-day"]),
    ("figures", "during: {known: false}", ["of-no-time"]),
]

TOTALS: list[tuple[str, str, list[tuple[str | None, int, int]]]] = [
    ("REGION", "", [("other-region", 2, 2), ("the-region", 2, 1), (None, 1, 4)]),
    ("STANDING", "", [("OCCUPYING_POWER", 1, 1), ("SELF_PROCLAIMED", 1, 1), ("UNSTATED", 1, 1), (None, 2, 3)]),
    ("SOURCE", "", [("first-page", 1, 2), ("second-page", 2, 3), ("third-page", 2, 4)]),
    ("OCCUPATION", "", [("priest", 1, 2), ("teacher", 1, 4), ("teacher of history", 1, 2), (None, 0, 1)]),
    ("TAG", "", [("clergy", 1, 2), (None, 1, 5)]),
    ("NATIONALITY", "", [("PL", 1, 2), ("UA", 1, 2), (None, 1, 5)]),
    ("FROM_SITE", "", [("the-colony", 1, 1), ("the-sizo", 2, 1), (None, 1, 4)]),
    ("TO_SITE", "", [("the-colony", 2, 1), (None, 2, 5)]),
    ("SOURCE", "orderBy: {field: KEYS, direction: DESC}", [("third-page", 2, 4), ("second-page", 2, 3), ("first-page", 1, 2)]),
    ("REGION", "orderBy: {field: KEYS, direction: DESC}", [("the-region", 2, 1), ("other-region", 2, 2), (None, 1, 4)]),
    ("REGION", "orderBy: {field: PEOPLE}", [(None, 1, 4), ("other-region", 2, 2), ("the-region", 2, 1)]),
    ("REGION", "orderBy: {field: EVENTS, direction: DESC}", [(None, 1, 4), ("other-region", 2, 2), ("the-region", 2, 1)]),
    ("TAG", "orderBy: {field: PEOPLE, direction: DESC}", [("clergy", 1, 2), (None, 1, 5)]),
]  # fmt: skip


def test_filters_find_what_they_say(graph: LiveGraph, tmp_path: Path) -> None:
    graph.load_text(
        SEED, tmp_path, audience=Sensitivity.RESTRICTED
    )  # a public graph holds no sites of people within reach
    found = [[one["id"] for one in graph.ask(f"{{ {root}(where: {{{where}}}) {{ nodes {{ id }} }} }}")[root]["nodes"]]
             for root, where, _ in FILTERS]  # fmt: skip
    assert [(where, ids) for (_, where, _), ids in zip(FILTERS, found, strict=True)] == [
        (where, ids) for _, where, ids in FILTERS
    ]


def test_totals_by_every_dimension_in_every_order_in_one_list_and_page_by_page(
    graph: LiveGraph, tmp_path: Path
) -> None:
    graph.load_text(
        SEED, tmp_path, audience=Sensitivity.RESTRICTED
    )  # a public graph holds no sites of people within reach
    for dimension, order, expected in TOTALS:
        whole = _totals(graph, dimension, order, 100, None)
        assert _rows(whole) == expected, (dimension, order)
        page, paged = _totals(graph, dimension, order, 1, None), []
        paged += _rows(page)
        while page["pageInfo"]["hasNextPage"]:
            page = _totals(graph, dimension, order, 1, page["pageInfo"]["endCursor"])
            paged += _rows(page)
        assert paged == expected, (dimension, order)


def test_a_property_that_no_event_has_is_an_error_that_lists_them(graph: LiveGraph) -> None:
    [error] = graph.result('{ events(where: {disputedProperty: "sentense"}) { nodes { id } } }').errors or []
    assert error.message.startswith("Invalid property 'sentense': expected one of")


def _totals(graph: LiveGraph, dimension: str, order: str, first: int, after: str | None) -> Any:
    asked = f"query($first: Int!, $after: String) {{ totals(by: [{dimension}], {order} first: $first, after: $after) {{"
    fields = "pageInfo { endCursor hasNextPage } nodes { keys { value node { id } } people events } } }"
    return graph.ask(f"{asked} {fields}", {"first": first, "after": after})["totals"]


def _rows(totals: Any) -> list[tuple[str | None, int, int]]:
    return [
        (key["node"]["id"] if key["node"] else key["value"], one["people"], one["events"])
        for one in totals["nodes"]
        for key in one["keys"]
    ]

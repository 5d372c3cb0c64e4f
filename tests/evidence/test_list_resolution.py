"""Lists of different sources: united, or disputed where the property is declared to exclude differing values; each item with its claims."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.evidence.claims import Claim
from graph_api.evidence.list_resolution import are_nested, resolve_list
from graph_api.evidence.projection import project
from graph_api.ontology.vocabulary import EventKind
from tests.evidence.evidence import claim, facts, prop, source

WITHIN = {"town": "district", "district": "region", "other-town": "other-region"}
FACTS = facts(source("early", "2022"), source("late", "2024"), source("later", "2025"), source("same", "2024"))


def stated(
    lists: Sequence[tuple[Sequence[Any], str]], kind: str = "event/DETENTION", name: str = "places"
) -> list[Claim]:
    return [claim({name: list(values)}, cited, kind=kind, unit=f"u{at}") for at, (values, cited) in enumerate(lists)]


CASES: dict[str, tuple[list[tuple[list[str], str]], list[str], bool, set[str]]] = {
    "one source alone": ([(["town"], "late")], ["town"], False, {"lists are united"}),
    "a place and what contains it": ([(["town"], "late"), (["region"], "early")], ["region", "town"], False, {"lists are united"}),
    "two places that exclude each other, the one known earlier first": (
        [(["town"], "late"), (["other-town"], "early")],
        ["other-town", "town"],
        True,
        {"as many origins as another, and known earlier: 1 report"},
    ),
    "two places of which neither was surely known earlier": (
        [(["town"], "late"), (["other-town"], "same")],
        [],
        True,
        {"no rule decides: 1 report"},
    ),
    "more origins": (
        [(["town"], "late"), (["other-town"], "early"), (["region"], "later")],
        ["town", "region", "other-town"],
        True,
        {"most origins, 2 against 1: 2 reports, origins not checked"},
    ),
    "one source names both": ([(["town", "other-town"], "late"), (["town"], "early")], ["town", "other-town"], False, {"lists are united"}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_places_of_a_capture_exclude_each_other_unless_one_contains_the_other(
    case: tuple[list[tuple[list[str], str]], list[str], bool, set[str]],
) -> None:
    lists, shown, is_disputed, because = case
    claims = stated(lists)
    for order in permutations(claims):
        found = resolve_list(prop("event/DETENTION", "places"), order, FACTS, WITHIN)
        assert found is not None
        assert set(found.value) == {one for values, _ in lists for one in values}
        assert not shown or found.value == shown
        assert (found.is_disputed, set(found.because.values())) == (is_disputed, because)
        assert found.is_decided is ("no rule decides: 1 report" not in because)


def test_a_choice_of_a_steward_comes_first_and_the_property_stays_disputed() -> None:
    claims = stated([(["town"], "late"), (["other-town"], "early")])
    chosen = Claim("a-record", "a-record", "event/DETENTION", "choice", {"places": ["town"]}, reason="read again")
    found = resolve_list(prop("event/DETENTION", "places"), [*claims, chosen], FACTS, WITHIN)
    assert found is not None
    assert (found.value, found.is_disputed) == (["town", "other-town"], True)
    assert found.because == dict.fromkeys((claims[0].id, chosen.id), "a steward's choice: read again")


def test_places_of_a_campaign_may_all_be_right() -> None:
    claims = stated([(["town"], "late"), (["other-town"], "early")], "event/CAMPAIGN")
    found = resolve_list(prop("event/CAMPAIGN", "places"), claims, FACTS, WITHIN)
    assert found is not None
    assert not found.is_disputed


ESPIONAGE = {"code": "ESPIONAGE", "text": "espionage"}
OF_ARTICLE = ESPIONAGE | {"article": "RU-UK 276"}


@pytest.mark.parametrize(
    ("lists", "shown", "items"),
    [
        ([[ESPIONAGE], [OF_ARTICLE]], [OF_ARTICLE], [(0, 1)]),
        ([[OF_ARTICLE], [ESPIONAGE | {"text": "spying"}]], [OF_ARTICLE], [(0, 1)]),
        ([[OF_ARTICLE], [ESPIONAGE | {"article": "RU-UK 275"}]], [OF_ARTICLE, ESPIONAGE | {"article": "RU-UK 275"}], [(0,), (1,)]),
        ([[ESPIONAGE | {"text": "spying"}], [ESPIONAGE]], [ESPIONAGE | {"text": "spying"}], [(0, 1)]),
        ([[{"code": "OTHER", "text": "a"}], [{"code": "OTHER", "text": "b", "article": "RU-UK 1"}]], None, [(0,), (1,)]),
        ([[ESPIONAGE, {"code": "TREASON", "text": "treason"}], [ESPIONAGE]], None, [(0, 1), (0,)]),
    ],
)  # fmt: skip
def test_an_offence_with_and_without_its_article_is_one_and_each_has_its_own_claims(
    lists: list[list[dict[str, str]]], shown: list[dict[str, str]] | None, items: list[tuple[int, ...]]
) -> None:
    claims = stated(list(zip(lists, ("early", "late"), strict=True)), "event/CONVICTION", "offences")
    found = resolve_list(prop("event/CONVICTION", "offences"), claims, FACTS, {})
    assert found is not None
    assert found.value == (shown if shown is not None else [one for values in lists for one in values][: len(items)])
    assert list(found.items) == [tuple(claims[at].id for at in of) for of in items]
    assert not found.is_disputed


@given(st.sampled_from((*WITHIN, "region", "other-region")), st.sampled_from((*WITHIN, "region", "other-region")))
def test_nesting_is_symmetric_and_holds_for_a_place_itself(a: str, b: str) -> None:
    assert are_nested(a, b, WITHIN) == are_nested(b, a, WITHIN)
    assert are_nested(a, a, WITHIN)


def test_places_that_contain_each_other_in_a_circle_end() -> None:
    assert not are_nested("a", "c", {"a": "b", "b": "a"})


@pytest.mark.parametrize(("stored", "is_disputed"), [({"town": "region"}, False), ({}, True)])
def test_the_projection_knows_places_that_no_claim_is_about(stored: dict[str, str], is_disputed: bool) -> None:
    sources = [source("early", "2022"), source("late", "2024")]
    said = [
        claim(
            {"kind": EventKind.DETENTION.value, "places": [place]},
            cited,
            record="e",
            kind="event/DETENTION",
            unit=cited,
        )
        for place, cited in (("town", "early"), ("region", "late"))
    ]
    records = project([*sources, *said], stored)
    assert ("places" in records["e"].node.properties["disputed"]) is is_disputed
    links = {link.end: link.properties["claims"] for link in records["e"].links if link.type == "IN"}
    assert links == {place: [one.id] for place, one in zip(("town", "region"), said, strict=True)}

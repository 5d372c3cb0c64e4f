"""Which value is shown where sources differ, and why: each rule as a case, in the order in which the rules decide."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import permutations
from typing import Any

import pytest

from graph_api.evidence.claims import Claim
from graph_api.evidence.list_resolution import resolve_list
from graph_api.evidence.origins import describe_support, origins
from graph_api.evidence.resolution import ResolvedValue, compatible, entails, resolve_single
from graph_api.ontology.properties import Property
from graph_api.ontology.vocabulary import Modality
from graph_api.values.countries import COUNTRY
from graph_api.values.text import TEXT
from graph_api.values.value_type import ValueType
from tests.evidence.evidence import claim, facts, prop, source

SOURCES = (
    source("early", "2022"),
    source("middle", "2023"),
    source("late", "2024"),
    source("later", "2025"),
    source("copy-of-late", "2025", "MEDIA", derived_from=["late"]),
    source("copy-of-copy", "2025", "MEDIA", derived_from=["copy-of-late"]),
    source("aggregator", "2021", "AGGREGATOR"),
    source("copy-of-aggregator", "2025", "MEDIA", derived_from=["aggregator"]),
    source("checked-one", "2024", origin_checked=True),
    source("checked-two", "2025", origin_checked=True),
    source("checked-copy", "2025", "MEDIA", derived_from=["checked-one"], origin_checked=True),
    source("same-day-one", "2024-05-01"),
    source("same-day-two", "2024-05-01"),
)
FACTS = facts(*SOURCES)
PEOPLE = {"unit": "PEOPLE"}


@dataclass(frozen=True)
class Case:
    kind: str
    name: str
    said: tuple[tuple[Any, str], ...]
    shown: Any
    because: str
    disputed: bool = False
    standing: tuple[Any, ...] = field(default=())


def quantity(operator: str, low: float | None = None, high: float | None = None) -> dict[str, Any]:
    bounds = {key: value for key, value in (("low", low), ("high", high)) if value is not None}
    return {"operator": operator, "unit": "PEOPLE", "text": f"{operator} {low} {high}", **bounds}


TEN, TEN_AND_MORE = (
    {"kind": "TERM", "months_low": 120, "months_high": 120, "years": 10},
    {"kind": "TERM", "months_low": 120},
)
CASES = {
    "one source alone is shown": Case("person", "sex", (("FEMALE", "late"),), "FEMALE", "the only value: 1 report"),
    "the same value of five unchecked sources is counted as reports": Case(
        "person", "sex", tuple(("FEMALE", one) for one in ("early", "middle", "late", "later", "copy-of-late")), "FEMALE",
        "the only value: 5 reports, origins not checked",
    ),
    "checked sources are counted as origins": Case(
        "person", "sex", (("FEMALE", "checked-one"), ("FEMALE", "checked-two"), ("FEMALE", "checked-copy")), "FEMALE",
        "the only value: 3 reports, 2 origins",
    ),
    "one unchecked source makes all of them unchecked": Case(
        "person", "sex", (("FEMALE", "checked-one"), ("FEMALE", "late")), "FEMALE", "the only value: 2 reports, origins not checked"
    ),
    "more origins win over an earlier source": Case(
        "person", "sex", (("MALE", "early"), ("FEMALE", "middle"), ("FEMALE", "late")), "FEMALE",
        "most origins, 2 against 1: 2 reports, origins not checked", disputed=True,
    ),
    "a source that repeats another adds no origin": Case(
        "person", "sex", (("MALE", "early"), ("FEMALE", "late"), ("FEMALE", "copy-of-late"), ("FEMALE", "copy-of-copy")), "MALE",
        "as many origins as another, and known earlier: 1 report", disputed=True,
    ),
    "an aggregator adds no origin": Case(
        "person", "sex", (("FEMALE", "aggregator"), ("FEMALE", "copy-of-aggregator"), ("MALE", "later")), "MALE",
        "most origins, 1 against 0: 1 report", disputed=True,
    ),
    "one source that says it twice is one origin": Case(
        "person", "sex", (("FEMALE", "late"), ("FEMALE", "late"), ("MALE", "early")), "MALE",
        "as many origins as another, and known earlier: 1 report", disputed=True,
    ),
    "unknown disagrees with nothing and is never shown against a value": Case(
        "person", "category", (("UNKNOWN", "early"), ("UNKNOWN", "middle"), ("CIVILIAN", "late")), "CIVILIAN",
        "the most precise of values that agree: 3 reports, origins not checked",
    ),
    "unknown does not win between two that contradict each other": Case(
        "person", "category", (("UNKNOWN", "early"), ("CIVILIAN", "late"), ("PRISONER_OF_WAR", "later")), "CIVILIAN",
        "as many origins as another, and known earlier: 2 reports, origins not checked", disputed=True,
    ),
    "a word that is not stated agrees as well": Case(
        "event/APPEAL", "result", (("UNSTATED", "early"), ("REDUCED", "late")), "REDUCED",
        "the most precise of values that agree: 2 reports, origins not checked",
    ),
    "of nested dates the most precise is shown": Case(
        "event/DETENTION", "date", (("2022", "early"), ("2022-05", "middle"), ("2022-05-13", "later")), "2022-05-13",
        "the most precise of values that agree: 3 reports, origins not checked",
    ),
    "a vague date stands behind each of the precise ones that entail it": Case(
        "event/DETENTION", "date", (("2022", "early"), ("2022-05", "middle"), ("2022-06", "late")), "2022-05",
        "as many origins as another, and known earlier: 2 reports, origins not checked", disputed=True,
    ),
    "the vague date does not gather those who contradict each other": Case(
        "event/DETENTION", "date", (("2022", "early"), ("2022-05", "middle"), ("2022-06", "late"), ("2022-06", "later")), "2022-06",
        "most origins, 3 against 2: 3 reports, origins not checked", disputed=True,
    ),
    "two months that differ are equally precise": Case(
        "event/DETENTION", "date", (("2022-02", "late"), ("2022-03", "early")), "2022-03",
        "as many origins as another, and known earlier: 1 report", disputed=True,
    ),
    "a day is more precise than another month": Case(
        "event/DETENTION", "date", (("2022-02", "early"), ("2022-03-05", "late")), "2022-03-05",
        "as many origins as another, and more precise: 1 report", disputed=True,
    ),
    "about a month agrees with the month": Case(
        "event/DETENTION", "date", (("2022-05~", "late"), ("2022-05", "early")), "2022-05",
        "the one known earliest of values that agree: 2 reports, origins not checked",
    ),
    "spellings of a name do not disagree, and the earliest is shown": Case(
        "person", "name", (("Iryna", "late"), ("Irina", "early"), ("Irene", "later")), "Irina",
        "the one known earliest of values that agree: 3 reports, origins not checked",
    ),
    "of quantities that agree the most precise is shown": Case(
        "group", "size", ((quantity("VAGUE"), "early"), (quantity("MORE_THAN", 300), "middle"), (quantity("EXACTLY", 350), "late")),
        quantity("EXACTLY", 350), "the most precise of values that agree: 3 reports, origins not checked",
    ),
    "quantities that differ are disputed": Case(
        "group", "size", ((quantity("EXACTLY", 300), "late"), (quantity("EXACTLY", 310), "early")), quantity("EXACTLY", 310),
        "as many origins as another, and known earlier: 1 report", disputed=True,
    ),
    "of sentences that agree the most precise is shown": Case(
        "event/CONVICTION", "sentence", (({"kind": "UNSTATED"}, "early"), (TEN_AND_MORE, "middle"), (TEN, "late")), TEN,
        "the most precise of values that agree: 3 reports, origins not checked",
    ),
    "a sentence that tells the regime too is more precise": Case(
        "event/CONVICTION", "sentence", ((TEN, "early"), (TEN | {"regime": "strict"}, "late")), TEN | {"regime": "strict"},
        "the most precise of values that agree: 2 reports, origins not checked",
    ),
    "life and a term are disputed": Case(
        "event/CONVICTION", "sentence", (({"kind": "LIFE"}, "late"), (TEN, "early")), TEN,
        "as many origins as another, and known earlier: 1 report", disputed=True,
    ),
    "flags that differ are disputed": Case(
        "event/CONVICTION", "closed", ((True, "late"), (False, "early")), False,
        "as many origins as another, and known earlier: 1 report", disputed=True,
    ),
    "links that differ are disputed": Case(
        "event/CONVICTION", "court", (("court-a", "late"), ("court-b", "early")), "court-b",
        "as many origins as another, and known earlier: 1 report", disputed=True,
    ),
}  # fmt: skip


def choice(values: dict[str, Any], reason: str) -> Claim:
    return Claim("a-record", "a-record", "person", "a-choice", values, modality=Modality.DERIVED, reason=reason)


def claims_of(case: Case) -> list[Claim]:
    return [
        claim({case.name: value}, cited, kind=case.kind, unit=f"unit-{place}")
        for place, (value, cited) in enumerate(case.said)
    ]


def shown_of(case: Case, claims: list[Claim]) -> ResolvedValue:
    shown = resolve_single(prop(case.kind, case.name), claims, FACTS)
    assert shown is not None
    return shown


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_value_that_a_rule_chooses_is_shown_with_its_reason(case: Case) -> None:
    claims = claims_of(case)
    shown = shown_of(case, claims)
    assert (shown.value, shown.is_disputed) == (case.shown, case.disputed)
    assert set(shown.because.values()) == {case.because}
    assert set(shown.because) == {one.id for one in claims if one.values[case.name] == case.shown}
    assert sorted(map(repr, shown.stated)) == sorted(
        repr(prop(case.kind, case.name).value_type.load(value)) for value, _ in case.said
    )


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_order_of_claims_decides_nothing(case: Case) -> None:
    claims = claims_of(case)
    expected = shown_of(case, claims)
    for order in list(permutations(claims))[:24]:
        now = shown_of(case, list(order))
        assert (now.value, now.because, now.is_disputed) == (expected.value, expected.because, expected.is_disputed)


def test_where_nothing_else_decides_the_smallest_claim_id_does() -> None:
    claims = [claim({"sex": "FEMALE"}, "same-day-one"), claim({"sex": "MALE"}, "same-day-two")]
    shown = resolve_single(prop("person", "sex"), claims, FACTS)
    assert shown is not None
    smallest = min(claims, key=lambda one: one.id)
    assert shown.value == smallest.values["sex"]
    assert shown.because == {smallest.id: "no rule decides: 1 report"}


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0)])
def test_of_two_choices_that_sources_support_the_smaller_claim_id_decides(order: tuple[int, ...]) -> None:
    stated = [claim({"sex": "FEMALE"}, "early"), claim({"sex": "MALE"}, "late")]
    choices = [choice({"sex": "FEMALE"}, "the judgment says so"), choice({"sex": "MALE"}, "the passport says so")]
    decisive = min(choices, key=lambda one: one.id)
    shown = resolve_single(prop("person", "sex"), [[*stated, *choices][place] for place in order], FACTS)
    assert shown is not None
    assert shown.value == decisive.values["sex"]
    assert set(shown.because.values()) == {f"a steward's choice: {decisive.reason}"}
    assert decisive.id in shown.because
    assert shown.is_disputed


def test_a_choice_of_a_value_that_no_source_states_decides_nothing() -> None:
    stated = claim({"sex": "FEMALE"}, "early")
    shown = resolve_single(prop("person", "sex"), [stated, choice({"sex": "MALE"}, "a guess")], FACTS)
    assert shown is not None
    assert (shown.value, set(shown.because)) == ("FEMALE", {stated.id})


@pytest.mark.parametrize(
    ("value_type", "exclusive", "is_disputed"),
    [(TEXT, None, False), (TEXT, True, True), (COUNTRY, None, True), (COUNTRY, False, False)],
)
def test_whether_differing_values_are_a_dispute_is_declared_and_free_text_is_none_by_itself(
    value_type: ValueType, exclusive: bool | None, is_disputed: bool
) -> None:
    new = Property("a-new-property", value_type, "Added later.", exclusive=exclusive)
    claims = [claim({"a-new-property": "UA"}, "early"), claim({"a-new-property": "RU"}, "late")]
    shown = resolve_single(new, claims, FACTS)
    assert shown is not None
    assert shown.is_disputed is is_disputed


def test_a_property_that_nobody_states_is_not_shown() -> None:
    claims = [claim({"sex": "FEMALE"}, "late")]
    assert resolve_single(prop("person", "category"), claims, FACTS) is None
    assert resolve_list(prop("person", "occupations"), claims, FACTS) is None


def test_lists_are_united_in_the_order_of_publication() -> None:
    claims = [
        claim({"occupations": ["teacher", "poet"]}, "late"),
        claim({"occupations": ["poet", "nurse"]}, "early"),
        claim({"occupations": ["driver"]}, "middle"),
    ]
    shown = resolve_list(prop("person", "occupations"), claims, FACTS)
    assert shown is not None
    assert shown.value == ["poet", "nurse", "driver", "teacher"]
    assert not shown.is_disputed
    assert set(shown.because.values()) == {"lists are united"}


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        ("late", {"late"}),
        ("copy-of-late", {"late"}),
        ("copy-of-copy", {"late"}),
        ("aggregator", set()),
        ("copy-of-aggregator", set()),
    ],
)
def test_an_origin_is_a_source_that_repeats_nobody(of: str, expected: set[str]) -> None:
    assert origins(of, FACTS) == expected


def test_sources_that_repeat_each_other_have_no_origin_and_end() -> None:
    round_about = facts(source("one", derived_from=["two"]), source("two", derived_from=["one"]))
    assert origins("one", round_about) == frozenset()


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        ([], "no report"),
        (["late"], "1 report"),
        (["late", "late"], "1 report"),
        (["checked-one"], "1 report"),
        (["checked-one", "checked-copy"], "2 reports, 1 origin"),
        (["checked-one", "checked-two"], "2 reports, 2 origins"),
        (["early", "middle", "late", "later", "aggregator"], "5 reports, origins not checked"),
    ],
)
def test_reports_and_origins_are_told_in_words(cited: list[str], expected: str) -> None:
    assert describe_support(cited, FACTS) == expected


@pytest.mark.parametrize(
    ("kind", "name", "precise", "vague"),
    [
        ("event/DETENTION", "date", "2022-05-13", "2022-05"),
        ("event/DETENTION", "date", "2022-05", "[2022-05..2022-06]"),
        ("event/DETENTION", "date", "2022", "[..2024]"),
        ("person", "category", "CIVILIAN", "UNKNOWN"),
        ("group", "size", quantity("EXACTLY", 350), quantity("MORE_THAN", 300)),
        ("group", "size", quantity("MORE_THAN", 300), quantity("MORE_THAN", 200)),
        ("group", "size", quantity("AT_MOST", None, 20), quantity("AT_MOST", None, 30)),
        ("group", "size", quantity("RANGE", 10, 20), quantity("AT_LEAST", 10)),
        ("event/CONVICTION", "sentence", {"kind": "LIFE"}, {"kind": "UNSTATED"}),
        ("event/CONVICTION", "sentence", TEN, TEN_AND_MORE),
    ],
)
def test_a_precise_value_entails_a_vague_one_and_not_the_other_way(
    kind: str, name: str, precise: Any, vague: Any
) -> None:
    this = prop(kind, name)
    precise, vague = map(this.value_type.load, (precise, vague))
    assert compatible(this, precise, vague)
    assert compatible(this, vague, precise)
    assert entails(this, precise, vague)
    assert not entails(this, vague, precise)

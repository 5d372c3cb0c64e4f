"""Which numbers, dates and names cannot all be right: situations with their outcomes."""

from __future__ import annotations

from typing import Any

import pytest

from graph_api.compiler.difference_text import ReportedValue, explain_difference, named_value
from graph_api.evidence.differences import (
    Count,
    count_differences,
    family_name_differences,
    is_dated_after_publication,
    name_differences,
    sum_difference,
)
from graph_api.ontology.vocabulary import DifferenceKind
from graph_api.values.languages import Language
from graph_api.values.sums import Part, bounds_of_number


def number(low: float | None, operator: str = "EXACTLY", unit: str = "PEOPLE") -> dict[str, Any]:
    high = low if operator == "EXACTLY" else None
    return {"operator": operator, "unit": unit, "low": low, "high": high, "text": str(low)}


def count(figure: str, quantity: dict[str, Any], *, scope: str = "freed", **more: Any) -> Count:
    return Count(figure, quantity, (scope,), ("exchange-1",), **more)


@pytest.mark.parametrize(
    ("counts", "differing"),
    [
        ([count("a", number(56)), count("b", number(55))], ["a", "b"]),
        ([count("a", number(56)), count("b", number(56))], []),
        ([count("a", number(56)), count("b", number(55), scope="agreed")], []),
        ([count("a", number(56)), count("b", number(55, unit="BODIES"))], []),
        ([count("a", number(56)), count("b", number(50, "MORE_THAN"))], []),
        ([count("a", number(50)), count("b", number(50, "MORE_THAN"))], ["a", "b"]),
        ([count("a", number(50)), count("b", number(50, "AT_LEAST"))], []),
        ([count("a", number(310)), count("b", number(300, "ABOUT"))], []),
        ([count("a", number(310)), count("b", number(None, "VAGUE"))], []),
        ([count("a", number(189), side="ukraine"), count("b", number(150), side="russia")], []),
        ([count("a", number(189), side="ukraine"), count("b", number(150), side="ukraine")], ["a", "b"]),
        ([count("a", number(189), side="ukraine"), count("b", number(150))], ["a", "b"]),
        ([count("all", number(95)), count("of-azov", number(34), total="all")], []),
        ([count("x", number(10), total="all"), count("y", number(4), total="all"), count("all", number(14))], []),
        (
            [count("all", number(390), scope="any"), count("pow", number(270), total="all"), count("b", number(390))],
            ["b", "pow"],
        ),
    ],
)  # fmt: skip
def test_numbers_of_the_same_differ_unless_their_words_or_two_sides_allow_both(
    counts: list[Count], differing: list[str]
) -> None:
    found = count_differences(counts)
    assert [each.subject for one in found for each in one.between] == differing
    assert {one.kind for one in found} <= {DifferenceKind.COUNT}


@pytest.mark.parametrize(("total", "differs"), [(5976, True), (5971, False)])
def test_parts_that_are_said_to_be_all_of_a_total_and_do_not_add_up_to_it_are_a_difference(
    total: int, differs: bool
) -> None:
    parts = {"m": Part(number(5648), category="PRISONER_OF_WAR"), "c": Part(number(323), category="CIVILIAN")}
    found = sum_difference("t", number(total), parts)
    assert (found is not None) is differs
    if found is not None:
        assert [one.subject for one in found.between] == ["t", "c", "m"]


def test_the_id_of_a_difference_does_not_depend_on_the_order_of_the_figures() -> None:
    counts = [count("a", number(56)), count("b", number(55)), count("c", number(54))]
    assert count_differences(counts) == count_differences(counts[::-1])


def test_more_than_counts_the_next_person_and_no_part_of_a_share() -> None:
    assert bounds_of_number(number(300, "MORE_THAN"))[0] == 301
    assert bounds_of_number(number(0.5, "MORE_THAN", "SHARE"))[0] == 0.5


@pytest.mark.parametrize(
    ("date", "published", "is_after"),
    [
        ("2025-06-24", "2025-06-23", True),
        ("2025-06-23", "2025-06-23", False),
        ("2025-06", "2025-06-23", False),
        ("2025-07", "2025-06-23", True),
        ("[2025-06-22,2025-06-24]", "2025-06-23", False),
        ("2026", "2025", True),
    ],
)
def test_a_source_cannot_report_a_day_after_its_publication(date: str, published: str, is_after: bool) -> None:
    assert is_dated_after_publication(date, published) is is_after


def test_each_of_several_people_of_one_name_has_a_difference_with_all_of_them() -> None:
    found = name_differences([["p-1", "p-2"], ["p-2", "p-3"]])
    assert {one.subject: [each.subject for each in one.between] for one in found} == {
        "p-1": ["p-1", "p-2"],
        "p-2": ["p-1", "p-2", "p-3"],
        "p-3": ["p-2", "p-3"],
    }


def test_subjects_of_one_event_with_one_family_name_are_told_apart() -> None:
    people = [("p-1", "Test Panov"), ("p-2", "Sample Panov"), ("p-3", "Test Other"), ("p-4", "Panov")]
    assert [one.id for one in family_name_differences("exchange-1", people)] == [
        "IDENTITY:p-1:name:exchange-1",
        "IDENTITY:p-2:name:exchange-1",
    ]


def said(value: Any, source: str, *, record: str = "r", name: str = "date", **more: Any) -> ReportedValue:
    return ReportedValue(value, name, record, record, source, **more)


@pytest.mark.parametrize(
    ("kind", "name", "values", "text"),
    [
        (
            DifferenceKind.DATE, "date",
            [said("2025-03-31", "A"), said("2025-04-01", "B", is_shown=True, reason="most origins, 2 against 1"),
             said("2025-04-01", "C", is_shown=True, reason="most origins, 2 against 1")],
            "Sources differ on the date: 31 March 2025 (A); 1 April 2025 (B, C). Shown: 1 April 2025. Reason: most origins, 2 against 1.",
        ),
        (
            DifferenceKind.DATE, "born", [said("1956", "A"), said("1945", "B", modality="DERIVED")],
            "Sources differ on the date of birth: 1956 (A); 1945 (worked out from B). No rule decides between them.",
        ),
        (
            DifferenceKind.DATE, "date",
            [said("2025-04-01", "A", reason="no rule decides: 1 report"), said("2025-03-31", "B", reason="no rule decides: 1 report")],
            "Sources differ on the date: 1 April 2025 (A); 31 March 2025 (B). Shown: 31 March or 1 April 2025, since no rule decides "
            "between them.",
        ),
        (
            DifferenceKind.SUM, "quantity",
            [said({"text": "323", "low": 323.0}, "A"), said({"text": "5,976", "low": 5976.0}, "A")],
            "The parts do not add up to the total: 5,976 (A); 323 (A). Each number is shown as it is stated.",
        ),
        (
            DifferenceKind.VALUE, "category",
            [said("PRISONER_OF_WAR", "A", is_shown=True, reason="x"), said("CIVILIAN", "B", has_unnamed_speaker=True)],
            "Sources differ on the category: prisoner of war (A); civilian (B citing a person not named here). "
            "Shown: prisoner of war. Reason: x.",
        ),
        (
            DifferenceKind.VALUE, "places",
            [said(["melitopol"], "A", names=[["melitopol", "Melitopol", "Мелітополь"]], is_shown=True, reason="x"), said(["crimea"], "B")],
            "Sources differ on the places: Melitopol (A); crimea (B). Shown: Melitopol. Reason: x.",
        ),
        (
            DifferenceKind.COUNT, "quantity",
            [said({"text": "55", "operator": "EXACTLY"}, "A", record="f", speaker="S"), said({"text": "56"}, "B", record="g")],
            "These numbers cannot all be right: 55 (A citing S); 56 (B). Each number is kept as a figure of its own.",
        ),
        (
            DifferenceKind.ORDER, "date", [said("2025-06-24", "A", published="2025-06-23")],
            "The source is older than the day that it states: 24 June 2025 in A, published 23 June 2025.",
        ),
        (
            DifferenceKind.ORDER, "custody", [said("2019-09-07", "A", record="EXCHANGE"), said("p", "B", record="TRANSFER", name="who")],
            "The last reports differ, and their order is not settled in this edition: exchange, 7 September 2019 (A); transfer, no date stated (B). "
            "The state is shown as unknown.",
        ),
        (
            DifferenceKind.IDENTITY, "name", [said("T. Panov", "A", record="Test Panov"), said("S. Panov", "B", record="Sample Panov")],
            "Not the same person: Test Panov and Sample Panov have one family name and are named in one event.",
        ),
        (
            DifferenceKind.IDENTITY, "name", [said("x", "A", record="Test Panov"), said("x", "B", record="Панов Тест")],
            "Several people have one name: Test Panov, Панов Тест. They are not known to be the same person.",
        ),
    ],
)  # fmt: skip
def test_a_difference_in_words_has_each_value_with_who_reports_it(
    kind: DifferenceKind, name: str, values: list[ReportedValue], text: str
) -> None:
    assert explain_difference(kind, name, values) == text


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([["melitopol", "Melitopol", "Мелітополь"]], "Мелітополь"),
        ([["melitopol", "Melitopol", None]], "Melitopol"),
        ([["melitopol", None, None]], "melitopol"),
    ],
)
def test_records_in_values_have_their_ukrainian_name_or_the_one_there_is(
    names: list[list[str | None]], text: str
) -> None:
    assert named_value(said(["melitopol"], "A", names=names), Language.UK) == [text]
    assert named_value(said("melitopol", "A", names=names), Language.UK) == text

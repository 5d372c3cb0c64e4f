"""Sums that decision 16 rests on, added from the seed files."""

from __future__ import annotations

from typing import Any

from tests.seeds.test_questions_by_hand import seeds, values

FIGURES: dict[str, Any] = {one["id"]: one for one in seeds()["figures"]}
FIRST_FIVE = ("2025-01-15", "2025-02-05", "2025-03-19", "2025-04-19", "2025-05-06")
BESIDE = "exchange-2025-03-19-to-ukraine-wounded"
WITHIN = "exchange-2025-04-19-to-ukraine-wounded"


def number(id_: str) -> int:
    return int(FIGURES[id_]["quantity"]["low"])


def test_the_five_exchanges_and_those_beside_the_third_are_the_number_of_the_article() -> None:
    exchanged = sum(number(f"exchange-{day}-to-ukraine") for day in FIRST_FIVE)
    assert (exchanged, exchanged + number(BESIDE)) == (832, number("freed-early-2025"))
    assert number(BESIDE) + number(WITHIN) == number("released-outside-lists-early-2025")


def test_those_beside_an_exchange_are_in_no_total_of_it() -> None:
    assert FIGURES[BESIDE]["measure"] == "released"
    assert values(FIGURES[BESIDE], "excludes") == ["exchange-2025-03-19-to-ukraine"]
    assert FIGURES[WITHIN]["measure"] == "freed"
    assert values(FIGURES[WITHIN], "total") == ["exchange-2025-04-19-to-ukraine"]
    for id_ in (BESIDE, WITHIN):
        assert id_ in values(FIGURES["released-outside-lists-early-2025"], "includes")

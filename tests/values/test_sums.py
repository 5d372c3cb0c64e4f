"""Whether parts and events add up to a total: situations with their outcomes, those of the two articles among them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.compiler.sum_text import MESSAGES, StatedTotal, explain_sum
from graph_api.values.languages import Language
from graph_api.values.sums import EventCounts, Part, SumCheck, check_sum
from tests.casefile.test_messages import FORBIDDEN, placeholders


def number(low: float | None, operator: str = "EXACTLY", text: str = "") -> dict[str, Any]:
    high = low if operator == "EXACTLY" else None
    return {
        "operator": operator,
        "unit": "PEOPLE",
        "low": low,
        "high": high,
        "text": text or f"{low:,.0f}" if low else "many",
    }


BY_SEX = (Part(number(5976), sex="MALE"), Part(number(259), sex="FEMALE"))
BY_CATEGORY = (Part(number(5648), category="PRISONER_OF_WAR"), Part(number(323), category="CIVILIAN"))
EXCHANGES = tuple(EventCounts(f"e{n}", (number(count),)) for n, count in enumerate((25, 150, 175, 277, 205)))


@pytest.mark.parametrize(
    ("stated", "parts", "are_complete", "events", "expected"),
    [
        (number(6266), BY_SEX, None, (), SumCheck(6235, None, 31, None)),
        (number(5976), BY_CATEGORY, True, (), SumCheck(5971, None, 5, False)),
        (number(5971), BY_CATEGORY, True, (), SumCheck(5971, None, 0, True)),
        (number(854), (Part(number(1), category="CIVILIAN"),), None, EXCHANGES, SumCheck(None, 832, 22, None)),
        (number(65956), (Part(number(50916)),), None, (), SumCheck(None, None, None, None)),
        (number(6266), BY_SEX, False, (), SumCheck(None, None, None, None)),
        (number(6000, "MORE_THAN"), BY_SEX, True, (), SumCheck(6235, None, None, True)),
        (number(6235, "MORE_THAN"), BY_SEX, True, (), SumCheck(6235, None, None, False)),
        (number(6235, "AT_LEAST"), BY_SEX, True, (), SumCheck(6235, None, None, True)),
        (number(6300, "ABOUT"), BY_SEX, True, (), SumCheck(6235, None, None, None)),
        (number(None, "VAGUE"), BY_SEX, True, (), SumCheck(6235, None, None, None)),
        (number(20), (Part(number(9)), Part(number(11))), None, (), SumCheck(None, None, None, None)),
        (number(20), (Part(number(9)), Part(number(11))), True, (), SumCheck(20, None, 0, True)),
        (number(20), (Part(number(9)), Part(number(11, "ABOUT"))), True, (), SumCheck(None, None, None, None)),
        (number(5), (), None, tuple(EventCounts(str(n), None) for n in range(5)), SumCheck(None, 5, 0, True)),
        (number(5), (), None, (EventCounts("a", ()), EventCounts("b", (number(5),))), SumCheck(None, None, None, None)),
        (number(5), (), None, (EventCounts("a", (number(5), number(6))),), SumCheck(None, None, None, None)),
    ],
)  # fmt: skip
def test_a_sum_is_compared_only_where_it_is_of_all_and_words_without_bounds_contradict_nothing(
    stated: dict[str, Any],
    parts: tuple[Part, ...],
    are_complete: Any,
    events: tuple[EventCounts, ...],
    expected: SumCheck,
) -> None:
    assert check_sum(stated, parts, events, are_complete=are_complete) == expected


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=6), st.booleans() | st.none(), st.integers(0, 4000))
def test_only_parts_that_are_said_to_be_all_of_it_contradict_a_total(
    numbers: list[int], are_complete: Any, stated: int
) -> None:
    found = check_sum(number(stated), [Part(number(one)) for one in numbers], (), are_complete=are_complete)
    assert found.agrees == (stated == sum(numbers) if are_complete else None)


@pytest.mark.parametrize(
    ("total", "text"),
    [
        (
            StatedTotal(number(6266), None, BY_SEX, (), 0),
            "Stated: 6,266. Parts: 5,976 + 259 = 6,235; the difference is 31; both may be right, since the parts are not said to be "
            "all of it. No people counted in it are known by name here.",
        ),
        (
            StatedTotal(number(5976), True, BY_CATEGORY, (), 1),
            "Stated: 5,976. Parts: 5,648 + 323 = 5,971, said to be all of it; the difference is 5. 1 person counted in it is known by name "
            "here.",
        ),
        (
            StatedTotal(number(854), None, (Part(number(1, text="one")),), EXCHANGES, 2),
            "Stated: 854. Of which: one. These parts are not added, since they are not said to be all of it. Events that it counts: 25 + 150 + "
            "175 + 277 + 205 = 832; the difference is 22; both may be right, since it may count differently. 2 people counted in it are "
            "known by name here.",
        ),
        (
            StatedTotal(number(3), None, (), (), 0),
            "Stated: 3. Nothing in this edition can be added up to it. No people counted in it are known by name here.",
        ),
    ],
)  # fmt: skip
def test_a_total_in_words_has_what_was_added(total: StatedTotal, text: str) -> None:
    assert explain_sum(total) == text


@pytest.mark.parametrize(
    ("total", "text"),
    [
        (
            StatedTotal(number(6266), None, BY_SEX, (), 0),
            "Зазначено: 6 266. Частини: 5 976 + 259 = 6 235; різниця: 31; обидва числа можуть бути правильними, бо не зазначено, що частини "
            "становлять усе число. З осіб, яких охоплює це число, тут нікого не названо поіменно.",
        ),
        (
            StatedTotal(number(5976), True, BY_CATEGORY, (), 1),
            "Зазначено: 5 976. Частини: 5 648 + 323 = 5 971, зазначено, що вони становлять усе число; різниця: 5. З осіб, яких охоплює це "
            "число, тут названо поіменно: 1.",
        ),
        (
            StatedTotal(number(5971), True, BY_CATEGORY, (), 0),
            "Зазначено: 5 971. Частини: 5 648 + 323 = 5 971, зазначено, що вони становлять усе число; сума збігається. З осіб, яких охоплює "
            "це число, тут нікого не названо поіменно.",
        ),
        (
            StatedTotal(number(854), None, (Part(number(1, text="one")),), EXCHANGES, 2),
            "Зазначено: 854. У тому числі: «one». Ці частини не додано, бо не зазначено, що вони становлять усе число. Події, які охоплює це "
            "число: 25 + 150 + 175 + 277 + 205 = 832; різниця: 22; обидва числа можуть бути правильними, бо полічено могло бути по-різному. З "
            "осіб, яких охоплює це число, тут названо поіменно: 2.",
        ),
        (
            StatedTotal(number(3), None, (), (), 0),
            "Зазначено: 3. У цій версії немає чисел, сума яких мала б із ним збігатися. З осіб, яких охоплює це число, тут нікого не названо "
            "поіменно.",
        ),
        (
            StatedTotal(number(None, "VAGUE"), None, (), (EventCounts("a", ()), EventCounts("b", (number(5),))), 0),
            "Зазначено: «many». Число охоплює 2 події; подій з одним зазначеним числом: 1, тому їх не додано. З осіб, яких охоплює це число, "
            "тут нікого не названо поіменно.",
        ),
        (
            StatedTotal(number(6), None, (), tuple(EventCounts(str(n), None) for n in range(5)), 0),
            "Зазначено: 6. У цій версії наведено 5 подій з тих, які охоплює це число; різниця: 1; обидва числа можуть бути правильними, бо "
            "полічено могло бути по-різному. З осіб, яких охоплює це число, тут нікого не названо поіменно.",
        ),
    ],
)  # fmt: skip
def test_a_total_in_ukrainian_has_what_was_added(total: StatedTotal, text: str) -> None:
    assert explain_sum(total, Language.UK).replace("\u00a0", " ") == text


@pytest.mark.parametrize("key", MESSAGES)
def test_a_message_of_a_total_has_no_value_that_english_has_not(key: str) -> None:
    english, ukrainian = MESSAGES[key]
    assert placeholders(ukrainian) == placeholders(english) - {"are"}
    assert not re.search("[A-Za-z]", re.sub(r"\{\w+\}", "", ukrainian))
    assert not FORBIDDEN.search(ukrainian)

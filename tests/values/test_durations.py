"""Durations: what is read, what is refused, and adding by the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.errors import InvalidValue
from graph_api.values.dates import OPEN_HI, OPEN_LO, day_date, day_number
from graph_api.values.durations import Duration, add


@pytest.mark.parametrize(
    ("text", "months", "days", "normal"),
    [
        ("P90D", 0, 90, "P90D"),
        ("P2W", 0, 14, "P14D"),
        ("P6M", 6, 0, "P6M"),
        ("P2Y", 24, 0, "P2Y"),
        ("P1Y6M", 18, 0, "P1Y6M"),
        ("P18M", 18, 0, "P1Y6M"),
        ("P1Y2M3W4D", 14, 25, "P1Y2M25D"),
        ("P0Y1D", 0, 1, "P1D"),
        ("P1000Y", 12_000, 0, "P1000Y"),
    ],
)
def test_a_duration_is_counted_in_months_and_days(text: str, months: int, days: int, normal: str) -> None:
    duration = Duration.parse(text)

    assert duration == Duration(months, days)
    assert duration.to_json() == normal
    assert Duration.from_json(normal) == duration


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "such as P90D"),
        ("P", "such as P90D"),
        ("90D", "such as P90D"),
        ("p90d", "capital letters"),
        ("P6D1M", "in the order"),
        ("PT5H", "no hours"),
        ("P1DT5H", "no hours"),
        ("P1M ", "such as P90D"),
        ("P1M\n", "such as P90D"),
        ("P-1D", "such as P90D"),
        ("-P1D", "whole and positive"),
        ("P1.5M", "whole and positive"),
        ("P1,5M", "whole and positive"),
        ("P９0D", "such as P90D"),
        ("P0D", "at least one day"),
        ("P0Y0M", "at least one day"),
        ("P1001Y", "at most 1000 years"),
        ("P999999D", "at most 1000 years"),
        ("P" + "9" * 5000 + "D", "such as P90D"),
        (90, "as text"),
        (None, "as text"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_what_is_no_duration_is_refused(text: object, says: str) -> None:
    with pytest.raises(InvalidValue, match=says):
        Duration.parse(text)


@pytest.mark.parametrize(
    ("start", "text", "end"),
    [
        ("2023-01-31", "P1M", "2023-02-28"),
        ("2024-01-31", "P1M", "2024-02-29"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2024-02-29", "P4Y", "2028-02-29"),
        ("2024-02-28", "P1M", "2024-03-28"),
        ("2024-12-31", "P2M", "2025-02-28"),
        ("2024-05-13", "P90D", "2024-08-11"),
        ("2023-01-31", "P1M1D", "2023-03-01"),
        ("1969-12-31", "P1D", "1970-01-01"),
        ("9999-12-30", "P1D", "9999-12-31"),
    ],
)
def test_months_are_added_first_and_clamped_to_the_months_end_then_days(start: str, text: str, end: str) -> None:
    day = add(day_number(date.fromisoformat(start)), Duration.parse(text))

    assert str(day_date(day)) == end


@pytest.mark.parametrize("text", ["P1D", "P1M", "P1000Y"])
def test_an_open_end_stays_open(text: str) -> None:
    assert add(OPEN_LO, Duration.parse(text)) == OPEN_LO
    assert add(OPEN_HI, Duration.parse(text)) == OPEN_HI


@pytest.mark.parametrize(("start", "text"), [("9999-12-31", "P1D"), ("9999-01-01", "P1Y"), ("9999-12-01", "P1M")])
def test_what_lies_beyond_the_calendar_is_open(start: str, text: str) -> None:
    assert add(day_number(date.fromisoformat(start)), Duration.parse(text)) == OPEN_HI
    assert add(day_number(date.max) + 1, Duration.parse(text)) == OPEN_HI
    assert add(day_number(date.min) - 1, Duration.parse(text)) == OPEN_LO


durations = st.builds(Duration, st.integers(0, 600), st.integers(0, 4000)).filter(lambda d: d != Duration(0, 0))
days = st.integers(day_number(date(1000, 1, 1)), day_number(date(2999, 12, 31)))


@settings(deadline=None)
@given(days, durations)
def test_adding_agrees_with_dateutil(day: int, duration: Duration) -> None:
    start = day_date(day)
    assert start is not None

    expected = start + relativedelta(months=duration.months, days=duration.days)

    assert day_date(add(day, duration)) == expected


@settings(deadline=None)
@given(days, durations)
def test_a_later_day_never_ends_earlier_and_every_duration_moves_on(day: int, duration: Duration) -> None:
    assert day < add(day, duration) <= add(day + 1, duration)


@settings(deadline=None)
@given(durations)
def test_a_duration_in_normal_form_is_read_back(duration: Duration) -> None:
    assert Duration.parse(duration.to_json()) == duration

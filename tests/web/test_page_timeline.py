"""The picture of a timeline says what the dates say: a dot for a day, a bar for a span, hatching for what only the order bounds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.web.pages.timeline import CHART_END, LABELS_END, DatedEntry, Shape, TimelineMark, timeline

ANY_DAY = st.dates(date(2010, 1, 1), date(2026, 12, 31)).map(date.isoformat)
SPAN = st.tuples(ANY_DAY, ANY_DAY).map(sorted).map(lambda days: {"earliest": days[0], "latest": days[1]})
NO_BOUNDS = {"earliest": None, "latest": None}


def entry(when: dict[str, Any] | None, until: dict[str, Any] | None = None, **bounds: str | None) -> DatedEntry:
    return DatedEntry(1, "Held", "an-event", when, until, {**NO_BOUNDS, **bounds})


def span(earliest: str, latest: str, **more: Any) -> dict[str, Any]:
    return {"earliest": earliest, "latest": latest, **more}


FIRST, LAST = entry(span("2020-01-01", "2020-01-01")), entry(span("2024-01-01", "2024-01-01"))


def marked(one: DatedEntry) -> TimelineMark:
    picture = timeline([FIRST, one, LAST])
    assert picture is not None
    return picture.marks[1]


@pytest.mark.parametrize(
    ("one", "shape", "open_left", "open_right"),
    [
        (entry(span("2022-05-13", "2022-05-13")), Shape.DAY, False, False),
        (entry(span("2022-05-01", "2022-05-31")), Shape.SPAN, False, False),
        (entry(span("2022-05-01", "2022-05-01"), span("2023-01-01", "2023-01-31")), Shape.LASTED, False, False),
        (entry(None, earliest="2021-01-01", latest="2023-01-01"), Shape.UNDATED, False, False),
        (entry(None, latest="2023-01-01"), Shape.UNDATED, True, False),
        (entry(None, earliest="2021-01-01"), Shape.UNDATED, False, True),
        (entry(None), Shape.NOTHING, False, False),
        (entry(span("2022-05-01", None)), Shape.SPAN, False, True),  # type: ignore[arg-type] # an open date
    ],
)
def test_the_shape_follows_from_what_is_stated(
    one: DatedEntry, shape: Shape, open_left: bool, open_right: bool
) -> None:
    mark = marked(one)
    assert (mark.shape, mark.is_open_left, mark.is_open_right) == (shape, open_left, open_right)


def test_an_end_that_nothing_bounds_reaches_the_edge_of_the_picture() -> None:
    assert marked(entry(None, latest="2023-01-01")).x == LABELS_END
    mark = marked(entry(None, earliest="2021-01-01"))
    assert mark.x + mark.width == pytest.approx(CHART_END, abs=0.2)


def test_an_approximate_date_is_marked() -> None:
    assert marked(entry(span("2022-05-01", "2022-05-31", approximate=True))).is_approximate


def test_without_any_day_there_is_no_picture() -> None:
    assert timeline([]) is None
    assert timeline([entry(None)]) is None


@given(st.lists(SPAN, min_size=1, max_size=12))
def test_every_event_has_one_mark_in_its_order_and_in_the_picture_and_earlier_days_stand_further_left(
    spans: list[dict[str, Any]],
) -> None:
    picture = timeline([entry(one) for one in spans])
    assert picture is not None
    assert [mark.entry.date for mark in picture.marks] == spans
    assert all(mark.y + 30 <= picture.height for mark in picture.marks)
    for mark in picture.marks:
        assert mark.x >= LABELS_END
        assert mark.x + mark.width <= picture.width
    for one in picture.marks:
        for other in picture.marks:
            assert one.entry.date is not None
            assert other.entry.date is not None
            if one.entry.date["earliest"] < other.entry.date["earliest"]:
                assert one.x <= other.x
    years = [year for _, year in picture.ticks]
    assert years == sorted(years)
    assert len(years) <= 13

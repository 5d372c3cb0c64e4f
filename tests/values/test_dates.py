"""Dates: what each EDTF form means, what is refused and why, and two other parsers as witnesses."""

from __future__ import annotations

import random
import warnings
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from graph_api.errors import InvalidValue
from graph_api.values.dates import OPEN_HI, OPEN_LO, When, contains, day_date, day_number, parse_day
from tests.helpers.timing import processor_seconds
from tests.helpers.yaml_text import load_yaml

CASES: dict[str, list[dict[str, Any]]] = load_yaml(
    (Path(__file__).parent / "cases" / "dates.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES["accepted"], ids=lambda case: case["edtf"])
def test_a_date_of_a_known_form_has_its_days_its_flags_and_its_words(case: dict[str, Any]) -> None:
    when = When.parse(case["edtf"])

    assert when.edtf == case["edtf"]
    assert (when.earliest and when.earliest.isoformat()) == case.get("earliest")
    assert (when.latest and when.latest.isoformat()) == case.get("latest")
    assert when.display == case["display"]
    assert (when.approximate, when.uncertain) == (case.get("approximate", False), case.get("uncertain", False))
    assert When.from_json(when.to_json()) == when


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: repr(case["text"]))
def test_a_text_that_is_no_date_is_refused_with_what_would_be_right(case: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue) as error:
        When.parse(case["text"])

    assert case["says"] in str(error.value)
    assert error.value.found == case["text"]


@pytest.mark.parametrize("value", [2022, None, date(2022, 5, 13), b"2022", True], ids=repr)
def test_a_value_that_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(InvalidValue):
        When.parse(value)


def test_marks_do_not_widen_the_days() -> None:
    plain, hedged = When.parse("2022-05"), When.parse("2022-05%")

    assert (plain.lo, plain.hi) == (hedged.lo, hedged.hi)


def test_open_ends_are_sentinels_beyond_every_day() -> None:
    before, after = When.parse("[..2024]"), When.parse("[2024..]")

    assert (before.lo, after.hi) == (OPEN_LO, OPEN_HI)
    assert day_number(date.min) > OPEN_LO
    assert day_number(date.max) < OPEN_HI
    assert day_date(OPEN_LO) is None
    assert day_date(OPEN_HI) is None


def test_day_numbers_count_from_1970_and_turn_back_into_their_dates() -> None:
    assert day_number(date(1970, 1, 1)) == 0
    assert day_number(date(1969, 12, 31)) == -1
    for day in (date.min, date(1582, 10, 15), date(2024, 2, 29), date.max):
        assert day_date(day_number(day)) == day
    assert day_date(day_number(date.min) - 1) is None
    assert day_date(day_number(date.max) + 1) is None


@pytest.mark.parametrize(
    ("outer", "inner", "nested"),
    [
        ("2022-05", "2022-05-13", True),
        ("2022-05-13", "2022-05", False),
        ("2022", "2022", True),
        ("2022-05", "2022-06", False),
        ("[..2024]", "2022", True),
        ("[2024..]", "[2025..]", True),
        ("[2025..]", "[2024..]", False),
        ("[2022-05..2022-06]", "[2022-06..2022-07]", False),
    ],
)
def test_a_date_contains_the_dates_whose_days_it_allows(outer: str, inner: str, nested: bool) -> None:
    assert contains(When.parse(outer), When.parse(inner)) is nested


def test_precision_counts_the_days_between_so_that_the_smallest_is_the_most_precise() -> None:
    texts = ["2022-05-13", "2022-05", "2022-21", "2022", "201X", "20XX", "[..2024]"]

    precisions = [When.parse(text).precision for text in texts]

    assert precisions[:2] == [0, 30]
    assert precisions == sorted(precisions)


@pytest.mark.parametrize("text", ["2024-09-01", "0001-01-01", "9999-12-31", "2024-02-29"])
def test_a_calendar_day_is_read(text: str) -> None:
    assert parse_day(text).isoformat() == text


@pytest.mark.parametrize(
    "text",
    [
        *("20240901", "2024-9-1", "2024-09", "2024-09-01\n", " 2024-09-01", "2024-W36-7", "2024-02-30", "2023-02-29"),
        *("0000-01-01", "2024-09-01T00:00", "2024-09-01~", "２０２４-09-01", "", "2024-09-31"),
    ],
    ids=repr,
)
def test_anything_but_a_calendar_day_is_refused_as_a_day(text: str) -> None:
    with pytest.raises(InvalidValue, match="YYYY-MM-DD"):
        parse_day(text)


@pytest.mark.parametrize("value", [None, 20240901, date(2024, 9, 1)], ids=repr)
def test_a_value_that_is_no_text_is_refused_as_a_day(value: object) -> None:
    with pytest.raises(InvalidValue, match="YYYY-MM-DD"):
        parse_day(value)


def test_every_day_of_four_years_parses_to_itself_and_its_neighbours_are_one_apart() -> None:
    day = date(2021, 1, 1)
    while day < date(2025, 1, 1):
        when = When.parse(day.isoformat())
        assert when.lo == when.hi == day_number(day)
        assert day_date(when.lo + 1) == day + timedelta(days=1)
        day += timedelta(days=1)


@pytest.mark.slow
def test_a_hundred_thousand_dates_parse_in_two_seconds() -> None:
    texts = ["2022-05-13", "2022-05", "2022~", "201X", "[2024-08..2024-10]"] * 20_000
    _, seconds = processor_seconds(lambda: [When.parse(text) for text in texts])
    assert seconds < 2


# ── Differential: `edtf` and `undate` read the same texts ────────────────────────────────────────────────────────

Bounds = tuple[tuple[int, ...] | float | None, tuple[int, ...] | float | None]


def ours(text: str) -> Bounds | None:
    try:
        when = When.parse(text)
    except InvalidValue:
        return None
    return (
        when.earliest.timetuple()[:3] if when.earliest else float("-inf"),
        when.latest.timetuple()[:3] if when.latest else float("inf"),
    )


def edtf_says(text: str) -> Bounds | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyparsing's deprecations are not ours
        from edtf import parse_edtf

        try:
            parsed = parse_edtf(text)
            low, high = parsed.lower_strict(), parsed.upper_strict()
        except Exception:  # noqa: BLE001 - it raises AttributeError, ValueError and its own
            return None
    return tuple(bound if isinstance(bound, float) else tuple(bound)[:3] for bound in (low, high))  # type: ignore[return-value]


def undate_says(text: str) -> Bounds | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from undate import Undate

        try:
            parsed = Undate.parse(text, "EDTF")
            low, high = parsed.earliest, parsed.latest
        except Exception:  # noqa: BLE001
            return None
    return tuple((int(bound.year), int(bound.month), int(bound.day)) for bound in (low, high))  # type: ignore[return-value]


def leap_day_of_no_leap_year(text: str) -> bool:
    return "-02-29" in text and ours(text) is None


def generated_points(count: int, seed: int) -> list[str]:
    """Years, months and days, the impossible ones included; unspecified digits; marks."""
    chance = random.Random(seed)  # noqa: S311
    texts = [
        f"{year}-{month:02}-{day:02}"
        for year, month, day in product((1900, 2000, 2023, 2024), (0, 2, 4, 12, 13), (0, 1, 28, 29, 30, 31, 32))
    ]
    while len(texts) < count:
        year, month, day = chance.randint(1000, 2999), chance.randint(0, 14), chance.randint(0, 32)
        forms = (
            f"{year}",
            f"{year}-{month:02}",
            f"{year}-{month:02}-{day:02}",
            f"{str(year)[:3]}X",
            f"{str(year)[:2]}XX",
            f"{year}-XX",
            f"{year}-XX-XX",
            f"{year}-{max(1, month % 13):02}-XX",
        )
        texts.append(chance.choice(forms) + chance.choice(("", "", "~", "?", "%")))
    return texts


def generated_sets(count: int, seed: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311
    texts: list[str] = []
    while len(texts) < count:
        year, month = chance.randint(1000, 2998), chance.randint(1, 11)
        early, late = (
            (f"{year}", f"{year + 1}"),
            (f"{year}-{month:02}", f"{year}-{month + 1:02}"),
            (f"{year}-{month:02}-28", f"{year + 1}-{month:02}-01"),
        )[len(texts) % 3]
        texts.append(
            chance.choice(
                (f"[{early}..{late}]", f"[{early},{late}]", f"[..{late}]", f"[{early}..]", f"[{early}, {late}")
            )
        )
    return texts


def test_three_hundred_generated_points_mean_the_same_to_edtf() -> None:
    texts = [text for text in generated_points(300, seed=1) if not leap_day_of_no_leap_year(text)]
    texts += [f"{year}-{season}" for year in (1999, 2024) for season in (21, 22, 23)]

    assert [(text, ours(text)) for text in texts] == [(text, edtf_says(text)) for text in texts]


def test_forty_generated_sets_mean_the_same_to_edtf() -> None:
    texts = generated_sets(40, seed=2)

    assert [(text, ours(text)) for text in texts] == [(text, edtf_says(text)) for text in texts]


def test_three_hundred_generated_points_mean_the_same_to_undate() -> None:
    texts = generated_points(300, seed=3)

    assert [(text, ours(text)) for text in texts] == [(text, undate_says(text)) for text in texts]


@pytest.mark.slow
def test_many_more_generated_dates_mean_the_same_to_edtf_and_undate() -> None:
    points, sets = generated_points(1500, seed=4), generated_sets(200, seed=5)
    both = [text for text in points + sets if not leap_day_of_no_leap_year(text)]

    assert [(text, ours(text)) for text in both] == [(text, edtf_says(text)) for text in both]
    assert [(text, ours(text)) for text in points] == [(text, undate_says(text)) for text in points]


REFUSED = None


@pytest.mark.parametrize(
    ("text", "our_bounds", "edtf_bounds", "reason"),
    [
        (
            "2022-24",
            ((2022, 12, 1), (2023, 2, 28)),
            ((2022, 12, 1), (2022, 12, 31)),
            "edtf cuts winter off at the end of the year 'for simplicity'; that would make comparisons falsely certain",
        ),
        ("2022-21~", ((2022, 3, 1), (2022, 5, 31)), REFUSED, "a season takes a mark like every other date"),
        ("[2022-21,2023]", ((2022, 3, 1), (2023, 12, 31)), REFUSED, "a season may stand in a set"),
        ("[2022..2023-02]", ((2022, 1, 1), (2023, 2, 28)), REFUSED, "edtf wants as much detail at the first end"),
        ("2023-02-29", REFUSED, ((2023, 2, 29), (2023, 2, 29)), "edtf takes 29 February in every year"),
        ("[2023..2022]", REFUSED, ((2023, 1, 1), (2022, 12, 31)), "bounds the wrong way round are a slip"),
        ("2023-XX-12", REFUSED, ((2023, 1, 12), (2023, 12, 12)), "level 2; a set says it more clearly"),
        ("202X-05", REFUSED, ((2020, 5, 1), (2029, 5, 31)), "level 2"),
        ("2XXX", REFUSED, ((2000, 1, 1), (2999, 12, 31)), "level 2; says nothing"),
        ("2022-25", REFUSED, ((2022, 3, 1), (2022, 5, 31)), "level 2: seasons of a hemisphere, quarters"),
        ("2022?-05", REFUSED, ((2022, 5, 1), (2022, 5, 31)), "level 2: a mark on a part"),
        ("2022/2023", REFUSED, ((2022, 1, 1), (2023, 12, 31)), "a span is two points"),
        ("{2022,2023}", REFUSED, ((2022, 1, 1), (2023, 12, 31)), "several days are several events"),
        ("0999", REFUSED, ((999, 1, 1), (999, 12, 31)), "years from 1000 to 2999"),
        ("3000", REFUSED, ((3000, 1, 1), (3000, 12, 31)), "years from 1000 to 2999"),
        ("-2022", REFUSED, ((-2022, 1, 1), (-2022, 12, 31)), "years from 1000 to 2999"),
    ],
)
def test_where_we_deviate_from_edtf_it_is_for_a_reason(
    text: str, our_bounds: Bounds | None, edtf_bounds: Bounds | None, reason: str
) -> None:
    assert (ours(text), edtf_says(text)) == (our_bounds, edtf_bounds), reason


@pytest.mark.parametrize("text", ["2022-21", "2022-24", "[2024-08..2024-10]", "[2022,2023-05]", "[..2024]"])
def test_seasons_and_sets_are_refused_by_undate_which_is_why_it_is_no_witness_for_them(text: str) -> None:
    assert undate_says(text) is None
    assert ours(text) is not None

"""Which value is preferred never depends on the day on which somebody read a source; where no rule decides, no date is preferred."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.evidence.claims import Claim
from graph_api.evidence.projection import ProjectedRecord, project
from graph_api.values.dates import When
from tests.evidence.evidence import claim, source

READ = ("2026-01-05", "2026-02-06", "2026-03-07", "2026-04-08")
"""Days of reading, all later than what sources tell of."""


def read_source(id_: str, retrieved: str, published: str | None = None, kind: str = "NGO") -> Claim:
    made = source(id_, published or "2024", kind, retrieved=retrieved)
    values = dict(made.values) if published else {key: one for key, one in made.values.items() if key != "published"}
    return Claim(id_, id_, "source", id_, values)


def release(date: str, cited: str, **more: Any) -> Claim:
    return claim({"kind": "RELEASE", "date": date}, cited, record="freed", kind="event/RELEASE", unit=cited, **more)


def decisions(records: dict[str, ProjectedRecord], record: str, name: str) -> dict[str, tuple[bool, str]]:
    """Return whether each claim's value of a property is preferred, and why, by claim."""
    place = sorted(("kind", name)).index(name)
    return {one.claim: (one.preferred[place], one.because[place]) for one in records[record].decisions}


@pytest.mark.parametrize(
    ("days", "shown", "display"),
    [
        (("2025-06-24", "2025-06-22", "2025-06-23"), "[2025-06-22,2025-06-23,2025-06-24]", "22, 23 or 24 June 2025"),
        (("2025-04-01", "2025-03-31"), "[2025-03-31,2025-04-01]", "31 March or 1 April 2025"),
        (("2025-06?", "2025-05"), "[2025-05,2025-06]", "May or June 2025"),
        (("[2025-01,2025-03]", "[2025-06..2025-08]"), "[2025-01,2025-03,2025-06..2025-08]", None),
    ],
)
def test_dates_between_which_no_rule_decides_are_shown_as_one_of_them(
    days: Sequence[str], shown: str, display: str | None
) -> None:
    sources = [read_source(f"page-{place}", READ[place]) for place in range(len(days))]
    records = project([*sources, *(release(day, f"page-{place}") for place, day in enumerate(days))])
    node = records["freed"].node.properties
    assert node["date"] == shown
    assert node["disputed"] == ["date"]
    assert display is None or When.parse(shown).display == display
    assert set(decisions(records, "freed", "date").values()) == {(False, "no rule decides: 1 report")}


def test_a_less_precise_value_that_no_tied_date_excludes_is_in_the_bounds_and_not_among_the_shown() -> None:
    sources = [read_source(f"page-{place}", READ[place]) for place in range(3)]
    said = [release("2025-06-22", "page-0"), release("2025-06-24", "page-1"), release("2025", "page-2")]
    node = project([*sources, *said])["freed"].node.properties
    assert node["date"] == "[2025-06-22,2025-06-24]"
    assert (node["date_lo"], node["date_hi"]) == (When.parse("2025").lo, When.parse("2025").hi)


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        (("2025-07-01", "2025-07-02"), "2025-06-22"),
        (("2025-07-02", "2025-07-01"), "2025-06-24"),
        (("2025-07-01", None), "[2025-06-22,2025-06-24]"),
        ((None, None), "[2025-06-22,2025-06-24]"),
        (("2025-07-01", "2025-07-01"), "[2025-06-22,2025-06-24]"),
        (("[2025-06-25..2025-07-20]", "2025-07-01"), "[2025-06-22,2025-06-24]"),
        (("[2025-06-25..2025-07-20]", "2025-07-21"), "2025-06-22"),
    ],
)
def test_the_value_known_earlier_is_shown_only_where_both_sources_state_a_day_of_publication(
    published: tuple[str | None, str | None], shown: str
) -> None:
    sources = [read_source(f"page-{place}", READ[place], day) for place, day in enumerate(published)]
    said = [release("2025-06-22", "page-0"), release("2025-06-24", "page-1")]
    assert project([*sources, *said])["freed"].node.properties["date"] == shown


# ── properties ──────────────────────────────────────────────────────────────────────────────────────────────────────

DATES = st.sampled_from(("2024", "2024-05", "2024-06", "2024-05-13", "2024-05-14", "[2024-05..2024-06]", "2024-05-13?"))
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "date": DATES,
        "title": st.sampled_from(("Freed", "Let go")),
        "ground": st.sampled_from(("EARLY", "PARDON", "UNSTATED")),
        "places": st.lists(st.sampled_from(("here", "there")), min_size=1, max_size=2, unique=True),
    },
)
FACTS = st.lists(st.tuples(VALUES, st.integers(0, 3)), min_size=1, max_size=6)
PUBLISHED = st.lists(st.sampled_from((None, "2025-01", "2025-02", "2025-01-31")), min_size=4, max_size=4)
BOUNDED_BY_READING = ("since", "date_hi", "until_hi", "rank", "known", "known_from", "retrieved")


def shown_of(facts: Sequence[tuple[dict[str, Any], int]], published: Sequence[str | None], read: Sequence[str]) -> Any:
    sources = [read_source(f"page-{place}", *one) for place, one in enumerate(zip(read, published, strict=True))]
    places = [
        claim({"name": one, "kind": "SETTLEMENT"}, "page-0", record=one, kind="place") for one in ("here", "there")
    ]
    said = [
        claim({"kind": "RELEASE"} | values, f"page-{cited}", record="freed", kind="event/RELEASE", unit=f"unit-{place}")
        for place, (values, cited) in enumerate(facts)
    ]
    record = project([*sources, *places, *said])["freed"]
    stored = {key: one for key, one in record.node.properties.items() if key not in BOUNDED_BY_READING}
    links = sorted((link.type, link.end, link.properties.get("place", -1)) for link in record.links)
    return stored, links, sorted((one.claim, one.preferred, one.because) for one in record.decisions)


@settings(max_examples=300)
@given(FACTS, PUBLISHED, st.permutations(READ))
def test_days_of_reading_never_change_a_value_a_preference_or_an_order(
    facts: list[tuple[dict[str, Any], int]], published: list[str | None], read: list[str]
) -> None:
    assert shown_of(facts, published, read) == shown_of(facts, published, READ)

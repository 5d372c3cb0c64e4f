"""Nobody within reach is shown at a site, with a place of custody finer than a region, or with a word on health, relatives or counsel.

The list of all that is shown of them is printed: ``pytest -s tests/harm/test_within_reach.py -k list``. ``within_reach.yaml`` has the words that sound
alarming and were looked at.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from tests.harm.shown_of_people import Reviewed, Shown, shown_of, too_fine
from tests.helpers.exposure import within_reach
from tests.helpers.graphs import LiveGraph

LOOKED_AT: Mapping[str, str] = yaml.safe_load(Path(__file__).with_name("within_reach.yaml").read_text("utf-8"))
ENDS = ("maksym-butkevych", "site-izolyatsia", "united-arab-emirates")
"""To which ways are looked for, beside the next person within reach."""


@pytest.fixture(scope="module")
def reviewed() -> Reviewed:
    return Reviewed.of_seeds(frozenset(LOOKED_AT))


@pytest.mark.live
def test_the_list_of_all_that_is_shown_of_people_within_reach_has_nothing_finer_than_may_be_shown(
    seeded: LiveGraph, reviewed: Reviewed
) -> None:
    people = within_reach(seeded)
    assert len(people) > 20
    found: dict[str, list[tuple[str, Shown]]] = {}
    for place, person in enumerate(people):
        shown = shown_of(seeded, person, [*ENDS, people[(place + 1) % len(people)]])
        lines = [f"  {one.part:<12}{one.what:<9}{one.event:<14}{one.detail:<12} {one.text}\n" for one in shown]
        sys.stdout.write("".join([f"\n{person}\n", *lines]))
        assert sum(one.part == "timeline" for one in shown) > 0, person
        if wrong := [(why, one) for one in shown if (why := too_fine(one, reviewed))]:
            found[person] = wrong
    assert found == {}


@pytest.mark.live
def test_of_people_who_came_home_the_same_rule_finds_what_is_shown(seeded: LiveGraph, reviewed: Reviewed) -> None:
    """The rule would hold of nothing if it did not find sites of those of whom they are shown."""
    shown = shown_of(seeded, "maksym-butkevych", [])
    assert {why for one in shown if (why := too_fine(one, reviewed))} >= {"a site"}


@pytest.mark.parametrize(
    "one",
    [
        Shown("timeline", "site", "site-made-up", "CONFINEMENT"),
        Shown("timeline", "place", "Made-up town", "CONFINEMENT", "SETTLEMENT"),
        Shown("timeline", "place", "Made-up raion", "TRANSFER", "DISTRICT"),
        Shown("timeline", "person", "somebody-else", "CONFINEMENT", "SUBJECT"),
        Shown("timeline", "person", "a-lawyer", "CHARGE", "COUNSEL"),
        Shown("gaps", "word", "Nothing is reported of Made-up SIZO."),
        Shown("leads", "word", "Ask in Made-up town."),
        Shown("timeline", "word", "June 2023: said to be ill", "PROOF_OF_LIFE"),
        Shown("references", "word", "His wife tells of the trial"),
        Shown("references", "address", "https://example.org/2023/his-mother-wrote"),
        Shown("paths", "hop", "site-made-up", "Site"),
        Shown("paths", "hop", "made-up-stay", "CONFINEMENT", "PEOPLE"),
    ],
    ids=lambda one: f"{one.part} {one.what} {one.event}",
)
def test_the_rule_finds_what_is_too_fine(one: Shown) -> None:
    assert too_fine(one, Reviewed({"Made-up SIZO"}, {"Made-up town"}, set()))


@pytest.mark.parametrize(
    "one",
    [
        Shown("timeline", "place", "Made-up town", "DETENTION", "SETTLEMENT"),
        Shown("timeline", "place", "Made-up Oblast", "CONFINEMENT", "REGION"),
        Shown("timeline", "word", "June 2023: taken in Made-up town", "DETENTION"),
        Shown("leads", "word", "Nothing in Made-up town Oblast."),
        Shown("timeline", "person", "a-minister", "STATEMENT", "AUTHOR"),
    ],
    ids=lambda one: f"{one.part} {one.what} {one.event}",
)
def test_the_rule_leaves_what_may_be_shown(one: Shown) -> None:
    assert too_fine(one, Reviewed({"Made-up SIZO"}, {"Made-up town"}, set())) is None

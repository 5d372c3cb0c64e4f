"""Nobody within reach is shown at a site, with a place of custody finer than a region, or with a word on health, relatives or counsel.

The list of all that is shown of them is printed: ``pytest -s tests/harm/test_within_reach.py -k list``. ``within_reach.yaml`` has the words that sound
alarming and were looked at.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.harm.shown_of_people import Reviewed, ShownDetail, shown_of, too_fine
from tests.helpers.exposure import within_reach
from tests.helpers.graphs import LiveGraph
from tests.helpers.yaml_text import load_yaml

LOOKED_AT: Mapping[str, str] = load_yaml(Path(__file__).with_name("within_reach.yaml").read_text("utf-8"))
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
    found: dict[str, list[tuple[str, ShownDetail]]] = {}
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
        ShownDetail("timeline", "site", "site-made-up", "CONFINEMENT"),
        ShownDetail("timeline", "place", "Made-up town", "CONFINEMENT", "SETTLEMENT"),
        ShownDetail("timeline", "place", "Made-up raion", "TRANSFER", "DISTRICT"),
        ShownDetail("timeline", "person", "somebody-else", "CONFINEMENT", "SUBJECT"),
        ShownDetail("timeline", "person", "a-lawyer", "CHARGE", "COUNSEL"),
        ShownDetail("gaps", "word", "Nothing is reported of Made-up SIZO."),
        ShownDetail("leads", "word", "Ask in Made-up town."),
        ShownDetail("timeline", "word", "June 2023: said to be ill", "PROOF_OF_LIFE"),
        ShownDetail("references", "word", "His wife tells of the trial"),
        ShownDetail("references", "address", "https://example.org/2023/his-mother-wrote"),
        ShownDetail("paths", "hop", "site-made-up", "Site"),
        ShownDetail("paths", "hop", "made-up-stay", "CONFINEMENT", "PEOPLE"),
    ],
    ids=lambda one: f"{one.part} {one.what} {one.event}",
)
def test_the_rule_finds_what_is_too_fine(one: ShownDetail) -> None:
    assert too_fine(one, Reviewed({"Made-up SIZO"}, {"Made-up town"}, set()))


@pytest.mark.parametrize(
    "one",
    [
        ShownDetail("timeline", "place", "Made-up town", "DETENTION", "SETTLEMENT"),
        ShownDetail("timeline", "place", "Made-up Oblast", "CONFINEMENT", "REGION"),
        ShownDetail("timeline", "word", "June 2023: taken in Made-up town", "DETENTION"),
        ShownDetail("leads", "word", "Nothing in Made-up town Oblast."),
        ShownDetail("timeline", "person", "a-minister", "STATEMENT", "AUTHOR"),
    ],
    ids=lambda one: f"{one.part} {one.what} {one.event}",
)
def test_the_rule_leaves_what_may_be_shown(one: ShownDetail) -> None:
    assert too_fine(one, Reviewed({"Made-up SIZO"}, {"Made-up town"}, set())) is None

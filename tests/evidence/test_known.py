"""What was known on a day: which claims count, and what nobody can have known."""

from __future__ import annotations

from typing import Any

import pytest

from graph_api.evidence.claims import Claim
from graph_api.evidence.known import days_of, known_by, project_known
from graph_api.evidence.projection import ProjectedRecord, project
from graph_api.values.dates import day_number, parse_day
from tests.evidence.evidence import claim, source

OLD, NEW = source("old", "2024-01-10"), source("new", "2024-06-20")
PAGE = Claim("page", "page", "source", "page", {"title": "page", "kind": "MEDIA", "retrieved": "2025-01-05"})
PERSON = claim({"name": "Made Up"}, "old")


def day(text: str) -> int:
    return day_number(parse_day(text))


def event(values: dict[str, Any], cited: str, id_: str = "e", kind: str = "DETENTION") -> Claim:
    return claim({"kind": kind} | values, cited, record=id_, kind=f"event/{kind}", unit=cited)


def part(cited: str, who: str = "a-record", **more: Any) -> Claim:
    subject = f"e/participants/{who}"
    return claim({"who": who, "role": "SUBJECT"} | more, cited, record="e", subject=subject, kind="participants")


def known(claims: list[Claim], text: str) -> dict[str, ProjectedRecord]:
    return project(known_by(claims, day(text)))


def test_a_source_counts_from_its_last_day_of_publication_or_the_day_on_which_it_was_read() -> None:
    claims = [OLD, NEW, PAGE]
    assert days_of(claims) == [day("2024-01-10"), day("2024-06-20"), day("2025-01-05")]
    assert [sorted(known(claims, text)) for text in ("2024-01-09", "2024-01-10", "2024-06-20", "2025-01-05")] == [
        [], ["old"], ["new", "old"], ["new", "old", "page"],
    ]  # fmt: skip


def test_the_last_day_is_all_that_is_known() -> None:
    claims = [OLD, NEW, PAGE, PERSON, event({"date": "2023-05"}, "new"), part("page")]
    assert known(claims, "2025-01-05") == project(claims)


def test_a_value_of_a_later_source_is_not_known() -> None:
    claims = [OLD, NEW, PERSON, event({"date": "2023-05"}, "old"), event({"date": "2023-05-13"}, "new")]
    shown = [known(claims, text)["e"].node.properties["date"] for text in ("2024-06-19", "2024-06-20")]
    assert shown == ["2023-05", "2023-05-13"]


def test_whoever_states_an_event_with_one_subject_states_the_part_but_not_its_side() -> None:
    claims = [OLD, NEW, PERSON, event({}, "old"), part("new", side="ukraine")]
    [link] = [one for one in known(claims, "2024-02-01")["e"].links if one.type == "TOOK_PART"]
    assert (link.start, link.properties["role"], link.properties.get("side")) == ("a-record", "SUBJECT", None)


def test_of_an_event_with_several_subjects_each_part_counts_from_its_own_source() -> None:
    other = claim({"name": "Another"}, "old", record="another", unit="another")
    claims = [OLD, NEW, PERSON, other, event({}, "old"), part("new"), part("new", "another")]
    assert not [one for one in known(claims, "2024-02-01")["e"].links if one.type == "TOOK_PART"]


def test_whoever_states_anything_of_an_event_states_it_by_its_kind() -> None:
    claims = [OLD, NEW, PERSON, event({"date": "2023-05"}, "new"), part("old")]
    node = known(claims, "2024-02-01")["e"].node
    assert (node.properties["kind"], node.properties.get("date")) == ("DETENTION", None)


def test_whoever_only_announces_an_event_states_no_more_of_it() -> None:
    planned = claim({"date": "2024-05"}, "old", record="e", kind="event/DETENTION", unit="planned", announced=True)
    claims = [OLD, NEW, PERSON, event({}, "new"), planned]
    assert [known(claims, day)["e"].node.properties["announced"] for day in ("2024-02-01", "2024-06-20")] == [
        True,
        False,
    ]


def test_a_figure_is_not_known_by_what_a_later_source_counts() -> None:
    first = claim({"measure": "freed", "note": "a number was not given"}, "old", record="f", kind="figure")
    later = claim(
        {
            "measure": "freed",
            "quantity": {"operator": "EXACTLY", "unit": "PEOPLE", "low": 5.0, "high": 5.0, "text": "5"},
        },
        "new",
        record="f",
        kind="figure",
    )
    assert "f" not in known([OLD, NEW, first, later], "2024-02-01")


def test_whoever_names_a_state_states_it_with_what_identifies_it_and_no_more() -> None:
    state = claim(
        {"name": "Land", "code": "XX", "names": [{"text": "Країна", "language": "uk"}]},
        "new",
        record="land",
        kind="state",
    )
    claims = [OLD, NEW, PERSON, state, event({}, "old"), part("old", side="land")]
    found = known(claims, "2024-02-01")
    assert [link.end for link in found["land"].links if link.type == "CITES"] == ["old"]
    assert (found["land"].node.properties["name"], found["land"].node.properties.get("names")) == ("Land", None)
    assert "land" not in known([OLD, NEW, state], "2024-02-01")


def test_a_choice_counts_always_but_brings_no_value_back() -> None:
    choice = Claim("e", "e", "event/DETENTION", "choice", {"date": "2023-05-13"}, reason="a steward looked")
    claims = [OLD, NEW, PERSON, event({"date": "2023-05"}, "old"), event({"date": "2023-05-13"}, "new"), choice]
    assert known(claims, "2024-02-01")["e"].node.properties["date"] == "2023-05"


def test_what_leaves_an_event_no_day_on_a_day_does_not_count_on_it() -> None:
    """The first stage of an exchange is reported on its day; the second report gives the days of the whole."""
    claims = [
        source("first", "2024-03-01"),
        source("second", "2024-03-02"),
        event({"date": "2024-03-01"}, "first", "whole", "EXCHANGE"),
        event({"date": "2024-03-01", "until": "2024-03-03"}, "undated", "whole", "EXCHANGE"),
        event({"date": "2024-03-02", "part-of": "whole"}, "second", "stage", "EXCHANGE"),
        source("undated", "2024-05"),
    ]
    found = project_known(claims, day("2024-03-02"), project)
    assert [one.type for one in found["stage"].links] == ["CITES"]
    assert "PART_OF" in {one.type for one in project(claims)["stage"].links}


@pytest.mark.parametrize("text", ["2024-01-10", "2024-06-20"])
def test_the_order_of_claims_decides_nothing(text: str) -> None:
    claims = [OLD, NEW, PERSON, event({"date": "2023-05"}, "old"), part("new")]
    assert {one.id for one in known_by(claims, day(text))} == {one.id for one in known_by(claims[::-1], day(text))}

"""Claims to pictures: one pure function of what is said, whatever its order, its repetition, and when it was loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.database.stored_claims import content_hash
from graph_api.evidence import event_projection
from graph_api.evidence.claims import Citation, Claim
from graph_api.evidence.order import EmptyBounds, OrderCycle
from graph_api.evidence.projection import ProjectedRecord, project
from graph_api.evidence.resolved_record import ResolvedRecord, value_of
from graph_api.values.dates import OPEN_HI, OPEN_LO, When, date_hull
from tests.evidence.evidence import claim, source

REPORT, PAPER, OLD = source("report", "2025-03"), source("paper", "2024-11"), source("old", "2019")
SOURCES = [REPORT, PAPER, OLD]


def event(
    id_: str, values: dict[str, Any] | None = None, cited: str = "report", kind: str = "OTHER", **more: Any
) -> Claim:
    return claim({"kind": kind} | (values or {}), cited, record=id_, kind=f"event/{kind}", **more)


def bounds(pictures: Mapping[str, ProjectedRecord], id_: str) -> tuple[Any, ...]:
    return tuple(pictures[id_].node.properties[key] for key in ("date_lo", "date_hi", "until_lo", "until_hi"))


def days(first: str, last: str) -> tuple[int, int]:
    return When.parse(first).lo, When.parse(last).hi


# ── bounds ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_event_without_a_date_was_before_its_source_became_known() -> None:
    assert bounds(project([*SOURCES, event("e")]), "e") == (OPEN_LO, When.parse("2025-03").hi) * 2


def test_the_earliest_of_several_sources_bounds_an_event() -> None:
    said = [*SOURCES, event("e"), claim({"title": "T"}, "paper", record="e", kind="event/OTHER", unit="more")]
    assert bounds(project(said), "e")[1] == When.parse("2024-11").hi


def test_an_event_that_was_announced_is_not_bounded_by_its_source() -> None:
    said = [*SOURCES, event("e", {"date": "2025-06"}, announced=True)]
    assert bounds(project(said), "e")[:2] == days("2025-06", "2025-06")


@pytest.mark.parametrize(
    ("until", "cited", "expected"),
    [
        ("2024-05", "paper", "2024-05"),
        ("2024", "paper", "2024-11"),
        ("[2024-05..]", "paper", None),
        ("2025", "old", "2019"),
        (None, "paper", None),
    ],
)
def test_an_end_is_reported_by_its_day_and_by_the_publication_of_the_sources_that_state_it(
    until: str | None, cited: str, expected: str | None
) -> None:
    values = {"date": "2018-01", **({"until": until} if until else {})}
    node = project([*SOURCES, event("stay", values, cited, kind="CONFINEMENT")])["stay"].node
    assert node.properties.get("until_reported_hi") == (When.parse(expected).hi if expected else None)


def test_an_event_after_its_source_has_no_day_left() -> None:
    with pytest.raises(EmptyBounds) as empty:
        project([*SOURCES, event("e", {"date": "2025-06"})])
    assert empty.value.id == "e"


def test_an_event_goes_on_no_longer_than_a_day_unless_its_kind_lasts() -> None:
    said = [*SOURCES, event("e", {"date": "2022-05"}), event("stay", {"date": "2022-05"}, kind="CONFINEMENT")]
    pictures = project(said)
    assert bounds(pictures, "e") == days("2022-05", "2022-05") * 2
    assert bounds(pictures, "stay") == (*days("2022-05", "2022-05"), When.parse("2022-05").lo, OPEN_HI)


def test_a_stated_end_bounds_the_beginning_and_is_bounded_by_it() -> None:
    said = [*SOURCES, event("stay", {"date": "2022", "until": "2022-05"}, kind="CONFINEMENT")]
    assert bounds(project(said), "stay") == (*days("2022", "2022-05"), *days("2022-05", "2022-05"))


def test_disputed_dates_are_shown_as_one_and_bound_by_all() -> None:
    said = [
        *SOURCES,
        event("e", {"date": "2022-05"}),
        claim({"date": "2022-07"}, "paper", record="e", kind="event/OTHER", unit="more"),
    ]
    node = project(said)["e"].node.properties
    assert (node["date"], node["disputed"]) == ("2022-07", ["date"])
    assert (node["date_lo"], node["date_hi"]) == days("2022-05", "2022-07")


def test_a_more_precise_date_narrows_one_that_agrees() -> None:
    said = [
        *SOURCES,
        event("e", {"date": "2022"}),
        claim({"date": "2022-07"}, "paper", record="e", kind="event/OTHER", unit="more"),
    ]
    node = project(said)["e"].node.properties
    assert (node["date"], node["disputed"]) == ("2022-07", [])
    assert (node["date_lo"], node["date_hi"]) == days("2022-07", "2022-07")


def test_a_stated_order_narrows_events_and_their_dates_stay_as_written() -> None:
    said = [
        *SOURCES,
        event("a", {"date": "2022-05"}),
        event("b", {"after": ["a"]}),
        event("c", {"after": ["b"], "date": "2023"}),
    ]
    pictures = project(said)
    assert bounds(pictures, "b")[:2] == days("2022-05", "2023")
    assert "date" not in pictures["b"].node.properties
    follows = {(one.end, one.properties["modality"]) for one in pictures["c"].links if one.type == "FOLLOWS"}
    assert follows == {("b", "STATED"), ("a", "STATED")}


def test_an_order_in_a_circle_is_named() -> None:
    with pytest.raises(OrderCycle) as circle:
        project([*SOURCES, event("a", {"after": ["b"]}), event("b", {"after": ["a"]})])
    assert set(circle.value.ids) == {"a", "b"}


def test_the_hull_of_no_date_is_open() -> None:
    assert date_hull(()) == (OPEN_LO, OPEN_HI)


# ── what is stored ───────────────────────────────────────────────────────────────────────────────────────────────


def test_everything_is_known_since_the_first_source_that_says_it() -> None:
    more = claim({"occupations": ["poet"]}, "old", record="p", unit="more")
    picture = project([*SOURCES, claim({"name": "P"}, "report", record="p"), more])["p"]
    assert picture.node.properties["since"] == When.parse("2019").hi
    assert {one.end: one.properties["since"] for one in picture.links if one.type == "CITES"} == {
        "old": When.parse("2019").hi,
        "report": When.parse("2025-03").hi,
    }
    assert {one.claim: one.since for one in picture.decisions}[more.id] == When.parse("2019").hi


def test_a_part_has_its_own_evidence_and_dispute() -> None:
    def part(values: dict[str, Any], cited: str) -> Claim:
        return claim(
            {"who": "p", "role": "SUBJECT"} | values,
            cited,
            record="e",
            kind="participants",
            subject="e/participants/subject/p",
        )

    said = [
        *SOURCES,
        claim({"name": "P"}, "report", record="p"),
        event("e"),
        part({"note": "x"}, "report"),
        part({"alleged": True}, "paper"),
        part({"alleged": False}, "report"),
    ]
    [link] = [one for one in project(said)["e"].links if one.type == "TOOK_PART"]
    assert (link.start, link.end, link.properties["disputed"], link.properties["alleged"]) == (
        "p",
        "e",
        ["alleged"],
        True,
    )


def test_the_parts_of_an_event_are_projected_in_time_linear_in_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """The role of every participant was read once for each: an exchange of 38,000 people took five minutes."""
    read: list[str] = []

    def counted(one: ResolvedRecord, name: str) -> Any:
        read.append(name)
        return value_of(one, name)

    monkeypatch.setattr(event_projection, "value_of", counted)
    people = [f"p{number}" for number in range(200)]
    said = [*SOURCES, event("e")]
    for one in people:
        subject = f"e/participants/subject/{one}"
        said.append(claim({"name": one}, "report", record=one))
        said.append(claim({"who": one, "role": "SUBJECT"}, "report", record="e", kind="participants", subject=subject))
    assert sum(link.type == "TOOK_PART" for link in project(said)["e"].links) == len(people)
    assert len(read) < 10 * len(people)


def test_a_value_that_is_not_shown_is_not_preferred() -> None:
    loser = claim({"sex": "MALE"}, "report", record="p", unit="more")
    said = [*SOURCES, claim({"name": "P", "sex": "FEMALE"}, "paper", record="p"), loser]
    decisions = {one.claim: one for one in project(said)["p"].decisions}
    assert (decisions[loser.id].preferred, decisions[loser.id].because) == ((False,), ("",))


# ── one function of what is said ─────────────────────────────────────────────────────────────────────────────────

IDS = ["e0", "e1", "e2", "e3"]
DATES = ["2018", "2018-05", "2018-05-13", "[2017..2018]", "2018~", "2018-06"]


@st.composite
def batches(draw: st.DrawFn) -> list[Claim]:
    kinds = ["NGO", "MEDIA", "AGGREGATOR", "COURT_RECORD"]
    sources = [
        source(f"s{n}", draw(st.sampled_from(["2019", "2020-05", "2021-01-01"])), draw(st.sampled_from(kinds)), **(
            {"derived_from": [f"s{draw(st.integers(0, n - 1))}"]} if n and draw(st.booleans()) else {}
        ))
        for n in range(4)
    ]  # fmt: skip
    cited = st.sampled_from([one.record for one in sources])
    found: list[Claim] = []
    for n, id_ in enumerate(IDS):
        for unit in range(draw(st.integers(1, 4))):
            values: dict[str, Any] = {"kind": "OTHER"} if unit == 0 else {}
            if draw(st.booleans()):
                values["date"] = draw(st.sampled_from(DATES))
            if n and draw(st.integers(0, 3)) == 0:
                values["after"] = [draw(st.sampled_from(IDS[:n]))]
            if draw(st.booleans()):
                values["title"] = draw(st.sampled_from(["A", "B", "Ж"]))
            found.append(claim(values, draw(cited), record=id_, kind="event/OTHER", unit=f"{id_}-{unit}"))
        if draw(st.booleans()):
            part = claim(
                {"who": "p", "role": "SUBJECT", "alleged": draw(st.booleans())},
                draw(cited),
                record=id_,
                kind="participants",
                subject=f"{id_}/p",
            )
            found.append(part)
    found.append(claim({"name": "P"}, draw(cited), record="p"))
    return [*sources, *found]


def pictures_of(claims: list[Claim]) -> dict[str, ProjectedRecord] | str:
    try:
        return project(claims)
    except EmptyBounds as empty:
        return f"empty {empty.id}"


@settings(deadline=None)
@given(batch=batches(), data=st.data())
def test_the_order_of_claims_never_changes_a_picture(batch: list[Claim], data: st.DataObject) -> None:
    assert pictures_of(data.draw(st.permutations(batch))) == pictures_of(batch)


@settings(deadline=None)
@given(batch=batches())
def test_a_claim_that_is_given_twice_changes_no_picture(batch: list[Claim]) -> None:
    assert pictures_of([*batch, *batch[::-1]]) == pictures_of(batch)


@settings(deadline=None)
@given(batch=batches())
def test_fingerprints_are_those_of_equal_pictures_only(batch: list[Claim]) -> None:
    pictures = pictures_of(batch)
    if isinstance(pictures, dict):
        assert {id_: one.fingerprint for id_, one in pictures.items()} == {
            id_: one.fingerprint for id_, one in project(batch[::-1]).items()
        }
        more = claim({"description": "Said later."}, "s0", record="p", unit="more")
        changed = project([*batch, more])
        assert changed["p"].fingerprint != pictures["p"].fingerprint
        assert {id_ for id_ in pictures if changed[id_].fingerprint != pictures[id_].fingerprint} == {"p"}


def test_a_fingerprint_holds_the_words_of_the_evidence_and_no_load() -> None:
    one = claim({"name": "P"}, "report", record="p")
    quoted = replace(one, citation=Citation("report", "p. 1", "his words"), id="")
    assert project([REPORT, one])["p"].node == project([REPORT, quoted])["p"].node
    assert project([REPORT, one])["p"].fingerprint != project([REPORT, quoted])["p"].fingerprint
    assert "load" not in Claim.__dataclass_fields__


def test_the_content_hash_is_a_sum_that_knows_no_order() -> None:
    hashes = ["f" * 64, "0" * 63 + "1", "0" * 63 + "2"]
    assert content_hash(hashes) == content_hash(hashes[::-1]) == "0" * 63 + "2"


# ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def names(said: list[Claim]) -> tuple[Any, list[Any], list[str]]:
    """Return the name that is shown of ``p``, its other names, and by which claims each of these is stated."""
    properties = project(said)["p"].node.properties
    return properties["name"], orjson.loads(properties.get("names", "[]")), properties.get("names_claims", [])


def person(name: str, cited: str, **more: Any) -> Claim:
    return claim({"name": name}, cited, record="p", unit=f"{cited}-{name}", **more)


def test_a_name_that_is_not_the_one_shown_is_among_the_names() -> None:
    first, second = person("Iryna Example", "paper"), person("Irina Example", "report")
    shown, others, stated_by = names([*SOURCES, first, second])
    assert (shown, others, stated_by) == ("Iryna Example", [{"text": "Irina Example"}], [second.id])


def test_after_a_choice_the_name_that_was_shown_is_among_the_names() -> None:
    first, second = person("Iryna Example", "paper"), person("Irina Example", "report")
    listed = claim({"names": [{"text": "Ірина Приклад", "language": "uk"}]}, "report", record="p", unit="listed")
    choice = Claim("p", "p", "person", "choice", {"name": "Irina Example"}, reason="as she writes it")
    shown, others, stated_by = names([*SOURCES, first, second, listed, choice])
    assert shown == "Irina Example"
    assert others == [{"text": "Ірина Приклад", "language": "uk"}, {"text": "Iryna Example"}]
    assert stated_by == [listed.id, first.id]


def test_a_name_that_only_a_choice_has_is_no_name_of_the_record() -> None:
    choice = Claim("p", "p", "person", "choice", {"name": "Nobody Says So"}, reason="a mistake")
    assert names([*SOURCES, person("Iryna Example", "paper"), choice]) == ("Iryna Example", [], [])


def test_a_name_that_is_listed_with_its_language_stands_once() -> None:
    listed = claim({"names": [{"text": "Irina Example", "language": "en"}]}, "old", record="p", unit="listed")
    said = [*SOURCES, person("Iryna Example", "paper"), person("Irina Example", "report"), listed]
    assert names(said)[1] == [{"text": "Irina Example", "language": "en"}]

"""For the public nothing restricted is there, nor what points to it, however long the way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph_api.evidence.audience import complete_records, for_audience
from graph_api.evidence.claims import Claim, references_of
from graph_api.ontology.vocabulary import Sensitivity
from tests.evidence.evidence import claim, source

REPORT = source("report")
PUBLIC, RESTRICTED = Sensitivity.PUBLIC, Sensitivity.RESTRICTED


def person(id_: str, **more: Any) -> Claim:
    return claim({"name": id_}, "report", record=id_, **more)


def event(id_: str, values: dict[str, Any] | None = None, **more: Any) -> Claim:
    return claim({"kind": "OTHER"} | (values or {}), "report", record=id_, kind="event/OTHER", **more)


def took_part(who: str, record: str, **more: Any) -> Claim:
    return claim(
        {"who": who, "role": "SUBJECT"},
        "report",
        record=record,
        kind="participants",
        subject=f"{record}/participants/subject/{who}",
        **more,
    )


def said(claims: list[Claim]) -> set[tuple[str, str]]:
    return {(one.subject, repr(sorted(one.values.items()))) for one in claims}


def test_the_restricted_audience_sees_every_claim() -> None:
    every = [REPORT, person("a", sensitivity=RESTRICTED), event("b")]
    assert for_audience(every, RESTRICTED) == every


def test_claims_that_nothing_restricted_touches_are_the_very_same() -> None:
    every = [REPORT, person("a"), event("b"), took_part("a", "b")]
    assert all(kept is one for kept, one in zip(for_audience(every, PUBLIC), every, strict=True))


def test_a_record_without_what_it_needs_goes_with_all_that_is_said_of_it() -> None:
    every = [
        REPORT,
        person("b"),
        person("a", sensitivity=RESTRICTED),
        claim({"sex": "FEMALE"}, "report", record="a", unit="more-on-a"),
    ]
    assert for_audience(every, PUBLIC) == [REPORT, person("b")]


def test_a_link_to_a_record_that_went_goes_and_the_rest_of_the_claim_stays() -> None:
    every = [REPORT, person("a", sensitivity=RESTRICTED), event("b", {"about": ["a", "c"], "title": "T"}), person("c")]
    kept = for_audience(every, PUBLIC)
    assert said(kept) == said([REPORT, event("b", {"about": ["c"], "title": "T"}), person("c")])
    assert {one.id for one in kept} == {
        one.id for one in [REPORT, event("b", {"about": ["c"], "title": "T"}), person("c")]
    }


def test_a_claim_of_which_nothing_is_left_goes() -> None:
    every = [
        REPORT,
        source("other"),
        person("a", sensitivity=RESTRICTED),
        event("b"),
        claim({"about": ["a"]}, "other", record="b", kind="event/OTHER"),
    ]
    assert for_audience(every, PUBLIC) == [REPORT, event("b")]


def test_a_part_of_somebody_who_went_goes() -> None:
    every = [REPORT, person("a", sensitivity=RESTRICTED), event("b"), took_part("a", "b")]
    assert for_audience(every, PUBLIC) == [REPORT, event("b")]


def test_what_somebody_who_went_is_said_to_have_said_goes() -> None:
    every = [
        REPORT,
        person("a", sensitivity=RESTRICTED),
        person("b"),
        claim({"sex": "MALE"}, "report", record="b", said_by="a"),
    ]
    assert for_audience(every, PUBLIC) == [REPORT, person("b")]


def test_a_chain_of_records_goes_to_its_end() -> None:
    def site(id_: str, **more: Any) -> Claim:
        return claim({"name": id_, "kind": "SIZO"}, "report", record=id_, kind="site", **more)

    chain = [person("p0", sensitivity=RESTRICTED)]
    chain += [person(f"p{n}", said_by=f"p{n - 1}") for n in range(1, 20)]
    assert for_audience([REPORT, *chain, site("s")], PUBLIC) == [REPORT, site("s")]


def test_a_record_that_stands_already_needs_no_more() -> None:
    more = claim({"sex": "FEMALE"}, "report", record="a", unit="more-on-a")
    assert for_audience([more], PUBLIC, [REPORT, person("a")]) == [more]
    assert for_audience([more], PUBLIC) == []


def test_whole_is_a_record_of_which_claims_say_all_that_it_needs() -> None:
    half = claim({"title": "T"}, "report", record="b", kind="event/OTHER")
    assert complete_records([person("a"), half]) == {"a"}
    assert complete_records([person("a"), half, event("b")]) == {"a", "b"}


IDS = st.sampled_from([f"r{n}" for n in range(6)])
SECRECY = st.sampled_from([PUBLIC, PUBLIC, RESTRICTED])


@st.composite
def batches(draw: st.DrawFn) -> list[Claim]:
    found = [REPORT]
    for n in range(6):
        id_, links = f"r{n}", draw(st.lists(IDS, max_size=3, unique=True))
        values = {"after": [one for one in links if one != id_]} if links else {}
        speaker = {"said_by": draw(IDS)} if draw(st.integers(0, 4)) == 0 else {}
        found.append(event(id_, values, sensitivity=draw(SECRECY), **speaker))
        if draw(st.booleans()):
            found.append(
                claim(
                    {"part-of": draw(IDS)},
                    "report",
                    record=id_,
                    kind="event/OTHER",
                    unit=f"u{n}",
                    sensitivity=draw(SECRECY),
                )
            )
        found += [
            took_part(who, id_, sensitivity=draw(SECRECY)) for who in draw(st.lists(IDS, max_size=2, unique=True))
        ]
    return found


@given(batch=batches())
def test_nothing_that_is_left_is_restricted_or_names_what_is_gone(batch: list[Claim]) -> None:
    kept = for_audience(batch, PUBLIC)
    there = {one.record for one in kept}
    assert all(one.sensitivity is PUBLIC for one in kept)
    assert there == complete_records(kept)
    assert {target for one in kept for _, target in references_of(one)} <= there


@given(batch=batches())
def test_doing_it_again_changes_nothing(batch: list[Claim]) -> None:
    kept = for_audience(batch, PUBLIC)
    assert for_audience(kept, PUBLIC) == kept


@given(batch=batches(), data=st.data())
def test_what_restricted_claims_say_changes_nothing_that_is_left(batch: list[Claim], data: st.DataObject) -> None:
    other = [
        replace(one, values=dict(one.values) | {"title": data.draw(st.text(max_size=3))}, id="")
        if one.sensitivity is RESTRICTED and not one.is_of_nested_record
        else one
        for one in batch
    ]
    assert for_audience(batch, PUBLIC) == for_audience(other, PUBLIC)


@given(batch=batches())
def test_the_order_of_claims_decides_nothing_for_an_audience(batch: list[Claim]) -> None:
    assert {one.id for one in for_audience(batch, PUBLIC)} == {one.id for one in for_audience(batch[::-1], PUBLIC)}

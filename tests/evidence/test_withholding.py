"""What a public graph holds back of people within reach, and that it equals one of claims in which that never stood. Made-up people only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.database.stored_claims import content_hash
from graph_api.evidence.audience import for_audience
from graph_api.evidence.claims import Citation, Claim
from graph_api.evidence.withholding import PublicClaims, people_within_reach, project_public
from graph_api.ontology.vocabulary import Sensitivity
from tests.evidence.evidence import claim, source

PUBLIC, RESTRICTED = Sensitivity.PUBLIC, Sensitivity.RESTRICTED


def of(kind: str, id_: str, values: dict[str, Any] | None = None, cited: str = "report", **more: Any) -> Claim:
    needed = {"person": {"name": id_}, "site": {"name": id_, "kind": "SIZO"}, "group": {"name": id_}}
    own = needed.get(kind, {"kind": kind.rpartition("/")[2]} if kind.startswith("event/") else {})
    return claim(own | (values or {}), cited, record=id_, kind=kind, **more)


def part(who: str, event: str, cited: str = "report", **more: Any) -> Claim:
    values = {"who": who, "role": more.pop("role", "SUBJECT")}
    return claim(values, cited, record=event, kind="participants", subject=f"{event}/participants/{who}", **more)


def place(id_: str, kind: str) -> Claim:
    return of("place", id_, {"name": id_, "kind": kind})


def organization(id_: str, cited: str = "report", **more: Any) -> Claim:
    return of("organization", id_, {"name": id_, "kind": "NGO"}, cited, **more)


WORLD = (
    source("report", "2025"),
    source("registry", "2025"),
    source("ruling", "2025", "COURT_RECORD"),
    place("oblast", "REGION"),
    place("town", "SETTLEMENT"),
    of("site", "sizo", {"place": "town"}, "registry"),
    of("site", "colony", {"place": "town"}, "registry"),
    of("person", "held"),
    of("event/DETENTION", "held-taken", {"date": "2022-03", "places": ["town"]}),
    part("held", "held-taken"),
    of("person", "returned"),
    of("event/DETENTION", "returned-taken", {"date": "2022-03", "sites": ["sizo"], "title": "Taken to the SIZO"}),
    part("returned", "returned-taken"),
    of("event/CONFINEMENT", "returned-stay", {"date": "2022", "sites": ["sizo"]}),
    part("returned", "returned-stay"),
    of("event/EXCHANGE", "exchange", {"date": "2024-05"}),
    part("returned", "exchange"),
    of("group", "others"),
    of("event/CONFINEMENT", "others-stay", {"sites": ["colony"]}),
    part("others", "others-stay"),
    of("event/REPORT", "report-on-sites", {"about": ["sizo", "colony"]}),
)


def public(claims: Sequence[Claim]) -> PublicClaims:
    return project_public(for_audience(claims, PUBLIC), claims)


def left(*more: Claim) -> list[Claim]:
    """Return what is left of more claims beside the world."""
    world = {one.id for one in WORLD}
    found = public([*WORLD, *more])
    assert world <= {one.id for one in found.claims}
    return [one for one in found.claims if one.id not in world]


def test_nothing_of_a_world_without_such_links_is_held_back() -> None:
    assert public(WORLD).claims == list(WORLD)
    assert people_within_reach(public(WORLD).records) == {"held"}


DAY = {"date": "2022-06-01"}
SEEN = part("held", "seen")
REDUCED = [
    # what is stated, what is left of it
    ("event/SIGHTING", DAY | {"sites": ["sizo"]}, DAY),
    ("event/SIGHTING", DAY | {"sites": ["sizo"], "places": ["oblast", "town"]}, DAY | {"places": ["oblast"]}),
    ("event/SIGHTING", DAY | {"sites": ["sizo"], "title": "Seen in the SIZO", "description": "In cell 5"}, DAY),
    ("event/SIGHTING", DAY | {"places": ["oblast"], "title": "Seen"}, DAY | {"places": ["oblast"], "title": "Seen"}),
    ("event/DETENTION", DAY | {"sites": ["sizo"], "places": ["town"]}, DAY | {"places": ["town"]}),
    ("event/TRANSFER", DAY | {"from-site": "sizo", "to-site": "colony", "to-place": "oblast"}, DAY | {"to-place": "oblast"}),
    ("event/TRANSFER", DAY | {"to-site": "colony"}, None),
    ("event/DEPORTATION", DAY | {"to-place": "town"}, None),
    ("event/CONFINEMENT", DAY | {"sites": ["sizo"]}, None),
    ("event/CONFINEMENT", DAY | {"sites": ["sizo"], "places": ["oblast"]}, DAY | {"places": ["oblast"]}),
    ("event/RELEASE", DAY | {"from-site": "sizo"}, DAY),
    ("event/ILL_TREATMENT", DAY | {"places": ["town"]}, DAY),
    ("event/OTHER", DAY | {"part-of": "others-stay"}, DAY),
    ("event/STATEMENT", DAY | {"about": ["sizo", "held"]}, DAY | {"about": ["held"]}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "stated", "expected"), REDUCED)
def test_no_record_that_names_somebody_within_reach_names_a_site(
    kind: str, stated: dict[str, Any], expected: dict[str, Any] | None
) -> None:
    assert left(of(kind, "seen", stated), SEEN) == ([] if expected is None else [of(kind, "seen", expected), SEEN])


@pytest.mark.parametrize("role", ["SUBJECT", "WITNESS", "PERPETRATOR", "OTHER"])
def test_the_part_in_an_event_does_not_matter(role: str) -> None:
    with_part = part("held", "seen", role=role)
    assert left(of("event/OTHER", "seen", {"sites": ["sizo"]}), with_part) == [of("event/OTHER", "seen"), with_part]


def test_a_site_that_a_court_or_official_source_published_stays_with_its_words() -> None:
    said = of("event/SIGHTING", "seen", DAY | {"sites": ["sizo"], "title": "Seen"}, "ruling")
    again = of("event/SIGHTING", "seen", {"sites": ["sizo", "colony"]}, unit="more")
    assert left(said, SEEN, again) == [said, SEEN, of("event/SIGHTING", "seen", {"sites": ["sizo"]}, unit="more")]


def test_quotes_and_notes_go_with_the_site() -> None:
    cited = Citation("report", "p. 1", "In the SIZO.", "en", "names the SIZO")
    said = Claim("seen", "seen", "event/SIGHTING", "seen", {"kind": "SIGHTING", "sites": ["sizo"]}, cited)
    noted = Claim("seen/participants/held", "seen", "participants", "seen", {"who": "held", "note": "cell 5"}, cited)
    for one in left(said, noted):
        assert one.citation == Citation("report", "p. 1")
        assert "note" not in one.values


def test_what_was_of_somebody_who_was_exchanged_is_held_back_when_they_are_taken_again() -> None:
    again = (of("event/DETENTION", "again", {"date": "2025-01"}), part("returned", "again"))
    kept = public([*WORLD, *again])
    assert {"returned-stay"} & kept.records.keys() == set()
    assert [one.values for one in kept.claims if one.record == "returned-taken" and one.kind != "participants"] == [
        {"kind": "DETENTION", "date": "2022-03"}
    ]


def test_an_event_in_which_others_had_a_part_names_no_site_and_they_stay() -> None:
    both = (part("held", "stay"), part("others", "stay"))
    said = of("event/OTHER", "stay", {"sites": ["colony"]})
    assert left(said, *both) == [of("event/OTHER", "stay"), *both]


def test_nobody_within_reach_is_a_member_of_a_group_that_was_at_a_site() -> None:
    assert left(of("group", "others", {"members": ["held", "returned"]}, unit="more")) == [
        of("group", "others", {"members": ["returned"]}, unit="more")
    ]


def test_somebody_within_reach_says_nothing_of_a_site() -> None:
    assert left(of("site", "sizo", {"names": [{"text": "SIZO-1"}]}, unit="more", said_by="held")) == []


def test_what_names_an_event_that_went_loses_the_link() -> None:
    stay = (of("event/CONFINEMENT", "stay", {"sites": ["sizo"]}), part("held", "stay"))
    later = (of("event/SIGHTING", "seen", DAY | {"after": ["stay"]}), SEEN)
    assert left(*stay, *later) == [of("event/SIGHTING", "seen", DAY), SEEN]


def test_a_restricted_site_takes_the_stay_with_it_whoever_it_was() -> None:
    stay = of("event/CONFINEMENT", "stay", DAY)
    at = of("event/CONFINEMENT", "stay", {"sites": ["sizo"]}, unit="more", sensitivity=RESTRICTED)
    assert left(stay, at, part("returned", "stay")) == []


def test_a_site_that_only_what_was_removed_names_goes_with_its_source_and_its_publisher() -> None:
    secret = (
        source("letter", publisher="family-group"),
        organization("family-group", "letter"),
        of("site", "basement", {"place": "village"}, "letter"),
        of("place", "village", {"name": "Village", "kind": "SETTLEMENT"}, "letter"),
        of("event/CONFINEMENT", "stay", {"sites": ["basement"]}, "letter"),
        part("held", "stay", "letter"),
    )
    assert left(*secret) == []


def test_a_site_that_a_source_of_its_own_names_stays() -> None:
    stay = (of("event/CONFINEMENT", "stay", {"sites": ["sizo"]}), part("held", "stay"))
    assert left(*stay) == []


# ── equal to claims in which it never stood ────────────────────────────────────────────────────────────────────────────


@dataclass
class Added:
    """What is added to the world: all of it, and what is left of it in public."""

    every: list[Claim] = field(default_factory=list)
    left: list[Claim] = field(default_factory=list)


KNOWN_EVENTS = [one.record for one in WORLD if one.kind.startswith("event/")]
ONLY_THERE = ["letter-0", "letter-1"]


@st.composite
def additions(draw: st.DrawFn) -> Added:
    """Entries that are restricted, or that link somebody within reach to a site, with what only they need."""
    found = Added()
    for letter in ONLY_THERE:
        publisher = {"publisher": f"group-of-{letter}"} if draw(st.booleans()) else {}
        found.every.append(source(letter, "2025", **publisher))
        if publisher:
            found.every.append(organization(f"group-of-{letter}", letter))
        found.every.append(of("site", f"site-of-{letter}", {"place": "town"} if draw(st.booleans()) else {}, letter))
        found.every.append(of("event/CONFINEMENT", f"stay-of-{letter}", {"sites": [f"site-of-{letter}"]}, letter))
        found.every.append(part("held", f"stay-of-{letter}", letter))
    sites = st.sampled_from(["sizo", "colony", "site-of-letter-0", "site-of-letter-1"])
    cited = st.sampled_from(["report", "registry", *ONLY_THERE])
    values: dict[str, Any]
    for number in range(draw(st.integers(1, 6))):
        unit = f"more-{number}"
        match draw(st.sampled_from(["words", "site", "region", "stay", "person", "member", "choice", "said"])):
            case "words":
                event = draw(st.sampled_from(KNOWN_EVENTS))
                kind = next(one.kind for one in WORLD if one.record == event)
                values = draw(st.sampled_from([{"title": "T"}, {"description": "D"}, {"date": "2022-03-05"}]))
                found.every.append(
                    claim(values, draw(cited), record=event, kind=kind, unit=unit, sensitivity=RESTRICTED)
                )
            case "site":
                values = {"sites": [draw(sites)], "title": draw(st.sampled_from(["A", "B"]))}
                found.every.append(claim(values, draw(cited), record="held-taken", kind="event/DETENTION", unit=unit))
            case "region":
                own = draw(st.sampled_from(["report", "registry"]))
                moved = of("event/TRANSFER", unit, DAY | {"to-site": draw(sites), "to-place": "oblast"}, own)
                found.every += [moved, part("held", unit, own)]
                found.left += [of("event/TRANSFER", unit, DAY | {"to-place": "oblast"}, own), part("held", unit, own)]
            case "stay":
                own = draw(cited)
                found.every.append(of("event/CONFINEMENT", unit, {"sites": [draw(sites)]} | DAY, own))
                found.every.append(part("held", unit, own))
            case "person":
                found.every += [of("person", unit, {}, draw(cited), sensitivity=RESTRICTED)]
                found.every += [part(unit, draw(st.sampled_from(KNOWN_EVENTS)), draw(cited))]
            case "member":
                found.every.append(claim({"members": ["held"]}, draw(cited), record="others", kind="group", unit=unit))
            case "choice":
                values, id_ = {"to-site": draw(sites)}, f"moved-{unit}"
                found.every += [of("event/TRANSFER", id_, values, draw(cited)), part("held", id_)]
                found.every.append(Claim(id_, id_, "event/TRANSFER", unit, values, reason="the better source"))
            case _:
                values = {"names": [{"text": f"SIZO {number}"}]}
                found.every.append(claim(values, draw(cited), record="sizo", kind="site", unit=unit, said_by="held"))
    return found


@settings(max_examples=400, deadline=None)
@given(added=additions(), data=st.data())
def test_the_public_graph_equals_that_of_claims_without_what_is_held_back(added: Added, data: st.DataObject) -> None:
    every = data.draw(st.permutations([*WORLD, *added.every]))
    kept, expected = public(every), public([*WORLD, *added.left])
    assert {one.id for one in kept.claims} == {one.id for one in (*WORLD, *added.left)}
    assert kept.records == expected.records
    assert content_hash([one.fingerprint for one in kept.records.values()]) == content_hash(
        [one.fingerprint for one in expected.records.values()]
    )
    assert public(kept.claims).claims == kept.claims

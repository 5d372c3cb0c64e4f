"""The status of every person of the seeds, with the events relied on, and the rules one by one with synthetic people.

``tests/cases/status.yaml`` was read line by line against the sources; DETENTION_GRAPH_TEST_UPDATE_STATUS=1 writes it anew.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph_api.evidence.life_events import LifeEvent, life_events
from graph_api.evidence.status import Axis, PersonStatus, person_status
from graph_api.evidence.status_text import status_text
from graph_api.evidence.withholding import CUSTODY_EVENTS
from graph_api.evidence.within_reach import is_within_reach
from graph_api.ontology.vocabulary import AppealResult, EventKind, ReleaseGround
from graph_api.values.dates import OPEN_HI, OPEN_LO, When, day_date
from tests.helpers.graphs import SEEDS, checked_seeds
from tests.helpers.oracle_life_rows import rows_of_people
from tests.helpers.second_status import SecondStatus
from tests.helpers.yaml_text import load_yaml

PATH = Path(__file__).parents[1] / "cases" / "status.yaml"
TERM = '{"kind":"TERM","months_high":120,"months_low":120,"years":10}'
SHORTER = '{"kind":"TERM","months_high":84,"months_low":84,"years":7}'


@cache
def statuses() -> dict[str, dict[str, Any]]:
    """Return the status of every person of the seeds as the data file has it."""
    batch = checked_seeds()
    found = {}
    for person, rows in sorted(rows_of_people(batch.records).items()):
        events = life_events(rows)
        one = person_status(events, batch.records[person].node.properties.get("nationalities", ()))
        found[person] = described(one) | {"within-reach": is_within_reach(events)}
    return found


def described(one: PersonStatus) -> dict[str, Any]:
    """Return a status as plain values, without what is empty."""
    sentence = load_yaml(one.sentence) if one.sentence else None
    values = {
        **{f"custody{name}": value for name, value in _axis(one.custody)},
        **{f"legal{name}": value for name, value in _axis(one.legal)},
        "sentence": sentence and {k: v for k, v in sentence.items() if k in ("kind", "months_low", "months_high")},
        "judgments-not-ordered": one.has_unordered_judgments or None,
        "returned": one.returned and one.returned.value,
        "events": list(one.events) or None,
    }
    return {key: value for key, value in values.items() if value is not None}


def _axis(axis: Axis) -> list[tuple[str, Any]]:
    day = day_date(axis.reported) if axis.reported is not None else None
    return [
        ("", str(axis.value)),
        ("-since", axis.since),
        ("-reported", day.isoformat() if day else None),
        ("-reported-for", axis.reported_for),
    ]


def test_the_status_of_every_person_is_the_one_that_was_read_against_the_sources() -> None:
    if os.environ.get("DETENTION_GRAPH_TEST_UPDATE_STATUS"):
        head = "".join(line for line in PATH.read_text("utf-8").splitlines(keepends=True) if line.startswith("#"))
        PATH.write_text(head + yaml.safe_dump(statuses(), sort_keys=False, width=140), "utf-8")
    assert statuses() == load_yaml(PATH.read_text("utf-8"))


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("mykola-kush", {"custody": "FREE", "sentence": {"kind": "DEATH"}}),
        ("shvets-28-june-2024", {"custody": "FREE", "legal": "CONVICTED_IN_ABSENTIA"}),
        ("edem-bekirov", {"custody": "FREE", "legal": "CHARGED", "custody-since": "2019-08-27"}),
        ("mark-kaliush", {"custody": "FREE", "legal": "ON_TRIAL"}),
        ("victoriia-roshchyna", {"custody": "DEAD", "custody-since": "2024-09-19", "legal": "UNKNOWN", "returned": "BODY_RETURN"}),
        ("leniie-umerova", {"legal": "DETAINED_BY_RULING"}),
        ("yana-suvorova", {"custody": "IN_CUSTODY", "legal": "UNKNOWN"}),
        ("iryna-horobtsova", {"custody": "IN_CUSTODY", "custody-reported": "2025-09-19", "custody-since": "2022-05-13", "legal": "CONVICTED"}),
        ("iryna-kulish", {"custody": "IN_CUSTODY", "custody-reported": "2025-08-31"}),
        ("vladimir-kara-murza", {"custody": "UNKNOWN", "returned": "EXCHANGE"}),
    ],
)  # fmt: skip
def test_worked_examples(person: str, expected: dict[str, Any]) -> None:
    found = statuses()[person]
    assert {key: found.get(key) for key in expected} == expected


# ── the rules, with synthetic people ────────────────────────────────────────────────────────────────────────────────


def event(id_: str, kind: EventKind, date: str | None = None, **values: Any) -> LifeEvent:
    """Return an event of a synthetic person."""
    when = When.parse(date) if date else None
    bounds = {"lo": when.lo if when else OPEN_LO, "hi": when.hi if when else OPEN_HI}
    reported = when.hi if when else None
    return LifeEvent(id_, kind, date=date, **({"reported": reported} | bounds | values))


def span_end(until: str) -> dict[str, Any]:
    """Return the end that a source states of an event."""
    when = When.parse(until)
    return {"until": until, "until_lo": when.lo, "until_hi": when.hi}


TAKEN = event("taken", EventKind.DETENTION, "2022-03-01")

HELD_UNTIL_2024 = event("held", EventKind.CONFINEMENT, "2022-06", **span_end("2024"))


def custody(*events: LifeEvent) -> str:
    """Return the custody of a synthetic person."""
    return str(person_status(events).custody.value)


def test_reports_that_nothing_orders_leave_custody_unknown() -> None:
    assert custody(TAKEN, event("let-go", EventKind.RELEASE, "2022")) == "UNKNOWN"
    assert custody(TAKEN, event("let-go", EventKind.RELEASE, "2022", follows=frozenset({"taken"}))) == "FREE"


def test_a_sighting_after_a_reported_death_leaves_custody_unknown_and_one_without_a_date_was_before() -> None:
    death = event("death", EventKind.DEATH, "2023-05-05")
    assert custody(TAKEN, death) == "DEAD"
    assert custody(TAKEN, death, event("seen", EventKind.SIGHTING)) == "DEAD"
    assert custody(TAKEN, death, event("seen", EventKind.SIGHTING, "2023-06")) == "UNKNOWN"
    assert custody(TAKEN, death, event("seen", EventKind.SIGHTING, "2023")) == "UNKNOWN"


def test_a_deportation_and_a_handover_to_another_state_do_not_say_whether_somebody_is_held() -> None:
    assert custody(TAKEN, event("moved", EventKind.DEPORTATION, "2023")) == "UNKNOWN"
    handover = event("handover", EventKind.EXCHANGE, "2023", side="third", side_code="XT")
    assert person_status((TAKEN, handover), ["XA"]).custody.value == "UNKNOWN"
    assert person_status((TAKEN, handover), ["XT"]).custody.value == "FREE"
    assert custody(TAKEN, event("handover", EventKind.EXCHANGE, "2023")) == "UNKNOWN"


def test_custody_that_a_source_reports_beyond_a_return_leaves_custody_unknown() -> None:
    returned = event("returned", EventKind.EXCHANGE, "2023", side="own")
    assert custody(TAKEN, event("held", EventKind.CONFINEMENT, "2022-06", **span_end("2022-09")), returned) == "FREE"
    assert custody(TAKEN, HELD_UNTIL_2024, returned) == "UNKNOWN"


def test_the_last_report_of_a_stay_is_that_of_its_end() -> None:
    rows = [{"id": "held", "kind": "CONFINEMENT", "date": "2022-06", "date_lo": 0, "date_hi": 9, "reported_hi": 9}]
    assert life_events(rows)[0].reported == 9
    ended = {**rows[0], "until": "2022-09", "until_lo": 20, "until_hi": 29, "until_reported_hi": 29}
    assert life_events([ended])[0].reported == 29
    open_end = {**rows[0], "until": "[2022-09..]", "until_lo": 20, "until_hi": OPEN_HI, "until_reported_hi": None}
    assert life_events([open_end])[0].reported == 9


def test_what_followed_says_by_when_an_event_began_by_its_own_beginning_and_not_by_its_end() -> None:
    taken = {"id": "taken", "kind": "DETENTION", "date_lo": OPEN_LO, "date_hi": OPEN_HI, "reported_hi": None}
    tried = {"id": "tried", "kind": "TRIAL", "date_lo": 0, "date_hi": 9, "reported_hi": 9, "follows": ["taken"]}
    tried |= {"until": "2023-12", "until_lo": 80, "until_hi": 89, "until_reported_hi": 89}
    assert {one.id: one.reported for one in life_events([taken, tried])} == {"taken": 9, "tried": 89}


def test_the_return_of_a_body_reports_a_death_where_no_source_says_when() -> None:
    body = event("body", EventKind.BODY_RETURN, "2024-03")
    found = person_status((TAKEN, body))
    assert (found.custody.value, found.custody.since, found.custody.events) == ("DEAD", None, ("body",))
    assert status_text(found) == "Return of the body reported in March 2024."
    found = person_status((TAKEN, body, event("death", EventKind.DEATH, "2023")))
    assert (found.custody.since, status_text(found)) == ("2023", "Reported to have died in 2023.")


def test_a_status_gives_the_kind_and_the_date_of_one_report() -> None:
    over = event("over", EventKind.EXCHANGE, "2023-05-05", side="own")
    released = event("released", EventKind.RELEASE, follows=frozenset({"taken"}), reported=None)
    assert status_text(person_status((TAKEN, over, released))) == "Reported handed over in an exchange on 5 May 2023."


def test_an_acquittal_that_may_be_later_leaves_no_sentence_in_force() -> None:
    judged = event("judged", EventKind.CONVICTION, "2022-06", sentence=TERM)
    found = person_status((judged, event("acquitted", EventKind.ACQUITTAL, "2023")))
    assert (found.sentence, found.legal.value) == (None, "ACQUITTED")
    assert person_status((judged, event("acquitted", EventKind.ACQUITTAL, "2022"))).sentence is None
    assert person_status((judged, event("acquitted", EventKind.ACQUITTAL, "2021"))).sentence == TERM


@pytest.mark.parametrize("name", ["sentence", "result"])
def test_a_sentence_on_which_sources_differ_says_so(name: str) -> None:
    judged = event("judged", EventKind.CONVICTION, "2022-06", sentence=TERM)
    appeal = event("appeal", EventKind.APPEAL, of="judged", result=AppealResult.REDUCED, sentence=SHORTER)
    assert status_text(person_status((judged, appeal))).endswith(": 7 years.")
    disputed = replace(appeal, disputed=frozenset({name}))
    assert status_text(person_status((judged, disputed))).endswith(": 7 years (sources differ).")


def test_a_pardon_ends_the_sentence_and_not_the_judgment() -> None:
    judged = event("judged", EventKind.CONVICTION, "2022-06", sentence=TERM)
    assert person_status((TAKEN, judged)).sentence == TERM
    found = person_status((TAKEN, judged, event("pardon", EventKind.RELEASE, "2023", ground=ReleaseGround.PARDON)))
    assert (found.sentence, found.is_pardoned, found.legal.value) == (None, True, "CONVICTED")


def test_the_sentence_in_force_follows_appeals_and_a_quashed_judgment_has_none() -> None:
    judged = event("judged", EventKind.CONVICTION, "2022-06", sentence=TERM)
    reduced = event("appeal", EventKind.APPEAL, of="judged", result=AppealResult.REDUCED, sentence=SHORTER)
    upheld = event("cassation", EventKind.APPEAL, of="appeal", result=AppealResult.UPHELD)
    quashed = event(
        "review",
        EventKind.APPEAL,
        of="judged",
        result=AppealResult.QUASHED,
        follows=frozenset({"judged", "cassation", "appeal"}),
    )
    assert person_status((judged, reduced)).sentence == SHORTER
    assert person_status((judged, reduced, upheld)).sentence == SHORTER
    found = person_status((judged, reduced, upheld, quashed))
    assert (found.sentence, found.legal.value) == (None, "VERDICT_QUASHED")


def test_of_two_judgments_that_nothing_orders_none_is_in_force_unless_one_replaces_the_other() -> None:
    first = event("first", EventKind.CONVICTION, "2022", sentence=TERM)
    second = event("second", EventKind.CONVICTION, "2022", sentence=SHORTER)
    found = person_status((first, second))
    assert (found.sentence, found.has_unordered_judgments) == (None, True)
    replacing = event("second", EventKind.CONVICTION, "2022", sentence=SHORTER, replaces=frozenset({"first"}))
    assert person_status((first, replacing)).sentence == SHORTER


def test_a_day_of_reading_is_no_report() -> None:
    read = event("seen", EventKind.SIGHTING, reported=None)
    assert (person_status((read,)).custody.value, person_status((read,)).custody.reported) == ("IN_CUSTODY", None)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((), False),
        ((TAKEN,), True),
        ((TAKEN, event("let-go", EventKind.RELEASE, "2023", ground=ReleaseGround.PENDING_TRIAL)), True),
        ((TAKEN, event("let-go", EventKind.RELEASE, "2023", ground=ReleaseGround.ESCAPE)), True),
        ((TAKEN, event("let-go", EventKind.RELEASE, "2023", is_returned=True)), False),
        ((TAKEN, event("death", EventKind.DEATH, "2023")), True),
        ((TAKEN, event("death", EventKind.DEATH, "2023"), event("body", EventKind.BODY_RETURN, "2024")), False),
        ((TAKEN, event("handover", EventKind.EXCHANGE, "2023")), False),
        ((TAKEN, event("handover", EventKind.EXCHANGE, "2023"), event("again", EventKind.DETENTION, "2024")), True),
        ((TAKEN, event("handover", EventKind.EXCHANGE, "2023"), event("again", EventKind.DETENTION)), True),
        ((TAKEN, event("handover", EventKind.EXCHANGE, "2023"), event("seen", EventKind.SIGHTING)), False),
        ((TAKEN, event("handover", EventKind.EXCHANGE, "2023"), event("seen", EventKind.SIGHTING, "2023-06")), False),
        ((TAKEN, event("handover", EventKind.EXCHANGE, "2023"), event("seen", EventKind.SIGHTING, "2024")), True),
        ((TAKEN, event("handover", EventKind.EXCHANGE, "2023"), event("held", EventKind.CONFINEMENT, "2024")), True),
        ((TAKEN, event("handover", EventKind.EXCHANGE, "2023"), event("moved", EventKind.TRANSFER, "2024")), True),
        ((TAKEN, event("handover", EventKind.EXCHANGE, "2023"), HELD_UNTIL_2024), True),
        ((TAKEN, event("handover", EventKind.EXCHANGE, "2023"), event("beaten", EventKind.ILL_TREATMENT, "2024")), True),
        ((TAKEN, event("handover", EventKind.EXCHANGE, "2023"), event("beaten", EventKind.ILL_TREATMENT, "2022")), False),
        ((event("beaten", EventKind.ILL_TREATMENT, "2022"),), True),
        ((TAKEN, event("handover", EventKind.EXCHANGE, "2023"), event("judged", EventKind.CONVICTION, "2024", in_absentia=True)), False),
    ],
)  # fmt: skip
def test_within_reach(events: tuple[LifeEvent, ...], expected: bool) -> None:
    assert is_within_reach(events) is expected


def test_every_event_whose_place_is_one_of_custody_says_that_somebody_was_held() -> None:
    for kind in CUSTODY_EVENTS - {"event/DEATH"}:
        again = event("again", EventKind(kind.removeprefix("event/")), "2024")
        assert is_within_reach((TAKEN, event("handover", EventKind.EXCHANGE, "2023"), again)), kind


def test_an_event_that_is_only_announced_says_nothing() -> None:
    row = {"id": "handover", "kind": "EXCHANGE", "date_lo": 0, "date_hi": 9, "announced": True}
    assert life_events([row]) == ()


def test_a_second_derivation_from_the_text_of_the_seed_files_agrees() -> None:
    second = SecondStatus(SEEDS)
    expected = {person: one for person, one in statuses().items() if person in second.parts}
    assert expected.keys() == statuses().keys()
    differing: dict[str, Any] = {}
    for person, one in expected.items():
        found = second.status(person)
        stated = (found.pop("sentence", None) or {"any-of": []})["any-of"]
        shown = one.get("sentence")
        same = {key: one.get(key) for key in ("custody", "legal", "returned")} == {
            key: found.get(key) for key in ("custody", "legal", "returned")
        }
        if not same or (bool(shown) != bool(stated)):
            differing[person] = (one, found, stated)
        elif shown and (shown["kind"], shown.get("months_low", 0)) not in stated:
            differing[person] = (shown, stated)
    assert differing == {}

"""Telling answers against expectations that were written by hand from ``rich.yaml``; no oracle, no snapshot."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live


def ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["id"] for row in rows]


def nodes(connection: dict[str, Any]) -> list[str]:
    return ids(connection["nodes"])


def found(rich: LiveGraph, where: str, root: str = "events") -> list[str]:
    return nodes(rich.ask(f"{{ {root}(where: {where}, first: 100) {{ nodes {{ id }} }} }}")[root])


def test_an_exchange_shows_both_directions_with_people_groups_and_figures_of_each(rich: LiveGraph) -> None:
    asked = "to { id } from { id } freed { totalCount nodes { id } } groups { nodes { id } } figures { nodes { id } }"
    sides = rich.ask(f'{{ exchange(id: "rich-exchange") {{ sides {{ {asked} }} }} }}')["exchange"]["sides"]
    to_russia, to_ukraine = sides
    assert (to_russia["to"]["id"], to_russia["from"], nodes(to_russia["freed"])) == ("rich-ru", None, [])
    assert (nodes(to_russia["groups"]), nodes(to_russia["figures"])) == (["rich-many"], ["rich-freed-women"])
    assert (to_ukraine["to"]["id"], to_ukraine["from"]["id"]) == ("rich-ua", "rich-ru")
    assert to_ukraine["freed"] == {
        "totalCount": 2,
        "nodes": [{"id": "rich-iryna"}, {"id": "rich-petro"}],
    }  # Petro in a stage of it
    assert (nodes(to_ukraine["groups"]), nodes(to_ukraine["figures"])) == (["rich-ten"], ["rich-freed", "rich-total"])


def test_an_exchange_names_its_mediators_parties_agreement_and_those_freed_in_its_parts(rich: LiveGraph) -> None:
    asked = "mediators { id } parties { id } agreement { id } freed { nodes { id } } civilians: freed(where: {category: {eq: CIVILIAN}}) { nodes { id } }"
    exchange = rich.ask(f'{{ exchange(id: "rich-exchange") {{ {asked} }} }}')["exchange"]
    assert ids(exchange["mediators"]) == ["rich-ae", "rich-minister"]
    assert ids(exchange["parties"]) == ["rich-ru", "rich-ua"]
    assert exchange["agreement"]["id"] == "rich-agreement"
    assert nodes(exchange["freed"]) == ["rich-iryna", "rich-petro"]
    assert nodes(exchange["civilians"]) == ["rich-iryna"]


def test_a_mediator_whom_one_side_names_has_evidence_of_its_own(rich: LiveGraph) -> None:
    part = "rich-exchange/participants/mediator/rich-ae"
    asked = (
        "... on Participation { role participant { ... on State { code } } event { id }"
        " citations { source { id } saidBy { id } } claims { property value object { id } } }"
    )
    node = rich.ask(f'{{ node(id: "{part}") {{ __typename id {asked} }} }}')["node"]
    assert (node["__typename"], node["id"], node["role"], node["participant"], node["event"]) == (
        "Participation", part, "MEDIATOR", {"code": "AE"}, {"id": "rich-exchange"},
    )  # fmt: skip
    assert node["citations"] == [{"source": {"id": "rich-ministry"}, "saidBy": {"id": "rich-government"}}]
    assert node["claims"] == [
        {"property": "role", "value": "MEDIATOR", "object": None},
        {"property": "who", "value": "rich-ae", "object": {"id": "rich-ae"}},
    ]


def test_a_perpetrator_is_alleged_and_others_are_not(rich: LiveGraph) -> None:
    parts = rich.ask('{ event(id: "rich-detention") { participants { nodes { role alleged } } } }')["event"][
        "participants"
    ]["nodes"]
    assert {part["role"]: part["alleged"] for part in parts} == {
        "DETAINING_AUTHORITY": False, "PERPETRATOR": True, "SUBJECT": False, "WITNESS": False,
    }  # fmt: skip


def test_a_disputed_category_keeps_all_claims_shows_one_and_says_why(rich: LiveGraph) -> None:
    person = rich.ask(
        '{ person(id: "rich-iryna") { category disputed claims(property: "category") {'
        " value preferred preferredBecause modality saidBy { id } citations { source { id } locator } } } }"
    )["person"]
    assert (person["category"], person["disputed"]) == ("CIVILIAN", ["category"])
    by_source = {claim["citations"][0]["source"]["id"]: claim for claim in person["claims"]}
    assert {key: (one["value"], one["preferred"]) for key, one in by_source.items()} == {
        "rich-report": ("CIVILIAN", True), "rich-un": ("CIVILIAN", True), "rich-state-media": ("PRISONER_OF_WAR", False),
    }  # fmt: skip
    assert by_source["rich-report"]["preferredBecause"] == "most origins, 2 against 1: 2 reports, origins not checked"
    state_media = by_source["rich-state-media"]
    assert (state_media["preferredBecause"], state_media["modality"], state_media["saidBy"]) == (
        None,
        "ATTRIBUTED",
        {"id": "rich-forces"},
    )


@pytest.mark.parametrize(
    ("basis", "category", "expected"),
    [
        ("SHOWN", "PRISONER_OF_WAR", ["rich-petro"]),
        ("ANY_SOURCE", "PRISONER_OF_WAR", ["rich-iryna", "rich-petro"]),
        ("SHOWN", "CIVILIAN", ["rich-iryna", "rich-olha"]),
        ("UNDISPUTED", "CIVILIAN", ["rich-olha"]),
    ],
)
def test_a_category_is_asked_as_shown_of_any_source_or_undisputed(
    rich: LiveGraph, basis: str, category: str, expected: list[str]
) -> None:
    assert found(rich, f"{{category: {{eq: {category}, basis: {basis}}}}}", "people") == expected


def test_positions_and_control_come_in_their_order_with_spans_and_sources(rich: LiveGraph) -> None:
    positions = rich.ask(
        '{ person(id: "rich-minister") { positions { title of { id } from { edtf } until { edtf } citations { locator } } } }'
    )["person"]
    assert positions["positions"] == [
        {
            "title": "Foreign Minister",
            "of": {"id": "rich-ru"},
            "from": {"edtf": "2020"},
            "until": {"edtf": "2024-05"},
            "citations": [{"locator": "¶8"}],
        },
        {"title": "Adviser", "of": None, "from": None, "until": None, "citations": [{"locator": "¶8"}]},
    ]
    control = rich.ask(
        '{ place(id: "rich-town") { control { by from { edtf } until { edtf } citations { source { id } } } } }',
    )["place"]
    assert control["control"] == [
        {
            "by": "RU",
            "from": {"edtf": "2022-03"},
            "until": {"edtf": "2022-11-11"},
            "citations": [{"source": {"id": "rich-report"}}],
        },
        {"by": "UA", "from": {"edtf": "2022-11-11"}, "until": None, "citations": [{"source": {"id": "rich-un"}}]},
    ]


def test_a_figure_says_who_counts_whom_over_which_time(rich: LiveGraph) -> None:
    figure = rich.ask(
        '{ figure(id: "rich-freed") { quantity { operator low high text } side { id } saidBy { id } asOf { edtf }'
        " period { start { edtf } end { edtf } display }"
        " includes { id } excludes { id } unclear { id } breakdown { id } total { id } about { id } } }",
    )["figure"]
    assert figure == {
        "quantity": {"operator": "MORE_THAN", "low": 300.0, "high": None, "text": "more than 300"},
        "side": {"id": "rich-ua"}, "saidBy": {"id": "rich-ngo"}, "asOf": {"edtf": "2025-02-03"},
        "period": {"start": {"edtf": "2022-02-24"}, "end": {"edtf": "2025-02-03"}, "display": "from 24 February 2022 to 3 February 2025"},
        "includes": [{"id": "rich-ten"}], "excludes": [{"id": "rich-many"}], "unclear": [{"id": "rich-petro"}],
        "breakdown": [{"id": "rich-freed-women"}], "total": None, "about": [{"id": "rich-exchange"}, {"id": "rich-ngo"}],
    }  # fmt: skip


def test_a_place_holds_the_events_at_its_sites_and_in_the_places_within_it(rich: LiveGraph) -> None:
    place = rich.ask('{ place(id: "rich-region") { events { nodes { id } } sites { nodes { id } } } }')["place"]
    at_place = {
        "rich-detention",
        "rich-stay",
        "rich-transfer",
        "rich-deportation",
        "rich-sighting",
        "rich-treatment",
        "rich-release",
    }
    assert set(nodes(place["events"])) == at_place == set(found(rich, '{place: {eq: "rich-region"}}'))
    assert nodes(place["sites"]) == ["rich-colony", "rich-sizo", "rich-some-sizo"]


def test_a_source_has_every_event_that_rests_on_it_be_it_for_one_part_only(rich: LiveGraph) -> None:
    source = rich.ask(
        '{ source(id: "rich-ministry") { knownFrom published { edtf } events(orderBy: {field: ID}) { nodes { id } } } }'
    )["source"]
    assert (source["knownFrom"], source["published"]) == ("2025-02-10", None)
    assert nodes(source["events"]) == ["rich-exchange", "rich-reunification", "rich-stage"]


@pytest.mark.parametrize(
    ("id_", "typename"),
    [
        ("rich-iryna", "Person"), ("rich-ten", "Group"), ("rich-court", "Organization"), ("rich-ua", "State"), ("rich-town", "Place"),
        ("rich-sizo", "Site"), ("rich-report", "Source"), ("rich-freed", "Figure"), ("rich-detention", "Detention"),
        ("rich-stay", "Detention"), ("rich-transfer", "Transfer"), ("rich-deportation", "Transfer"), ("rich-charge", "Charge"),
        ("rich-remand", "Ruling"), ("rich-trial", "Trial"), ("rich-conviction", "Conviction"), ("rich-appeal", "Appeal"),
        ("rich-exchange", "Exchange"), ("rich-release", "Release"), ("rich-reunification", "Release"), ("rich-death", "GenericEvent"),
        ("rich-exchange/participants/subject/rich-iryna", "Participation"),
    ],
)  # fmt: skip
def test_a_node_of_every_kind_is_found_by_its_id(rich: LiveGraph, id_: str, typename: str) -> None:
    assert rich.ask("query Q($id: ID!) { node(id: $id) { __typename id } }", {"id": id_})["node"] == {
        "__typename": typename,
        "id": id_,
    }


@pytest.mark.parametrize(
    "id_",
    [
        "",
        "rich-nobody",
        "rich-claim-place",
        "rich-exchange/participants/subject/nobody",
        "/participants/",
        "' OR true //",
    ],
)
def test_an_id_that_no_record_has_finds_nothing(rich: LiveGraph, id_: str) -> None:
    assert rich.ask("query Q($id: ID!) { node(id: $id) { id } person(id: $id) { id } }", {"id": id_}) == {
        "node": None,
        "person": None,
    }


def test_titles_are_those_stated_else_say_what_happened_to_whom(rich: LiveGraph) -> None:
    titles = rich.ask(
        '{ events(where: {id: {in: ["rich-conviction", "rich-detention", "rich-stay", "rich-agreement"]}}) { nodes { title } } }'
    )
    assert [one["title"] for one in titles["events"]["nodes"]] == [
        "Agreement on ten civilians", "The made-up verdict", "Detention of Iryna Made-Up", "Confinement of Iryna Made-Up and Petro Made-Up",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("{sentenceYears: {gte: 10}}", ["rich-appeal", "rich-conviction", "rich-life", "rich-range"]),
        ("{sentenceYears: {gte: 12}}", ["rich-life"]),
        ("{sentenceYears: {lte: 10}}", ["rich-appeal", "rich-range"]),
        (
            "{sentenceYears: {}, kind: CONVICTION, not: {sentenceYears: {gte: 1}}}",
            ["rich-death-sentence", "rich-other-sentence", "rich-undated-sentence", "rich-unstated-sentence"],
        ),
        ("{standing: OCCUPYING_POWER}", ["rich-charge", "rich-conviction", "rich-remand", "rich-trial"]),
        ("{ground: UNSTATED}", ["rich-reunification"]),
        ("{kinds: []}", []),
        ("{kind: TRIAL, court: {eq: null}, mediator: {}, handedTo: {in: null}, place: null}", ["rich-trial"]),
        ("{site: {in: []}}", []),
        ("{or: []}", []),
        ('{kind: RELEASE, not: {participant: {eq: "rich-ivan"}}}', ["rich-release", "rich-return"]),
        ('{offence: {contains: "spying", startsWith: "spy"}}', ["rich-charge"]),
        ('{offence: {eq: "ESPIONAGE", startsWith: "spy"}}', []),
        ("{date: {known: false}, kind: CONVICTION}", ["rich-death-sentence", "rich-undated-sentence"]),
        ('{kind: DETENTION, date: {from: "2022-05-10", until: "2022-05-20"}}', ["rich-detention"]),
        ('{kind: DETENTION, date: {from: "2022-05-10", until: "2022-05-20", holds: FOR_ALL_DATES}}', []),
        (
            '{kind: DETENTION, date: {from: "2022-05-01", until: "2022-05-31", holds: FOR_ALL_DATES}}',
            ["rich-detention"],
        ),
        ('{kind: CONFINEMENT, during: {from: "2022-07-01", until: "2022-07-01", holds: FOR_ALL_DATES}}', ["rich-stay"]),
        ('{kind: CONFINEMENT, during: {from: "2022-05-02", until: "2022-05-02", holds: FOR_ALL_DATES}}', []),
        (
            '{kind: CONFINEMENT, during: {from: "2022-11-01"}}',
            ["rich-held-camp", "rich-held-cellar", "rich-held-prison"],
        ),
        (
            '{kind: CONVICTION, date: {from: "2024-09-02", until: "2024-09-02"}}',
            [
                "rich-death-sentence",
                "rich-undated-sentence",
            ],  # rich-conviction lies within rich-trial, which ended in August
        ),
    ],
)
def test_an_event_filter_finds_what_the_seeds_say(rich: LiveGraph, where: str, expected: list[str]) -> None:
    assert sorted(found(rich, where)) == expected


def test_types_that_ask_for_different_things_under_one_key_each_get_their_own(rich: LiveGraph) -> None:
    asked = (
        '{ events(where: {id: {in: ["rich-appeal", "rich-conviction"]}}) { nodes { '
        "... on Conviction { court { called: name } sentence { years } } ... on Appeal { court { id } sentence { display } } } } }"
    )
    assert rich.ask(asked)["events"]["nodes"] == [
        {"court": {"id": "rich-appeal-court"}, "sentence": {"display": "10 years"}},
        {"court": {"called": "So-called made-up regional court"}, "sentence": {"years": 10}},
    ]


def test_groups_match_beside_people_and_are_counted_where_only_people_were_asked_for(rich: LiveGraph) -> None:
    asked = (
        "query Q($subjects: SubjectKind!) { sequences(steps: [{kind: DEPORTATION}, {kind: EXCHANGE}], subjects: $subjects) {"
        " totalCount unnamedGroups nodes { person { id } group { id } explanation } } }"
    )
    assert rich.ask(asked, {"subjects": "PEOPLE"})["sequences"] == {"totalCount": 0, "unnamedGroups": 1, "nodes": []}
    for subjects in ("GROUPS", "ALL"):
        answer = rich.ask(asked, {"subjects": subjects})["sequences"]
        assert (answer["totalCount"], answer["unnamedGroups"]) == (1, 1)
        assert answer["nodes"] == [
            {
                "person": None,
                "group": {"id": "rich-many"},
                "explanation": "deportation (spring 2022) before exchange (3 February 2025): dated. Holds whatever the days are.",
            }
        ]


def test_an_undated_appeal_stands_between_verdict_and_exchange_by_stated_order(rich: LiveGraph) -> None:
    asked = "{ sequences(steps: [{kind: CONVICTION}, {kind: APPEAL}, {kind: EXCHANGE}], holds: FOR_ALL_DATES) { nodes { person { id } explanation } } }"
    found_by_id = {node["person"]["id"]: node["explanation"] for node in rich.ask(asked)["sequences"]["nodes"]}
    assert set(found_by_id) == {"rich-iryna", "rich-petro"}
    assert found_by_id["rich-iryna"] == (
        "conviction (September 2024; sources differ on the date) before appeal (no date stated; between 1 August 2024 and 30 November 2024):"
        " an order that a source states;"
        " appeal (no date stated; between 1 August 2024 and 30 November 2024) before exchange (3 February 2025):"
        " an order that a source states. Holds whatever the days are. Reported of this person in the words of others: the date of the conviction."
    )

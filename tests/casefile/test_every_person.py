"""The case files of all people of the real seeds against a second derivation from their claims, and the words that they must not use."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pytest

from graph_api.casefile.blocks import document_lines
from graph_api.casefile.canonical_json import canonical_json
from graph_api.casefile.case_file import case_file
from graph_api.casefile.facts import parse_facts
from graph_api.casefile.forms import CaseFileForm
from graph_api.casefile.layout import LayoutOptions, layout
from graph_api.casefile.notices import notice_lines
from graph_api.database.queries import named
from graph_api.evidence.life_events import life_events
from graph_api.evidence.status import person_status
from graph_api.evidence.status_text import Language
from graph_api.statement import Statement
from tests.casefile.test_messages import FORBIDDEN
from tests.helpers.graphs import LiveGraph
from tests.helpers.second_references import problems

pytestmark = pytest.mark.live

QUOTED = re.compile(r"“[^”]*”|«[^»]*»")


@pytest.fixture(scope="module")
def rows(real_seeds: LiveGraph) -> Mapping[str, Any]:
    """Return the facts of every person."""
    people = real_seeds.store.read(Statement("MATCH (p:Person) RETURN p.id ORDER BY p.id", {}, "people"))
    return {one: real_seeds.store.read(named("case_file", id=one, known=None), seconds=60)[0][0] for [one] in people}


def written(row: Mapping[str, Any], language: Language = Language.EN) -> dict[str, Any]:
    return asdict(case_file(parse_facts(row), language))


def test_every_clause_cites_just_the_sources_that_say_it_and_no_line_stands_before_an_earlier_one(
    rows: Mapping[str, Any],
) -> None:
    assert len(rows) > 80
    found = {person: wrong for person, row in rows.items() if (wrong := problems(row, written(row)))}
    assert found == {}


def test_a_removed_or_swapped_reference_is_found(rows: Mapping[str, Any]) -> None:
    changed = 0
    for row in rows.values():
        file = written(row)
        numbers = [one["number"] for one in file["references"]]
        for place, line in enumerate(file["timeline"]):
            for index, clause in enumerate(line["clauses"]):
                for other in {(), tuple(clause["references"][1:]), (max(numbers) % len(numbers) + 1,), tuple(numbers)}:
                    if set(other) == set(clause["references"]):
                        continue
                    mutant = copy.deepcopy(file)
                    mutant["timeline"][place]["clauses"][index]["references"] = other
                    changed += 1
                    assert problems(row, mutant), (line["text"], clause["text"], other)
    assert changed > 1000


@pytest.mark.parametrize("language", Language)
def test_no_forbidden_word_stands_outside_a_quotation(rows: Mapping[str, Any], language: Language) -> None:
    found = {}
    for person, row in rows.items():
        file = written(row, language)
        texts = [
            one["text"]
            for key in ("status", "timeline", "announced", "differences", "gaps", "leads", "about")
            for one in file[key]
        ]
        wrong = [text for text in texts if FORBIDDEN.search(QUOTED.sub("", _without_offences(text)))]
        if wrong:
            found[person] = wrong
    assert found == {}


def test_differences_are_said_in_ukrainian_with_the_property_and_why_a_value_is_shown(rows: Mapping[str, Any]) -> None:
    found = [
        (english, ukrainian)
        for row in rows.values()
        for english, ukrainian in zip(
            written(row)["differences"], written(row, Language.UK)["differences"], strict=True
        )
    ]
    assert len(found) > 20
    for english, ukrainian in found:
        assert ukrainian["text"] != english["text"]
        assert not re.search(
            r"\b(sources?|differ|shown|reason|origins?|reports?|rule|published|citing)\b", ukrainian["text"]
        )
        assert (": " in ukrainian["text"]) is (": " in english["text"])
        assert ("Shown:" in english["text"]) is ("Наведено:" in ukrainian["text"])
        if english["kind"] in {"VALUE", "DATE"}:
            assert ukrainian["text"].startswith("Джерела розходяться щодо ")


def test_the_documents_of_every_person_have_the_fixed_lines_and_no_forbidden_word(rows: Mapping[str, Any]) -> None:
    for row in rows.values():
        for language in Language:
            file = case_file(parse_facts(row), language)
            lines = document_lines(layout(file, LayoutOptions(CaseFileForm.WGEID)))
            assert set(notice_lines(language)) <= {line.partition(". ")[2] for line in lines}
            own = [line for line in lines if not line.startswith("[")]  # references have the titles of sources
            wrong = [line for line in own if FORBIDDEN.search(QUOTED.sub("", _without_offences(line)))]
            assert wrong == [], (file.id, language)


def test_the_same_facts_give_the_same_bytes_in_whatever_order_they_are_read(rows: Mapping[str, Any]) -> None:
    for row in rows.values():
        other = {key: list(reversed(value)) if isinstance(value, list) else value for key, value in row.items()}
        assert canonical_json(written(row)) == canonical_json(written({**other, "claims": row["claims"]}))


def _without_offences(text: str) -> str:
    """Return a line without what a court or charge calls an offence, which is in the words of sources."""
    return re.sub(r"(as the court named it, of|as the charge names it, with|and of|and with) [^.]*", "", text)


def test_what_is_about_a_person_is_listed_as_the_api_lists_it(rows: Mapping[str, Any], seeded: LiveGraph) -> None:
    found = {person: written(row)["about"] for person, row in rows.items()}
    asked = "{ people(first: 100) { nodes { id about(first: 50) { nodes { id } } } } }"
    expected = {
        one["id"]: {each["id"] for each in one["about"]["nodes"]} for one in seeded.ask(asked)["people"]["nodes"]
    }
    assert {person: {one["event"] for one in about} for person, about in found.items()} == expected
    assert [(one["event"], one["text"]) for one in found["victoriia-roshchyna"]] == [
        ("victoriia-roshchyna-death-news", "October 2024: a published report."),
        ("hrw-on-freeing-captives", "August 2025: a public statement reported, by Human Rights Watch."),
    ]
    assert all(one["references"] for about in found.values() for one in about)


def test_groups_to_which_sources_count_a_person_are_listed_as_the_api_lists_them(
    rows: Mapping[str, Any], seeded: LiveGraph
) -> None:
    found = {person: written(row)["groups"] for person, row in rows.items()}
    asked = "{ people(first: 100) { nodes { id groups(first: 50) { nodes { id } } } } }"
    expected = {
        one["id"]: [each["id"] for each in one["groups"]["nodes"]] for one in seeded.ask(asked)["people"]["nodes"]
    }
    assert {person: [one["group"] for one in groups] for person, groups in found.items()} == expected
    [group] = found["iryna-kulish"]
    assert (
        group["text"]
        == "Counted by sources in a group, called here “Ukrainian civilian detainees prosecuted by the Russian authorities”."
    )
    assert sum(map(bool, found.values())) >= 4
    assert all(one["references"] for groups in found.values() for one in groups)


def test_a_status_that_says_a_day_cites_a_source_that_states_it(rows: Mapping[str, Any]) -> None:
    dated = 0
    for person, row in rows.items():
        facts = parse_facts(row)
        file = case_file(facts, Language.EN)
        status = person_status(life_events(one.row for one in facts.events if one.is_subject), facts.nationalities)
        sources = {one.number: one.source for one in file.references}
        for axis, events in (("custody", status.custody.events), ("legal", status.legal.events)):
            for event in events:
                dating = {one.source for one in facts.saying(event, "date")}
                cited = {sources[number] for one in file.status if one.axis == axis for number in one.references}
                assert not dating or dating & cited, (person, event)
                dated += bool(dating)
    assert dated > 60


def test_every_reference_has_its_source_in_the_api(rows: Mapping[str, Any], seeded: LiveGraph) -> None:
    asked = "query ($id: ID!) { caseFile(person: $id) { references { number source { id } } } }"
    for person, row in rows.items():
        found = seeded.ask(asked, {"id": person})["caseFile"]["references"]
        assert [one["number"] for one in found] == [one["number"] for one in written(row)["references"]], person

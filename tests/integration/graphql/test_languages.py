"""Labels, titles, dates and texts in the language that an operation asks for."""

from __future__ import annotations

import re
from typing import Any

import pytest

from graph_api.compiler.title_text import title
from graph_api.ontology.vocabulary import EventKind
from graph_api.statement import Statement
from graph_api.values.languages import Language
from tests.helpers.graphs import LiveGraph

pytestmark = pytest.mark.live

SELECTED = """{
  person(id: "rich-iryna") { label born { display } status { text } }
  conviction: event(id: "rich-conviction") { label title date { display } ... on Conviction { sentence { display } } }
  statement: event(id: "rich-statement") { label }
  figure: node(id: "rich-freed") { ... on Figure { period { display } } }
  search(text: "Вигадана", first: 1) { nodes { label node { label } } }
}"""


def in_language(language: str) -> str:
    return f"query @inLanguage(language: {language}) {SELECTED}"


def test_an_operation_without_a_language_is_answered_in_english(rich: LiveGraph) -> None:
    assert rich.ask(SELECTED) == rich.ask(in_language("EN"))
    assert rich.ask(in_language("EN"))["statement"] == {"label": "Statement by A. Made-Up Minister, 30 October 2024"}


def test_labels_titles_dates_and_texts_are_in_ukrainian(rich: LiveGraph) -> None:
    found = rich.ask(in_language("UK"))
    assert found["person"]["label"] == "Ірина Вигадана"
    assert found["person"]["born"] == {"display": "приблизно 1980 рік"}
    assert found["person"]["status"]["text"].startswith("Повідомлено про передання під час обміну")
    assert found["conviction"] == {
        "label": "Вирок (за повідомленням): Ірина Вигадана",
        "title": "Вирок (за повідомленням): Ірина Вигадана",
        "date": {"display": "вересень 2024 року"},
        "sentence": {"display": "10 років 6 місяців"},
    }
    assert found["statement"] == {"label": "Заява: A. Made-Up Minister, 30 жовтня 2024 року"}
    assert found["figure"]["period"]["display"] == "з 24 лютого 2022 року по 3 лютого 2025 року"
    assert found["search"]["nodes"] == [{"label": "Ірина Вигадана", "node": {"label": "Ірина Вигадана"}}]


def test_the_language_may_be_a_variable_and_each_has_its_own_plan(rich: LiveGraph) -> None:
    asked = f"query Q($in: Language!) @inLanguage(language: $in) {SELECTED}"
    for language in ("UK", "EN", "UK"):
        assert rich.ask(asked, {"in": language}) == rich.ask(in_language(language))
        assert rich.by_core(asked, {"in": language}) == rich.ask(in_language(language))


EXPLAINED = """{
  figure: node(id: "rich-freed") { label }
  event(id: "rich-conviction") { participants(first: 9) { nodes { label } } }
  sequences(steps: [{kind: CONVICTION}, {kind: EXCHANGE}]) { nodes { explanation } }
  reconcile(first: 1) { nodes { explanation } }
  paths(from: "rich-iryna", to: "rich-petro", maxLength: 2) { nodes { text } }
}"""


def test_explanations_and_labels_of_figures_and_participations_are_in_ukrainian(rich: LiveGraph) -> None:
    found = rich.ask(f"query @inLanguage(language: UK) {EXPLAINED}")
    assert found["figure"] == {"label": "Передано: «more than 300»"}
    assert [one["label"] for one in found["event"]["participants"]["nodes"]] == [
        "Вирок (за повідомленням): Ірина Вигадана; суддя: J. Made-Up",
        "Вирок (за повідомленням): Ірина Вигадана; особа, якої це стосується: Ірина Вигадана",
    ]
    assert [one["explanation"] for one in found["sequences"]["nodes"]] == [
        "Вирок (за повідомленням; вересень 2024 року; джерела розходяться щодо дати), потім обмін (3 лютого 2025 року): за датами. "
        "Це так за будь-яких днів, які допускають джерела. Повідомлено про цю особу за словами інших: дата події – вирок (за "
        "повідомленням).",
        "Вирок (за повідомленням; жовтень 2024 року), потім обмін (3 лютого 2025 року): за датами. Це так за будь-яких днів, які "
        "допускають джерела.",
    ]
    assert [one["explanation"] for one in found["reconcile"]["nodes"]] == [
        "Зазначено: «twelve». Частини: «six» + «five» = 11, зазначено, що вони становлять усе число; різниця: 1. З осіб, яких охоплює "
        "це число, тут нікого не названо поіменно."
    ]
    assert [one["text"] for one in found["paths"]["nodes"]] == [
        "Ірина Вигадана – особа, якої це стосується – утримування (травень 2022 року) – особа, якої це стосується – Petro Made-Up"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("query @inLanguage(language: DE) { people { totalCount } }", "Value 'DE' does not exist in 'Language' enum"),
        ("query @inLanguage { people { totalCount } }", "of type 'Language!' is required"),
        ("{ people @inLanguage(language: UK) { totalCount } }", "may not be used on field"),
    ],
)
def test_an_invalid_language_is_an_error(rich: LiveGraph, text: str, message: str) -> None:
    [error] = rich.result(text).errors
    assert re.search(re.escape(message), str(error), re.IGNORECASE), str(error)


def test_every_kind_of_event_has_a_title_of_its_own_in_ukrainian() -> None:
    named: list[list[Any]] = [["Хтось", False, "SUBJECT"]]
    titles = {kind: title("Stated", kind.value, named, "2024", Language.UK) for kind in EventKind}
    assert all(re.fullmatch(r"[А-ЯІЇЄҐа-яіїєґ’ (),:–0-9-]+", one) for one in titles.values()), titles


def test_no_title_of_the_seeds_is_a_bare_kind_or_begins_a_group_in_the_middle_of_a_sentence(seeded: LiveGraph) -> None:
    query = "MATCH (e:Event) WHERE e.title IS NULL RETURN e.id"
    ids = [row[0] for row in seeded.store.read(Statement(query, {}, "untitled"), seconds=60)]
    labels: dict[str, str] = {}
    for at in range(0, len(ids), 50):
        nodes = " ".join(f'a{place}: node(id: "{one}") {{ id label }}' for place, one in enumerate(ids[at : at + 50]))
        labels |= {one["id"]: one["label"] for one in seeded.ask(f"{{ {nodes} }}").values()}
    bare = {kind.value.replace("_", " ").capitalize() for kind in EventKind}
    assert sorted(one for one, label in labels.items() if label in bare) == []
    assert (
        sorted(label for label in labels.values() if re.search(r" of (Others|People|The|Fifteen|Nineteen) ", label))
        == []
    )


def test_titles_of_the_seeds_name_groups_in_ukrainian(seeded: LiveGraph) -> None:
    query = """query @inLanguage(language: UK) {
      groups(first: 200) { nodes { id label events(first: 100) { nodes { id label } } } }
    }"""
    groups = seeded.ask(query)["groups"]["nodes"]
    assert len(groups) > 25
    assert [one["id"] for one in groups if re.search("[A-Za-z]", one["label"])] == []
    titles = {one["id"]: one["label"] for group in groups for one in group["events"]["nodes"]}
    assert titles["belarus-31-imprisonment"] == (
        "Затримання: Громадяни України, яких раніше було ув’язнено в Білорусі (31)"
    )
    assert {id_: label for id_, label in titles.items() if re.search("[A-Za-z]", label)} == {}


def test_a_title_in_ukrainian_has_latin_letters_only_in_names_that_no_source_gives_in_ukrainian(
    seeded: LiveGraph,
) -> None:
    query = """query @inLanguage(language: UK) {
      events(first: 500) { nodes { id kind label participants(first: 20) { nodes { participant { ...Called } } } } }
    }
    fragment Called on Participant { ... on Actor { label name names { text language } } ... on Group { label name } }"""
    found = seeded.ask(query)
    states = seeded.store.read(Statement("MATCH (s:State) RETURN s.name, s.name_uk", {}, "states"))
    assert len(states) > 10
    assert [row for row in states if not row[1] or re.search("[A-Za-z]", row[1])] == []
    titles = 0
    for event in found["events"]["nodes"]:
        title_left = event["label"]
        for part in event["participants"]["nodes"]:
            one = part["participant"]
            own = [name["text"] for name in one.get("names", ()) if name["language"] == "uk"]
            if own:
                assert one["label"] == own[0], one
            elif re.search("[A-Za-z]", one["label"]):
                assert one["label"] == one["name"], "no name is transliterated"
            if one["label"] in title_left:
                title_left = title_left.replace(one["label"], "")
                titles += 1
        assert not re.search("[A-Za-z]", title_left), event
    assert titles > 200

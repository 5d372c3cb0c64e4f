"""The words of measures, in English and Ukrainian: one for each that the seeds and the ontology name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph_api.compiler.labels import figure_label
from graph_api.compiler.measure_text import MEASURES, measure_words
from graph_api.ontology.registry import ONTOLOGY
from graph_api.values.languages import Language
from tests.casefile.test_messages import FORBIDDEN
from tests.helpers.yaml_text import load_yaml

SEEDS = Path(__file__).parents[2] / "seeds"


def measures_of_seeds() -> set[str]:
    files = [load_yaml(path.read_text("utf-8")) for path in sorted(SEEDS.rglob("*.yaml"))]
    return {figure["measure"] for file in files for figure in (file or {}).get("figures") or ()}


def measures_of_ontology() -> set[str]:
    measure = ONTOLOGY.kind("figure").find("measure")
    assert measure is not None
    [listed] = re.findall(r"controlled word: (.*) and so on", measure.description)
    return set(re.split(r",? and |, | ", listed))


def test_every_measure_of_the_seeds_has_words_in_both_languages() -> None:
    found = measures_of_seeds()
    assert len(found) > 40
    assert sorted(found - set(MEASURES)) == []


def test_every_measure_that_the_ontology_names_has_words_in_both_languages() -> None:
    found = measures_of_ontology()
    assert {"freed", "held", "bodies-returned"} <= found
    assert sorted(found - set(MEASURES)) == []


def test_english_words_are_those_of_the_measure_but_nobody_is_said_to_be_free() -> None:
    assert {
        measure: words
        for measure, (words, _) in MEASURES.items()
        if words != measure.replace("-", " ") and "freed" not in measure
    } == {}
    assert [words for words, _ in MEASURES.values() if "freed" in words] == []


def test_ukrainian_words_are_ukrainian_and_no_forbidden_ones() -> None:
    words = [ukrainian for _, ukrainian in MEASURES.values()]
    assert [one for one in words if not re.fullmatch(r"[а-щьюяіїєґ’ (),]+", one)] == []
    assert [one for one in words if FORBIDDEN.search(one)] == []
    assert not re.search(r"звільнено під час обміну|\bполонен", " ".join(words))


def test_what_a_label_says_of_two_measures_is_the_same_only_where_it_is_meant() -> None:
    for language in (0, 1):
        words = [texts[language] for texts in MEASURES.values()]
        assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("measure", "quantity", "english", "ukrainian"),
    [
        ("freed", "3,672", "Handed over: 3,672", "Передано: 3\u00a0672"),
        ("freed", "more than 300", "Handed over: more than 300", "Передано: «more than 300»"),
        ("convicted", "at least 125", "Convicted: at least 125", "Повідомлено про вирок: «at least 125»"),
        ("freed-convicted", "19", "Handed over, convicted: 19", "Передано осіб, щодо яких повідомлено про вирок: 19"),
        ("sites-found", "280", "Sites found: 280", "Виявлені місця: 280"),
        ("aid-parcels", "nine", "Aid parcels: nine", "Aid parcels: «nine»"),
        ("held", "1,5", "Held: 1,5", "Утримувані особи: «1,5»"),
        ("held", "12,34,567", "Held: 12,34,567", "Утримувані особи: «12,34,567»"),
    ],
)
def test_a_figure_has_a_label_in_both_languages(measure: str, quantity: str, english: str, ukrainian: str) -> None:
    stored = f'{{"text": "{quantity}"}}'
    assert figure_label(measure, stored) == english
    assert figure_label(measure, stored, Language.UK) == ukrainian


def test_a_figure_without_a_measure_has_no_label() -> None:
    assert figure_label(None, '{"text": "19"}', Language.UK) is None


def test_a_measure_that_nobody_declared_is_shown_as_it_is() -> None:
    assert {measure_words("aid-parcels", language) for language in Language} == {"aid parcels"}

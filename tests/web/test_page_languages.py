"""The catalogues of the pages: complete, compiled from what is written down, and with the words of the glossary."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import pytest
from graphql import GraphQLEnumType, build_schema

import graph_api.schema
from graph_api.ontology import vocabulary
from graph_api.web.pages.labels import LABELS
from graph_api.web.pages.languages import FOLDER, LANGUAGES, PageLanguage, locale
from graph_api.web.pages.notices import ALL_LINES, fixed_lines
from graph_api.web.pages.question_fields import variable_types
from tests.helpers.cookbook import recipes
from tests.helpers.translations import catalogue, forms, messages, written

PLACEHOLDER = re.compile(r"%\(\w+\)s")
OTHERS = [one for one in LANGUAGES if one is not PageLanguage.EN]
VOCABULARY = [
    one for one in vars(vocabulary).values() if isinstance(one, type) and issubclass(one, StrEnum) and len(one)
]
SCHEMA = build_schema((Path(graph_api.schema.__path__[0]) / "schema.graphql").read_text("utf-8"))
IN_OWN_WORDS = {
    "Modality",  # a sentence beside the citation
    "Sensitivity",  # no page speaks of it
    "DateCertainty", "OrderBasis", "ClaimScope", "PlaceKind",  # on no page
}  # fmt: skip
"""Lists of the vocabulary of which pages show no values, or say them in sentences."""
WITHOUT_FILTER = {"Occurrence": {"REPORTED"}}
"""Values that a page has when nothing is chosen: the control says them as its first choice."""


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated_with_the_same_values(language: PageLanguage) -> None:
    for message in catalogue(language):
        if not message.id:
            continue
        originals, texts = forms(message.id), forms(message.string)
        assert all(texts), originals
        for text in texts:
            assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(originals[-1])), text


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_that_is_read_is_made_of_the_one_that_is_written(language: PageLanguage) -> None:
    text, compiled = written(language)
    assert (FOLDER / f"{language}.po").read_bytes() == text, "make translations"
    assert (FOLDER / f"{language}.mo").read_bytes() == compiled, "make translations"


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_left_that_nobody_asks_for(language: PageLanguage) -> None:
    keys = {one[0] if isinstance(one, tuple) else one for one in messages()}
    listed = {message.id[0] if isinstance(message.id, tuple) else message.id for message in catalogue(language)} - {""}
    assert listed == keys


@pytest.mark.parametrize("words", [one for one in VOCABULARY if one.__name__ not in IN_OWN_WORDS])
def test_every_value_of_the_vocabulary_that_pages_show_has_words(words: type[StrEnum]) -> None:
    without = WITHOUT_FILTER.get(words.__name__, set())
    assert {one.value for one in words} - without == set(LABELS[words.__name__])


def test_no_list_is_excepted_that_is_not_one_of_the_vocabulary() -> None:
    assert {one.__name__ for one in VOCABULARY} >= IN_OWN_WORDS | set(WITHOUT_FILTER)


def test_every_value_that_a_question_offers_has_words() -> None:
    asked = {name for recipe in recipes() for name, _ in variable_types(recipe.text).values()}
    lists = {name: named for name in asked if isinstance(named := SCHEMA.type_map[name], GraphQLEnumType)}
    assert lists
    assert {name: set(named.values) for name, named in lists.items()} == {name: set(LABELS[name]) for name in lists}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LABELS)
def test_words_are_no_codes_and_two_values_of_a_list_are_told_apart(name: str, language: PageLanguage) -> None:
    texts = list(locale(language).labels(name).values())
    assert not [text for text in texts if not text or re.fullmatch(r"[A-Z]+(_[A-Z]+)*", text)]
    assert len(set(texts)) == len(texts)
    if language is not PageLanguage.EN:
        assert not set(texts) & set(LABELS[name].values())


def test_the_fixed_lines_are_those_of_the_rules() -> None:
    words = locale(PageLanguage.UK)
    lines = fixed_lines(ALL_LINES, words)
    assert lines[0].startswith("Запис про вирок не означає визнання ні суду")
    assert lines[2].startswith("«Утримують» означає, що людину позбавлено свободи")
    assert not set(lines) & set(fixed_lines(ALL_LINES, locale(PageLanguage.EN)))


@pytest.mark.parametrize(
    "wrong", ["полонен", "етапован", "заручник", "чинний вирок", "визнаний винним", "досьє", "звільнено під час обміну"]
)
def test_words_that_the_glossary_refuses_are_in_no_translation(wrong: str) -> None:
    texts = " ".join(text for message in catalogue("uk") if message.id for text in forms(message.string)).lower()
    assert wrong not in texts.replace("військовополонен", "")


@pytest.mark.parametrize(
    ("n", "text"),
    [(1, "1 подія"), (2, "2 події"), (5, "5 подій"), (11, "11 подій"), (21, "21 подія"), (1234, "1\u00a0234 події")],
)
def test_numbers_have_their_forms(n: int, text: str) -> None:
    assert locale(PageLanguage.UK).plural("%(n)s event", "%(n)s events", n) == text


def test_dates_are_written_as_readers_of_the_language_do() -> None:
    words = locale(PageLanguage.UK)
    assert words.day("2024-10-18") == "18 жовтня 2024 року"
    assert words.date({"edtf": "2023-03", "display": "March 2023"}) == "березень 2023 року"
    between = words.date({"edtf": "[2022-06-20..2022-06-24]", "display": "some day between 20 and 24 June 2022"})
    assert between == "один із днів з 20 по 24 червня 2022 року"
    assert locale(PageLanguage.EN).day("2024-10-18") == "18 October 2024"

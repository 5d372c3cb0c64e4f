"""Dates, lengths and numbers reach readers in words: no text about a person of the seeds has a date as it is written for machines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.casefile.blocks import document_lines
from graph_api.casefile.case_file import case_file
from graph_api.casefile.facts import parse_facts
from graph_api.casefile.layout import LayoutOptions, layout
from graph_api.database.queries import named
from graph_api.statement import Statement
from graph_api.values.dates import When
from graph_api.values.languages import Language
from graph_api.values.sentences import Sentence
from graph_api.values.spans import span_words
from graph_api.values.ukrainian import length_words, plural
from graph_api.web.pages.events import sentence_of
from graph_api.web.pages.languages import LANGUAGES, locale
from tests.helpers.graphs import LiveGraph

RAW = re.compile(
    r"\[\d|\d\]|\.\.|\d[~?%]|\b\d{2,3}X+\b|-XX\b|\b\d{4}-\d\d|\b\d{4}/|\b\d\d\.\d\d\.\d{4}"  # dates
    r"|\b(років|року|роки|місяців|months?|years?|months_\w+): ?\d|[{}']kind|\bNone\b"  # lengths and values
)
"""Dates as EDTF or as digits, and numbers without the form that they take."""
QUOTED = re.compile(r"“[^”]*”|«[^»]*»")
WRITTEN = (
    "2022-05-13", "2022-05", "2022", "2023-08~", "2024?", "2024-05%", "2025-21", "2025-24", "201X", "20XX", "2023-XX", "2023-05-XX",
    "[2024-08..2024-10]", "[2022,2023-05]", "[..2024]", "[2024-05-03..]", "[2025-06-22,2025-06-23,2025-06-24]",
)  # fmt: skip


@pytest.mark.parametrize("edtf", WRITTEN)
@pytest.mark.parametrize("language", Language)
def test_a_date_of_every_form_is_in_words(edtf: str, language: Language) -> None:
    words = When.parse(edtf).display_in(language)
    assert words
    assert not RAW.search(words)
    assert bool(re.search("[а-яіїє]", words)) is (language is Language.UK)


READ_AS_ONE_DAY = {
    "[2021-09-03..2021-09-04]": ("3 or 4 September 2021", "3 або 4 вересня 2021 року"),
    "[2024-09..2024-10]": ("September or October 2024", "вересень або жовтень 2024 року"),
    "[2022..2023]": ("2022 or 2023", "2022 або 2023 рік"),
    "[2024-08..2024-10]": ("some day between August and October 2024", "один із днів із серпня по жовтень 2024 року"),
    "[2025-05-23..2025-06-02]": (
        "some day between 23 May and 2 June 2025",
        "один із днів з 23 травня по 2 червня 2025 року",
    ),
    "[2024-12..2025-02]": (
        "some day between December 2024 and February 2025",
        "один із днів з грудня 2024 року по лютий 2025 року",
    ),
    "[2022-06..2022-06-24]": ("some day between 1 and 24 June 2022", "один із днів з 1 по 24 червня 2022 року"),
    "[2016..2021]": ("some day between 2016 and 2021", "один із днів з 2016 по 2021 рік"),
    "[2022-05..2022-06-13]": (
        "some day between May 2022 and 13 June 2022",
        "один із днів з травня 2022 року по 13 червня 2022 року",
    ),
    "[2022-24..2023-22]": (
        "some day between winter 2022–2023 and summer 2023",
        "один із днів із зими 2022–2023 років по літо 2023 року",
    ),
    "[201X..2025-21]": ("some day between the 2010s and spring 2025", "один із днів з 2010-х років по весну 2025 року"),
    "[2025-06-22,2025-06-23,2025-06-24]": ("22, 23 or 24 June 2025", "22, 23 або 24 червня 2025 року"),
    "[2022-05-03,2022-06-05]": ("3 May or 5 June 2022", "3 травня або 5 червня 2022 року"),
    "[2022,2023-05]": ("2022 or May 2023", "2022 рік або травень 2023 року"),
    "[2021-12-31..2022-01-01]": ("31 December 2021 or 1 January 2022", "31 грудня 2021 року або 1 січня 2022 року"),
}
"""One day, which nobody knows more closely: its words are never those of a length of time."""
LASTED = {
    ("2022-05", "2024-08"): ("from May 2022 to August 2024", "з травня 2022 року по серпень 2024 року"),
    ("2022-05-13", None): ("from 13 May 2022", "з 13 травня 2022 року"),
    (None, "2024"): ("until 2024", "по 2024 рік"),
    ("2025-21", "2025-23"): ("from spring 2025 to autumn 2025", "з весни 2025 року по осінь 2025 року"),
    ("2024-05", "[2024-09-01..2024-09-19]"): (
        "from May 2024 to some day between 1 and 19 September 2024",
        "початок – травень 2024 року; кінець – один із днів з 1 по 19 вересня 2024 року",
    ),
    ("2023-08~", None): ("from about August 2023", "початок – приблизно серпень 2023 року"),
    ("[..2024-10-18]", "2025"): (
        "from some day before or on 18 October 2024 to 2025",
        "початок – 18 жовтня 2024 року або раніше; кінець – 2025 рік",
    ),
    ("[..2024-10-18]", "[..2024-10-18]"): (
        "no dates stated; before or on 18 October 2024",
        "дат не зазначено; 18 жовтня 2024 року або раніше",
    ),
    ("[2024-10-18..]", "[2024-10-18..]"): (
        "no dates stated; on 18 October 2024 or later",
        "дат не зазначено; 18 жовтня 2024 року або пізніше",
    ),
    ("[2024-10-18..]", None): ("from 18 October 2024 or later", "початок – 18 жовтня 2024 року або пізніше"),
    (None, None): ("no dates stated", "дат не зазначено"),
}


@pytest.mark.parametrize("edtf", READ_AS_ONE_DAY)
def test_some_day_is_never_written_like_a_length_of_time(edtf: str) -> None:
    when = When.parse(edtf)
    assert (when.display_in(Language.EN), when.display_in(Language.UK)) == READ_AS_ONE_DAY[edtf]


@pytest.mark.parametrize("ends", LASTED)
def test_a_span_says_where_it_begins_and_where_it_ends(ends: tuple[str | None, str | None]) -> None:
    assert tuple(span_words(*ends, language) for language in Language) == LASTED[ends]


@pytest.mark.parametrize("text", ["[2022-05..2022-06]", "2023~", "201X", "2022-05-13", "13.05.2022", "років: 8"])
def test_the_rule_finds_what_is_not_in_words(text: str) -> None:
    assert RAW.search(f"reported in {text}")


@given(st.integers(1, 400))
def test_lengths_have_the_forms_of_numbers(months: int) -> None:
    words = Sentence.from_fields(months_low=months, months_high=months).display_in(Language.UK)
    assert words == length_words(months, months)
    years, rest = divmod(months, 12)
    forms = {0: ("рік", "роки", "років"), 1: ("місяць", "місяці", "місяців")}
    assert words == " ".join(plural(count, *forms[place]) for place, count in enumerate((years, rest)) if count)


@pytest.mark.live
@pytest.mark.parametrize("language", Language)
def test_no_text_about_a_person_has_a_date_that_is_not_in_words(seeded: LiveGraph, language: Language) -> None:
    people = seeded.store.read(Statement("MATCH (p:Person) RETURN p.id ORDER BY p.id", {}, "people"))
    assert len(people) > 80
    found = {}
    for [person] in people:
        [[row]] = seeded.store.read(named("case_file", id=person, known=None), seconds=60)
        file = case_file(parse_facts(row), language)
        texts = [*texts_of(asdict(file)), *printed(file)]
        if wrong := [text for text in texts if RAW.search(QUOTED.sub("", text))]:
            found[person] = wrong
    assert found == {}


@pytest.mark.live
@pytest.mark.parametrize("language", Language)
def test_no_text_of_the_api_has_a_date_that_is_not_in_words(seeded: LiveGraph, language: Language) -> None:
    asked = f"""query @inLanguage(language: {language.value}) {{
      people(first: 100) {{ nodes {{ label born {{ display }} status {{ text }}
        stays(first: 20) {{ nodes {{ span {{ display }} }} }} }} }}
      events(first: 500) {{ nodes {{ label title date {{ display }} until {{ display }}
        ... on Conviction {{ sentence {{ display }} }} ... on Appeal {{ sentence {{ display }} }} }} }}
      differences(first: 200) {{ nodes {{ explanation }} }} }}"""
    texts = list(texts_of(seeded.ask(asked)))
    assert len(texts) > 1000
    assert [text for text in texts if RAW.search(QUOTED.sub("", text))] == []


@pytest.mark.live
def test_pages_write_every_date_and_sentence_of_the_seeds_in_words(seeded: LiveGraph) -> None:
    sentence = "sentence { kind years months totalMonthsLow totalMonthsHigh regime extras }"
    asked = f"""{{ events(first: 500) {{ nodes {{ date {{ edtf }} until {{ edtf }} ... on Conviction {{ {sentence} }} ... on Appeal {{ {sentence} }} }} }} }}"""
    nodes = seeded.ask(asked)["events"]["nodes"]
    for language in LANGUAGES:
        for one in nodes:
            words = [locale(language).date(one["date"]), locale(language).date(one["until"])]
            words += [sentence_of(one["sentence"], locale(language))] if one.get("sentence") else []
            assert not any(RAW.search(QUOTED.sub("", text)) for text in words), words


def texts_of(value: Any) -> Iterator[str]:
    """Yield the texts for people of an answer, at whatever depth: not the fields that hold dates and ids as they are stored."""
    match value:
        case Mapping():
            for key, one in value.items():
                if isinstance(one, str) and key in {
                    "text",
                    "span",
                    "display",
                    "label",
                    "title",
                    "explanation",
                    "category",
                }:
                    yield one
                elif key != "references":
                    yield from texts_of(one)
        case list() | tuple():
            for one in value:
                yield from texts_of(one)
        case _:
            pass


def printed(file: Any) -> Iterator[str]:
    """Yield what stands on a document, without its references, ids of events, and the numbers of references behind texts."""
    for line in document_lines(layout(file, LayoutOptions())):
        if not line.startswith("["):
            yield re.sub(r"( ?\[[\d, –]+\])+|\b(Event|Подія) [a-z0-9-]+", "", line)

"""Every message of a case file is filled with its example in both languages, and no forbidden word is among them."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from graph_api.casefile.about import ABOUT
from graph_api.casefile.document_texts import CERTIFICATION_TEXTS, DOCUMENT_TEXTS, EXHIBIT_TEXTS, METHOD_TEXTS
from graph_api.casefile.forms import LABELS
from graph_api.casefile.gaps import GAPS
from graph_api.casefile.headings import HEADINGS
from graph_api.casefile.leads import LEADS
from graph_api.casefile.messages import CATALOGUES, Message, message_text
from graph_api.casefile.notices import NOTICES
from graph_api.casefile.stays import STAYS
from graph_api.evidence.status_text import Language

MESSAGES = {
    f"{place}.{key}": message
    for place, catalogue in enumerate(
        (
            *CATALOGUES,
            HEADINGS,
            GAPS,
            STAYS,
            ABOUT,
            LEADS,
            LABELS,
            DOCUMENT_TEXTS,
            EXHIBIT_TEXTS,
            METHOD_TEXTS,
            CERTIFICATION_TEXTS,
        )
    )
    for key, message in catalogue.items()
}
FORBIDDEN = re.compile(
    r"\b(freed|convicted|guilty|criminals?(?! (Code|Court))|terrorists?|confirmed|proofs?|victims?|executed|illegal|unlawful|not stated in the loaded"
    r"|no source \w+s|never exchanged|held together|cellmates?)\b|заручник|не зазначено в завантажених|спірн|досьє|зачіпк|етапуван",
    re.IGNORECASE,
)


@pytest.mark.parametrize("key", MESSAGES)
def test_a_message_has_the_same_placeholders_in_both_languages_and_an_example_of_just_those(key: str) -> None:
    message = MESSAGES[key]
    names = [placeholders(text) for text in (message.english, message.ukrainian)]
    assert names[0] == names[1] == set(message.example)
    for language in Language:
        said = message_text(message, language, **message.example)
        assert said.strip() == said != ""
        assert not FORBIDDEN.search(said)


@pytest.mark.parametrize("key", MESSAGES)
def test_the_ukrainian_text_is_ukrainian(key: str) -> None:
    words = re.sub(r"\{\w+\}|SHA-256|in absentia", "", MESSAGES[key].ukrainian)
    assert not re.search(r"[A-Za-zёыэъ]", words)


def test_fixed_lines_use_no_forbidden_word() -> None:
    assert len(NOTICES) == 6
    assert [line for lines in NOTICES for line in lines if FORBIDDEN.search(line)] == []


def test_the_rule_finds_a_forbidden_word() -> None:
    assert FORBIDDEN.search("Convicted of espionage")
    assert placeholders(Message("in {names}", "місце: {names}").english) == {"names"}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}

"""Lucene's language is written in one place: what callers type arrives as words and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.compiler.lucene import MAX_TERMS, escape, spelling_query
from graph_api.compiler.search_terms import parse_search
from tests.helpers.compiling import compiled
from tests.helpers.injection_texts import INJECTION_TEXTS

ESCAPED = re.compile(r"(?:[^\s+\-&|!(){}\[\]^\"~*?:\\/<>=@#,;]|\\.)*", re.DOTALL)
TERM = r"[^\W_]+(?:\^\d|\*|~1)?"
OURS = re.compile(rf"fold_tokens:\({TERM}(?: {TERM})*\)|name_text:[^\W_]+")


@given(st.text())
def test_an_escaped_word_holds_no_operator(term: str) -> None:
    found = escape(term)
    assert ESCAPED.fullmatch(found)
    assert found not in {"AND", "OR", "NOT", "TO"}
    found.encode()


@given(st.text(max_size=200) | st.sampled_from(INJECTION_TEXTS))
def test_a_query_is_made_of_our_clauses_only(text: str) -> None:
    query = spelling_query(parse_search(text))
    clauses = re.findall(r"\+((?:fold_tokens|name_text):(?:\([^)]*\)|[^\s)]*))", query)
    assert all(OURS.fullmatch(clause) for clause in clauses)
    assert re.sub(r"\+(?:fold_tokens:\([^)]*\)|name_text:[^\s)]*)", "", query).strip("() ") == ""
    may_differ = query.count("~1")
    others = len(re.findall(TERM, query)) - may_differ
    assert 50 * may_differ + others <= 1024  # the most clauses that the index takes


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, max_size=40))
def test_a_long_text_asks_no_more_than_its_first_words(words: list[str]) -> None:
    assert spelling_query(parse_search(" ".join(words))).count("+fold_tokens") <= 2 * MAX_TERMS


@pytest.mark.parametrize(
    "text", ["Олег Сенцов", "Oleg Sencow 2", "Рощина В.В.", "Рощина Вікторія Володимирівна", "J. Smith of SIZO 2"]
)
def test_every_way_of_a_query_asks_for_every_word(text: str) -> None:
    terms = parse_search(text)
    ways = spelling_query(terms).removeprefix("(").removesuffix(")").split(") (+")
    in_index = len(terms.words) + len(terms.initials) + (terms.patronymic is not None)
    assert [way.count("+") + (place > 0) for place, way in enumerate(ways)] == [in_index, len(terms.literal)]


def test_no_words_ask_nothing() -> None:
    for text in ("", "*:*", "[* TO *]", "the of"):
        assert spelling_query(parse_search(text)) == ""


def test_parameters_of_a_search_contain_lists_only_which_the_native_client_encodes() -> None:
    sent, errors = compiled('{ search(text: "Рощина В.В.") { nodes { score } } }')
    assert not errors
    assert "tuple" not in {
        type(one).__name__ for statement in sent for one in _flat(list(statement.parameters.values()))
    }


def _flat(values: list[object]) -> list[object]:
    return [
        one for value in values for one in [value, *(_flat(list(value)) if isinstance(value, list | tuple) else [])]
    ]

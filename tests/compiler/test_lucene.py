"""Lucene's language is written in one place: what callers type arrives as words and nothing else."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from graph_api.compiler.lucene import MAX_TERMS, escape, spelling_query
from graph_api.compiler.search import STOP_WORDS
from graph_api.values.normalization import normalize_name, split_words
from tests.helpers.injection_texts import INJECTION_TEXTS

ESCAPED = re.compile(r"(?:[^\s+\-&|!(){}\[\]^\"~*?:\\/<>=@#,;]|\\.)*", re.DOTALL)
OURS = re.compile(r"fold_tokens:\((?P<t>[^\W_]+)\^2(?: (?P=t)\*)?(?: (?P=t)~1)?\)|name_text:[^\W_]+")


def query_of(text: str) -> str:
    terms = [term for term in normalize_name(text).split() if term not in STOP_WORDS]
    return spelling_query(terms[:-1], terms[-1:], split_words(text))


@given(st.text())
def test_an_escaped_word_holds_no_operator(term: str) -> None:
    found = escape(term)
    assert ESCAPED.fullmatch(found)
    assert found not in {"AND", "OR", "NOT", "TO"}
    found.encode()


@given(st.text(max_size=200) | st.sampled_from(INJECTION_TEXTS))
def test_a_query_is_made_of_our_clauses_only(text: str) -> None:
    query = query_of(text)
    clauses = re.findall(r"\+((?:fold_tokens|name_text):(?:\([^)]*\)|[^\s)]*))", query)
    assert all(OURS.fullmatch(clause) for clause in clauses)
    assert re.sub(r"\+(?:fold_tokens:\([^)]*\)|name_text:[^\s)]*)", "", query).strip("() ") == ""
    may_differ, others = query.count("~1"), query.count("^2") + query.count("*") + query.count("name_text")
    assert 50 * may_differ + others <= 1024  # the most clauses that the index takes


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, max_size=40))
def test_a_long_text_asks_no_more_than_its_first_words(terms: list[str]) -> None:
    query = spelling_query(terms, [], [])
    assert len(set(re.findall(r"\((\w+)\^2", query))) <= MAX_TERMS


def test_one_word_of_three_may_be_missing_but_no_number() -> None:
    assert spelling_query(["a", "b"], [], []) == "(+fold_tokens:(a^2) +fold_tokens:(b^2))"
    assert spelling_query(["a", "b", "2"], [], []) == (
        "(+fold_tokens:(b^2) +fold_tokens:(2^2)) (+fold_tokens:(a^2) +fold_tokens:(2^2))"
    )
    assert spelling_query(["1", "2", "3"], [], []) == "(+fold_tokens:(1^2) +fold_tokens:(2^2) +fold_tokens:(3^2))"


def test_no_words_ask_nothing() -> None:
    assert spelling_query([], [], ["AND"]) == ""
    assert query_of("*:*") == query_of("[* TO *]") == query_of("NOT") == ""

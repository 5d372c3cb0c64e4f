"""Sentences: what is accepted, how it is shown, and which sentences do not disagree."""

from __future__ import annotations

import json
from typing import Any

import pytest

from graph_api.errors import InvalidValue
from graph_api.values.sentences import Sentence, SentenceKind, compatible
from graph_api.values.words import parse_word


def sentence(kind: str | None = None, **fields: Any) -> Sentence:
    return Sentence.from_fields(parse_word(SentenceKind, kind) if kind else None, **fields)


@pytest.mark.parametrize(
    ("kind", "fields", "total", "display"),
    [
        (None, {"years": 10, "months": 6}, (126, 126), "10 years 6 months"),
        ("term", {"years": 1}, (12, 12), "1 year"),
        (None, {"months": 1}, (1, 1), "1 month"),
        (None, {"months": 18}, (18, 18), "18 months"),
        (None, {"years": 0, "months": 6}, (6, 6), "6 months"),
        (None, {"years": 10, "months": 0}, (120, 120), "10 years"),
        (None, {"years": 8, "months_low": 96, "months_high": 96}, (96, 96), "8 years"),
        (None, {"months_low": 24, "months_high": 132}, (24, 132), "2 to 11 years"),
        (None, {"months_low": 18, "months_high": 36}, (18, 36), "1 year 6 months to 3 years"),
        (None, {"months_low": 18, "months_high": 18}, (18, 18), "1 year 6 months"),
        (None, {"months_low": 120}, (120, None), "at least 10 years"),
        (None, {"months_high": 132}, (None, 132), "at most 11 years"),
        (None, {"months_low": 0, "months_high": 132}, (0, 132), "0 to 11 years"),
        ("life", {"regime": "special"}, (None, None), "life imprisonment"),
        ("death", {}, (None, None), "death"),
        ("other", {"extras": ["a fine"]}, (None, None), "another kind of sentence"),
        ("other", {"years": 2}, (24, 24), "another kind of sentence, 2 years"),
        ("unstated", {}, (None, None), "term not stated"),
        (None, {}, (None, None), "term not stated"),
    ],
)
def test_a_sentence_has_its_total_and_its_words_and_survives_json(
    kind: str | None, fields: dict[str, Any], total: tuple[int | None, int | None], display: str
) -> None:
    made = sentence(kind, **fields)

    assert (made.months_low, made.months_high) == total
    assert made.display == display
    assert Sentence.from_json(json.loads(json.dumps(made.to_json()))) == made


@pytest.mark.parametrize(
    ("kind", "fields", "says"),
    [
        ("term", {}, "years, months or both"),
        ("life", {"years": 25}, "no years and months"),
        ("death", {"months_low": 1}, "no years and months"),
        ("unstated", {"years": 1}, "no years and months"),
        (None, {"years": 0}, "at least one month"),
        (None, {"years": 1, "months": 12}, "0 to 11 months"),
        (None, {"years": 1, "months_low": 24}, "12, as years and months say"),
        (None, {"months_low": 24, "months_high": 12}, "the smaller number first"),
        (None, {"months_high": 0}, "at least one month"),
        (None, {"years": -1}, "a whole number"),
        (None, {"years": 1.5}, "a whole number"),
        (None, {"years": "10"}, "a whole number"),
        (None, {"years": True}, "a whole number"),
        (None, {"years": 99_999}, "a whole number"),
        ("life", {"regime": ""}, "Invalid regime '': expected words"),
        ("life", {"extras": "a fine"}, "a list of texts"),
        ("life", {"extras": [5]}, "Invalid extras 5: expected words"),
        ("life", {"extras": 5}, "a list of texts"),
    ],
)
def test_fields_that_do_not_go_together_are_refused(kind: str | None, fields: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidValue, match=says):
        sentence(kind, **fields)


def test_json_leaves_out_what_is_not_there_and_keeps_its_order() -> None:
    made = sentence(years=10, months=6, regime="strict", extras=["a fine"])

    assert json.dumps(made.to_json()) == (
        '{"kind": "TERM", "years": 10, "months": 6, "months_low": 126, "months_high": 126,'
        ' "regime": "strict", "extras": ["a fine"]}'
    )
    assert sentence("death").to_json() == {"kind": "DEATH"}


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        (sentence(years=10), sentence(months=120), True),
        (sentence(years=10), sentence(years=11), False),
        (sentence(years=10), sentence("unstated"), True),
        (sentence("life"), sentence("unstated"), True),
        (sentence("life"), sentence("life"), True),
        (sentence("life"), sentence("death"), False),
        (sentence("life"), sentence(years=25), False),
        (sentence(years=10), sentence(months_low=120), True),
        (sentence(years=9), sentence(months_low=120), False),
        (sentence(years=5), sentence(months_low=24, months_high=132), True),
        (sentence(years=10, regime="strict"), sentence(years=10, regime="Strict"), True),
        (sentence(years=10, regime="strict"), sentence(years=10, regime="general"), False),
        (sentence(years=10, regime="strict"), sentence(years=10), True),
        (sentence(years=10, extras=["a fine"]), sentence(years=10, extras=["a ban"]), True),
    ],
)
def test_sentences_agree_when_one_is_not_stated_or_only_more_precise(a: Sentence, b: Sentence, agree: bool) -> None:
    assert compatible(a, b) is compatible(b, a) is agree

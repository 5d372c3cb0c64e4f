"""Offences: which codes, texts and articles are accepted."""

from __future__ import annotations

import pytest

from graph_api.errors import InvalidValue
from graph_api.values.offences import OFFENCE_CODES, Offence, covers, parse


@pytest.mark.parametrize("code", OFFENCE_CODES)
def test_every_controlled_word_is_accepted_in_both_forms(code: str) -> None:
    seed = code.lower().replace("_", "-")

    assert Offence.from_fields(seed) == Offence.from_fields(code) == Offence(code, seed.replace("-", " "), None)


def test_an_offence_keeps_the_words_of_the_source_and_survives_json() -> None:
    offence = Offence.from_fields("espionage", "spying for Ukraine", "RU-UK 276")

    assert offence.to_json() == {"code": "ESPIONAGE", "text": "spying for Ukraine", "article": "RU-UK 276"}
    assert Offence.from_json(offence.to_json()) == offence
    assert Offence.from_json({"code": "OTHER", "text": "desertion"}) == Offence("OTHER", "desertion", None)


def test_a_word_of_ones_own_is_accepted_but_a_slip_is_not() -> None:
    assert Offence.from_fields("financing-of-terrorism").code == "FINANCING_OF_TERRORISM"
    with pytest.raises(InvalidValue, match="did you mean espionage"):
        Offence.from_fields("espionnage")


@pytest.mark.parametrize("code", ["", "шпигунство", "two words", "1st", "-espionage", None, 276], ids=repr)
def test_what_is_no_word_is_refused_as_a_code(code: object) -> None:
    with pytest.raises(InvalidValue, match="one of espionage"):
        Offence.from_fields(code)


@pytest.mark.parametrize("text", ["", " ", 5], ids=repr)
def test_what_is_no_text_is_refused_as_the_words_of_an_offence(text: object) -> None:
    with pytest.raises(InvalidValue, match=r"Invalid text .*: expected words"):
        Offence.from_fields("espionage", text)


@pytest.mark.parametrize(
    "article", ["RU-UK 276", "BY-UK 358-1", "LPR-UK 335", "RU-UK 205.4(2)", "UA-CC 111 § 2", "RU-KOAP 20.3.3"]
)
def test_an_article_in_normal_form_is_accepted(article: str) -> None:
    assert Offence.from_fields("other", article=article).article == article


@pytest.mark.parametrize(
    "article",
    [
        *("276", "UK 276", "RU UK 276", "ru-uk 276", "RU-UK276", "RU-UK  276", "RU-UK 276 ", "RU-UK 276\n"),
        *("RU-УК 276", "ст. 276", "RU-UK ст276", "RU-UK", "", 276),
    ],
    ids=repr,
)
def test_an_article_in_any_other_form_is_refused(article: object) -> None:
    with pytest.raises(InvalidValue, match="RU-UK 276"):
        Offence.from_fields("other", article=article)


def test_an_article_alone_is_an_offence_that_one_with_a_word_covers() -> None:
    alone, named = parse({"article": "RU-UK 276"}), parse({"code": "espionage", "article": "RU-UK 276"})
    assert (covers(named, alone), covers(alone, named)) == (True, False)
    assert not covers(parse({"code": "espionage"}), alone)
    assert not covers(parse({"article": "RU-UK 275"}), alone)
    with pytest.raises(
        InvalidValue, match=r"Invalid offence \(a mapping with text\): expected a code or an article as well"
    ):
        parse({"text": "spying"})

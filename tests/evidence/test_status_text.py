"""The words of a status: neutral in both languages, every message used, and none that what is held back would make false."""

from __future__ import annotations

import re
from typing import Any

import pytest

from graph_api.evidence.life_events import LifeEvent
from graph_api.evidence.status import person_status
from graph_api.evidence.status_text import MESSAGES, Language, status_text
from graph_api.ontology.vocabulary import EventKind
from tests.evidence.test_status import TAKEN, TERM, event

FORBIDDEN = re.compile(
    r"\b(freed|convicted|guilty|criminal|terrorist|confirmed|proof|victim|executed|illegal|unlawful|loaded sources|no source|so-called)\b"
    r"|під вартою|етапуван|винн|злочин|терорист|чинний вирок|видано",
    re.IGNORECASE,
)


def test_no_message_has_a_word_that_is_forbidden() -> None:
    found = [text for texts in MESSAGES.values() for text in texts if FORBIDDEN.search(text)]
    assert found == []
    assert FORBIDDEN.search("He was freed.")


def test_every_message_stands_in_both_languages_with_the_same_places_for_values() -> None:
    for key, (english, ukrainian) in MESSAGES.items():
        assert re.findall(r"{\w+}", english) == re.findall(r"{\w+}", ukrainian), key
        assert english.endswith("."), key
        assert ukrainian.endswith("."), key


@pytest.mark.parametrize(
    ("events", "english", "ukrainian"),
    [
        ((), "No report of custody in this edition.", "У цій версії повідомлень про утримування не наведено."),
        (
            (TAKEN,),
            "Last reported in custody on 1 March 2022.",
            "За останнім повідомленням, утримують (1 березня 2022 року).",
        ),
        (
            (event("seen", EventKind.SIGHTING, reported=None),),
            "Reported in custody; no date stated.",
            "Повідомлено, що утримують; дати не зазначено.",
        ),
        (
            (TAKEN, event("handover", EventKind.EXCHANGE, "2023-05", side="side")),
            "Reported handed over in an exchange in May 2023.",
            "Повідомлено про передання під час обміну (травень 2023 року).",
        ),
        (
            (TAKEN, event("death", EventKind.DEATH, "2023"), event("seen", EventKind.SIGHTING, "2024")),
            "Reported to have died in 2023; other reports are not ordered with it.",
            "Повідомлено про смерть (2023 рік); черговості щодо інших повідомлень не встановлено.",
        ),
        (
            (TAKEN, event("judged", EventKind.CONVICTION, "2022-06", sentence=TERM)),
            "Last reported in custody on 1 March 2022. Judgment reported in June 2022. "
            "Last sentence reported, after the appeals that are reported: 10 years.",
            "За останнім повідомленням, утримують (1 березня 2022 року). Повідомлено про вирок (червень 2022 року). "
            "Останнє повідомлене покарання, після повідомлених переглядів: 10 років.",
        ),
    ],
)
def test_a_status_in_words(events: Any, english: str, ukrainian: str) -> None:
    found = person_status(events)
    assert status_text(found) == english
    assert status_text(found, Language.UK) == ukrainian


def test_a_medical_measure_gives_no_outcome() -> None:
    measure = LifeEvent("measure", EventKind.COMPULSORY_MEASURE, 5, 5, 5, "1970-01-06")
    assert "outcome is not given in this edition" in status_text(person_status((TAKEN, measure)))

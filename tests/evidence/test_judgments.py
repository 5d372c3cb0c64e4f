"""The sentence in force of a judgment, after the decisions of higher courts on it."""

from __future__ import annotations

import pytest

from graph_api.evidence.judgments import sentences_in_force
from graph_api.evidence.life_events import LifeEvent
from graph_api.ontology.vocabulary import AppealResult, EventKind
from graph_api.values.dates import OPEN_HI, OPEN_LO

TEN, EIGHT, LIFE = (
    f'{{"kind": "{kind}"{more}}}' for kind, more in (("TERM", ', "years": 10'), ("TERM", ', "years": 8'), ("LIFE", ""))
)
UNSTATED = '{"kind": "UNSTATED"}'
JUDGMENT = LifeEvent("j", EventKind.CONVICTION, sentence=TEN)


def appeal(
    id_: str, of: str, result: str = "UNSTATED", sentence: str | None = None, *, lo: int = OPEN_LO, hi: int = OPEN_HI
) -> LifeEvent:
    follows = frozenset({of, "j"})
    return LifeEvent(
        id_, EventKind.APPEAL, lo, hi, follows=follows, of=of, result=AppealResult(result), sentence=sentence
    )


@pytest.mark.parametrize(
    ("decisions", "in_force"),
    [
        ([], TEN),
        ([appeal("a", "j", "UPHELD")], TEN),
        ([appeal("a", "j", "REDUCED", EIGHT)], EIGHT),
        ([appeal("a", "j", "REDUCED", EIGHT), appeal("b", "a", "UPHELD")], EIGHT),
        ([appeal("a", "j", "REDUCED", EIGHT), appeal("b", "a", "INCREASED", LIFE)], LIFE),
        ([appeal("a", "j", "UPHELD", UNSTATED)], TEN),
        ([appeal("a", "j", "QUASHED")], None),
        ([appeal("a", "j", "RETRIAL")], None),
        ([appeal("a", "j", "REDUCED", EIGHT), appeal("b", "j", "INCREASED", LIFE)], None),
        ([appeal("a", "j", "REDUCED", EIGHT, hi=10), appeal("b", "j", "INCREASED", LIFE, lo=11)], LIFE),
        ([appeal("a", "another", "QUASHED")], TEN),
    ],
)
def test_the_sentence_in_force_is_the_last_one_stated_along_the_appeals(
    decisions: list[LifeEvent], in_force: str | None
) -> None:
    for events in ([JUDGMENT, *decisions], [*decisions, JUDGMENT]):
        assert sentences_in_force(events) == ({} if in_force is None else {"j": in_force})


def test_a_judgment_whose_terms_another_takes_up_has_no_sentence_in_force() -> None:
    later = LifeEvent("k", EventKind.CONVICTION, sentence=LIFE, replaces=frozenset({"j"}))
    assert sentences_in_force([JUDGMENT, later]) == {"k": LIFE}


def test_two_judgments_each_have_their_own_and_terms_are_never_added() -> None:
    assert sentences_in_force([JUDGMENT, LifeEvent("k", EventKind.CONVICTION, sentence=EIGHT)]) == {
        "j": TEN,
        "k": EIGHT,
    }


def test_a_judgment_without_a_stated_sentence_has_none_in_force() -> None:
    assert sentences_in_force([LifeEvent("j", EventKind.CONVICTION, sentence=UNSTATED)]) == {}

"""What an answer decides: the demands of the plan that was shown, and nothing that a later plan demands besides."""

from __future__ import annotations

import pytest

from graph_api.ingest.decisions import Decisions, Demand, decided, missing_decisions

OPTIONS = {
    "--remove": Decisions(remove=True),
    "--stale-ok": Decisions(stale_ok=True),
    "--many-ok": Decisions(many_ok=True),
    "--disclose": Decisions(disclose=frozenset("abc"), why="published"),
}


def demand(option: str, ids: str) -> Demand:
    """Return a demand about these ids, a letter each."""
    return Demand(option, f"{option} {ids}", tuple(ids))


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize(("later", "is_decided"), [("ab", True), ("b", True), ("abc", False), ("c", False)])
def test_an_answer_covers_the_ids_that_were_shown(option: str, later: str, is_decided: bool) -> None:
    """The option stood for the answer: a yes to the removal of two entries removed a third one that a later plan removed."""
    answered = decided([demand(option, "ab")], Decisions(), "published")
    assert (missing_decisions([demand(option, later)], answered) == ()) is is_decided


@pytest.mark.parametrize("option", OPTIONS)
def test_an_option_covers_every_plan(option: str) -> None:
    assert missing_decisions([demand(option, "abc")], OPTIONS[option]) == ()


def test_answers_to_several_plans_add_up() -> None:
    """Of one kind of demand there may be several, one for each collection."""
    first = decided([demand("--many-ok", "ab"), demand("--many-ok", "c")], Decisions(), None)
    both = decided([demand("--many-ok", "d")], first, None)
    assert missing_decisions([demand("--many-ok", "abcd")], both) == ()


def test_each_answer_is_kept_with_its_own_reason() -> None:
    """The reason of the first answer stood with everybody whom a later one disclosed."""
    given = Decisions(disclose=frozenset("c"), not_the_same=frozenset("d"))
    first = decided([demand("--remove", "xy"), demand("--disclose", "a")], given, "published")
    both = decided([demand("--disclose", "bc")], first, "released")
    assert both.words == ("--remove", "--disclose a: published", "--disclose b: released", "--disclose c: released")
    assert both.namesakes == frozenset(), "the reason of a disclosure is not that of a review"


def test_a_disclosure_without_a_reason_is_not_kept() -> None:
    """It was kept with the load as `--disclose a: None`."""
    assert Decisions(disclose=frozenset("a")).words == ()


def test_a_disclosure_without_a_reason_is_not_decided() -> None:
    demanded = [demand("--disclose", "a")]
    assert missing_decisions(demanded, decided(demanded, Decisions(), None)) == (*demanded,)

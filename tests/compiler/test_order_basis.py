"""How the order of a sequence is known, and the days between its events, against every choice of days."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.compiler.explain import MESSAGES, explain
from graph_api.compiler.order_basis import SequenceEvent, days_between, order_basis, sequence_modality
from graph_api.ontology.vocabulary import EventKind, Modality, OrderBasis
from graph_api.values.dates import When
from graph_api.values.languages import Language
from tests.casefile.test_messages import FORBIDDEN, placeholders


def dated(kind: str, edtf: str, **more: object) -> SequenceEvent:
    when = When.parse(edtf)
    facts: dict[str, object] = {"date": edtf, "lo": when.lo, "hi": when.hi, "stated_lo": when.lo, "stated_hi": when.hi}
    return SequenceEvent(kind, **{**facts, "date_modality": Modality.STATED, **more})  # type: ignore[arg-type]


def undated(kind: str, *, known: str | None = None, **more: object) -> SequenceEvent:
    day = When.parse(known).hi if known else None
    bounds = {} if day is None else {"hi": day, "known": day}
    return SequenceEvent(kind, **{**bounds, **more})  # type: ignore[arg-type]


EXCHANGED = dated("EXCHANGE", "2024-06-28")


@pytest.mark.parametrize(
    ("first", "stated", "basis", "words"),
    [
        (dated("CONVICTION", "2022-09"), None, OrderBasis.DATED, ": dated."),
        (dated("CONVICTION", "2022-09"), Modality.IMPLIED, OrderBasis.DATED, ": dated."),
        (dated("CONVICTION", "2024"), Modality.STATED, OrderBasis.STATED, ": an order that a source states."),
        (undated("CONVICTION", known="2021-01"), None, OrderBasis.KNOWN_BY, ": reported before it."),
        (undated("CONVICTION", known="2021-01"), Modality.IMPLIED, OrderBasis.KNOWN_BY, ": reported before it."),
        (
            undated("CONVICTION", known="2024-07"),
            Modality.IMPLIED,
            OrderBasis.IMPLIED,
            ": implied by what sources say; no single source states the order.",
        ),
        (
            undated("CONVICTION", known="2024-07", hi=EXCHANGED.lo - 1),
            None,
            OrderBasis.IMPLIED,
            "no single source states the order.",
        ),
        (dated("CONVICTION", "2024"), None, OrderBasis.DATED, ": possible by the dates."),
        (
            dated("CONVICTION", "2022", is_date_disputed=True),
            None,
            OrderBasis.DATED,
            "conviction (2022; sources differ on the date) before",
        ),
    ],
)
def test_each_basis_has_words_of_its_own(
    first: SequenceEvent, stated: Modality | None, basis: OrderBasis, words: str
) -> None:
    assert order_basis(first, EXCHANGED, stated) is basis
    assert words in explain([first, EXCHANGED], [stated], subject="person", chains=1, is_sure=True)


@pytest.mark.parametrize(
    ("changed", "modality", "words"),
    [
        (
            {"part_modality": Modality.IMPLIED},
            Modality.IMPLIED,
            "Implied by what sources say, not stated of this person: the conviction.",
        ),
        (
            {"modality": Modality.IMPLIED, "date_modality": Modality.IMPLIED},
            Modality.IMPLIED,
            "not stated of this person: the conviction and the date of the conviction.",
        ),
        (
            {"date_modality": Modality.DERIVED},
            Modality.DERIVED,
            "stated of this person by no source: the date of the conviction.",
        ),
        (
            {"modality": Modality.ATTRIBUTED},
            Modality.ATTRIBUTED,
            "Reported of this person in the words of others: the conviction.",
        ),
    ],
)
def test_what_no_source_states_is_said_of_this_person(
    changed: dict[str, Modality], modality: Modality, words: str
) -> None:
    chain = [dated("CONVICTION", "2022", **changed), EXCHANGED]
    assert sequence_modality(chain, [None]) is modality
    assert words in explain(chain, [None], subject="person", chains=1, is_sure=True)


SURE = "Це так за будь-яких днів, які допускають джерела."
POSSIBLE = "Це можливо за деяких із днів, які допускають джерела."
CONVICTED_UK = "Вирок (за повідомленням; вересень 2022 року), потім обмін (28 червня 2024 року)"


@pytest.mark.parametrize(
    ("chain", "stated", "more", "text"),
    [
        ([dated("CONVICTION", "2022-09"), EXCHANGED], [None], {}, f"{CONVICTED_UK}: за датами. {SURE}"),
        (
            [dated("CONVICTION", "2024"), EXCHANGED],
            [None],
            {"is_sure": False},
            f"Вирок (за повідомленням; 2024 рік), потім обмін (28 червня 2024 року): можливо за датами. {POSSIBLE}",
        ),
        (
            [dated("CONVICTION", "2024"), EXCHANGED],
            [Modality.STATED],
            {},
            f"Вирок (за повідомленням; 2024 рік), потім обмін (28 червня 2024 року): такий порядок зазначає джерело. {SURE}",
        ),
        (
            [undated("CONVICTION", known="2021-01"), EXCHANGED],
            [None],
            {},
            "Вирок (за повідомленням; дати не зазначено; не пізніше 31 січня 2021 року), потім обмін (28 червня 2024 року): "
            f"про першу подію повідомлено до другої. {SURE}",
        ),
        (
            [undated("CONVICTION", lo=When.parse("2018").lo, hi=When.parse("2024-07").hi), EXCHANGED],
            [Modality.IMPLIED],
            {},
            "Вирок (за повідомленням; дати не зазначено; один із днів з 1 січня 2018 року по 31 липня 2024 року), потім обмін "
            "(28 червня 2024 року): випливає з повідомлень джерел, хоча жодне окремо такого порядку не зазначає. "
            + SURE,
        ),
        (
            [dated("DETENTION", "2022", is_date_disputed=True), dated("TRANSFER", "2023-05"), EXCHANGED],
            [None, None],
            {"chains": 2},
            "Затримання (2022 рік; джерела розходяться щодо дати), потім переведення (травень 2023 року): за датами; переведення "
            f"(травень 2023 року), потім обмін (28 червня 2024 року): за датами. {SURE} "
            "2 послідовності подій; наведено найкраще обґрунтовану.",
        ),
        (
            [undated("DEATH", lo=When.parse("2023-05-01").lo)],
            [],
            {"chains": 5},
            "Повідомлено про смерть (дати не зазначено; не раніше 1 травня 2023 року). "
            f"{SURE} 5 послідовностей подій; наведено найкраще обґрунтовану.",
        ),
        ([undated("CHARGE")], [], {}, f"Обвинувачення (дати не зазначено). {SURE}"),
        (
            [undated("CHARGE", lo=When.parse("2023-05-01").lo, hi=When.parse("2023-05-01").hi)],
            [],
            {},
            f"Обвинувачення (дати не зазначено; 1 травня 2023 року). {SURE}",
        ),
        (
            [dated("CONVICTION", "2022-09", part_modality=Modality.IMPLIED, date_modality=Modality.IMPLIED), EXCHANGED],
            [None],
            {},
            f"{CONVICTED_UK}: за датами. {SURE} Випливає з повідомлень джерел, прямо про цю особу не зазначено: "
            "вирок (за повідомленням); дата події – вирок (за повідомленням).",
        ),
        (
            [dated("CONVICTION", "2022-09", date_modality=Modality.DERIVED), EXCHANGED],
            [None],
            {"subject": "group"},
            f"{CONVICTED_UK}: за датами. {SURE} Визначено на підставі інших тверджень за записаним правилом, жодне джерело не "
            "зазначає цього про цю групу осіб: дата події – вирок (за повідомленням).",
        ),
        (
            [dated("CONVICTION", "2022-09", modality=Modality.ATTRIBUTED), EXCHANGED],
            [None],
            {},
            f"{CONVICTED_UK}: за датами. {SURE} Повідомлено про цю особу за словами інших: вирок (за повідомленням).",
        ),
    ],
)
def test_a_sequence_is_explained_in_ukrainian(
    chain: list[SequenceEvent], stated: list[Modality | None], more: dict[str, object], text: str
) -> None:
    given = {"subject": "person", "chains": 1, "is_sure": True, **more}
    assert explain(chain, stated, language=Language.UK, **given) == text  # type: ignore[arg-type]


@pytest.mark.parametrize("key", MESSAGES)
def test_a_message_of_an_explanation_has_no_value_that_english_has_not(key: str) -> None:
    english, ukrainian = MESSAGES[key]
    of_dates = {"earliest", "latest", "between"}
    assert placeholders(ukrainian) - of_dates == placeholders(english) - of_dates
    assert not re.search("[A-Za-z]", re.sub(r"\{\w+\}", "", ukrainian))
    assert not FORBIDDEN.search(ukrainian)


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_of_event_is_explained_in_ukrainian(kind: EventKind) -> None:
    text = explain([dated(kind, "2022")], [], subject="person", chains=1, is_sure=True, language=Language.UK)
    assert re.fullmatch(r"[А-ЯІЇЄҐ][А-ЯІЇЄҐа-яіїєґ’ (),.;–0-9-]+", text), text
    assert ") (" not in text


def test_an_implied_order_is_as_weak_as_an_implied_claim_and_a_stated_one_is_not() -> None:
    chain = [undated("CONVICTION"), EXCHANGED]
    assert sequence_modality(chain, [Modality.IMPLIED]) is Modality.IMPLIED
    assert sequence_modality(chain, [Modality.STATED]) is Modality.STATED


def test_the_modality_of_a_date_counts_only_where_the_order_rests_on_it() -> None:
    first = dated("CONVICTION", "2024", date_modality=Modality.DERIVED)
    assert sequence_modality([first, EXCHANGED], [Modality.STATED]) is Modality.STATED


def bounds(draw: Callable[[st.SearchStrategy[int]], int]) -> tuple[int, int]:
    lo = draw(st.integers(0, 12))
    return lo, draw(st.integers(lo, 12))


@given(st.data())
def test_days_between_are_the_extremes_over_every_choice_of_days_in_order(data: st.DataObject) -> None:
    (a_lo, a_hi), (b_lo, b_hi) = bounds(data.draw), bounds(data.draw)
    choices = [b - a for a in range(a_lo, a_hi + 1) for b in range(b_lo, b_hi + 1) if b >= a]
    if choices:
        found = days_between(SequenceEvent("A", lo=a_lo, hi=a_hi), SequenceEvent("B", lo=b_lo, hi=b_hi))
        assert found == (min(choices), max(choices))


def test_days_between_are_open_where_a_bound_is() -> None:
    open_end, dated_event = SequenceEvent("A"), SequenceEvent("B", lo=5, hi=9)
    assert days_between(open_end, dated_event) == (None, None)
    assert days_between(SequenceEvent("A", hi=2), dated_event) == (3, None)

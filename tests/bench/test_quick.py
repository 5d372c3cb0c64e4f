"""The arithmetic of the quick bench: what counts as a loss, what a busy machine means, when a store is out of date."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest

from bench import quick
from bench.questions import QUESTIONS
from bench.quick import (
    FIRST_WARM_UP_PARTS,
    WARM_UP_PARTS,
    WARM_UP_SECONDS,
    Ratios,
    combined,
    conclusion,
    discard_outdated,
    latency,
    read_table,
    regressions,
    table_bytes,
    table_lines,
    warm_up,
)

BEFORE = {"point": Ratios(1.0, 1.0)}


@pytest.mark.parametrize(
    ("now", "lost"),
    [
        (Ratios(1.15, 1.15), []),
        (Ratios(1.16, 1.0), ["latency"]),
        (Ratios(1.0, 1.16), ["processor"]),
        (Ratios(1.2, 1.2, load=0.5), ["processor"]),
        (Ratios(0.5, 0.5), []),
    ],
    ids=["allowed", "slower", "more processor time", "slower on a busy machine", "faster"],
)
def test_a_loss_of_more_than_15_percent_is_named(now: Ratios, lost: list[str]) -> None:
    found = list(regressions({"point": now}, BEFORE))
    assert [line.split()[1] for line in found] == lost


def test_a_question_that_the_table_lacks_is_named() -> None:
    [line] = regressions({"new": Ratios(1, 1)}, BEFORE)
    assert line.startswith("new: the table has no such question")


@pytest.mark.parametrize(
    ("ours", "floor", "parts"),
    [
        ([2.0, 2.0, 2.0, 2.0], [1.0, 1.0, 1.0, 1.0], 3),
        ([2.0, 1.6, 1.3, 1.0, 0.9, 0.9, 0.9, 0.9], [1.0] * 8, 7),
        ([2.0] * 8, [1.0, 0.8, 0.6, 0.5, 0.5, 0.5, 0.5, 0.5], 6),
        ([2.0, 2.1, 1.5, 1.5, 1.5], [1.0] * 5, 5),
        ([float(9 - at) for at in range(8)], [1.0] * 8, 8),
    ],
    ids=["steady", "ours falls", "the other falls", "a slow moment", "falls until the end"],
)
def test_a_warm_up_ends_when_no_side_becomes_quicker(ours: list[float], floor: list[float], parts: int) -> None:
    assert warm_up(zip(ours, floor, strict=True).__next__, len(ours)) == parts


def test_the_warm_up_and_one_measurement_of_every_question_fit_into_five_minutes() -> None:
    parts = FIRST_WARM_UP_PARTS + WARM_UP_PARTS * (len(QUESTIONS) - 1)
    assert parts * WARM_UP_SECONDS + 8 * len(QUESTIONS) < 270


def test_latencies_of_quiet_attempts_count() -> None:
    measured = [Ratios(3.0, 2.0, load=0.4), Ratios(1.2, 1.8), Ratios(1.0, 2.2)]
    assert combined(measured, min) == Ratios(1.0, 1.8, 0.0)
    assert combined(measured[:1], min) == measured[0]
    assert combined(measured, median).processor == 2.0


def test_a_busy_machine_is_said_to_be_one() -> None:
    assert "Latency not compared for flat" in " ".join(conclusion([], ["flat"]))
    assert list(conclusion(["x"], [])) == []


def test_each_value_has_the_same_weight_and_slow_moments_none() -> None:
    fast, slow = [1.0] * 8 + [50.0] * 2, [3.0] * 8 + [90.0] * 2
    mixed = [one for pair in zip(fast, slow, strict=True) for one in pair]
    assert latency(mixed, 2, 2) == 2.0


def test_the_committed_table_has_every_question(tmp_path: Path) -> None:
    table = read_table(quick.TABLE)
    assert set(table) == {question.name for question in QUESTIONS}
    copy = tmp_path / "table.json"
    copy.write_bytes(table_bytes("S", table))
    assert read_table(copy) == table
    assert len(list(table_lines(table, table))) == len(table) + 2


def test_a_store_that_other_sources_loaded_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "people-1-seed-1"
    discard_outdated(home)
    (home / "loaded.json").write_text("{}")
    discard_outdated(home)
    assert (home / "loaded.json").exists()
    monkeypatch.setattr(quick, "sources_digest", lambda: "changed")
    discard_outdated(home)
    assert not (home / "loaded.json").exists()

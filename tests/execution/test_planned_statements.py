"""Who waits until the database has planned a statement for somebody else, and for how long."""

from __future__ import annotations

import asyncio

import pytest

from graph_api.execution import planned_statements
from graph_api.execution.planned_statements import PlannedStatements

TEXTS = ("RETURN 1", "RETURN 2")


def test_a_statement_that_is_being_planned_is_waited_for() -> None:
    async def ask() -> tuple[int, int]:
        known = PlannedStatements()
        missing = known.missing(TEXTS)
        with known.planning(missing):
            waiting = asyncio.create_task(known.missing_after_others(TEXTS))
            await asyncio.sleep(0)
            known.add(missing)
        return len(missing), len(await waiting)

    assert asyncio.run(ask()) == (2, 0)


def test_who_waited_long_enough_plans_it_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planned_statements, "LONGEST_WAIT", 0.05)

    async def ask() -> tuple[int, int]:
        known = PlannedStatements()
        with known.planning(known.missing(TEXTS)):
            async with asyncio.timeout(5):
                missing = await known.missing_after_others(TEXTS)
            with known.planning(missing):
                pass
            left = await known.missing_after_others(
                TEXTS
            )  # the first one still plans, and nobody waits for it any more
        return len(missing), len(left)

    assert asyncio.run(ask()) == (2, 2)


def test_a_statement_that_was_not_planned_in_time_is_refused_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    known = PlannedStatements()
    missing = known.missing(TEXTS)
    assert not known.refuses(missing)
    known.refuse(missing)
    assert known.refuses(missing)
    monkeypatch.setattr(planned_statements, "REFUSAL_SECONDS", 0.0)
    known.refuse(missing)
    assert not known.refuses(missing)

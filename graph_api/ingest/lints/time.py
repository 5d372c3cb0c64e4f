"""Lints about dates: events after a death, verdicts before their trial, returns before any detention, ages, first days, terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from graph_api.ingest.lints.facts import BatchFacts, Finding, LintedRecord

AFTER_DEATH: Final = frozenset(
    {"DEATH", "BODY_RETURN", "BURIAL", "STATEMENT", "RESOLUTION", "REPORT", "CAMPAIGN", "OTHER"}
)
"""Kinds of events that may be about somebody who has died."""
OPENING: Final = frozenset({"DISAPPEARANCE", "DETENTION", "CONFINEMENT", "TRANSFER", "SIGHTING", "REMAND"})
RETURNS: Final = frozenset({"EXCHANGE", "RELEASE"})
MOST_YEARS: Final = 110
"""Nobody older is expected among the living."""
MOST_MONTHS: Final = 35 * 12
"""The longest term that is expected, in months."""


def after_death(facts: BatchFacts) -> Iterator[Finding]:
    """Find events that somebody lives through after the last possible day of their death."""
    for events in facts.lives.values():
        for death in (one for one in events if one.event == "DEATH"):
            last = death.days()[1]
            later = [one for one in events if one.event not in AFTER_DEATH and one.days()[0] > last]
            for one in later:
                yield Finding(
                    one.id,
                    "after-death",
                    f"{one.id!r} is after the death {death.id!r}: expected it on or before {last}.",
                    ("date",),
                )
            if later:
                names = ", ".join(sorted(one.id for one in later))
                yield Finding(
                    death.id,
                    "after-death",
                    f"The death is before {names}: expected nothing that somebody lives through after it.",
                    ("date",),
                )


def verdict_order(facts: BatchFacts) -> Iterator[Finding]:
    """Find trials after their outcome, and appeals before their decision or of another person's."""
    for trial in facts.events("TRIAL"):
        for outcome in trial.values("outcome"):
            if outcome in facts.records and trial.days()[0] > facts.records[outcome].days()[1]:
                yield Finding(
                    trial.id,
                    "verdict-order",
                    f"The trial is after its outcome {outcome!r}: expected it before.",
                    ("date",),
                )
    for appeal in facts.events("APPEAL"):
        for of in appeal.values("of"):
            decision = facts.records.get(of)
            if decision is None:
                continue
            if appeal.days()[1] < decision.days()[0]:
                yield Finding(
                    appeal.id,
                    "verdict-order",
                    f"The appeal is before the decision {of!r}: expected it after.",
                    ("date",),
                )
            if not {*appeal.subjects()} & {*decision.subjects()}:
                yield Finding(
                    appeal.id,
                    "verdict-order",
                    f"The decision {of!r} is about somebody else: expected one about the same person.",
                    ("of",),
                )


def release_first(facts: BatchFacts) -> Iterator[Finding]:
    """Find exchanges and releases that surely come before every detention of the person that the batch knows."""
    for events in facts.lives.values():
        starts = [one.days()[0] for one in events if one.event in OPENING]
        for one in events:
            if one.event in RETURNS and starts and one.days()[1] < min(starts):
                yield Finding(
                    one.id,
                    "release-first",
                    f"The {one.event.lower()} is before every known detention: expected a detention before it.",
                    ("date",),
                )


def ages(facts: BatchFacts) -> Iterator[Finding]:
    """Find births after an event of the person or in the future, and ages that nobody reaches."""
    for person in facts.of_kind("person"):
        if not person.values("born"):
            continue
        first, last = person.days("born")
        dates = [day for one in facts.lives.get(person.id, ()) for day in one.days() if day not in (date.min, date.max)]
        before = min(dates, default=facts.today)
        if first > facts.today or first > before:
            message = f"Born {first} at the earliest: expected a birth before {before}."
            yield Finding(person.id, "age", message, ("born",))
            for one in facts.lives.get(person.id, ()):
                if one.days()[1] < first:
                    message = f"{one.id!r} is before the birth of {person.id!r}: expected it on or after {first}."
                    yield Finding(one.id, "age", message, ("date",))
        elif (max(dates, default=facts.today) - last).days > MOST_YEARS * 365.25:
            message = f"Born {last} at the latest: expected an age of at most {MOST_YEARS} years."
            yield Finding(person.id, "age", message, ("born",))


def first_days(facts: BatchFacts) -> Iterator[Finding]:
    """Find births on a first of January, which lists write for a year that is known alone."""
    for person in facts.of_kind("person"):
        for born in person.values("born"):
            if re.fullmatch(r"\d{4}-01-01", str(born)):
                yield Finding(
                    person.id,
                    "first-of-year",
                    f"Born on {born}: expected the year alone, unless a source gives the day.",
                    ("born",),
                )


def long_terms(facts: BatchFacts) -> Iterator[Finding]:
    """Find terms of more than 35 years."""
    for one in facts.events():
        months = [_months(value) for value in one.values("sentence")]
        if any(number is not None and number > MOST_MONTHS for number in months):
            yield Finding(
                one.id,
                "long-term",
                f"A sentence of {max(filter(None, months)) / 12:g} years: expected at most {MOST_MONTHS // 12}.",
                ("sentence",),
            )


def _months(value: Any) -> float | None:
    return value.get("months_high") or value.get("months_low") if isinstance(value, dict) else None


def undated_verdicts(facts: BatchFacts) -> Iterator[Finding]:
    """Find convictions with neither a date nor a place in the order of events."""
    followed = {
        one for record in facts.events() for name in ("after", "of", "outcome", "trial") for one in record.values(name)
    }
    for one in facts.events("CONVICTION"):
        if not _is_placed(one) and one.id not in followed:
            yield Finding(
                one.id,
                "undated-verdict",
                "The judgment has neither a date nor an order: expected date:, after: or trial:.",
            )


def _is_placed(one: LintedRecord) -> bool:
    return any(one.values(name) for name in ("date", "until", "after", "trial", "part-of"))


RULES: Final = (after_death, verdict_order, release_first, ages, first_days, long_terms, undated_verdicts)

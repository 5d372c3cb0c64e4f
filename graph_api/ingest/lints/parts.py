"""Lints about who took part in what: nobody, a court as the subject, somebody twice, the same event twice, one site left for itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from graph_api.ingest.lints.facts import BatchFacts, Finding, LintedRecord

OF_SOMEBODY: Final = frozenset({"CONVICTION", "ACQUITTAL", "DETENTION", "REMAND", "CHARGE", "RELEASE", "DEATH"})
"""Kinds of events that happen to somebody."""
PARTICIPANTS: Final = ("participants",)
SUBJECTS: Final = frozenset({"person", "group"})


def nobody(facts: BatchFacts) -> Iterator[Finding]:
    """Find events without the person to whom they happened."""
    for one in facts.events(*OF_SOMEBODY):
        if not one.subjects():
            yield Finding(
                one.id,
                "nobody",
                f"A {_word(one)} of nobody: expected a participant with the role subject.",
                PARTICIPANTS,
            )


def who(facts: BatchFacts) -> Iterator[Finding]:
    """Find courts and other bodies as the subject of what happens to people."""
    for one in facts.events(*OF_SOMEBODY):
        for subject in one.subjects():
            kind = facts.kinds.get(subject, "person")
            if kind not in SUBJECTS:
                yield Finding(
                    one.id,
                    "who",
                    f"The subject {subject!r} is of kind {kind}: expected a person or group; a court stands under court:.",
                    (*PARTICIPANTS, subject),
                )


def twice(facts: BatchFacts) -> Iterator[Finding]:
    """Find somebody who is named twice with one role in one event by one entry."""
    for one in facts.events():
        for (unit, subject), count in Counter(
            (part.unit, part.subject) for part in one.parts if part.citation is not None
        ).items():
            cited = {
                (part.citation, part.speaker) for part in one.parts if (part.unit, part.subject) == (unit, subject)
            }
            if count > len(cited):
                who = subject.rpartition("/")[2]
                yield Finding(
                    one.id,
                    "twice",
                    f"{who!r} is a participant twice with one role: expected each once.",
                    (*PARTICIPANTS, who),
                    unit,
                )


def same_event(facts: BatchFacts) -> Iterator[Finding]:
    """Find two events of one kind, subject and day."""
    for events in facts.lives.values():
        seen: dict[tuple[str, str], LintedRecord] = {}
        for one in events:
            for text in sorted({str(value) for value in one.values("date")}):
                other = seen.setdefault((one.event, text), one)
                if other is not one:
                    yield Finding(
                        one.id,
                        "same-event",
                        f"{other.id!r} is a {_word(one)} of the same person on {text}: expected one event, or another day.",
                        ("date",),
                    )


def same_site(facts: BatchFacts) -> Iterator[Finding]:
    """Find transfers from a site to itself."""
    for one in facts.events("TRANSFER"):
        if {*one.values("from-site")} & {*one.values("to-site")}:
            yield Finding(one.id, "same-site", "A transfer from a site to itself: expected two sites.")


def sides(facts: BatchFacts) -> Iterator[Finding]:
    """Find people who were handed over to a side that the exchange does not have."""
    for one in facts.events("EXCHANGE"):
        stated = {part.values.get("to") for part in one.parts if "to" in part.values}
        named = {part.values["side"] for part in one.parts if "side" in part.values}
        if missing := sorted(named - stated):
            yield Finding(
                one.id,
                "no-side",
                f"Somebody was handed over to {', '.join(missing)}, which is no side of the exchange: expected it under sides:.",
            )


def _word(one: LintedRecord) -> str:
    return one.event.lower().replace("_", "-")


RULES: Final = (nobody, who, twice, same_event, same_site, sides)

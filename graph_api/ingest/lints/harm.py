"""Lints about what must not be public: a child's day of birth, and what free texts seem to tell.

That is contacts, health, relatives, cells, statements under pressure, contact with investigators, service, exchange lists. Rules: the
do-no-harm chapter of ``seeds/README.md``.

Words are found by their beginnings, in English, Ukrainian and Russian. What they find is suspected, not known: a steward decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, Final

import yaml

from graph_api.ingest.lints.facts import BatchFacts, Finding, LintedRecord
from graph_api.ontology.vocabulary import Sensitivity

ADULT: Final = 18
TAKEN: Final = frozenset(
    {"DISAPPEARANCE", "DETENTION", "CONFINEMENT", "SIGHTING", "REMAND", "TRANSFER", "DEPORTATION", "CONVICTION"}
)
OF_MANY: Final = frozenset({"EXCHANGE", "AGREEMENT", "NEGOTIATION", "STATEMENT", "RESOLUTION", "CAMPAIGN", "REPORT"})
"""Kinds of events that are about many people or none; what they tell is about nobody by name."""
FREE_TEXTS: Final = ("name", "description", "title", "tags", "occupations", "stated-reason", "note")


def _patterns() -> dict[str, re.Pattern[str]]:
    stated = yaml.safe_load(files(__package__ or "").joinpath("suspected.yaml").read_text("utf-8"))
    return {what: re.compile("|".join(some), re.IGNORECASE) for what, some in stated.items()}


SUSPECTED: Final = _patterns()
"""What free texts may tell, and how it is found."""


def childhood(facts: BatchFacts) -> Iterator[Finding]:
    """Find the day of birth of somebody who was taken as a child, or is one today."""
    for person in facts.of_kind("person"):
        exact = [value for value in person.values("born") if len(str(value)) > len("2010")]
        if not exact or not _is_public(person):
            continue
        born = person.days("born")[1]
        days = [one.days()[0] for one in facts.lives.get(person.id, ()) if one.event in TAKEN]
        ages = [day.year - born.year for day in days if day.year > 1] or [facts.today.year - born.year]
        if min(ages) < ADULT:
            yield Finding(
                person.id, "harm", f"The day of birth {exact[0]} of a minor: expected the year at most, in public."
            )


def free_texts(facts: BatchFacts) -> Iterator[Finding]:
    """Find what public texts seem to tell that they must not."""
    for record in facts.records.values():
        if record.kind not in ("person", "site") and not (record.is_event and record.event not in OF_MANY):
            continue
        found = {what for text in _public_texts(record) for what, pattern in SUSPECTED.items() if pattern.search(text)}
        if found:
            yield Finding(
                record.id,
                "harm",
                f"A public text seems to tell of {', '.join(sorted(found))}: expected a restricted entry, or accept: with a reason.",
            )


def _public_texts(record: LintedRecord) -> Iterator[str]:
    for claim in (*record.claims, *record.parts):
        if claim.sensitivity is Sensitivity.PUBLIC:
            for name in FREE_TEXTS:
                yield from _texts(claim.values.get(name))
            if claim.citation is not None:
                yield from _texts([claim.citation.quote, claim.citation.note])


def _texts(value: Any) -> Iterator[str]:
    yield from (str(one) for one in (value if isinstance(value, list) else [value]) if one is not None)


def _is_public(record: LintedRecord) -> bool:
    return any(one.sensitivity is Sensitivity.PUBLIC for one in record.claims)


RULES: Final = (childhood, free_texts)

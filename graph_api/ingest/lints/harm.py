"""Lints about what must not be public: a child's day of birth, a compulsory measure, and what free texts seem to tell.

``suspected.yaml`` lists the kinds: contacts, health, sexual violence, relatives, counsel, cells, statements under pressure and so on. Rules: the
do-no-harm chapter of ``seeds/README.md``.

Words are found by their beginnings, in English, Ukrainian and Russian. What they find is suspected, not known: a steward decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from importlib.resources import files
from typing import Final

import yaml

from graph_api.evidence.audience import PLACE_LINKS, SITE_LINKS
from graph_api.evidence.claims import Claim, links_of
from graph_api.ingest.lints.facts import BatchFacts, Finding, LintedRecord
from graph_api.ontology.vocabulary import EventKind, PersonCategory, Sensitivity
from graph_api.values.dates import When

ADULT: Final = 18
TAKEN: Final = frozenset(
    {"DISAPPEARANCE", "DETENTION", "CONFINEMENT", "SIGHTING", "REMAND", "TRANSFER", "DEPORTATION", "CONVICTION"}
)
OF_MANY: Final = frozenset({"EXCHANGE", "AGREEMENT", "NEGOTIATION", "RESOLUTION", "CAMPAIGN", "REPORT"})
"""Kinds of events that are about many people or none; what they tell is about nobody by name."""
FREE_TEXTS: Final = ("name", "description", "title", "tags", "occupations", "stated-reason", "note")


KNOWN_OF_SOLDIERS: Final = frozenset({"service"})
"""What a public text may tell of somebody whom a source describes as a prisoner of war: the word says it."""


def _patterns() -> dict[str, re.Pattern[str]]:
    stated = yaml.load(files(__package__ or "").joinpath("suspected.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return {what: re.compile("|".join(some), re.IGNORECASE) for what, some in stated.items()}


SUSPECTED: Final = _patterns()
"""What free texts may tell, and how it is found."""


def childhood(facts: BatchFacts) -> Iterator[Finding]:
    """Find the day of birth of somebody who was taken as a child, or is one today."""
    for person in facts.of_kind("person"):
        days = [one.days()[0] for one in facts.lives.get(person.id, ()) if one.event in TAKEN]
        taken = min((day.year for day in days if day.year > 1), default=facts.today.year)
        for claim in person.claims:
            born = str(claim.values.get("born", ""))
            if claim.sensitivity is not Sensitivity.PUBLIC or len(born) <= len("2010"):
                continue
            if (last := When.parse(born).latest) is not None and taken - last.year < ADULT:
                message = f"The day of birth {born} of a minor: expected the year at most, in public."
                yield Finding(person.id, "harm", message, ("born",), claim.unit)


def sites(facts: BatchFacts) -> Iterator[Finding]:
    """Find public claims that give the whereabouts of somebody who may be within reach: a public graph would not get them as they stand."""
    for claim in facts.withheld:
        links = [prop.name for prop, target in links_of(claim) if _is_location(prop.name, facts.kinds.get(target, ""))]
        if links:
            yield Finding(
                claim.record,
                "harm",
                "A public claim gives the site, or the place of custody finer than a region, of somebody who may be within reach of those "
                "who held them: expected sensitivity: restricted, or the word of a court record or official source.",
                (links[0],),
                claim.unit,
            )


def _is_location(name: str, kind: str) -> bool:
    return name in (*SITE_LINKS, *PLACE_LINKS) or kind == "site"


def measures(facts: BatchFacts) -> Iterator[Finding]:
    """Find public records of compulsory measures, which are medical: in public a trial has no outcome then."""
    for record in facts.records.values():
        for claim in record.claims if record.event == EventKind.COMPULSORY_MEASURE.value else ():
            if claim.sensitivity is Sensitivity.PUBLIC:
                message = "A public record of a compulsory measure: expected sensitivity: restricted."
                yield Finding(record.id, "harm", message, ("kind",), claim.unit)


def free_texts(facts: BatchFacts) -> Iterator[Finding]:
    """Find what public texts seem to tell that they must not."""
    for record in facts.records.values():
        if record.kind not in ("person", "site") and not (record.is_event and record.event not in OF_MANY):
            continue
        if record.event == "STATEMENT" and not any(facts.kinds.get(one) == "person" for one in record.values("about")):
            continue
        for claim in (*record.claims, *record.parts):
            if claim.sensitivity is Sensitivity.PUBLIC:
                yield from _suspected(record, claim, KNOWN_OF_SOLDIERS if _is_soldier(record) else frozenset())


def _is_soldier(record: LintedRecord) -> bool:
    return PersonCategory.PRISONER_OF_WAR.value in record.values("category")


def _suspected(record: LintedRecord, claim: Claim, known: Set[str]) -> Iterator[Finding]:
    for path, text in _texts(claim):
        found = [what for what, pattern in SUSPECTED.items() if what not in known and pattern.search(text)]
        if found:
            message = f"A public text seems to tell of {', '.join(found)}: expected a restricted entry, or accept: with a reason."
            yield Finding(record.id, "suspected-harm", message, path, claim.unit)


def _texts(claim: Claim) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the free texts of a claim, each with the path that leads to it."""
    for name in FREE_TEXTS:
        value = claim.values.get(name)
        for one in value if isinstance(value, list) else [value]:
            if one is not None:
                yield (name, str(one)), str(one)
    if claim.citation is not None:
        for name, text in (("quote", claim.citation.quote), ("note", claim.citation.note)):
            if text is not None:
                yield ("cite", name), text


RULES: Final = (childhood, sites, measures, free_texts)

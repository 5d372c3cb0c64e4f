"""Lints about names: none, and one name for what may be one person, court, place or site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from graph_api.ingest.lints.facts import BatchFacts, Finding, LintedRecord
from graph_api.values.normalization import normalize_name, normalized_words

NO_NAMES: Final = frozenset(
    {
        *("unknown", "unnamed", "no name", "n/a", "na", "nn"),
        *("невідомо", "невідомий", "невідома", "неизвестно", "неизвестный", "неизвестная"),
    }
)
DIGITS: Final = re.compile(r"(?:\D*\d){5}")


def no_name(facts: BatchFacts) -> Iterator[Finding]:
    """Find names that name nobody."""
    for person in facts.of_kind("person"):
        for name in dict.fromkeys(map(str, person.values("name"))):
            if not any(map(str.isalpha, name)) or name.strip(" .?").casefold() in NO_NAMES or DIGITS.match(name):
                yield Finding(
                    person.id,
                    "no-name",
                    f"The name {name!r} names nobody: expected a name, or a group of unnamed people.",
                    ("name",),
                )


def same_person(facts: BatchFacts) -> Iterator[Finding]:
    """Find people of one name in any script and order, whose births may be one."""
    seen: dict[str, list[LintedRecord]] = {}
    for person in facts.of_kind("person"):
        for key in {normalize_name(str(name)) for name in person.values("name")} - {""}:
            for other in seen.setdefault(key, []):
                if _may_be_one(person, other):
                    yield Finding(
                        person.id,
                        "same-person",
                        f"The name is that of {other.id!r}, and the births may be one: expected one record, or a judgement that they differ.",
                        ("name",),
                    )
            seen[key].append(person)


def _may_be_one(one: LintedRecord, other: LintedRecord) -> bool:
    (first, last), (begin, end) = one.days("born"), other.days("born")
    return first <= end and begin <= last


def equal_names(facts: BatchFacts) -> Iterator[Finding]:
    """Find two organizations, places or sites of one name."""
    for kind in ("organization", "place", "site"):
        seen: dict[str, str] = {}
        for record in facts.of_kind(kind):
            for name in record.values("name"):
                key = "".join(normalized_words(str(name)))
                if key and (first := seen.setdefault(key, record.id)) != record.id:
                    yield Finding(
                        record.id,
                        "same-name",
                        f"The name is that of {first!r}: expected one record, or names that tell them apart.",
                        ("name",),
                    )


RULES: Final = (no_name, same_person, equal_names)

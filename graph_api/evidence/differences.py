"""Differences: where sources, dates or numbers cannot all be right.

Values that may both be right are none: nested dates, spellings, united lists, and the counts that two sides give of one exchange. Each
difference names the properties on which claims differ; which value is shown, and why, stands with these claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Final

from graph_api.evidence.claims import NESTED_RECORDS, exact_kind
from graph_api.evidence.projection import ProjectedRecord
from graph_api.evidence.status import PersonStatus
from graph_api.ontology.kinds import KINDS
from graph_api.ontology.names import Label, Rel
from graph_api.ontology.properties import Property
from graph_api.ontology.vocabulary import DifferenceKind
from graph_api.values.dates import DATE, When
from graph_api.values.normalization import normalized_words
from graph_api.values.quantities import QUANTITY
from graph_api.values.sums import Part, StatedNumber, bounds_of_number, check_sum


@dataclass(frozen=True, slots=True, order=True)
class ClaimSet:
    """The claims that state the property ``name`` of a record or nested record: all of them, or only the one with the id ``claim``."""

    subject: str
    name: str
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference on a record: ``name`` is the property, or the axis of a status, ``between`` the claims that differ."""

    kind: DifferenceKind
    subject: str
    name: str
    between: tuple[ClaimSet, ...]
    key: str = ""

    @property
    def id(self) -> str:
        """The id: the same for the same difference in every load. ``key`` tells several of one kind and property apart."""
        return ":".join(one for one in (self.kind.value, self.subject, self.name, self.key) if one)


# ── one property of one record ──────────────────────────────────────────────────────────────────────────────────────

_NESTED_OF_LINK: Final = {Rel.TOOK_PART.value: "participants", Rel.SIDE.value: "sides"}
_NESTED_OF_LABEL: Final = {Label.POSITION.value: "positions", Label.CONTROL.value: "control"}


def value_differences(record: ProjectedRecord) -> tuple[Difference, ...]:
    """Return the differences on the properties of a record and of its nested records."""
    return tuple(
        Difference(
            kind_of_difference(prop), record.node.id, prop.name, (ClaimSet(subject, prop.name),),
            "" if subject == record.node.id else subject,
        )
        for subject, prop in _disputed(record)
    )  # fmt: skip


def _disputed(record: ProjectedRecord) -> Iterator[tuple[str, Property]]:
    node = record.node
    label = next(one for one in KINDS if one.label.value in node.labels)
    kind = exact_kind(f"event/{node.properties['kind']}" if label.name == "event" else label.name)
    for name in node.properties["disputed"]:
        yield node.id, next(prop for prop in kind.properties if prop.name == name)
    nested = [
        (link.properties, _NESTED_OF_LINK[link.type])
        for link in record.links
        if link.type in _NESTED_OF_LINK and link.properties.get("disputed")
    ]
    nested += [
        ({**part.properties, "id": part.id}, _NESTED_OF_LABEL[part.labels[-1]])
        for part in record.parts
        if part.properties.get("disputed")
    ]
    for properties, name in nested:
        for disputed in properties["disputed"]:
            yield (
                properties["id"],
                next(prop for prop in NESTED_RECORDS[name].properties if prop.name == disputed),
            )


def kind_of_difference(prop: Property) -> DifferenceKind:
    """Return the kind of a difference on a property."""
    if prop.value_type is DATE:
        return DifferenceKind.DATE
    return DifferenceKind.COUNT if prop.value_type is QUANTITY else DifferenceKind.VALUE


# ── order ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def is_dated_after_publication(date: str, published: str) -> bool:
    """Whether every day that a date allows is after every day on which the source that states it can have been published.

    >>> is_dated_after_publication("2025-06-24", "2025-06-23"), is_dated_after_publication("2025-06", "2025-06-23")
    (True, False)
    """
    return When.parse(date).lo > When.parse(published).hi


def publication_difference(event: str, claim: str) -> Difference:
    """Return the difference of a claim that dates an event after the source that makes it was published."""
    return Difference(DifferenceKind.ORDER, event, "date", (ClaimSet(event, "date", claim),), claim)


def status_differences(person: str, status: PersonStatus, claims: Mapping[str, ClaimSet]) -> tuple[Difference, ...]:
    """Return a difference for each axis whose last reports differ and are not ordered with each other.

    ``claims`` maps each event of the person to the claims that date it, or to those that state the person's part where none does.
    """
    return tuple(
        Difference(DifferenceKind.ORDER, person, name, tuple(sorted(claims[event] for event in axis.events)))
        for name, axis in (("custody", status.custody), ("legal", status.legal))
        if axis.is_unordered
    )


# ── counts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Count:
    """A figure: its number, what it counts (``scope``), and the side of an exchange for which its speaker speaks.

    ``about`` are the records that it is about, ``total`` the figure of which it is a part; ``side`` is None for speakers of no side.
    """

    figure: str
    quantity: Mapping[str, Any]
    scope: tuple[Any, ...]
    about: tuple[str, ...]
    total: str | None = None
    side: str | None = None


def count_differences(counts: Iterable[Count]) -> list[Difference]:
    """Return a difference for each scope of which figures state numbers that cannot all be right.

    Two numbers of speakers of the two sides are none: each side counts those whom it handed over or received. A part that counts the same
    as its total in all but words is compared with nothing.
    """
    figures = {one.figure: one for one in counts}
    scopes: dict[tuple[Any, ...], list[Count]] = {}
    for one in figures.values():
        total = figures.get(one.total or "")
        if one.about and (total is None or (total.scope, total.about) != (one.scope, one.about)):
            scopes.setdefault((one.scope, one.about), []).append(one)
    found = []
    for same in scopes.values():
        differing = {one.figure for a, b in combinations(same, 2) if _exclude_each_other(a, b) for one in (a, b)}
        if differing:
            between = tuple(ClaimSet(figure, "quantity") for figure in sorted(differing))
            found.append(Difference(DifferenceKind.COUNT, same[0].about[0], "quantity", between, min(differing)))
    return sorted(found, key=lambda one: one.id)


def _exclude_each_other(a: Count, b: Count) -> bool:
    if (a.side is not None and b.side is not None and a.side != b.side) or (a.total is not None and a.total == b.total):
        return False
    (a_low, a_high), (b_low, b_high) = bounds_of_number(a.quantity), bounds_of_number(b.quantity)
    return a.quantity["unit"] == b.quantity["unit"] and (a_low > b_high or b_low > a_high)


def sum_difference(figure: str, stated: StatedNumber, parts: Mapping[str, Part]) -> Difference | None:
    """Return the difference of a total and its parts by the ids of their figures, which are said to be all of it; None where they agree."""
    if check_sum(stated, list(parts.values()), (), are_complete=True).agrees is not False:
        return None
    between = (ClaimSet(figure, "quantity"), *(ClaimSet(part, "quantity") for part in sorted(parts)))
    return Difference(DifferenceKind.SUM, figure, "quantity", between)


# ── identity ────────────────────────────────────────────────────────────────────────────────────────────────────────


def name_differences(people_of_name: Sequence[Sequence[str]]) -> list[Difference]:
    """Return a difference for each person who shares a name with others; ``people_of_name`` are the people of one name each."""
    others: dict[str, set[str]] = {}
    for people in people_of_name:
        for person in people:
            others.setdefault(person, set()).update(people)
    return [
        Difference(DifferenceKind.IDENTITY, person, "name", tuple(ClaimSet(one, "name") for one in sorted(same)))
        for person, same in sorted(others.items())
    ]


def family_name_differences(event: str, people: Sequence[tuple[str, str]]) -> list[Difference]:
    """Return a difference for each subject of an event who has the family name of another one; ``people`` are their ids and names.

    They are not the same person, which readers of lists take them for.
    """
    families: dict[str, list[str]] = {}
    for person, name in people:
        words = normalized_words(name)
        if len(words) > 1:
            families.setdefault(words[-1], []).append(person)
    shared = name_differences([same for same in families.values() if len(same) > 1])
    return [replace(one, key=event) for one in shared]

"""Origins: which sources count for a claim, and from when each is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph_api.errors import Description, InvalidValue
from graph_api.evidence.claims import Claim
from graph_api.ontology.vocabulary import SourceKind
from graph_api.values.dates import OPEN_HI, When, day_number, parse_day


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What the projection needs to know of a source.

    ``known_from`` is a day number, and so are ``published``, the last possible day of its publication, and ``published_lo``, the first one; None
    where that is not stated.
    """

    id: str
    kind: SourceKind
    known_from: int
    published: int | None
    published_lo: int | None
    derived_from: tuple[str, ...]
    is_checked: bool


def source_facts(claim: Claim) -> SourceFacts:
    """Return the facts of a source from its own record.

    Known from the last possible day of ``published``, else ``retrieved``. Raises InvalidValue where neither bounds it.
    """
    values = claim.values
    published = When.parse(values["published"]) if "published" in values else None
    last = published.hi if published is not None and published.hi < OPEN_HI else None
    if last is not None:
        known = last
    elif "retrieved" in values:
        known = day_number(parse_day(values["retrieved"]))
    else:
        raise InvalidValue(
            values.get("published", Description("none")), "a published date with a last day, or retrieved", thing="date"
        )
    return SourceFacts(
        claim.record,
        SourceKind(values["kind"]),
        known,
        last,
        published.lo if published is not None and last is not None else None,
        tuple(values.get("derived-from", ())),
        bool(values.get("origin-checked")),
    )


def origins(source: str, sources: Mapping[str, SourceFacts]) -> frozenset[str]:
    """Return the sources from which what a source states originates.

    A source that repeats others adds no origin of its own, and an aggregator never does.
    """
    found: set[str] = set()
    seen: set[str] = set()
    todo = [source]
    while todo:
        one = todo.pop()
        if one in seen:
            continue
        seen.add(one)
        facts = sources[one]
        if facts.derived_from:
            todo += [parent for parent in facts.derived_from if parent in sources]
        elif facts.kind is not SourceKind.AGGREGATOR:
            found.add(one)
    return frozenset(found)


def describe_support(cited: Sequence[str], sources: Mapping[str, SourceFacts]) -> str:
    """Return how many reports and origins support a value, and that origins were not checked where somebody still has to.

    >>> describe_support([], {})
    'no report'
    """
    reports = sorted(set(cited))
    if not reports:
        return "no report"
    every = frozenset[str]().union(*(origins(one, sources) for one in reports))
    counted = f"{len(reports)} report{'s' if len(reports) > 1 else ''}"
    if len(reports) == 1:
        return counted
    if all(sources[one].is_checked for one in reports):
        return f"{counted}, {len(every)} origin{'s' if len(every) != 1 else ''}"
    return f"{counted}, origins not checked"

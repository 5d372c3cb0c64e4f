"""Records that stewards judged to be one: the claims about all of them are about the one that is kept, and name it.

The claims themselves never change. A judgement that is taken back leaves the claims, and with them the records, as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from graph_api.evidence.claims import FORMER_IDS, Claim, properties_of


def merged_ids(claim: Claim) -> list[str]:
    """Return the ids of the records that a claim judges to be its own; not an id that its record had before, which is the entry that says so.

    >>> merged_ids(Claim("a", "a", "person", "j-7", {"merged-from": ["b"]}, reason="a steward's judgement"))
    ['b']
    """
    return [one for one in claim.values.get(FORMER_IDS, ()) if one != claim.unit] if claim.is_judgement else []


def former_ids(claims: Iterable[Claim]) -> dict[str, str]:
    """Return the present record of each id that a record had before."""
    return {one: claim.record for claim in claims for one in claim.values.get(FORMER_IDS, ())}


def ids_of_people(records: Iterable[str], claims: Sequence[Claim]) -> set[str]:
    """Return these records with all that are one with them, and the ids that each of them had before; ``records`` may be any of these ids."""
    former = former_ids(claims)
    found = cluster({former.get(one, one) for one in records}, merges(claims))
    return found | {one for one, present in former.items() if present in found}


def merges(claims: Iterable[Claim]) -> dict[str, str]:
    """Return the record that is kept for each one that was merged into it, through any number of steps."""
    into = {other: claim.record for claim in claims for other in merged_ids(claim)}
    return {other: kept for other in into if (kept := _last(other, into)) != other}


def _last(record: str, into: Mapping[str, str]) -> str:
    seen: list[str] = []
    while record in into and record not in seen:
        seen.append(record)
        record = into[record]
    return min(seen) if record in seen else record  # a circle is a problem of its own


def merged_records(claims: Iterable[Claim]) -> set[str]:
    """Return every record that these claims judge to be one with another."""
    return {one for claim in claims for other in merged_ids(claim) for one in (claim.record, other)}


def cluster(ids: Iterable[str], into: Mapping[str, str]) -> set[str]:
    """Return these records with all that are one with them.

    >>> sorted(cluster(["b", "x"], {"b": "a", "c": "a"}))
    ['a', 'b', 'c', 'x']
    """
    kept = {into.get(one, one) for one in ids}
    return kept | {other for other, one in into.items() if one in kept}


def merged(claims: Sequence[Claim]) -> Sequence[Claim]:
    """Return the claims with the records that are kept in the place of those that were merged into them; each keeps its id."""
    into = merges(claims)
    return [merged_claim(claim, into) for claim in claims] if into else claims


def merged_claim(claim: Claim, into: Mapping[str, str]) -> Claim:
    """Return a claim about and with the records that are kept; itself where it has none of the others.

    >>> claim = Claim("swap/participants/subject/b", "swap", "participants", "swap", {"who": "b", "role": "SUBJECT"})
    >>> found = merged_claim(claim, {"b": "a"})
    >>> found.subject, found.values["who"], found.id == claim.id
    ('swap/participants/subject/a', 'a', True)
    """
    record = into.get(claim.record, claim.record)
    subject = "/".join(into.get(step, step) for step in claim.subject.split("/"))
    values = _merged_values(claim, record, into)
    speaker = claim.speaker
    if speaker is not None and speaker.record is not None and speaker.record in into:
        speaker = replace(speaker, record=into[speaker.record])
    if (record, subject, speaker) == (claim.record, claim.subject, claim.speaker) and values == claim.values:
        return claim
    return replace(claim, record=record, subject=subject, values=values, speaker=speaker)


def _merged_values(claim: Claim, record: str, into: Mapping[str, str]) -> Mapping[str, Any]:
    names: AbstractSet[str] = {prop.name for prop in properties_of(claim) if prop.is_link}
    found: dict[str, Any] = {}
    for name, value in claim.values.items():
        if name not in names:
            found[name] = value
        elif not isinstance(value, list):
            found[name] = into.get(value, value)
        elif items := [one for one in dict.fromkeys(into.get(one, one) for one in value) if one != record]:
            found[name] = items
    return found

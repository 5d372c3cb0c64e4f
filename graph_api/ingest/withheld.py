"""What a graph keeps of those whom it withholds: digests of their ids, and of their names with the years of birth.

Digests have a key, which lies in the data directory and not in the database: whoever has the graph alone can neither read them nor try
ids or names one by one. Digests without a key, of earlier versions, are recognised, and replaced by :func:`add_keys`.

======================  ===============================================================================================
``sha256:D``            the id of D, without a key
``keyed:K:D``           the id of D by the key K
``keyed:K:D:N``         a name of the person with the id of D, with a year of birth or without one
======================  ===============================================================================================
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from graph_api.database.driver import Database
from graph_api.database.queries import named
from graph_api.errors import IncompatibleGraph, Problem
from graph_api.evidence.claims import Claim
from graph_api.ingest.batch import ParsedBatch
from graph_api.ingest.key_file import KeyFile
from graph_api.ingest.nodes import SourcePosition
from graph_api.values.dates import When
from graph_api.values.normalization import normalize_name
from graph_api.values.value_type import closest

PREFIX: Final = "sha256:"
KEYED: Final = "keyed:"
"""What distinguishes digests from ids, which have no colon; graphs of earlier versions hold ids."""
ANY_YEAR: Final = "any"
"""Stands beside every name of somebody withheld, and is what a record without a birth is compared with."""
NO_YEAR: Final = "none"
"""Stands beside the names of somebody withheld without a birth, who may be born in every year."""
MOST_YEARS: Final = 12
"""A birth within more years than that counts as not stated."""
REFUSAL: Final = (
    "This record cannot be loaded as it is. Expected its review by the stewards of this graph; "
    "where it passed, --not-the-same with its id, and --why."
)
"""The one message for every record that resembles a withheld one: it does not say what is equal."""


def digest(id_: str) -> str:
    """Return the digest of an id without a key; that of a digest is itself.

    >>> digest("person-4711") == digest(digest("person-4711"))
    True
    """
    return id_ if ":" in id_ else PREFIX + hashlib.sha256(f"withheld {id_}".encode()).hexdigest()


@dataclass(frozen=True)  # no slots: what is derived is kept
class Withheld:
    """The digests that a graph holds, and the key by which they are made; without a key, digests have none and there are none of names."""

    stored: frozenset[str] = frozenset()
    secret: bytes | None = None

    @staticmethod
    def of(stored: Iterable[str], key: KeyFile | None, *, create: bool = False) -> Withheld:
        """Return what is withheld. Raises IncompatibleGraph where digests have a key that is not that of ``key``.

        With ``create`` the key is made where there is none and no digest needs another one.
        """
        found = frozenset(digest(one) for one in stored)
        needed = {one.split(":")[1] for one in found if one.startswith(KEYED)}
        secret = key.derived("withheld", create=create and not needed) if key else None
        known = Withheld(found, secret)
        if needed - {known.name}:
            where = key.path if key else "of its data directory"
            what = "is another one" if secret else "is missing"
            raise IncompatibleGraph(
                f"Cannot tell whom this graph or backup withholds: the key {where} {what}. Expected the key that was kept with it; "
                "nothing is loaded, restored or purged without it (docs/operations.md)."
            )
        return known

    @cached_property
    def name(self) -> str:
        """What digests say of their key, which does not give it away; empty without a key."""
        return self._hmac("name")[:8] if self.secret else ""

    @cached_property
    def names(self) -> frozenset[str]:
        """The digests of names and years, without those of the ids with which they go."""
        return frozenset(one.rpartition(":")[2] for one in self.stored if one.count(":") == 3)

    def digest(self, id_: str) -> str:
        """Return the digest of an id, or of a digest without a key, as it is stored."""
        plain = digest(id_)
        return f"{KEYED}{self.name}:{self._hmac(plain)}" if self.secret and plain.startswith(PREFIX) else plain

    def among(self, ids: Iterable[str]) -> frozenset[str]:
        """Return those of the ids that are withheld.

        >>> sorted(Withheld(frozenset({digest("a-person")}), b"secret").among(["a-person", "b-person"]))
        ['a-person']
        """
        if not self.stored:
            return frozenset()
        return frozenset(one for one in ids if {digest(one), self.digest(one)} & self.stored)

    def without(self, ids: Collection[str]) -> Withheld:
        """Return what is withheld without these ids and the names that go with them."""
        return replace(self, stored=self.stored - self.of_ids(ids))

    def of_ids(self, ids: Iterable[str]) -> frozenset[str]:
        """Return what is stored of these ids: digests of them, with a key or without one, and of names."""
        wanted = {form for one in ids for form in (digest(one), self.digest(one))}
        return frozenset(one for one in self.stored if one in wanted or one.rpartition(":")[0] in wanted)

    def made_for(self, ids: Collection[str], claims: Iterable[Claim]) -> frozenset[str]:
        """Return the digests that withhold these ids, and the names that claims state of them."""
        found = {self.digest(one) for one in ids}
        if self.secret is None:
            return frozenset(found)
        for record, own in _people(claims).items():
            if record in ids:
                years = years_of_birth(own)
                beside = (ANY_YEAR, *(map(str, sorted(years)) if years else (NO_YEAR,)))
                found |= {f"{self.digest(record)}:{self._of_name(one, year)}" for one in folded(own) for year in beside}
        return frozenset(found)

    def resembled(self, claims: Collection[Claim]) -> frozenset[str]:
        """Return the folded names among those of these claims about one person that somebody withheld has, with no other year of birth."""
        names = self.names
        if self.secret is None or not names:
            return frozenset()
        years = years_of_birth(claims)
        beside = (NO_YEAR, *map(str, years)) if years else (ANY_YEAR,)
        return frozenset(one for one in folded(claims) if any(self._of_name(one, year) in names for year in beside))

    def _of_name(self, name: str, year: str) -> str:
        return self._hmac(f"{name}\n{year}")

    def _hmac(self, text: str) -> str:
        return hmac.new(self.secret or b"", text.encode(), hashlib.sha256).hexdigest()


def folded(claims: Iterable[Claim]) -> frozenset[str]:
    """Return the folded names that claims about one person state: in any script, and whatever the order of the words."""
    texts = [one for claim in claims for one in (claim.values.get("name"), *map(_text, claim.values.get("names", ())))]
    return frozenset(normalize_name(str(one)) for one in texts if one) - {""}


def _text(name: object) -> object:
    return name.get("text") if isinstance(name, dict) else name


def years_of_birth(claims: Iterable[Claim]) -> frozenset[int]:
    """Return the years in which somebody may be born by these claims; none where no claim says it, or one leaves too many years."""
    found: set[int] = set()
    for claim in claims:
        if "born" in claim.values:
            when = When.parse(claim.values["born"])
            first, last = when.earliest, when.latest
            if first is None or last is None or last.year - first.year >= MOST_YEARS:
                return frozenset()
            found |= {*range(first.year, last.year + 1)}
    return frozenset(found)


def _people(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.kind == "person" and not claim.is_of_nested_record and not claim.is_judgement:
            found.setdefault(claim.record, []).append(claim)
    return found


def resembling_records(
    parsed: ParsedBatch, stored: Collection[Claim], withheld: Withheld, not_the_same: Collection[str]
) -> Iterator[Problem]:
    """Yield a problem for each person of a batch with the name of somebody withheld, that the record did not have before.

    ``stored`` are the claims that the graph has of the records of the batch; ``not_the_same`` are ids that stewards have reviewed.
    """
    before = _people(stored)
    former: dict[str, list[str]] = {}
    for old, new in parsed.moved.items():
        former.setdefault(new, []).append(old)
    replaced = parsed.definitions.keys() | parsed.removed_units
    passed = {*not_the_same, *withheld.among(_people(parsed.claims))}  # a withheld id is a problem of its own
    for record, stated in _people(parsed.claims).items():
        had = [claim for one in (record, *former.get(record, ())) for claim in before.get(one, ())]
        own = [*stated, *(claim for claim in had if claim.unit not in replaced)]
        if record not in passed and withheld.resembled(own) - withheld.resembled(had):
            unit = next((claim.unit for claim in stated if claim.unit in parsed.definitions), None)
            if unit is not None:
                yield parsed.definitions[unit].position.problem("resembles-withheld", REFUSAL)


def unknown_ids(listed: Mapping[str, SourcePosition], known: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each id of a list ``withheld:`` that is not known: what was meant would stay in the graph, and nobody would notice.

    ``known`` are the ids that the batch or the graph has or withholds. Whether an id is that of an entry which a public graph left out is not
    told: the answer is the same as for an id that nobody has.
    """
    for one, position in listed.items():
        if one not in known:
            hint = closest(one, sorted(known))
            message = (
                f"Unknown id {one!r} in withheld: expected the id of a record or entry of this graph{f' ({hint})' if hint else ''}, "
                "or --ahead for one that is not loaded yet."
            )
            yield position.problem("unknown-withheld", message)


def stored_withheld(store: Database, key: KeyFile | None) -> Withheld:
    """Return what a graph withholds. Raises as :meth:`Withheld.of`."""
    return Withheld.of((row[0] for row in store.read(named("withheld_ids"))), key)


def add_keys(store: Database, key: KeyFile) -> int:
    """Replace digests without a key, of earlier versions, by those of the key; return how many. Raises as :meth:`Withheld.of`."""
    stored = [str(row[0]) for row in store.read(named("withheld_ids"))]
    if not stored:
        return 0
    old = [one for one in stored if not one.startswith(KEYED)]
    known = Withheld.of(stored, key, create=bool(old))
    rows = [{"old": one, "new": known.digest(one)} for one in old]
    if rows:
        store.write(lambda tx: tx.write("replace_withheld_ids", rows))
    return len(rows)


def count_ids(stored: Iterable[str]) -> int:
    """Return how many ids are withheld, digests of names left out."""
    return sum(1 for one in stored if one.count(":") < 3)

"""Which records may be of one person: pairs whose names agree, with what speaks for it and against it.

Names are compared word by word by the keys of ``graph_api.values.normalization``, in any script, order and spelling. A pair is a proposal for a
steward, who judges it in a file; scores only rank and are no probability. A pair that contradicts itself
stands below all others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final

from rapidfuzz.distance import JaroWinkler

from graph_api.ingest.lints.facts import BatchFacts, LintedRecord
from graph_api.values.normalization import find_patronymic, normalized_words

SIMILAR: Final = 0.93
"""The least Jaro-Winkler similarity of two words that can be one (1 is equality)."""
PREFIX: Final = 3
"""Letters of a word by which pairs are looked for: the names have two words that begin alike."""
_VOWELS: Final = str.maketrans("ae", "oi")
"""Vowels for which one language writes what another has as the other: Siro- and Sero-, Holovan and Holavan."""
UNINFORMATIVE: Final = frozenset({"UNKNOWN", "UNSTATED"})


@dataclass(frozen=True, slots=True)
class NameKey:
    """The words of one spelling of a name, without the patronymic, which stands apart."""

    text: str
    words: tuple[str, ...]
    patronymic: str

    @staticmethod
    def of(text: str) -> NameKey:
        """Return the key of a name.

        >>> NameKey.of("Зразкова Тетяна Гаврилівна").words, NameKey.of("Зразкова Тетяна Гаврилівна").patronymic
        (('zrazkova', 'tetiana'), 'gavrilivna')
        """
        words = normalized_words(text)
        place = find_patronymic(words)
        patronymic = words.pop(place) if place is not None else ""
        return NameKey(text, tuple(dict.fromkeys(words)), patronymic)


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the comparison reads of a person. ``handed_over`` has exchanges with the side, ``taken`` months with the place."""

    id: str
    names: tuple[NameKey, ...]
    born: tuple[date, date] | None = None
    born_as: str = ""
    sex: str = ""
    category: str = ""
    handed_over: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()
    deaths: frozenset[str] = frozenset()
    listed: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two records that may be of one person. ``score`` ranks; a pair with ``contradicts`` stands below all others."""

    first: str
    second: str
    names: tuple[str, str]
    score: float
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]
    contradicts: bool


def person_facts(facts: BatchFacts) -> list[PersonFacts]:
    """Return what the comparison reads of every person of a batch or a graph."""
    return [_person(one, facts.lives.get(one.id, ())) for one in facts.of_kind("person")]


def _person(person: LintedRecord, events: Sequence[LintedRecord]) -> PersonFacts:
    texts = [*map(str, person.values("name")), *(str(one["text"]) for one in person.values("names"))]
    born = [str(one) for one in person.values("born")]
    return PersonFacts(
        person.id,
        tuple(
            {(key.words, key.patronymic): key for key in map(NameKey.of, dict.fromkeys(texts)) if key.words}.values()
        ),
        person.days("born") if born else None,
        born[0] if born else "",
        _word(person, "sex"),
        _word(person, "category"),
        frozenset(one.id for one in events if one.event == "EXCHANGE"),
        frozenset(
            f"{str(day)[:7]} in {place}"
            for one in events
            if one.event == "DETENTION"
            for day in one.values("date")
            for place in one.values("places")
            if len(str(day)) >= len("2022-05")
        ),
        frozenset(one.id for one in events if one.event == "DEATH"),
        frozenset((one.citation.source, one.citation.at) for one in person.claims if one.citation is not None),
    )


def _word(person: LintedRecord, name: str) -> str:
    return next((str(one) for one in person.values(name) if one not in UNINFORMATIVE), "")


def candidates(people: Sequence[PersonFacts], judged: Collection[frozenset[str]] = ()) -> list[Candidate]:
    """Return the pairs that may be of one person and that nobody has judged, the likeliest first, contradicted ones last."""
    by_id = {one.id: one for one in people}
    found = (_compared(by_id[a], by_id[b]) for a, b in sorted(_pairs(people)) if frozenset((a, b)) not in judged)
    return sorted((one for one in found if one), key=lambda one: (one.contradicts, -one.score, one.first, one.second))


def _pairs(people: Iterable[PersonFacts]) -> set[tuple[str, str]]:
    """Return the pairs of people of whose names two words begin alike."""
    blocks: dict[tuple[str, str], set[str]] = {}
    for person in people:
        for name in person.names:
            starts = sorted({word.translate(_VOWELS)[:PREFIX] for word in name.words})
            for block in combinations(starts, 2):
                blocks.setdefault(block, set()).add(person.id)
    return {pair for ids in blocks.values() for pair in combinations(sorted(ids), 2)}


def _compared(one: PersonFacts, other: PersonFacts) -> Candidate | None:
    best = max(
        ((_similarity(a, b), a, b) for a in one.names for b in other.names), key=lambda found: found[0], default=None
    )
    if best is None or best[0] == 0:
        return None
    likeness, a, b = best
    reasons_for = [f"names {a.text!r} and {b.text!r}", *_reasons_for(one, other)]
    contradictions = list(_contradictions(one, other, a, b))
    against = [*contradictions, *_reasons_against(one, other)]
    if a.patronymic and b.patronymic and not contradictions:
        reasons_for.append("patronymics agree")
    score = round(likeness + 0.2 * (len(reasons_for) - 1) - 0.2 * len(against), 3)
    return Candidate(
        one.id, other.id, (a.text, b.text), score, tuple(reasons_for), tuple(against), contradicts=bool(contradictions)
    )


def _similarity(a: NameKey, b: NameKey) -> float:
    """Return the mean similarity of the words of the shorter name to their best words in the other; 0 where one has none, or is one word."""
    shorter, longer = sorted((a.words, b.words), key=len)
    if len(shorter) < 2 or _is_other_gender(shorter, longer):
        return 0
    left, found = list(longer), []
    for word in shorter:
        best = max(left, key=lambda rival: _alike(word, rival))
        if _alike(word, best) < SIMILAR:
            return 0
        left.remove(best)
        found.append(_alike(word, best))
    return sum(found) / len(found)


def _alike(a: str, b: str) -> float:
    """Return the similarity of two words, vowels that languages exchange counting as one; 0 where one goes on after the end of the other.

    >>> _alike("sirogolovko", "serogolovko"), _alike("lisich", "lisichuk")
    (1.0, 0.0)
    """
    short, long = sorted((a, b), key=len)
    if len(short) < 4:
        return float(a == b)
    if long.startswith(short) and len(long) > len(short) + 1:
        return 0.0
    return JaroWinkler.similarity(a.translate(_VOWELS), b.translate(_VOWELS))


def _is_other_gender(a: Sequence[str], b: Sequence[str]) -> bool:
    """Return whether every word of one name is that of the other with the ending of the other gender: a brother and a sister."""
    return _feminine(a, b) or _feminine(b, a)


def _feminine(a: Sequence[str], b: Sequence[str]) -> bool:
    others = {word.rstrip("ai") for word in b if not word.endswith("a")}
    return all(word.endswith("a") and word.rstrip("ai") in others for word in a)


def _reasons_for(one: PersonFacts, other: PersonFacts) -> Iterator[str]:
    if one.born and other.born and _fit(one.born, other.born):
        yield f"births {one.born_as} and {other.born_as} agree"
    if one.sex and one.sex == other.sex:
        yield "one sex"
    if one.category and one.category == other.category:
        yield "one category"
    yield from (f"both handed over in {exchange}" for exchange in sorted(one.handed_over & other.handed_over))
    yield from (f"both taken in {taken}" for taken in sorted(one.taken & other.taken))


def _contradictions(one: PersonFacts, other: PersonFacts, a: NameKey, b: NameKey) -> Iterator[str]:
    if one.born and other.born and not _fit(one.born, other.born):
        swapped = " (day and month may be exchanged)" if _swapped(one.born_as, other.born_as) else ""
        yield f"births {one.born_as} and {other.born_as} differ{swapped}"
    if one.sex and other.sex and one.sex != other.sex:
        yield "two sexes"
    if a.patronymic and b.patronymic and JaroWinkler.similarity(a.patronymic, b.patronymic) < SIMILAR:
        yield f"patronymics of {a.text!r} and {b.text!r} differ"
    if one.deaths - other.deaths and other.deaths - one.deaths:
        yield "two deaths"


def _reasons_against(one: PersonFacts, other: PersonFacts) -> Iterator[str]:
    if one.category and other.category and one.category != other.category:
        yield "two categories"
    places = dict(other.listed)
    for source, at in sorted(one.listed):
        if source in places and places[source] != at:
            yield f"{source} lists both, at {at} and {places[source]}"
            break


def _fit(a: tuple[date, date], b: tuple[date, date]) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def _swapped(a: str, b: str) -> bool:
    first, second = a.split("-"), b.split("-")
    return len(first) == len(second) == 3 and first[0] == second[0] and first[1:] == second[:0:-1]

"""Sentences: what courts are reported to have pronounced.

A term is counted in whole months, a year being 12. "Two to eleven years" for a group is ``months_low`` 24 and
``months_high`` 132.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, Final, assert_never

import orjson

from graph_api.errors import Description, InvalidValue
from graph_api.values.languages import Language
from graph_api.values.scales import width
from graph_api.values.ukrainian import length_words
from graph_api.values.value_type import (
    Raw,
    ValueType,
    describe,
    mapping_of,
    parse_text,
    store_json,
    text_of,
    without_none,
    written_mapping,
)
from graph_api.values.words import WordList, parse_graphql_word, parse_word

_MOST_MONTHS: Final = 12 * 1000


class SentenceKind(WordList):
    """What sort of sentence a court pronounced."""

    TERM = "TERM", "Years and months."
    LIFE = "LIFE", "Life."
    DEATH = "DEATH", "Death."
    OTHER = "OTHER", "Something else, such as a fine or a suspended term."
    UNSTATED = "UNSTATED", "No loaded source states the sentence."


@dataclass(frozen=True, slots=True)
class Sentence:
    """A pronounced punishment.

    ``years`` and ``months`` are as stated, ``months_low`` and ``months_high`` the whole term in months, from and to;
    both are equal for one term. ``regime`` and ``extras`` (a fine, a ban) are in words.

    >>> sentence = Sentence.from_fields(years=10, months=6)
    >>> sentence.display, sentence.months_low, sentence.months_high
    ('10 years 6 months', 126, 126)
    """

    kind: SentenceKind
    years: int | None
    months: int | None
    months_low: int | None
    months_high: int | None
    regime: str | None
    extras: tuple[str, ...]

    @classmethod
    def from_fields(
        cls,
        kind: SentenceKind | None = None,
        *,
        years: object = None,
        months: object = None,
        months_low: object = None,
        months_high: object = None,
        regime: object = None,
        extras: object = (),
    ) -> Sentence:
        """Check a sentence field by field; raise :class:`InvalidValue`. Without ``kind`` a length makes a TERM."""
        year_count, month_count = _count("years", years), _count("months", months)
        low, high = _count("months_low", months_low), _count("months_high", months_high)
        if year_count is not None or month_count is not None:
            total = 12 * (year_count or 0) + (month_count or 0)
            if year_count is not None and (month_count or 0) > 11:
                raise InvalidValue(
                    Description(f"{month_count} months beside years"),
                    "0 to 11 months, or months alone",
                    thing="sentence",
                )
            if (low is not None and low != total) or (high is not None and high != total):
                raise InvalidValue(
                    Description(f"months-low {low}, months-high {high}"),
                    f"{total}, as years and months say, or neither",
                    thing="sentence",
                )
            low = high = total
        has_length = low is not None or high is not None
        kind = kind or (SentenceKind.TERM if has_length else SentenceKind.UNSTATED)
        if kind is SentenceKind.TERM and not has_length:
            raise InvalidValue(
                Description("a term without length"), "years, months or both; or the kind unstated", thing="sentence"
            )
        if has_length and kind not in (SentenceKind.TERM, SentenceKind.OTHER):
            raise InvalidValue(
                Description(f"{kind.value} with a length"), "no years and months, or the kind term", thing="sentence"
            )
        if high == 0 or (low is not None and high is not None and low > high):
            raise InvalidValue(
                Description(f"{low} to {high} months"), "at least one month, the smaller number first", thing="sentence"
            )
        return cls(kind, year_count, month_count, low, high, _text("regime", regime), _texts("extras", extras))

    @classmethod
    def from_json(cls, value: Mapping[str, object]) -> Sentence:
        """Read what :meth:`to_json` wrote; raise :class:`InvalidValue`."""
        kind = parse_graphql_word(SentenceKind, value.get("kind"))
        fields = ("years", "months", "months_low", "months_high", "regime")
        return cls.from_fields(kind, **{key: value.get(key) for key in fields}, extras=value.get("extras", ()))

    def to_json(self) -> dict[str, object]:
        """Give the fields that have a value, always in the same order."""
        fields = {
            "kind": self.kind.value,
            "years": self.years,
            "months": self.months,
            "months_low": self.months_low,
            "months_high": self.months_high,
            "regime": self.regime,
            "extras": list(self.extras) or None,
        }
        return without_none(fields)

    @property
    def display(self) -> str:
        """For people: '10 years 6 months', '2 to 11 years', 'life imprisonment', 'death', 'term not stated'."""
        match self.kind:
            case SentenceKind.TERM:
                return self._length()
            case SentenceKind.LIFE:
                return "life imprisonment"
            case SentenceKind.DEATH:
                return "death"
            case SentenceKind.OTHER:
                return (
                    f"another kind of sentence, {length}" if (length := self._length()) else "another kind of sentence"
                )
            case SentenceKind.UNSTATED:
                return "term not stated"
            case _:
                assert_never(self.kind)

    def display_in(self, language: Language) -> str:
        """For people, in this language: '10 років 6 місяців', 'довічне позбавлення волі'."""
        if language is Language.EN:
            return self.display
        match self.kind:
            case SentenceKind.LIFE:
                return "довічне позбавлення волі"
            case SentenceKind.DEATH:
                return "смертна кара"
            case SentenceKind.UNSTATED:
                return "строк не зазначено"
            case SentenceKind.TERM:
                return length_words(self.months_low, self.months_high)
            case SentenceKind.OTHER:
                length = length_words(self.months_low, self.months_high)
                return f"інший вид покарання, {length}" if length else "інший вид покарання"
            case _:
                assert_never(self.kind)

    def _length(self) -> str:
        low, high = self.months_low, self.months_high
        if self.years is not None or self.months is not None:
            return _words(self.years or 0, self.months or 0)
        if low is None or high is None:
            return f"at least {_total_words(low)}" if low else f"at most {_total_words(high)}" if high else ""
        if low == high:
            return _total_words(low)
        if low % 12 == high % 12 == 0:
            return f"{low // 12} to {_total_words(high)}"
        return f"{_total_words(low)} to {_total_words(high)}"


def compatible(a: Sentence, b: Sentence) -> bool:
    """Say whether two sentences can both be right: one is not stated, or kind, regime and term go together.

    Terms go together when they are equal or one lies within the other, "10 years" within "at least 10 years"; a regime
    goes with none.
    """
    if SentenceKind.UNSTATED in (a.kind, b.kind):
        return True
    if a.kind is not b.kind or (a.regime and b.regime and a.regime.casefold() != b.regime.casefold()):
        return False
    (a_low, a_high), (b_low, b_high) = _bounds(a), _bounds(b)
    return (a_low <= b_low and b_high <= a_high) or (b_low <= a_low and a_high <= b_high)


def _count(name: str, value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST_MONTHS:
        raise InvalidValue(value, f"a whole number from 0 to {_MOST_MONTHS}", thing=name.replace("_", "-"))
    return value


def _text(name: str, value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue(value, "words", "leave it out where none are stated", thing=name)
    return str(value)


def _texts(name: str, value: object) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise InvalidValue(value, "a list of texts", thing=name)
    return tuple(text for item in value if (text := _text(name, item)))


def _bounds(sentence: Sentence) -> tuple[int, int]:
    low, high = sentence.months_low, sentence.months_high
    return 0 if low is None else low, _MOST_MONTHS if high is None else high


def _total_words(months: int) -> str:
    return _words(*divmod(months, 12))


def _words(years: int, months: int) -> str:
    parts = ((years, "year"), (months, "month"))
    return " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count)


_KEYS: Final = ("kind", "years", "months", "months-low", "months-high", "regime", "extras")
_INTEGER: Final = re.compile(r"[0-9]{1,5}")


def parse(raw: Raw) -> dict[str, object]:
    """Return a sentence as JSON, of a mapping with kind, years and months (or months-low and months-high), regime, extras."""
    fields = mapping_of(raw, _KEYS, thing="sentence")
    extras = fields.get("extras")
    if extras is not None and (isinstance(extras, str) or not isinstance(extras, Sequence)):
        raise InvalidValue(describe(extras), "a list of texts", thing="extras")
    numbers = {key.replace("-", "_"): _integer(fields[key]) for key in _KEYS[1:5] if key in fields}
    return Sentence.from_fields(
        parse_word(SentenceKind, fields["kind"]) if "kind" in fields else None,
        **numbers,
        regime=parse_text(fields["regime"], "a regime", thing="regime") if "regime" in fields else None,
        extras=tuple(parse_text(extra) for extra in extras or ()),
    ).to_json()


def _integer(raw: Raw) -> int:
    expected = "a whole number in digits, such as 10"
    text = text_of(raw, expected, thing="number", most=60)
    if not _INTEGER.fullmatch(text):
        raise InvalidValue(text, expected, thing="number")
    return int(text)


def imprecision(sentence: Sentence) -> float:
    """Return how wide the term of a sentence is; a sentence that is not stated is the least precise."""
    match sentence.kind:
        case SentenceKind.UNSTATED:
            return inf
        case SentenceKind.LIFE | SentenceKind.DEATH:
            return 0
        case _:
            return width(sentence.months_low, sentence.months_high)


def store(key: str, sentence: Sentence) -> dict[str, Any]:
    """Return the sentence as JSON text, and its kind and its term in months for filters."""
    return without_none(
        {
            key: store_json(sentence.to_json()),
            f"{key}_kind": sentence.kind.value,
            f"{key}_low": sentence.months_low,
            f"{key}_high": sentence.months_high,
        }
    )


def decode(text: str | None) -> Mapping[str, Any] | None:
    """Return the fields of ``Sentence`` of stored JSON text."""
    if text is None:
        return None
    value = Sentence.from_json(orjson.loads(text))
    return {
        "kind": value.kind.value,
        "years": value.years,
        "months": value.months,
        "totalMonthsLow": value.months_low,
        "totalMonthsHigh": value.months_high,
        "regime": value.regime,
        "extras": list(value.extras),
        "display": value.display,
        "display_uk": value.display_in(Language.UK),
    }


SENTENCE: Final = ValueType(
    "sentence",
    "a sentence: kind, years and months (or months-low and months-high), regime, extras",
    "Sentence",
    parse,
    load=Sentence.from_json,
    compatible=compatible,
    imprecision=imprecision,
    detail=lambda sentence: bool(sentence.regime) + bool(sentence.extras),
    store=store,
    decode=decode,
    write=written_mapping(["kind"]),
)

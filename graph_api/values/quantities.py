"""Numbers as sources state them: "more than 300", "about two thirds", "hundreds".

``low`` and ``high`` are the bounds that the words give, so that figures can be compared without pretending to be exact:

=============  =====================  =====================
operator       low                    high
=============  =====================  =====================
``EXACTLY``    the number             the number
``MORE_THAN``  needed, not included   none
``AT_LEAST``   needed                 none
``ABOUT``      the number             may be given
``AT_MOST``    none                   needed
``RANGE``      needed                 needed
``FRACTION``   0 to 1, may be given   0 to 1, may be given
``VAGUE``      none                   none
=============  =====================  =====================
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, isfinite
from typing import Any, Final, assert_never

import orjson

from graph_api.errors import Description, InvalidValue
from graph_api.values.scales import width
from graph_api.values.ukrainian import number_words
from graph_api.values.value_type import (
    Raw,
    ValueType,
    mapping_of,
    parse_text,
    store_json,
    text_of,
    without_none,
    written_mapping,
)
from graph_api.values.words import WordList, parse_graphql_word, parse_word


class Operator(WordList):
    """How a stated number is meant."""

    EXACTLY = "EXACTLY", "Exactly this many."
    MORE_THAN = "MORE_THAN", "More than this many."
    AT_LEAST = "AT_LEAST", "This many or more."
    ABOUT = "ABOUT", "About this many."
    AT_MOST = "AT_MOST", "This many or fewer."
    RANGE = "RANGE", "Between two numbers."
    FRACTION = "FRACTION", "A part of a whole, such as one in three."
    VAGUE = "VAGUE", "Words without bounds, such as 'hundreds'."


class Unit(WordList):
    """What a stated number counts."""

    PEOPLE = "PEOPLE", "People."
    BODIES = "BODIES", "Bodies of the dead."
    EXCHANGES = "EXCHANGES", "Exchanges."
    SITES = "SITES", "Sites of detention."
    ORGANIZATIONS = "ORGANIZATIONS", "Organizations."
    CASES = "CASES", "Cases, of whatever sort the source counts."
    DAYS = "DAYS", "Days."
    YEARS = "YEARS", "Years."
    SHARE = "SHARE", "A part of a whole, as a fraction of 1."
    OTHER = "OTHER", "Anything else; see the words of the source."


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as one speaker states it; ``text`` is in the words of the source.

    >>> Quantity.from_fields(Operator.MORE_THAN, Unit.PEOPLE, 300, None, "more than 300").to_json()
    {'operator': 'MORE_THAN', 'unit': 'PEOPLE', 'low': 300.0, 'text': 'more than 300'}
    """

    operator: Operator
    unit: Unit
    low: float | None
    high: float | None
    text: str

    @classmethod
    def from_fields(cls, operator: Operator, unit: Unit, low: object, high: object, text: object) -> Quantity:
        """Check a quantity field by field; raise :class:`InvalidValue`. EXACTLY takes one number for both bounds."""
        if not isinstance(text, str) or not text.strip():
            raise InvalidValue(text, "the number in the words of the source, such as 'more than 300'", thing="text")
        least, most = _number(low), _number(high)
        if operator is Operator.EXACTLY:
            least, most = (most if least is None else least), (least if most is None else most)
        expected = _expected(operator, least, most)
        if expected:
            raise InvalidValue(Description(f"{operator.value} with low {low}, high {high}"), expected, thing="quantity")
        if least is not None and most is not None and least > most:
            raise InvalidValue(
                Description(f"low {low}, high {high}"), "a low that is not greater than the high", thing="quantity"
            )
        return cls(operator, unit, least, most, str(text))

    @classmethod
    def from_json(cls, value: Mapping[str, object]) -> Quantity:
        """Read what :meth:`to_json` wrote; raise :class:`InvalidValue`."""
        operator, unit = value.get("operator"), value.get("unit")
        return cls.from_fields(
            parse_graphql_word(Operator, operator),
            parse_graphql_word(Unit, unit),
            value.get("low"),
            value.get("high"),
            value.get("text"),
        )

    def to_json(self) -> dict[str, object]:
        """Give the fields that have a value, always in the same order."""
        fields = {"operator": self.operator.value, "unit": self.unit.value, "low": self.low, "high": self.high}
        return {key: value for key, value in {**fields, "text": self.text}.items() if value is not None}


def compatible(a: Quantity, b: Quantity) -> bool:
    """Say whether two quantities can both be right and one is only more precise: same unit, and bounds that are nested.

    "Hundreds" goes with every number of its unit, "more than 300" with 350 and not with 300. A fraction goes with
    fractions only. "About" adds no room of its own: about 300 goes with 300 and with "more than 300", not with 310.
    """
    if a.unit is not b.unit or (a.operator is Operator.FRACTION) is not (b.operator is Operator.FRACTION):
        return False
    strict = Operator.ABOUT not in (a.operator, b.operator)
    (a_low, a_high), (b_low, b_high) = _bounds(a, strict=strict), _bounds(b, strict=strict)
    return (a_low <= b_low and b_high <= a_high) or (b_low <= a_low and a_high <= b_high)


def _number(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or value < 0:
        raise InvalidValue(value, "a number from 0, without quotes", thing="number")
    return float(value)


def _expected(operator: Operator, low: float | None, high: float | None) -> str:
    """Say which bounds the operator wants, if these are not they."""
    has_low, has_high = low is not None, high is not None
    match operator:
        case Operator.EXACTLY:
            fits, expected = has_low and low == high, "one number as low"
        case Operator.MORE_THAN | Operator.AT_LEAST:
            fits, expected = has_low and not has_high, "a low and no high"
        case Operator.AT_MOST:
            fits, expected = has_high and not has_low, "a high and no low"
        case Operator.RANGE:
            fits, expected = has_low and has_high, "a low and a high"
        case Operator.ABOUT:
            fits, expected = has_low, "a low, and a high where the source gives two numbers"
        case Operator.FRACTION:
            fits, expected = all(part is None or part <= 1 for part in (low, high)), "parts of 1, such as low 0.5"
        case Operator.VAGUE:
            fits, expected = not has_low and not has_high, "neither low nor high"
        case _:
            assert_never(operator)
    return "" if fits else expected


def _bounds(quantity: Quantity, *, strict: bool) -> tuple[tuple[float, bool], float]:
    """Give the least value, with True where it is itself left out, and the greatest."""
    low, high = quantity.low, quantity.high
    if quantity.operator is Operator.ABOUT and high is None:
        high = low
    without_low = strict and quantity.operator is Operator.MORE_THAN
    return (-inf if low is None else low, without_low), (inf if high is None else high)


_KEYS: Final = ("text", "operator", "low", "high", "unit")
_DECIMAL: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
_IN_DIGITS: Final = re.compile(r"[0-9]{1,12}|[0-9]{1,3}(,[0-9]{3}){1,3}")
"""A whole number as English sources write it."""


def parse(raw: Raw) -> dict[str, object]:
    """Return a quantity as JSON, of a mapping with text, operator, unit, and low and high as the operator asks."""
    fields = mapping_of(raw, _KEYS, thing="quantity", required=("text", "operator", "unit"))
    return Quantity.from_fields(
        operator=parse_word(Operator, fields["operator"]),
        unit=parse_word(Unit, fields["unit"]),
        low=_decimal(fields["low"]) if "low" in fields else None,
        high=_decimal(fields["high"]) if "high" in fields else None,
        text=parse_text(fields["text"], "the words of the source"),
    ).to_json()


def _decimal(raw: Raw) -> float:
    expected = "a number from 0, in digits, without thousands separators, such as 300 or 0.5"
    text = text_of(raw, expected, thing="number", most=60)
    if not _DECIMAL.fullmatch(text):
        raise InvalidValue(text, expected, thing="number")
    return float(text)


def imprecision(quantity: Quantity) -> float:
    """Return how wide a quantity is; "about 300" without a second number is as precise as 300."""
    if quantity.operator is Operator.ABOUT and quantity.high is None:
        return 0
    return width(quantity.low, quantity.high)


def store(key: str, quantity: Quantity) -> dict[str, Any]:
    """Return the quantity as JSON text, and its bounds and unit for filters."""
    return without_none(
        {
            key: store_json(quantity.to_json()),
            f"{key}_low": quantity.low,
            f"{key}_high": quantity.high,
            f"{key}_unit": quantity.unit.value,
        }
    )


def decode(text: str | None) -> Mapping[str, Any] | None:
    """Return the fields of ``Quantity`` of stored JSON text."""
    if text is None:
        return None
    value = orjson.loads(text)
    return {key: value.get(key) for key in ("operator", "unit", "low", "high", "text")}


def stated_in_ukrainian(text: str) -> str:
    """Return a stated number as a Ukrainian text has it: digits as Ukrainian writes them, words as the source has them.

    >>> stated_in_ukrainian("854"), stated_in_ukrainian("more than half")
    ('854', '«more than half»')
    """
    return number_words(int(text.replace(",", ""))) if _IN_DIGITS.fullmatch(text) else f"«{text}»"


def possible_count(bounds: Sequence[int]) -> Mapping[str, Any]:
    """Return the fields of ``Quantity`` of the fewest and the most people that there can be.

    >>> possible_count([9, 10])["text"], possible_count([9, 9])["operator"]
    ('9 to 10', 'EXACTLY')
    """
    low, high = bounds
    operator = Operator.EXACTLY if low == high else Operator.RANGE
    text = str(low) if low == high else f"{low} to {high}"
    return {
        "operator": operator.value,
        "unit": Unit.PEOPLE.value,
        "low": float(low),
        "high": float(high),
        "text": text,
    }


QUANTITY: Final = ValueType(
    "quantity",
    "a quantity: text, operator, low, high, unit",
    "Quantity",
    parse,
    load=Quantity.from_json,
    compatible=compatible,
    imprecision=imprecision,
    store=store,
    decode=decode,
    write=written_mapping(["operator", "unit"]),
)

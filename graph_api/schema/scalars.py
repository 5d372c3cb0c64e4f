"""The four scalars of the contract. Parsing and serializing are strict, and an error says what is expected."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final, NewType

import strawberry
from strawberry.scalars import JSON
from strawberry.types.scalar import ScalarDefinition

from graph_api.errors import InvalidValue
from graph_api.values import durations
from graph_api.values.dates import parse_day

Date = NewType("Date", dt.date)
EDTF = NewType("EDTF", str)
Duration = NewType("Duration", str)

__all__ = ["EDTF", "JSON", "SCALARS", "Date", "Duration"]


def parse_date(value: object) -> dt.date:
    """Parse a date of a request. Raises InvalidValue.

    >>> parse_date("2024-09-01")
    datetime.date(2024, 9, 1)
    """
    return parse_day(require_text(value, "a text, YYYY-MM-DD", "date"))


def serialize_date(value: object) -> str:
    """Serialize a date of a response, which is stored as text or as a date. Raises InvalidValue.

    >>> serialize_date("2024-09-01"), serialize_date(dt.date(2024, 9, 1))
    ('2024-09-01', '2024-09-01')
    """
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    return parse_date(value).isoformat()


def parse_edtf(value: object) -> str:
    """Return an EDTF text unchanged; its grammar is checked when seeds are parsed. Raises InvalidValue when it is not a text."""
    return require_text(value, "a text such as 2022-05 or 2023-08~", "EDTF date")


def parse_duration(value: object) -> str:
    """Check a duration of a request and return it unchanged. Raises InvalidValue.

    >>> parse_duration("P2Y6M")
    'P2Y6M'
    """
    text = require_text(value, "a text such as P90D or P2Y", "duration")
    durations.Duration.parse(text)
    return text


def require_text(value: object, expected: str, thing: str) -> str:
    """Return a value that is a text. Raises InvalidValue."""
    if not isinstance(value, str):
        raise InvalidValue(value, expected, thing=thing)
    return value


def unchanged(value: Any) -> Any:
    """Return a JSON value unchanged."""
    return value


SCALARS: Final[Mapping[object, ScalarDefinition]] = {
    Date: strawberry.scalar(
        name="Date",
        description="A calendar date, YYYY-MM-DD and nothing else.",
        serialize=serialize_date,
        parse_value=parse_date,
    ),
    EDTF: strawberry.scalar(
        name="EDTF",
        description=(
            "A point in time in ISO 8601-2 (EDTF): 2022-05 is some day in May 2022, 2023-08~ about August 2023, "
            "2024? perhaps 2024, [2024-08..2024-10] one day of August to October 2024. A span is two of them."
        ),
        specified_by_url="https://www.loc.gov/standards/datetime/",
        serialize=parse_edtf,
        parse_value=parse_edtf,
    ),
    Duration: strawberry.scalar(
        name="Duration",
        description=(
            "An ISO 8601 duration in days, weeks, months or years: P90D, P2Y, P1Y6M. "
            "It is added to a date by the calendar and clamped to the month's end."
        ),
        serialize=parse_duration,
        parse_value=parse_duration,
    ),
    JSON: strawberry.scalar(
        name="JSON",
        description="Any JSON value: what a claim says of a property.",
        serialize=unchanged,
        parse_value=unchanged,
    ),
}
"""The scalar of each annotation, for ``StrawberryConfig.scalar_map``."""

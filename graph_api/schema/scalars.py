"""The four scalars of the contract, strict in both directions; what is refused is told what would be right."""

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


def read_date(value: object) -> dt.date:
    """Read a day that a caller wrote.

    >>> read_date("2024-09-01")
    datetime.date(2024, 9, 1)
    """
    return parse_day(text_of(value, "a date as text, YYYY-MM-DD"))


def write_date(value: object) -> str:
    """Write a day of an answer, which arrives as text or as a date.

    >>> write_date("2024-09-01"), write_date(dt.date(2024, 9, 1))
    ('2024-09-01', '2024-09-01')
    """
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    return read_date(value).isoformat()


def read_edtf(value: object) -> str:
    """Read or write an EDTF text. Its grammar is checked where seeds are read; the API only hands it on."""
    return text_of(value, "an EDTF date as text, such as 2022-05 or 2023-08~")


def read_duration(value: object) -> str:
    """Read a duration that a caller wrote, and keep it as it was written.

    >>> read_duration("P2Y6M")
    'P2Y6M'
    """
    text = text_of(value, "a duration as text, such as P90D or P2Y")
    durations.Duration.parse(text)
    return text


def text_of(value: object, expected: str) -> str:
    """Return the text, or refuse what is none."""
    if not isinstance(value, str):
        raise InvalidValue(value, expected)
    return value


def as_it_is(value: Any) -> Any:
    """Hand on any JSON value."""
    return value


SCALARS: Final[Mapping[object, ScalarDefinition]] = {
    Date: strawberry.scalar(
        name="Date",
        description="A calendar date, YYYY-MM-DD and nothing else.",
        serialize=write_date,
        parse_value=read_date,
    ),
    EDTF: strawberry.scalar(
        name="EDTF",
        description=(
            "A point in time in ISO 8601-2 (EDTF): 2022-05 is some day in May 2022, 2023-08~ about August 2023, "
            "2024? perhaps 2024, [2024-08..2024-10] one day of August to October 2024. A span is two of them."
        ),
        specified_by_url="https://www.loc.gov/standards/datetime/",
        serialize=read_edtf,
        parse_value=read_edtf,
    ),
    Duration: strawberry.scalar(
        name="Duration",
        description=(
            "An ISO 8601 duration in days, weeks, months or years: P90D, P2Y, P1Y6M. "
            "It is added to a date by the calendar and clamped to the month's end."
        ),
        serialize=read_duration,
        parse_value=read_duration,
    ),
    JSON: strawberry.scalar(
        name="JSON",
        description="Any JSON value: what a claim says of a property.",
        serialize=as_it_is,
        parse_value=as_it_is,
    ),
}
"""The scalar of each annotation, for ``StrawberryConfig.scalar_map``."""

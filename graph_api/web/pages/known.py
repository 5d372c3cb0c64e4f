"""Pages as of a day: ``?known=YYYY-MM-DD`` on any page, which every link and form of it keeps.

::

    /people/a?known=2024-09-01    the operation of the page, as of that day
    <a href="/events?kinds=TRIAL">   ──▶   <a href="/events?kinds=TRIAL&amp;known=2024-09-01">
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from graph_api.errors import InvalidQuery
from graph_api.values.dates import parse_day
from graph_api.web.pages.operations import HEADER

PARAMETER: Final = "known"
VARIABLE: Final = "known"
"""The variable of the day in an operation as of a day."""

_LINK: Final = re.compile(
    r"(<(?:a|form|link|details)\b(?![^>]*\sdata-today)[^>]*?\s(?:href|action|data-counts)=\")(/(?!assets/|graphi?ql|/)[^\"#]*)"
)
_FORM: Final = re.compile(r"<form\b[^>]*\smethod=\"get\"[^>]*>")
_ADDRESS: Final = re.compile(r"(/[^>#]*|[\w-]+\.csv-metadata\.json)")


def known_day(parameters: Sequence[tuple[str, str]]) -> str | None:
    """Return the day as of which a page is asked for; None for today. Raises InvalidQuery and InvalidValue."""
    given = [value.strip() for name, value in parameters if name == PARAMETER and value.strip()]
    if len(given) > 1:
        raise InvalidQuery(f"Parameter '{PARAMETER}' is given {len(given)} times: expected one day.")
    return parse_day(given[0]).isoformat() if given else None


@cache
def operation_as_of(text: str) -> str:
    """Return a stored operation with the directive ``@asOf``, whose day is a variable.

    >>> operation_as_of("query Site($id: ID!) { site(id: $id) { name } }")
    'query Site($id: ID!, $known: Date!) @asOf(known: $known) { site(id: $id) { name } }'
    """
    return HEADER.sub(
        lambda header: (
            f"query {header[1]}({', '.join(filter(None, (header[2], f'${VARIABLE}: Date!')))}) @asOf(known: ${VARIABLE})"
        ),
        text,
        count=1,
    )


def address_as_of(address: str, day: str, joint: str = "&") -> str:
    """Return an address of this server with the day, unless it has one.

    >>> address_as_of("/people", "2024-09-01"), address_as_of("/people?known=2024-09-01", "2024-09-01")
    ('/people?known=2024-09-01', '/people?known=2024-09-01')
    """
    if f"{PARAMETER}=" in address:
        return address
    return f"{address}{joint if '?' in address else '?'}{PARAMETER}={day}"


def page_as_of(page: str, day: str) -> str:
    """Return a page whose links and forms keep the day; a link with ``data-today`` leads to what is known today."""
    linked = _LINK.sub(lambda link: f"{link[1]}{address_as_of(link[2], day, '&amp;')}", page)
    return _FORM.sub(lambda form: f'{form[0]}\n<input type="hidden" name="{PARAMETER}" value="{day}">', linked)


def header_as_of(value: str, day: str) -> str:
    """Return the value of ``Location`` or ``Link`` with the day behind the address in it.

    >>> header_as_of("/uk/people/a", "2024-09-01"), header_as_of('<people.csv-metadata.json>; rel="describedby"', "2024-09-01")
    ('/uk/people/a?known=2024-09-01', '<people.csv-metadata.json?known=2024-09-01>; rel="describedby"')
    """
    return _ADDRESS.sub(lambda address: address_as_of(address[1], day), value, count=1)

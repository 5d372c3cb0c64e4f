"""Lints about sources: no publisher, no date, days that cannot be, addresses that lead nowhere, one publication twice, places in a source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from graph_api.ingest.lints.facts import BatchFacts, Finding

EARLIEST: Final = date(1900, 1, 1)
"""No publication that anybody cites here is older."""
LOCATOR: Final = re.compile(
    r"page|masthead|title|passim|row|line|record|table|note|[¶§№#]|(?:p|pp|no|art|s|fn|col|ch|sec)\.|\d|(?:chapter|paragraph|para|section|annex|photo|video|caption|headline|lead)\b",
    re.IGNORECASE,
)
"""How a place in a source begins."""
LAST_PARAGRAPH: Final = 2_000
"""No cited text has more paragraphs."""


def publishers(facts: BatchFacts) -> Iterator[Finding]:
    """Find sources of which nobody says who published them."""
    for source in facts.of_kind("source"):
        if not source.values("publisher"):
            message = "Nobody is named who published this source: expected publisher: with the id of an organization."
            yield Finding(source.id, "no-publisher", message, ("publisher",))


def dates(facts: BatchFacts) -> Iterator[Finding]:
    """Find sources of which nobody says when they were published: they count as known from the day on which somebody read them."""
    for source in facts.of_kind("source"):
        if not source.values("published"):
            message = "No date of publication: expected published:, as the source gives it or as its words or address bound it."
            yield Finding(source.id, "no-date", message, ("published",))


def days(facts: BatchFacts) -> Iterator[Finding]:
    """Find sources that were read before they were published, or published after today or long ago."""
    for source in facts.of_kind("source"):
        if not source.values("published"):
            continue
        first, last = source.days("published")
        if source.values("retrieved") and source.days("retrieved")[1] < first:
            yield Finding(
                source.id,
                "read-before-published",
                f"Read on {source.days('retrieved')[1]}, published {first} at the earliest: expected the reading after it.",
                ("retrieved",),
            )
        if first > facts.today:
            message = f"Published {first} at the earliest: expected a day up to {facts.today}."
            yield Finding(source.id, "published-ahead", message, ("published",))
        if last < EARLIEST:
            message = f"Published {last} at the latest: expected a year after {EARLIEST.year}."
            yield Finding(source.id, "year", message, ("published",))


def addresses(facts: BatchFacts) -> Iterator[Finding]:
    """Find addresses of sources that nobody else can open."""
    for source in facts.of_kind("source"):
        for url in source.values("url"):
            host = urlsplit(str(url)).hostname or ""
            if (
                "." not in host.strip(".")
                or ".." in host
                or host.endswith((".local", ".internal"))
                or _is_private(host)
            ):
                yield Finding(
                    source.id,
                    "address",
                    f"The host {host!r} leads nowhere for others: expected a public name such as example.org.",
                    ("url",),
                )


def _is_private(host: str) -> bool:
    try:
        return not ip_address(host).is_global
    except ValueError:
        return False


def same_source(facts: BatchFacts) -> Iterator[Finding]:
    """Find two sources with one address."""
    seen: dict[str, str] = {}
    for source in facts.of_kind("source"):
        for url in source.values("url"):
            key = normal_address(str(url))
            if (first := seen.setdefault(key, source.id)) != source.id:
                message = f"The address is that of {first!r}: expected each publication once."
                yield Finding(source.id, "same-source", message, ("url",))


def normal_address(url: str) -> str:
    """Return an address without what does not tell pages apart.

    >>> normal_address("https://www.Example.org/a/?utm_source=x#part"), normal_address("http://example.org/a")
    ('example.org/a', 'example.org/a')
    """
    parts = urlsplit(url)
    query = "&".join(one for one in parts.query.split("&") if one and not one.startswith(("utm_", "fbclid=", "gclid=")))
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    return f"{host}{parts.path.rstrip('/')}{f'?{query}' if query else ''}"


def locators(facts: BatchFacts) -> Iterator[Finding]:
    """Find places in sources that nobody can find."""
    for record in facts.records.values():
        cited = {(one.unit, one.citation.at) for one in (*record.claims, *record.parts) if one.citation is not None}
        for unit, at in sorted(cited):
            number = re.fullmatch(r"¶\s*(\d+)", at)
            if not LOCATOR.match(at) or (number and int(number[1]) > LAST_PARAGRAPH):
                yield Finding(
                    record.id,
                    "locator",
                    f"The place {at!r} in the source: expected a page, a paragraph (¶ 3), a row or a time.",
                    ("cite", "at"),
                    unit,
                )


RULES: Final = (publishers, dates, days, addresses, same_source, locators)

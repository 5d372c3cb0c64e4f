"""Sources: their list, and the page of one with what rests on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph_api.web.pages.event_rows import date_cells, event_file_rows
from graph_api.web.pages.labels import LABELS
from graph_api.web.pages.languages import Locale
from graph_api.web.pages.notices import ALL_LINES
from graph_api.web.pages.page import Facet, FileRow, FilterControl, ListPage, Record, RecordPage
from graph_api.web.pages.parts import Cell, References, Row, Text, plain, record_link, record_links
from graph_api.web.pages.records import Facts, record_view


def _source_date(source: Record, locale: Locale) -> str:
    if source["published"]:
        return locale.date(source["published"])
    if source["retrieved"]:
        return locale.text("no date of publication; read on %(day)s", day=locale.day(source["retrieved"]))
    return locale.text("no date of publication")


def _source_row(source: Record, locale: Locale) -> Row:
    publisher = source["publisher"]
    return Row(
        (
            Cell((Text(source["title"], f"{locale.prefix}/sources/{source['id']}"),)),
            Cell(record_link(locale, "organizations", publisher)),
            plain(locale.label("SourceKind", source["kind"])),
            plain(_source_date(source, locale)),
            plain(locale.number(source["events"]["totalCount"])),
        )
    )


def _source_file_row(source: Record) -> FileRow:
    return {
        "id": source["id"],
        "title": source["title"],
        "publisher": source["publisher"]["name"] if source["publisher"] else None,
        "author": source["author"],
        "kind": source["kind"],
        "language": source["language"],
        **date_cells("published", source["published"]),
        "retrieved": source["retrieved"],
        "known_from": source["knownFrom"],
        "origin_checked": source["originChecked"],
        "events": source["events"]["totalCount"],
        "url": source["url"],
    }


PUBLICATION_YEAR: Final = (
    ("published_from", "{}-01-01"),
    ("published_until", "{}-12-31"),
    ("published_holds", "FOR_ALL_DATES"),
)
YEARS_OF_PUBLICATION: Final = tuple(map(str, range(2040, 2013, -1)))
"""Years in which publications are counted, from the year of the first detentions; earlier ones and those without a year are counted together."""
SOURCES: Final = ListPage(
    name="sources",
    path="/sources",
    root="sources",
    title="Sources",
    about="The publications that this edition rests on.",
    filter_type="SourceFilter",
    columns=("Title", "Publisher", "Kind", "Published", "Events that rest on it"),
    row=_source_row,
    file_row=_source_file_row,
    controls=(
        FilterControl("kind", "Kind", "SourceKind"),
        FilterControl("published_from", "Published from"),
        FilterControl("published_until", "Published until"),
        FilterControl("published_known", "Date of publication known", "Boolean"),
    ),
    facets=(
        Facet("kind", "Kind", (("kind", "{}"),), "SourceKind", tuple(LABELS["SourceKind"])),
        Facet("year", "Year of publication", PUBLICATION_YEAR, values=YEARS_OF_PUBLICATION, is_in_order=True),
    ),
)


def _source_facts(source: Record, locale: Locale, _references: References) -> Facts:
    yield "Publisher", Cell(record_link(locale, "organizations", source["publisher"]))
    yield "Author", plain(source["author"] or "")
    yield "Kind", plain(locale.label("SourceKind", source["kind"]))
    yield "Published", plain(_source_date(source, locale))
    yield "Counts as known from", plain(locale.day(source["knownFrom"]))
    address = (
        Text(source["url"], source["url"], external=True)
        if source["url"]
        else Text(locale.text("address not given in this edition"))
    )
    yield "Address", Cell((address,))
    yield "SHA-256 of the archived text", plain(source["sha256"] or locale.text("not archived"))
    repeats = _sources(source["derivedFrom"], locale)
    if repeats:
        yield "Repeats", Cell(repeats)
    else:
        yield (
            "Origin",
            plain(
                locale.text("checked: repeats no other source")
                if source["originChecked"]
                else locale.text("not checked")
            ),
        )
    yield "People named in it", Cell(record_links(locale, "people", source["people"]["nodes"]))


def _sources(sources: Sequence[Record], locale: Locale) -> tuple[Text, ...]:
    return tuple(Text(one["title"], f"{locale.prefix}/sources/{one['id']}") for one in sources)


SOURCE: Final = RecordPage(
    name="source",
    path="/sources/{id}",
    root="source",
    lists=("figures", "people"),
    view=record_view("Source", _source_facts, "source"),
    file_rows=event_file_rows,
    notice=ALL_LINES,
    template="record",
)

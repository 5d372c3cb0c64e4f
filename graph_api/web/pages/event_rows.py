"""Events as rows of tables and lines of files: when, what, who, where, and on how many sources that rests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from graph_api.web.pages.languages import Locale
from graph_api.web.pages.page import FileRow, Record
from graph_api.web.pages.parts import Cell, Row, Table, Text, plain, record_link, record_links

TITLED: Final = frozenset(
    {"EXCHANGE", "NEGOTIATION", "AGREEMENT", "RESOLUTION", "WARRANT", "STATEMENT", "CAMPAIGN", "REPORT", "OTHER"}
)
"""Kinds whose events are called by their titles; others are called by their kind and the people concerned."""
SHOWN_SUBJECTS: Final = 4
"""How many of the people and groups concerned a row of a page names; a file names all."""
EVENT_COLUMNS: Final = ("When", "What is reported", "Who", "Where", "Sources")
PATHS: Final[Mapping[str, str]] = {
    "Person": "people",
    "Exchange": "exchanges",
    "Organization": "organizations",
    "Site": "sites",
    "Place": "places",
    "Source": "sources",
    "Group": "groups",
    "State": "states",
    "Figure": "figures",
}
"""Where the page of a record is, by its type; events of every other type are at ``events``."""


def record_path(record: Record) -> str:
    """Return the path of the page of a record, without the language."""
    return f"{PATHS.get(record['__typename'], 'events')}/{record['id']}"


def event_path(event: Record, locale: Locale) -> str:
    """Return the path of the page of an event."""
    return f"{locale.prefix}/{'exchanges' if event['kind'] == 'EXCHANGE' else 'events'}/{event['id']}"


def event_name(event: Record, locale: Locale) -> str:
    """Return what an event is called in running text: its kind, or its title where the kind says too little."""
    return str(event["title"]) if event["kind"] in TITLED else locale.label("EventKind", event["kind"])


def event_row(event: Record, locale: Locale) -> Row:
    """Return an event as a row."""
    return Row(
        (
            Cell(tuple(when(event, locale))),
            Cell(tuple(_what(event, locale))),
            Cell(tuple(subjects(event, locale))),
            Cell(where(event, locale)),
            plain(locale.number(len({one["source"]["id"] for one in event["citations"]}))),
        ),
        anchor=event["id"],
    )


def when(event: Record, locale: Locale) -> Iterator[Text]:
    """Yield the date of an event as it is stated, or between which days the stated order puts it."""
    dates = locale.span(event["date"], event["until"]) if event["until"] else locale.date(event["date"])
    yield Text(dates or locale.text("no date stated"))
    if not event["date"]:
        yield from bounds_note(event["bounds"], locale)
    if "date" in event["disputed"]:
        yield difference(locale.text("sources differ on the date"), event_path(event, locale))


def speaker_note(speaker: Record, locale: Locale) -> Text:
    """Return a remark on whose words a source reports: what a person said, what a body stated."""
    name = speaker["name"]
    if speaker["__typename"] == "Person":
        return Text(locale.text("according to %(speaker)s", speaker=name), note=True)
    return Text(locale.text("according to %(body)s", body=name), note=True)


def speakers_notes(citations: Sequence[Record], locale: Locale) -> tuple[Text, ...]:
    """Return remarks on whose words the sources report, where none of them says it in its own voice."""
    speakers = {one["saidBy"]["id"]: one["saidBy"] for one in citations if one["saidBy"]}
    if not all(one["saidBy"] for one in citations):
        return ()
    return tuple(speaker_note(one, locale) for one in speakers.values())


def difference(words: str, href: str | None) -> Text:
    """Return a remark that sources differ, which leads to what each of them says."""
    return Text(f"≠ {words}", href, note=True, mark=True)


def bounds_note(bounds: Record, locale: Locale) -> Iterator[Text]:
    """Yield the days between which an event without a date stands, from the order that sources state."""
    earliest, latest = bounds["earliest"], bounds["latest"]
    if not (earliest or latest):
        return
    days = {name: locale.day(bounds[name]) for name in ("earliest", "latest") if bounds[name]}
    if earliest and latest:
        words = "between %(earliest)s and %(latest)s, from the order that sources state"
    elif latest:
        words = "not after %(latest)s, from the order that sources state"
    else:
        words = "not before %(earliest)s, from the order that sources state"
    yield Text(locale.text(words, **days), note=True)


def _what(event: Record, locale: Locale) -> Iterator[Text]:
    yield Text(event_name(event, locale), event_path(event, locale))
    if event["announced"]:
        yield Text(locale.text("only announced"), note=True)
    kind = locale.label("EventKind", event["kind"])
    if event["kind"] in TITLED - {"EXCHANGE", "OTHER"} and not event["title"].startswith(kind):
        yield Text(kind, note=True)
    if set(event["disputed"]) - {"date"}:
        yield difference(locale.text("sources differ"), event_path(event, locale))


def subjects(event: Record, locale: Locale) -> Iterator[Text]:
    """Yield the people and groups concerned, the first of them by name."""
    found, total = event["subjects"]["nodes"][:SHOWN_SUBJECTS], event["subjects"]["totalCount"]
    for one in found:
        participant = one["participant"]
        yield from record_link(locale, "people" if participant["__typename"] == "Person" else "groups", participant)
    if total > len(found):
        yield Text(
            locale.plural("and %(n)s more", "and %(n)s more", total - len(found)), event_path(event, locale), note=True
        )


def where(event: Record, locale: Locale) -> tuple[Text, ...]:
    """Return sites and places of an event."""
    return (
        *record_links(locale, "sites", event["sites"]),
        *record_links(locale, "places", event["places"]),
    )


def event_table(events: Record, locale: Locale) -> Table:
    """Return a connection of events as a table; its caption says how many there are and whether all are shown."""
    nodes, total = events["nodes"], events["totalCount"]
    caption = locale.plural("%(n)s event", "%(n)s events", total)
    if len(nodes) < total:
        caption = locale.text("The first %(shown)s of %(total)s events", shown=len(nodes), total=total)
    return Table(
        caption,
        tuple(locale.text(one) for one in EVENT_COLUMNS),
        tuple(event_row(one, locale) for one in nodes),
    )


# ── lines of files ──────────────────────────────────────────────────────────────────────────────────────────────


def date_cells(name: str, when: Mapping[str, Any] | None) -> FileRow:
    """Return a date as cells: as written, its first and last possible day, and in words."""
    return {f"{name}_{part}": when.get(part) if when else None for part in ("edtf", "earliest", "latest", "display")}


def source_ids(citations: Iterable[Record]) -> str:
    """Return the sources of citations as one cell, each once."""
    return "; ".join(dict.fromkeys(one["source"]["id"] for one in citations))


def evidence_cells(record: Record) -> FileRow:
    """Return the properties on which sources differ, and the sources of a record, as cells."""
    return {"disputed": "; ".join(record["disputed"]), **source_cells(record["citations"])}


def source_cells(citations: Sequence[Record]) -> FileRow:
    """Return the sources of citations as cells, each once: their ids and their addresses."""
    urls = {one["source"]["id"]: one["source"]["url"] for one in citations}
    return {"sources": "; ".join(urls), "source_urls": " ".join(url for url in urls.values() if url)}


def names(records: Sequence[Record]) -> str:
    """Return names as one cell."""
    return "; ".join(one["name"] for one in records)


def named_of(some: Sequence[str], total: int) -> str:
    """Return names or ids as one cell, which says how many more there are.

    >>> named_of(["a", "b"], 2), named_of(["a", "b"], 1200)
    ('a; b', 'a; b; and 1,198 more')
    """
    return "; ".join([*some, *([f"and {total - len(some):,} more"] if len(some) < total else [])])


def event_file_row(event: Record) -> FileRow:
    """Return an event as a line of a file; the cell of people and groups concerned says how many more there are than it names."""
    concerned = event["subjects"]
    return {
        "id": event["id"],
        "kind": event["kind"],
        "title": event["title"],
        **date_cells("date", event["date"]),
        "until_edtf": event["until"]["edtf"] if event["until"] else None,
        "bounds_earliest": event["bounds"]["earliest"],
        "bounds_latest": event["bounds"]["latest"],
        "announced": event["announced"],
        "subjects": named_of([one["participant"]["name"] for one in concerned["nodes"]], concerned["totalCount"]),
        "subjects_total": concerned["totalCount"],
        "sites": names(event["sites"]),
        "places": names(event["places"]),
        **evidence_cells(event),
    }


def event_file_rows(record: Record) -> list[FileRow]:
    """Return the events of a record as lines of a file."""
    return [event_file_row(one) for one in record["events"]["nodes"]]

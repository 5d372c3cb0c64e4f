"""The list of people, and the page of one person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graph_api.casefile.blocks import Run, Runs
from graph_api.casefile.gaps import gap_words
from graph_api.casefile.marked_text import marked_text
from graph_api.values.languages import Language
from graph_api.web.pages.case_files import HAS_DOCUMENTS
from graph_api.web.pages.event_rows import bounds_note, date_cells, event_path, evidence_cells, names, record_path
from graph_api.web.pages.languages import Locale, listed
from graph_api.web.pages.notices import ALL_LINES
from graph_api.web.pages.page import Facet, FileRow, FilterControl, ListPage, Record, RecordPage
from graph_api.web.pages.parts import Cell, Row, Text, plain, record_link
from graph_api.web.pages.person_parts import Cited, person_parts
from graph_api.web.pages.timeline import DatedEntry, timeline


def person_row(person: Record, locale: Locale) -> Row:
    """Return a person as a row of the list."""
    texts = record_link(locale, "people", person)
    others = [one["text"] for one in person["names"] if one["text"] != texts[0].text]
    return Row(
        (
            Cell((*texts, *(Text(name, lang=_script(name), note=True) for name in others))),
            plain(person["status"]["text"]),
            plain(locale.label("PersonCategory", person["category"])),
            plain(listed(person["occupations"] or [one["title"] for one in person["positions"]])),
            plain(locale.number(len({one["source"]["id"] for one in person["citations"]}))),
        )
    )


def person_file_row(person: Record) -> FileRow:
    """Return a person as a line of a file."""
    status = person["status"]
    return {
        "id": person["id"],
        "name": person["name"],
        "other_names": "; ".join(one["text"] for one in person["names"]),
        "category": person["category"],
        "sex": person["sex"],
        **date_cells("born", person["born"]),
        "occupations": "; ".join(person["occupations"]),
        "positions": "; ".join(one["title"] for one in person["positions"]),
        "status": status["text"],
        "custody": status["custody"],
        "legal": status["legal"],
        "custody_reported": status["custodyReported"],
        "returned_by": status["returned"],
        **evidence_cells(person),
    }


EVENT_YEAR: Final = (
    ("event_date_from", "{}-01-01"),
    ("event_date_until", "{}-12-31"),
    ("event_date_holds", "FOR_ALL_DATES"),
)
"""What asks for the people of an event that was in a year, whatever its day."""
PEOPLE: Final = ListPage(
    name="people",
    path="/people",
    root="people",
    title="People",
    about="People known by name of whom sources report that something happened to them. Officials and others who are only named are found by their names; "
    "people whom sources count and do not name stand with the events in which they are counted.",
    filter_type="PersonFilter",
    columns=("Name", "Last reported", "Category", "Occupation or office", "Sources"),
    row=person_row,
    file_row=person_file_row,
    controls=(
        FilterControl("category", "Category", "PersonCategory"),
        FilterControl("custody", "Custody, as last reported", "Custody"),
        FilterControl("legal", "Proceedings, as last reported", "LegalState"),
        FilterControl("sex", "Sex", "Sex"),
        FilterControl("occupation_contains", "Occupation contains"),
        FilterControl("event_kind", "What is reported", "EventKind"),
        FilterControl("event_place", "In the region", options="regions"),
        FilterControl("event_date_from", "From the day"),
        FilterControl("event_date_until", "Until the day"),
    ),
    default={"someEvent": {}},
    facets=(
        Facet("custody", "Custody, as last reported", (("custody", "{}"),), "Custody"),
        Facet("legal", "Proceedings, as last reported", (("legal", "{}"),), "LegalState"),
        Facet("category", "Category", (("category", "{}"),), "PersonCategory"),
        Facet("sex", "Sex", (("sex", "{}"),), "Sex"),
        Facet("event", "What is reported", (("event_kind", "{}"),), "EventKind"),
        Facet("year", "Year of what is reported", EVENT_YEAR),
        Facet("region", "Region of what is reported", (("event_place", "{}"),)),
        Facet("occupation", "Occupation", (("occupation", "{}"),)),
        Facet("tag", "Keyword", (("tag", "{}"),)),
    ),
    order={"NAME": "name", "CUSTODY_REPORTED": "last report of custody", "BORN": "date of birth"},
    notice=ALL_LINES,
)


# ── one person ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class FilePart:
    """A sentence of a case file on a page, in pieces with their references; ``lines`` are the numbers of the lines that it is about."""

    runs: Runs
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PageLine:
    """A numbered line of a case file on a page; ``event_id`` is its anchor, ``notes`` stand below it."""

    number: int
    event_id: str
    runs: Runs
    notes: tuple[Text, ...]


def person_view(file: Record, locale: Locale) -> Mapping[str, Any]:
    """Return what the page of a person shows: the case file."""
    person, status = file["person"], file["status"]
    shown, lang = locale.name(person["names"], person["name"])
    spellings = dict.fromkeys([person["name"], *(one["text"] for one in person["names"])])
    timeline_lines = [one for one in file["timeline"] if one["placement"] != "UNDATED"]
    numbers = {one["source"]["id"]: one["number"] for one in file["references"]}

    def cited(citations: Iterable[Record]) -> tuple[int, ...]:
        return tuple(sorted({numbers[one["source"]["id"]] for one in citations if one["source"]["id"] in numbers}))

    return {
        "title": shown,
        "title_lang": lang,
        "spellings": [(name, _script(name)) for name in spellings if name != shown],
        "facts": [(words, one) for words, one in _facts(file, cited, locale) if one.texts],
        "status": FilePart((Run(status["text"], cited(status["citations"])),)),
        "timeline": timeline([_entry(one, locale) for one in file["timeline"]]),
        "lines": [_page_line(one, locale) for one in timeline_lines],
        "undated": [_page_line(one, locale) for one in file["timeline"] if one["placement"] == "UNDATED"],
        "announced": [_page_line(one, locale) for one in file["announced"]],
        "differences": [
            FilePart((Run(one["explanation"], cited(each for claim in one["claims"] for each in claim["citations"])),))
            for one in file["differences"]
        ],
        "gaps": [
            FilePart((Run(gap_words(one["span"]["display"], one["text"], Language[locale.language.name])),))
            for one in file["gaps"]
        ],
        "leads": [FilePart((Run(one["text"]),), tuple(one["lines"])) for one in file["leads"]],
        **person_parts(file, cited, locale),
        "anchors": {one["line"]: one["event"]["id"] for one in (*file["timeline"], *file["announced"])},
        "references": file["references"],
        "content_hash": file["contentHash"],
        "has_documents": HAS_DOCUMENTS,
        "id": person["id"],
    }


def _facts(file: Record, cited: Cited, locale: Locale) -> Iterator[tuple[str, Cell]]:
    """Yield what the head of the page says of a person, with the sources of what is shown."""
    person, stated = file["person"], file["stated"]

    def cell(text: str, claims: Iterable[Record]) -> Cell:
        shown = [each for one in claims if one["preferred"] for each in one["citations"]]
        return Cell((Text(text),) if text else (), cited(shown))

    yield locale.text("Category"), cell(locale.label("PersonCategory", person["category"]), stated["category"])
    occupations = cell(listed(person["occupations"]), stated["occupations"])
    yield locale.text("Occupation, as sources give it"), occupations
    yield locale.text("Born"), cell(locale.date(person["born"]), stated["born"])
    for one in stated["positions"]:
        of, span = one["of"], locale.span(one["from"], one["until"])
        texts = [Text(one["title"])]
        if of and "id" in of:
            texts.append(Text(of["name"], f"{locale.prefix}/{record_path(of)}"))
        yield locale.text("Office or post"), Cell((*texts, *((Text(span),) if span else ())), cited(one["citations"]))


def _entry(line: Record, locale: Locale) -> DatedEntry:
    event = line["event"]
    label = locale.label("EventKind", event["kind"])
    differs = "date" in event["disputed"]
    return DatedEntry(line["line"], label, event["id"], line["date"], event["until"], line["bounds"], differs)


def _page_line(line: Record, locale: Locale) -> PageLine:
    event = line["event"]
    runs = marked_text(line["text"], ((one["end"], one["references"]) for one in line["clauses"]))
    return PageLine(line["line"], event["id"], runs, tuple(_notes(line, locale)))


def _notes(line: Record, locale: Locale) -> Iterator[Text]:
    event = line["event"]
    yield Text(locale.label("EventKind", event["kind"]), event_path(event, locale))
    if not line["date"]:
        yield from bounds_note(line["bounds"], locale)
    if "date" in event["disputed"]:
        yield Text("≠ " + locale.text("sources differ on the date"), "#differences", mark=True)
    elif line["differences"]:
        yield Text("≠ " + locale.text("sources differ"), "#differences", mark=True)


def _script(name: str) -> str | None:
    """Return the language tag for a name in Cyrillic letters: most names of the sources are Ukrainian."""
    return "uk" if any("\u0400" <= letter <= "\u04ff" for letter in name) else None


def person_file_rows(file: Record) -> list[FileRow]:
    """Return the lines of a case file as lines of a file, with the sources of the person's part only."""
    sources = {one["number"]: one["source"] for one in file["references"]}
    return [
        {
            "person": file["person"]["id"],
            "line": line["line"],
            "event": line["event"]["id"],
            "kind": line["event"]["kind"],
            **date_cells("date", line["date"]),
            "bounds_earliest": line["bounds"]["earliest"],
            "bounds_latest": line["bounds"]["latest"],
            "announced": is_announced,
            "text": line["text"],
            "places": names(line["event"]["places"]),
            "sites": names(line["event"]["sites"]),
            "disputed": "; ".join(line["event"]["disputed"]),
            "sources": "; ".join(sources[number]["id"] for number in line["references"]),
            "source_urls": " ".join(sources[number]["url"] for number in line["references"] if sources[number]["url"]),
        }
        for lines, is_announced in ((file["timeline"], False), (file["announced"], True))
        for line in lines
    ]


PERSON: Final = RecordPage(
    name="person",
    path="/people/{id}",
    root="caseFile",
    beside="beside",
    lists=("stated",),
    view=person_view,
    file_rows=person_file_rows,
    notice=ALL_LINES,
    has_language=True,
)

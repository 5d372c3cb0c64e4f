"""The list of people, and the page of one person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from graph_api.web.pages.event_rows import bounds_note, date_cells, event_path, evidence_cells, status_words, where
from graph_api.web.pages.languages import Locale, listed
from graph_api.web.pages.notices import ALL_LINES
from graph_api.web.pages.page import FileRow, FilterControl, ListPage, Record, RecordPage
from graph_api.web.pages.parts import Cell, References, Row, Table, Text, plain, record_link
from graph_api.web.pages.timeline import DatedEntry, timeline

COLLECTIVE: Final = frozenset({"EXCHANGE", "AGREEMENT", "NEGOTIATION"})
"""Kinds of events whose citations are not those of one person's part, however many subjects are known."""


def is_collective(event: Record) -> bool:
    """Return whether the citations of an event are about others as well."""
    return event["kind"] in COLLECTIVE or event["subjects"]["totalCount"] > 1


def person_row(person: Record, locale: Locale) -> Row:
    """Return a person as a row of the list."""
    texts = record_link(locale, "people", person)
    is_official = person["category"] is None and bool(person["positions"])
    others = [one["text"] for one in person["names"] if one["text"] != texts[0].text]
    return Row(
        (
            Cell((*texts, *(Text(name, lang=_script(name), note=True) for name in others))),
            plain("" if is_official else status_words(person["status"], locale)),
            plain("" if is_official else locale.label("PersonCategory", person["category"])),
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
        "status": status["text"],
        "custody": status["custody"],
        "legal": status["legal"],
        "custody_reported": status["custodyReported"],
        "returned_by": status["returned"],
        **evidence_cells(person),
    }


PEOPLE: Final = ListPage(
    name="people",
    path="/people",
    root="people",
    title="People",
    about="People whom sources name, officials among them. People whom sources count and do not name stand with the events in which they are counted.",
    filter_type="PersonFilter",
    columns=("Name", "Last reported", "Category", "Occupation or office", "Sources"),
    row=person_row,
    file_row=person_file_row,
    controls=(
        FilterControl("category", "Category", "PersonCategory"),
        FilterControl("custody", "Custody, as last reported", "Custody"),
        FilterControl("legal", "Proceedings, as last reported", "LegalState"),
        FilterControl("sex", "Sex", "Sex"),
    ),
    order={"NAME": "name", "CUSTODY_REPORTED": "last report of custody", "BORN": "date of birth"},
    notice=ALL_LINES,
)


# ── one person ──────────────────────────────────────────────────────────────────────────────────────────────────


def person_view(person: Record, locale: Locale) -> Mapping[str, Any]:
    """Return what the page of a person shows."""
    references = References(locale)
    shown, lang = locale.name(person["names"], person["name"])
    spellings = dict.fromkeys([person["name"], *(one["text"] for one in person["names"])])
    status = (locale.text("Last reported"), status_words(person["status"], locale))
    status_references = references.numbers(person["status"]["citations"])
    events = person["events"]["nodes"]
    happened = [one for one in events if not one["announced"]]
    return {
        "title": shown,
        "title_lang": lang,
        "spellings": [(name, _script(name)) for name in spellings if name != shown],
        "category": locale.label("PersonCategory", person["category"]),
        "occupations": listed(person["occupations"]),
        "born": locale.date(person["born"]),
        "status": status,
        "status_references": status_references,
        "differs": person["disputed"],
        "events": _event_table(happened, locale, references),
        "timeline": timeline([_entry(number, one, locale) for number, one in enumerate(happened, 1)]),
        "announced": _event_table([one for one in events if one["announced"]], locale, references),
        "references": references.listed(),
        "id": person["id"],
    }


def _entry(number: int, event: Record, locale: Locale) -> DatedEntry:
    differs = "date" in event["disputed"]
    label = locale.label("EventKind", event["kind"])
    return DatedEntry(number, label, event["id"], event["date"], event["until"], event["bounds"], differs)


def _event_table(events: Sequence[Record], locale: Locale, references: References) -> Table:
    n = len(events)
    return Table(
        locale.plural(
            "%(n)s event, in the order that sources state", "%(n)s events, in the order that sources state", n
        ),
        ("When", "What is reported", "Where", "References"),
        tuple(_event_row(number, event, locale, references) for number, event in enumerate(events, 1)),
    )


def _event_row(number: int, event: Record, locale: Locale, references: References) -> Row:
    href = event_path(event, locale)
    many = is_collective(event)
    cited = () if many else references.numbers(event["citations"])
    behind = Text(locale.text("see the event"), href) if many else None
    return Row(
        (
            Cell(tuple(_when(number, event, locale))),
            Cell((Text(locale.label("EventKind", event["kind"]), href), *_details(event, locale))),
            Cell(where(event, locale) or (Text(locale.text("not given in this edition")),)),
            Cell((behind,) if behind else (), cited),
        ),
        anchor=event["id"],
    )


def _when(number: int, event: Record, locale: Locale) -> Iterator[Text]:
    text = locale.date(event["date"]) or locale.text("no date stated")
    if event["until"]:
        text = f"{text} – {locale.date(event['until'])}"
    yield Text(f"{number}. {text}")
    if not event["date"]:
        yield from bounds_note(event["bounds"], locale)
    if "date" in event["disputed"]:
        yield Text(
            "≠ " + locale.text("sources differ on the date"),
            f"{locale.prefix}/events/{event['id']}",
            note=True,
            mark=True,
        )


def _details(event: Record, locale: Locale) -> Iterator[Text]:
    """Yield what sources report of an event besides its kind."""
    court, standing = event.get("court"), event.get("courtStanding")
    words = locale.label("Standing", standing) if standing and standing != "UNSTATED" else ""
    if court:
        text = f"{court['name']} ({words})" if words else court["name"]
        yield Text(text, f"{locale.prefix}/courts/{court['id']}", note=True)
    elif words:
        yield Text(words, note=True)
    offences = [
        f"{one['text']} ({one['article']})" if one["article"] else one["text"] for one in event.get("offences") or ()
    ]
    if offences:
        yield Text(locale.text("as the court named it: %(offences)s", offences="; ".join(offences)), note=True)
    if event.get("inAbsentia"):
        yield Text(locale.text("in the person's absence, as reported"), note=True)
    if event.get("result"):
        yield Text(locale.label("AppealResult", event["result"]), note=True)
    if event.get("sentence"):
        differs = f" ({locale.text('sources differ')})" if "sentence" in event["disputed"] else ""
        yield Text(
            locale.text("sentence reported: %(sentence)s", sentence=locale.sentence(event["sentence"])) + differs,
            note=True,
        )
    if event.get("ground"):
        yield Text(locale.label("ReleaseGround", event["ground"]), note=True)
    for name, words in (("from", "from %(place)s"), ("to", "to %(place)s")):
        place = event.get(f"{name}Site") or event.get(f"{name}Place")
        if place:
            yield Text(locale.text(words, place=place["name"]), note=True)


def _script(name: str) -> str | None:
    """Return the language tag for a name in Cyrillic letters: most names of the sources are Ukrainian."""
    return "uk" if any("\u0400" <= letter <= "\u04ff" for letter in name) else None


def person_file_rows(person: Record) -> list[FileRow]:
    """Return the events of a person as lines of a file."""
    return [
        {
            "person": person["id"],
            "line": number,
            "event": event["id"],
            "kind": event["kind"],
            **date_cells("date", event["date"]),
            "bounds_earliest": event["bounds"]["earliest"],
            "bounds_latest": event["bounds"]["latest"],
            "announced": event["announced"],
            "places": "; ".join(one["name"] for one in event["places"]),
            "sites": "; ".join(one["name"] for one in event["sites"]),
            **(evidence_cells(event) if not is_collective(event) else {}),
        }
        for number, event in enumerate(person["events"]["nodes"], 1)
    ]


PERSON: Final = RecordPage(
    name="person",
    path="/people/{id}",
    root="person",
    view=person_view,
    file_rows=person_file_rows,
    notice=ALL_LINES,
)

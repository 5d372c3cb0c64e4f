"""The list of events, and the page of one event: who was in it, what each source says, and which value is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from graph_api.casefile.difference_words import reason_words
from graph_api.casefile.value_words import offence_with_article, sentence_words
from graph_api.errors import InvalidValue
from graph_api.evidence.audience import UNNAMED_SPEAKER
from graph_api.ontology.properties import Property
from graph_api.ontology.registry import ONTOLOGY
from graph_api.values.languages import Language
from graph_api.web.pages.event_rows import (
    EVENT_COLUMNS,
    TITLED,
    difference,
    event_file_row,
    event_name,
    event_path,
    event_row,
    record_path,
    source_cells,
    speaker_note,
    speakers_notes,
    subjects,
    when,
    where,
)
from graph_api.web.pages.figures import figure_table
from graph_api.web.pages.labels import LABELS
from graph_api.web.pages.languages import Locale
from graph_api.web.pages.notices import ALL_LINES
from graph_api.web.pages.page import Facet, FileRow, FilterControl, ListPage, Record, RecordPage
from graph_api.web.pages.parts import Cell, References, Row, Table, Text, plain
from graph_api.web.pages.records import offence_label
from graph_api.web.pages.responses import too_long

EDITORIAL: Final = frozenset({"title", "description", "kind"})
"""Properties in the words of the editors: not shown as what a source says."""
DATES: Final = frozenset({"date", "until"})
OTHER_EVENTS: Final = frozenset({"after", "of", "trial", "outcome", "replaces", "agreement", "part-of"})
"""Properties whose values are other events."""

EVENTS: Final = ListPage(
    name="events",
    path="/events",
    root="events",
    title="Events",
    about="What sources report to have happened. Events that they only announce are left out unless they are asked for.",
    filter_type="EventFilter",
    columns=EVENT_COLUMNS,
    row=event_row,
    file_row=event_file_row,
    controls=(
        FilterControl("kind", "What is reported", "EventKind"),
        FilterControl("place", "In the region", options="regions"),
        FilterControl("date_from", "From the day"),
        FilterControl("date_until", "Until the day"),
        FilterControl("sourceKind", "Reported by", "SourceKind"),
        FilterControl("disputed", "Sources differ", "Boolean"),
        FilterControl("occurrence", "Happened or announced", "Occurrence", otherwise="reported as past"),
    ),
    order={"DATE": "date"},
    facets=(
        Facet("kind", "What is reported", (("kind", "{}"),), "EventKind"),
        Facet("year", "Year", (("date_from", "{}-01-01"), ("date_until", "{}-12-31"), ("date_holds", "FOR_ALL_DATES"))),
        Facet("region", "Region", (("place", "{}"),)),
        Facet("sourceKind", "Reported by", (("sourceKind", "{}"),), "SourceKind"),
        Facet("standing", "Standing of the court", (("standing", "{}"),), "Standing"),
        Facet("offence", "Offence, as the court named it", (("offence", "{}"),), in_words=offence_label),
    ),
    notice=ALL_LINES,
)


def event_view(event: Record, locale: Locale) -> Mapping[str, Any]:
    """Return what the page of an event shows."""
    references = References(locale)
    known = _names_of(event)
    facts = [(locale.text(words), cell) for words, cell in _facts(event, locale) if cell.texts]
    participants = _participants(event, locale, references)
    claims = _claims(event, locale, references, known)
    references.numbers(event["evidence"])
    people = ", ".join(one.text for one in subjects(event, locale) if not one.note)
    title = event_name(event, locale)
    return {
        "title": title if event["kind"] in TITLED or not people else f"{title}: {people}",
        "kind": locale.label("EventKind", event["kind"]),
        "announced": event["announced"],
        "facts": facts,
        "participants": participants,
        "claims": claims,
        "references": references.listed(),
        "path_of_record": f"/events/{event['id']}",
        "parts": _parts(event, locale),
        "numbers_table": figure_table(event["figures"], locale) if event["figures"]["totalCount"] else None,
        "numbers_href": f"{locale.prefix}/figures?{urlencode({'about': event['id']})}",
    }


def _names_of(event: Record) -> dict[str, str]:
    """Return the names of the records that an event is linked to, by id: claims name them by id."""
    found = [*event["places"], *event["sites"]]
    found += [
        event[name] for name in ("court", "authority", "fromSite", "toSite", "fromPlace", "toPlace") if event.get(name)
    ]
    return {one["id"]: one["name"] for one in found}


def _facts(event: Record, locale: Locale) -> Iterator[tuple[str, Cell]]:
    yield "When", Cell(tuple(when(event, locale)))
    differs = [one for one in ("places", "sites") if one in event["disputed"]]
    remark = (difference(locale.text("sources differ"), None),) if differs else ()
    yield "Where", Cell((*where(event, locale), *remark))
    court, standing = event.get("court"), event.get("courtStanding")
    if court:
        of_court = Text(locale.label("Standing", court["standing"]), note=True)
        yield "Court", Cell((Text(court["name"], f"{locale.prefix}/organizations/{court['id']}"), of_court))
    if standing and standing != "UNSTATED":
        yield "Standing of the court", plain(locale.label("Standing", standing))
    yield "As the court named it", plain("; ".join(offence_words(one, locale) for one in event.get("offences") or ()))
    if event.get("sentence"):
        yield "Sentence reported", plain(sentence_of(event["sentence"], locale))
    if event.get("inAbsentia"):
        yield (
            "In absentia",
            plain(
                locale.text(
                    "in the person's absence, as reported; whether they were notified or had counsel is not given"
                )
            ),
        )
    if event.get("result"):
        yield "Result", plain(locale.label("AppealResult", event["result"]))
    if event.get("ground"):
        yield "Ground", plain(locale.label("ReleaseGround", event["ground"]))
    for words, name in (("From", "from"), ("To", "to")):
        kinds = (("sites", event.get(f"{name}Site")), ("places", event.get(f"{name}Place")))
        yield words, Cell(tuple(Text(one["name"], f"{locale.prefix}/{path}/{one['id']}") for path, one in kinds if one))
    for words, name in (("Review of", "of"), ("Trial", "trial"), ("Part of", "partOf")):
        if event.get(name):
            yield words, Cell((_event_link(event[name], locale),))
    yield "Reviewed by", Cell(tuple(_event_link(one, locale) for one in event.get("appeals") or ()))
    yield "About", Cell(tuple(Text(one["label"], f"{locale.prefix}/{record_path(one)}") for one in event["about"]))


def offence_words(offence: Record, locale: Locale) -> str:
    """Return an offence with its article, where there is one."""
    stated = {name: offence[name] for name in ("code", "text", "article") if offence.get(name)}
    return offence_with_article(stated, Language[locale.language.name])


def _event_link(event: Record, locale: Locale) -> Text:
    date = locale.date(event.get("date"))
    name = event_name(event, locale)
    return Text(f"{name}, {date}" if date else name, event_path(event, locale))


def _participants(event: Record, locale: Locale, references: References) -> Table:
    found = event["participants"]
    rows = []
    for one in found["nodes"]:
        participant = one["participant"]
        shown, lang = locale.name(participant.get("names") or (), participant["name"])
        side = (
            (Text(locale.text("handed over to: %(side)s", side=one["side"]["name"]), note=True),) if one["side"] else ()
        )
        words = locale.label("Role", one["role"])
        if one["alleged"] and one["role"] != "PERPETRATOR":
            words = f"{words} ({locale.text('alleged')})"
        name = Text(shown, f"{locale.prefix}/{record_path(participant)}", lang)
        notes = (*side, *speakers_notes(one["citations"], locale))
        rows.append(Row((Cell((name, *notes)), plain(words), Cell(references=references.numbers(one["citations"])))))
    columns = (locale.text("Who"), locale.text("Part"), locale.text("References"))
    caption = locale.plural("%(n)s participant", "%(n)s participants", found["totalCount"])
    if len(rows) < found["totalCount"]:
        caption = locale.text(
            "The first %(shown)s of %(total)s participants", shown=len(rows), total=found["totalCount"]
        )
    return Table(caption, columns, tuple(rows))


def _claims(event: Record, locale: Locale, references: References, known: Mapping[str, str]) -> Table:
    """Return what each source says, property by property, with those on which they differ first."""
    claims = [one for one in event["claims"] if one["property"] not in EDITORIAL]
    claims.sort(key=lambda one: (one["property"] not in event["disputed"], one["property"], not one["preferred"]))
    rows, group = [], None
    for one in claims:
        differs = one["property"] in event["disputed"]
        heading = f"{property_words(one['property'], locale)}{' ≠ ' + locale.text('sources differ') if differs else ''}"
        shown = locale.text("shown") if one["preferred"] else locale.text("not shown")
        because = (
            (Text(reason_words(one["preferredBecause"], Language[locale.language.name]), note=True),)
            if differs and one["preferredBecause"]
            else ()
        )
        rows.append(
            Row(
                (
                    Cell((*_stated(one, locale, known), *_modality(one, locale))),
                    Cell((Text(shown), *because)),
                    Cell(references=references.numbers(one["citations"])),
                ),
                group=heading if heading != group else None,
            )
        )
        group = heading
    columns = (locale.text("What is said"), locale.text("Shown on pages"), locale.text("References"))
    return Table(
        locale.plural("%(n)s statement of sources", "%(n)s statements of sources", len(rows)), columns, tuple(rows)
    )


def property_words(name: str, locale: Locale) -> str:
    """Return the words for a property of an event."""
    return locale.label("Property", name) if name in locale.labels("Property") else name


def _modality(claim: Record, locale: Locale) -> Iterator[Text]:
    """Yield how a source stands behind a claim, where it does not say so in its own voice."""
    role = claim["saidByRole"]
    if claim["saidBy"]:
        yield speaker_note(claim["saidBy"], locale)
    elif role == UNNAMED_SPEAKER or (role is None and claim["modality"] == "ATTRIBUTED"):
        yield Text(locale.text("according to a person not named here"), note=True)
    elif role:
        yield Text(locale.text("according to %(speaker)s", speaker=role), note=True)
    if claim["modality"] == "IMPLIED":
        yield Text(locale.text("follows from what the source says"), note=True)
    elif claim["modality"] == "DERIVED":
        yield Text(locale.text("worked out from other claims"), note=True)


def _stated(claim: Record, locale: Locale, known: Mapping[str, str]) -> Iterator[Text]:
    """Yield the value of a claim in words; a record that it names leads to its page."""
    value = claim["value"]
    if named := claim["object"]:
        yield Text(named["label"], f"{locale.prefix}/{record_path(named)}")
    elif claim["property"] in OTHER_EVENTS:
        for id_ in value if isinstance(value, list) else [value]:
            yield Text(f"{locale.text('Event')} {id_}", f"{locale.prefix}/id/{id_}")
    else:
        yield Text(value_words(value, claim["property"], locale, known))


def sentence_of(sentence: Record, locale: Locale) -> str:
    """Return a sentence of an answer in words, with its regime and what was added to it."""
    low, high = sentence["totalMonthsLow"], sentence["totalMonthsHigh"]
    return sentence_words({**sentence, "months_low": low, "months_high": high}, Language[locale.language.name])


def value_words(value: Any, name: str, locale: Locale, known: Mapping[str, str]) -> str:
    """Return the value of a property in words."""
    match value:
        case {"code": str(), "text": str()}:
            return offence_words(value, locale)
        case bool():
            return locale.label("Boolean", str(value).lower())
        case list():
            return "; ".join(value_words(one, name, locale, known) for one in value)
        case {"display": str(text)} | {"text": str(text)}:
            return text
        case {"latitude": latitude, "longitude": longitude}:
            return f"{latitude}, {longitude}"
        case dict():
            stored = {key.replace("-", "_"): one for key, one in value.items()}
            return sentence_words(stored, Language[locale.language.name])
        case str() if name in DATES:
            try:
                return locale.day(value)
            except InvalidValue:
                return value
        case str():
            return known.get(value) or _closed_word(value, name, locale) or value
        case _:
            return str(value)


def _closed_word(value: str, name: str, locale: Locale) -> str | None:
    """Return the words for a value of a property that takes one of a closed list; None for other properties."""
    lists = (one.vocabulary.__name__ for one in ONTOLOGY.named(name) if isinstance(one, Property) and one.vocabulary)
    return next((locale.label(one, value) for one in lists if value in LABELS.get(one, ())), None)


def _parts(event: Record, locale: Locale) -> list[Text]:
    return [_event_link(one, locale) for one in event["parts"]["nodes"]]


def _claim_file_rows(event: Record) -> list[FileRow]:
    """Return who took part in an event and what each source says of it, as lines of a file."""
    found = event["participants"]
    if len(found["nodes"]) < found["totalCount"]:
        raise too_long(found["totalCount"], len(found["nodes"]))
    return [*(_participant_row(event, one) for one in found["nodes"]), *_claim_rows(event)]


def _participant_row(event: Record, one: Record) -> FileRow:
    speakers = dict.fromkeys(cite["saidBy"]["name"] for cite in one["citations"] if cite["saidBy"])
    return {
        "event": event["id"],
        "claim": None,
        "property": "participants",
        "value": one["participant"]["id"],
        "role": one["role"],
        "alleged": one["alleged"],
        "handed_over_to": one["side"]["id"] if one["side"] else None,
        "modality": None,
        "said_by": "; ".join(speakers),
        "shown": True,
        "because": None,
        **source_cells(one["citations"]),
    }


def _claim_rows(event: Record) -> list[FileRow]:
    return [
        {
            "event": event["id"],
            "claim": one["id"],
            "property": one["property"],
            "value": one["object"]["id"] if one["object"] else _plain_value(one["value"]),
            "role": None,
            "alleged": None,
            "handed_over_to": None,
            "modality": one["modality"],
            "said_by": one["saidBy"]["name"] if one["saidBy"] else one["saidByRole"],
            "shown": one["preferred"],
            "because": one["preferredBecause"],
            **source_cells(one["citations"]),
        }
        for one in event["claims"]
        if one["property"] not in EDITORIAL
    ]


def _plain_value(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(map(str, map(_plain_value, value)))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {one}" for key, one in value.items() if one is not None)
    return value


EVENT: Final = RecordPage(
    name="event", path="/events/{id}", root="event", view=event_view, file_rows=_claim_file_rows, notice=ALL_LINES
)

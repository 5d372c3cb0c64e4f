"""Places of detention, courts and other organizations, places, states, groups and offences: their lists and pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from graph_api.casefile.value_words import offence_name
from graph_api.values.languages import Language
from graph_api.web.pages.event_rows import event_file_rows, event_table, evidence_cells
from graph_api.web.pages.figures import figure_table
from graph_api.web.pages.labels import LABELS
from graph_api.web.pages.languages import Locale
from graph_api.web.pages.notices import ALL_LINES
from graph_api.web.pages.page import Facet, FileRow, FilterControl, ListPage, Record, RecordPage
from graph_api.web.pages.parts import Cell, References, Row, Text, plain, record_link, record_links

Facts = Iterator[tuple[str, Cell]]


def record_view(
    kicker: str,
    facts: Callable[[Record, Locale, References], Facts],
    numbers_by: str = "about",
) -> Callable[[Record, Locale], Mapping[str, Any]]:
    """Return the view of a record: its name, facts about it, the events that it stands in, and numbers.

    ``numbers_by`` is the parameter that asks for the numbers on their own list.
    """

    def view(record: Record, locale: Locale) -> Mapping[str, Any]:
        references = References(locale)
        cited = references.numbers(record.get("citations") or ())
        title, lang = locale.name(record.get("names") or (), record.get("name") or record["title"])
        figures = record.get("figures")
        return {
            "kicker": locale.text(kicker),
            "title": title,
            "title_lang": lang,
            "cited": cited,
            "spellings": [one["text"] for one in record.get("names") or () if one["text"] != title],
            "facts": [(locale.text(words), cell) for words, cell in facts(record, locale, references) if cell.texts],
            "events": event_table(record["events"], locale),
            "numbers_heading": locale.text("Numbers that rest on it")
            if numbers_by == "source"
            else locale.text("Numbers about it"),
            "numbers_table": figure_table(figures, locale) if figures and figures["totalCount"] else None,
            "numbers_href": f"{locale.prefix}/figures?{urlencode({numbers_by: record['id']})}",
            "references": references.listed(),
        }

    return view


def _row_name(record: Record, locale: Locale, path: str) -> Cell:
    texts = record_link(locale, path, record)
    others = [one["text"] for one in record["names"] if one["text"] != texts[0].text]
    return Cell((*texts, *(Text(one, note=True) for one in others)))


# ── places of detention ─────────────────────────────────────────────────────────────────────────────────────────


def _place(record: Record, locale: Locale) -> tuple[Text, ...]:
    place = record["place"]
    if place is None:
        return ()
    around = place.get("within")
    return (*record_link(locale, "places", place), *(record_link(locale, "places", around) if around else ()))


def _control(record: Record, locale: Locale, references: References | None = None) -> Cell:
    texts: list[Text] = []
    numbers: set[int] = set()
    for one in record["control"]:
        span = locale.span(one["from"], one["until"])
        texts.append(
            Text(f"{locale.label('Country', one['by'])} ({span})" if span else locale.label("Country", one["by"]))
        )
        if references is not None:
            numbers |= set(references.numbers(one["citations"]))
    return Cell(tuple(texts), tuple(sorted(numbers)))


def _site_row(site: Record, locale: Locale) -> Row:
    return Row(
        (
            _row_name(site, locale, "sites"),
            plain(locale.label("SiteKind", site["kind"])),
            Cell(_place(site, locale)),
            _control(site, locale),
            plain(locale.number(site["events"]["totalCount"])),
        )
    )


def _site_file_row(site: Record) -> FileRow:
    return {
        "id": site["id"],
        "name": site["name"],
        "other_names": "; ".join(one["text"] for one in site["names"]),
        "kind": site["kind"],
        "specific": site["specific"],
        "place": site["place"]["name"] if site["place"] else None,
        "within": site["place"]["within"]["name"] if site["place"] and site["place"]["within"] else None,
        "controlled_by": "; ".join(one["by"] for one in site["control"]),
        "events": site["events"]["totalCount"],
        **evidence_cells(site),
    }


SITES: Final = ListPage(
    name="sites",
    path="/sites",
    root="sites",
    title="Places of detention",
    about="Places where people were reported held, as sources name them. Where somebody may be within reach of those who held them, the place is "
    "given by its region, unless a court or official source published it.",
    filter_type="SiteFilter",
    columns=("Place of detention", "Kind", "Where", "Controlled by", "Events"),
    row=_site_row,
    file_row=_site_file_row,
    controls=(
        FilterControl("kind", "Kind", "SiteKind"),
        FilterControl("place", "In the region", options="regions"),
        FilterControl("controlledBy", "Controlled by", "Country"),
        FilterControl("specific", "Told apart from others", "Boolean"),
    ),
    facets=(
        Facet("kind", "Kind", (("kind", "{}"),), "SiteKind", tuple(LABELS["SiteKind"])),
        Facet(
            "controlledBy",
            "Controlled by",
            (("controlledBy", "{}"),),
            "Country",
            tuple(LABELS["Country"]),
            is_list=True,
        ),
        Facet("specific", "Told apart from others", (("specific", "{}"),), "Boolean", tuple(LABELS["Boolean"])),
        Facet("region", "In the region", (("place", "{}"),), options=True, is_list=True),
    ),
    notice=ALL_LINES,
)


def _site_facts(site: Record, locale: Locale, references: References) -> Facts:
    yield "Kind", plain(locale.label("SiteKind", site["kind"]))
    yield "Where", Cell(_place(site, locale))
    yield "Controlled by", _control(site, locale, references)
    if not site["specific"]:
        yield "Which one", plain(locale.text("sources do not tell it apart from others"))
    yield "It may be", Cell(record_links(locale, "sites", site["mayBe"]))


SITE: Final = RecordPage(
    name="site",
    path="/sites/{id}",
    root="site",
    lists=("figures",),
    view=record_view("Place of detention", _site_facts),
    file_rows=event_file_rows,
    notice=ALL_LINES,
    template="record",
)

# ── courts and other organizations ──────────────────────────────────────────────────────────────────────────────


def _court_row(court: Record, locale: Locale) -> Row:
    return Row(
        (
            _row_name(court, locale, "organizations"),
            plain(locale.label("Standing", court["standing"])),
            Cell(record_link(locale, "places", court["place"])),
            plain(locale.number(court["judgments"]["totalCount"])),
        )
    )


def _court_file_row(court: Record) -> FileRow:
    return {
        "id": court["id"],
        "name": court["name"],
        "other_names": "; ".join(one["text"] for one in court["names"]),
        "standing": court["standing"],
        "country": court["country"],
        "place": court["place"]["name"] if court["place"] else None,
        "judgments": court["judgments"]["totalCount"],
        **evidence_cells(court),
    }


COURTS: Final = ListPage(
    name="courts",
    path="/courts",
    root="organizations",
    title="Courts",
    about="Courts that are reported to have judged, under the names that sources give them, each with its standing.",
    filter_type="OrganizationFilter",
    columns=("Court", "Standing", "Where", "Judgments reported"),
    row=_court_row,
    file_row=_court_file_row,
    controls=(FilterControl("standing", "Standing", "Standing"),),
    fixed={"kind": "COURT"},
    notice=ALL_LINES,
)


def _organization_facts(organization: Record, locale: Locale, _references: References) -> Facts:
    if organization["kind"] == "COURT":
        yield "Standing", plain(locale.label("Standing", organization["standing"]))
    yield "Kind", plain(locale.label("OrganizationKind", organization["kind"]))
    yield "Where", Cell(record_link(locale, "places", organization["place"]))


ORGANIZATION: Final = RecordPage(
    name="organization",
    path="/organizations/{id}",
    root="organization",
    lists=("events", "figures"),
    view=record_view("Organization", _organization_facts),
    file_rows=event_file_rows,
    notice=ALL_LINES,
    template="record",
)
COURT: Final = RecordPage(
    name="organization",
    path="/courts/{id}",
    root="organization",
    lists=("events", "figures"),
    view=record_view("Court", _organization_facts),
    file_rows=event_file_rows,
    notice=ALL_LINES,
    template="record",
)


def _offence_row(total: Record, locale: Locale) -> Row:
    code = total["keys"][0]["value"]
    if code is None:
        return Row((plain(locale.text("offence not given in this edition")), *_counts(total, locale)))
    href = f"{locale.prefix}/events?{urlencode({'kind': 'CONVICTION', 'offence': code})}"
    return Row((Cell((Text(offence_label(code, locale), href),)), *_counts(total, locale)))


def _counts(total: Record, locale: Locale) -> tuple[Cell, Cell]:
    return plain(locale.number(total["events"])), plain(locale.number(total["people"]))


def offence_label(code: str, locale: Locale) -> str:
    """Return the code of an offence in words."""
    return offence_name(code, Language[locale.language.name])


OFFENCES: Final = ListPage(
    name="offences",
    path="/offences",
    root="totals",
    title="Offences",
    about="Judgments as reported, by what the court named as the offence. People are those known by name; a judgment that names several offences "
    "stands with each of them.",
    filter_type="EventFilter",
    columns=("As the court named it", "Judgments reported", "People"),
    row=_offence_row,
    file_row=lambda total: {
        "offence": total["keys"][0]["value"],
        "judgments": total["events"],
        "people": total["people"],
    },
    controls=(
        FilterControl("standing", "Standing of the court", "Standing"),
        FilterControl("date_from", "From the day"),
        FilterControl("date_until", "Until the day"),
        FilterControl("inAbsentia", "In the person's absence", "Boolean"),
    ),
    fixed={"kind": "CONVICTION"},
    notice=ALL_LINES,
)

# ── places, states, groups ──────────────────────────────────────────────────────────────────────────────────────


def _place_facts(place: Record, locale: Locale, _references: References) -> Facts:
    yield "Within", Cell(record_link(locale, "places", place["within"]))
    yield "Places of detention", Cell(record_links(locale, "sites", place["sites"]["nodes"]))


def _state_facts(state: Record, locale: Locale, _references: References) -> Facts:
    if total := state["mediated"]["totalCount"]:
        href = f"{locale.prefix}/events?{urlencode({'mediator': state['id'], 'occurrence': 'ANY'})}"
        yield "Events that it is reported to have mediated", Cell((Text(str(locale.number(total)), href),))


def _group_facts(group: Record, locale: Locale, references: References) -> Facts:
    yield "Number", plain(group["size"]["text"] if group["size"] else "")
    yield "Category", plain(locale.label("PersonCategory", group["category"]) if group["category"] else "")
    cited = references.numbers(each for one in group["stating"] for each in one["citations"])
    people = group["members"]["nodes"]
    yield "People known by name who are reported to belong to it", Cell(record_links(locale, "people", people), cited)


PLACE: Final = RecordPage(
    name="place",
    path="/places/{id}",
    root="place",
    lists=("figures",),
    view=record_view("Place", _place_facts),
    file_rows=event_file_rows,
    notice=ALL_LINES,
    template="record",
)
GROUP: Final = RecordPage(
    name="group",
    path="/groups/{id}",
    root="group",
    lists=("events", "figures"),
    view=record_view("Group of unnamed people", _group_facts),
    file_rows=event_file_rows,
    notice=ALL_LINES,
    template="record",
)
STATE: Final = RecordPage(
    name="state",
    path="/states/{id}",
    root="node",
    lists=("events", "figures"),
    view=record_view("State", _state_facts),
    file_rows=event_file_rows,
    notice=ALL_LINES,
    template="record",
)

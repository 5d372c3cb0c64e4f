"""The list of exchanges, and the page of one: its two sides as columns, by name, as groups and in numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from graph_api.web.pages.event_rows import (
    date_cells,
    difference,
    event_name,
    event_path,
    evidence_cells,
    names,
    record_path,
    source_ids,
    speaker_note,
    speakers_notes,
    when,
)
from graph_api.web.pages.figures import derivation, modality_of
from graph_api.web.pages.languages import Locale
from graph_api.web.pages.notices import ALL_LINES
from graph_api.web.pages.page import FileRow, FilterControl, ListPage, Record, RecordPage
from graph_api.web.pages.parts import Cell, References, Row, Text, plain, record_link, record_links
from graph_api.web.pages.responses import too_long

Handovers: TypeAlias = Mapping[str, Sequence[Record]]
"""What is cited for the handover of a person or group, by id."""
HANDED_OVER: Final = "freed"
"""The measure of figures that count those who were handed over."""


def totals_of(figures: Sequence[Record], exchange: str) -> list[Record]:
    """Return those of the figures of a side that count everybody handed over to it in this exchange alone: no breakdowns, no sums over several.

    A figure that is a part of one over all sides is the total of its side.
    """
    of_side = {one["id"] for one in figures}
    return [
        one
        for one in figures
        if one["measure"] == HANDED_OVER
        and (one["total"] is None or one["total"]["id"] not in of_side)
        and not any(one[part] for part in ("category", "sex", "nationality"))
        and [of["id"] for of in one["about"]] == [exchange]
    ]


def headline(figures: Sequence[Record], locale: Locale) -> str:
    """Return one number, or all numbers that are stated where they differ; never an average."""
    texts = list(dict.fromkeys(one["quantity"]["text"] for one in figures))
    if not texts:
        return locale.text("number not given in this edition")
    return f" {locale.text('or')} ".join(texts)


def _exchange_row(exchange: Record, locale: Locale) -> Row:
    href = event_path({**exchange, "kind": "EXCHANGE"}, locale)
    mediators = [Text(one["label"], f"{locale.prefix}/{record_path(one)}") for one in exchange["mediators"]]
    sides: list[Text] = []
    for side in exchange["sides"]:
        numbers = headline(totals_of(side["figures"]["nodes"], exchange["id"]), locale)
        sides.append(Text(locale.text("to %(side)s: %(number)s", side=side["to"]["name"], number=numbers), note=True))
    differs = [one for one in exchange["disputed"] if one not in {"date", "description", "title"}]
    remark = (difference(locale.text("sources differ"), href),) if differs else ()
    named = exchange["freed"]["totalCount"]
    return Row(
        (
            Cell((Text(exchange["title"], href), *remark)),
            Cell(tuple(when({**exchange, "kind": "EXCHANGE"}, locale))),
            Cell(tuple(sides)),
            plain(locale.number(named) if named else ""),
            Cell(tuple(mediators)),
        ),
        anchor=exchange["id"],
    )


def _exchange_file_row(exchange: Record) -> FileRow:
    sides: dict[str, Any] = {}
    for side in exchange["sides"]:
        name = side["to"]["id"]
        sides[f"to_{name}"] = " or ".join(
            dict.fromkeys(one["quantity"]["text"] for one in totals_of(side["figures"]["nodes"], exchange["id"]))
        )
        sides[f"to_{name}_by_name"] = side["freed"]["totalCount"]
    return {
        "id": exchange["id"],
        "title": exchange["title"],
        **date_cells("date", exchange["date"]),
        "announced": exchange["announced"],
        "places": names(exchange["places"]),
        "mediators": "; ".join(one["label"] for one in exchange["mediators"]),
        "part_of": exchange["partOf"]["id"] if exchange["partOf"] else None,
        **evidence_cells(exchange),
        "by_name": exchange["freed"]["totalCount"],
        **sides,
    }


EXCHANGES: Final = ListPage(
    name="exchanges",
    path="/exchanges",
    root="exchanges",
    title="Exchanges",
    about="Handovers of people between sides, as sources report them, each number as its speaker states it.",
    filter_type="EventFilter",
    columns=("Exchange", "When", "Handed over", "Known by name", "Mediated by"),
    row=_exchange_row,
    file_row=_exchange_file_row,
    controls=(
        FilterControl("date_from", "From the day"),
        FilterControl("date_until", "Until the day"),
        FilterControl("mediator", "Mediated by", options="mediators"),
        FilterControl("sourceKind", "Reported by", "SourceKind"),
        FilterControl("occurrence", "Happened or announced", "Occurrence", otherwise="reported as past"),
    ),
    order={"DATE": "date"},
    notice=ALL_LINES,
)


# ── one exchange ────────────────────────────────────────────────────────────────────────────────────────────────


def exchange_view(exchange: Record, locale: Locale) -> Mapping[str, Any]:
    """Return what the page of an exchange shows."""
    references = References(locale)
    cited = references.numbers(exchange["citations"])
    mediators = [
        Cell(
            (*_actor(one["participant"], locale), *speakers_notes(one["citations"], locale)),
            references.numbers(one["citations"]),
        )
        for one in exchange["mediations"]["nodes"]
    ]
    handovers = _handovers(exchange)
    sides = [_side(one, exchange, handovers, locale, references) for one in exchange["sides"]]
    shown = {figure["id"] for side in exchange["sides"] for figure in _figures(side, exchange)}
    others = [one for one in exchange["figures"]["nodes"] if one["id"] not in shown]
    return {
        "title": exchange["title"],
        "announced": exchange["announced"],
        "when": Cell(tuple(when({**exchange, "kind": "EXCHANGE"}, locale)), cited),
        "where": Cell(record_links(locale, "places", exchange["places"]), _cited(exchange["placed"], references)),
        "mediators": mediators,
        "took_part": list(_others(exchange, locale, references)),
        "agreement": _agreement(exchange, locale, references),
        "part_of": Text(event_name(exchange["partOf"], locale), event_path(exchange["partOf"], locale))
        if exchange["partOf"]
        else None,
        "parts": [Text(event_name(one, locale), event_path(one, locale)) for one in exchange["parts"]["nodes"]],
        "sides": sides,
        "unsided": _unsided(exchange, handovers, locale, references),
        "other_figures": [_figure(one, exchange["id"], locale, references) for one in others],
        "references": references.listed(),
        "cut": [
            locale.text(
                "%(list)s: the first %(shown)s of %(total)s.",
                list=locale.text(name),
                shown=locale.number(shown),
                total=locale.number(total),
            )
            for name, shown, total in _cut(_lists(exchange))
        ],
        "path_of_record": f"/exchanges/{exchange['id']}",
        "statements": f"{locale.prefix}/events/{exchange['id']}",
    }


def _lists(exchange: Record) -> list[tuple[str, Record]]:
    """Return the lists of an exchange with their headings, but people by name, of whom each side says how many it shows."""
    parts = exchange["parts"]
    return [
        ("Mediated by", exchange["mediations"]),
        ("Took part as well", exchange["others"]),
        ("Its parts", parts),
        ("References", exchange["handovers"]),
        *(("References", one["handovers"]) for one in parts["nodes"]),
        *(("Groups of unnamed people", one["groups"]) for one in exchange["sides"]),
        ("Numbers, as stated", exchange["figures"]),
    ]


def _cut(lists: Iterable[tuple[str, Record]]) -> Iterator[tuple[str, int, int]]:
    """Yield heading, records that are there and records in all of those lists that are longer than what was asked of them."""
    for name, found in lists:
        if len(found["nodes"]) < found["totalCount"]:
            yield name, len(found["nodes"]), found["totalCount"]


def _cited(claims: Iterable[Record], references: References) -> tuple[int, ...]:
    """Return the numbers of the sources of claims."""
    return references.numbers(each for one in claims for each in one["citations"])


def _others(exchange: Record, locale: Locale, references: References) -> Iterator[Cell]:
    """Yield who took part besides those handed over and the mediators, each with the part."""
    for one in exchange["others"]["nodes"]:
        if one["role"] not in {"SUBJECT", "MEDIATOR"}:
            part = Text(locale.label("Role", one["role"]), note=True)
            texts = (*_actor(one["participant"], locale), part, *speakers_notes(one["citations"], locale))
            yield Cell(texts, references.numbers(one["citations"]))


def _agreement(exchange: Record, locale: Locale, references: References) -> Cell | None:
    """Return the agreement under which an exchange stands."""
    found = exchange["agreement"]
    if found is None:
        return None
    link = Text(event_name(found, locale), event_path(found, locale))
    return Cell((link,), _cited(exchange["agreed"], references))


def _actor(actor: Record, locale: Locale) -> tuple[Text, ...]:
    return record_link(locale, record_path(actor).partition("/")[0], actor)


def _side(
    side: Record, exchange: Record, handovers: Handovers, locale: Locale, references: References
) -> Mapping[str, Any]:
    figures = _figures(side, exchange)
    totals = totals_of(figures, exchange["id"])
    alone = [one for one in figures if [of["id"] for of in one["about"]] == [exchange["id"]]]
    wider = [one for one in figures if one not in alone]
    people, groups = side["freed"], side["groups"]
    return {
        "name": locale.text("To %(side)s", side=side["to"]["name"]),
        "from": side["from"]["name"] if side["from"] else None,
        "headline": headline(totals, locale),
        "differs": len({one["quantity"]["text"] for one in totals}) > 1,
        "figures": list(_nested(alone, exchange["id"], locale, references)),
        "wider": list(_nested(wider, exchange["id"], locale, references)),
        "people": [_person(one, handovers, locale, references) for one in people["nodes"]],
        "people_total": people["totalCount"],
        "groups": [_group(one, handovers, locale, references) for one in groups["nodes"]],
    }


def _person(person: Record, handovers: Handovers, locale: Locale, references: References) -> Cell:
    return Cell(record_link(locale, "people", person), references.numbers(handovers.get(person["id"], ())))


def _group(group: Record, handovers: Handovers, locale: Locale, references: References) -> Cell:
    texts = (Text(group["name"], f"{locale.prefix}/groups/{group['id']}"), *_size(group))
    return Cell(texts, references.numbers(handovers.get(group["id"], ())))


def _without_side(exchange: Record) -> list[Record]:
    """Return the people and groups handed over in an exchange, where no source says to which side."""
    return [one["participant"] for one in exchange["handovers"]["nodes"] if one["side"] is None]


def _unsided(exchange: Record, handovers: Handovers, locale: Locale, references: References) -> list[Cell]:
    """Return the people and groups of whom no source says to which side they were handed over."""
    return [
        (_group if one["__typename"] == "Group" else _person)(one, handovers, locale, references)
        for one in _without_side(exchange)
    ]


def _figures(side: Record, exchange: Record) -> list[Record]:
    """Return the figures about one direction of an exchange."""
    return [one for one in exchange["figures"]["nodes"] if one["side"] and one["side"]["id"] == side["to"]["id"]]


def _handovers(exchange: Record) -> Handovers:
    """Return what is cited for the handover of each person and group, in the exchange or a part of it."""
    found: dict[str, list[Record]] = {}
    for event in (exchange, *exchange["parts"]["nodes"]):
        for one in event["handovers"]["nodes"]:
            found.setdefault(one["participant"]["id"], []).extend(one["citations"])
    return found


def _size(group: Record) -> tuple[Text, ...]:
    return (Text(group["size"]["text"]),) if group["size"] else ()


def _nested(
    figures: Sequence[Record], exchange: str, locale: Locale, references: References, total: str | None = None
) -> Iterator[tuple[Cell, list[Any]]]:
    """Yield figures with their breakdowns below them."""
    ids = {one["id"] for one in figures}
    for one in figures:
        above = one["total"]["id"] if one["total"] and one["total"]["id"] in ids else None
        if above == total:
            yield (
                _figure(one, exchange, locale, references),
                list(_nested(figures, exchange, locale, references, one["id"])),
            )


def _figure(figure: Record, exchange: str, locale: Locale, references: References) -> Cell:
    text = figure["quantity"]["text"]
    kinds = []
    if figure["category"]:
        kinds.append(locale.label("PersonCategory", figure["category"]))
    if figure["nationality"]:
        kinds.append(locale.text("nationality %(code)s", code=figure["nationality"]))
    if figure["sex"] and figure["sex"] != "UNKNOWN":
        kinds.append(locale.label("Sex", figure["sex"]))
    words = f"{text} ({', '.join(kinds)})" if kinds else text
    if figure["measure"] != HANDED_OVER:
        words = f"{words} – {locale.measure(figure['measure'])}"
    texts = [Text(words)]
    if figure["saidBy"]:
        texts.append(speaker_note(figure["saidBy"], locale))
    texts += derivation(figure, locale)
    others = [one for one in figure["about"] if one["id"] != exchange]
    if others:
        n = len(figure["about"])
        texts.append(Text(locale.plural("%(n)s events together", "%(n)s events together", n), note=True))
    return Cell(tuple(texts), references.numbers(figure["citations"]))


def _figure_rows(exchange: Record) -> list[FileRow]:
    """Return everybody who was handed over by name, the groups, and the numbers, as lines of a file; "to" is empty where no source says it.

    Raises HttpError where a list is longer than what was asked of it: a file is never cut.
    """
    by_name = [("By name", one["freed"]) for one in exchange["sides"]]
    for _, given, total in _cut([*_lists(exchange), *by_name]):
        raise too_long(total, given)
    rows: list[FileRow] = []
    handovers = {id_: source_ids(cited) for id_, cited in _handovers(exchange).items()}
    shown: set[str] = set()
    for side in exchange["sides"]:
        base = {
            "exchange": exchange["id"],
            "to": side["to"]["name"],
            "from": side["from"]["name"] if side["from"] else None,
        }
        figures = _figures(side, exchange)
        shown |= {one["id"] for one in figures}
        rows += [_handover_row(base, "PERSON", one, handovers) for one in side["freed"]["nodes"]]
        rows += [_handover_row(base, "GROUP", one, handovers) for one in side["groups"]["nodes"]]
        rows += [_figure_row(base, one) for one in figures]
    apart = {"exchange": exchange["id"], "to": None, "from": None}
    rows += [_handover_row(apart, one["__typename"].upper(), one, handovers) for one in _without_side(exchange)]
    rows += [
        _figure_row({**apart, "to": one["side"]["name"] if one["side"] else None}, one)
        for one in exchange["figures"]["nodes"]
        if one["id"] not in shown
    ]
    columns = dict.fromkeys(column for row in rows for column in row)
    return [{column: row.get(column) for column in columns} for row in rows]


def _handover_row(base: FileRow, kind: str, record: Record, handovers: Mapping[str, str]) -> FileRow:
    number = {"number": record["size"]["text"] if record["size"] else None} if kind == "GROUP" else {}
    sources = handovers.get(record["id"])
    return {**base, "kind": kind, "id": record["id"], "name": record["name"], **number, "sources": sources}


def _figure_row(base: FileRow, figure: Record) -> FileRow:
    return {
        **base,
        "kind": "FIGURE",
        "id": figure["id"],
        "name": figure["measure"],
        "number": figure["quantity"]["text"],
        "category": figure["category"],
        "sex": figure["sex"],
        "nationality": figure["nationality"],
        "said_by": figure["saidBy"]["name"] if figure["saidBy"] else None,
        "modality": modality_of(figure),
        "part_of_figure": figure["total"]["id"] if figure["total"] else None,
        "counts_over": "; ".join(of["id"] for of in figure["about"]),
        "sources": source_ids(figure["citations"]),
    }


EXCHANGE: Final = RecordPage(
    name="exchange",
    path="/exchanges/{id}",
    root="exchange",
    view=exchange_view,
    file_rows=_figure_rows,
    notice=ALL_LINES,
)

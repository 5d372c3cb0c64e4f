"""Numbers as their speakers state them: the list, and the page of one with what it counts over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from graph_api.web.pages.event_rows import evidence_cells, record_path
from graph_api.web.pages.languages import Locale
from graph_api.web.pages.notices import ALL_LINES
from graph_api.web.pages.page import FileRow, FilterControl, ListPage, Record, RecordPage
from graph_api.web.pages.parts import Cell, References, Row, Table, Text, plain


def _number(figure: Record) -> str:
    return str(figure["quantity"]["text"])


def _of_whom(figure: Record, locale: Locale) -> str:
    """Return what narrows a number, in words."""
    parts = [locale.label("PersonCategory", figure["category"])] if figure["category"] else []
    if figure["sex"] and figure["sex"] != "UNKNOWN":
        parts.append(locale.label("Sex", figure["sex"]))
    if figure["nationality"]:
        parts.append(locale.text("nationality %(code)s", code=figure["nationality"]))
    return ", ".join(parts)


def _measure(figure: Record, locale: Locale) -> Text:
    """Return what a number counts, in words."""
    words, lang = locale.name((), locale.measure(figure["measure"]))
    return Text(words, lang=lang)


def _about(figure: Record, locale: Locale) -> tuple[Text, ...]:
    return _records(figure["about"], locale)


def _records(records: Sequence[Record], locale: Locale) -> tuple[Text, ...]:
    named = [(one, locale.name((), one["label"])) for one in records]
    return tuple(Text(text, f"{locale.prefix}/{record_path(one)}", lang) for one, (text, lang) in named)


def modality_of(figure: Record) -> str | None:
    """Return how the number is said, where all claims agree: DERIVED was worked out from others, IMPLIED follows from what a source says."""
    found = {one["modality"] for one in figure["stating"]}
    return found.pop() if len(found) == 1 else None


def derivation(figure: Record, locale: Locale) -> tuple[Text, ...]:
    """Return a remark where no source states the number in these words."""
    match modality_of(figure):
        case "DERIVED":
            return (Text(locale.text("worked out from other claims"), note=True),)
        case "IMPLIED":
            return (Text(locale.text("follows from what the source says"), note=True),)
        case _:
            return ()


def _speaker(figure: Record, locale: Locale) -> Cell:
    """Return who states the number. What was worked out is not said by the source itself."""
    said_by, remark = figure["saidBy"], derivation(figure, locale)
    if said_by:
        return Cell((Text(said_by["name"]), *remark))
    return Cell((Text(remark[0].text),)) if remark else plain(locale.text("the source itself"))


def _row(figure: Record, locale: Locale) -> Row:
    sources = {one["source"]["id"] for one in figure["citations"]}
    measure = [_measure(figure, locale)]
    if words := _of_whom(figure, locale):
        measure.append(Text(words, note=True))
    return Row(
        (
            Cell((Text(_number(figure), f"{locale.prefix}/figures/{figure['id']}", locale.english),)),
            Cell(tuple(measure)),
            plain(figure["side"]["name"] if figure["side"] else ""),
            Cell(_about(figure, locale)),
            _speaker(figure, locale),
            plain(str(locale.number(len(sources)))),
        )
    )


def _edtf(span: Record | None, end: str) -> str | None:
    return span[end]["edtf"] if span and span[end] else None


def _file_row(figure: Record) -> FileRow:
    return {
        "id": figure["id"],
        "number": _number(figure),
        "low": figure["quantity"]["low"],
        "high": figure["quantity"]["high"],
        "measure": figure["measure"],
        **{name: figure[name] for name in ("category", "sex", "nationality")},
        "side": figure["side"]["id"] if figure["side"] else None,
        "counts_over": "; ".join(one["id"] for one in figure["about"]),
        "said_by": figure["saidBy"]["name"] if figure["saidBy"] else None,
        "modality": modality_of(figure),
        "as_of": figure["asOf"]["edtf"] if figure["asOf"] else None,
        "period_start": _edtf(figure["period"], "start"),
        "period_end": _edtf(figure["period"], "end"),
        "part_of_figure": figure["total"]["id"] if figure["total"] else None,
        **evidence_cells({"disputed": (), **figure}),
    }


FIGURE_COLUMNS: Final = ("Number", "What is counted", "Side", "About", "According to", "Sources")


def figure_table(figures: Record, locale: Locale) -> Table:
    """Return a connection of numbers as a table; its caption says how many there are and whether all are shown."""
    nodes, total = figures["nodes"], figures["totalCount"]
    caption = locale.plural("%(n)s number", "%(n)s numbers", total)
    if len(nodes) < total:
        caption = locale.text("The first %(shown)s of %(total)s numbers", shown=len(nodes), total=total)
    return Table(caption, tuple(locale.text(one) for one in FIGURE_COLUMNS), tuple(_row(one, locale) for one in nodes))


FIGURES: Final = ListPage(
    name="figures",
    path="/figures",
    root="figures",
    title="Numbers",
    about="Numbers as one speaker states them, each with what it counts over. What a second speaker states is a second number; they are never added up.",
    filter_type="FigureFilter",
    columns=FIGURE_COLUMNS,
    row=_row,
    file_row=_file_row,
    controls=(
        FilterControl("category", "Category", "PersonCategory"),
        FilterControl("sex", "Sex", "Sex"),
    ),
    notice=ALL_LINES,
)


def figure_view(figure: Record, locale: Locale) -> Mapping[str, Any]:
    """Return what the page of a number shows."""
    references = References(locale)
    cited = references.numbers(figure["citations"])
    return {
        "title": _number(figure),
        "title_lang": locale.english,
        "facts": [(locale.text(words), cell) for words, cell in _facts(figure, locale) if cell.texts],
        "cited": cited,
        "references": references.listed(),
    }


def _facts(figure: Record, locale: Locale) -> Iterator[tuple[str, Cell]]:
    total, period = figure["total"], figure["period"]
    yield "What is counted", Cell((_measure(figure, locale),))
    yield "Of whom", plain(_of_whom(figure, locale))
    yield "Side", plain(figure["side"]["name"] if figure["side"] else "")
    yield "About", Cell(_about(figure, locale))
    yield "According to", _speaker(figure, locale)
    yield "As of", plain(locale.date(figure["asOf"]))
    yield "Period", plain(locale.span(period["start"], period["end"]) if period else "")
    yield "Part of", Cell(_figure_link(total, locale) if total else ())
    yield "Its parts", Cell(tuple(text for one in figure["breakdown"] for text in _figure_link(one, locale)))
    yield "Counts in", Cell(_records(figure["includes"], locale))
    yield "Leaves out", Cell(_records(figure["excludes"], locale))
    yield "Whether it counts in is not clear", Cell(_records(figure["unclear"], locale))


def _figure_link(figure: Record, locale: Locale) -> tuple[Text, ...]:
    return (Text(figure["label"], f"{locale.prefix}/figures/{figure['id']}", locale.english),)


FIGURE: Final = RecordPage(
    name="figure",
    path="/figures/{id}",
    root="figure",
    view=figure_view,
    file_rows=lambda figure: [_file_row(figure)],
    notice=ALL_LINES,
)

"""Numbers as their speakers state them: the list, and the page of one with what it counts over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from graph_api.web.pages.event_rows import evidence_cells, record_path
from graph_api.web.pages.languages import Locale
from graph_api.web.pages.notices import ALL_LINES
from graph_api.web.pages.page import FileRow, FilterControl, ListPage, Record, RecordPage
from graph_api.web.pages.parts import Cell, References, Row, Text, plain


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
    named = [(one, locale.name((), one["label"])) for one in figure["about"]]
    return tuple(Text(text, f"{locale.prefix}/{record_path(one)}", lang) for one, (text, lang) in named)


def _speaker(figure: Record, locale: Locale) -> Cell:
    said_by = figure["saidBy"]
    return plain(said_by["name"] if said_by else locale.text("the source itself"))


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
        "part_of_figure": figure["total"]["id"] if figure["total"] else None,
        **evidence_cells({"disputed": (), **figure}),
    }


FIGURES: Final = ListPage(
    name="figures",
    path="/figures",
    root="figures",
    title="Numbers",
    about="Numbers as one speaker states them, each with what it counts over. What a second speaker states is a second number; they are never added up.",
    filter_type="FigureFilter",
    columns=("Number", "What is counted", "Side", "About", "According to", "Sources"),
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
    total = figure["total"]
    yield "What is counted", Cell((_measure(figure, locale),))
    yield "Of whom", plain(_of_whom(figure, locale))
    yield "Side", plain(figure["side"]["name"] if figure["side"] else "")
    yield "About", Cell(_about(figure, locale))
    yield "According to", _speaker(figure, locale)
    yield "As of", plain(locale.date(figure["asOf"]))
    yield "Part of", Cell((Text(total["id"], f"{locale.prefix}/figures/{total['id']}"),) if total else ())


FIGURE: Final = RecordPage(
    name="figure",
    path="/figures/{id}",
    root="figure",
    view=figure_view,
    file_rows=lambda figure: [_file_row(figure)],
    notice=ALL_LINES,
)

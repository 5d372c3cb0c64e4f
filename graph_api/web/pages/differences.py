"""Where sources, dates, numbers and names cannot all be right."""

from __future__ import annotations

from typing import Final

from graph_api.web.pages.event_rows import record_path
from graph_api.web.pages.languages import Locale
from graph_api.web.pages.notices import ALL_LINES
from graph_api.web.pages.page import FileRow, FilterControl, ListPage, Record
from graph_api.web.pages.parts import Cell, Row, Text

SAID_BY_KIND: Final = frozenset({("COUNT", "quantity"), ("SUM", "quantity"), ("DATE", "date")})
"""Kinds that already say which property differs."""


def difference_row(found: Record, locale: Locale) -> Row:
    """Return a difference as a row."""
    subject = found["subject"]
    name = found["property"]
    words = locale.labels("Property").get(name, "") if name and (found["kind"], name) not in SAID_BY_KIND else ""
    return Row(
        (
            Cell((Text(subject["label"], f"{locale.prefix}/{record_path(subject)}"),)),
            Cell((Text(locale.label("DifferenceKind", found["kind"])), *((Text(words, note=True),) if words else ()))),
            Cell((Text(found["explanation"]),)),
        )
    )


def _difference_file_row(found: Record) -> FileRow:
    sources = {cite["source"]["id"]: cite["source"]["url"] for one in found["claims"] for cite in one["citations"]}
    return {
        "id": found["id"],
        "kind": found["kind"],
        "subject": found["subject"]["id"],
        "subject_label": found["subject"]["label"],
        "property": found["property"],
        "explanation": found["explanation"],
        "claims": "; ".join(one["id"] for one in found["claims"]),
        "sources": "; ".join(sources),
        "source_urls": " ".join(url for url in sources.values() if url),
    }


DIFFERENCES: Final = ListPage(
    name="differences",
    path="/differences",
    root="differences",
    title="Where sources differ",
    about="Dates, sentences, places, numbers and names that cannot all be right. What may both be right, such as two offences, is no difference.",
    filter_type="Query.differences",
    columns=("Record", "What differs", "What is said"),
    row=difference_row,
    file_row=_difference_file_row,
    controls=(FilterControl("kind", "What differs", "DifferenceKind"),),
    notice=ALL_LINES,
)

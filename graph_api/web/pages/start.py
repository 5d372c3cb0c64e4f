"""The first page: what this is, what the graph holds, and the ways into it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from graph_api.web.pages.languages import Locale
from graph_api.web.pages.page import PlainPage, Record
from graph_api.web.pages.questions import question_links

FIRST_QUESTIONS: Final = (
    "who-was-held-at-a-site",
    "detained-in-a-region-in-a-span",
    "exchanges-by-mediator-and-year",
    "one-exchange-as-each-side-counts-it",
    "one-case-line-by-line",
    "everything-disputed",
)
"""The questions that the first page offers, by name."""
WAYS_IN: Final = (
    (
        "/people",
        "People",
        "subjects",
        "People to whom, as sources report, something happened: what, in order, with the reference behind each line.",
    ),
    (
        "/sites",
        "Places of detention",
        "sites",
        "Where people were reported held, and by whom the place was controlled.",
    ),
    ("/exchanges", "Exchanges", "exchanges", "Who was handed over to which side, by name, as groups and in numbers."),
    ("/courts", "Courts", "courts", "Judgments as reported, with the standing of each court."),
    ("/differences", "Where sources differ", None, "Dates, sentences, places and numbers that cannot all be right."),
    ("/sources", "Sources", "sources", "What rests on which publication."),
)
"""Path, title, count and words of each."""


def start_view(data: Record, locale: Locale) -> Mapping[str, Any]:
    """Return what the first page shows."""
    counts = {name: value["totalCount"] for name, value in data.items()}
    return {
        "counts": counts,
        "ways": [
            (f"{locale.prefix}{path}", locale.text(title), counts[count] if count else None, locale.text(words))
            for path, title, count, words in WAYS_IN
        ],
        "questions": question_links(FIRST_QUESTIONS, locale),
    }


START: Final = PlainPage(name="start", path="/", view=start_view)

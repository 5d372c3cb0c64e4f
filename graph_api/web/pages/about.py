"""What these pages are: promises, method, words, limits, what is logged, licence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from graph_api.web.pages.languages import Locale
from graph_api.web.pages.notices import ALL_LINES, fixed_lines
from graph_api.web.pages.page import PlainPage, Record

SECTIONS: Final = (
    (
        "Three promises",
        (
            "Nothing without a source: every line cites the place in a publication that says it.",
            "Nothing shown that should be hidden: what could harm somebody who may be within reach of those who held them is not in this edition.",
            "Nothing lost or silently cut off: a list says how many records it has and which part is shown; a file that would be too long is an error.",
        ),
    ),
    (
        "How sources are read",
        (
            "What a source says is kept as it says it, with who said it. Where sources cannot all be right, all of it stays, and the page says what is "
            "shown and why.",
            "A source that repeats another adds no weight. Where nobody has looked whether a source repeats another, its origin is said to be not checked.",
            "A date is shown as it is stated. An event without a date stands where the order that sources state puts it, and is drawn hatched.",
        ),
    ),
    (
        "What it does not say",
        (
            "This edition is a selection and not exhaustive. That somebody or something is not in it proves nothing, and nobody's silence is news.",
            "Words follow the reports: somebody is reported taken, held, sentenced or handed over. Names of offences are those that a court used.",
        ),
    ),
    (
        "What is known of readers",
        (
            "These pages load nothing from other servers and set no cookies. What is searched for is sent in the body of a request and is in no log; "
            "logs hold the kind of a page and not whose it is.",
        ),
    ),
    (
        "Use and licence",
        (
            "Each page is also there as JSON, and each list as a table for spreadsheets. The data is licensed under CC BY 4.0, the program under "
            "Apache 2.0. Files contain personal data: refresh them, and delete them when they are no longer needed.",
        ),
    ),
)  # fmt: skip
"""Headings with their paragraphs."""


def _about_view(_data: Record, locale: Locale) -> Mapping[str, Any]:
    return {
        "sections": [(locale.text(heading), [locale.text(one) for one in texts]) for heading, texts in SECTIONS],
        "notice": fixed_lines(ALL_LINES, locale),
    }


ABOUT: Final = PlainPage(name="about", path="/about", view=_about_view, has_operation=False)

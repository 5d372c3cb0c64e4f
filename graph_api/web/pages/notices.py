"""Which of the fixed lines stand on a page or file that shows judgments or custody; their words are those of case files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph_api.casefile.notices import notice_lines
from graph_api.evidence.status_text import Language
from graph_api.web.pages.languages import Locale

ALL_LINES: Final = (1, 2, 3, 4, 5, 6)
"""The numbers of all of them, from 1."""


def fixed_lines(numbers: Sequence[int], locale: Locale) -> list[str]:
    """Return fixed lines in the language of a page."""
    every = notice_lines(Language(locale.language.value.upper()))
    return [every[number - 1] for number in numbers]

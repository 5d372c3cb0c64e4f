"""The fixed lines that stand on every page and file that shows judgments or custody; they are translated as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph_api.web.pages.languages import Locale

FIXED_LINES: Final = (
    "Recording a judgment recognises neither the court, nor the law that it applied, nor its findings. Names of courts, authorities and places "
    "are those of the sources and say nothing of the status of any territory.",
    "This file states what the cited sources report. It makes no finding of fact and determines nobody's status under the Geneva Conventions.",
    '"In custody" means deprived of liberty, by whomever and whether acknowledged or not; it does not say that there is a legal basis.',
    '"Last reported" is not "now": no later report in this edition does not mean that nothing has changed.',
    "For everyone who may be within reach of those who held them, this edition gives no health, relatives or counsel, and no place of detention "
    "finer than its region unless a court or official source published it. The rule is the same for all and says nothing of what exists.",
    "That somebody was handed over in an exchange does not mean that they could lawfully be held or exchanged.",
)
"""In their order; pages name them by their numbers from 1."""
ALL_LINES: Final = (1, 2, 3, 4, 5, 6)


def fixed_lines(numbers: Sequence[int], locale: Locale) -> list[str]:
    """Return fixed lines in the language of a page."""
    return [locale.text(FIXED_LINES[number - 1]) for number in numbers]

"""Headings and head lines of a printed case file, in English and Ukrainian."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_api.casefile.messages import Message

HEADINGS: Final[Mapping[str, Message]] = {
    "title": Message("Case file: {name}", "Зведена довідка про особу: {name}", {"name": "Iryna Example"}),
    "edition": Message("Public edition", "Публічна версія"),
    "restricted": Message("Restricted edition", "Версія для обмеженого кола"),
    "known-to": Message(
        "Reflects sources read up to {date}.", "За джерелами, прочитаними до {date} включно.", {"date": "22 November 2026"}
    ),
    "known-on": Message("As known on {date}.", "Станом на {date}.", {"date": "1 September 2024"}),
    "as-of": Message(
        "As known on {date}: a source counts from the last possible day of its publication. Without a publication date are {undated} of the {all} "
        "sources of this edition; they count from the day on which they were read.",
        "Станом на {date}: джерело враховано від останнього можливого дня його публікації. Без дати публікації: {undated} з {all} джерел "
        "цієї версії; їх ураховано від дня прочитання.",
        {"date": "1 September 2024", "undated": "125", "all": "328"},
    ),
    "spellings": Message("Other spellings: {names}", "Інші написання: {names}", {"names": "Ірина Приклад"}),
    "status": Message("Last reported", "За останніми повідомленнями"),
    "stays": Message("Stays", "Місця перебування"),
    "companions": Message("Held at the same site", "Перебували в тому самому місці несвободи"),
    "differences": Message("Where sources differ", "Де джерела розходяться"),
    "gaps": Message("Gaps", "Періоди без відомостей"),
    "leads": Message("Questions left open", "Питання для з’ясування"),
    "about": Message("About this person", "Про цю особу"),
    "timeline": Message("What happened, in order", "Перебіг подій"),
    "undated": Message("No date and no order stated", "Дати й черговості не зазначено"),
    "announced": Message("Announced", "Лише оголошено наперед"),
    "references": Message("References", "Посилання на джерела"),
    "hashes": Message(
        "Content hash {content}; made from the graph {graph}.", "Геш вмісту: {content}; з графа: {graph}.",
        {"content": "9410…", "graph": "1c6a…"},
    ),
}  # fmt: skip
"""Every heading by its key."""

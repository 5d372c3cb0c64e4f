"""The questions of the cookbook as forms: their values can be changed, and the answer is a table where it has that form, else a tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from graph_api.errors import InvalidQuery
from graph_api.export.rows import answer_rows, flat_rows
from graph_api.web.graphiql_page import cookbook
from graph_api.web.pages.languages import Locale
from graph_api.web.pages.listing import notes_of
from graph_api.web.pages.parts import Row, Table, Text, plain
from graph_api.web.pages.question_fields import QuestionField

OPERATION: Final = re.compile(r"^query (\w+)", re.MULTILINE)
WORD: Final = re.compile(r"(?<!^)(?=[A-Z])")
SEARCHES: Final = frozenset({"search-by-cyrillic-name"})
"""Questions whose values are names: they are asked through ``/find``, since addresses are written to logs."""


@dataclass(frozen=True, slots=True)
class StoredQuestion:
    """A question in words, its operation, and the values that it has without others being asked for."""

    name: str
    words: str
    operation: str
    values: Mapping[str, Any]

    def with_values(self, given: Sequence[tuple[str, str]]) -> dict[str, Any]:
        """Return the variables with the values of a query string in the place of the stored ones. Raises InvalidQuery."""
        texts: dict[str, list[str]] = {}
        for name, text in given:
            if name not in self.values:
                known = ", ".join(self.values) or "none"
                raise InvalidQuery(f"Unknown parameter '{name[:60]}': expected one of {known}.")
            if text.strip():
                texts.setdefault(name, []).append(text.strip())
        return {**self.values, **{name: _parsed(name, found, self.values[name]) for name, found in texts.items()}}


def _parsed(name: str, texts: Sequence[str], stored: Any) -> Any:
    """Return a value of the type of the stored one."""
    if isinstance(stored, list):
        return [part.strip() for text in texts for part in text.split(",") if part.strip()]
    if len(texts) > 1:
        raise InvalidQuery(f"Parameter '{name}' is given {len(texts)} times: expected one value.")
    if isinstance(stored, int | float) and not isinstance(stored, bool):
        try:
            return int(texts[0]) if isinstance(stored, int) else float(texts[0])
        except ValueError:
            raise InvalidQuery(f"Invalid {name} '{texts[0][:60]}': expected a number.") from None
    return texts[0]


@cache
def questions() -> dict[str, StoredQuestion]:
    """Return every question with an operation that has a name, by that name in lower case with hyphens."""
    found = {}
    for text, values in cookbook():
        match = OPERATION.search(text)
        if match is None:
            continue
        name = WORD.sub("-", match[1]).lower()
        words = " ".join(line[1:].strip() for line in text.splitlines() if line.startswith("#"))
        if name not in SEARCHES:
            found[name] = StoredQuestion(name, words, text, values)
    return found


def questions_view(locale: Locale) -> dict[str, Any]:
    """Return what the list of questions shows."""
    return {"questions": question_links(questions(), locale)}


def question_links(names: Iterable[str], locale: Locale) -> list[Text]:
    """Return links to questions by name, each in the language of the page where it is translated, else in English."""
    links = []
    for name in names:
        words = questions()[name].words
        shown = locale.translations.gettext(words)
        lang = locale.english if shown == words else None
        links.append(Text(shown, f"{locale.prefix}/questions/{name}", lang=lang))
    return links


def question_view(
    question: StoredQuestion, fields: Sequence[QuestionField], body: Mapping[str, Any], locale: Locale
) -> dict[str, Any]:
    """Return what the page of a question shows: its form, and its answer as a table, or as a tree where it has no such form."""
    return {
        "question": question,
        "fields": fields,
        "table": _table(body["data"], locale),
        "data": body["data"],
        "notes": notes_of(body),
    }


def _table(data: Mapping[str, Any], locale: Locale) -> Table | None:
    try:
        columns, rows = flat_rows(answer_rows(data))
    except InvalidQuery:
        return None
    if not rows:
        return None
    drawn = tuple(Row(tuple(plain(_text(row.get(column), locale)) for column in columns)) for row in rows)
    return Table(
        locale.plural("%(n)s row", "%(n)s rows", len(rows)),
        tuple(column.replace("_", " ") for column in columns),
        drawn,
    )


def _text(value: Any, locale: Locale) -> str:
    if value is None:
        return ""
    return locale.label("Boolean", str(value).lower()) if isinstance(value, bool) else str(locale.number(value))

"""The languages of the pages: what is translated comes from the catalogues in ``translations/``, names from the records themselves."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from graph_api.compiler.measure_text import measure_words
from graph_api.values.dates import When
from graph_api.values.languages import Language
from graph_api.values.spans import span_words
from graph_api.web.pages.labels import LABELS

FOLDER: Final = Path(__file__).parent / "translations"
CYRILLIC: Final = re.compile("[\u0400-\u04ff]")


class PageLanguage(StrEnum):
    """A language of the pages, by its BCP-47 tag."""

    EN = "en"
    UK = "uk"


LANGUAGES: Final = (PageLanguage.EN, PageLanguage.UK)
"""Those that have a complete catalogue: pages are served in these."""


@dataclass(frozen=True, slots=True)
class Locale:
    """One language with its translations: what templates and views need to write in it."""

    language: PageLanguage
    translations: gettext.NullTranslations

    @property
    def prefix(self) -> str:
        """What the paths of the pages in this language begin with."""
        return "" if self.language is PageLanguage.EN else f"/{self.language}"

    @property
    def english(self) -> str | None:
        """The language tag for a text in English on a page of this language; None where the page is in English."""
        return None if self.language is PageLanguage.EN else PageLanguage.EN.value

    def text(self, message: str, /, **values: Any) -> str:
        """Return a message in this language with its values, numbers with separators."""
        return self.translations.gettext(message) % {name: self.number(value) for name, value in values.items()}

    def plural(self, singular: str, plural: str, n: int, /, **values: Any) -> str:
        """Return a message for a number; the message has it as ``%(n)s``."""
        found = self.translations.ngettext(singular, plural, n)
        return found % {name: self.number(value) for name, value in {"n": n, **values}.items()}

    def number(self, value: Any) -> Any:
        """Return a number with its thousands separated; anything else as it is."""
        if not isinstance(value, int) or isinstance(value, bool):
            return value
        return f"{value:,}" if self.language is PageLanguage.EN else f"{value:,}".replace(",", "\u00a0")

    def label(self, enum: str, value: str | None) -> str:
        """Return the words for a value of a closed list; "not given in this edition" for none."""
        return self.text(LABELS[enum].get(value or "", NOT_GIVEN))

    def labels(self, enum: str) -> Mapping[str, str]:
        """Return the words for every value of a closed list that may be chosen."""
        return {value: self.text(words) for value, words in LABELS[enum].items()}

    def measure(self, measure: str) -> str:
        """Return what a figure counts, in words: a measure that is not of the list as it is.

        >>> locale(PageLanguage.EN).measure("freed"), locale(PageLanguage.UK).measure("freed")
        ('handed over', 'передано')
        """
        return measure_words(measure, Language[self.language.name])

    def date(self, when: Mapping[str, Any] | None) -> str:
        """Return a date in words, as the source states it; an empty text for none."""
        return "" if when is None else self.day(when["edtf"])

    def span(self, start: Mapping[str, Any] | None, end: Mapping[str, Any] | None) -> str:
        """Return a span between two dates, of which either may be open, in words; an empty text for none.

        >>> locale(PageLanguage.UK).span({"edtf": "2022-05"}, {"edtf": "2024-08"})
        'з травня 2022 року по серпень 2024 року'
        """
        ends = (start["edtf"] if start else None, end["edtf"] if end else None)
        return span_words(*ends, Language[self.language.name]) if any(ends) else ""

    def day(self, day: str) -> str:
        """Return a day, or any date as written, in words.

        >>> locale(PageLanguage.EN).day("2024-10-18"), locale(PageLanguage.UK).day("2024-10-18")
        ('18 October 2024', '18 жовтня 2024 року')
        """
        return When.parse(day).display_in(Language[self.language.name])

    def name(self, names: Iterable[Mapping[str, Any]], shown: str) -> tuple[str, str | None]:
        """Return the name for a reader of this language, and its language tag where it is in another script than the page."""
        if self.language is not PageLanguage.EN:
            shown = next((one["text"] for one in names if one["language"] == self.language), shown)
        is_cyrillic = CYRILLIC.search(shown) is not None
        if is_cyrillic == (self.language is PageLanguage.UK):
            return shown, None
        return shown, "uk" if is_cyrillic else "en"


@cache
def locale(language: PageLanguage) -> Locale:
    """Return a language with its catalogue, read once."""
    if language is PageLanguage.EN:
        return Locale(language, gettext.NullTranslations())
    with (FOLDER / f"{language}.mo").open("rb") as file:
        return Locale(language, gettext.GNUTranslations(file))


NOT_GIVEN: Final = "not given in this edition"


def listed(texts: Sequence[str]) -> str:
    """Return texts as one, separated by commas."""
    return ", ".join(texts)

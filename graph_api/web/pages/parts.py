"""Parts of pages: pieces of text with their links, tables, and the numbered references behind them. Values; templates draw them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph_api.web.pages.languages import Locale


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text: where it leads (``external`` for another site), its language where that is not the page's.

    ``note`` is set on a line of its own, smaller; ``mark`` stands out, for what sources differ on.
    """

    text: str
    href: str | None = None
    lang: str | None = None
    external: bool = False
    note: bool = False
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its texts with what stands between them, and the numbers of references."""

    texts: tuple[Text, ...] = ()
    references: tuple[int, ...] = ()
    separator: str = ", "


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its first cell is its heading. ``anchor`` is its id on the page; ``group`` opens a part of the table with a heading."""

    cells: tuple[Cell, ...]
    anchor: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption, which says what it holds, and the titles of its columns."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class NumberedSource:
    """A source that a page cites: its number, what it is called, where it stands, and which parts of it are used."""

    number: int
    id: str
    publisher: str
    title: str
    kind: str
    date: str
    url: str | None
    locators: tuple[str, ...]


@dataclass(slots=True)
class References:
    """Numbers sources in the order of their first use on a page."""

    locale: Locale
    _sources: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _locators: dict[str, list[str]] = field(default_factory=dict)

    def numbers(self, citations: Iterable[Mapping[str, Any]]) -> tuple[int, ...]:
        """Return the numbers of the sources of citations, in order."""
        found = set()
        for citation in citations:
            source = citation["source"]
            self._sources.setdefault(source["id"], source)
            found.add(self._numbers.setdefault(source["id"], len(self._sources)))
            locators = self._locators.setdefault(source["id"], [])
            locator = citation.get("locator")
            if locator and locator not in locators:
                locators.append(locator)
        return tuple(sorted(found))

    def listed(self) -> tuple[NumberedSource, ...]:
        """Return all references that were numbered."""
        locale = self.locale
        return tuple(
            NumberedSource(
                number,
                id_,
                source["publisher"]["name"] if source["publisher"] else "",
                source["title"],
                locale.label("SourceKind", source["kind"]),
                locale.date(source["published"]) or locale.text("no date of publication"),
                source["url"],
                tuple(self._locators[id_]),
            )
            for number, (id_, source) in enumerate(self._sources.items(), 1)
        )


def record_link(locale: Locale, path: str, record: Mapping[str, Any] | None) -> tuple[Text, ...]:
    """Return the name of a record with a link to its page; nothing for no record."""
    if record is None:
        return ()
    text, lang = locale.name(record.get("names") or (), record["name"])
    return (Text(text, f"{locale.prefix}/{path}/{record['id']}", lang),)


def record_links(locale: Locale, path: str, records: Sequence[Mapping[str, Any]]) -> tuple[Text, ...]:
    """Return the names of records with links to their pages."""
    return tuple(text for record in records for text in record_link(locale, path, record))


def plain(text: str) -> Cell:
    """Return a cell with one text."""
    return Cell((Text(text),) if text else ())

"""What a search found, grouped by kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from graph_api.web.pages.languages import Locale
from graph_api.web.pages.notices import ALL_LINES, fixed_lines
from graph_api.web.pages.page import Record
from graph_api.web.pages.parts import Cell, Row, Table, Text

KINDS: Final = ("Person", "Group", "Event", "Site", "Place", "Organization", "State", "Source")
"""The groups of hits in their order; every type of events is in Event."""


def find_view(words: str, found: Record, locale: Locale) -> dict[str, Any]:
    """Return what the page of a search shows."""
    hits = found["nodes"]
    groups = {kind: [hit for hit in hits if _kind(hit["node"]) == kind] for kind in KINDS}
    tables = [
        _table(kind, inside, locale)
        for kind, inside in sorted(groups.items(), key=lambda item: _rank(item[1], hits))
        if inside
    ]
    return {
        "words": words,
        "hits": tables,
        "total": found["totalCount"],
        "shown": len(hits),
        "rows": [_file_row(hit) for hit in hits],
        "notice": fixed_lines(ALL_LINES if hits else (), locale),
    }


def _rank(inside: list[Record], hits: list[Record]) -> int:
    """Return the place of the best hit of a group."""
    return next((place for place, hit in enumerate(hits) if hit in inside), len(hits))


def _kind(node: Record) -> str:
    return node["__typename"] if node["__typename"] in KINDS else "Event"


def _table(kind: str, hits: list[Record], locale: Locale) -> Table:
    """Return hits of a kind; which name matched stands beside them where one is not the name shown."""
    rows = [_row(one, locale) for one in hits]
    columns: tuple[str, ...] = (locale.text("Name"), locale.text("Matches"))
    if not any(row.cells[1].texts for row in rows):
        columns, rows = columns[:1], [Row(row.cells[:1]) for row in rows]
    return Table(locale.label("Record", kind), columns, tuple(rows))


def _row(hit: Record, locale: Locale) -> Row:
    node = hit["node"]
    shown, lang = _name(node, locale)
    notes = tuple(Text(text, note=True) for text in _notes(node, locale) if text)
    matched = () if hit["matched"] == shown else (Text(hit["matched"]),)
    return Row((Cell((Text(shown, f"{locale.prefix}/id/{node['id']}", lang), *notes)), Cell(matched)))


def _name(node: Record, locale: Locale) -> tuple[str, str | None]:
    return locale.name(node.get("names") or (), node.get("name") or node["title"])


def _notes(node: Record, locale: Locale) -> Iterator[str]:
    """Yield what tells records of the same name apart."""
    match _kind(node):
        case "Person":
            yield str(node["status"]["text"])
        case "Event":
            yield locale.label("EventKind", node["eventKind"])
            yield locale.date(node["date"])
        case "Site" | "Place":
            around = node.get("place") or node.get("within")
            yield around["name"] if around else ""
        case "Source":
            yield node["publisher"]["name"] if node["publisher"] else ""
            yield locale.date(node["published"])
        case _:
            return


def _file_row(hit: Record) -> dict[str, Any]:
    node = hit["node"]
    return {"kind": _kind(node), "id": node["id"], "name": node.get("name") or node["title"], "matched": hit["matched"]}

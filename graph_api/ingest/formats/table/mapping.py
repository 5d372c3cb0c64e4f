"""The mapping of a table: which file, how it is read, and which records its rows make. Nothing is guessed: what is not stated is an error.

A mapping is a seed file of its own, ``NAME.map.yaml``, beside the table. ``docs/tables.md`` describes its keys.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph_api.ingest.formats.table.cells import TableFile
from graph_api.ingest.formats.table.dates import DateRules
from graph_api.ingest.formats.table.model import (
    Expression,
    ListTemplate,
    LookUp,
    MappingTemplate,
    Match,
    RecordTemplate,
    Split,
    TableMapping,
    Template,
)
from graph_api.ingest.nodes import (
    MappingNode,
    Node,
    ScalarNode,
    SeedSyntaxError,
    SequenceNode,
    SourcePosition,
    describe_node,
)
from graph_api.ontology.kinds import Kind
from graph_api.ontology.registry import EVENTS, ONTOLOGY
from graph_api.ontology.vocabulary import EventKind
from graph_api.values.value_type import shorten

MAPPING_KEYS: Final = (
    "table", "source", "at", "quote", "quote-language", "missing", "dates", "names", "values", "unused", "records",
)  # fmt: skip
TABLE_KEYS: Final = ("file", "encoding", "delimiter", "sheet", "header", "columns", "key")
DATE_KEYS: Final = ("order", "first-of-month", "first-of-year", "language")
NAME_ORDERS: Final = ("unknown", "given-family", "family-given")
DATE_ORDERS: Final = ("ymd", "dmy", "mdy")
RECORD_KEYS: Final = ("id", "as", "one-per", "when", "match", "who")
"""Keys of a record of a mapping that are no properties."""
SPLIT_KEYS: Final = ("split", "by", "look-up")


def parse_mapping(root: Node | None, file: str) -> TableMapping:
    """Return a mapping. Raises SeedSyntaxError with the first thing that is wrong, its position and what is expected."""
    top = _mapping(root, SourcePosition(file, 1, 1), "mapping file", MAPPING_KEYS, ("table", "source", "records"))
    table = _mapping(top["table"], top.at, "table", TABLE_KEYS, ("file",))
    source, source_id = _source(top["source"])
    dates = _mapping(top.values.get("dates"), top.at, "dates", DATE_KEYS, ())
    names = _mapping(top.values.get("names"), top.at, "names", ("order",), ())
    prefix = source_id
    values = {name: _look_up_table(node) for name, node in _pairs(top.values.get("values"), "values")}
    records: list[RecordTemplate] = []
    for item in _items(top["records"], "records"):
        records.append(_record(item, prefix, values, tuple(one.alias for one in records)))
    return TableMapping(
        table=TableFile(
            Path(file).parent / table.text("file"),
            table["file"].position,
            table.text("encoding", "utf-8"),
            table.text("delimiter", ","),
            table.text("sheet", "") or None,
            0 if "columns" in table.values else table.number("header", 1),
            tuple(_texts(table.values.get("columns"), "columns")),
        ),
        key=tuple(_texts(table.values.get("key"), "key")),
        source=source,
        source_id=source_id,
        at=Template(top.text("at", "row {row}"), top.values.get("at", root or top["table"]).position),
        quote=_template(top.values["quote"], "quote") if "quote" in top.values else None,
        quote_language=top.text("quote-language", "") or None,
        missing=frozenset(_texts(top.values.get("missing"), "missing")),
        dates=DateRules(
            dates.word("order", DATE_ORDERS, "ymd"),
            dates.text("language", "") or None,
            dates.word("first-of-month", ("day", "month"), "day") == "month",
            dates.word("first-of-year", ("day", "year"), "day") == "year",
        ),
        names=names.word("order", NAME_ORDERS, "unknown"),
        values=values,
        unused=tuple(_template(one, "unused") for one in _items(top.values.get("unused"), "unused")),
        records=tuple(records),
        position=top["table"].position,
    )


# ── records ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _record(item: Node, prefix: str, tables: Mapping[str, Mapping[str, str]], aliases: Sequence[str]) -> RecordTemplate:
    if not isinstance(item, MappingNode) or len(item.values) != 1:
        raise _invalid(
            item,
            "record",
            f"one section with its values, such as people: {{…}}; sections are {', '.join(ONTOLOGY.sections)}",
        )
    ((section, node),) = item.values.items()
    kind = ONTOLOGY.by_section(section)
    if kind is None or section == "sources":
        raise _unknown(section, item.keys[section], "section", [one for one in ONTOLOGY.sections if one != "sources"])
    if not isinstance(node, MappingNode):
        raise _invalid(node, section, "a mapping of properties")
    name = section
    if kind.name == "event":
        kind, name = _event_kind(node)
    allowed = (*RECORD_KEYS, *kind.keys, "modality", "said-by", "announced", "sensitivity", "note")
    for key, position in node.keys.items():
        if key not in allowed and not (kind.name == "event" and key == "kind"):
            raise _unknown(key, position, f"key of {name}", allowed)
    values = _mapping(node, node.position, section, tuple(node.values), ())
    alias = values.text("as", name)
    if alias in aliases:
        raise _invalid(
            node.values.get("as", node),
            "name of a record",
            f"a name that no record before has, with as:; {alias!r} is taken",
        )
    who = tuple(_texts(node.values.get("who"), "who"))
    for one in who:
        if one not in aliases:
            raise _unknown(one, node.values["who"].position, "record in who", aliases)
    return RecordTemplate(
        section, kind, alias, values.text("id", prefix), node.position,
        tuple(_texts(node.values.get("one-per"), "one-per")),
        _template(node.values["when"], "when") if "when" in node.values else None,
        _match(node.values["match"]) if "match" in node.values else None,
        who,
        {key: _expression(one, tables) for key, one in node.values.items() if key not in RECORD_KEYS},
    )  # fmt: skip


def _event_kind(node: MappingNode) -> tuple[Kind, str]:
    stated = node.values.get("kind")
    text = stated.text if isinstance(stated, ScalarNode) else ""
    word = text.upper().replace("-", "_")
    if word not in EventKind.__members__:
        names = [one.lower().replace("_", "-") for one in EventKind.__members__]
        raise _unknown(text, (stated or node).position, "kind of event", names)
    return EVENTS[EventKind(word)], text


def _match(node: Node) -> Match:
    stated = _mapping(node, node.position, "match", ("of", "pattern"), ("of", "pattern"))
    patterns = []
    for text in _texts(stated["pattern"], "pattern"):
        try:
            patterns.append(re.compile(text))
        except re.error as error:
            raise _invalid(stated["pattern"], "pattern", f"a regular expression; {error}") from None
    return Match(_template(stated["of"], "of"), tuple(patterns))


def _expression(node: Node, tables: Mapping[str, Mapping[str, str]]) -> Expression:
    match node:
        case ScalarNode():
            return Template(node.text, node.position)
        case SequenceNode():
            return ListTemplate(tuple(_expression(one, tables) for one in node.items), node.position)
        case MappingNode() if "split" in node.values:
            stated = _mapping(node, node.position, "split", tuple(node.values), ("split", "by"))
            fields = {key: _expression(one, tables) for key, one in node.values.items() if key not in SPLIT_KEYS}
            table = stated.text("look-up", "") or None
            _known_table(table, node, tables)
            return Split(_template(stated["split"], "split"), stated.text("by"), table, fields or None)
        case MappingNode() if "look-up" in node.values:
            stated = _mapping(node, node.position, "look-up", ("look-up", "of"), ("look-up", "of"))
            _known_table(stated.text("look-up"), node, tables)
            return LookUp(stated.text("look-up"), _template(stated["of"], "of"))
        case MappingNode():
            return MappingTemplate({key: _expression(one, tables) for key, one in node.values.items()}, node.position)


def _known_table(name: str | None, node: MappingNode, tables: Mapping[str, Mapping[str, str]]) -> None:
    if name is not None and name not in tables:
        raise _unknown(name, node.values["look-up"].position, "table of values", list(tables))


# ── nodes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Stated:
    """The keys of a mapping node, checked."""

    values: Mapping[str, Node]
    at: SourcePosition

    def __getitem__(self, key: str) -> Node:
        return self.values[key]

    def text(self, key: str, default: str | None = None) -> str:
        node = self.values.get(key)
        if node is None:
            return default or ""
        if not isinstance(node, ScalarNode):
            raise _invalid(node, key, "a text")
        return node.text

    def number(self, key: str, default: int) -> int:
        text = self.text(key, str(default))
        if not (text.isascii() and text.isdigit()):
            raise _invalid(self.values[key], key, "the number of a row, or 0")
        return int(text)

    def word(self, key: str, words: Sequence[str], default: str) -> str:
        text = self.text(key, default)
        if text not in words:
            raise _unknown(text, self.values[key].position, key, words)
        return text


def _mapping(
    node: Node | None, at: SourcePosition, what: str, allowed: Sequence[str], required: Sequence[str]
) -> _Stated:
    if node is None and not required:
        return _Stated({}, at)
    if not isinstance(node, MappingNode):
        raise _invalid(node, what, f"a mapping with {', '.join(required or allowed)}", at)
    for key, position in node.keys.items():
        if key not in allowed:
            raise _unknown(key, position, f"key of {what}", allowed)
    for key in required:
        if key not in node.values:
            raise SeedSyntaxError(
                node.position.problem("mapping", f"Missing key {key!r} in {what}: expected {', '.join(required)}.")
            )
    return _Stated(node.values, node.position)


def _source(node: Node) -> tuple[MappingNode | None, str]:
    if isinstance(node, ScalarNode):
        return None, node.text
    stated = _mapping(node, node.position, "source", tuple(getattr(node, "values", ())), ("id",))
    return node if isinstance(node, MappingNode) else None, stated.text("id")


def _items(node: Node | None, what: str) -> tuple[Node, ...]:
    if node is None:
        return ()
    if not isinstance(node, SequenceNode):
        raise _invalid(node, what, "a list")
    return node.items


def _pairs(node: Node | None, what: str) -> Iterator[tuple[str, Node]]:
    if node is None:
        return
    if not isinstance(node, MappingNode):
        raise _invalid(node, what, "a mapping")
    yield from node.values.items()


def _look_up_table(node: Node) -> Mapping[str, str]:
    found = {}
    for cell, one in _pairs(node, "table of values"):
        if not isinstance(one, ScalarNode):
            raise _invalid(one, "value", "a text")
        found[cell] = one.text
    return found


def _texts(node: Node | None, what: str) -> Iterator[str]:
    """Yield the texts of a list, or the only one."""
    for one in (node,) if isinstance(node, ScalarNode) else _items(node, what):
        if not isinstance(one, ScalarNode):
            raise _invalid(one, what, "a text")
        yield one.text


def _template(node: Node, what: str) -> Template:
    if not isinstance(node, ScalarNode):
        raise _invalid(node, what, "a text with names of columns in braces")
    return Template(node.text, node.position)


def _invalid(node: Node | None, what: str, expected: str, at: SourcePosition | None = None) -> SeedSyntaxError:
    position = node.position if node is not None else at or SourcePosition("", 1, 1)
    shown = f" {describe_node(node)}" if node is not None else ""
    return SeedSyntaxError(position.problem("mapping", f"Invalid {what}{shown}: expected {expected}."))


def _unknown(text: str, position: SourcePosition, what: str, words: Sequence[str]) -> SeedSyntaxError:
    near = difflib.get_close_matches(text, words, n=1, cutoff=0.5)
    hint = f" (closest: {near[0]})" if near else ""
    message = f"Unknown {what} {shorten(text)!r}: expected one of {', '.join(words)}{hint}."
    return SeedSyntaxError(position.problem("mapping", message))

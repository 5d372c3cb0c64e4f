"""Rows to entries: the templates of a mapping, filled in with the cells of each row. Every value has the position of its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from graph_api.errors import Problem
from graph_api.ingest.formats.table.cells import TableData, TableRow
from graph_api.ingest.formats.table.dates import edtf_of
from graph_api.ingest.formats.table.model import (
    PLACEHOLDER,
    ROW,
    Expression,
    ListTemplate,
    LookUp,
    MappingTemplate,
    RecordTemplate,
    Split,
    TableMapping,
    Template,
    expressions,
)
from graph_api.ingest.formats.table.row_ids import Key, RowIds
from graph_api.ingest.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode, SourcePosition
from graph_api.ontology.properties import Property
from graph_api.values.dates import DATE
from graph_api.values.value_type import shorten

MAX_ROWS_LISTED: Final = 10


@dataclass(slots=True)
class TableRecords:
    """The entries of a table, what is wrong in it, and what deserves a look."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    made: dict[tuple[str, Key], str] = field(default_factory=dict)
    """The id of every record by its name in the mapping and its key."""
    rows: dict[str, list[int]] = field(default_factory=dict)
    """The numbers of the rows that make each record."""


@dataclass(slots=True)
class _One:
    """A record that rows have in common: its values in the first row, and the rows that say the same or something else."""

    id: str
    template: RecordTemplate
    values: dict[str, Node]
    rows: list[TableRow]
    others: list[tuple[dict[str, Node], TableRow]] = field(default_factory=list)


def table_records(mapping: TableMapping, table: TableData, ids: RowIds) -> TableRecords:
    """Return the entries that a table makes by its mapping."""
    found = TableRecords(problems=[*table.problems, *_column_problems(mapping, table)])
    if found.problems:
        return found
    if mapping.source is not None:
        found.entries.append(Entry("sources", mapping.source))
    _RowReader(mapping, table, ids, found).read()
    return found


def _column_problems(mapping: TableMapping, table: TableData) -> list[Problem]:
    known = {*table.columns, "row"}
    found = []
    used = {*mapping.key}
    for one in mapping.records:
        groups = one.match.groups if one.match else ()
        templates = [
            *expressions(one.values),
            *([one.when] if one.when else []),
            *([one.match.of] if one.match else []),
        ]
        for template in templates:
            used |= set(template.columns)
            found += [
                _unknown_column(name, template.position, table)
                for name in template.columns
                if name and name not in known | {*groups}
            ]
        used |= {*one.one_per}
        found += [_unknown_column(name, one.position, table) for name in one.one_per if name not in known]
    for template in (mapping.at, *([mapping.quote] if mapping.quote else [])):
        used |= set(template.columns)
        found += [_unknown_column(name, template.position, table) for name in template.columns if name not in known]
    for template in mapping.unused:
        found += [_unknown_column(template.text, template.position, table)] if template.text not in known else []
    found += [_unknown_column(name, mapping.position, table) for name in mapping.key if name not in known]
    unused = [name for name in table.columns if name not in used | {one.text for one in mapping.unused}]
    if unused:
        message = f"Unused columns {', '.join(map(repr, unused))}: expected each in a record or under unused."
        found.append(mapping.position.problem("unused-column", message))
    return found


def _unknown_column(name: str, position: SourcePosition, table: TableData) -> Problem:
    message = f"Unknown column {shorten(name)!r}: expected one of {', '.join(map(repr, table.columns))}."
    return position.problem("column", message)


class _RowReader:
    """Fills in the templates of a mapping, row by row."""

    def __init__(self, mapping: TableMapping, table: TableData, ids: RowIds, found: TableRecords) -> None:
        self.mapping = mapping
        self.table = table
        self.ids = ids
        self.found = found
        self.ones: dict[tuple[str, Key], _One] = {}
        self.unmatched: dict[str, list[int]] = {}
        self.months: Counter[str] = Counter()

    def read(self) -> None:
        keys: dict[Key, int] = {}
        for row in self.table.rows:
            if self.mapping.key:
                key = tuple(row.cells[name] for name in self.mapping.key)
                if (first := keys.setdefault(key, row.number)) != row.number:
                    message = f"Duplicate key {', '.join(map(repr, key))}: first in row {first}; expected each once, or more columns in the key."
                    self.found.problems.append(
                        self.table.position(row.number, self.mapping.key[0]).problem("row-key", message)
                    )
                    continue
            self._row(row)
        self.found.entries += [entry for one in self.ones.values() for entry in self._entries(one)]
        for alias, rows in self.unmatched.items():
            at = next(one.position for one in self.mapping.records if one.alias == alias)
            message = f"{alias}: no pattern matches in {_listed(rows)}; no record was made of them."
            self.found.warnings.append(at.problem("no-match", message))
        for word, count in sorted(self.months.items()):
            at = self.mapping.position
            self.found.warnings.append(
                at.problem(
                    f"first-of-{word}",
                    f"{count} dates on the first of a {word} are read as the {word}, as the mapping states.",
                )
            )

    def _row(self, row: TableRow) -> None:
        aliases: dict[str, str] = {}
        for template in self.mapping.records:
            filled = _Filling(self, template, row, aliases)
            if template.when is not None and filled.text(template.when) is None:
                continue
            if not filled.match():
                continue
            key = tuple(row.cells[name] for name in template.one_per or self.mapping.key) or (str(row.number),)
            if template.one_per and any(self.mapping.is_missing(part) for part in key):
                continue
            id_ = self.ids.of(template.alias, template.prefix, key, row.number)
            aliases[template.alias] = id_
            self.found.made[template.alias, key] = id_
            self.found.rows.setdefault(id_, []).append(row.number)
            self._keep((template.alias, key), id_, template, row, filled.values())

    def _keep(
        self, place: tuple[str, Key], id_: str, template: RecordTemplate, row: TableRow, values: dict[str, Node]
    ) -> None:
        one = self.ones.get(place)
        if one is None:
            self.ones[place] = _One(id_, template, values, [row])
        elif _plain(values) == _plain(one.values):
            one.rows.append(row)
        else:
            differing = {key: node for key, node in values.items() if _plain(node) != _plain(one.values.get(key))}
            one.others.append((differing, row))

    def _entries(self, one: _One) -> list[Entry]:
        at = replace(one.template.position)
        identity = ScalarNode(at, one.id, plain=False)
        found = [self._entry(one.template.section, {"id": identity, **one.values}, one.rows, at)]
        for differing, row in one.others:
            claim = ScalarNode(at, f"{one.id}-row-{row.number}", plain=False)
            values: dict[str, Node] = {"id": claim, "about": identity, "values": _mapping(differing, at)}
            found.append(self._entry("claims", values, [row], at))
        return [entry for entry in found if entry is not None]

    def _entry(self, section: str, values: dict[str, Node], rows: Sequence[TableRow], at: SourcePosition) -> Entry:
        cites = [self._citation(row, at) for row in rows]
        return Entry(section, _mapping({**values, "cite": SequenceNode(at, tuple(cites))}, at))

    def _citation(self, row: TableRow, at: SourcePosition) -> Node:
        cells = _Cells(self.mapping, row)
        texts = {"source": self.mapping.source_id, "at": cells.text(self.mapping.at) or f"row {row.number}"}
        if self.mapping.quote is not None and (quote := cells.text(self.mapping.quote)) is not None:
            texts |= {"quote": quote} | (
                {"quote-language": self.mapping.quote_language} if self.mapping.quote_language else {}
            )
        return _mapping({key: ScalarNode(at, text, plain=False) for key, text in texts.items()}, at)


class _Cells:
    """The texts of templates in one row."""

    def __init__(self, mapping: TableMapping, row: TableRow) -> None:
        self.mapping = mapping
        self.row = row
        self.groups: dict[str, str] = {}

    def text(self, template: Template, piece: str = "") -> str | None:
        """Return the text of a template; None where a cell that it names is missing."""
        parts = PLACEHOLDER.split(template.text)
        for place in range(1, len(parts), 2):
            value = self._value(parts[place], piece)
            if self.mapping.is_missing(value):
                return None
            parts[place] = value
        return "".join(parts)

    def _value(self, name: str, piece: str) -> str:
        if not name:
            return piece
        return str(self.row.number) if name == ROW else self.groups.get(name, self.row.cells.get(name, ""))


class _Filling(_Cells):
    """The values of one template in one row."""

    def __init__(self, reader: _RowReader, template: RecordTemplate, row: TableRow, aliases: Mapping[str, str]) -> None:
        super().__init__(reader.mapping, row)
        self.reader = reader
        self.template = template
        self.aliases = aliases

    def match(self) -> bool:
        """Try the patterns, if there are any; without a match the row is noted, unless the cell is empty."""
        wanted = self.template.match
        if wanted is None:
            return True
        text = self.text(wanted.of)
        if text is None:
            return False
        found = next((found for one in wanted.patterns if (found := one.search(text))), None)
        if found is None:
            self.reader.unmatched.setdefault(self.template.alias, []).append(self.row.number)
            return False
        self.groups = {name: value or "" for name, value in found.groupdict().items()}
        return True

    def values(self) -> dict[str, Node]:
        """Return the properties of the record; those of which a cell is missing are left out."""
        found: dict[str, Node] = {}
        for key, expression in self.template.values.items():
            node = self._node(expression, self.template.kind.find(key))
            if node is not None:
                found[key] = node
        if self.template.who:
            who = [self.aliases[one] for one in self.template.who if one in self.aliases]
            at = self.template.position
            parts = tuple(_mapping({"who": ScalarNode(at, one, plain=False)}, at) for one in who)
            found["participants"] = SequenceNode(at, parts)
        return found

    def _place(self, alias: str, otherwise: SourcePosition) -> SourcePosition:
        """Return the position of the cell that identifies a record of this row; the place in the mapping where the row has no such cell."""
        named = next(one for one in self.mapping.records if one.alias == alias)
        columns = [one for one in named.one_per or self.mapping.key if one in self.row.cells]
        return self.reader.table.position(self.row.number, columns[0]) if columns else otherwise

    def _position(self, template: Template) -> SourcePosition:
        named = next((name for name in template.columns if name in self.row.cells), None)
        if named is None and self.template.match is not None and template.columns:
            named = next((name for name in self.template.match.of.columns if name in self.row.cells), None)
        return self.reader.table.position(self.row.number, named) if named else template.position

    def _node(self, expression: Expression, prop: Property | None, piece: str = "") -> Node | None:
        match expression:
            case Template():
                return self._scalar(expression, prop, piece)
            case LookUp():
                text = self.text(expression.of, piece)
                return None if text is None else self._looked_up(expression.table, text, self._position(expression.of))
            case Split():
                return self._split(expression)
            case ListTemplate():
                items = [node for one in expression.items if (node := self._node(one, prop, piece)) is not None]
                return SequenceNode(_first_cell(items, expression.position), tuple(items)) if items else None
            case MappingTemplate():
                return self._fields(expression.fields, expression.position, piece)

    def _fields(self, fields: Mapping[str, Expression], at: SourcePosition, piece: str) -> Node:
        nodes = {key: node for key, one in fields.items() if (node := self._node(one, None, piece)) is not None}
        return _mapping(nodes, _first_cell(nodes.values(), at))

    def _linked(self, alias: str, prop: Property, at: SourcePosition) -> Node | None:
        """Return the id of the record of this row that the mapping names; None where the row made none."""
        if alias not in self.aliases:
            return None
        at = self._place(alias, at)
        node = ScalarNode(at, self.aliases[alias], plain=False)
        return SequenceNode(at, (node,)) if prop.many else node

    def _scalar(self, template: Template, prop: Property | None, piece: str) -> Node | None:
        at = self._position(template)
        is_alias = not template.columns and template.text in self.mapping.aliases
        if is_alias and prop is not None and prop.is_link:
            return self._linked(template.text, prop, at)
        text = self.text(template, piece)
        if text is None:
            return None
        if prop is not None and prop.value_type is DATE and template.columns:
            text = self._date(text)
        if prop is not None and prop.name == "name" and self.mapping.names == "family-given":
            text = _given_first(text)
        node = ScalarNode(at, text, plain=not template.columns)
        return SequenceNode(at, (node,)) if prop is not None and prop.many and template.columns else node

    def _date(self, text: str) -> str:
        rules = self.mapping.dates
        found = edtf_of(text, rules)
        exact = edtf_of(text, replace(rules, first_of_month=False, first_of_year=False))
        if found != exact:
            self.reader.months["year" if len(found) == len("2012") else "month"] += 1
        return found

    def _looked_up(self, table: str, text: str, at: SourcePosition) -> Node | None:
        """Return the value that a table lists; of an unlisted text a problem is noted, and any listed value stands in for it.

        So the property is not reported as missing as well. The problem stops the load.
        """
        values = self.mapping.values[table]
        value = values.get(text)
        if value is None:
            known = ", ".join(map(repr, values))
            self.reader.found.problems.append(
                at.problem(
                    "look-up",
                    f"Unlisted value {shorten(text)!r}: expected one of {known}, as {table!r} in the mapping lists.",
                )
            )
            value = next(iter(values.values()), None)
        return None if value is None else ScalarNode(at, value, plain=True)

    def _split(self, split: Split) -> Node | None:
        text = self.text(split.of)
        if text is None:
            return None
        at = self._position(split.of)
        items: list[Node | None] = []
        for piece in filter(None, (one.strip() for one in text.split(split.by))):
            if split.fields is not None:
                fields = {key: self._node(one, None, piece) for key, one in split.fields.items()}
                items.append(
                    _mapping({key: replace(node, position=at) for key, node in fields.items() if node is not None}, at)
                )
            elif split.table is not None:
                items.append(self._looked_up(split.table, piece, at))
            else:
                items.append(ScalarNode(at, piece, plain=False))
        return SequenceNode(at, tuple(one for one in items if one is not None))


def _given_first(name: str) -> str:
    """Return a name that begins with the family name with it at the end.

    >>> _given_first("Прикладенко Іван Петрович"), _given_first("Example, Person")
    ('Іван Петрович Прикладенко', 'Person Example')
    """
    family, _, given = name.replace(",", " ").partition(" ")
    return " ".join([*given.split(), family])


def _mapping(values: Mapping[str, Node], at: SourcePosition) -> MappingNode:
    return MappingNode(at, dict(values), {key: node.position for key, node in values.items()})


def _first_cell(nodes: Iterable[Node], otherwise: SourcePosition) -> SourcePosition:
    """Return the position of the first value that comes from a cell."""
    return next((node.position for node in nodes if node.position.cell), otherwise)


def _plain(node: Node | Mapping[str, Node] | None) -> object:
    match node:
        case ScalarNode():
            return node.text
        case SequenceNode():
            return [_plain(one) for one in node.items]
        case MappingNode():
            return _plain(node.values)
        case None:
            return None
        case _:
            return {key: _plain(one) for key, one in node.items()}


def _listed(rows: Sequence[int]) -> str:
    more = f" and {len(rows) - MAX_ROWS_LISTED} more" if len(rows) > MAX_ROWS_LISTED else ""
    return f"row{'s' if len(rows) > 1 else ''} {', '.join(map(str, rows[:MAX_ROWS_LISTED]))}{more}"

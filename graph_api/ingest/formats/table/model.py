"""What the mapping of a table states: the file, how its cells are read, and the templates of its records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from graph_api.ingest.formats.table.cells import TableFile
from graph_api.ingest.formats.table.dates import DateRules
from graph_api.ingest.nodes import MappingNode, SourcePosition
from graph_api.ontology.kinds import Kind

PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
ROW: Final = "row"
"""The placeholder of the number of a row."""


@dataclass(frozen=True, slots=True)
class Template:
    """A text with the names of columns in braces; ``{}`` is one piece of a cell that is split."""

    text: str
    position: SourcePosition

    @property
    def columns(self) -> tuple[str, ...]:
        """The names in braces."""
        return tuple(PLACEHOLDER.findall(self.text))


@dataclass(frozen=True, slots=True)
class LookUp:
    """A value that a table of ``values`` gives for a text."""

    table: str
    of: Template


@dataclass(frozen=True, slots=True)
class Split:
    """A list made of the pieces of a cell: each as it is, looked up, or as the mapping ``fields``."""

    of: Template
    by: str
    table: str | None
    fields: Mapping[str, Expression] | None


@dataclass(frozen=True, slots=True)
class ListTemplate:
    """A list."""

    items: tuple[Expression, ...]
    position: SourcePosition


@dataclass(frozen=True, slots=True)
class MappingTemplate:
    """A mapping."""

    fields: Mapping[str, Expression]
    position: SourcePosition


Expression: TypeAlias = Template | LookUp | Split | ListTemplate | MappingTemplate


@dataclass(frozen=True, slots=True)
class Match:
    """Patterns that are tried in turn on a text; the names of their groups are further columns of the record."""

    of: Template
    patterns: tuple[re.Pattern[str], ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of the groups."""
        return tuple(dict.fromkeys(name for one in self.patterns for name in one.groupindex))


@dataclass(frozen=True, slots=True)
class RecordTemplate:
    """How rows make records: one a row, or one for each value of the columns ``one_per``, unless the text ``when`` is missing.

    ``alias`` is the name by which the templates after it refer to the record of the same row; ``who`` are the participants.
    """

    section: str
    kind: Kind
    alias: str
    prefix: str
    position: SourcePosition
    one_per: tuple[str, ...]
    when: Template | None
    match: Match | None
    who: tuple[str, ...]
    values: Mapping[str, Expression]


@dataclass(frozen=True, slots=True)
class TableMapping:
    """A mapping, checked by itself; the names of columns are checked against the table."""

    table: TableFile
    key: tuple[str, ...]
    source: MappingNode | None
    source_id: str
    at: Template
    quote: Template | None
    quote_language: str | None
    missing: frozenset[str]
    dates: DateRules
    names: str
    values: Mapping[str, Mapping[str, str]]
    unused: tuple[Template, ...]
    records: tuple[RecordTemplate, ...]
    position: SourcePosition

    @property
    def aliases(self) -> frozenset[str]:
        """The names of its records."""
        return frozenset(one.alias for one in self.records)

    def is_missing(self, text: str) -> bool:
        """Whether the text of a cell stands for no value."""
        return not text or text in self.missing


def expressions(values: Mapping[str, Expression]) -> Iterator[Template]:
    """Yield every template in the values of a record."""
    for one in values.values():
        match one:
            case Template():
                yield one
            case LookUp():
                yield one.of
            case Split():
                yield one.of
                yield from expressions(one.fields or {})
            case ListTemplate():
                yield from expressions(dict(enumerate(one.items)))  # type: ignore[arg-type]
            case MappingTemplate():
                yield from expressions(one.fields)

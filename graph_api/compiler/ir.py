"""The intermediate representation of a root field: frozen values without any Cypher.

::

    people(first: 2) { nodes { name events { nodes { id } } } }

    Page(LabelScan("Person"), Projection((
        Page(Traverse((Hop((Rel.TOOK_PART,), forward=True, label="Event"),)), Projection((PropertyColumn("id"),)), …), PropertyColumn("name"))), …)

A scope names what a column can refer to: ``self`` is the row, ``link`` the relationship that led to it, ``parent`` the row above.
Participations add ``who`` and ``event``, claims add ``claim`` and the ``index`` of a property in its lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from graph_api.compiler.ir_facts import DifferenceSource, FactsColumn
from graph_api.ontology.names import Rel
from graph_api.ontology.vocabulary import DateCertainty
from graph_api.values.durations import Duration

Value = Any
"""A parameter: str, int, float, bool, DeferredValue or a tuple of them. The compiler passes it on and never reads it."""

# ── Where rows come from ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Hop:
    """A step along relationships, either way if ``forward`` is None; a path if ``max_length`` is above 1. ``match`` compares their properties."""

    types: tuple[Rel, ...]
    forward: bool | None
    label: str = "Record"
    min_length: int = 1
    max_length: int = 1
    match: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Traverse:
    """Rows reached from ``start`` by hops; ``distinct`` if several paths can lead to one row."""

    hops: tuple[Hop, ...]
    distinct: bool = False
    start: str = "self"


@dataclass(frozen=True, slots=True)
class ByForeignKey:
    """The record whose id is a property of ``of``."""

    key: str
    of: str = "self"


@dataclass(frozen=True, slots=True)
class ScopeVar:
    """The row that is in scope under that name."""

    name: str


@dataclass(frozen=True, slots=True)
class LabelScan:
    """All rows of a label."""

    label: str


@dataclass(frozen=True, slots=True)
class ByIdScan:
    """The one row of a label that has that id."""

    label: str
    id: Value


@dataclass(frozen=True, slots=True)
class ParticipationScan:
    """Participations: scope ``self`` is the relationship, ``who`` the participant, ``event`` the event; without one, that of the row above."""

    id: Value = None
    event: Value = None


@dataclass(frozen=True, slots=True)
class CitationScan:
    """The citations of ``self``: scope ``self`` is the source, ``link`` the place in it."""


@dataclass(frozen=True, slots=True)
class StatusCitationScan:
    """The citations of the claims that the status of ``self`` relies on: scope as of CitationScan."""


@dataclass(frozen=True, slots=True)
class ClaimScan:
    """The claims about ``self``, one row for each property: scope ``claim``, ``index`` in its lists, ``parent`` its subject."""

    property: Value = None


@dataclass(frozen=True, slots=True)
class ClaimCitation:
    """The citation of the claim in scope."""


@dataclass(frozen=True, slots=True)
class ClaimObject:
    """The record that is the value of the claim in scope."""


@dataclass(frozen=True, slots=True)
class ClaimSpeaker:
    """The actor who stated the claim in scope."""


RecordSource = Traverse | ByForeignKey | ScopeVar | LabelScan | ByIdScan | ParticipationScan | DifferenceSource
EvidenceSource = CitationScan | StatusCitationScan | ClaimScan | ClaimCitation | ClaimObject | ClaimSpeaker
RowSource = RecordSource | EvidenceSource


# ── Columns ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class PropertyColumn:
    """A property as it is stored."""

    key: str
    of: str = "self"


@dataclass(frozen=True, slots=True)
class ParameterColumn:
    """The same value in every row."""

    value: Value


class ComputedColumn(Enum):
    """Columns that are computed."""

    NAMED_IN_TITLE = (
        auto()
    )  # those whom the title of an event names, where it has none of its own: rows of name, is a group, role
    NAMED_IN_TITLE_UK = auto()  # the same with Ukrainian names, whether it has a title of its own or not
    CLAIM_ID = auto()
    CLAIM_PROPERTY = auto()
    CLAIM_VALUE = auto()
    CLAIM_PREFERRED = auto()
    CLAIM_BECAUSE = auto()


@dataclass(frozen=True, slots=True)
class SubqueryOne:
    """At most one row."""

    source: RowSource
    read: Projection


@dataclass(frozen=True, slots=True)
class SubqueryMany:
    """All rows of a list without pages. One row more than ``limit`` is read, so that a longer list is detected."""

    source: RowSource
    read: Projection
    order: tuple[OrderKey, ...]
    limit: int
    where: Predicate | None = None


@dataclass(frozen=True, slots=True)
class OrderKey:
    """A sort key; nulls come last in both directions.

    ``is_indexed``: an index serves the order, but for nulls. ``value_type`` is the type of the stored value, which cursors are checked against.
    """

    key: str
    descending: bool = False
    can_be_null: bool = False
    of: str = "self"
    is_indexed: bool = False
    value_type: type[str] | type[int] = str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows after a key, with the total if ``count``, and how many ``persons`` there can be. ``more`` reads one row beyond it."""

    source: RowSource
    read: Projection | None
    where: Predicate | None
    order: tuple[OrderKey, ...]
    first: int
    after: tuple[Value, ...] | None = None
    count: bool = False
    more: bool = True
    persons: bool = False


@dataclass(frozen=True, slots=True)
class Sequences:
    """People or groups whose events happened in an order, each with its best chain; scope ``self`` is the subject.

    A row is [subject columns, [number of chains (1 unless ``chains``), whether the best holds for all dates, event columns of each step,
    facts of each event if ``basis``, how the order of neighbours is stated]]. For each index of a step in ``durations``, the days to the next
    step over all rows: [rows bounded on both sides, other rows, lower quartile, median and upper quartile, each at least and at most].
    """

    steps: tuple[Step, ...]
    holds: DateCertainty
    same_day: bool
    labels: tuple[str, ...]
    subject: Projection
    event: Projection
    where: Predicate | None
    first: int
    after: Value
    rows: bool
    chains: bool
    basis: bool
    count: bool
    count_groups: bool
    durations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """Numbers of events, and of named people as their subjects, for each combination of keys.

    ``by`` holds the dimensions of the API, ``records`` tells which of them have records as values, ``node`` is read of these. A row is
    [[key, columns of its record or none], …], people, events, and ``identity``, with which a cursor begins. ``order`` may name ``people``
    or ``events``; what follows is the order of all keys.
    """

    by: tuple[str, ...]
    people: Predicate | None
    events: Predicate | None
    node: Projection
    records: tuple[bool, ...]
    order: tuple[OrderKey, ...]
    first: int
    after: tuple[Value, ...] | None
    identity: Value
    rows: bool
    count: bool


@dataclass(frozen=True, slots=True)
class Search:
    """Records by their names: ``query`` finds candidates, the rest ranks them; scope ``self`` is the record.

    ``keys`` and ``written`` are the whole text, normalized for each reader, and in lower case. A name contains one key of each of
    ``exact_terms`` as a word, one key of each of ``prefix_terms`` as the beginning of a word, and beside these a word that begins with a
    sound of each of ``initials``. A row is [rank, columns].
    """

    query: str
    keys: tuple[str, ...]
    written: Value
    exact_terms: tuple[tuple[str, ...], ...]
    prefix_terms: tuple[tuple[str, ...], ...]
    initials: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    read: Projection
    first: int
    after: tuple[Value, ...] | None
    rows: bool
    count: bool


Root = SubqueryOne | Page | Sequences | Totals | Search
Column = PropertyColumn | ParameterColumn | ComputedColumn | FactsColumn | SubqueryOne | SubqueryMany | Page


@dataclass(frozen=True, slots=True)
class Projection:
    """A row as a positional list."""

    columns: tuple[Column, ...]


# ── Filters ─────────────────────────────────────────────────────────────────────────────────────────────────────


class Comparator(Enum):
    """How a property is compared."""

    EQUAL = "="
    IN = "IN"
    CONTAINS = "CONTAINS"
    STARTS_WITH = "STARTS WITH"
    AT_LEAST = ">="
    AT_MOST = "<="
    BEFORE = "<"
    AFTER = ">"
    HAS = "has"  # a list contains the value
    IS_NULL = "is null"
    IS_EMPTY = "is empty"  # a list without values


@dataclass(frozen=True, slots=True)
class Compare:
    """A property compared with a value."""

    key: str
    op: Comparator
    value: Value = None
    of: str = "self"


@dataclass(frozen=True, slots=True)
class AnyText:
    """One of the texts of a list property passes every test, an operator and a value; with ``folded`` both are stored and given without case."""

    key: str
    tests: tuple[tuple[Comparator, Value], ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class HasLabel:
    """The row has one of these labels."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exists:
    """A row that ``where`` holds for can be reached; with ``count``, a number of different rows that passes every test."""

    source: Traverse
    where: Predicate | None = None
    count: tuple[tuple[Comparator, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class ReachesScope:
    """The row has a relationship of that type to the row in scope under ``name``."""

    rel: Rel
    name: str


@dataclass(frozen=True, slots=True)
class ClaimExists:
    """A claim about the row states one of these values for the property."""

    property: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a sequence."""

    label: str
    role: Value
    where: Predicate | None
    within: Duration | None = None


@dataclass(frozen=True, slots=True)
class InOrder:
    """The row has different events in this order."""

    steps: tuple[Step, ...]
    holds: DateCertainty
    same_day: bool


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one holds."""

    of: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one holds."""

    of: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """It does not hold. A predicate that is null does not hold either, so that rows with nulls are kept."""

    of: Predicate


Predicate = Compare | AnyText | HasLabel | Exists | ReachesScope | ClaimExists | InOrder | AllOf | AnyOf | Not

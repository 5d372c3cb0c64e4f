"""What can be said to the database: frozen values, no text.

``people(first: 2) { nodes { name events { nodes { id } } } }`` is, shortened::

    Page(Labelled("Person"), Read((Stored("id"), Stored("name"),
         Page(Linked((Hop(TOOK_PART, True, "Event"),)), Read((Stored("id"),)), …))), …)

A scope names what a column can speak of: ``self`` is the row, ``link`` the relationship by which it was reached, ``parent`` the row
above; participations add ``who`` and ``event``, claims ``claim`` and ``place``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from graph_api.ontology.names import Rel
from graph_api.ontology.vocabulary import Holds
from graph_api.values.durations import Duration

Value = Any
"""A parameter: str, int, float, bool or a tuple of them. Never read by the compiler, only carried."""


# ── Where rows come from ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Hop:
    """One step along relationships; ``most`` above 1 makes it a path. ``match`` compares properties of the relationship."""

    types: tuple[Rel, ...]
    forward: bool
    label: str = "Record"
    least: int = 1
    most: int = 1
    match: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Linked:
    """Rows reached from ``start`` by hops; ``distinct`` where several ways lead to one row."""

    hops: tuple[Hop, ...]
    distinct: bool = False
    start: str = "self"


@dataclass(frozen=True, slots=True)
class Keyed:
    """The record whose id stands in a property of what ``of`` names."""

    key: str
    of: str = "self"


@dataclass(frozen=True, slots=True)
class Bound:
    """What the scope holds already under that name."""

    name: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """All rows of a label."""

    label: str


@dataclass(frozen=True, slots=True)
class Identified:
    """The one row of a label with that id."""

    label: str
    id: Value


@dataclass(frozen=True, slots=True)
class Parties:
    """Parts in an event: scope ``self`` is the relationship, ``who`` who took part, ``event`` the event.

    ``event`` is None where the row above is the event; ``id`` asks for one part only.
    """

    id: Value = None
    event: Value = None


@dataclass(frozen=True, slots=True)
class Cited:
    """The places in sources on which ``self`` rests: scope ``self`` is the source."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """The claims about ``self``, one row a property: scope ``claim``, ``place`` in its lists, ``parent`` what it is about."""

    property: Value = None


@dataclass(frozen=True, slots=True)
class ClaimCited:
    """The citation of the claim in scope."""


@dataclass(frozen=True, slots=True)
class ClaimObject:
    """The record that the value of the claim in scope names."""


@dataclass(frozen=True, slots=True)
class ClaimSpeaker:
    """Whose words the claim in scope is."""


From = (
    Linked | Keyed | Bound | Labelled | Identified | Parties | Cited | Claimed | ClaimCited | ClaimObject | ClaimSpeaker
)


# ── What is read of a row ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Stored:
    """A property as it is stored."""

    key: str
    of: str = "self"


class Special(Enum):
    """Columns that are more than one property."""

    SUBJECT_NAMES = auto()  # the names of up to three subjects of an event
    CLAIM_ID = auto()
    CLAIM_PROPERTY = auto()
    CLAIM_VALUE = auto()
    CLAIM_PREFERRED = auto()
    CLAIM_BECAUSE = auto()


@dataclass(frozen=True, slots=True)
class One:
    """At most one row."""

    source: From
    read: Read


@dataclass(frozen=True, slots=True)
class Many:
    """All rows of a list that is short by nature; one more than ``cap`` is read, so that a longer one is noticed."""

    source: From
    read: Read
    order: tuple[Order, ...]
    cap: int
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """A sort key; nulls come last in both directions. ``is_text``: a text of any letters, not an id."""

    key: str
    descending: bool = False
    can_be_null: bool = False
    of: str = "self"
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows after a key, and the count where asked; ``more``: one row beyond it, to see whether there is another page."""

    source: From
    read: Read | None
    where: Where | None
    order: tuple[Order, ...]
    first: int
    after: tuple[Value, ...] | None = None
    count: bool = False
    more: bool = True


@dataclass(frozen=True, slots=True)
class Sequences:
    """People or groups whose events happened in an order, each with its best chain; scope ``self`` is the subject.

    A row is [subject columns, [how many chains (1 unless ``chains`` asks for them), whether the best holds for all dates, one list of
    event columns a step, facts of each event where ``explain`` asks for them, whether the order of neighbours is stated]].
    """

    steps: tuple[Step, ...]
    holds: Holds
    same_day: bool
    labels: tuple[str, ...]
    subject: Read
    event: Read
    where: Where | None
    first: int
    after: Value
    rows: bool
    chains: bool
    explain: bool
    count: bool
    count_groups: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """How many events, and named people as their subjects, share the same keys.

    ``by`` are GraphQL's dimensions, ``records`` says which of them have records as values, ``node`` what is read of these. A row is
    [[key, its record's columns or none], …], people, events, and an empty text, which ends a cursor as the id of a record does elsewhere.
    """

    by: tuple[str, ...]
    people: Where | None
    events: Where | None
    node: Read
    records: tuple[bool, ...]
    first: int
    after: tuple[Value, ...] | None
    rows: bool
    count: bool


@dataclass(frozen=True, slots=True)
class Search:
    """Records by their names: ``query`` finds candidates, the rest ranks them; scope ``self`` is the record.

    ``key`` and ``written`` are the whole text, folded and in lower case; ``whole`` words have to stand in a name, ``begun`` ones may be
    the beginnings of its words. A row is [rank, columns].
    """

    query: str
    key: Value
    written: Value
    whole: tuple[Value, ...]
    begun: tuple[Value, ...]
    labels: tuple[str, ...]
    read: Read
    first: int
    after: tuple[Value, ...] | None
    rows: bool
    count: bool


Root = One | Page | Sequences | Totals | Search

Column = Stored | Special | One | Many | Page


@dataclass(frozen=True, slots=True)
class Read:
    """A row as a positional list."""

    columns: tuple[Column, ...]


# ── Filters ─────────────────────────────────────────────────────────────────────────────────────────────────────


class Op(Enum):
    """How a property is compared."""

    EQUAL = "="
    IN = "IN"
    CONTAINS = "CONTAINS"
    STARTS_WITH = "STARTS WITH"
    AT_LEAST = ">="
    AT_MOST = "<="
    BEFORE = "<"
    AFTER = ">"
    HAS = "has"  # a list has the value
    IS_NULL = "is null"
    IS_EMPTY = "is empty"  # a list without values


@dataclass(frozen=True, slots=True)
class Compare:
    """A property compared with a value."""

    key: str
    op: Op
    value: Value = None
    of: str = "self"


@dataclass(frozen=True, slots=True)
class AnyText:
    """One of the texts in a list property passes every test: how it is compared, and with what."""

    key: str
    tests: tuple[tuple[Op, Value], ...]


@dataclass(frozen=True, slots=True)
class HasLabel:
    """The row has one of these labels."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exists:
    """Some row can be reached for which ``where`` holds."""

    source: Linked
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class ReachesScope:
    """The row has a relationship of that type to what the scope holds under ``name``."""

    rel: Rel
    name: str


@dataclass(frozen=True, slots=True)
class Says:
    """Some claim about the row gives the property one of these values."""

    property: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a sequence."""

    label: str
    role: Value
    where: Where | None
    within: Duration | None = None


@dataclass(frozen=True, slots=True)
class InOrder:
    """The row has different events in this order."""

    steps: tuple[Step, ...]
    holds: Holds
    same_day: bool


@dataclass(frozen=True, slots=True)
class All:
    """Every one holds."""

    of: tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one holds."""

    of: tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """It does not hold; what is not known does not hold either, so that rows with nulls do not vanish."""

    of: Where


Where = Compare | AnyText | HasLabel | Exists | ReachesScope | Says | InOrder | All | Some | Not

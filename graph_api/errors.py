"""Every error that the product raises, in one tree.

::

    GraphApiError
    ├── InvalidInput              what somebody gave is wrong and can be put right by them
    │   ├── InvalidValue          one value: what was found, what is expected
    │   │   ├── OrderCycle    events of which each is said to come after the next (graph_api.evidence.order)
    │   │   └── EmptyBounds   dates and stated order leave an event no day (graph_api.evidence.order)
    │   ├── InvalidSeeds          a batch of seed files: all problems at once
    │   ├── NotFound              a load or record that the graph never had
    │   ├── DecisionRequired      a load that needs a decision of its steward
    │   ├── InvalidArchive        a backup that is damaged, or of a newer version
    │   ├── InvalidQuery          a GraphQL argument or selection
    │   │   ├── PersistedQueryNotSupported   a hash that no persisted operation has
    │   │   ├── PersistedQueryMismatch   a document with the hash of another one
    │   │   ├── PersistedQueryRequired   a document that is not persisted, where only those are executed
    │   │   ├── InvalidCursor     a cursor that was not given out for this list
    │   │   ├── PageLimitExceeded       more rows than a page or an unpaged list may hold
    │   │   ├── CostLimitExceeded     more work than one operation may ask for
    │   │   ├── ConditionLimitExceeded  more conditions than the filters of one operation may have
    │   │   ├── PlanningLimitExceeded  more planning by the database than one operation may ask for
    │   │   ├── AsOfUnavailable     a graph that does not hold what was known on each day
    │   │   ├── VariableLimitExceeded  more values than the variables of one operation may hold
    │   │   └── DocumentLimitExceeded      a document that is refused before it is validated, each with a code of its own
    │   │       ├── TokenLimitExceeded
    │   │       ├── DefinitionLimitExceeded
    │   │       ├── FieldLimitExceeded
    │   │       ├── AliasLimitExceeded
    │   │       ├── DirectiveLimitExceeded
    │   │       └── DepthLimitExceeded
    │   └── InvalidSettings       an environment variable or option
    ├── DatabaseError            Neo4j answered with an error, or not at all
    │   ├── DatabaseUnavailable  nobody answers at the address
    │   │   └── NoResponse           the database was silent for longer than the time limit
    │   ├── AuthenticationFailed      user or password are wrong
    │   ├── QueryTimeout      the time limit of the statement ran out
    │   │   └── PlanningTimeout   it ran out a moment ago, for the same statement
    │   ├── DatabaseBusy         another load holds the lock, or memory ran out; try again
    │   ├── EmptyGraph            the graph has no records yet
    │   └── IncompatibleGraph     the graph is of another version, or holds what it may not
    └── EmbeddedDatabaseError           the private process could not be made, started or stopped
        ├── DataDirectoryUnusable      its home or the cache cannot be written, or the disk is full
        └── PortInUse         somebody else got its port between choosing and binding

A message says what was found, what is expected, and where. ``code`` is the stable word of ``extensions.code`` in GraphQL
answers, ``exit_code`` that of the command line (sysexits.h, where one fits).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


class GraphApiError(Exception):
    """Anything that this product raises on purpose."""

    code: ClassVar[str] = "INTERNAL"
    exit_code: ClassVar[int] = 70


class InvalidInput(GraphApiError):
    """Somebody gave something that is wrong; the message says how to put it right."""

    code = "BAD_USER_INPUT"
    exit_code = 65


class InvalidValue(InvalidInput):
    """One value that was refused: ``found`` is the value, ``thing`` what it should have been.

    ``found`` is printed in quotes, a :class:`Description` of it in parentheses. ``hint`` follows in parentheses.

    >>> raise InvalidValue("2024-13", "a month from 01 to 12", thing="date")
    Traceback (most recent call last):
    ...
    graph_api.errors.InvalidValue: Invalid date '2024-13': expected a month from 01 to 12.
    >>> str(InvalidValue(Description("a list"), "a mapping with code", "one entry for each offence", thing="offence"))
    'Invalid offence (a list): expected a mapping with code (one entry for each offence).'
    """

    def __init__(self, found: object, expected: str, hint: str = "", *, thing: str = "value") -> None:
        self.found = found
        self.expected = expected
        self.hint = hint
        self.thing = thing
        shown = (
            f"({found})" if isinstance(found, Description) else repr(found) if isinstance(found, str) else str(found)
        )
        super().__init__(f"Invalid {thing} {shown}: expected {expected}" + (f" ({hint})." if hint else "."))


class Description(str):
    """A description of a refused value where the value itself cannot be printed: ``a list``, ``4,001 characters``."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong at one place of a seed file. ``line`` and ``column`` count from 1.

    ``cell`` is the name of the column where the file is a table, and is then printed instead of its number.

    >>> str(Problem("list.csv", 14, 3, "date", "Invalid date '2012-13'.", "Date of Arrest"))
    "list.csv:14 «Date of Arrest»: Invalid date '2012-13'. [date]"
    """

    file: str
    line: int
    column: int
    rule: str
    message: str
    cell: str = ""

    def __str__(self) -> str:
        where = f"{self.line} «{self.cell}»" if self.cell else f"{self.line}:{self.column}"
        return f"{self.file}:{where}: {self.message} [{self.rule}]"


class InvalidSeeds(InvalidInput):
    """A batch of seed files with at least one problem, or with warnings where none are allowed; nothing of it was loaded."""

    def __init__(self, problems: Sequence[Problem], warnings: Sequence[Problem] = ()) -> None:
        self.problems = tuple(sorted(set(problems)))
        self.warnings = tuple(warnings)
        counts = [(len(self.problems), "problem"), (len(self.warnings), "warning")]
        shown = [f"{many} {word}{'s' if many != 1 else ''}" for many, word in counts if many]
        super().__init__(f"{' and '.join(shown)} in the seed files; nothing was loaded")


class NotFound(InvalidInput):
    """A load, record or collection that the graph has not and never had."""

    exit_code = 66


class DecisionRequired(InvalidInput):
    """A load that needs a decision of its steward, which was not made; ``lines`` say which, ``changed`` what was changed before."""

    exit_code = 64

    def __init__(self, lines: Sequence[str], changed: str = "nothing was changed") -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join([f"Decision required, {changed}.", *lines]))


class InvalidArchive(InvalidInput):
    """A backup that is damaged, incomplete or of a newer version; nothing was restored."""


class InvalidQuery(InvalidInput):
    """A GraphQL argument or selection that cannot be answered."""


class PersistedQueryNotSupported(InvalidQuery):
    """A hash that no persisted operation has."""

    code = "PERSISTED_QUERY_NOT_SUPPORTED"


class PersistedQueryMismatch(InvalidQuery):
    """A document with the hash of another one."""

    code = "BAD_REQUEST"


class PersistedQueryRequired(InvalidQuery):
    """A document that is not persisted, where only persisted operations are executed."""

    code = "PERSISTED_QUERY_REQUIRED"


class InvalidCursor(InvalidQuery):
    """A cursor that this API did not give out for this list."""

    code = "BAD_CURSOR"


class PageLimitExceeded(InvalidQuery):
    """More rows than an unpaged list or a page may hold; nothing is cut, the caller has to ask for less."""

    code = "LIMIT_PAGE"


class CostLimitExceeded(InvalidQuery):
    """An operation that could read more than one operation may; see ``graph_api.execution.cost``."""

    code = "LIMIT_COST"


class ConditionLimitExceeded(InvalidQuery):
    """Filters with more conditions than the database plans in reasonable time."""

    code = "LIMIT_CONDITIONS"


class PlanningLimitExceeded(InvalidQuery):
    """An operation that the database would take too long to plan; see ``graph_api.execution.cost``."""

    code = "LIMIT_PLANNING"


class AsOfUnavailable(InvalidQuery):
    """A graph that does not hold what was known on each day; ``detention-graph as-of`` stores it."""

    code = "AS_OF_UNAVAILABLE"


class VariableLimitExceeded(InvalidQuery):
    """Variables with more values than can be looked at in no time."""

    code = "LIMIT_VALUES"


class DocumentLimitExceeded(InvalidQuery):
    """A document beyond a limit that is checked before it is validated; see ``graph_api.execution.document_limits``."""

    code = "LIMIT_DOCUMENT"


class TokenLimitExceeded(DocumentLimitExceeded):
    """A document of too many tokens, comments or characters."""

    code = "LIMIT_TOKENS"


class DefinitionLimitExceeded(DocumentLimitExceeded):
    """A document of too many operations and fragments."""

    code = "LIMIT_DEFINITIONS"


class FieldLimitExceeded(DocumentLimitExceeded):
    """A document with too many fields once its fragments are written out, or the same one too often at one place."""

    code = "LIMIT_FIELDS"


class AliasLimitExceeded(DocumentLimitExceeded):
    """A document with too many aliases once its fragments are written out."""

    code = "LIMIT_ALIASES"


class DirectiveLimitExceeded(DocumentLimitExceeded):
    """A document with too many directives once its fragments are written out."""

    code = "LIMIT_DIRECTIVES"


class DepthLimitExceeded(DocumentLimitExceeded):
    """A document whose fields are nested too deep."""

    code = "LIMIT_DEPTH"


class InvalidSettings(InvalidInput):
    """A setting that cannot be used."""

    exit_code = 78


class DatabaseError(GraphApiError):
    """Neo4j answered with an error, or not at all."""

    code = "DB_ERROR"
    exit_code = 70


class DatabaseUnavailable(DatabaseError):
    """Nobody answers at the address of the database."""

    code = "DB_UNAVAILABLE"
    exit_code = 69


class AuthenticationFailed(DatabaseError):
    """The database does not accept user and password."""

    code = "DB_UNAVAILABLE"
    exit_code = 77


class QueryTimeout(DatabaseError):
    """The time limit of the statement ran out; its transaction was given back."""

    code = "QUERY_TIMEOUT"
    exit_code = 75


class PlanningTimeout(QueryTimeout):
    """The time limit ran out a moment ago for a statement that the database had not planned before; it is not sent again yet."""


class NoResponse(DatabaseUnavailable):
    """The database was silent for longer than the time limit of the statement, as it is while it plans one."""


class DatabaseBusy(DatabaseError):
    """Another load holds the lock, or the memory for transactions is used up; nothing was changed, try again."""

    code = "DB_BUSY"
    exit_code = 75


class IncompatibleGraph(DatabaseError):
    """The graph is of a newer version, was loaded for another audience, or a migration was changed after it ran."""

    code = "DB_MISMATCH"
    exit_code = 78


class EmptyGraph(DatabaseError):
    """The graph has no records yet."""

    code = "DB_EMPTY"
    exit_code = 66


class EmbeddedDatabaseError(GraphApiError):
    """The private Neo4j process could not be made, started or stopped."""

    code = "DB_UNAVAILABLE"
    exit_code = 69


class DataDirectoryUnusable(EmbeddedDatabaseError):
    """The home of the private process, or the cache of its program, cannot be written, or its disk is full."""

    exit_code = 73


class PortInUse(EmbeddedDatabaseError):
    """Somebody else got the port of the private process between choosing and binding; another one is tried."""

"""What a page is: a path, a stored operation, and pure functions from its answer to what a template draws and to the rows of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph_api.errors import InvalidQuery
from graph_api.web.pages.languages import Locale
from graph_api.web.pages.parts import Row

Record = Mapping[str, Any]
FileRow = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FilterControl:
    """A control of a filter form: the parameter it sets, its words, and the closed list it offers, by the name of its labels."""

    parameter: str
    words: str
    labels: str | None = None
    options: str | None = None
    """The field of the answer whose records are offered."""
    otherwise: str = "any"
    """The words for no choice."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A property by whose values a list is counted.

    ``parameters`` set a value of it in the address of the list; ``{}`` stands for the value. ``labels`` names the words of a closed list. Where the
    list is not counted by ``totals``, ``values`` are those that are counted, or with ``options`` the ids of all regions; ``is_list`` says that a
    record may have several, ``is_in_order`` that values stand in this order instead of the
    largest first. ``in_words`` writes a value that is neither in a closed list nor a record.
    """

    key: str
    words: str
    parameters: Sequence[tuple[str, str]]
    labels: str | None = None
    values: Sequence[str] = ()
    options: bool = False
    is_list: bool = False
    is_in_order: bool = False
    in_words: Callable[[str, Locale], str] = lambda value, _locale: value

    def conditions(self, value: str) -> list[tuple[str, str]]:
        """Return the conditions that ask for a value."""
        return [(name, text.format(value)) for name, text in self.parameters]


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list of records.

    ``root`` is its field in the answer, ``filter_type`` that of its filter in the schema, or the root field whose arguments are its filter.
    ``row`` draws a record, ``file_row`` is its line in a file. ``fixed`` is always part of the filter, ``default`` where no condition says
    otherwise. ``order`` are the fields that the list can be sorted by, the first of them without being asked for.
    """

    name: str
    path: str
    root: str
    title: str
    about: str
    filter_type: str
    columns: Sequence[str]
    row: Callable[[Record, Locale], Row]
    file_row: Callable[[Record], FileRow]
    controls: Sequence[FilterControl] = ()
    order: Mapping[str, str] | None = None
    fixed: Mapping[str, Any] = field(default_factory=dict)
    default: Mapping[str, Any] = field(default_factory=dict)
    facets: Sequence[Facet] = ()
    notice: Sequence[int] = ()
    """Numbers of the fixed lines below it."""
    is_about_people: bool = True

    @property
    def counts_by_totals(self) -> bool:
        """Whether the facets are counted by an operation of ``totals``."""
        return self.filter_type in {"PersonFilter", "EventFilter"}


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A record by its id; ``view`` is what its template is given, ``file_rows`` the lines of a file.

    ``beside`` is the key of a second root field with more fields of the same record, ``lists`` are those of further root fields,
    which stay under their names.
    """

    name: str
    path: str
    root: str
    view: Callable[[Record, Locale], Mapping[str, Any]]
    file_rows: Callable[[Record], Sequence[FileRow]]
    beside: str | None = None
    lists: Sequence[str] = ()
    notice: Sequence[int] = ()
    template: str | None = None
    """The template, where it is not that of its name."""
    is_about_people: bool = True
    has_language: bool = False
    """Whether its operation takes the language of the page as ``language``."""

    def record(self, data: Record) -> Record | None:
        """Return the record of an answer as ``view`` and ``file_rows`` take it; None where the graph has no such record."""
        found = data[self.root]
        lists = {name: data[name] for name in self.lists}
        return found and {**(data[self.beside] if self.beside else {}), **found, **lists}


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page without parameters.

    ``has_operation`` says whether there is one behind it, ``file_rows`` are the lines of a file, if it has one, ``features`` rows with ids and
    points, for a map.
    """

    name: str
    path: str
    view: Callable[[Record, Locale], Mapping[str, Any]]
    has_operation: bool = True
    file_rows: Callable[[Record], Sequence[FileRow]] | None = None
    features: Callable[[Record], Sequence[Record]] | None = None
    notice: Sequence[int] = ()
    """Numbers of the fixed lines below it."""


@dataclass(frozen=True, slots=True)
class QueryPage:
    """A page whose operation takes what its parameters say.

    ``variables`` returns those of the operation from the parameters that are given and the day up to which sources were read; None where too few are given:
    then there is only a form. Raises InvalidQuery.
    """

    name: str
    path: str
    parameters: Sequence[str]
    variables: Callable[[Mapping[str, str], str | None], Mapping[str, Any] | None]
    view: Callable[[Record | None, Mapping[str, Any], Locale], Mapping[str, Any]]
    file_rows: Callable[[Record], Sequence[FileRow]]
    rows_in_a_file: int | None = None
    """How many records a file has at most, where a page shows a part of them: its operation takes ``first`` and ``after``."""
    notice: Sequence[int] = ()

    def given(self, query: Sequence[tuple[str, str]]) -> dict[str, str]:
        """Return the parameters of a request. Raises InvalidQuery."""
        found: dict[str, str] = {}
        for name, value in query:
            if name not in self.parameters:
                expected = ", ".join(self.parameters)
                raise InvalidQuery(f"Unknown parameter '{name[:60]}': expected one of {expected}.")
            if name in found:
                raise InvalidQuery(f"Parameter '{name}' is given twice: expected one value.")
            if value.strip():
                found[name] = value.strip()
        return found


Page = ListPage | RecordPage | PlainPage | QueryPage

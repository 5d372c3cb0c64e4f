"""Compiles a selected root field: to its statement, and to the shape of its value in the response.

::

    person(id: "a") { name }

    RETURN COLLECT { MATCH (n0:Person {id: $p0}) RETURN [n0.name] LIMIT 1 } AS row        with p0 = "a"
    OptionalObjectShape(ObjectShape({"Person": (FieldShape("name", ((0,),), ScalarShape(None)),)}))
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from graph_api.compiler.as_of import statement_as_of
from graph_api.compiler.binder import BindContext, Bindings, NamedRead, RowLimits
from graph_api.compiler.emit import emit, emit_shared
from graph_api.compiler.emit_totals import shared_by
from graph_api.compiler.ir import ByIdScan, Page, Root, Search, Sequences, SubqueryOne, Totals
from graph_api.compiler.passes import PASSES
from graph_api.compiler.placeholders import bind_value, is_deferred
from graph_api.compiler.response_shape import ResponseShape
from graph_api.compiler.selection import SelectedField
from graph_api.compiler.stored_totals import StoredCount, StoredSet, stored_count, stored_set
from graph_api.statement import Statement

ID_PARAMETER: Final = "p0"
"""The parameter with the id of a record that is looked up by it: what a statement starts from is its first parameter."""


@dataclass(frozen=True, slots=True)
class CompiledField:
    """A statement that returns one row, the shape of the value made of it, and the names of parameters that depend on variables.

    With ``before``, the value is made of that query and of the statement. ``known`` is the day number as of which both answer. ``totals``
    are totals that the statement counts: several with the same ``shared_by`` can share one statement (:func:`compile_shared`).
    ``is_by_id`` is true for the look-up of a record by its id.
    """

    statement: Statement
    shape: ResponseShape
    deferred: tuple[str, ...] = ()
    before: NamedRead | None = None
    known: int | None = None
    totals: Totals | None = None
    is_by_id: bool = False

    @property
    def shared_by(self) -> tuple[object, ...] | None:
        """What totals have in common that can share a statement; None for what shares none."""
        return None if self.totals is None else shared_by(self.totals)

    def bind(self, variables: Mapping[str, Any]) -> Statement:
        """Return the statement with all its parameters. Raises InvalidQuery and InvalidCursor for invalid values of variables."""
        if not self.deferred:
            return self.statement
        parameters = dict(self.statement.parameters)
        for name in self.deferred:
            parameters[name] = bind_value(parameters[name], variables)
        return Statement(self.statement.text, parameters, self.statement.name)


def compile_field(
    selected: SelectedField, bindings: Bindings, limits: RowLimits | None = None, *, known: int | None = None
) -> CompiledField:
    """Compile one root field, with ``known`` as of a day number, on which no stored totals hold.

    Raises InvalidQuery, PageLimitExceeded and InvalidCursor for invalid arguments.
    """
    field = bindings.roots[selected.name](selected, BindContext(bindings, limits or RowLimits()))
    [root] = field.columns
    assert isinstance(root, SubqueryOne | Page | Search | Sequences | Totals)  # noqa: S101 - for the type checker
    query: Root = root
    for step in PASSES:
        query = step(query)
    stored = _stored(query) if known is None else None
    statement = emit(query, selected.name, stored)
    counted = query if isinstance(query, Totals) and stored is None else None
    is_by_id = isinstance(query, SubqueryOne) and isinstance(query.source, ByIdScan)
    compiled = CompiledField(
        statement, field.shape, _deferred(statement), field.before, totals=counted, is_by_id=is_by_id
    )
    return _as_of(compiled, known)


def compile_shared(fields: Sequence[CompiledField]) -> CompiledField:
    """Compile several counted totals with the same ``shared_by`` to one statement, whose value is a list of theirs."""
    statement = emit_shared([one.totals for one in fields if one.totals is not None], "totals")
    return _as_of(CompiledField(statement, fields[0].shape, _deferred(statement)), fields[0].known)


def _stored(query: Root) -> StoredSet | StoredCount | None:
    """Return the stored totals that answer a query, or that count its rows."""
    match query:
        case Totals():
            return stored_set(query)
        case Page(count=True):
            return stored_count(query)
        case _:
            return None


def _deferred(statement: Statement) -> tuple[str, ...]:
    return tuple(name for name, value in statement.parameters.items() if is_deferred(value))


def _as_of(compiled: CompiledField, known: int | None) -> CompiledField:
    return (
        compiled
        if known is None
        else replace(compiled, statement=statement_as_of(compiled.statement, known), known=known)
    )

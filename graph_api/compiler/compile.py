"""A selected root field to its statement and the shape of its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from graph_api.compiler.binder import Binding, Limits
from graph_api.compiler.emit import emit
from graph_api.compiler.field_bindings import BINDERS
from graph_api.compiler.ir import One, Page, Search, Sequences, Totals
from graph_api.compiler.passes import PASSES
from graph_api.compiler.placeholders import in_time, is_late
from graph_api.compiler.response_shape import Shape
from graph_api.compiler.roots import ROOTS
from graph_api.compiler.selection import Selected
from graph_api.statement import Statement


@dataclass(frozen=True, slots=True)
class CompiledField:
    """One statement, and the shape of the value of the field, which is made of its one row.

    Parameters named in ``late`` wait for the variables of a request.
    """

    statement: Statement
    shape: Shape
    late: tuple[str, ...] = ()

    def bound(self, variables: Mapping[str, Any]) -> Statement:
        """Return the statement with every value in its place. Raises InvalidQuery and InvalidCursor for values that cannot stand there."""
        if not self.late:
            return self.statement
        parameters = dict(self.statement.parameters)
        for name in self.late:
            parameters[name] = in_time(parameters[name], variables)
        return Statement(self.statement.text, parameters, self.statement.name)


def compile_field(selected: Selected, limits: Limits | None = None) -> CompiledField:
    """Compile one root field.

    Raises InvalidQuery, PageLimitExceeded and InvalidCursor for what cannot be asked.
    """
    field = ROOTS[selected.name](selected, Binding(BINDERS, limits or Limits()))
    [root] = field.columns
    assert isinstance(root, One | Page | Search | Sequences | Totals)  # noqa: S101 - what roots bind; said for the type checker
    statement = emit(reduce(lambda ir, step: step(ir), PASSES, root), selected.name)
    waiting = tuple(name for name, value in statement.parameters.items() if is_late(value))
    return CompiledField(statement, field.shape, waiting)

"""A selected root field to its statement and decoder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from graph_api.compiler.bind import Binding, Limits
from graph_api.compiler.emit import emit
from graph_api.compiler.fields import BINDERS
from graph_api.compiler.ir import One, Page, Search, Sequences, Totals
from graph_api.compiler.passes import PASSES
from graph_api.compiler.roots import ROOTS
from graph_api.compiler.selection import Selected
from graph_api.statement import Statement


@dataclass(frozen=True, slots=True)
class Compiled:
    """One statement, and what makes the value of the field of its one row."""

    statement: Statement
    decode: Callable[[Any], Any]


def compile(selected: Selected, limits: Limits | None = None) -> Compiled:  # noqa: A001 - the stage is called that
    """Compile one root field.

    Raises BadQuery, TooMany and BadCursor for what cannot be asked.
    """
    field = ROOTS[selected.name](selected, Binding(BINDERS, limits or Limits()))
    [root] = field.columns
    assert isinstance(root, One | Page | Search | Sequences | Totals)  # noqa: S101 - what roots bind; said for the type checker
    return Compiled(emit(reduce(lambda ir, step: step(ir), PASSES, root), selected.name), field.make)

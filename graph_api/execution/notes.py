"""Notes of an answer (``extensions.notes``): why a root field finds nothing, and that a list is only shown in part.

::

    people(where: {nationality: "DE"})         ──▶  where.nationality "DE" matches none of the 83 people; …
    events(where: {handedTo: {eq: "Turkey"}})  ──▶  No record has the id 'Turkey'; nearest: turkiye, the State Türkiye.

An answer that is neither empty nor cut costs nothing. What an empty one needs is looked up after it was read, by statements of their own in
one transaction (``note_lookups``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graphql import FragmentDefinitionNode, OperationDefinitionNode

from graph_api.compiler.compile import CompiledField
from graph_api.compiler.response_shape import ConnectionShape, OptionalObjectShape
from graph_api.compiler.selection import SelectedField, read_operation
from graph_api.execution.cut_lists import CutList
from graph_api.execution.note_lookups import LookupPlanner, Lookups
from graph_api.execution.operation_planner import RootPlan
from graph_api.statement import Statement

CUT: Final = "There are more than these"
"""How the note of a page begins that is shorter than its list."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader has to know of the value of a root field, which stands under ``key`` in the response."""

    key: str
    message: str


@dataclass(frozen=True, slots=True)
class PendingNotes:
    """The look-ups of the root fields that found nothing, by response key, and their statements in one sequence."""

    lookups: Mapping[str, Lookups]

    @property
    def statements(self) -> list[Statement]:
        """All statements, in the order of the root fields."""
        return [statement for one in self.lookups.values() for statement in one.statements]

    def notes(self, values: Sequence[Any]) -> list[Note]:
        """Return the notes that follow from the values of the statements."""
        found: list[Note] = []
        left = list(values)
        for key, one in self.lookups.items():
            own, left = left[: len(one.statements)], left[len(one.statements) :]
            found += [Note(key, message) for message in one.messages(own)]
        return found


def cut_notes(root: RootPlan, value: Any) -> list[Note]:
    """Return the notes of lists that are shorter than what the graph holds, in an answer that does not say so otherwise."""
    if root.find_cut_lists is None or isinstance(value, Exception):
        return []
    return [Note(root.key, _cut_message(one, root.key)) for one in sorted({*root.find_cut_lists(value)})]


def _cut_message(cut: CutList, key: str) -> str:
    where = "" if cut.path == key else f" in a list `{cut.path}`"
    return (
        f"{CUT} {cut.first:,}{where}. Select `pageInfo {{ hasNextPage endCursor }}` and give `endCursor` as `after`, "
        "or select `totalCount`."
    )


def found_nothing(compiled: CompiledField, value: Any) -> bool:
    """Whether a root field found nothing: no record, no row, or a count of 0. An empty page after a cursor is the end of a list."""
    shape = compiled.shape
    if isinstance(value, Exception):
        return False
    if isinstance(shape, OptionalObjectShape):
        return not value
    if not isinstance(shape, ConnectionShape) or shape.is_after or value[0]:
        return False
    names = {one.name for one in shape.fields}
    if "totalCount" in names:
        return bool(value[1 + shape.counts.index("totalCount")] == 0)
    return shape.first > 0 and bool(names & {"nodes", "edges", "pageInfo"})


def prepare_notes(
    planner: LookupPlanner,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    variables: Mapping[str, Any],
    keys: Sequence[str],
) -> PendingNotes:
    """Return what to look up for the root fields with these response keys; ``variables`` are coerced."""
    roots = read_operation(planner.schema, operation, fragments, variables).roots
    selected = {key: roots[key] for key in keys}
    return PendingNotes(
        {key: Lookups.of(planner, root) for key, root in selected.items() if isinstance(root, SelectedField)}
    )

"""Binds the root field ``sequences``: people and groups whose events happened in an order, with the events relied on.

::

    sequences(steps: [{kind: CONVICTION}, {kind: EXCHANGE}]) { nodes { subject { name } } }

    Sequences((Step("Conviction", "SUBJECT", None), Step("Exchange", "SUBJECT", None)), FOR_SOME_DATES, subject=…, event=…, …)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from graph_api.compiler.binder import BindContext, BoundField, node_fields, offset_columns
from graph_api.compiler.cursors import ID
from graph_api.compiler.explain import StepFacts, explain
from graph_api.compiler.filters import steps
from graph_api.compiler.ir import Column, Projection, PropertyColumn, Sequences
from graph_api.compiler.response_shape import (
    ConnectionShape,
    ConstantShape,
    FieldShape,
    NestedObjectShape,
    ObjectListShape,
    ObjectShape,
    ScalarShape,
)
from graph_api.compiler.selection import SelectedField
from graph_api.ontology.vocabulary import DateCertainty

_SUBJECTS: Final = {"PEOPLE": ("Person",), "GROUPS": ("Group",), "ALL": ("Group", "Person")}
_OF: Final = {"subject": ("Group", "Person"), "person": ("Person",), "group": ("Group",)}
_SUBJECT, _CHAINS, _SURE, _EVENTS, _FACTS, _STATED = (0,), (1, 0), (1, 1), (1, 2), (1, 3), (1, 4)
"""Paths of the parts of a sequence in its row."""


@dataclass(slots=True)
class _Columns:
    """The columns of several selections of one row, side by side, and the object for each selection."""

    columns: list[Column]
    records: dict[SelectedField, ObjectShape] = field(default_factory=dict)

    def add(self, selected: SelectedField, types: tuple[str, ...], context: BindContext) -> None:
        """Append the columns of one selected field."""
        read, record = context.read_object(context.restrict(selected.of, types))
        self.records[selected] = offset_columns(record, len(self.columns))
        self.columns += read.columns


def sequences(selected: SelectedField, context: BindContext) -> BoundField:
    """Bind the root field. Raises InvalidQuery for an invalid number of steps."""
    arguments = selected.arguments
    sequence_steps = steps(arguments["steps"], context.bindings.filters)
    first, after = context.pagination(selected, (ID,))
    fields = selected.of["SequenceConnection"]
    subject = _Columns([PropertyColumn("id"), PropertyColumn("type")])
    event = _Columns([])
    selected_of_each = [one for node in node_fields(fields) for one in node.of["Sequence"]]
    for one in selected_of_each:
        if one.name in _OF:
            subject.add(one, _OF[one.name], context)
        elif one.name == "events":
            event.add(one, tuple(one.of), context)
    names = {one.name for one in fields}
    root = Sequences(
        sequence_steps,
        DateCertainty(arguments.get("holds", DateCertainty.FOR_SOME_DATES)),
        bool(arguments.get("sameDay", False)),
        _SUBJECTS[str(arguments.get("subjects", "PEOPLE"))],
        Projection(tuple(subject.columns)),
        Projection(tuple(event.columns)),
        context.where(selected),
        first,
        None if after is None else after[0],
        rows=bool(names & {"nodes", "edges", "pageInfo"}),
        chains=any(one.name in {"chains", "explanation"} for one in selected_of_each),
        explain=any(one.name == "explanation" for one in selected_of_each),
        count="totalCount" in names,
        count_groups="unnamedGroups" in names,
    )

    records = subject.records | event.records
    nodes = {node: _sequence(node.of["Sequence"], records) for node in node_fields(fields)}
    counts = ("totalCount", "unnamedGroups")
    shape = ConnectionShape("SequenceConnection", fields, first, after is not None, ((*_SUBJECT, 0),), nodes, counts)
    return BoundField((root,), shape)  # type: ignore[arg-type]


def _sequence(fields: Sequence[SelectedField], records: dict[SelectedField, ObjectShape]) -> ObjectShape:
    return ObjectShape({"Sequence": tuple(_slot(one, records) for one in fields)})


def _slot(one: SelectedField, records: dict[SelectedField, ObjectShape]) -> FieldShape:
    leaf = partial(ScalarShape, non_null=one.non_null, check=one.check)
    match one.name:
        case "subject":
            return FieldShape(one.key, (_SUBJECT,), NestedObjectShape(records[one]))
        case "person" | "group":
            return FieldShape(
                one.key, (_SUBJECT, (*_SUBJECT, 1)), NestedObjectShape(records[one], one.name.capitalize())
            )
        case "events":
            return FieldShape(one.key, (_EVENTS,), ObjectListShape(records[one]))
        case "holds":
            return FieldShape(one.key, (_SURE,), leaf(_holds))
        case "chains":
            return FieldShape(one.key, (_CHAINS,), leaf(None))
        case "explanation":
            return FieldShape(one.key, (_FACTS, _STATED, _CHAINS, _SURE), leaf(_explanation))
        case _:
            return FieldShape(one.key, (), ConstantShape("Sequence"))


def _holds(is_sure: bool) -> str:  # noqa: FBT001 - a column
    return (DateCertainty.FOR_ALL_DATES if is_sure else DateCertainty.FOR_SOME_DATES).value


def _explanation(facts: Any, stated: Any, chains: int, is_sure: bool) -> str:  # noqa: FBT001 - a column
    return explain([StepFacts(*fact) for fact in facts], stated, chains=chains, is_sure=is_sure)

"""Binds the root field ``sequences``: people and groups whose events happened in an order, with the events relied on.

::

    sequences(steps: [{kind: CONVICTION}, {kind: EXCHANGE}]) { nodes { subject { name } } }

    Sequences((Step("Conviction", "SUBJECT", None), Step("Exchange", "SUBJECT", None)), FOR_SOME_DATES, subject=…, event=…, …)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise
from typing import Any, Final

from graph_api.compiler.binder import BindContext, BoundField, has_cursors, identity_of, node_fields, offset_columns
from graph_api.compiler.cursors import ID
from graph_api.compiler.explain import explain
from graph_api.compiler.filters import steps
from graph_api.compiler.ir import Column, ParameterColumn, Projection, PropertyColumn, Sequences
from graph_api.compiler.order_basis import DayCount, SequenceEvent, days_between, order_basis, sequence_modality
from graph_api.compiler.response_shape import (
    ConnectionShape,
    ConstantShape,
    FieldShape,
    NestedObjectShape,
    ObjectListShape,
    ObjectShape,
    ScalarShape,
    ValueObjectShape,
    value_object_shape,
)
from graph_api.compiler.selection import SelectedField
from graph_api.errors import InvalidQuery
from graph_api.ontology.vocabulary import DateCertainty, Modality
from graph_api.values.languages import Language

_SUBJECTS: Final = {"PEOPLE": ("Person",), "GROUPS": ("Group",), "ALL": ("Group", "Person")}
_OF: Final = {"subject": ("Group", "Person"), "person": ("Person",), "group": ("Group",)}
_NEED_BASIS: Final = frozenset({"order", "between", "modality", "explanation"})
"""Fields of a sequence that are computed from the basis of its order."""
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
    identity = identity_of(selected)
    first, after = context.pagination(selected, (ID,), identity)
    fields = selected.of["SequenceConnection"]
    keys = [ParameterColumn(identity)] if has_cursors(fields) else []
    subject = _Columns([PropertyColumn("id"), PropertyColumn("type"), *keys])
    event = _Columns([])
    selected_of_each = [one for node in node_fields(fields) for one in node.of["Sequence"]]
    for one in selected_of_each:
        if one.name in _OF:
            subject.add(one, _OF[one.name], context)
        elif one.name == "events":
            event.add(one, tuple(one.of), context)
    names = {one.name for one in fields}
    summarized = _summarized(fields, len(sequence_steps))
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
        basis=any(one.name in _NEED_BASIS for one in selected_of_each),
        count="totalCount" in names,
        count_groups="unnamedGroups" in names,
        durations=tuple(step - 1 for step in summarized),
    )

    records = subject.records | event.records
    nodes = {node: _sequence(node.of["Sequence"], records) for node in node_fields(fields)}
    counts = ("totalCount", "unnamedGroups")
    summaries = {
        one: (
            summarized.index(_step(one)),
            ValueObjectShape(_statistics, value_object_shape(*_only(one)), non_null=True),
        )
        for one in fields
        if one.name == "durations"
    }
    cursor = ((*_SUBJECT, 2), (*_SUBJECT, 0)) if keys else ()
    shape = ConnectionShape("SequenceConnection", fields, first, after is not None, cursor, nodes, counts, summaries)
    return BoundField((root,), shape)  # type: ignore[arg-type]


def _summarized(fields: Sequence[SelectedField], steps: int) -> list[int]:
    """Return the steps for which durations are selected, each once. Raises InvalidQuery for one without a next step."""
    found = list(dict.fromkeys(_step(one) for one in fields if one.name == "durations"))
    for step in found:
        if not 1 <= step < steps:
            expected = f"a step from 1 to {steps - 1}" if steps > 1 else "a sequence of two steps or more"
            raise InvalidQuery(f"Invalid argument `step: {step}` of durations: expected {expected}.")
    return found


def _step(selected: SelectedField) -> int:
    return int(selected.arguments["step"])


def _only(selected: SelectedField) -> tuple[Sequence[SelectedField], str]:
    [(typename, fields)] = selected.of.items()
    return fields, typename


def _statistics(row: Sequence[Any]) -> dict[str, Any]:
    n, unknown, *days = row
    names = ("lowerQuartile", "median", "upperQuartile")
    counts = [
        None if least is None else _day_count((least, most)) for least, most in zip(days[::2], days[1::2], strict=True)
    ]
    return {"n": n, "unknown": unknown, **dict(zip(names, counts, strict=True))}


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
        case "order":
            return FieldShape(one.key, (_FACTS, _STATED), leaf(_order))
        case "between":
            days = ValueObjectShape(_between, value_object_shape(*_only(one)), many=True)
            return FieldShape(one.key, (_FACTS,), days)
        case "modality":
            return FieldShape(one.key, (_FACTS, _STATED), leaf(_modality))
        case "explanation":
            paths = (_FACTS, _STATED, (*_SUBJECT, 1), _CHAINS, _SURE)
            return FieldShape(one.key, paths, leaf(partial(_explanation, one.language)))
        case _:
            return FieldShape(one.key, (), ConstantShape("Sequence"))


def _holds(is_sure: bool) -> str:  # noqa: FBT001 - a column
    return (DateCertainty.FOR_ALL_DATES if is_sure else DateCertainty.FOR_SOME_DATES).value


def _events(facts: Any) -> list[SequenceEvent]:
    return [_event(*fact) for fact in facts]


def _event(*stored: Any) -> SequenceEvent:
    """Return an event of a sequence from its columns, which are in the order of its fields."""
    event = SequenceEvent(*stored)
    dating = event.date_modality
    return replace(
        event,
        modality=Modality(event.modality),
        part_modality=Modality(event.part_modality),
        date_modality=None if dating is None else Modality(dating),
    )


def _modalities(stated: Any) -> list[Modality | None]:
    return [None if one is None else Modality(one) for one in stated]


def _order(facts: Any, stated: Any) -> list[str]:
    return [
        order_basis(a, b, modality).value
        for (a, b), modality in zip(pairwise(_events(facts)), _modalities(stated), strict=True)
    ]


def _between(facts: Any) -> list[dict[str, int | None]]:
    return [_day_count(days_between(a, b)) for a, b in pairwise(_events(facts))]


def _day_count(days: DayCount) -> dict[str, int | None]:
    least, most = days
    return {"atLeast": least, "atMost": most}


def _modality(facts: Any, stated: Any) -> str:
    return sequence_modality(_events(facts), _modalities(stated)).value


def _explanation(
    language: Language,
    facts: Any,
    stated: Any,
    type_: str,
    chains: int,
    is_sure: bool,  # noqa: FBT001 - a column
) -> str:
    events, subject = _events(facts), type_.lower()
    return explain(events, _modalities(stated), subject=subject, chains=chains, is_sure=is_sure, language=language)

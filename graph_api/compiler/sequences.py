"""The root field ``sequences``: whose events happened in an order, with the events relied on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from graph_api.compiler.binder import Binding, Field, node_fields, shifted
from graph_api.compiler.cursors import ID
from graph_api.compiler.explain import StepFacts, explain
from graph_api.compiler.field_bindings import asked
from graph_api.compiler.filters import person_filter, steps
from graph_api.compiler.ir import Column, Read, Sequences, Stored
from graph_api.compiler.response_shape import Connection, Constant, Leaf, Record, Row, Rows, Slot
from graph_api.compiler.selection import Selected
from graph_api.ontology.vocabulary import Holds

_SUBJECTS: Final = {"PEOPLE": ("Person",), "GROUPS": ("Group",), "ALL": ("Group", "Person")}
_OF: Final = {"subject": ("Group", "Person"), "person": ("Person",), "group": ("Group",)}
_SUBJECT, _CHAINS, _SURE, _EVENTS, _FACTS, _STATED = (0,), (1, 0), (1, 1), (1, 2), (1, 3), (1, 4)
"""Where the parts of a sequence stand in its row."""


@dataclass(slots=True)
class _Columns:
    """Columns of several selections of one row, side by side, and the object that each makes of them."""

    columns: list[Column]
    records: dict[int, Record] = field(default_factory=dict)

    def add(self, selected: Selected, types: tuple[str, ...], binding: Binding) -> None:
        """Take in what was selected under one response key."""
        read, record = binding.row({of: fields for of, fields in selected.of.items() if of in types})
        self.records[id(selected)] = shifted(record, len(self.columns))
        self.columns += read.columns


def sequences(selected: Selected, binding: Binding) -> Field:
    """Bind the root field. Raises InvalidQuery for no steps or too many."""
    arguments = selected.arguments
    asked_steps = steps(arguments["steps"])
    first, after = binding.window(selected, (ID,))
    fields = selected.of["SequenceConnection"]
    subject = _Columns([Stored("id"), Stored("type")])
    event = _Columns([])
    selected_of_each = [one for node in node_fields(fields) for one in node.of["Sequence"]]
    for one in selected_of_each:
        if one.name in _OF:
            subject.add(one, _OF[one.name], binding)
        elif one.name == "events":
            event.add(one, tuple(one.of), binding)
    names = {one.name for one in fields}
    root = Sequences(
        asked_steps,
        Holds(arguments.get("holds", Holds.FOR_SOME_DATES)),
        bool(arguments.get("sameDay", False)),
        _SUBJECTS[str(arguments.get("subjects", "PEOPLE"))],
        Read(tuple(subject.columns)),
        Read(tuple(event.columns)),
        asked(selected, person_filter),
        first,
        None if after is None else after[0],
        rows=bool(names & {"nodes", "edges", "pageInfo"}),
        chains=any(one.name in {"chains", "explanation"} for one in selected_of_each),
        explain=any(one.name == "explanation" for one in selected_of_each),
        count="totalCount" in names,
        count_groups="unnamedGroups" in names,
    )

    records = subject.records | event.records
    nodes = {id(node): _sequence(node.of["Sequence"], records) for node in node_fields(fields)}
    counts = ("totalCount", "unnamedGroups")
    shape = Connection("SequenceConnection", fields, first, after is not None, ((*_SUBJECT, 0),), nodes, counts)
    return Field((root,), shape)  # type: ignore[arg-type]


def _sequence(fields: Sequence[Selected], records: dict[int, Record]) -> Record:
    return Record({"Sequence": tuple(_slot(one, records) for one in fields)})


def _slot(one: Selected, records: dict[int, Record]) -> Slot:
    leaf = partial(Leaf, needed=one.needed, check=one.check)
    match one.name:
        case "subject":
            return Slot(one.key, (_SUBJECT,), Row(records[id(one)]))
        case "person" | "group":
            return Slot(one.key, (_SUBJECT, (*_SUBJECT, 1)), Row(records[id(one)], one.name.capitalize()))
        case "events":
            return Slot(one.key, (_EVENTS,), Rows(records[id(one)]))
        case "holds":
            return Slot(one.key, (_SURE,), leaf(_holds))
        case "chains":
            return Slot(one.key, (_CHAINS,), leaf(None))
        case "explanation":
            return Slot(one.key, (_FACTS, _STATED, _CHAINS, _SURE), leaf(_explanation))
        case _:
            return Slot(one.key, (), Constant("Sequence"))


def _holds(is_sure: bool) -> str:  # noqa: FBT001 - a column
    return (Holds.FOR_ALL_DATES if is_sure else Holds.FOR_SOME_DATES).value


def _explanation(facts: Any, stated: Any, chains: int, is_sure: bool) -> str:  # noqa: FBT001 - a column
    return explain([StepFacts(*fact) for fact in facts], stated, chains=chains, is_sure=is_sure)

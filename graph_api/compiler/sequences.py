"""The root field ``sequences``: whose events happened in an order, with the events relied on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graph_api.compiler.bind import Binding, Field, connection, edge_fields
from graph_api.compiler.cursors import ID, cursor
from graph_api.compiler.explain import StepFacts, explain
from graph_api.compiler.fields import asked
from graph_api.compiler.filters import person_filter, steps
from graph_api.compiler.ir import Column, Read, Sequences, Stored
from graph_api.compiler.selection import Selected
from graph_api.model.vocabulary import Holds

_SUBJECTS: Final = {"PEOPLE": ("Person",), "GROUPS": ("Group",), "ALL": ("Group", "Person")}
_OF: Final = {"subject": ("Group", "Person"), "person": ("Person",), "group": ("Group",)}


@dataclass(slots=True)
class _Columns:
    """Columns of several selections of one row, side by side, each with its own decoder."""

    columns: list[Column]
    decoders: list[tuple[Selected, Callable[[Sequence[Any]], Any]]]

    def add(self, selected: Selected, types: tuple[str, ...], binding: Binding) -> None:
        """Take in what was selected under one response key."""
        read, decode = binding.row(
            {of: fields for of, fields in selected.of.items() if of in types or len(selected.of) > len(_OF["subject"])}
        )
        at = len(self.columns)
        self.columns += read.columns
        self.decoders.append((selected, lambda row: decode(row[at : at + len(read.columns)])))


def sequences(selected: Selected, binding: Binding) -> Field:
    """Bind the root field. Raises BadQuery for no steps or too many."""
    arguments = selected.arguments
    asked_steps = steps(arguments["steps"])
    first, after = binding.window(selected, (ID,))
    fields = selected.of["SequenceConnection"]
    subject = _Columns([Stored("id"), Stored("type")], [])
    event = _Columns([], [])
    selected_of_each = _sequence_fields(fields)
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
        explain=any(one.name == "explanation" for one in selected_of_each),
        count="totalCount" in names,
        count_groups="unnamedGroups" in names,
    )

    def make(found: Sequence[Any]) -> dict[str, Any]:
        rows, total, groups = found
        edges = [(cursor([row[0][0]]), row) for row in rows[:first]]
        decoders = {id(one): decode for one, decode in (*subject.decoders, *event.decoders)}
        made = connection(
            fields,
            "SequenceConnection",
            edges,
            lambda row, of: _sequence(row, of.of["Sequence"], decoders),
            count=total,
            has_more=len(rows) > first,
            is_after=after is not None,
        )
        return made | {one.key: groups for one in fields if one.name == "unnamedGroups"}

    return Field((root,), make)  # type: ignore[arg-type]


def _sequence_fields(fields: Sequence[Selected]) -> list[Selected]:
    nodes = [one for one in fields if one.name == "nodes"] + [
        each for one in fields for each in edge_fields(one) if each.name == "node"
    ]
    return [field for one in nodes for field in one.of["Sequence"]]


def _sequence(
    row: Sequence[Any], fields: Sequence[Selected], decoders: dict[int, Callable[[Sequence[Any]], Any]]
) -> dict[str, Any]:
    subject, (chains, is_sure, events, facts, stated) = row
    made: dict[str, Any] = {"__typename": "Sequence"}
    for one in fields:
        match one.name:
            case "subject":
                made[one.key] = decoders[id(one)](subject)
            case "person" | "group":
                made[one.key] = decoders[id(one)](subject) if subject[1].lower() == one.name else None
            case "events":
                made[one.key] = [decoders[id(one)](event) for event in events]
            case "holds":
                made[one.key] = (Holds.FOR_ALL_DATES if is_sure else Holds.FOR_SOME_DATES).value
            case "chains":
                made[one.key] = chains
            case "explanation":
                made[one.key] = explain([StepFacts(*fact) for fact in facts], stated, chains=chains, is_sure=is_sure)
            case _:
                made[one.key] = "Sequence"
    return made

"""Binds the root field ``caseFile``: what the selection reads besides the facts, and how the case file becomes the response.

::

    caseFile(person: "a") { timeline { text event { title } } }

    before:    case_file(id: "a")                                              the facts, from which the pure function makes the file
    statement: MATCH the person "a", with the row of each of its events        the records that the selection asks for
    value:     {"timeline": [{"text": …, "event 0": [row of the event]}, …]}   from which the response takes the selected fields

A record in a case file (an event, a source, a speaker, the person) is read as everywhere else in the API, by its own binders.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

from graph_api.casefile.case_file import CaseFile, FileLine, case_file
from graph_api.casefile.difference_words import difference_words
from graph_api.casefile.facts import parse_facts
from graph_api.casefile.forms import CaseFileForm, FilledField, filled_form
from graph_api.casefile.gaps import FileGap
from graph_api.compiler.binder import (
    BY_ID,
    BindContext,
    BoundField,
    FieldBinder,
    NamedRead,
    property_field,
    reindexed,
    scalar,
)
from graph_api.compiler.comparisons import COMPARISONS
from graph_api.compiler.decode import or_default
from graph_api.compiler.ir import (
    ByIdScan,
    Column,
    Hop,
    Projection,
    PropertyColumn,
    ScopeVar,
    SubqueryMany,
    SubqueryOne,
    Traverse,
)
from graph_api.compiler.ir_facts import DifferenceScan
from graph_api.compiler.placeholders import map_value
from graph_api.compiler.response_shape import (
    ConstantShape,
    FieldShape,
    ObjectShape,
    OptionalObjectShape,
    ResponseShape,
    ScalarShape,
    ValueObjectShape,
    identity,
    value_object_shape,
)
from graph_api.compiler.selection import SelectedField
from graph_api.evidence.status_text import Language
from graph_api.ontology.names import Label, Rel
from graph_api.values import dates

Row = Sequence[Any]

_ROWS: Final = 1000
"""How many records of one kind a case file reads at most: more than any person has events."""
_EVENTS: Final = Hop((Rel.TOOK_PART,), forward=True, label=Label.EVENT)
_SELF_AND_EVENTS: Final = Hop((Rel.TOOK_PART,), forward=True, label=Label.RECORD, min_length=0)
_RECORDS: Final[Mapping[tuple[str, str], tuple[Traverse, ...]]] = {
    ("TimelineEntry", "event"): (Traverse((_EVENTS,), distinct=True),),
    ("Reference", "source"): (
        Traverse(
            (
                Hop((Rel.TOOK_PART, Rel.MEMBER), forward=None, min_length=0),
                Hop((Rel.ABOUT,), forward=False, label=Label.RECORD, min_length=0),
                Hop((Rel.CITES,), forward=True, label=Label.SOURCE),
            ),
            distinct=True,
        ),
        Traverse(
            (
                Hop((Rel.STAYED,), forward=True, label=Label.STAY),
                Hop((Rel.STAY_AT,), forward=True, label=Label.SITE),
                Hop((Rel.STAY_AT,), forward=False, label=Label.STAY),
                Hop((Rel.RELIES_ON,), forward=True, label=Label.CLAIM),
                Hop((Rel.CITES,), forward=True, label=Label.SOURCE),
            ),
            distinct=True,
        ),
        Traverse(
            (
                _SELF_AND_EVENTS,
                Hop((Rel.DIFFERS_ON,), forward=False, label=Label.DIFFERENCE),
                Hop((Rel.BETWEEN,), forward=True, label=Label.CLAIM),
                Hop((Rel.CITES,), forward=True, label=Label.SOURCE),
            ),
            distinct=True,
        ),
    ),
    ("Clause", "saidBy"): (
        Traverse(
            (
                _SELF_AND_EVENTS,
                Hop((Rel.ABOUT,), forward=False, label=Label.CLAIM),
                Hop((Rel.SAID_BY,), forward=True, label=Label.ACTOR),
            ),
            distinct=True,
        ),
    ),
}
"""Fields of parts of a case file that hold a record, and the records among which it is.

Sources are also those of stays of others at the same sites, and of what differs.
"""
_OF_PERSON: Final = ("about", "stays", "coDetainees")
"""Fields of a case file that are those of its person."""
_VALUES: Final = frozenset({"When", "DayRange", "Span"})


@dataclass(frozen=True, slots=True)
class _Joined:
    """Records that are put into parts of a file: the type of the part, its field, the key, the columns and the index of the id."""

    owner: str
    field: str
    key: str
    columns: tuple[int, ...]
    id_at: int


@dataclass(frozen=True, slots=True)
class _Binder:
    context: BindContext
    person: Any
    language: Language
    columns: list[Column] = field(default_factory=lambda: [PropertyColumn("id")])
    joined: list[_Joined] = field(default_factory=list)
    forms: set[CaseFileForm] = field(default_factory=set)

    def object(self, typename: str, fields: Sequence[SelectedField]) -> ObjectShape:
        return ObjectShape({typename: tuple(self._field(typename, one) for one in fields)})

    def _field(self, owner: str, one: SelectedField) -> FieldShape:
        if one.name == "__typename":
            return FieldShape(one.key, (), ConstantShape(owner))
        if (owner, one.name) in _RECORDS:
            return self._record(owner, one)
        if owner == "CaseFile" and one.name == "person":
            return self._own(one, self.context.to_one(ScopeVar("self"), one))
        if owner == "CaseFile" and one.name == "status":
            return self._own(one, self._status(one))
        if owner == "CaseFile" and one.name == "differences":
            return self._own(one, self._context_of_differences().to_many(DifferenceScan(self.person), one, BY_ID))
        if owner == "CaseFile" and one.name in _OF_PERSON:
            return self._own(one, self.context.bindings.fields["Person"][one.name](one, self.context))
        if owner == "CaseFile" and one.name == "form":
            form = CaseFileForm(str(one.arguments["form"]))
            self.forms.add(form)
            return FieldShape(one.key, (("form", form.value),), self._shape(one))
        return FieldShape(one.key, ((one.name,),), self._shape(one))

    def _status(self, one: SelectedField) -> BoundField:
        """Bind the status of the person, with its text in the language of the file."""
        bindings, key = self.context.bindings, f"status_text{'_uk' if self.language is Language.UK else ''}"
        status = {**bindings.fields["Status"], "text": property_field(key, or_default(""))}
        context = BindContext(replace(bindings, fields={**bindings.fields, "Status": status}), self.context.limits)
        return bindings.fields["Person"]["status"](one, context)

    def _context_of_differences(self) -> BindContext:
        """Return a context in which differences are explained in the language of the file."""
        bindings = self.context.bindings
        explanation: FieldBinder = partial(_explanation, self.language)
        difference = {**bindings.fields["Difference"], "explanation": explanation}
        return replace(self.context, bindings=replace(bindings, fields={**bindings.fields, "Difference": difference}))

    def _shape(self, one: SelectedField) -> ResponseShape:
        if not one.of:
            return ScalarShape(None, one.non_null, one.check)
        [(inner, fields)] = one.of.items()
        if inner in _VALUES:
            return ValueObjectShape(identity, value_object_shape(fields, inner), non_null=one.non_null)
        return ValueObjectShape(identity, self.object(inner, fields), many=True)

    def _own(self, one: SelectedField, bound: BoundField) -> FieldShape:
        paths = tuple(("rows", self._column(column)) for column in bound.columns)
        return FieldShape(one.key, paths, bound.shape)

    def _record(self, owner: str, one: SelectedField) -> FieldShape:
        read, shape = self.context.read_object(self.context.without_participations(one.of))
        columns = (*read.columns, *({PropertyColumn("id")} - set(read.columns)))
        projection = Projection(columns)
        found = [SubqueryMany(path, projection, BY_ID, _ROWS, None) for path in _RECORDS[owner, one.name]]
        key = f"{one.name} {len(self.joined)}"
        at = tuple(map(self._column, found))
        self.joined.append(_Joined(owner, one.name, key, at, columns.index(PropertyColumn("id"))))
        return FieldShape(one.key, ((key,),), OptionalObjectShape(reindexed(columns, read, shape), one.non_null))

    def _column(self, column: Column) -> int:
        if column not in self.columns:
            self.columns.append(column)
        return self.columns.index(column)


def bind_explanation(selected: SelectedField, context: BindContext) -> BoundField:
    """Bind the explanation of a difference in the language of the operation."""
    return _explanation(selected.language, selected, context)


def _explanation(language: Language, selected: SelectedField, context: BindContext) -> BoundField:
    bound = COMPARISONS["Difference"]["explanation"](selected, context)
    return scalar(selected, bound.columns, partial(_explained, language))


def bind_case_file(selected: SelectedField, context: BindContext) -> BoundField:
    """Bind the case file of a person, by ``person`` and ``language``."""
    [(typename, fields)] = selected.of.items()
    person = map_value(selected.arguments["person"], str)
    language = Language(str(selected.arguments["language"]))
    binder = _Binder(context, person, language)
    shape = binder.object(typename, fields)
    convert = partial(_value, language, tuple(binder.joined), frozenset(binder.forms))
    return BoundField(
        (SubqueryOne(ByIdScan(Label.PERSON, person), Projection(tuple(binder.columns))),),
        ValueObjectShape(convert, shape, many=False, non_null=selected.non_null),
        NamedRead("case_file", {"id": person, "known": None}),
    )


def _value(
    language: Language, joined: Sequence[_Joined], forms: AbstractSet[CaseFileForm], found: Sequence[Any]
) -> Mapping[str, Any] | None:
    """Return the fields of the case file of the facts and rows that were read; None where there is no such person."""
    facts, rows = found
    if facts is None or not rows:
        return None
    file = case_file(parse_facts(facts), language)
    value = _fields(file, forms)
    value["rows"] = rows[0]
    parts: Mapping[str, list[dict[str, Any]]] = {
        "TimelineEntry": [*value["timeline"], *value["announced"]],
        "Clause": [clause for line in (*value["timeline"], *value["announced"]) for clause in line["clauses"]],
        "Reference": value["references"],
    }
    for one in joined:
        records = {row[one.id_at]: row for column in one.columns for row in rows[0][column]}
        for part in parts[one.owner]:
            part[one.key] = [records[part[one.field]]] if part[one.field] in records else []
    return value


def _fields(file: CaseFile, forms: AbstractSet[CaseFileForm]) -> dict[str, Any]:
    return {
        "knownTo": file.known_to or None,
        "timeline": [_line_fields(one) for one in file.timeline],
        "announced": [_line_fields(one) for one in file.announced],
        "notice": list(file.notices),
        "snapshot": file.snapshot or None,
        "contentHash": file.content_hash,
        "gaps": [{"kind": one.kind, "span": _span(one), "text": one.text} for one in file.gaps],
        "leads": [{"kind": one.kind, "text": one.text, "lines": list(one.lines)} for one in file.leads],
        "form": {form.value: [_form_field(one) for one in filled_form(file, form)] for form in forms},
        "references": [
            {"number": one.number, "source": one.source, "locators": list(one.locators), "text": one.text}
            for one in file.references
        ],
    }


def _explained(language: Language, kind: str, name: str, rows: Sequence[Row]) -> str:
    return difference_words(kind, name, rows, language)


def _span(gap: FileGap) -> dict[str, Any]:
    return {"start": dates.decode(gap.start), "end": dates.decode(gap.end), "display": gap.span, "display_uk": gap.span}


def _form_field(one: FilledField) -> dict[str, Any]:
    return {"label": one.label, "text": one.text, "references": list(one.references)}


def _line_fields(one: FileLine) -> dict[str, Any]:
    return {
        "line": one.line,
        "event": one.event,
        "role": one.role,
        "date": dates.decode(one.date),
        "placement": one.placement,
        "bounds": {"earliest": one.earliest, "latest": one.latest},
        "notOrderedWith": list(one.not_ordered_with),
        "text": one.text,
        "clauses": [
            {
                "text": each.text,
                "references": list(each.references),
                "modality": each.modality,
                "end": each.end,
                "saidBy": each.said_by,
                "saidByRole": each.said_by_role,
            }
            for each in one.clauses
        ],
        "references": list(one.references),
        "differences": list(one.differences),
    }

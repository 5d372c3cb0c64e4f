"""What is looked up for a root field that found nothing: whether ids exist, and what each condition matches without the others."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from threading import Lock
from typing import Any, Final

from graphql import GraphQLInputObjectType, GraphQLSchema, get_named_type

from graph_api.compiler.emit_presence import NAME, presence, similar_ids
from graph_api.compiler.ir import Predicate
from graph_api.compiler.response_codegen import ResponseBuilder
from graph_api.compiler.selection import SelectedField
from graph_api.database.queries import named
from graph_api.execution.operation_planner import MB, LruCache, OperationPlanner
from graph_api.ontology.names import Label
from graph_api.ontology.registry import ONTOLOGY
from graph_api.ontology.vocabulary import Occurrence
from graph_api.schema.bindings import BINDINGS
from graph_api.statement import Statement
from graph_api.values.value_type import shorten

MAX_IDS: Final = 6
MAX_CONDITIONS: Final = 8
MAX_WORDS: Final = 4
"""Limits of what is looked up for one root field: ids, conditions, and words of a search."""
MAX_NEAREST: Final = 3
MAX_PLANS: Final = 500
"""How many plans of look-ups are kept: one for ids, and one for each text that was searched for."""
SPARSE: Final = 0.5
"""Below this share of the records a property is said to be stated for few."""
PLURALS: Final[Mapping[str, str]] = {
    **{kind.name.capitalize(): kind.section for kind in ONTOLOGY.kinds},
    "Exchange": "exchanges",
}
RECORD: Final = "query ($id: ID!) { node(id: $id) { __typename id label } }"
NEAREST: Final = "query ($text: String!, $kinds: [NodeKind!]) { search(text: $text, kinds: $kinds, first: 3) { nodes { label kind node { id } } } }"
Messages = Iterator[str]
Values = Iterator[Any]


@dataclass(frozen=True, slots=True)
class Lookups:
    """The statements of one root field; ``explain`` takes their values in the same order and gives the messages."""

    statements: tuple[Statement, ...]
    explain: Callable[[Values], Messages]

    @classmethod
    def of(cls, planner: LookupPlanner, root: SelectedField) -> Lookups:
        """Return the look-ups of a root field whose arguments have no placeholders."""
        ids = list(dict.fromkeys(_ids(planner.schema, root)))[:MAX_IDS]
        by_id = {id_: _id_lookup(planner, id_, root) for id_ in ids}
        found = list(_conditions(planner.schema, root))[:MAX_CONDITIONS]
        conditions = [(one, _condition_lookup(planner, one)) for one in found]
        others = [*_announced_lookup(root), *_search_lookups(planner, root)]
        parts = [*by_id.values(), *(part for _, part in conditions), *others]

        def explain(values: Values) -> Messages:
            of_ids = {id_: list(part.explain(values)) for id_, part in by_id.items()}
            found = [message for messages in of_ids.values() for message in messages]
            for one, part in conditions:
                messages = list(part.explain(values))
                found += messages if not any(of_ids.get(id_) for id_ in one.ids) else []  # of such an id all is said
            found += [message for part in others for message in part.explain(values)]
            if not found and len(conditions) > 1:
                found.append("Each condition matches a record without the others; together they match none.")
            return iter(dict.fromkeys(found))

        return cls(tuple(statement for part in parts for statement in part.statements), explain)

    def messages(self, values: Sequence[Any]) -> list[str]:
        """Return the messages that follow from the values of the statements."""
        return list(self.explain(iter(values)))


# ── reads of the API itself ─────────────────────────────────────────────────────────────────────────────────────


class LookupPlanner:
    """Plans the reads of the API itself, each once as operations are: a look-up of another id has the same plan. Safe in any thread."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema
        self._planner = OperationPlanner(schema)
        self._planner.plans = LruCache(max_items=MAX_PLANS, max_bytes=8 * MB)
        self._lock = Lock()

    def read(self, query: str, variables: Mapping[str, Any]) -> tuple[Statement, ResponseBuilder]:
        """Return the statement of an operation with one root field, and the function that builds its value. Raises GraphApiError."""
        with self._lock:
            document = self._planner.document(query)
            operation = document.operation(None)
            coerced = self._planner.coerce_variables(operation, variables)
            [root] = self._planner.plan(document, operation, coerced)[0].roots
        if root.error is not None:
            raise root.error
        assert root.compiled is not None  # noqa: S101 - neither introspection nor __typename
        assert root.build is not None  # noqa: S101 - as it is compiled
        return replace(root.compiled.bind(coerced), name=NAME), root.build


def _nearest(planner: LookupPlanner, text: str, kinds: Sequence[str] | None = None) -> Lookups:
    """Look up the nearest names; the messages are these."""
    statement, build = planner.read(NEAREST, {"text": text[:100], "kinds": kinds})

    def explain(values: Values) -> Messages:
        for hit in build(next(values))["nodes"]:
            yield f"{hit['node']['id']}, the {hit['kind'].capitalize()} {hit['label']}"

    return Lookups((statement,), explain)


# ── ids ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def _inputs(schema: GraphQLSchema) -> dict[str, dict[str, str]]:
    """Return the name of the type of every input field, by input type."""
    return {
        name: {field: get_named_type(one.type).name for field, one in type_.fields.items()}
        for name, type_ in schema.type_map.items()
        if isinstance(type_, GraphQLInputObjectType)
    }


def _ids(schema: GraphQLSchema, root: SelectedField) -> Iterator[str]:
    """Yield the ids among the arguments of a root field, but for those of what must not match."""
    assert schema.query_type is not None  # noqa: S101 - the schema has a Query type; for the type checker
    declared = schema.query_type.fields[root.name].args
    for name, value in root.arguments.items():
        type_ = get_named_type(declared[name].type).name
        if type_ == "ID":
            yield str(value)
        yield from _ids_in(schema, type_, value)


def _ids_in(schema: GraphQLSchema, type_: str, value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _ids_in(schema, type_, one)
    elif type_ == "IDFilter":
        yield from _ids_of(value)
    elif isinstance(value, Mapping):
        for name, one in value.items():
            if name not in ("not", "noEvent") and one is not None:
                yield from _ids_in(schema, _inputs(schema)[type_][name], one)


def _ids_of(value: Mapping[str, Any]) -> list[str]:
    return [str(one) for one in (value.get("eq"), *(value.get("in") or ())) if one is not None]


def _id_lookup(planner: LookupPlanner, id_: str, root: SelectedField) -> Lookups:
    """Look up whether a record has an id and is what the root field returns, the nearest names, and the nearest ids."""
    statement, build = planner.read(RECORD, {"id": id_})
    names = _nearest(planner, id_.replace("-", " "))
    words = id_.lower().split("-")
    similar = similar_ids(tuple({"-".join(words[:-1]) or words[0][:4], words[0]} - {""}))
    present = replace(named("present_ids", ids=[id_]), name=NAME)

    def explain(values: Values) -> Messages:
        record, near_names, ids, moved = build(next(values)), list(names.explain(values)), next(values), next(values)
        if moved:
            yield f"The id {shorten(id_)!r} moved to {moved[0][1]!r}: ask for that one."
        elif record is None:
            alike = difflib.get_close_matches(id_.lower(), ids, n=MAX_NEAREST, cutoff=0.7)
            near = [*near_names, *(one for one in alike if not any(name.startswith(f"{one},") for name in near_names))]
            yield f"No record has the id {shorten(id_)!r}" + _nearest_words(near, "; ")
        elif root.arguments.get("id") == id_ and record["__typename"] not in root.of:
            yield f"The id {id_!r} is that of the {record['__typename']} {record['label']!r}; `node` finds every kind of record."

    return Lookups((statement, *names.statements, similar, present), explain)


def _nearest_words(words: Sequence[str], between: str = ", ") -> str:
    return f"; nearest: {between.join(words[:MAX_NEAREST])}." if words else "."


# ── conditions ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Condition:
    """One condition of a filter: where it stands, the label of the records that it is asked of, its input type and value."""

    path: str
    label: str
    filter: str
    field: str
    value: Any

    @property
    def ids(self) -> list[str]:
        return _ids_of(self.value) if isinstance(self.value, Mapping) else []

    @property
    def predicate(self) -> Predicate:
        return BINDINGS.filters.predicate(self.filter, {self.field: self.value})


def _conditions(schema: GraphQLSchema, root: SelectedField) -> Iterator[_Condition]:
    """Yield the conditions of the filters and steps of a root field, but for those of what must not match."""
    for name, value in root.arguments.items():
        type_ = root.input_types.get(name)
        if type_ is not None and name != "orderBy":
            label = Label.EVENT.value if type_ == "StepInput" else type_.removesuffix("Filter")
            yield from _conditions_in(schema, type_, "Exchange" if root.name == "exchanges" else label, name, value)


def _conditions_in(schema: GraphQLSchema, type_: str, label: str, path: str, value: Any) -> Iterator[_Condition]:
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield from _conditions_in(schema, type_, label, f"{path}.{index}", one)
        return
    for name, one in value.items():
        of, inner = _inputs(schema)[type_][name], f"{path}.{name}"
        if one is None or name in ("not", "noEvent", "occurrence"):
            continue
        if of in BINDINGS.filters.conditions:
            yield from _conditions_in(schema, of, label if of == type_ else Label.EVENT.value, inner, one)
        elif of in ("EventMatch", "HistoryFilter", "StepInput"):
            yield from _conditions_in(schema, of, Label.EVENT.value, inner, one)
        elif type_ in BINDINGS.filters.conditions or (type_ == "StepInput" and name == "kind"):
            yield _Condition(inner, label, "EventFilter" if type_ == "StepInput" else type_, name, one)


def _condition_lookup(planner: LookupPlanner, one: _Condition) -> Lookups:
    """Look up whether a condition matches a record, of how many its property is stated, and the nearest texts."""
    statement = presence(one.label, one.predicate)
    is_name = one.field in ("name", "title") and isinstance(one.value, Mapping)
    texts = _texts_of(one.value)
    of_kind = [one.label.upper()] if one.label != "Exchange" else ["EVENT"]
    names = _nearest(planner, texts[0], of_kind) if is_name and texts else Lookups((), lambda _values: iter(()))

    def explain(values: Values) -> Messages:
        matches, stated, total, words = next(values)
        nearest = list(names.explain(values)) or _similar(texts, words)
        plural = PLURALS.get(one.label, "records")
        is_sparse = stated is not None and stated < SPARSE * total
        share = f"{one.field} is stated for {stated:,} of {total:,} {plural}" if is_sparse else ""
        if not matches:
            found = (
                f"{one.path} {_shown(one.value)} matches none of the {total:,} {plural}{'; ' + share if share else ''}"
            )
            yield found + _nearest_words(nearest, "; " if is_name else ", ")
        elif share:
            yield f"{one.path}: {share}."

    return Lookups((statement, *names.statements), explain)


def _texts_of(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        found = [value.get(name) for name in ("eq", "contains", "startsWith")] + list(value.get("in") or ())
        return [one for one in found if isinstance(one, str)]
    return [value] if type(value) is str else []


def _similar(texts: Sequence[str], words: Sequence[Any]) -> list[str]:
    by_key: dict[str, str] = {}
    for word in map(str, words):
        by_key.setdefault(word.casefold(), word)
    near = [
        key for text in texts for key in difflib.get_close_matches(text.casefold(), by_key, n=MAX_NEAREST, cutoff=0.5)
    ]
    return [by_key[key] for key in dict.fromkeys(near)]


def _shown(value: Any) -> str:
    """Return a coerced value as it is written in GraphQL, shortened."""
    match value:
        case Mapping():
            text = "{" + ", ".join(f"{name}: {_shown(one)}" for name, one in value.items() if one is not None) + "}"
        case list():
            text = "[" + ", ".join(map(_shown, value)) + "]"
        case bool():
            text = str(value).lower()
        case _:
            text = f'"{value}"' if type(value) is str else str(value)
    return shorten(text, 80)


# ── announced events, searches ──────────────────────────────────────────────────────────────────────────────────


def _announced_lookup(root: SelectedField) -> list[Lookups]:
    """Look up whether sources only announce what a list of events asks for."""
    where = {key: value for key, value in (root.arguments.get("where") or {}).items() if value is not None}
    if root.name not in ("events", "exchanges") or where.get("occurrence", Occurrence.REPORTED) != Occurrence.REPORTED:
        return []
    announced = BINDINGS.filters.events({**where, "occurrence": Occurrence.ANNOUNCED})
    statement = presence(Label.EVENT if root.name == "events" else "Exchange", announced)

    def explain(values: Values) -> Messages:
        if next(values)[0]:
            yield "Sources only announce, plan or expect what matches; `occurrence: ANY` or `ANNOUNCED` finds it."

    return [Lookups((statement,), explain)]


def _search_lookups(planner: LookupPlanner, root: SelectedField) -> list[Lookups]:
    """Look up each word of a search alone, and the whole text among all kinds of records."""
    if root.name != "search":
        return []
    text, kinds = str(root.arguments["text"]), root.arguments.get("kinds")
    words = text.split()[:MAX_WORDS]
    parts = [(word, _nearest(planner, word)) for word in words]
    anywhere = _nearest(planner, text)

    def explain(values: Values) -> Messages:
        for word, part in parts:
            found = list(part.explain(values))
            if not found:
                yield f"No name or title has a word like {shorten(word)!r}."
            elif len(words) > 1:
                yield f"{shorten(word)!r} alone finds: {'; '.join(found)}."
        found = list(anywhere.explain(values))
        if kinds is not None and found:
            yield f"Records of other kinds match: {'; '.join(found)}."

    return [Lookups(tuple(one for _, part in parts for one in part.statements) + anywhere.statements, explain)]

"""Binds the root field ``search``: records by their names, in any script and spelling, the best match first.

::

    search(text: "Oleg Sencow") { nodes { node { id } matched } }

    Search(query="(+fold_tokens:(oleg^8 …", keys=("oleg sencov",), exact_terms=(("oleg",),), prefix_terms=(("senkov", "sencov"),), …)
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any, Final

from graph_api.compiler.binder import BindContext, BoundField, has_cursors, identity_of, node_fields, offset_columns
from graph_api.compiler.cursors import ID, CursorKey
from graph_api.compiler.ir import ParameterColumn, Projection, PropertyColumn, Search
from graph_api.compiler.labels import hit_columns, hit_label
from graph_api.compiler.lucene import spelling_query
from graph_api.compiler.placeholders import full_value
from graph_api.compiler.response_shape import (
    ColumnPath,
    ConnectionShape,
    ConstantShape,
    FieldShape,
    NestedObjectShape,
    ObjectShape,
    ScalarShape,
)
from graph_api.compiler.search_terms import parse_search
from graph_api.compiler.selection import SelectedField
from graph_api.errors import InvalidQuery
from graph_api.ontology.names import Label
from graph_api.values.normalization import normalize_name, normalized_words

MAX_TEXT_LENGTH: Final = 200
RANK_SCALE: Final = 1_000_000
SEARCHABLE_LABELS: Final = (
    Label.PERSON,
    Label.GROUP,
    Label.ORGANIZATION,
    Label.STATE,
    Label.PLACE,
    Label.SITE,
    Label.EVENT,
    Label.SOURCE,
)
"""Records with a name or a title. Figures have neither, so that a search for them finds nothing."""


_OWN_COLUMNS: Final = (PropertyColumn("id"), PropertyColumn("name_text"), PropertyColumn("type"))
"""The columns of a hit itself, before those of its label; the first two are always read."""


def search(selected: SelectedField, context: BindContext) -> BoundField:
    """Bind the root field. Raises InvalidQuery for a text above the limit."""
    text = full_value(selected.arguments["text"])
    if len(text) > MAX_TEXT_LENGTH:
        raise InvalidQuery(
            f"Search text of {len(text):,} characters exceeds the limit of {MAX_TEXT_LENGTH}. Search for a name."
        )
    order = (CursorKey(int), ID)
    identity = identity_of(selected)
    first, after = context.pagination(selected, order, identity)
    fields = selected.of["SearchConnection"]
    names = {one.name for one in fields}
    read, records = _side_by_side(_hit_fields(fields), context)
    cursor: tuple[ColumnPath, ...] = ()
    if has_cursors(fields):
        cursor = ((1, len(read.columns)), (0,), (1, 0))
        read = Projection((*read.columns, ParameterColumn(identity)))
    root = _root(text, selected, read, first, after, names)

    nodes = {node: _hit(text, node.of["SearchHit"], records) for node in node_fields(fields)}
    shape = ConnectionShape("SearchConnection", fields, first, after is not None, cursor, nodes)
    return BoundField((root,), shape)  # type: ignore[arg-type]


def _root(
    text: str, selected: SelectedField, read: Projection, first: int, after: tuple[Any, ...] | None, names: set[str]
) -> Search:
    terms = parse_search(text)
    kinds = selected.arguments.get("kinds")
    labels = None if kinds is None else {str(kind).capitalize() for kind in kinds}
    return Search(
        query=spelling_query(terms),
        keys=terms.keys,
        written=" ".join("".join(c for c in text if c.isprintable()).lower().split()),
        exact_terms=tuple(word.keys for word in terms.words if not word.may_begin),
        prefix_terms=tuple(word.keys for word in terms.words if word.may_begin),
        initials=terms.initials[:1],
        labels=tuple(label.value for label in SEARCHABLE_LABELS if labels is None or label.value in labels),
        read=read,
        first=first,
        after=after,
        rows=bool(names & {"nodes", "edges", "pageInfo"}),
        count="totalCount" in names,
    )


def _hit_fields(fields: Sequence[SelectedField]) -> list[SelectedField]:
    return [field for one in node_fields(fields) for field in one.of["SearchHit"]]


def _side_by_side(
    hit: Sequence[SelectedField], context: BindContext
) -> tuple[Projection, dict[SelectedField, ObjectShape]]:
    """Return the columns of a hit, its own first, and the object for each selection of its record."""
    named = [one for one in hit if one.name in {"kind", "label"}]
    columns: list[Any] = [*_OWN_COLUMNS, *hit_columns(named[0].language)] if named else [*_OWN_COLUMNS[:2]]
    records: dict[SelectedField, ObjectShape] = {}
    for one in (one for one in hit if one.name == "node"):
        read, record = context.read_object(context.without_participations(one.of))
        records[one] = offset_columns(record, len(columns))
        columns += read.columns
    return Projection(tuple(columns)), records


def _hit(text: str, fields: Sequence[SelectedField], records: dict[SelectedField, ObjectShape]) -> ObjectShape:
    return ObjectShape({"SearchHit": tuple(_slot(text, one, records) for one in fields)})


def _slot(text: str, one: SelectedField, records: dict[SelectedField, ObjectShape]) -> FieldShape:
    match one.name:
        case "node":
            return FieldShape(one.key, ((1,),), NestedObjectShape(records[one]))
        case "score":
            return FieldShape(one.key, ((0,),), ScalarShape(lambda rank: rank / RANK_SCALE, one.non_null, one.check))
        case "matched":
            return FieldShape(one.key, ((1, 1),), ScalarShape(lambda names: matched(text, names.split("\n"))))
        case "kind":
            return FieldShape(one.key, ((1, 2),), ScalarShape(_kind, one.non_null, one.check))
        case "label":
            first, count = len(_OWN_COLUMNS), len(hit_columns(one.language))
            paths = tuple((1, first + place) for place in range(count))
            return FieldShape(one.key, paths, ScalarShape(hit_label(one.language), one.non_null, one.check))
        case _:
            return FieldShape(one.key, (), ConstantShape("SearchHit"))


def _kind(type_: str) -> str:
    """Return the word of NodeKind for the GraphQL type of a record; every type that is no label of its own is one of events."""
    return type_.upper() if type_ in SEARCHABLE_LABELS else Label.EVENT.value.upper()


def matched(text: str, names: Sequence[str]) -> str:
    """Return the name that is most similar to a text: equal, equal when normalized, with most of its words, by edit distance.

    >>> matched("Олег Сенцов", ["Oleh Sentsov", "Oleg Sentsov", "Олег Сенцов"]), matched("Oleg Sencow", ["Oleh Sentsov", "Oleg Sentsov"])
    ('Олег Сенцов', 'Oleg Sentsov')
    """
    if len(names) == 1:
        return names[0]
    plain, key, terms = text.casefold(), normalize_name(text), normalized_words(text)

    def nearness(name: str) -> tuple[bool, bool, int, float]:
        found = normalized_words(name)
        prefix_terms = sum(any(word.startswith(term) for word in found) for term in terms)
        alike = (
            SequenceMatcher(None, name.casefold(), plain).ratio()
            + SequenceMatcher(None, normalize_name(name), key).ratio()
        )
        return name.casefold() == plain, normalize_name(name) == key, prefix_terms, alike

    return max(names, key=nearness)

"""Statements that say why a filter finds nothing: how many records one condition matches, and of how many its property is stated.

::

    presence("Person", Compare("nationalities", HAS, "DE"))

    RETURN [EXISTS { MATCH (n0:Person) WHERE $p0 IN coalesce(n0.nationalities, []) },
            COUNT { MATCH (n1:Person) WHERE n1.nationalities IS NOT NULL }, COUNT { MATCH (n2:Person) }, [words …]] AS row
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from graph_api.compiler.cypher_writer import CypherWriter
from graph_api.compiler.emit import emit_predicate
from graph_api.compiler.ir import AllOf, AnyOf, AnyText, Comparator, Compare, Exists, Not, Predicate
from graph_api.compiler.passes.simplify_filters import simplify_filters
from graph_api.ontology.names import Label
from graph_api.statement import Statement

NAME: Final = "notes"
"""The name of every statement that a note rests on."""
MAX_WORDS: Final = 500
"""How many different texts of a property are read, to find the nearest ones."""
NAMES: Final = "name_keys"
"""The texts by which names are compared; a search finds the nearest names."""


def presence(label: str, where: Predicate) -> Statement:
    """Return the statement whose row is: whether a record matches, of how many the property is stated, how many there are, its texts.

    The number is null for a condition on no property, and the texts are those of a property that is compared as text.
    """
    where = simplify_filters(where)  # Neo4j fails on a conjunction with ``true`` beside five alternatives with EXISTS
    writer = CypherWriter()
    row = writer.variable()
    matches = f"EXISTS {{ MATCH ({row}:{label}) WHERE {emit_predicate(where, {'self': row}, writer)} }}"
    stated = _stated(where)
    count = "null"
    if stated:
        other = writer.variable()
        is_stated = emit_predicate(AnyOf(stated), {"self": other}, writer)
        count = f"COUNT {{ MATCH ({other}:{label}) WHERE {is_stated} }}"
    words = [_words(label, key, writer, is_list=is_list) for key, is_list in dict.fromkeys(_texts(where))]
    total = f"COUNT {{ MATCH ({writer.variable()}:{label}) }}"
    return Statement(
        f"RETURN [{matches}, {count}, {total}, {' + '.join(words) or '[]'}] AS row", writer.parameters, NAME
    )


def similar_ids(prefixes: Sequence[str]) -> Statement:
    """Return the statement whose row is the ids that begin with one of these texts; of many ids only some."""
    writer = CypherWriter()
    match = (
        f"UNWIND {writer.parameter(tuple(prefixes))} AS prefix MATCH (n:{Label.RECORD}) WHERE n.id STARTS WITH prefix"
    )
    return Statement(
        f"RETURN COLLECT {{ {match} RETURN DISTINCT n.id LIMIT {MAX_WORDS} }} AS row", writer.parameters, NAME
    )


def _stated(where: Predicate) -> tuple[Predicate, ...]:
    """Return conditions of which one holds where the property of a condition is stated; none for a condition on no property."""
    found: dict[Predicate, None] = {}
    for one in _leaves(where):
        match one:
            case Compare(of="self") if one.key not in ("id", "announced"):
                found[Not(Compare(one.key.removesuffix("_lo").removesuffix("_hi"), Comparator.IS_NULL))] = None
            case AnyText() if one.key != NAMES:
                found[Not(Compare(one.key, Comparator.IS_NULL))] = None
            case Exists():
                found[Exists(one.source)] = None
            case _:
                pass
    return tuple(found)


def _texts(where: Predicate) -> Iterator[tuple[str, bool]]:
    """Yield the properties that are compared as texts, and whether each is a list."""
    for one in _leaves(where):
        match one:
            case AnyText() if one.key != NAMES:
                yield one.key, True
            case Compare(op=Comparator.HAS):
                yield one.key, True
            case Compare(
                op=Comparator.EQUAL | Comparator.CONTAINS | Comparator.STARTS_WITH, value=str(), of="self"
            ) if one.key != "id":
                yield one.key, False
            case _:
                pass


def _leaves(where: Predicate) -> Iterator[Predicate]:
    match where:
        case AllOf(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from _leaves(part)
        case Not(of=part):
            yield from _leaves(part)
        case _:
            yield where


def _words(label: str, key: str, writer: CypherWriter, *, is_list: bool) -> str:
    row = writer.variable()
    value = writer.property(row, key)
    values = value if is_list else f"[{value}]"
    return f"COLLECT {{ MATCH ({row}:{label}) WHERE {value} IS NOT NULL UNWIND {values} AS word RETURN DISTINCT word LIMIT {MAX_WORDS} }}"

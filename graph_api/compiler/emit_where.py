"""Filters as Cypher expressions. ``not`` is two-valued: what is not known does not hold, so that rows with nulls do not vanish."""

from __future__ import annotations

from typing import assert_never

from graph_api.compiler.cypher_writer import CypherWriter, Scope, claims_about, traversal_pattern
from graph_api.compiler.emit_order import chain_condition
from graph_api.compiler.ir import (
    AllOf,
    AnyOf,
    AnyText,
    ClaimExists,
    Compare,
    Exists,
    HasLabel,
    InOrder,
    Not,
    Operator,
    Predicate,
    ReachesScope,
    ScopeVar,
)


def predicate(where: Predicate, scope: Scope, writer: CypherWriter) -> str:
    """Return the expression of a filter."""
    match where:
        case Compare():
            return _compare(where, scope, writer)
        case AnyText():
            one = writer.variable()
            texts = writer.property(scope["self"], where.key)
            tests = " AND ".join(_text(one, op, value, writer) for op, value in where.tests)
            return f"any({one} IN coalesce({texts}, []) WHERE {tests})"
        case HasLabel():
            return f"{scope['self']}:{'|'.join(where.labels)}" if where.labels else "false"
        case Exists():
            pattern, row, link = traversal_pattern(where.source.hops, scope[where.source.start], writer)
            inner = {"self": row, "link": link, "parent": scope["self"]}
            asked = f" WHERE {predicate(where.where, inner, writer)}" if where.where is not None else ""
            return f"EXISTS {{ MATCH {pattern}{asked} }}"
        case ReachesScope():
            return f"EXISTS {{ ({scope['self']})-[:{where.rel.value}]->({scope[where.name]}) }}"
        case ClaimExists():
            return _says(where, scope, writer)
        case InOrder():
            return chain_condition(where, scope, writer, predicate)
        case AllOf():
            return _joined(where.of, " AND ", "true", scope, writer)
        case AnyOf():
            return _joined(where.of, " OR ", "false", scope, writer)
        case Not():
            return f"NOT coalesce({predicate(where.of, scope, writer)}, false)"
        case _:
            assert_never(where)


def _joined(parts: tuple[Predicate, ...], word: str, empty: str, scope: Scope, writer: CypherWriter) -> str:
    return "(" + word.join(predicate(one, scope, writer) for one in parts) + ")" if parts else empty


def _compare(where: Compare, scope: Scope, writer: CypherWriter) -> str:
    stored = writer.property(scope[where.of], where.key)
    if isinstance(where.value, ScopeVar):
        return f"{stored} = {scope[where.value.name]}.id"
    match where.op:
        case Operator.IS_NULL:
            return f"{stored} IS NULL"
        case Operator.IS_EMPTY:
            return f"size(coalesce({stored}, [])) = 0"
        case Operator.HAS:
            return f"{writer.parameter(where.value)} IN coalesce({stored}, [])"
        case Operator.CONTAINS | Operator.STARTS_WITH:
            return _text(stored, where.op, where.value, writer)
        case Operator.EQUAL | Operator.IN | Operator.AT_LEAST | Operator.AT_MOST | Operator.BEFORE | Operator.AFTER:
            return f"{stored} {where.op.value} {writer.parameter(where.value)}"
        case _:
            assert_never(where.op)


def _text(expression: str, op: Operator, value: object, writer: CypherWriter) -> str:
    """Compare texts; parts of them without regard to case."""
    if op in (Operator.CONTAINS, Operator.STARTS_WITH):
        return f"toLower({expression}) {op.value} toLower({writer.parameter(value)})"
    return f"{expression} {op.value} {writer.parameter(value)}"


def _says(where: ClaimExists, scope: Scope, writer: CypherWriter) -> str:
    claim, place = writer.variable(), writer.variable()
    named = writer.parameter(where.property)
    values = writer.parameter(tuple(f'"{value}"' for value in where.values))
    return (
        f"EXISTS {{ {claims_about(scope['self'], claim)}"
        f" WHERE any({place} IN range(0, size({claim}.properties) - 1) WHERE {claim}.properties[{place}] = {named} AND {claim}.values[{place}] IN {values}) }}"
    )

"""Filters as Cypher expressions. ``not`` is two-valued: what is not known does not hold, so that rows with nulls do not vanish."""

from __future__ import annotations

from typing import assert_never

from graph_api.compiler.cypher_writer import Printer, Scope, claims_about, hops
from graph_api.compiler.emit_order import in_order
from graph_api.compiler.ir import (
    All,
    AnyText,
    Bound,
    Compare,
    Exists,
    HasLabel,
    InOrder,
    Not,
    Op,
    ReachesScope,
    Says,
    Some,
    Where,
)


def predicate(where: Where, scope: Scope, printer: Printer) -> str:
    """Return the expression of a filter."""
    match where:
        case Compare():
            return _compare(where, scope, printer)
        case AnyText():
            one = printer.variable()
            texts = printer.property(scope["self"], where.key)
            tests = " AND ".join(_text(one, op, value, printer) for op, value in where.tests)
            return f"any({one} IN coalesce({texts}, []) WHERE {tests})"
        case HasLabel():
            return f"{scope['self']}:{'|'.join(where.labels)}" if where.labels else "false"
        case Exists():
            pattern, row, link = hops(where.source.hops, scope[where.source.start], printer)
            inner = {"self": row, "link": link, "parent": scope["self"]}
            asked = f" WHERE {predicate(where.where, inner, printer)}" if where.where is not None else ""
            return f"EXISTS {{ MATCH {pattern}{asked} }}"
        case ReachesScope():
            return f"EXISTS {{ ({scope['self']})-[:{where.rel.value}]->({scope[where.name]}) }}"
        case Says():
            return _says(where, scope, printer)
        case InOrder():
            return in_order(where, scope, printer, predicate)
        case All():
            return _joined(where.of, " AND ", "true", scope, printer)
        case Some():
            return _joined(where.of, " OR ", "false", scope, printer)
        case Not():
            return f"NOT coalesce({predicate(where.of, scope, printer)}, false)"
        case _:
            assert_never(where)


def _joined(parts: tuple[Where, ...], word: str, empty: str, scope: Scope, printer: Printer) -> str:
    return "(" + word.join(predicate(one, scope, printer) for one in parts) + ")" if parts else empty


def _compare(where: Compare, scope: Scope, printer: Printer) -> str:
    stored = printer.property(scope[where.of], where.key)
    if isinstance(where.value, Bound):
        return f"{stored} = {scope[where.value.name]}.id"
    match where.op:
        case Op.IS_NULL:
            return f"{stored} IS NULL"
        case Op.IS_EMPTY:
            return f"size(coalesce({stored}, [])) = 0"
        case Op.HAS:
            return f"{printer.parameter(where.value)} IN coalesce({stored}, [])"
        case Op.CONTAINS | Op.STARTS_WITH:
            return _text(stored, where.op, where.value, printer)
        case Op.EQUAL | Op.IN | Op.AT_LEAST | Op.AT_MOST | Op.BEFORE | Op.AFTER:
            return f"{stored} {where.op.value} {printer.parameter(where.value)}"
        case _:
            assert_never(where.op)


def _text(expression: str, op: Op, value: object, printer: Printer) -> str:
    """Compare texts; parts of them without regard to case."""
    if op in (Op.CONTAINS, Op.STARTS_WITH):
        return f"toLower({expression}) {op.value} toLower({printer.parameter(value)})"
    return f"{expression} {op.value} {printer.parameter(value)}"


def _says(where: Says, scope: Scope, printer: Printer) -> str:
    claim, place = printer.variable(), printer.variable()
    named = printer.parameter(where.property)
    values = printer.parameter(tuple(f'"{value}"' for value in where.values))
    return (
        f"EXISTS {{ {claims_about(scope['self'], claim)}"
        f" WHERE any({place} IN range(0, size({claim}.properties) - 1) WHERE {claim}.properties[{place}] = {named} AND {claim}.values[{place}] IN {values}) }}"
    )

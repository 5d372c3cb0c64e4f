"""Emits the order of rows and the condition that they come after a cursor."""

from __future__ import annotations

from graph_api.compiler.cypher_writer import CypherWriter, Scope
from graph_api.compiler.ir import (
    CitationScan,
    ClaimCitation,
    ClaimScan,
    LabelScan,
    OrderKey,
    Page,
    RowSource,
    StatusCitationScan,
    Traverse,
)
from graph_api.compiler.ir_facts import ComparedStayScan, DifferenceClaimScan, PathCitationScan, PathNodeScan


def sort_rows(node: RowSource, order: tuple[OrderKey, ...], inner: Scope, writer: CypherWriter) -> str:
    """Return the WITH that sorts. It keeps the variables of later columns, so that nothing is read of rows beyond the limit."""
    if isinstance(
        node,
        CitationScan
        | StatusCitationScan
        | ClaimScan
        | ClaimCitation
        | DifferenceClaimScan
        | PathNodeScan
        | PathCitationScan
        | ComparedStayScan,
    ):
        kept = ""
    elif isinstance(node, Traverse) and node.distinct:
        kept = f" WITH DISTINCT {inner['self']}{_distinct_link(order, inner)}"
    else:
        kept = " WITH " + ", ".join(dict.fromkeys(inner[name] for name in ("self", "link", "who") if inner.get(name)))
    keys = [_sort_key(key, inner, writer) for key in order]
    return kept + (f" ORDER BY {', '.join(keys)}" if keys else "")


def _distinct_link(order: tuple[OrderKey, ...], inner: Scope) -> str:
    """Return what is kept of the relationship: the properties that rows are sorted by, the same for all that lead to one row."""
    keys = [f".{key.key}" for key in order if key.of == "link"]
    return f", {inner['link']} {{{', '.join(keys)}}} AS {inner['link']}" if keys else ""


def _sort_key(key: OrderKey, scope: Scope, writer: CypherWriter) -> str:
    expression = writer.property(scope[key.of], key.key)
    if not key.descending:
        return expression
    return f"{expression} IS NULL, {expression} DESC" if key.can_be_null else f"{expression} DESC"


def after_cursor(node: Page, scope: Scope, writer: CypherWriter) -> list[str]:
    """Return the keyset condition. An order that an index serves always has one, because the index is used only then.

    Neo4j sorts stored texts by code points, but compares them with a parameter by UTF-16 units, so that texts to sort by must be ASCII.
    """
    keys = node.order
    if node.after is None:
        first = keys[0]
        by_id = len(keys) == 1 and not first.descending
        is_text = first.is_indexed and not first.can_be_null
        is_label_scan = isinstance(node.source, LabelScan) and (by_id or is_text)
        return [f"{writer.property(scope[first.of], first.key)} > {writer.parameter('')}"] if is_label_scan else []
    branches: list[str] = []
    equal: list[str] = []
    for key, value in zip(keys, node.after, strict=True):
        expression = writer.property(scope[key.of], key.key)
        if value is None:
            equal.append(f"{expression} IS NULL")
            continue
        sign = "<" if key.descending else ">"
        parameter = writer.parameter(value)
        beyond = f"{expression} {sign} {parameter}" + (f" OR {expression} IS NULL" if key.can_be_null else "")
        branches.append(" AND ".join([*equal, f"({beyond})"]))
        equal.append(f"{expression} = {parameter}")
    return ["(" + " OR ".join(f"({branch})" for branch in branches) + ")"]

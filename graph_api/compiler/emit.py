"""Emits the IR as Cypher: one statement for each root field.

::

    SubqueryOne(ByIdScan("Person", "a"), Projection((PropertyColumn("name"),)))

    RETURN COLLECT { MATCH (n0:Person {id: $p0}) RETURN [n0.name] LIMIT 1 } AS row        with p0 = "a"

Variables ``n0``, ``n1`` … and parameters ``p0``, ``p1`` … are numbered in the order of visiting, so that equal selections give equal
statements. Identifiers come from the ontology, values are parameters. Rows are positional lists in one collected record, the cheapest form
for database and driver of those that were measured (docs/decisions/0002). ``not`` is two-valued: a predicate that is null does not hold, so
that rows with nulls are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, assert_never

from graph_api.compiler.cypher_writer import (
    CypherWriter,
    Scan,
    Scope,
    after_cursor,
    claims_about,
    parts_of,
    scan_filtered,
    sort_rows,
    traversal_pattern,
)
from graph_api.compiler.emit_facts import emit_facts, emit_persons
from graph_api.compiler.emit_order import EVENTS, chain_condition, emit_sequences, filter_with_histories
from graph_api.compiler.emit_paths import are_all_paths
from graph_api.compiler.emit_search import emit_search
from graph_api.compiler.emit_sources import emit_source
from graph_api.compiler.emit_totals import emit_shared_totals, emit_stored_count, emit_totals
from graph_api.compiler.ir import (
    AllOf,
    AnyOf,
    AnyText,
    ClaimExists,
    Column,
    Comparator,
    Compare,
    ComputedColumn,
    Exists,
    HasLabel,
    InOrder,
    LabelScan,
    Not,
    Page,
    ParameterColumn,
    Predicate,
    Projection,
    PropertyColumn,
    ReachesScope,
    Root,
    ScopeVar,
    Search,
    Sequences,
    SubqueryMany,
    SubqueryOne,
    Totals,
    Traverse,
)
from graph_api.compiler.ir_facts import FactsColumn, PathScan
from graph_api.compiler.occurrences import REPORTED
from graph_api.compiler.stored_totals import StoredCount, StoredSet
from graph_api.compiler.title_text import NAMING_ROLES
from graph_api.ontology.names import Label, Rel
from graph_api.statement import Statement

INDEXED_OF_PEOPLE: Final = frozenset({"id", "born_lo", "custody", "legal", "custody_reported", "name_sort"})
"""Properties of people with an index, which Neo4j chooses by itself where a filter names one."""


def emit(root: Root, name: str, stored: StoredSet | StoredCount | None = None) -> Statement:
    """Return the statement of a root field, which returns one row with one column; ``stored`` are stored totals that answer or count it."""
    writer = CypherWriter()
    match root:
        case Sequences():
            text = emit_sequences(root, writer, emit_predicate, emit_projection)
        case Totals():
            text = emit_totals(
                root, writer, emit_predicate, emit_projection, stored if isinstance(stored, StoredSet) else None
            )
        case Search():
            text = emit_search(root, writer, emit_projection)
        case Page():
            text = _page(root, {}, writer, stored if isinstance(stored, StoredCount) else None)
        case SubqueryOne():
            text = emit_column(root, {}, writer)
        case _:
            assert_never(root)
    return Statement(f"RETURN {text} AS row", writer.parameters, name)


def emit_shared(roots: Sequence[Totals], name: str) -> Statement:
    """Return the statement of several totals that share one: one row with one column, a list of the value of each."""
    writer = CypherWriter()
    text = emit_shared_totals(roots, writer, emit_predicate, emit_projection)
    return Statement(f"RETURN {text} AS row", writer.parameters, name)


def emit_projection(node: Projection, scope: Scope, writer: CypherWriter) -> str:
    """Return a row as a list of expressions."""
    return "[" + ", ".join(emit_column(one, scope, writer) for one in node.columns) + "]"


def emit_column(node: Column, scope: Scope, writer: CypherWriter) -> str:
    """Return the expression of one column."""
    match node:
        case PropertyColumn():
            return writer.property(scope[node.of], node.key)
        case ParameterColumn():
            return writer.parameter(node.value)
        case ComputedColumn():
            return _special(node, scope, writer)
        case FactsColumn():
            return emit_facts(node, scope["self"], writer)
        case SubqueryOne():
            return _one(node, scope, writer)
        case SubqueryMany():
            return _many(node, scope, writer)
        case Page():
            return _page(node, scope, writer)
        case _:
            assert_never(node)


def _named_in_title(name: str, scope: Scope, writer: CypherWriter) -> str:
    roles = writer.parameter([role.value for role in NAMING_ROLES])
    who, part = writer.variable(), writer.variable()
    return (
        f"COLLECT {{ MATCH ({who})-[{part}:{Rel.TOOK_PART}]->({scope['self']}) WHERE {part}.role IN {roles}"
        f" RETURN [{name.format(who)}, {who}:{Label.GROUP}, {part}.role] ORDER BY {part}.role DESC, {who}.id LIMIT 3 }}"
    )


def _special(node: ComputedColumn, scope: Scope, writer: CypherWriter) -> str:
    claim, index = scope.get("claim", ""), scope.get("index", "")
    match node:
        case ComputedColumn.NAMED_IN_TITLE:
            return f"CASE WHEN {scope['self']}.title IS NULL THEN {_named_in_title('{0}.name', scope, writer)} END"
        case ComputedColumn.NAMED_IN_TITLE_UK:
            return _named_in_title("coalesce({0}.name_uk, {0}.name)", scope, writer)
        case ComputedColumn.CLAIM_ID:
            return f"{claim}.id + '.' + {claim}.properties[{index}]"
        case ComputedColumn.CLAIM_PROPERTY:
            return f"{claim}.properties[{index}]"
        case ComputedColumn.CLAIM_VALUE:
            return f"{claim}.values[{index}]"
        case ComputedColumn.CLAIM_PREFERRED:
            return f"{claim}.preferred[{index}]"
        case ComputedColumn.CLAIM_BECAUSE:
            return f"{claim}.because[{index}]"
        case _:
            assert_never(node)


# ── subqueries ──────────────────────────────────────────────────────────────────────────────────────────────────


def _one(node: SubqueryOne, scope: Scope, writer: CypherWriter) -> str:
    if isinstance(node.source, ScopeVar):
        inner: Scope = {**scope, "self": scope[node.source.name]}
        return f"CASE WHEN {inner['self']} IS NULL THEN [] ELSE [{emit_projection(node.read, inner, writer)}] END"
    match, inner = emit_source(node.source, scope, writer)
    return f"COLLECT {{ {match} RETURN {emit_projection(node.read, inner, writer)} LIMIT 1 }}"


def _many(node: SubqueryMany, scope: Scope, writer: CypherWriter) -> str:
    match, inner = emit_source(node.source, scope, writer)
    if node.where is not None:
        match += f" WHERE {emit_predicate(node.where, inner, writer)}"
    sort = sort_rows(node.source, node.order, inner, writer)
    return f"COLLECT {{ {match}{sort} LIMIT {writer.parameter(node.limit + 1)} RETURN {emit_projection(node.read, inner, writer)} }}"


def _page(node: Page, scope: Scope, writer: CypherWriter, stored: StoredCount | None = None) -> str:
    rows = "[]" if node.read is None else _page_rows(node, node.read, scope, writer)
    persons = f", {emit_persons(*_filtered(node, scope, writer)[:2], writer)}" if node.persons else ""
    count = _count(node, scope, writer)
    counted = count if stored is None else emit_stored_count(stored, count, writer)
    return f"[{rows}, {counted}{persons}]"


def _page_rows(node: Page, read: Projection, scope: Scope, writer: CypherWriter) -> str:
    found, inner = _rows(node, scope, writer)
    match = found.text
    conditions = [emit_predicate(found.rest, inner, writer)] if found.rest is not None else []
    if _is_indexed_but_for_nulls(node) and not found.is_anchored:
        return _rows_in_index_order(node, read, match, conditions, inner, writer)
    if not found.is_anchored and _is_read_by_name(node):
        row = inner["self"]
        match += f" USING INDEX {row}:{Label.PERSON}({node.order[0].key}, id)"
        conditions = [f"{row}.id IS NOT NULL", *_from_cursor(node, row, writer), *conditions]
    conditions += after_cursor(node, inner, writer)
    filtered = f"{match} WHERE {' AND '.join(conditions)}" if conditions else match
    sort = sort_rows(node.source, node.order, inner, writer)
    limit = writer.parameter(node.first + node.more)
    return f"COLLECT {{ {filtered}{sort} LIMIT {limit} RETURN {emit_projection(read, inner, writer)} }}"


def _is_read_by_name(node: Page) -> bool:
    """Return whether a filtered page of all people is read in the order of names, until it is full, instead of sorting all who pass.

    Neo4j expects so few rows of an EXISTS that it finds all and sorts them. Where few do pass, reading in order took 1.3 times as long; else
    a page is found 30 times as fast (100,000 people). A filter by a property with an index of its own is left to Neo4j.
    """
    if node.source != LabelScan(Label.PERSON) or node.where is None or not node.order[0].is_indexed:
        return False
    has_index = any(isinstance(one, Compare) and one.key in INDEXED_OF_PEOPLE for one in parts_of(node.where))
    return not node.order[0].can_be_null and not has_index


def _from_cursor(node: Page, row: str, writer: CypherWriter) -> list[str]:
    """Return the condition on the first key alone by which an index is read from a cursor on; rows equal to it are sorted out by others."""
    if node.after is None:
        return []
    key = node.order[0]
    sign = "<=" if key.descending else ">="
    return [f"{writer.property(row, key.key)} {sign} {writer.parameter(node.after[0])}"]


def _is_indexed_but_for_nulls(node: Page) -> bool:
    """Return whether a page begins in the index of an order with nulls; with another filter, a scan of what passes it is often quicker."""
    key, is_past = node.order[0], node.after is not None and node.after[0] is None
    is_indexed = isinstance(node.source, LabelScan) and key.is_indexed and key.can_be_null
    return is_indexed and not is_past and node.where in (None, REPORTED)


def _rows_in_index_order(
    node: Page, read: Projection, match: str, conditions: Sequence[str], inner: Scope, writer: CypherWriter
) -> str:
    """Return the rows of a page in an order that an index serves, but for rows without a value: an index holds none of them.

    Rows with a value are read in the order of the index, as many as the page has. The others come last; they are looked for only where the
    first do not fill the page, since finding them takes a scan of all rows.
    """
    row, key = inner["self"], node.order[0]
    value = writer.property(row, key.key)
    limit = writer.parameter(node.first + node.more)
    by_index = (replace(key, can_be_null=False), *node.order[1:])
    after = [] if node.after is None else after_cursor(replace(node, order=by_index), inner, writer)
    order = sort_rows(node.source, node.order, inner, writer)
    without = [f"{value} IS NULL", *conditions]
    columns = emit_projection(read, inner, writer)
    with_value = [
        f"{value} IS NOT NULL",
        f"{row}.id IS NOT NULL",
        *_from_cursor(node, row, writer),
        *conditions,
        *after,
    ]
    found, others = writer.variable(), writer.variable()
    sort = sort_rows(node.source, by_index, inner, writer)
    return (
        f"COLLECT {{ WITH COLLECT {{ {match} WHERE {' AND '.join(with_value)}{sort} LIMIT {limit} RETURN {row} }} AS {found}"
        f" WITH {found}, CASE WHEN size({found}) < {limit} THEN"
        f" COLLECT {{ {match} WHERE {' AND '.join(without)}{order} LIMIT {limit} RETURN {row} }} ELSE [] END AS {others}"
        f" UNWIND {found} + {others} AS {row}{order} LIMIT {limit} RETURN {columns} }}"
    )


def _rows(node: Page, scope: Scope, writer: CypherWriter) -> tuple[Scan, Scope]:
    """Return how the rows of a page are found, and the scope after that."""
    if isinstance(node.source, LabelScan):
        row = writer.variable()
        return scan_filtered(row, node.source.label, node.where, writer, emit_predicate), {"self": row}
    match, inner = emit_source(node.source, scope, writer)
    return Scan(match, is_anchored=False, rest=node.where), inner


def _count(node: Page, scope: Scope, writer: CypherWriter) -> str:
    if not node.count:
        return "null"
    if isinstance(node.source, PathScan):
        return are_all_paths(node.source, writer)
    match, inner, is_anchored = _filtered(node, scope, writer)
    if is_anchored:
        match += f" RETURN {inner['self']}"
    elif isinstance(node.source, Traverse) and node.source.distinct:
        match += f" RETURN DISTINCT {inner['self']}"
    return f"COUNT {{ {match} }}"


def _filtered(node: Page, scope: Scope, writer: CypherWriter) -> tuple[str, Scope, bool]:
    """Return the clauses that find the rows of a page, the scope after them, and whether they are anchored."""
    found, inner = _rows(node, scope, writer)
    applied = "" if found.rest is None else f" WHERE {emit_predicate(found.rest, inner, writer)}"
    return found.text + applied, inner, found.is_anchored


# ── predicates ───────────────────────────────────────────────────────────────────────────────────────────────────


def emit_predicate(where: Predicate, scope: Scope, writer: CypherWriter) -> str:
    """Return the expression of a filter."""
    if EVENTS not in scope and (histories := list(_histories(where))):
        plain = [emit_predicate(part, scope, writer) for part in parts_of(where) if not any(_histories(part))]
        others = [part for part in parts_of(where) if any(_histories(part))]
        return f"({' AND '.join([*plain, filter_with_histories(others, histories, scope, writer, emit_predicate)])})"
    match where:
        case Compare():
            return _compare(where, scope, writer)
        case AnyText():
            one = writer.variable()
            texts = writer.property(scope["self"], where.key)
            tests = " AND ".join(_text(one, op, value, writer, folded=where.folded) for op, value in where.tests)
            return f"any({one} IN coalesce({texts}, []) WHERE {tests})"
        case HasLabel():
            return f"{scope['self']}:{'|'.join(where.labels)}" if where.labels else "false"
        case Exists():
            return _reached(where, scope, writer)
        case ReachesScope():
            return f"EXISTS {{ ({scope['self']})-[:{where.rel.value}]->({scope[where.name]}) }}"
        case ClaimExists():
            return _claim_exists(where, scope, writer)
        case InOrder():
            return chain_condition(where, scope, writer)
        case AllOf() | AnyOf():
            return _join(where, scope, writer)
        case Not():
            return f"NOT coalesce({emit_predicate(where.of, scope, writer)}, false)"
        case _:
            assert_never(where)


def _reached(where: Exists, scope: Scope, writer: CypherWriter) -> str:
    pattern, row, link = traversal_pattern(where.source.hops, scope[where.source.start], writer)
    inner = {"self": row, "link": link, "parent": scope["self"]}
    conditions = f" WHERE {emit_predicate(where.where, inner, writer)}" if where.where is not None else ""
    if not where.count:
        return f"EXISTS {{ MATCH {pattern}{conditions} }}"
    count = f"COUNT {{ MATCH {pattern}{conditions} RETURN DISTINCT {row} }}"
    return " AND ".join(f"{count} {op.value} {writer.parameter(value)}" for op, value in where.count)


def _histories(where: Predicate) -> Iterator[InOrder]:
    """Yield the histories of the row itself in a filter."""
    match where:
        case InOrder():
            yield where
        case AllOf(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from _histories(part)
        case Not(of=part):
            yield from _histories(part)
        case _:
            pass


def _join(where: AllOf | AnyOf, scope: Scope, writer: CypherWriter) -> str:
    word, empty = (" AND ", "true") if isinstance(where, AllOf) else (" OR ", "false")
    return f"({word.join(emit_predicate(one, scope, writer) for one in where.of)})" if where.of else empty


def _compare(where: Compare, scope: Scope, writer: CypherWriter) -> str:
    stored = writer.property(scope[where.of], where.key)
    if isinstance(where.value, ScopeVar):
        return f"{stored} = {scope[where.value.name]}.id"
    match where.op:
        case Comparator.IS_NULL:
            return f"{stored} IS NULL"
        case Comparator.IS_EMPTY:
            return f"size(coalesce({stored}, [])) = 0"
        case Comparator.HAS:
            return f"{writer.parameter(where.value)} IN coalesce({stored}, [])"
        case Comparator.CONTAINS | Comparator.STARTS_WITH:
            return _text(stored, where.op, where.value, writer)
        case (
            Comparator.EQUAL
            | Comparator.IN
            | Comparator.AT_LEAST
            | Comparator.AT_MOST
            | Comparator.BEFORE
            | Comparator.AFTER
        ):
            return f"{stored} {where.op.value} {writer.parameter(where.value)}"
        case _:
            assert_never(where.op)


def _text(expression: str, op: Comparator, value: object, writer: CypherWriter, *, folded: bool = False) -> str:
    """Compare texts; parts of them without regard to case, of which ``folded`` ones have none."""
    if op in (Comparator.CONTAINS, Comparator.STARTS_WITH) and not folded:
        return f"toLower({expression}) {op.value} toLower({writer.parameter(value)})"
    return f"{expression} {op.value} {writer.parameter(value)}"


def _claim_exists(where: ClaimExists, scope: Scope, writer: CypherWriter) -> str:
    claim, index = writer.variable(), writer.variable()
    named = writer.parameter(where.property)
    values = writer.parameter(tuple(f'"{value}"' for value in where.values))
    return (
        f"EXISTS {{ {claims_about(scope['self'], claim)}"
        f" WHERE any({index} IN range(0, size({claim}.properties) - 1) WHERE {claim}.properties[{index}] = {named} AND {claim}.values[{index}] IN {values}) }}"
    )

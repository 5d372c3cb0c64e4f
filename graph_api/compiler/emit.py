"""The IR as Cypher: one Statement for one root field.

Variables ``n0, n1 …`` and parameters ``p0, p1 …`` are named in the order of visiting, so that the same question gives the same text.
Identifiers come from the model, values travel as parameters. Rows are positional lists in one collected record, the cheapest form for
database and driver of those that were measured (docs/decisions/0002).
"""

from __future__ import annotations

from typing import Any, assert_never

from graph_api.compiler.cypher_writer import CypherWriter, Scope, claims_about, traversal_pattern
from graph_api.compiler.emit_order import sequences
from graph_api.compiler.emit_search import search
from graph_api.compiler.emit_totals import totals
from graph_api.compiler.emit_where import predicate
from graph_api.compiler.ir import (
    ByForeignKey,
    ByIdScan,
    CitationScan,
    ClaimCitation,
    ClaimObject,
    ClaimScan,
    ClaimSpeaker,
    Column,
    ComputedColumn,
    LabelScan,
    OrderKey,
    Page,
    ParticipationScan,
    Projection,
    PropertyColumn,
    Root,
    RowSource,
    ScopeVar,
    Search,
    Sequences,
    SubqueryMany,
    SubqueryOne,
    Totals,
    Traverse,
)
from graph_api.ontology.names import Label, Rel
from graph_api.ontology.vocabulary import Role
from graph_api.statement import Statement


def emit(root: Root, name: str) -> Statement:
    """Return the statement of a root field; it gives one row with one column."""
    writer = CypherWriter()
    match root:
        case Sequences():
            text = sequences(root, writer, predicate, read)
        case Totals():
            text = totals(root, writer, predicate, read)
        case Search():
            text = search(root, writer, read)
        case SubqueryOne() | Page():
            text = column(root, {}, writer)
        case _:
            assert_never(root)
    return Statement(f"RETURN {text} AS row", writer.parameters, name)


def read(wanted: Projection, scope: Scope, writer: CypherWriter) -> str:
    """Return a row as a list of expressions."""
    return "[" + ", ".join(column(one, scope, writer) for one in wanted.columns) + "]"


def column(wanted: Column, scope: Scope, writer: CypherWriter) -> str:
    """Return the expression of one column."""
    match wanted:
        case PropertyColumn():
            return writer.property(scope[wanted.of], wanted.key)
        case ComputedColumn():
            return _special(wanted, scope, writer)
        case SubqueryOne():
            return _one(wanted, scope, writer)
        case SubqueryMany():
            return _many(wanted, scope, writer)
        case Page():
            return _page(wanted, scope, writer)
        case _:
            assert_never(wanted)


def _special(wanted: ComputedColumn, scope: Scope, writer: CypherWriter) -> str:
    claim, place = scope.get("claim", ""), scope.get("place", "")
    match wanted:
        case ComputedColumn.SUBJECT_NAMES:
            role = writer.parameter(Role.SUBJECT.value)
            who = writer.variable()
            event = scope["self"]
            return (
                f"CASE WHEN {event}.title IS NULL THEN COLLECT {{ MATCH ({who})-[:{Rel.TOOK_PART} {{role: {role}}}]->({event})"
                f" RETURN {who}.name ORDER BY {who}.id LIMIT 3 }} END"
            )
        case ComputedColumn.CLAIM_ID:
            return f"{claim}.id + '.' + {claim}.properties[{place}]"
        case ComputedColumn.CLAIM_PROPERTY:
            return f"{claim}.properties[{place}]"
        case ComputedColumn.CLAIM_VALUE:
            return f"{claim}.values[{place}]"
        case ComputedColumn.CLAIM_PREFERRED:
            return f"{claim}.preferred[{place}]"
        case ComputedColumn.CLAIM_BECAUSE:
            return f"{claim}.because[{place}]"
        case _:
            assert_never(wanted)


# ── rows below ──────────────────────────────────────────────────────────────────────────────────────────────────


def _one(wanted: SubqueryOne, scope: Scope, writer: CypherWriter) -> str:
    if isinstance(wanted.source, ScopeVar):
        inner: Scope = {**scope, "self": scope[wanted.source.name]}
        return f"CASE WHEN {inner['self']} IS NULL THEN [] ELSE [{read(wanted.read, inner, writer)}] END"
    match, inner = source(wanted.source, scope, writer)
    return f"COLLECT {{ {match} RETURN {read(wanted.read, inner, writer)} LIMIT 1 }}"


def _many(wanted: SubqueryMany, scope: Scope, writer: CypherWriter) -> str:
    match, inner = source(wanted.source, scope, writer)
    if wanted.where is not None:
        match += f" WHERE {predicate(wanted.where, inner, writer)}"
    sort = _sort(wanted.source, wanted.order, inner, writer)
    return f"COLLECT {{ {match}{sort} LIMIT {writer.parameter(wanted.limit + 1)} RETURN {read(wanted.read, inner, writer)} }}"


def _page(wanted: Page, scope: Scope, writer: CypherWriter) -> str:
    rows = "[]"
    if wanted.read is not None:
        match, inner = source(wanted.source, scope, writer)
        asked = [predicate(wanted.where, inner, writer)] if wanted.where is not None else []
        asked += _after(wanted, inner, writer)
        filtered = f"{match} WHERE {' AND '.join(asked)}" if asked else match
        sort = _sort(wanted.source, wanted.order, inner, writer)
        limit = writer.parameter(wanted.first + wanted.more)
        rows = f"COLLECT {{ {filtered}{sort} LIMIT {limit} RETURN {read(wanted.read, inner, writer)} }}"
    return f"[{rows}, {_count(wanted, scope, writer)}]"


def _count(wanted: Page, scope: Scope, writer: CypherWriter) -> str:
    if not wanted.count:
        return "null"
    match, inner = source(wanted.source, scope, writer)
    if wanted.where is not None:
        match += f" WHERE {predicate(wanted.where, inner, writer)}"
    if isinstance(wanted.source, Traverse) and wanted.source.distinct:
        match += f" RETURN DISTINCT {inner['self']}"
    return f"COUNT {{ {match} }}"


def _sort(wanted: RowSource, order: tuple[OrderKey, ...], inner: Scope, writer: CypherWriter) -> str:
    """Return the WITH that sorts; it names what later columns speak of, so that nothing is read of rows that are not shown."""
    if isinstance(wanted, CitationScan | ClaimScan | ClaimCitation):
        kept = ""
    elif isinstance(wanted, Traverse) and wanted.distinct:
        kept = f" WITH DISTINCT {inner['self']}"
    else:
        kept = " WITH " + ", ".join(dict.fromkeys(inner[name] for name in ("self", "link", "who") if inner.get(name)))
    keys = [_sort_key(key, inner, writer) for key in order]
    return kept + (f" ORDER BY {', '.join(keys)}" if keys else "")


def _sort_key(key: OrderKey, scope: Scope, writer: CypherWriter) -> str:
    expression = _sorted_by(key, scope, writer)
    if not key.descending:
        return expression
    return f"{expression} IS NULL, {expression} DESC" if key.can_be_null else f"{expression} DESC"


def _sorted_by(key: OrderKey, scope: Scope, writer: CypherWriter) -> str:
    """Return what is sorted by, the same for the order and for what comes after a cursor.

    Neo4j sorts stored texts by code points but compares them with a parameter by UTF-16 units, so that a page would lose a name
    whose letters lie between the two; a text that was put together is sorted and compared in one way.
    """
    stored = writer.property(scope[key.of], key.key)
    return f"({stored} + '')" if key.is_text else stored


def _after(wanted: Page, scope: Scope, writer: CypherWriter) -> list[str]:
    """Return the keyset condition; ordering by id always has one, because the index serves the order only then."""
    keys = wanted.order
    if wanted.after is None:
        first = keys[0]
        is_label_scan = isinstance(wanted.source, LabelScan) and len(keys) == 1 and not first.descending
        return [f"{writer.property(scope[first.of], first.key)} > {writer.parameter('')}"] if is_label_scan else []
    branches: list[str] = []
    equal: list[str] = []
    for key, value in zip(keys, wanted.after, strict=True):
        expression = _sorted_by(key, scope, writer)
        if value is None:
            equal.append(f"{expression} IS NULL")
            continue
        sign = "<" if key.descending else ">"
        parameter = writer.parameter(value)
        beyond = f"{expression} {sign} {parameter}" + (f" OR {expression} IS NULL" if key.can_be_null else "")
        branches.append(" AND ".join([*equal, f"({beyond})"]))
        equal.append(f"{expression} = {parameter}")
    return ["(" + " OR ".join(f"({branch})" for branch in branches) + ")"]


# ── where rows come from ────────────────────────────────────────────────────────────────────────────────────────


def source(wanted: RowSource, scope: Scope, writer: CypherWriter) -> tuple[str, Scope]:
    """Return the MATCH and what is in scope after it."""
    match wanted:
        case Traverse():
            pattern, row, link = traversal_pattern(wanted.hops, scope[wanted.start], writer)
            return f"MATCH {pattern}", {"self": row, "parent": scope["self"]} | ({"link": link} if link else {})
        case ByForeignKey():
            row = writer.variable()
            key = writer.property(scope[wanted.of], wanted.key)
            return f"MATCH ({row}:{Label.RECORD} {{id: {key}}})", {"self": row, "parent": scope["self"]}
        case LabelScan():
            row = writer.variable()
            return f"MATCH ({row}:{wanted.label})", {"self": row}
        case ByIdScan():
            row = writer.variable()
            return f"MATCH ({row}:{wanted.label} {{id: {writer.parameter(wanted.id)}}})", {"self": row}
        case ParticipationScan():
            return _parties(wanted, scope, writer)
        case CitationScan() | ClaimScan() | ClaimCitation() | ClaimObject() | ClaimSpeaker():
            return _evidence(wanted, scope, writer)
        case ScopeVar():
            raise TypeError("what is bound is not matched")
        case _:
            assert_never(wanted)


def _parties(wanted: ParticipationScan, scope: Scope, writer: CypherWriter) -> tuple[str, Scope]:
    part, who = writer.variable(), writer.variable()
    if wanted.event is None:
        event = scope["self"]
        return f"MATCH ({event})<-[{part}:{Rel.TOOK_PART}]-({who}:{Label.RECORD})", {
            "self": part,
            "who": who,
            "event": event,
            "parent": event,
        }
    event = writer.variable()
    match = (
        f"MATCH ({event}:{Label.EVENT} {{id: {writer.parameter(wanted.event)}}})"
        f"<-[{part}:{Rel.TOOK_PART} {{id: {writer.parameter(wanted.id)}}}]-({who}:{Label.RECORD})"
    )
    return match, {"self": part, "who": who, "event": event}


def _evidence(wanted: Any, scope: Scope, writer: CypherWriter) -> tuple[str, Scope]:
    if isinstance(wanted, ClaimObject | ClaimSpeaker):
        row = writer.variable()
        claim = scope["claim"]
        if isinstance(wanted, ClaimSpeaker):
            return f"MATCH ({claim})-[:{Rel.SAID_BY}]->({row}:{Label.ACTOR})", {"self": row}
        named = writer.variable()
        match = f"MATCH ({claim})-[{named}:{Rel.NAMES}]->({row}:{Label.RECORD}) WHERE {named}.property = {claim}.properties[{scope['place']}]"
        return match + f" AND {claim}.values[{scope['place']}] = '\"' + {row}.id + '\"'", {"self": row}
    if isinstance(wanted, ClaimScan):
        claim, place = writer.variable(), writer.variable()
        match = claims_about(scope["self"], claim)
        match += f" UNWIND range(0, size({claim}.properties) - 1) AS {place} WITH {claim}, {place}"
        if wanted.property is not None:
            match += f" WHERE {claim}.properties[{place}] = {writer.parameter(wanted.property)}"
        match += f" WITH {claim}, {place} ORDER BY {claim}.properties[{place}], {claim}.since, {claim}.id"
        return match, {**scope, "self": claim, "claim": claim, "place": place, "parent": scope["self"]}
    claim = writer.variable() if isinstance(wanted, CitationScan) else scope["claim"]
    cites, row, link, speaker = (writer.variable() for _ in range(4))
    to_source = f"-[{cites}:{Rel.CITES}]->({row}:{Label.SOURCE})"
    start = (
        claims_about(scope["self"], claim, to_source)
        if isinstance(wanted, CitationScan)
        else f"MATCH ({claim}){to_source}"
    )
    match = (
        f"{start} OPTIONAL MATCH ({claim})-[:{Rel.SAID_BY}]->({speaker}:{Label.ACTOR})"
        f" WITH DISTINCT {row}, {cites} {{.at, .quote, .quote_language, .note}} AS {link}, {speaker}"
    )
    return match, {"self": row, "link": link, "speaker": speaker}

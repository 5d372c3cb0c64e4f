"""Names variables and parameters in the order of visiting, and writes the patterns that the emitting modules share.

::

    writer.variable(), writer.variable()      ──▶  "n0", "n1"
    writer.parameter("a")                     ──▶  "$p0", and parameters["p0"] = "a"
    traversal_pattern((Hop((Rel.TOOK_PART,), forward=True, label="Event"),), "n0", writer)
                                              ──▶  "(n0)-[n2:TOOK_PART]->(n1:Event)"
    scan("n0", "Event", Exists(Traverse((Hop((Rel.AT,), forward=True, label="Site"),)), Compare("id", Comparator.EQUAL, "s")), writer)
                                              ──▶  "MATCH (n0:Event)-[n2:AT]->(n1:Site) WHERE n1.id = $p0 WITH DISTINCT n0"
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph_api.compiler.ir import (
    AllOf,
    CitationScan,
    ClaimCitation,
    ClaimScan,
    Comparator,
    Compare,
    Exists,
    Hop,
    LabelScan,
    OrderKey,
    Page,
    Predicate,
    Projection,
    RowSource,
    ScopeVar,
    StatusCitationScan,
    Step,
    Traverse,
    Value,
)
from graph_api.compiler.ir_facts import ComparedStayScan, DifferenceClaimScan, PathCitationScan, PathNodeScan
from graph_api.ontology.names import Label, Rel

Scope = Mapping[str, str]
"""The Cypher variables that a column can refer to, by name."""


class CypherWriter:
    """Names variables and parameters, and collects the parameters.

    ``collected`` holds what the events of a variable may match, in the order of their flags (``emit_order``).
    """

    def __init__(self) -> None:
        self.parameters: dict[str, Any] = {}
        self.collected: dict[str, tuple[tuple[str, str, Predicate | None], ...]] = {}
        self._variables = 0

    def variable(self) -> str:
        """Return a new variable."""
        name = f"n{self._variables}"
        self._variables += 1
        return name

    def parameter(self, value: Value) -> str:
        """Add a parameter and return its reference."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = _as_lists(value)
        return f"${name}"

    def property(self, variable: str, key: str) -> str:
        """Return a property of a variable; ``key`` is one of the ontology."""
        return f"{variable}.`{key}`" if key in RESERVED else f"{variable}.{key}"


def _as_lists(value: Any) -> Any:
    """Return a value with lists in place of tuples, at every level: the native client encodes no tuples."""
    return [_as_lists(one) for one in value] if isinstance(value, tuple) else value


EmitPredicate = Callable[[Predicate, Scope, CypherWriter], str]
EmitProjection = Callable[[Projection, Scope, CypherWriter], str]

RESERVED = frozenset({"from", "of", "by", "at", "type", "to", "until", "as_of"})
"""Keys that are words of Cypher, and are quoted for that reason."""


def claims_about(subject: str, claim: str, onward: str = "") -> str:
    """Return the MATCH of the claims about a subject, continued by the pattern ``onward``.

    The hint is necessary: a query plan from the time when the graph was empty, which is cached for a while after a load, would read all
    claims for each subject.
    """
    return f"MATCH ({claim}:{Label.CLAIM} {{subject: {subject}.id}}){onward} USING INDEX SEEK {claim}:{Label.CLAIM}(subject)"


def traversal_pattern(way: tuple[Hop, ...], start: str, writer: CypherWriter) -> tuple[str, str, str]:
    """Return a pattern along hops, the variable at its end, and that of its last relationship (empty for paths)."""
    text = f"({start})"
    row, link = start, ""
    for hop in way:
        row = writer.variable()
        types = "|".join(one.value for one in hop.types)
        if (hop.min_length, hop.max_length) != (1, 1):
            inner, link = f":{types}*{hop.min_length}..{hop.max_length}", ""
        else:
            link = writer.variable()
            inner = f"{link}:{types}{_matched_properties(hop, link, writer)}"
        end = f"({row}:{hop.label})"
        match hop.forward:
            case True:
                text += f"-[{inner}]->{end}"
            case False:
                text += f"<-[{inner}]-{end}"
            case None:
                text += f"-[{inner}]-{end}"
    return text, row, link


def _matched_properties(hop: Hop, link: str, writer: CypherWriter) -> str:
    """Return the comparison of a relationship's properties; where it can be of several types, one without a property passes."""
    compared = [(key, writer.parameter(value)) for key, value in hop.match]
    if not compared:
        return ""
    if len(hop.types) == 1:
        return f" {{{', '.join(f'{key}: {value}' for key, value in compared)}}}"
    return " WHERE " + " AND ".join(f"coalesce({link}.{key}, {value}) = {value}" for key, value in compared)


@dataclass(frozen=True, slots=True)
class Scan:
    """The clauses that find rows, whether they begin at a record with a known id, and what is left of the filter to apply to the rows."""

    text: str
    is_anchored: bool
    rest: Predicate | None


Anchor = tuple[tuple[Exists, ...], Compare]
"""The ways from a row to a related record, the first from the row itself, and the comparison of the id of that record."""


def scan(
    row: str, labels: str, where: Predicate | None, writer: CypherWriter, steps: tuple[Step, ...] = ()
) -> tuple[str, bool]:
    """Return the clauses that find the rows of a label which can pass a filter and have the events of some steps, and whether they are anchored.

    Neo4j evaluates an EXISTS for each row of a scan, whatever record it names: where a filter names a related record by id, only the rows that
    this record leads to are matched (decision 14). Anchored rows are a superset of those that pass the filter, which is still to be applied in full.
    """
    anchor = next(_anchors(where), None) or next((one for step in steps for one in _anchors(_required(step))), None)
    if anchor is None:
        return f"MATCH ({row}:{labels})", False
    return _matched(row, labels, anchor, writer, None), True


def scan_filtered(
    row: str, labels: str, where: Predicate | None, writer: CypherWriter, predicate: EmitPredicate
) -> Scan:
    """Return the clauses that find the rows of a label which can pass a filter, and what of the filter they do not apply.

    What a filter says of the way to the record that it names is matched on the way, and not looked for again from every row.
    """
    anchor = next(_anchors(where), None)
    if anchor is None:
        return Scan(f"MATCH ({row}:{labels})", is_anchored=False, rest=where)
    parts, first = parts_of(where), anchor[0][0]
    if not any(one is first for one in parts):
        return Scan(_matched(row, labels, anchor, writer, None), is_anchored=True, rest=where)
    others = tuple(one for one in parts if one is not first)
    text = _matched(row, labels, anchor, writer, predicate)
    return Scan(text, is_anchored=True, rest=AllOf(others) if others else None)


def _matched(row: str, labels: str, anchor: Anchor, writer: CypherWriter, predicate: EmitPredicate | None) -> str:
    """Return the clauses that match the rows from which an anchor is reached; with ``predicate`` all that is said of the way there."""
    ways, compared = anchor
    following: tuple[Predicate, ...] = (*ways[1:], compared)
    text, start, end = "", row, f"{row}:{labels}"
    conditions: list[str] = []
    for way, next_one in zip(ways, following, strict=True):
        pattern, end, link = traversal_pattern(way.source.hops, end, writer)
        text += f"MATCH {pattern} "
        if predicate is not None:
            scope = {"self": end, "link": link, "parent": start}
            conditions += [predicate(one, scope, writer) for one in parts_of(way.where) if one is not next_one]
        start = end
    identity = f"{end}.id {compared.op.value} {writer.parameter(compared.value)}"
    return f"{text}WHERE {' AND '.join([identity, *conditions])} WITH DISTINCT {row}"


def parts_of(where: Predicate | None) -> tuple[Predicate, ...]:
    """Return the predicates all of which a filter requires."""
    if where is None:
        return ()
    return where.of if isinstance(where, AllOf) else (where,)


def _required(step: Step) -> Exists:
    took_part = Hop((Rel.TOOK_PART,), forward=True, label=step.label, match=(("role", step.role),))
    return Exists(Traverse((took_part,)), step.where)


def _anchors(where: Predicate | None) -> Iterator[Anchor]:
    """Yield the records with a known id from which every row that passes a filter can be reached, along paths of a fixed length."""
    match where:
        case AllOf(of=parts):
            for one in parts:
                yield from _anchors(one)
        case Exists(source=Traverse(start="self") as way, where=inner, count=()):
            if any(hop.max_length > 1 for hop in way.hops):
                return
            yield from (((where,), part) for part in parts_of(inner) if isinstance(part, Compare) and _is_id(part))
            for ways, compared in _anchors(inner):
                yield (where, *ways), compared
        case _:
            pass


def _is_id(one: Compare) -> bool:
    is_known = one.op in {Comparator.EQUAL, Comparator.IN} and not isinstance(one.value, ScopeVar)
    return one.key == "id" and one.of == "self" and is_known


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

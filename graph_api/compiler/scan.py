"""Where the rows of a scan are found: at a record that the filter names by its id, or among all of a label.

::

    scan("n0", "Event", Exists(Traverse((Hop((Rel.AT,), forward=True, label="Site"),)), Compare("id", Comparator.EQUAL, "s")), writer)
        ──▶  "MATCH (n0:Event)-[n2:AT]->(n1:Site) WHERE n1.id = $p0 WITH DISTINCT n0"

Neo4j evaluates an EXISTS for each row of a scan, whatever record it names. Where a filter names a related record by id, only the rows that this
record leads to are matched (decision 14).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph_api.compiler.cypher_writer import CypherWriter, EmitPredicate, traversal_pattern
from graph_api.compiler.ir import AllOf, Comparator, Compare, Exists, Hop, Predicate, ScopeVar, Step, Traverse
from graph_api.ontology.names import Rel


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

    Anchored rows are a superset of those that pass the filter, which is still to be applied in full.
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
    parts, first = _parts(where), anchor[0][0]
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
            conditions += [predicate(one, scope, writer) for one in _parts(way.where) if one is not next_one]
        start = end
    identity = f"{end}.id {compared.op.value} {writer.parameter(compared.value)}"
    return f"{text}WHERE {' AND '.join([identity, *conditions])} WITH DISTINCT {row}"


def _parts(where: Predicate | None) -> tuple[Predicate, ...]:
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
            yield from (((where,), part) for part in _parts(inner) if isinstance(part, Compare) and _is_id(part))
            for ways, compared in _anchors(inner):
                yield (where, *ways), compared
        case _:
            pass


def _is_id(one: Compare) -> bool:
    is_known = one.op in {Comparator.EQUAL, Comparator.IN} and not isinstance(one.value, ScopeVar)
    return one.key == "id" and one.of == "self" and is_known

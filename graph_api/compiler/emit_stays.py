"""Emits who was at one site on the same days: pairs of stays of different people.

::

    CoDetentionScan(for_all=False) from n0

    MATCH (n0)-[:STAYED]->(n1:Stay)-[:STAY_AT]->(:Site)<-[:STAY_AT]-(n2:Stay) WHERE …
    MATCH (n2)<-[:STAYED]-(n3:Person)                                         scope: self = n2, link = n1, who = n3

No stay of somebody who may be within reach is compared in a public graph: ``compared`` is stored with each.
"""

from __future__ import annotations

from graph_api.compiler.cypher_writer import CypherWriter, Scope
from graph_api.compiler.ir_facts import CoDetentionScan, ComparedStayScan
from graph_api.ontology.names import Label, Rel


def emit_stays(node: CoDetentionScan | ComparedStayScan, scope: Scope, writer: CypherWriter) -> tuple[str, Scope]:
    """Return the MATCH of co-detentions or of the two stays of one, and the scope after it."""
    if isinstance(node, ComparedStayScan):
        index, row = writer.variable(), writer.variable()
        match = f"UNWIND [0, 1] AS {index} WITH {index}, [{scope['link']}, {scope['self']}][{index}] AS {row} ORDER BY {index}"
        return match, {"self": row, "parent": scope["self"]}
    person = scope["self"]
    own, other, who = (writer.variable() for _ in range(3))
    first, last = ("hi", "lo") if node.for_all else ("lo", "hi")
    pairs = [(own, own), (own, other), (other, own), (other, other)] if node.for_all else [(own, other), (other, own)]
    coincide = " AND ".join(f"{start}.start_{first} <= {end}.end_{last}" for start, end in pairs)
    match = (
        f"MATCH ({person})-[:{Rel.STAYED}]->({own}:{Label.STAY})-[:{Rel.STAY_AT}]->(:{Label.SITE})<-[:{Rel.STAY_AT}]-({other}:{Label.STAY})"
        f" WHERE {own}.compared AND {other}.compared AND {other}.subject <> {person}.id AND {coincide}"
        f" MATCH ({other})<-[:{Rel.STAYED}]-({who}:{Label.PERSON})"
    )
    return match, {"self": other, "link": own, "who": who, "parent": person}

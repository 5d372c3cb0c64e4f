"""Emits differences with their claims, and the lists of facts from which texts are made.

::

    DifferenceScan("a")      MATCH (n0:Record {id: $p0})-[:TOOK_PART*0..1 {role: $p1}]->(n1:Record)<-[:DIFFERS_ON]-(n2:Difference)
"""

from __future__ import annotations

from typing import assert_never

from graph_api.compiler.cypher_writer import CypherWriter, Scope
from graph_api.compiler.ir_facts import DifferenceClaimScan, DifferenceScan, FactsColumn
from graph_api.ontology.names import Label, Rel
from graph_api.ontology.vocabulary import Role


def emit_differences(
    node: DifferenceScan | DifferenceClaimScan, scope: Scope, writer: CypherWriter
) -> tuple[str, Scope]:
    """Return the MATCH of differences or of the claims of one, and the scope after it."""
    if isinstance(node, DifferenceScan):
        record, event, row = writer.variable(), writer.variable(), writer.variable()
        start = f"MATCH ({record}:{Label.RECORD} {{id: {writer.parameter(node.record)}}})"
        part = f"-[:{Rel.TOOK_PART}*0..1 {{role: {writer.parameter(Role.SUBJECT.value)}}}]->({event}:{Label.RECORD})"
        return f"{start}{part}<-[:{Rel.DIFFERS_ON}]-({row}:{Label.DIFFERENCE})", {"self": row}
    link, claim, record, index = (writer.variable() for _ in range(4))
    match = f"MATCH ({scope['self']})-[{link}:{Rel.BETWEEN}]->({claim}:{Label.CLAIM})-[:{Rel.ABOUT}]->({record}:{Label.RECORD})"
    match += f" WITH {claim}, {link}.index AS {index}, {record} ORDER BY {claim}.since, {claim}.id, {index}"
    return match, {**scope, "self": claim, "claim": claim, "index": index, "parent": record}


def emit_facts(column: FactsColumn, row: str, writer: CypherWriter) -> str:
    """Return the expression of a list of facts about a row."""
    match column:
        case FactsColumn.DIFFERING_CLAIMS:
            return _differing_claims(row, writer)
        case _:
            assert_never(column)


def _differing_claims(difference: str, writer: CypherWriter) -> str:
    """Return a list with a row for each claim of a difference, the fields of ``difference_text.ReportedValue``."""
    link, claim, record, source, publisher, speaker = (writer.variable() for _ in range(6))
    reported = f"{claim}.preferred[{link}.index], coalesce({claim}.because[{link}.index], '')"
    return (
        f"COLLECT {{ MATCH ({difference})-[{link}:{Rel.BETWEEN}]->({claim}:{Label.CLAIM})-[:{Rel.CITES}]->({source}:{Label.SOURCE})"
        f" MATCH ({claim})-[:{Rel.ABOUT}]->({record}:{Label.RECORD})"
        f" OPTIONAL MATCH ({source})-[:{Rel.PUBLISHER}]->({publisher}) OPTIONAL MATCH ({claim})-[:{Rel.SAID_BY}]->({speaker})"
        f" WITH {link}, {claim}, {record}, {source}, {publisher}, {speaker} ORDER BY {claim}.since, {claim}.id, {link}.index"
        f" RETURN [{claim}.values[{link}.index], {claim}.properties[{link}.index], {record}.id,"
        f" coalesce({record}.title, {record}.name, {record}.kind, {record}.measure), coalesce({publisher}.name, {source}.title),"
        f" {source}.published, {speaker}.name, {claim}.role IS NOT NULL, {claim}.modality, {reported}] }}"
    )

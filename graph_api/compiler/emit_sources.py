"""Emits the sources of rows: the MATCH that finds them, and the variables that are in scope after it.

::

    Traverse((Hop((Rel.TOOK_PART,), forward=True, label="Event"),)) from n0

    MATCH (n0)-[n2:TOOK_PART]->(n1:Event)        scope: self = n1, link = n2, parent = n0
"""

from __future__ import annotations

from typing import Any, assert_never

from graph_api.compiler.cypher_writer import CypherWriter, Scope, claims_about, traversal_pattern
from graph_api.compiler.emit_facts import emit_differences
from graph_api.compiler.emit_paths import emit_paths
from graph_api.compiler.emit_stays import emit_stays
from graph_api.compiler.ir import (
    ByForeignKey,
    ByIdScan,
    CitationScan,
    ClaimCitation,
    ClaimObject,
    ClaimScan,
    ClaimSpeaker,
    LabelScan,
    ParticipationScan,
    RowSource,
    ScopeVar,
    StatusCitationScan,
    Traverse,
)
from graph_api.compiler.ir_facts import (
    CoDetentionScan,
    ComparedStayScan,
    DifferenceClaimScan,
    DifferenceScan,
    PathCitationScan,
    PathNodeScan,
    PathScan,
)
from graph_api.ontology.names import Label, Rel


def emit_source(node: RowSource, scope: Scope, writer: CypherWriter) -> tuple[str, Scope]:
    """Return the MATCH of a source, and the scope after it."""
    match node:
        case Traverse():
            pattern, row, link = traversal_pattern(node.hops, scope[node.start], writer)
            return f"MATCH {pattern}", {"self": row, "parent": scope["self"]} | ({"link": link} if link else {})
        case ByForeignKey():
            row = writer.variable()
            key = writer.property(scope[node.of], node.key)
            return f"MATCH ({row}:{Label.RECORD} {{id: {key}}})", {"self": row, "parent": scope["self"]}
        case LabelScan():
            row = writer.variable()
            return f"MATCH ({row}:{node.label})", {"self": row}
        case ByIdScan():
            row, id_ = writer.variable(), writer.parameter(node.id)
            return f"MATCH ({row}:{node.label} {{id: {id_}}})", {"self": row}
        case ParticipationScan():
            return _participations(node, scope, writer)
        case CitationScan() | StatusCitationScan() | ClaimScan() | ClaimCitation() | ClaimObject() | ClaimSpeaker():
            return _evidence(node, scope, writer)
        case DifferenceScan() | DifferenceClaimScan():
            return emit_differences(node, scope, writer)
        case PathScan() | PathNodeScan() | PathCitationScan():
            return emit_paths(node, scope, writer)
        case CoDetentionScan() | ComparedStayScan():
            return emit_stays(node, scope, writer)
        case ScopeVar():
            raise TypeError("Invalid source ScopeVar: expected one that is matched.")
        case _:
            assert_never(node)


def _participations(node: ParticipationScan, scope: Scope, writer: CypherWriter) -> tuple[str, Scope]:
    part, who = writer.variable(), writer.variable()
    if node.event is None:
        event = scope["self"]
        return f"MATCH ({event})<-[{part}:{Rel.TOOK_PART}]-({who}:{Label.RECORD})", {
            "self": part,
            "who": who,
            "event": event,
            "parent": event,
        }
    event = writer.variable()
    match = (
        f"MATCH ({event}:{Label.EVENT} {{id: {writer.parameter(node.event)}}})"
        f"<-[{part}:{Rel.TOOK_PART} {{id: {writer.parameter(node.id)}}}]-({who}:{Label.RECORD})"
    )
    return match, {"self": part, "who": who, "event": event}


def _evidence(node: Any, scope: Scope, writer: CypherWriter) -> tuple[str, Scope]:
    if isinstance(node, ClaimObject | ClaimSpeaker):
        row = writer.variable()
        claim = scope["claim"]
        if isinstance(node, ClaimSpeaker):
            return f"MATCH ({claim})-[:{Rel.SAID_BY}]->({row}:{Label.ACTOR})", {"self": row}
        named = writer.variable()
        match = f"MATCH ({claim})-[{named}:{Rel.NAMES}]->({row}:{Label.RECORD}) WHERE {named}.property = {claim}.properties[{scope['index']}]"
        return match + f" AND {claim}.values[{scope['index']}] = '\"' + {row}.id + '\"'", {"self": row}
    if isinstance(node, ClaimScan):
        claim, index = writer.variable(), writer.variable()
        match = claims_about(scope["self"], claim)
        match += f" UNWIND range(0, size({claim}.properties) - 1) AS {index} WITH {claim}, {index}"
        if node.property is not None:
            match += f" WHERE {claim}.properties[{index}] = {writer.parameter(node.property)}"
        match += f" WITH {claim}, {index} ORDER BY {claim}.properties[{index}], {claim}.since, {claim}.id"
        return match, {**scope, "self": claim, "claim": claim, "index": index, "parent": scope["self"]}
    claim = scope["claim"] if isinstance(node, ClaimCitation) else writer.variable()
    cites, row, link, speaker = (writer.variable() for _ in range(4))
    to_source = f"-[{cites}:{Rel.CITES}]->({row}:{Label.SOURCE})"
    match node:
        case CitationScan():
            start = claims_about(scope["self"], claim, to_source)
        case StatusCitationScan():
            start = f"MATCH ({scope['self']})-[:{Rel.RELIES_ON}]->({claim}:{Label.CLAIM}){to_source}"
        case _:
            start = f"MATCH ({claim}){to_source}"
    match = (
        f"{start} OPTIONAL MATCH ({claim})-[:{Rel.SAID_BY}]->({speaker}:{Label.ACTOR})"
        f" WITH DISTINCT {row}, {cites} {{.at, .quote, .quote_language, .note}} AS {link}, {speaker}"
    )
    return match, {"self": row, "link": link, "speaker": speaker}

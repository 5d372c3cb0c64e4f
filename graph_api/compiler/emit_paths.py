"""Emits the shortest paths between two records, over people, organizations, events and sites.

::

    PathScan("a", "b", 4)

    MATCH (n0:Record {id: $p0}), (n1:Record {id: $p1}) WHERE n0 <> n1
    MATCH n2 = allShortestPaths((n0)-[:TOOK_PART|AT|…*..4]-(n1)) WHERE all(n3 IN nodes(n2)[1..-1] WHERE …) …

What connects everybody with everybody is not walked: states, governments and armed forces, and exchanges of more than 50 people.
"""

from __future__ import annotations

from typing import Final

from graph_api.compiler.cypher_writer import CypherWriter, Scope
from graph_api.compiler.ir_facts import PathCitationScan, PathNodeScan, PathScan
from graph_api.ontology.names import Label, Rel
from graph_api.ontology.vocabulary import OrganizationKind, Role

MAX_PATHS: Final = 500
"""Paths that are looked at, at most; of more, the list says that it is not complete."""

WALKED: Final = (
    *(Rel.TOOK_PART, Rel.AT, Rel.FROM_SITE, Rel.TO_SITE, Rel.PART_OF, Rel.ABOUT, Rel.COURT, Rel.AUTHORITY),
    *(Rel.TRIAL, Rel.OUTCOME, Rel.OF, Rel.AGREEMENT),
)
"""Relationships of paths."""
_AT_LARGE: Final = (
    OrganizationKind.GOVERNMENT,
    OrganizationKind.DE_FACTO_AUTHORITY,
    OrganizationKind.DETAINING_AUTHORITY,
    OrganizationKind.MILITARY,
)


def emit_paths(
    node: PathScan | PathNodeScan | PathCitationScan, scope: Scope, writer: CypherWriter
) -> tuple[str, Scope]:
    """Return the MATCH of paths, or of the records or citations of one, and the scope after it."""
    match node:
        case PathScan():
            text, path = _shortest(node, writer)
            one, ids, step, key, row = (writer.variable() for _ in range(5))
            text += f" WITH [{one} IN nodes({path}) | {one}.id] AS {ids}, head(collect({path})) AS {path}"
            key = f"reduce({key} = '', {step} IN {ids} | {key} + '/' + {step})"
            return f"{text} WITH {{id: {key}, ids: {ids}, length: length({path}), path: {path}}} AS {row}", {
                "self": row
            }
        case PathNodeScan():
            row, index = writer.variable(), writer.variable()
            path = scope["self"]
            match = f"UNWIND range(0, size({path}.ids) - 1) AS {index} MATCH ({row}:{Label.RECORD} {{id: {path}.ids[{index}]}})"
            return f"{match} WITH {row}, {index} ORDER BY {index}", {"self": row}
        case PathCitationScan():
            return _citations(scope["self"], writer)


def are_all_paths(node: PathScan, writer: CypherWriter) -> str:
    """Return the expression of whether all paths of the shortest length were looked at."""
    text, _ = _shortest(node, writer)
    return f"COUNT {{ {text} }} < {writer.parameter(MAX_PATHS)}"


def path_facts(row: str, name: str, writer: CypherWriter) -> str:
    """Return the records of a path with name, kind and date, and its hops with relationship and role. ``name`` is the expression of a name."""
    one, hop = writer.variable(), writer.variable()
    records = f"[{one} IN nodes({row}.path) | [{name.format(one)}, {one}.kind, {one}.date]]"
    return f"[{records}, [{hop} IN relationships({row}.path) | [type({hop}), {hop}.role]]]"


def _shortest(node: PathScan, writer: CypherWriter) -> tuple[str, str]:
    start, end, path, one = (writer.variable() for _ in range(4))
    types = "|".join(rel.value for rel in WALKED)
    kinds = writer.parameter(tuple(kind.value for kind in _AT_LARGE))
    walked = (
        f"({one}:{Label.PERSON} OR {one}:{Label.SITE} OR ({one}:{Label.EVENT} AND {one}.is_large IS NULL AND NOT {one}.announced)"
        f" OR ({one}:{Label.ORGANIZATION} AND NOT {one}.kind IN {kinds}))"
    )
    ends = f"({start}:{Label.RECORD} {{id: {writer.parameter(node.start)}}}), ({end}:{Label.RECORD} {{id: {writer.parameter(node.end)}}})"
    return (
        f"MATCH {ends} WHERE {start} <> {end}"
        f" MATCH {path} = allShortestPaths(({start})-[:{types}*..{node.max_length:d}]-({end}))"
        f" WHERE all({one} IN nodes({path})[1..-1] WHERE {walked}) WITH {path} LIMIT {writer.parameter(MAX_PATHS)}"
    ), path


def _citations(row: str, writer: CypherWriter) -> tuple[str, Scope]:
    """Return the citations of the claims that state each hop. In an event with one subject, whoever states the event states the part."""
    hop, start, end, subject, claim, cites, source, link, speaker = (writer.variable() for _ in range(9))
    role = writer.parameter(Role.SUBJECT.value)
    is_alone = f"{hop}.role = {role} AND COUNT {{ ({end})<-[:{Rel.TOOK_PART} {{role: {role}}}]-() }} = 1"
    part = f"CASE WHEN {is_alone} THEN [{hop}.id, {end}.id] ELSE [{hop}.id] END"
    is_part = f"type({hop}) = '{Rel.TOOK_PART}'"
    match = (
        f"UNWIND relationships({row}.path) AS {hop} WITH {hop}, startNode({hop}) AS {start}, endNode({hop}) AS {end}"
        f" UNWIND CASE WHEN {is_part} THEN {part} ELSE [{start}.id] END AS {subject}"
        f" MATCH ({claim}:{Label.CLAIM} {{subject: {subject}}})-[{cites}:{Rel.CITES}]->({source}:{Label.SOURCE})"
        f" USING INDEX SEEK {claim}:{Label.CLAIM}(subject) WHERE {is_part} OR EXISTS {{ ({claim})-[:{Rel.NAMES}]->({end}) }}"
        f" OPTIONAL MATCH ({claim})-[:{Rel.SAID_BY}]->({speaker}:{Label.ACTOR})"
        f" WITH DISTINCT {source}, {cites} {{.at, .quote, .quote_language, .note}} AS {link}, {speaker}"
    )
    return match, {"self": source, "link": link, "speaker": speaker}

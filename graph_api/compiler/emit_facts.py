"""Emits differences with their claims, and the lists of facts from which texts are made.

::

    DifferenceScan("a")      MATCH (n0:Record {id: $p0})-[n3:TOOK_PART*0..1 {role: $p1}]->(n1:Record)<-[:DIFFERS_ON]-(n2:Difference) WHERE …
"""

from __future__ import annotations

from typing import assert_never

from graph_api.compiler.cypher_writer import CypherWriter, Scope
from graph_api.compiler.emit_paths import path_facts
from graph_api.compiler.ir_facts import DifferenceClaimScan, DifferenceScan, FactsColumn
from graph_api.ontology.names import MOST_UNSURE, Label, Rel
from graph_api.ontology.properties import PARTICIPATION_INFIX
from graph_api.ontology.vocabulary import Role


def emit_differences(
    node: DifferenceScan | DifferenceClaimScan, scope: Scope, writer: CypherWriter
) -> tuple[str, Scope]:
    """Return the MATCH of differences or of the claims of one, and the scope after it."""
    if isinstance(node, DifferenceScan):
        record, event, row, link = (writer.variable() for _ in range(4))
        start = f"MATCH ({record}:{Label.RECORD} {{id: {writer.parameter(node.record)}}})"
        part = (
            f"-[{link}:{Rel.TOOK_PART}*0..1 {{role: {writer.parameter(Role.SUBJECT.value)}}}]->({event}:{Label.RECORD})"
        )
        of_others = f"size({link}) = 1 AND {row}.id CONTAINS '{PARTICIPATION_INFIX}' AND NOT {row}.id ENDS WITH ':' + {link}[0].id"
        match = f"{start}{part}<-[:{Rel.DIFFERS_ON}]-({row}:{Label.DIFFERENCE})"
        return f"{match} WHERE NOT ({of_others}) WITH *", {"self": row}
    link, claim, record, index = (writer.variable() for _ in range(4))
    match = f"MATCH ({scope['self']})-[{link}:{Rel.BETWEEN}]->({claim}:{Label.CLAIM})-[:{Rel.ABOUT}]->({record}:{Label.RECORD})"
    match += f" WITH {claim}, {link}.index AS {index}, {record} ORDER BY {claim}.since, {claim}.id, {index}"
    return match, {**scope, "self": claim, "claim": claim, "index": index, "parent": record}


def emit_facts(column: FactsColumn, row: str, writer: CypherWriter) -> str:
    """Return the expression of a list of facts about a row."""
    match column:
        case FactsColumn.DIFFERING_CLAIMS:
            return _differing_claims(row, writer)
        case FactsColumn.SUM:
            return _sum(row, writer)
        case FactsColumn.PATH:
            return path_facts(row, "coalesce({0}.title, {0}.name)", writer)
        case FactsColumn.PATH_UK:
            return path_facts(row, "coalesce({0}.name_uk, {0}.name)", writer)
        case _:
            assert_never(column)


def _differing_claims(difference: str, writer: CypherWriter) -> str:
    """Return a list with a row for each claim of a difference, the fields of ``difference_text.ReportedValue``."""
    link, claim, record, source, publisher, speaker, part, named = (writer.variable() for _ in range(8))
    reported = f"{claim}.preferred[{link}.index], coalesce({claim}.because[{link}.index], '')"
    return (
        f"COLLECT {{ MATCH ({difference})-[{link}:{Rel.BETWEEN}]->({claim}:{Label.CLAIM})-[:{Rel.CITES}]->({source}:{Label.SOURCE})"
        f" MATCH ({claim})-[:{Rel.ABOUT}]->({record}:{Label.RECORD})"
        f" OPTIONAL MATCH ({source})-[:{Rel.PUBLISHER}]->({publisher}) OPTIONAL MATCH ({claim})-[:{Rel.SAID_BY}]->({speaker})"
        f" WITH {link}, {claim}, {record}, {source}, {publisher}, {speaker} ORDER BY {claim}.since, {claim}.id, {link}.index"
        f" RETURN [{claim}.values[{link}.index], {claim}.properties[{link}.index], {record}.id,"
        f" coalesce({record}.title, {record}.name, {record}.kind, {record}.measure), coalesce({publisher}.name, {source}.title),"
        f" {source}.published, {speaker}.name, {claim}.role IS NOT NULL, {claim}.modality, {reported},"
        f" COLLECT {{ UNWIND split({claim}.values[{link}.index], '\"') AS {part} MATCH ({named}:{Label.RECORD} {{id: {part}}})"
        f" RETURN [{named}.id, {named}.name, {named}.name_uk] }}] }}"
    )


_COUNTED = f"{Rel.ABOUT}|{Rel.INCLUDES}"


def _sum(figure: str, writer: CypherWriter) -> str:
    part = writer.variable()
    parts = (
        f"COLLECT {{ MATCH ({figure})<-[:{Rel.TOTAL}]-({part}:{Label.FIGURE})"
        f" WITH {part} ORDER BY {part}.quantity_low DESC, {part}.id RETURN [{part}.quantity, {part}.sex, {part}.category] }}"
    )
    return f"[{parts}, {_counted_events(figure, writer)}, {_named_people(figure, writer)}]"


def _counted_events(figure: str, writer: CypherWriter) -> str:
    """Return the events that a figure counts, each with the numbers of the same people in it: parts in place of what they are parts of.

    Of an actor's running total they are the exchanges that it mediated by then.
    """
    whole, event, actor, mediated = (writer.variable() for _ in range(4))
    inner = f"NOT {event}.announced AND NOT EXISTS {{ ({event})<-[:{Rel.PART_OF}]-() }}"
    has_parts = f"EXISTS {{ ({whole})<-[:{Rel.PART_OF}]-() }}"
    several = f"({has_parts} OR COUNT {{ ({figure})-[:{_COUNTED}]->(:{Label.EVENT}) }} > 1)"
    as_of = f"({figure}.as_of_hi IS NULL OR {mediated}.date_hi <= {figure}.as_of_hi)"
    numbers = f"CASE {figure}.quantity_unit WHEN 'EXCHANGES' THEN null ELSE {_numbers(figure, event, writer)} END"
    role = writer.parameter(Role.MEDIATOR.value)
    return (
        f"COLLECT {{ MATCH ({figure})-[:{_COUNTED}]->({whole}:{Label.EVENT})<-[:{Rel.PART_OF}*0..2]-({event}:{Label.EVENT})"
        f" WHERE {inner} AND {several} WITH DISTINCT {event} ORDER BY {event}.rank, {event}.id RETURN [{event}.id, {numbers}] AS counted"
        f" UNION MATCH ({figure})-[:{Rel.ABOUT}]->({actor}:{Label.ACTOR})-[:{Rel.TOOK_PART} {{role: {role}}}]->({mediated}:Exchange)"
        f" WHERE {figure}.measure = 'mediations' AND NOT {mediated}.announced AND {as_of}"
        f" AND NOT EXISTS {{ ({mediated})<-[:{Rel.PART_OF}]-() }} RETURN [{mediated}.id, null] AS counted }}"
    )


def _numbers(figure: str, event: str, writer: CypherWriter) -> str:
    """Return the numbers that figures about one event only state of the same people as a figure."""
    other, total, side, same_side = (writer.variable() for _ in range(4))
    alike = [
        f"coalesce({other}.{key}, '') = coalesce({figure}.{key}, '')" for key in ("category", "sex", "nationality")
    ]
    divided = [
        f"coalesce({total}.{key}, '') = coalesce({other}.{key}, '')" for key in ("category", "sex", "nationality")
    ]
    return (
        f"COLLECT {{ MATCH ({event})<-[:{Rel.ABOUT}]-({other}:{Label.FIGURE}) WHERE {other}.measure = {figure}.measure AND {' AND '.join(alike)}"
        f" AND NOT EXISTS {{ MATCH ({other})-[:{Rel.TOTAL}]->({total}) WHERE {' AND '.join(divided)} }}"
        f" AND NOT EXISTS {{ ({other})-[:{Rel.EXCLUDES}]->() }} AND COUNT {{ ({other})-[:{Rel.ABOUT}]->(:{Label.EVENT}) }} = 1"
        f" AND COLLECT {{ MATCH ({other})-[:{Rel.FIGURE_SIDE}]->({side}) RETURN {side}.id }}"
        f" = COLLECT {{ MATCH ({figure})-[:{Rel.FIGURE_SIDE}]->({same_side}) RETURN {same_side}.id }} RETURN {other}.quantity }}"
    )


def _named_people(figure: str, writer: CypherWriter) -> str:
    """Return how many people known by name are subjects of what a figure counts: of its events, on its side, or members of its groups."""
    event, part, person, member, group, side = (writer.variable() for _ in range(6))
    role = writer.parameter(Role.SUBJECT.value)
    sides = f"COLLECT {{ MATCH ({figure})-[:{Rel.FIGURE_SIDE}]->({side}) RETURN {side}.id }}"

    def is_counted(one: str) -> str:
        of = [f"({figure}.{key} IS NULL OR {figure}.{key} = {one}.{key})" for key in ("category", "sex")]
        return " AND ".join(of)

    return (
        f"size(COLLECT {{ MATCH ({figure})-[:{_COUNTED}]->(:{Label.EVENT})<-[:{Rel.PART_OF}*0..2]-({event}:{Label.EVENT})"
        f"<-[{part}:{Rel.TOOK_PART} {{role: {role}}}]-({person}:{Label.PERSON})"
        f" WHERE NOT {event}.announced AND ({part}.side IS NULL OR {sides} = [] OR {part}.side IN {sides}) AND {is_counted(person)}"
        f" RETURN {person}.id AS id UNION MATCH ({figure})-[:{_COUNTED}]->({group}:{Label.GROUP})-[:{Rel.MEMBER}]->({member}:{Label.PERSON})"
        f" WHERE {is_counted(member)} RETURN {member}.id AS id }})"
    )


def emit_persons(match: str, scope: Scope, writer: CypherWriter) -> str:
    """Return how many persons the people that are matched can be, the fewest and the most.

    Whoever may be the same is one person at the fewest: of people that judgements connect, the first by id stands for all.
    """
    person, other = scope["self"], writer.variable()
    same = f"({person})-[:{Rel.MAYBE_SAME}*0..{MOST_UNSURE}]-({other}:{Label.PERSON})"
    first = f"head(COLLECT {{ MATCH {same} RETURN {other}.id ORDER BY {other}.id LIMIT 1 }})"
    return f"[COUNT {{ {match} RETURN DISTINCT {first} AS person }}, COUNT {{ {match} RETURN DISTINCT {person} }}]"

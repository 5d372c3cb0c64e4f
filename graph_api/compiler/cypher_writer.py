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
from typing import Any

from graph_api.compiler.ir import (
    AllOf,
    Comparator,
    Compare,
    Exists,
    Hop,
    Predicate,
    Projection,
    ScopeVar,
    Step,
    Traverse,
    Value,
)
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
            matched = ", ".join(f"{key}: {writer.parameter(value)}" for key, value in hop.match)
            inner = f"{link}:{types}" + (f" {{{matched}}}" if matched else "")
        end = f"({row}:{hop.label})"
        match hop.forward:
            case True:
                text += f"-[{inner}]->{end}"
            case False:
                text += f"<-[{inner}]-{end}"
            case None:
                text += f"-[{inner}]-{end}"
    return text, row, link


Anchor = tuple[tuple[Traverse, ...], Compare]
"""The ways from a row to a related record, and the comparison of the id of that record."""


def scan(
    row: str, labels: str, where: Predicate | None, writer: CypherWriter, steps: tuple[Step, ...] = ()
) -> tuple[str, bool]:
    """Return the clauses that find the rows of a label which can pass a filter and have the events of some steps, and whether they are anchored.

    Neo4j evaluates an EXISTS for each row of a scan, whatever record it names. Where a filter names a related record by id, only the rows
    that this record leads to are matched: a superset of those that pass the filter, which is still applied in full.
    """
    anchor = next(_anchors(where), None) or next((one for step in steps for one in _anchors(_required(step))), None)
    if anchor is None:
        return f"MATCH ({row}:{labels})", False
    ways, compared = anchor
    text, end = "", f"{row}:{labels}"
    for way in ways:
        pattern, end, _ = traversal_pattern(way.hops, end, writer)
        text += f"MATCH {pattern} "
    identity = f"{end}.id {compared.op.value} {writer.parameter(compared.value)}"
    return f"{text}WHERE {identity} WITH DISTINCT {row}", True


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
            compared_with = inner.of if isinstance(inner, AllOf) else (inner,)
            yield from (((way,), part) for part in compared_with if isinstance(part, Compare) and _is_id(part))
            for ways, compared in _anchors(inner):
                yield (way, *ways), compared
        case _:
            pass


def _is_id(one: Compare) -> bool:
    is_known = one.op in {Comparator.EQUAL, Comparator.IN} and not isinstance(one.value, ScopeVar)
    return one.key == "id" and one.of == "self" and is_known

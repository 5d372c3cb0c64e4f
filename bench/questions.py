"""The eight questions: as GraphQL for our server, as the best Cypher that we can write by hand, and with what they are asked.

``shape`` names the positions of the lists that the hand-written Cypher returns; so all answers become the same plain objects before they
are compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from bench.generate import Graph, person_id
from graph_api.compiler.lucene import spelling_query
from graph_api.compiler.search_terms import parse_search
from graph_api.database.driver import Database
from graph_api.statement import Statement
from graph_api.values.normalization import normalized_words

Shape = tuple["str | tuple[str, Shape]", ...]
Variables = Mapping[str, Any]
OURS, NEO4J_GRAPHQL, CONVENTIONAL, FLOOR = "ours", "@neo4j/graphql", "conventional", "floor"
"""The servers that are compared."""
MANY: Final = 100
"""Different values with which a question is asked in turn."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``drawn`` is the Cypher that gives values to ask with, from which some are drawn; without it there are none."""

    name: str
    title: str
    query: str
    cypher: str
    shape: Shape
    drawn: str = ""

    def variables(self, store: Database, graph: Graph) -> list[Variables]:
        """Draw the variables with which it is asked, always the same for the same graph."""
        if not self.drawn:
            return [{}]
        random = Random(f"{graph.seed}/{self.name}")
        people = [person_id(random.randrange(graph.size.people)) for _ in range(10 * MANY)]
        rows = store.read(
            Statement(self.drawn, {"people": people, "most": MANY}, f"bench/draw-{self.name}"), seconds=120
        )
        return [_spelled(row[0]) if self.name == "search" else dict(row[0]) for row in rows]


POINT: Final = Question(
    "point",
    "one person by id: id, name, category",
    "query Point($id: ID!) { person(id: $id) { id name category } }",
    "MATCH (p:Person {id: $id}) RETURN [p.id, p.name, p.category]",
    ("id", "name", "category"),
    "UNWIND $people AS id MATCH (p:Person {id: id}) RETURN {id: id} LIMIT $most",
)

CASE: Final = Question(
    "case",
    "one case: its events with sites, and the place in each source",
    """query Case($id: ID!) { person(id: $id) { id name events(first: 50) { nodes {
         id kind date { edtf } sites { id name } citations { locator source { id title } } } } } }""",
    """MATCH (p:Person {id: $id}) RETURN [p.id, p.name, COLLECT {
         MATCH (p)-[t:TOOK_PART]->(e:Event) WHERE NOT e.announced WITH DISTINCT e, t.position AS position ORDER BY position, e.id LIMIT 50
         RETURN [e.id, e.kind, e.date,
           COLLECT { MATCH (e)-[l:AT]->(s:Site) WITH s, l ORDER BY l.place RETURN [s.id, s.name] },
           COLLECT { MATCH (c:Claim {subject: e.id})-[x:CITES]->(s:Source) USING INDEX SEEK c:Claim(subject)
                     WITH s, x ORDER BY s.known_from, s.id, x.at RETURN [x.at, [s.id, s.title]] }] }]""",
    (
        "id",
        "name",
        (
            "events",
            ("id", "kind", "date", ("sites", ("id", "name")), ("citations", ("locator", ("source", ("id", "title"))))),
        ),
    ),
    "UNWIND $people AS id MATCH (p:Person {id: id}) WHERE COUNT { (p)-[:TOOK_PART]->() } > 3 RETURN {id: id} LIMIT $most",
)

_SEQUENCE = """MATCH (p:Person) WHERE p.id > '' AND p.category = 'CIVILIAN'
         CALL (p) {
           MATCH (p)-[:TOOK_PART {role: 'SUBJECT'}]->(a:Conviction), (p)-[:TOOK_PART {role: 'SUBJECT'}]->(b:Exchange)
           WHERE a.date_lo <= b.date_hi AND NOT EXISTS { (a)-[:FOLLOWS]->(b) }
             AND (a.date_lo < b.date_hi OR EXISTS { (b)-[:FOLLOWS]->(a) })
           RETURN a, b ORDER BY a.date_hi >= b.date_lo, a.date IS NULL, a.date_lo, b.date_lo, a.id, b.id LIMIT 1 }
         WITH p, a, b ORDER BY p.id LIMIT 50"""

SEQUENCE: Final = Question(
    "sequence",
    "the headline: civilians convicted and then exchanged, the first 50, with both events",
    """{ sequences(steps: [{kind: CONVICTION}, {kind: EXCHANGE}], where: {category: {eq: CIVILIAN}}, first: 50) { nodes {
         person { id name } events { id kind date { edtf } } } } }""",
    f"{_SEQUENCE} RETURN collect([p.id, p.name, [[a.id, a.kind, a.date], [b.id, b.kind, b.date]]])",
    ("id", "name", ("events", ("id", "kind", "date"))),
)

NESTED: Final = Question(
    "nested",
    "100 people, the first 5 events of each, the sites of each event",
    """{ people(first: 100) { nodes { id name events(first: 5) { nodes { id kind date { edtf } sites { id name } } } } } }""",
    """MATCH (p:Person) WHERE p.id > '' WITH p ORDER BY p.id LIMIT 100 RETURN collect([p.id, p.name, COLLECT {
         MATCH (p)-[t:TOOK_PART]->(e:Event) WHERE NOT e.announced WITH DISTINCT e, t.position AS position ORDER BY position, e.id LIMIT 5
         RETURN [e.id, e.kind, e.date, COLLECT { MATCH (e)-[l:AT]->(s:Site) WITH s, l ORDER BY l.place RETURN [s.id, s.name] }] }])""",
    ("id", "name", ("events", ("id", "kind", "date", ("sites", ("id", "name"))))),
)

FLAT: Final = Question(
    "flat",
    "1,000 people, five scalars of each",
    "{ people(first: 1000) { nodes { id name category sex born { edtf } } } }",
    """MATCH (p:Person) WHERE p.id > '' WITH p ORDER BY p.id LIMIT 1000
         RETURN collect([p.id, p.name, p.category, p.sex, p.born])""",
    ("id", "name", "category", "sex", "born"),
)

HOPS: Final = Question(
    "hops",
    "who else was at the sites of one person: the first 10 events at each, with the people in them",
    """query Hops($id: ID!) { person(id: $id) { id events(first: 50) { nodes { id sites { id events(first: 10) { nodes {
         id kind date { edtf } participants(role: SUBJECT, first: 3) { nodes { participant { ... on Person { id name } } } } } } } } } } }""",
    """MATCH (p:Person {id: $id}) RETURN [p.id, COLLECT {
         MATCH (p)-[t:TOOK_PART]->(e:Event) WHERE NOT e.announced WITH DISTINCT e, t.position AS position ORDER BY position, e.id LIMIT 50
         RETURN [e.id, COLLECT { MATCH (e)-[l:AT]->(s:Site) WITH s, l ORDER BY l.place RETURN [s.id, COLLECT {
           MATCH (s)<-[:AT|FROM_SITE|TO_SITE]-(o:Event) WHERE NOT o.announced WITH DISTINCT o ORDER BY o.rank, o.id LIMIT 10
           RETURN [o.id, o.kind, o.date, COLLECT {
             MATCH (o)<-[t:TOOK_PART {role: 'SUBJECT'}]-(q:Person) WITH q, t ORDER BY t.id LIMIT 3 RETURN [q.id, q.name] }] }] }] }]""",
    ("id", ("events", ("id", ("sites", ("id", ("events", ("id", "kind", "date", ("people", ("id", "name"))))))))),
    """UNWIND $people AS id MATCH (p:Person {id: id})
         WITH id, COLLECT { MATCH (p)-[:TOOK_PART]->(:Event)-[:AT]->(s:Site) RETURN DISTINCT s } AS sites
         WITH id, reduce(n = 0, s IN sites | n + COUNT { (s)<-[:AT]-() }) AS size
         WHERE size >= 50 AND size <= 400 RETURN {id: id} LIMIT $most""",
)

TOTALS: Final = Question(
    "totals",
    "people and exchanges by mediator and category",
    """{ totals(by: [MEDIATOR, CATEGORY], events: {kind: EXCHANGE}) { nodes { keys { value node { id } } people events } } }""",
    """MATCH (x:Exchange) WITH x, COLLECT { MATCH (x)<-[:TOOK_PART {role: 'MEDIATOR'}]-(m:Actor) RETURN m.id } AS found
         OPTIONAL MATCH (x)<-[:TOOK_PART {role: 'SUBJECT'}]-(p:Person)
         WITH x, found, p.category AS category, collect(p) AS freed
         UNWIND CASE found WHEN [] THEN [null] ELSE found END AS mediator
         WITH mediator, category, collect(freed) AS lists, count(DISTINCT x) AS events
         WITH mediator, category, COUNT { UNWIND lists AS list UNWIND list AS one RETURN DISTINCT one } AS people, events
         ORDER BY mediator, category RETURN collect([mediator, category, people, events])""",
    ("mediator", "category", "people", "events"),
)

SEARCH: Final = Question(
    "search",
    "a person by name, in Cyrillic letters",
    """query Search($text: String!) { search(text: $text, kinds: [PERSON], first: 20) { nodes { score node { id ... on Person { name } } } } }""",
    """CALL db.index.fulltext.queryNodes('record_spellings', $spellings) YIELD node, score
         WITH node, score, all(word IN $folded WHERE word IN node.fold_tokens) AS has_all WHERE node:Person
         ORDER BY has_all DESC, score DESC, node.id LIMIT 20 RETURN collect([node.id, node.name, has_all])""",
    ("id", "name", "has_all"),
    """UNWIND $people AS id MATCH (p:Person {id: id}) WITH split(split(p.name_text, '\n')[-1], ' ') AS words LIMIT $most
         RETURN {text: words[1] + ' ' + words[2], lucene: '+name_text:' + words[1] + ' +name_text:' + words[2]}""",
)
"""The hand-written Cypher asks the index what our server asks it, every spelling and nearly so; peers ask for the words as written."""


def _spelled(found: Variables) -> Variables:
    """Add what the hand-written search asks with to the words of a search."""
    spellings = spelling_query(parse_search(found["text"]))
    return {**found, "spellings": spellings, "folded": normalized_words(found["text"])}


QUESTIONS: Final[Sequence[Question]] = (POINT, CASE, SEQUENCE, NESTED, FLAT, HOPS, TOTALS, SEARCH)

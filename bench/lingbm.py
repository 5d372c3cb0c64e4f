"""The sixteen query templates of the Linköping GraphQL Benchmark (LinGBM), asked of our model.

LinGBM: Sijin Cheng and Olaf Hartig, WISE 2022, arXiv 2208.04784. Its data are universities; ours are people, events and sites. Each template here
stresses what the template of that number stresses there (its choke points, by the numbers of LinGBM). Queries and data are our own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bench.questions import Question

_SAME_SIZE: Final = "size >= 50 AND size <= 400"
_SIZED: Final = f"COUNT {{ (s)<-[:AT]-() }} AS size WHERE {_SAME_SIZE}"
SITES: Final = f"""UNWIND $people AS person MATCH (:Person {{id: person}})-[:TOOK_PART]->(:Detention)-[:AT]->(s:Site)
         WITH DISTINCT s, {_SIZED} RETURN {{id: s.id}} LIMIT $most"""
"""Sites with 50 to 400 events, so that a page is the same size in every graph."""
TRANSFERS: Final = f"""UNWIND $people AS person MATCH (:Person {{id: person}})-[:TOOK_PART]->(e:Transfer)-[:FROM_SITE]->(s:Site)
         WITH e, {_SIZED} RETURN {{id: e.id}} LIMIT $most"""
_FREED: Final = "MATCH (x:Exchange {id: $id})<-[:TOOK_PART {role: 'SUBJECT'}]-(p:Person)"
_CONVICTED: Final = "MATCH (p)-[:TOOK_PART {role: 'SUBJECT'}]->(v:Conviction) WHERE v.announced = false"
_EVENTS: Final = """COLLECT { MATCH (p)-[t:TOOK_PART]->(e:Event) WHERE e.announced = false
           WITH DISTINCT e, t.position AS position ORDER BY position, e.id LIMIT 20 RETURN [e.id] }"""
_PEER_EVENTS: Final = """events: eventsConnection(where: {node: {announced: {eq: false}}}, first: 20,
             sort: [{edge: {position: ASC}}, {node: {id: ASC}}]) { edges { node { id } } }"""
_EXCHANGED: Final = f"""UNWIND $people AS person MATCH (p:Person {{id: person}})-[:TOOK_PART {{role: 'SUBJECT'}}]->(x:Exchange),
         (p)-[:TOOK_PART]->(v:Conviction)-[:COURT]->(court:Organization)
         WITH x, v, court, COUNT {{ (x)<-[:TOOK_PART]-() }} AS size WHERE {_SAME_SIZE}
         RETURN {{id: x.id, court: court.id, word: right(v.offence_articles[0], 3), born: '1980-01-01', year: '1980'}} LIMIT $most"""
"""Exchanges with 50 to 400 participants: the largest exchange grows with the graph, and its list is read whole where it is filtered."""


@dataclass(frozen=True, slots=True)
class Template:
    """One template: its number and choke points in LinGBM, why our query stresses the same, and the query for @neo4j/graphql.

    ``neo4j_graphql`` is empty where it cannot express the question; ``note`` says why.
    ``cursor`` is the query whose last cursor is our ``$after``: a server that pages by keyset is asked for the page behind it.
    """

    number: int
    points: tuple[str, ...]
    stresses: str
    why: str
    question: Question
    neo4j_graphql: str
    note: str = ""
    cursor: str = ""

    @property
    def is_mapped(self) -> bool:
        """Whether @neo4j/graphql can be asked."""
        return bool(self.neo4j_graphql)


def _template(
    number: int,
    points: str,
    stresses: str,
    why: str,
    *,
    ours: str,
    cypher: str,
    shape: Any,
    drawn: str,
    peer: str,
    **more: Any,
) -> Template:
    question = Question(f"LinGBM {number}", stresses, ours, cypher, shape, drawn)
    return Template(number, tuple(points.split()), stresses, why, question, peer, **more)


TEMPLATES: Final[Sequence[Template]] = (
    _template(
        1, "2.1 2.2", "a to-one link, then all that hang on it",
        "a transfer has one site of departure, which has 50 to 400 events",
        ours="""query T($id: ID!) { event(id: $id) { ... on Transfer { fromSite { events(first: 100) { nodes { id kind } } } } } }""",
        cypher="""MATCH (x:Event {id: $id})-[:FROM_SITE]->(s:Site) RETURN [COLLECT { MATCH (s)<-[:AT|FROM_SITE|TO_SITE]-(e:Event)
         WHERE e.announced = false WITH DISTINCT e ORDER BY e.rank, e.id LIMIT 100 RETURN [e.id, e.kind] }]""",
        shape=(("fromSite.events", ("id", "kind")),), drawn=TRANSFERS,
        peer="""query T($id: ID!) { eventNodes(where: {id: {eq: $id}}) { fromSite { events: held(where: {announced: {eq: false}},
         sort: [{rank: ASC}, {id: ASC}], limit: 100) { id kind } } } }""",
    ),
    _template(
        2, "2.1", "fan-out over two levels",
        "the events of a site, and the people of each",
        ours="""query T($id: ID!) { site(id: $id) { events(first: 100) { nodes { people: participants(role: SUBJECT, first: 50) {
         nodes { participant { ... on Person { name } } } } } } } }""",
        cypher="""MATCH (s:Site {id: $id}) RETURN [COLLECT { MATCH (s)<-[:AT|FROM_SITE|TO_SITE]-(e:Event) WHERE e.announced = false
         WITH DISTINCT e ORDER BY e.rank, e.id LIMIT 100 RETURN [COLLECT { MATCH (e)<-[t:TOOK_PART {role: 'SUBJECT'}]-(p:Person)
         WITH p, t ORDER BY t.id LIMIT 50 RETURN [p.name] }] }]""",
        shape=(("events", (("people", ("name",)),)),), drawn=SITES,
        peer="""query T($id: ID!) { sites(where: {id: {eq: $id}}) { events: held(where: {announced: {eq: false}},
         sort: [{rank: ASC}, {id: ASC}], limit: 100) { people: peopleConnection(where: {edge: {role: {eq: "SUBJECT"}}},
         sort: [{edge: {id: ASC}}], first: 50) { edges { node { name } } } } } }""",
    ),
    _template(
        3, "1.1 2.2", "a chain of to-one links",
        "a trial, its judgment, and the court that gave it, with attributes of the court",
        ours="""query T($id: ID!) { event(id: $id) { ... on Trial { outcome { ... on Conviction { court { id name country } } } } } }""",
        cypher="""MATCH (t:Event {id: $id})-[:OUTCOME]->(:Conviction)-[:COURT]->(c:Organization) RETURN [c.id, c.name, c.country] LIMIT 1""",
        shape=("outcome.court.id", "outcome.court.name", "outcome.court.country"),
        drawn="UNWIND $people AS person MATCH (:Person {id: person})-[:TOOK_PART]->(t:Trial)-[:OUTCOME]->() RETURN {id: t.id} LIMIT $most",
        peer="""query T($id: ID!) { eventNodes(where: {id: {eq: $id}}) { outcome { court { id name country } } } }""",
    ),
    _template(
        4, "1.1 2.1 2.2 2.3", "to-one, fan-out, to-one, to-one, with attributes of what lies between",
        "a transfer, its site of departure, the transfers there, the site where each ended, and its place",
        ours="""query T($id: ID!) { event(id: $id) { ... on Transfer { fromSite { id events(where: {kind: TRANSFER}, first: 50) { nodes {
         id kind ... on Transfer { toSite { id name place { id } } } } } } } } }""",
        cypher="""MATCH (x:Event {id: $id})-[:FROM_SITE]->(s:Site) RETURN [s.id, COLLECT { MATCH (s)<-[:AT|FROM_SITE|TO_SITE]-(e:Transfer)
         WHERE e.announced = false WITH DISTINCT e ORDER BY e.rank, e.id LIMIT 50 MATCH (e)-[:TO_SITE]->(o:Site)-[:IN]->(p:Place)
         RETURN [e.id, e.kind, o.id, o.name, p.id] ORDER BY e.rank, e.id }]""",
        shape=("fromSite.id", ("fromSite.events", ("id", "kind", "toSite.id", "toSite.name", "toSite.place.id"))), drawn=TRANSFERS,
        peer="""query T($id: ID!) { eventNodes(where: {id: {eq: $id}}) { fromSite { id events: held(where: {announced: {eq: false},
         kind: {eq: "TRANSFER"}}, sort: [{rank: ASC}, {id: ASC}], limit: 50) { id kind toSite { id name place { id } } } } } }""",
    ),
    _template(
        5, "1.1 2.1 2.3 2.4", "a cycle, gone round twice",
        "a person, the events, their sites, the events there, the people in them, and again their events and sites",
        ours="""query T($id: ID!) { person(id: $id) { id events(first: 20) { nodes { id sites { id events(first: 5) { nodes { id
         people: participants(role: SUBJECT, first: 3) { nodes { participant { ... on Person { id name events(first: 20) { nodes {
         id sites { id } } } } } } } } } } } } } }""",
        cypher="""MATCH (p:Person {id: $id}) RETURN [p.id, COLLECT { MATCH (p)-[t:TOOK_PART]->(e:Event) WHERE e.announced = false
         WITH DISTINCT e, t.position AS position ORDER BY position, e.id LIMIT 20
         RETURN [e.id, COLLECT { MATCH (e)-[l:AT]->(s:Site) WITH s, l ORDER BY l.place RETURN [s.id, COLLECT {
           MATCH (s)<-[:AT|FROM_SITE|TO_SITE]-(o:Event) WHERE o.announced = false WITH DISTINCT o ORDER BY o.rank, o.id LIMIT 5
           RETURN [o.id, COLLECT { MATCH (o)<-[r:TOOK_PART {role: 'SUBJECT'}]-(q:Person) WITH q, r ORDER BY r.id LIMIT 3
             RETURN [q.id, q.name, COLLECT { MATCH (q)-[u:TOOK_PART]->(f:Event) WHERE f.announced = false
               WITH DISTINCT f, u.position AS other ORDER BY other, f.id LIMIT 20
               RETURN [f.id, COLLECT { MATCH (f)-[m:AT]->(z:Site) WITH z, m ORDER BY m.place RETURN [z.id] }] }] }] }] }] }]""",
        shape=("id", ("events", ("id", ("sites", ("id", ("events", ("id", ("people", ("id", "name", (
            "events", ("id", ("sites", ("id",))))))))))))),
        drawn="""UNWIND $people AS person MATCH (p:Person {id: person}) WITH p, COLLECT { MATCH (p)-[:TOOK_PART]->(:Event)-[:AT]->(s:Site)
         RETURN DISTINCT s } AS sites WITH p, reduce(n = 0, s IN sites | n + COUNT { (s)<-[:AT]-() }) AS size
         WHERE size >= 50 AND size <= 400 RETURN {id: p.id} LIMIT $most""",
        peer="""query T($id: ID!) { people(where: {id: {eq: $id}}) { id events: eventsConnection(where: {node: {announced: {eq: false}}},
         sort: [{edge: {position: ASC}}, {node: {id: ASC}}], first: 20) { edges { node { id sites(sort: [{id: ASC}]) { id
         events: held(where: {announced: {eq: false}}, sort: [{rank: ASC}, {id: ASC}], limit: 5) { id
         people: peopleConnection(where: {edge: {role: {eq: "SUBJECT"}}}, sort: [{edge: {id: ASC}}], first: 3) { edges { node { id name
         events: eventsConnection(where: {node: {announced: {eq: false}}}, sort: [{edge: {position: ASC}}, {node: {id: ASC}}], first: 20) {
         edges { node { id sites(sort: [{id: ASC}]) { id } } } } } } } } } } } } } }""",
    ),
    _template(
        6, "2.1 2.2 2.5", "fan-out, then to-one links that meet again in the same records",
        "the transfers of a site, and the place where each ended: many end in the same one",
        ours="""query T($id: ID!) { site(id: $id) { events(where: {kind: TRANSFER}, first: 100) { nodes {
         ... on Transfer { toSite { place { id } } } } } } }""",
        cypher="""MATCH (s:Site {id: $id}) RETURN [COLLECT { MATCH (s)<-[:AT|FROM_SITE|TO_SITE]-(e:Transfer) WHERE e.announced = false
         WITH DISTINCT e ORDER BY e.rank, e.id LIMIT 100 MATCH (e)-[:TO_SITE]->(:Site)-[:IN]->(p:Place) RETURN [p.id] ORDER BY e.rank, e.id }]""",
        shape=(("events", ("toSite.place.id",)),), drawn=SITES,
        peer="""query T($id: ID!) { sites(where: {id: {eq: $id}}) { events: held(where: {announced: {eq: false}, kind: {eq: "TRANSFER"}},
         sort: [{rank: ASC}, {id: ASC}], limit: 100) { toSite { place { id } } } } }""",
    ),
    _template(
        7, "2.2 3.2", "a page further back in a list",
        "ten events of a site from a given place of the list; our server goes on from the cursor of the row before",
        ours="""query T($id: ID!, $after: String) { site(id: $id) { events(first: 10, after: $after) { nodes { sites { id } } } } }""",
        cypher="""MATCH (s:Site {id: $id}) RETURN [COLLECT { MATCH (s)<-[:AT|FROM_SITE|TO_SITE]-(e:Event) WHERE e.announced = false
         WITH DISTINCT e ORDER BY e.rank, e.id SKIP $offset LIMIT 10
         RETURN [COLLECT { MATCH (e)-[l:AT]->(o:Site) WITH o, l ORDER BY l.place RETURN [o.id] }] ORDER BY e.rank, e.id }]""",
        shape=(("events", (("sites", ("id",)),)),),
        drawn=SITES.replace("RETURN {id: s.id}", "RETURN {id: s.id, offset: toInteger(10 + size / 3)}"),
        peer="""query T($id: ID!, $offset: Int) { sites(where: {id: {eq: $id}}) { events: held(where: {announced: {eq: false}},
         sort: [{rank: ASC}, {id: ASC}], limit: 10, offset: $offset) { sites(sort: [{id: ASC}]) { id } } } }""",
        cursor="""query C($id: ID!, $offset: Int!) { site(id: $id) { events(first: $offset) { pageInfo { endCursor } } } }""",
        note="our lists are paged by keyset only; the cursor is fetched before timing",
    ),
    _template(
        8, "1.1 3.1 3.3", "all records sorted by two attributes, the first of them",
        "all people by year of birth, then id",
        ours="query T { people(orderBy: {field: BORN}, first: 50) { nodes { id name category } } }",
        cypher="""MATCH (p:Person) WITH p ORDER BY p.born_lo, p.id LIMIT 50 RETURN collect([p.id, p.name, p.category])""",
        shape=("id", "name", "category"), drawn="",
        peer="query T { people(sort: [{born: ASC}, {id: ASC}], limit: 50) { id name category } }",
    ),
    _template(
        9, "2.1 2.2 3.1 3.3", "a page of records, and below each a sorted list",
        "50 detentions at a site, the person of each, and that person's events from last to first",
        ours="""query T($id: ID!) { site(id: $id) { events(where: {kind: DETENTION}, first: 50) { nodes { people: participants(role: SUBJECT, first: 1) {
         nodes { participant { ... on Person { events(orderBy: {field: DATE, direction: DESC}, first: 20) { nodes { id } } } } } } } } } }""",
        cypher="""MATCH (s:Site {id: $id}) RETURN [COLLECT { MATCH (s)<-[:AT|FROM_SITE|TO_SITE]-(e:Detention) WHERE e.announced = false
         WITH DISTINCT e ORDER BY e.rank, e.id LIMIT 50 RETURN [COLLECT { MATCH (e)<-[t:TOOK_PART {role: 'SUBJECT'}]-(p:Person)
         WITH p, t ORDER BY t.id LIMIT 1 RETURN [COLLECT { MATCH (p)-[u:TOOK_PART]->(f:Event) WHERE f.announced = false
         WITH DISTINCT f, u.position AS position ORDER BY position DESC, f.id DESC LIMIT 20 RETURN [f.id] }] }] }]""",
        shape=(("events", (("people", (("events", ("id",)),)),)),), drawn=SITES,
        peer="""query T($id: ID!) { sites(where: {id: {eq: $id}}) { events: held(where: {announced: {eq: false}, kind: {eq: "DETENTION"}},
         sort: [{rank: ASC}, {id: ASC}], limit: 50) { people: peopleConnection(where: {edge: {role: {eq: "SUBJECT"}}}, sort: [{edge: {id: ASC}}],
         first: 1) { edges { node { events: eventsConnection(where: {node: {announced: {eq: false}}}, first: 20,
         sort: [{edge: {position: DESC}}, {node: {id: DESC}}]) { edges { node { id } } } } } } } } }""",
    ),
    _template(
        10, "1.1 4.1", "string matching over all records",
        "people whose name contains letters; the case of letters does not matter",
        ours="""query T($word: String!) { people(where: {name: {contains: $word}}, first: 100) { nodes { id name category } } }""",
        cypher="""MATCH (p:Person) WHERE any(name IN p.name_keys WHERE name CONTAINS $word) AND p.id > ''
         WITH p ORDER BY p.id LIMIT 100 RETURN collect([p.id, p.name, p.category])""",
        shape=("id", "name", "category"),
        drawn="UNWIND $people AS person MATCH (p:Person {id: person}) RETURN {word: toLower(substring(p.name, 11, 5))} LIMIT $most",
        peer="""query T($word: String!) { people(where: {name: {caseInsensitive: {contains: $word}}}, sort: [{id: ASC}], limit: 100) {
         id name category } }""",
    ),
    _template(
        11, "4.4", "records found through a condition on related records",
        "people who were held at a site",
        ours="""query T($id: ID!) { people(where: {someEvent: {where: {kind: CONFINEMENT, site: {eq: $id}}}}, first: 100) { nodes { id name } } }""",
        cypher="""MATCH (s:Site {id: $id})<-[:AT|FROM_SITE|TO_SITE]-(e:Confinement)<-[:TOOK_PART {role: 'SUBJECT'}]-(p:Person)
         WHERE e.announced = false WITH DISTINCT p ORDER BY p.id LIMIT 100 RETURN collect([p.id, p.name])""",
        shape=("id", "name"), drawn=SITES,
        peer="""query T($id: ID!) { people(where: {eventsConnection: {some: {edge: {role: {eq: "SUBJECT"}}, node: {kind: {eq: "CONFINEMENT"},
         announced: {eq: false}, sites: {some: {id: {eq: $id}}}}}}}, sort: [{id: ASC}], limit: 100) { id name } }""",
    ),
    _template(
        12, "2.1 4.3", "a list within a record, filtered by a related record",
        "of the people whom an exchange freed, those whom one court convicted, with their events",
        ours="""query T($id: ID!, $court: ID!) { exchange(id: $id) { freed(where: {someEvent: {where: {kind: CONVICTION, court: {eq: $court}}}},
         first: 50) { nodes { id name events(first: 20) { nodes { id } } } } } }""",
        cypher=f"""{_FREED} WHERE EXISTS {{ {_CONVICTED} AND EXISTS {{ (v)-[:COURT]->(:Organization {{id: $court}}) }} }}
         WITH DISTINCT p ORDER BY p.id LIMIT 50 WITH collect([p.id, p.name, {_EVENTS}]) AS freed RETURN [freed]""",
        shape=(("freed", ("id", "name", ("events", ("id",)))),), drawn=_EXCHANGED,
        peer=f"""query T($id: ID!, $court: ID!) {{ eventNodes(where: {{id: {{eq: $id}}}}) {{ freed: peopleConnection(where: {{
         edge: {{role: {{eq: "SUBJECT"}}}}, node: {{eventsConnection: {{some: {{edge: {{role: {{eq: "SUBJECT"}}}}, node: {{kind: {{eq: "CONVICTION"}},
         announced: {{eq: false}}, court: {{some: {{id: {{eq: $court}}}}}}}}}}}}}}}}, sort: [{{node: {{id: ASC}}}}], first: 50) {{ edges {{ node {{
         id name {_PEER_EVENTS} }} }} }} }} }}""",
    ),
    _template(
        13, "2.1 4.1 4.3", "a list within a record, filtered by text of a related record",
        "of the people whom an exchange freed, those convicted under an article that contains letters",
        ours="""query T($id: ID!, $word: String!) { exchange(id: $id) { freed(where: {someEvent: {where: {kind: CONVICTION,
         article: {contains: $word}}}}, first: 50) { nodes { id name events(first: 20) { nodes { id } } } } } }""",
        cypher=f"""{_FREED} WHERE EXISTS {{ {_CONVICTED} AND any(one IN v.offence_articles WHERE toLower(one) CONTAINS toLower($word)) }}
         WITH DISTINCT p ORDER BY p.id LIMIT 50 WITH collect([p.id, p.name, {_EVENTS}]) AS freed RETURN [freed]""",
        shape=(("freed", ("id", "name", ("events", ("id",)))),), drawn=_EXCHANGED,
        peer=f"""query T($id: ID!, $word: String!) {{ eventNodes(where: {{id: {{eq: $id}}}}) {{ freed: peopleConnection(where: {{
         edge: {{role: {{eq: "SUBJECT"}}}}, node: {{eventsConnection: {{some: {{edge: {{role: {{eq: "SUBJECT"}}}}, node: {{kind: {{eq: "CONVICTION"}},
         announced: {{eq: false}}, article: {{contains: $word}}}}}}}}}}}}, sort: [{{node: {{id: ASC}}}}], first: 50) {{ edges {{ node {{
         id name {_PEER_EVENTS} }} }} }} }} }}""",
        note="@neo4j/graphql cannot match text inside a list; the first article is a computed @cypher field there",
    ),
    _template(
        14, "2.1 4.1 4.2 4.3 4.5", "a list within a record, filtered by several conditions at once",
        "as before, and born since a day",
        ours="""query T($id: ID!, $born: Date!, $word: String!) { exchange(id: $id) { freed(where: {born: {from: $born}, someEvent: {where: {
         kind: CONVICTION, article: {contains: $word}}}}, first: 50) { nodes { id name events(first: 20) { nodes { id } } } } } }""",
        cypher=f"""{_FREED} WHERE (p.born_hi >= 3652 OR p.born IS NULL)
         AND EXISTS {{ {_CONVICTED} AND any(one IN v.offence_articles WHERE toLower(one) CONTAINS toLower($word)) }}
         WITH DISTINCT p ORDER BY p.id LIMIT 50 WITH collect([p.id, p.name, {_EVENTS}]) AS freed RETURN [freed]""",
        shape=(("freed", ("id", "name", ("events", ("id",)))),), drawn=_EXCHANGED,
        peer=f"""query T($id: ID!, $year: String!, $word: String!) {{ eventNodes(where: {{id: {{eq: $id}}}}) {{ freed: peopleConnection(where: {{
         edge: {{role: {{eq: "SUBJECT"}}}}, node: {{born: {{gte: $year}}, eventsConnection: {{some: {{edge: {{role: {{eq: "SUBJECT"}}}},
         node: {{kind: {{eq: "CONVICTION"}}, announced: {{eq: false}}, article: {{contains: $word}}}}}}}}}}}}, sort: [{{node: {{id: ASC}}}}],
         first: 50) {{ edges {{ node {{ id name {_PEER_EVENTS} }} }} }} }} }}""",
        note="as 13; dates are compared as texts there",
    ),
    _template(
        15, "5.2", "a count of related records",
        "how many detentions a site has",
        ours="""query T($id: ID!) { site(id: $id) { events(where: {kind: DETENTION}) { totalCount } } }""",
        cypher="""MATCH (s:Site {id: $id}) RETURN [COUNT { MATCH (s)<-[:AT|FROM_SITE|TO_SITE]-(e:Detention) WHERE e.announced = false
         RETURN DISTINCT e }]""",
        shape=("events",), drawn=SITES,
        peer="""query T($id: ID!) { sites(where: {id: {eq: $id}}) { events: heldConnection(where: {node: {announced: {eq: false},
         kind: {eq: "DETENTION"}}}) { aggregate { count { nodes } } } } }""",
    ),
    _template(
        16, "5.1", "statistics of an attribute of related records",
        "days from a stay at a site to an exchange: how many people, quartiles and median",
        ours="""query T($id: ID!) { sequences(steps: [{kind: CONFINEMENT, where: {site: {eq: $id}}}, {kind: EXCHANGE}]) { durations(step: 1) {
         n unknown lowerQuartile { atMost } median { atMost } upperQuartile { atMost } } } }""",
        cypher="""MATCH (s:Site {id: $id})<-[:AT|FROM_SITE|TO_SITE]-(a:Confinement)<-[:TOOK_PART {role: 'SUBJECT'}]-(p:Person)
         WHERE a.announced = false WITH DISTINCT p, a
         MATCH (p)-[:TOOK_PART {role: 'SUBJECT'}]->(b:Exchange) WHERE b.announced = false AND NOT EXISTS { (a)-[:FOLLOWS]->(b) }
           AND (a.date_lo < b.date_hi OR EXISTS { (b)-[:FOLLOWS]->(a) })
         WITH p, a, b ORDER BY (a.date_hi < b.date_lo OR EXISTS { (b)-[:FOLLOWS]->(a) }) DESC, a.date_lo, b.date_lo, a.id, b.id
         WITH p, collect([a, b])[0] AS chain
         WITH CASE WHEN chain[0].date IS NOT NULL AND chain[1].date IS NOT NULL THEN chain[1].shown_hi - chain[0].shown_lo END AS days
         RETURN [count(days), count(*) - count(days), percentileDisc(days, 0.25), percentileDisc(days, 0.5), percentileDisc(days, 0.75)]""",
        shape=("durations.n", "durations.unknown", "durations.lowerQuartile.atMost", "durations.median.atMost", "durations.upperQuartile.atMost"),
        drawn=SITES, peer="",
        note="@neo4j/graphql has minimum, maximum, average and sum of a stored attribute, and no quartiles or time between two events; "
        "ours has no average",
    ),
)  # fmt: skip
BY_NAME: Final[Mapping[str, Template]] = {one.question.name: one for one in TEMPLATES}
QUESTIONS: Final[Sequence[Question]] = tuple(one.question for one in TEMPLATES)
NEO4J_GRAPHQL: Final[Mapping[str, str]] = {one.question.name: one.neo4j_graphql for one in TEMPLATES if one.is_mapped}
"""The queries for @neo4j/graphql by the name of the question."""
NESTED: Final = frozenset({2, 4, 5, 9, 12, 13, 14})
"""Templates with lists within lists."""
TO_ONE: Final = frozenset({"fromSite", "toSite", "place", "outcome", "court"})
"""Links with one end: @neo4j/graphql gives them as lists."""


def plain(data: Mapping[str, Any]) -> Any:
    """Return the data of a response as plain objects: lists without their wrapping, a list of one for a single end as its end.

    >>> plain({"eventNodes": [{"fromSite": [{"events": [{"id": "e"}]}]}]})
    [{'fromSite': {'events': [{'id': 'e'}]}}]
    >>> plain({"site": {"events": {"nodes": [{"people": {"nodes": [{"participant": {"name": "N"}}]}}]}}})
    {'events': [{'people': [{'name': 'N'}]}]}
    """
    [value] = data.values()
    return _plain(value)


def _plain(value: Any) -> Any:
    match value:
        case list():
            return [_plain(one) for one in value]
        case {"nodes": list(inner) | int(inner)} | {"edges": list(inner)} if len(value) == 1:
            return _plain(inner)
        case {"node": inner} | {"participant": inner} | {"totalCount": inner} if len(value) == 1:
            return _plain(inner)
        case {"aggregate": {"count": inner}}:
            return _plain(inner)
        case dict():
            return {
                key: _plain(one[0] if key in TO_ONE and isinstance(one, list) else one) for key, one in value.items()
            }
        case _:
            return value


def from_peer(template: Template, data: Mapping[str, Any]) -> Any:
    """Return the answer of @neo4j/graphql: the one record asked for by id stands in a list."""
    value = plain(data)
    return value[0] if "$id" in template.neo4j_graphql and template.number != _SEARCH_BY_ID else value


_SEARCH_BY_ID: Final = 11
"""The template whose id is not that of the record that it asks for."""


def from_rows(template: Template, row: Any) -> Any:
    """Return the answer of the hand-written Cypher."""
    shape = template.question.shape
    is_list = not template.question.drawn or template.number in {10, _SEARCH_BY_ID}
    return [_named(shape, one) for one in row] if is_list else _named(shape, row)


def _named(shape: Any, row: Any) -> dict[str, Any]:
    """Give positions their names; a name with points is a chain of to-one links.

    >>> _named((("fromSite.events", ("id",)),), [[["e1"], ["e2"]]])
    {'fromSite': {'events': [{'id': 'e1'}, {'id': 'e2'}]}}
    """
    made: dict[str, Any] = {}
    for key, value in zip(shape, row, strict=True):
        path, below = (key, None) if isinstance(key, str) else key
        *way, last = path.split(".")
        at = made
        for step in way:
            at = at.setdefault(step, {})
        at[last] = value if below is None else [_named(below, one) for one in value]
    return made


def mapping() -> Iterator[str]:
    """Yield the lines of the document that say how each template is asked here."""
    yield "| LinGBM | choke points | what it stresses | our question | @neo4j/graphql | |"
    yield "|---:|---|---|---|---|---|"
    for one in TEMPLATES:
        peer = "mapped" if one.is_mapped else "not expressible"
        yield f"| {one.number} | {', '.join(one.points)} | {one.stresses} | {one.why} | {peer} | {one.note} |"

"""What a lawyer asks: case file, status, stays, differences and connections, against hand-written Cypher; and the same as of a day.

``python -m bench.evidence --size M`` prints a table. One client sends one request at a time; our server and the Cypher, or an operation and itself
as of a day, take turns, so that what slows the machine slows both. The hand-written Cypher reads what the answer needs, through the official driver, and
makes nothing of it: of a case file it is the statement that ours sends. What is asked as of a day needs a store with versions (``detention-graph as-of``).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import platformdirs

from bench import servers
from bench.generate import SIZES, Graph
from bench.measure import Floor, medians
from bench.questions import Question
from bench.run import neo4j_process, say
from bench.servers import Server
from bench.store import Folders, address_of, loaded
from graph_api.database.driver import Database
from graph_api.database.migrations import migrate
from graph_api.database.queries import named
from graph_api.statement import Statement

KNOWN: Final = "2026-06-01"
"""The day as of which is asked: after the last publication of the synthetic graph, so that both answers are equally large."""
HAS_VERSIONS: Final = "MATCH (g:Graph) RETURN coalesce(g.has_versions, false)"
WALKED: Final = "TOOK_PART|AT|FROM_SITE|TO_SITE|PART_OF|ABOUT|COURT|AUTHORITY|TRIAL|OUTCOME|OF|AGREEMENT"
CASE_FILE: Final = """query ($id: ID!) { caseFile(person: $id) { contentHash snapshot knownTo status { text custody legal }
  timeline { line text placement clauses { text references } event { id } } announced { text } stays { nodes { span { display } } }
  coDetainees { totalCount nodes { person { id name } surely atMost } } about { nodes { id title } } leads { text } gaps { text }
  differences { explanation } references { number text } notice } }"""


@dataclass(frozen=True, slots=True)
class MeasuredQuestion:
    """A question with what it is asked, the goal of its median in milliseconds, and what of both answers has to be the same."""

    question: Question
    variables: Mapping[str, Any]
    goal: float
    ours: Callable[[Any], Any]
    floor: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Records:
    """The records that are asked about: the person with the most events, the site with the most stays, somebody held there, and two people."""

    person: str
    site: str
    held: str
    ends: tuple[str, str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(description="Measure what a lawyer asks.")
    cache = Path(platformdirs.user_cache_dir("detention-graph"))
    parser.add_argument("--size", default="S", help="S, M, L, or a number of people")
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--stores", type=Path, default=cache / "bench-facets", help="where the database is kept")
    parser.add_argument("--cache", type=Path, default=cache, help="where the jars of Neo4j are")
    given = parser.parse_args(arguments)
    graph = Graph(SIZES[given.size] if given.size in SIZES else int(given.size), 1)
    with loaded(graph, Folders(given.cache, given.stores), say, bulk=True) as (endpoint, store):
        migrate(store)
        address, records = address_of(endpoint), records_of(store)
        with closing(Floor(address)) as floor, servers.ours(address, given.stores / "logs") as server:
            servers.wait_until_idle(neo4j_process(endpoint))  # it still executes what the server asked it to plan
            sys.stdout.write("question                        goal ms   ours ms  floor ms  ratio\n")
            for asked in questions(records):
                sys.stdout.write(_against_floor(asked, server, floor, given.runs))
                sys.stdout.flush()
            sys.stdout.write("\nas of a day                              as of ms  today ms  ratio\n")
            for name, text in operations(records).items() if read(store, HAS_VERSIONS) else ():
                sys.stdout.write(_as_of(name, text, server, given.runs // 2))
                sys.stdout.flush()
    return 0


def records_of(store: Database) -> Records:
    """Return the records that are asked about, always the same of the same graph."""
    [person] = read(
        store,
        "MATCH (p:Person) WHERE p.id > '' WITH p ORDER BY p.id LIMIT 200 WITH p ORDER BY COUNT { (p)-[:TOOK_PART]->() } DESC, p.id LIMIT 1 RETURN [p.id]",
    )
    site, held = read(
        store,
        "MATCH (s:Site) WITH s ORDER BY COUNT { (s)<-[:STAY_AT]-() } DESC, s.id LIMIT 1 "
        "RETURN [s.id, COLLECT { MATCH (s)<-[:STAY_AT]-(x:Stay) WITH x ORDER BY x.start_hi, x.id LIMIT 8 RETURN x.subject }[7]]",
    )
    ends = read(
        store,
        "MATCH (p:Person) WHERE p.id > '' WITH p.id AS id ORDER BY id LIMIT 58 WITH collect(id) AS ids RETURN [ids[0], ids[57]]",
    )
    return Records(person, site, held, (ends[0], ends[1]))


def read(store: Database, text: str) -> Any:
    """Return the one value that a statement finds."""
    return store.read(Statement(f"{text} AS found", {}, "bench/evidence"), seconds=300)[0][0]


def questions(records: Records) -> list[MeasuredQuestion]:
    """Return the questions with goals of their own."""
    case_file = Question(
        "case file", "of the person with the most events", CASE_FILE, named("case_file", id="", known=None).text, ()
    )
    return [
        MeasuredQuestion(
            case_file, {"id": records.person, "known": None}, 30, lambda data: data["caseFile"] is not None, bool
        ),
        MeasuredQuestion(STATUS, {}, 15, _status_of_ours, lambda rows: rows),
        MeasuredQuestion(
            CO_DETAINEES,
            {"id": records.held},
            100,
            lambda data: _pairs(data["person"]["coDetainees"]),
            lambda row: [sorted(one[:2] for one in row[0]), row[1]],
        ),
        MeasuredQuestion(
            DIFFERENCES,
            {},
            50,
            lambda data: [[one["id"], one["kind"]] for one in data["differences"]["nodes"]],
            lambda row: [one[:2] for one in row[0]],
        ),
        MeasuredQuestion(
            PATHS,
            {"a": records.ends[0], "b": records.ends[1]},
            200,
            lambda data: [one["length"] for one in data["paths"]["nodes"]],
            lambda row: row,
        ),
    ]


def _status_of_ours(data: Any) -> Any:
    return [
        [one["id"], *(one["status"][name] for name in ("custody", "legal", "text"))]
        if one["status"]
        else [one["id"], None, None, None]
        for one in data["people"]["nodes"]
    ]


def _pairs(found: Any) -> Any:
    return [sorted([one["person"]["id"], one["site"]["id"]] for one in found["nodes"]), found["totalCount"]]


STATUS: Final = Question(
    "status of 100 people",
    "",
    "{ people(first: 100) { nodes { id status { custody legal text } } } }",
    "MATCH (p:Person) WHERE p.id > '' WITH p ORDER BY p.id LIMIT 100 RETURN collect([p.id, p.custody, p.legal, p.status_text])",
    (),
)
_TOGETHER: Final = """MATCH (p)-[:STAYED]->(a:Stay)-[:STAY_AT]->(s:Site)<-[:STAY_AT]-(b:Stay)<-[:STAYED]-(q:Person)
  WHERE a.compared AND b.compared AND q <> p AND a.start_lo <= b.end_hi AND b.start_lo <= a.end_hi"""
CO_DETAINEES: Final = Question(
    "co-detainees, largest site",
    "",
    "query ($id: ID!) { person(id: $id) { coDetainees(first: 50) { totalCount nodes { person { id } site { id } surely atMost } } } }",
    f"""MATCH (p:Person {{id: $id}}) RETURN [COLLECT {{ {_TOGETHER} WITH s, a, b, q ORDER BY q.id, b.id, a.id LIMIT 50
      RETURN [q.id, s.id, a.start_lo, a.start_hi, a.end_lo, a.end_hi, b.start_lo, b.start_hi, b.end_lo, b.end_hi] }}, COUNT {{ {_TOGETHER} }}]""",
    (),
)
DIFFERENCES: Final = Question(
    "differences, a page",
    "",
    "{ differences(first: 50) { totalCount nodes { id kind property explanation subject { id } claims { value } } } }",
    """MATCH (d:Difference) WHERE d.id > '' WITH d ORDER BY d.id LIMIT 50
      WITH d, COLLECT { MATCH (d)-[x:BETWEEN]->(c:Claim)-[:CITES]->(s:Source) MATCH (c)-[:ABOUT]->(r:Record)
        OPTIONAL MATCH (s)-[:PUBLISHER]->(o) OPTIONAL MATCH (c)-[:SAID_BY]->(w) WITH c, x, s, r, o, w ORDER BY c.since, c.id, x.index
        RETURN [c.values[x.index], c.properties[x.index], r.id, coalesce(r.title, r.name, r.kind), coalesce(o.name, s.title), s.published, w.name] } AS claims
      WITH collect([d.id, d.kind, d.property, head(COLLECT { MATCH (d)-[:DIFFERS_ON]->(r) RETURN r.id }), claims]) AS rows
      RETURN [rows, COUNT { MATCH (:Difference) }]""",
    (),
)
PATHS: Final = Question(
    "connections of 4",
    "",
    "query ($a: ID!, $b: ID!) { paths(from: $a, to: $b, maxLength: 4) { complete nodes { length } } }",
    f"""MATCH (a:Record {{id: $a}}), (b:Record {{id: $b}}) MATCH way = allShortestPaths((a)-[:{WALKED}*..4]-(b))
      WHERE all(n IN nodes(way)[1..-1] WHERE n:Person OR n:Site OR (n:Event AND n.is_large IS NULL AND NOT n.announced)
        OR (n:Organization AND NOT n.kind IN ['GOVERNMENT', 'DE_FACTO_AUTHORITY', 'DETAINING_AUTHORITY', 'MILITARY']))
      WITH DISTINCT [n IN nodes(way) | n.id] AS ids LIMIT 500 WITH ids ORDER BY reduce(text = '', id IN ids | text + '/' + id) LIMIT 6
      RETURN collect(size(ids) - 1)""",
    (),
)


def operations(records: Records) -> dict[str, str]:
    """Return the operations that are asked today and as of a day: three of one record, and lists over the graph."""
    return {
        "person with most events": f'{{ person(id: "{records.person}") {{ name events(first: 50) {{ nodes {{ id kind date {{ edtf }} }} }} }} }}',
        "stays of a person": f'{{ person(id: "{records.person}") {{ stays {{ nodes {{ span {{ display }} site {{ id }} }} }} }} }}',
        "held at the largest site": f'{{ site(id: "{records.site}") {{ held(first: 50) {{ totalCount nodes {{ span {{ display }} }} }} }} }}',
        "people": "{ people(first: 50) { totalCount nodes { id name } } }",
        "people of one sex": "{ people(first: 50, where: {sex: FEMALE}) { totalCount nodes { id name } } }",
        "people by name": "{ people(first: 50, where: {someEvent: {}}, orderBy: {field: NAME}) { totalCount nodes { id name } } }",
        "events by date": "{ events(first: 50, orderBy: {field: DATE}) { totalCount nodes { id kind } } }",
        "convicted, then exchanged": "{ sequences(steps: [{kind: CONVICTION}, {kind: EXCHANGE}], where: {category: {eq: CIVILIAN}}, first: 50) "
        "{ totalCount nodes { person { id } } } }",
        "totals by kind": "{ totals(by: [KIND]) { nodes { keys { value } people events } } }",
    }


def _against_floor(asked: MeasuredQuestion, server: Server, floor: Floor, runs: int) -> str:
    question, variables = asked.question, asked.variables

    def ours() -> Any:
        return server.data(question.query, variables, question.name)

    def cypher() -> Any:
        return floor.answer(question, variables)

    one, other = asked.ours(ours()), asked.floor(cypher())
    if one != other:
        raise ValueError(
            f"{question.name}: our server and the hand-written Cypher give different answers: {one} {other}"
        )
    took = medians([ours, cypher], runs, runs // 4)
    return f"{question.name:30} {asked.goal:8.0f} {took[0]:9.1f} {took[1]:9.1f} {took[0] / took[1]:6.2f}\n"


def _as_of(name: str, text: str, server: Server, runs: int) -> str:
    past = f'query @asOf(known: "{KNOWN}") {text}'
    took = medians([lambda: server.data(past, {}, name), lambda: server.data(text, {}, name)], runs, runs // 4)
    return f"{name:40} {took[0]:9.1f} {took[1]:9.1f} {took[0] / took[1]:6.2f}\n"


if __name__ == "__main__":
    sys.exit(main())

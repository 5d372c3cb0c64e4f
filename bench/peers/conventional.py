"""The server that a Python team would write: Strawberry types, a DataLoader for each level, the asynchronous driver, FastAPI, uvicorn.

What a loader cannot batch (the headline sequence, totals, search) is hand-written Cypher, one row a record, as such code has it.
Settings come from NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD and PORT.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

import neo4j
import strawberry
import uvicorn
from fastapi import FastAPI
from strawberry.dataloader import DataLoader
from strawberry.fastapi import BaseContext, GraphQLRouter
from strawberry.types import Info as BaseInfo

Rows = list[dict[str, Any]]
Key = tuple[str, int]
Ask = Callable[..., Awaitable[Rows]]

EVENTS_OF_PEOPLE = """UNWIND $ids AS id MATCH (p:Person {id: id})
    CALL (p) { MATCH (p)-[t:TOOK_PART]->(e:Event) WITH DISTINCT e, t.position AS position RETURN e ORDER BY position, e.id LIMIT $first }
    RETURN id AS parent, e.id AS id, e.kind AS kind, e.date AS date"""
EVENTS_OF_SITES = """UNWIND $ids AS id MATCH (s:Site {id: id})
    CALL (s) { MATCH (s)<-[:AT|FROM_SITE|TO_SITE]-(e:Event) WITH DISTINCT e RETURN e ORDER BY e.rank, e.id LIMIT $first }
    RETURN id AS parent, e.id AS id, e.kind AS kind, e.date AS date"""
SITES_OF_EVENTS = """UNWIND $ids AS id MATCH (:Event {id: id})-[l:AT]->(s:Site)
    RETURN id AS parent, s.id AS id, s.name AS name ORDER BY l.place"""
PEOPLE_OF_EVENTS = """UNWIND $ids AS id MATCH (e:Event {id: id})
    CALL (e) { MATCH (e)<-[t:TOOK_PART {role: 'SUBJECT'}]-(p:Person) RETURN p ORDER BY t.id LIMIT $first }
    RETURN id AS parent, p.id AS id, p.name AS name, p.category AS category, p.sex AS sex, p.born AS born"""
CITATIONS_OF_EVENTS = """UNWIND $ids AS id MATCH (c:Claim {subject: id})-[x:CITES]->(s:Source)
    RETURN id AS parent, x.at AS locator, s.id AS source, s.title AS title ORDER BY s.known_from, s.id, x.at"""
PERSON = """MATCH (p:Person {id: $id})
    RETURN p.id AS id, p.name AS name, p.category AS category, p.sex AS sex, p.born AS born"""
PEOPLE = """MATCH (p:Person) WHERE p.id > ''
    RETURN p.id AS id, p.name AS name, p.category AS category, p.sex AS sex, p.born AS born ORDER BY p.id LIMIT $first"""
SEQUENCES = """MATCH (p:Person) WHERE p.id > '' AND p.category = 'CIVILIAN'
    CALL (p) {
      MATCH (p)-[:TOOK_PART {role: 'SUBJECT'}]->(a:Conviction), (p)-[:TOOK_PART {role: 'SUBJECT'}]->(b:Exchange)
      WHERE a.date_lo <= b.date_hi AND NOT EXISTS { (a)-[:FOLLOWS]->(b) }
        AND (a.date_lo < b.date_hi OR EXISTS { (b)-[:FOLLOWS]->(a) })
      RETURN a, b ORDER BY a.date_hi >= b.date_lo, a.date IS NULL, a.date_lo, b.date_lo, a.id, b.id LIMIT 1 }
    RETURN p.id AS id, p.name AS name, [a {.id, .kind, .date}, b {.id, .kind, .date}] AS events ORDER BY p.id LIMIT $first"""
TOTALS = """MATCH (x:Exchange) WITH x, COLLECT { MATCH (x)<-[:TOOK_PART {role: 'MEDIATOR'}]-(m:Actor) RETURN m.id } AS found
    OPTIONAL MATCH (x)<-[:TOOK_PART {role: 'SUBJECT'}]-(p:Person)
    WITH x, found, p.category AS category, collect(p) AS freed
    UNWIND CASE found WHEN [] THEN [null] ELSE found END AS mediator
    WITH mediator, category, collect(freed) AS lists, count(DISTINCT x) AS events
    RETURN mediator, category, COUNT { UNWIND lists AS list UNWIND list AS one RETURN DISTINCT one } AS people, events ORDER BY mediator, category"""
SEARCH = """CALL db.index.fulltext.queryNodes('record_spellings', $lucene) YIELD node, score
    WITH node, score WHERE node:Person ORDER BY score DESC, node.id LIMIT 20 RETURN node.id AS id, node.name AS name"""


class Context(BaseContext):
    """What an operation carries: the database, and loaders of its own."""

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self.ask = ask
        self.events_of_people = _loader(ask, EVENTS_OF_PEOPLE)
        self.events_of_sites = _loader(ask, EVENTS_OF_SITES)
        self.people_of_events = _loader(ask, PEOPLE_OF_EVENTS)
        self.sites_of_events = _loader(ask, SITES_OF_EVENTS)
        self.citations_of_events = _loader(ask, CITATIONS_OF_EVENTS)


Info = BaseInfo[Context, None]


def _loader(ask: Ask, cypher: str) -> DataLoader[Key, Rows]:
    """Return a loader from a parent's id and a page size to its rows; one operation asks one page size of each kind of list."""

    async def load(keys: Sequence[Key]) -> list[Rows]:
        found: dict[str, Rows] = {id_: [] for id_, _ in keys}
        for row in await ask(cypher, ids=list(found), first=max(first for _, first in keys)):
            found[row.pop("parent")].append(row)
        return [found[id_] for id_, _ in keys]

    return DataLoader(load_fn=cast("Any", load))


@strawberry.type
class Source:
    """A source."""

    id: strawberry.ID
    title: str


@strawberry.type
class Citation:
    """A place in a source."""

    locator: str | None
    source: Source


@strawberry.type
class Person:
    """A person."""

    id: strawberry.ID
    name: str
    category: str | None
    sex: str | None
    born: str | None

    @strawberry.field
    async def events(self, info: Info, first: int = 20) -> list[Event]:
        """Return the person's events."""
        return [Event(**row) for row in await info.context.events_of_people.load((self.id, first))]


@strawberry.type
class Event:
    """An event."""

    id: strawberry.ID
    kind: str
    date: str | None

    @strawberry.field
    async def sites(self, info: Info) -> list[Site]:
        """Return where it was."""
        return [Site(**row) for row in await info.context.sites_of_events.load((self.id, 0))]

    @strawberry.field
    async def people(self, info: Info, first: int = 20) -> list[Person]:
        """Return whom it happened to."""
        return [Person(**row) for row in await info.context.people_of_events.load((self.id, first))]

    @strawberry.field
    async def citations(self, info: Info) -> list[Citation]:
        """Return what says so."""
        rows = await info.context.citations_of_events.load((self.id, 0))
        return [Citation(locator=row["locator"], source=Source(id=row["source"], title=row["title"])) for row in rows]


@strawberry.type
class Site:
    """A detention site."""

    id: strawberry.ID
    name: str

    @strawberry.field
    async def events(self, info: Info, first: int = 20) -> list[Event]:
        """Return what happened there."""
        return [Event(**row) for row in await info.context.events_of_sites.load((self.id, first))]


@strawberry.type
class EventInfo:
    """An event of a sequence."""

    id: strawberry.ID
    kind: str
    date: str | None


@strawberry.type
class InOrder:
    """Somebody whose events happened in an order."""

    id: strawberry.ID
    name: str
    events: list[EventInfo]


@strawberry.type
class Total:
    """How many people and events share a mediator and a category."""

    mediator: str | None
    category: str | None
    people: int
    events: int


@strawberry.type
class Hit:
    """A person found by name."""

    id: strawberry.ID
    name: str


@strawberry.type
class Query:
    """What can be asked."""

    @strawberry.field
    async def person(self, info: Info, id: strawberry.ID) -> Person | None:  # noqa: A002 - the word of the schema
        """Return one person."""
        rows = await info.context.ask(PERSON, id=id)
        return Person(**rows[0]) if rows else None

    @strawberry.field
    async def people(self, info: Info, first: int = 20) -> list[Person]:
        """Return people in the order of their ids."""
        return [Person(**row) for row in await info.context.ask(PEOPLE, first=first)]

    @strawberry.field
    async def sequences(self, info: Info, first: int = 50) -> list[InOrder]:
        """Return civilians convicted and then exchanged."""
        rows = await info.context.ask(SEQUENCES, first=first)
        return [
            InOrder(id=row["id"], name=row["name"], events=[EventInfo(**one) for one in row["events"]]) for row in rows
        ]

    @strawberry.field
    async def totals(self, info: Info) -> list[Total]:
        """Return people and exchanges by mediator and category."""
        return [Total(**row) for row in await info.context.ask(TOTALS)]

    @strawberry.field
    async def search(self, info: Info, lucene: str) -> list[Hit]:
        """Return people by name."""
        return [Hit(**row) for row in await info.context.ask(SEARCH, lucene=lucene)]


def create_app(uri: str, user: str, password: str) -> FastAPI:
    """Return the ASGI application over a database."""
    driver = neo4j.AsyncGraphDatabase.driver(uri, auth=(user, password))

    async def ask(cypher: str, **parameters: Any) -> Rows:
        async def work(tx: neo4j.AsyncManagedTransaction) -> Rows:
            return await (await tx.run(cypher, parameters)).data()

        async with driver.session() as session:
            return await session.execute_read(work)

    @asynccontextmanager
    async def until_the_end(_app: FastAPI) -> AsyncIterator[None]:
        yield
        await driver.close()

    app = FastAPI(lifespan=until_the_end)
    app.include_router(
        GraphQLRouter[Context, None](strawberry.Schema(Query), path="/graphql", context_getter=lambda: Context(ask)),
    )
    return app


if __name__ == "__main__":
    given = os.environ
    uvicorn.run(
        create_app(given["NEO4J_URI"], given["NEO4J_USER"], given["NEO4J_PASSWORD"]),
        host="127.0.0.1", port=int(given["PORT"]), log_level="warning", access_log=False,
    )  # fmt: skip

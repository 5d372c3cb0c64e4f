"""The Python client gql with its default settings: schema from introspection, a query by variables."""

import asyncio
import sys

from gql import Client, gql
from gql.transport.httpx import HTTPXAsyncTransport


async def main(url: str) -> None:
    transport = HTTPXAsyncTransport(url=url)
    async with Client(transport=transport, fetch_schema_from_transport=True) as session:
        query = gql("query($first: Int = 2) { people(first: $first) { totalCount nodes { id name } } }")
        people = (await session.execute(query))["people"]
    assert len(people["nodes"]) == 2, people
    sys.stdout.write(f"ok      gql: {people['totalCount']} people\n")


asyncio.run(main(sys.argv[1]))

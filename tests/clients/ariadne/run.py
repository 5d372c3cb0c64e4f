"""The client that ariadne-codegen generated: typed methods; input fields with a default can be left out."""

import asyncio
import sys

from generated.client import Client
from generated.input_types import PersonFilter


async def main(url: str) -> None:
    async with Client(url=url) as client:
        people = (await client.first_people()).people
        assert len(people.nodes) == 2, people
        assert (await client.person_by_id(people.nodes[0].id)).person is not None
        assert (await client.people_where(PersonFilter())).people.total_count == people.total_count
    sys.stdout.write(f"ok      ariadne-codegen: {people.total_count} people\n")


asyncio.run(main(sys.argv[1]))

"""Many clients at once, as cheap as clients can be: raw sockets of one event loop, one request a connection."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

_PEOPLE = """people(first: 90) { totalCount nodes { id name events(first: 20) { nodes {
  id title citations { locator source { title publisher { name } } } claims { value citations { locator source { title } } }
} } } }"""
SLOW = f"{{ {' '.join(f'{name}: {_PEOPLE}' for name in 'abcd')} }}"
"""It costs less than an operation may, and takes the database some tenths of a second."""
QUICK = '{ person(id: "nariman-dzhelyal") { name } }'


@dataclass(frozen=True, slots=True)
class Seen:
    """What a client saw: 0 for no answer; ``code`` of the first error."""

    status: int
    seconds: float
    code: str = ""
    retry_after: str = ""


def request(query: str) -> bytes:
    """Return the bytes of a request."""
    body = json.dumps({"query": query}).encode()
    head = f"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def ask(port: int, sent: bytes, seconds: float = 60.0) -> Seen:
    """Ask once."""
    start = time.perf_counter()
    try:
        async with asyncio.timeout(seconds):
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
            writer.write(sent)
            lines = (await reader.readuntil(b"\r\n\r\n")).decode().lower().strip().split("\r\n")
            headers = dict(line.split(": ", 1) for line in lines[1:])
            body = await reader.readexactly(int(headers["content-length"]))
            writer.close()
    except (OSError, EOFError, TimeoutError):
        return Seen(0, time.perf_counter() - start)
    took = time.perf_counter() - start
    errors = json.loads(body).get("errors") if len(body) < 5000 else None
    code = errors[0]["extensions"]["code"] if errors else ""
    return Seen(int(lines[0].split()[1]), took, code, headers.get("retry-after", ""))


async def leave(port: int, sent: bytes, after: float) -> None:
    """Ask, and leave before the answer."""
    with suppress(OSError):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        await asyncio.sleep(after)
        writer.transport.abort()


async def in_turn(port: int, sent: bytes, many: int, pause: float = 0.0) -> list[Seen]:
    """Ask several times, one after another."""
    found = []
    for _ in range(many):
        found.append(await ask(port, sent))
        await asyncio.sleep(pause)
    return found


def ms(seen: Sequence[Seen], part: float = 0.5) -> float:
    """Return a quantile of the waits, in milliseconds."""
    waits = sorted(one.seconds for one in seen)
    return 1000 * waits[min(len(waits) - 1, int(part * len(waits)))]

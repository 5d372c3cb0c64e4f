"""A proxy between a client and a real server that can cut, delay, split, duplicate and change what the server sends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Fault = Callable[[bytes], Sequence[bytes | float]]
"""Returns what to pass on in place of what the server sent: bytes, seconds to wait, and ``CUT``."""
CUT = -1.0


@dataclass
class TcpProxy:
    """A proxy on a port of this machine; ``opened`` counts the connections that were made through it.

    ``fault`` is applied to everything that the server sends while it is set.
    """

    host: str
    to_port: int
    piece: int = 65536
    port: int = 0
    opened: int = 0
    fault: Fault | None = None
    passes: asyncio.Event = field(default_factory=asyncio.Event)
    _ends: set[asyncio.StreamWriter] = field(default_factory=set)

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.opened += 1
        try:
            upstream_reader, upstream = await asyncio.open_connection(self.host, self.to_port)
        except OSError:
            writer.close()
            return
        self._ends |= {writer, upstream}
        await asyncio.gather(self._pass(reader, upstream), self._pass(upstream_reader, writer, is_response=True))
        self._ends -= {writer, upstream}

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, is_response: bool = False
    ) -> None:
        try:
            while data := await reader.read(self.piece):
                await self.passes.wait()
                for part in self.fault(data) if is_response and self.fault else [data]:
                    if part == CUT:
                        writer.transport.abort()
                        return
                    if isinstance(part, float):
                        await asyncio.sleep(part)
                    else:
                        writer.write(part)
                        await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

    def inject(self, data: bytes) -> None:
        """Send bytes on every connection, to client and server."""
        for one in self._ends:
            one.write(data)

    def cut(self) -> None:
        """Break every connection, as a server does that is killed."""
        for one in self._ends:
            one.transport.abort()

    def fall_silent(self) -> None:
        """Pass nothing on any more."""
        self.passes.clear()

    def speak(self) -> None:
        """Pass on again."""
        self.passes.set()


@asynccontextmanager
async def proxy_to(host: str, port: int, *, piece: int = 65536) -> AsyncIterator[TcpProxy]:
    """Yield a wire to a server."""
    wire = TcpProxy(host, port, piece)
    wire.speak()
    server = await asyncio.start_server(wire.carry, "127.0.0.1", 0)
    wire.port = server.sockets[0].getsockname()[1]
    try:
        yield wire
    finally:
        wire.speak()
        wire.cut()
        server.close()
        await asyncio.sleep(0.05)

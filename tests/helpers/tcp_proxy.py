"""A TCP proxy between a client and a real server that can close connections, stall, or pass bytes in small pieces."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class TcpProxy:
    """A proxy on a port of this machine; ``opened`` counts the connections that were made through it."""

    host: str
    to_port: int
    piece: int = 65536
    port: int = 0
    opened: int = 0
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
        await asyncio.gather(self._pass(reader, upstream), self._pass(upstream_reader, writer))
        self._ends -= {writer, upstream}

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(self.piece):
                await self.passes.wait()
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

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

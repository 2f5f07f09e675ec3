"""asyncio with streams: a coroutine for each connection waits where the blocking server blocks."""

import asyncio
from asyncio import StreamReader, StreamWriter, get_running_loop, timeout
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ..http1.connection import Connection
from .exchange import RECEIVE_SIZE, next_answer
from .listening import BACKLOG
from .site import Site


def serve(site: Site) -> None:
    """Serve each client in its own coroutine. The handlers run on the event loop: no blocking."""
    asyncio.run(StreamServer(site).serve())


class StreamServer:
    """The clients of a site, and how long each may still be waited for."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._stopping = False
        self._clients: set[asyncio.Future[None]] = set()
        self._reading: dict[Connection, asyncio.Timeout] = {}

    async def serve(self) -> None:
        """Serve until it is time to stop, then finish what is in flight."""
        server = await asyncio.start_server(
            self._on_client, sock=self._site.listener, backlog=BACKLOG
        )
        await get_running_loop().sock_recv(self._site.stop, 1)
        server.close()
        self._stopping = True
        for connection, patience in self._reading.items():
            patience.reschedule(get_running_loop().time() + self._patience(connection))
        if self._clients:
            await asyncio.wait(self._clients, timeout=self._site.timeouts.grace)

    async def _on_client(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._clients.add(gone := get_running_loop().create_future())
        # so that drain() waits until the kernel has it all
        writer.transport.set_write_buffer_limits(0)
        try:
            await self._converse(reader, writer, Connection())
        except (OSError, asyncio.CancelledError):
            # the client reset, or fell silent (TimeoutError is an OSError); or the server is at its
            # end
            pass
        finally:
            writer.transport.abort()
            self._clients.discard(gone)
            gone.set_result(None)

    async def _converse(
        self, reader: StreamReader, writer: StreamWriter, connection: Connection
    ) -> None:
        while not connection.closing and (data := await self._receive(reader, connection)):
            connection.receive(data)
            while (answer := next_answer(connection, self._site.application)) is not None:
                writer.write(answer)
                async with timeout(self._site.timeouts.idle):
                    await writer.drain()
        if connection.closing:  # linger, for the reason given in `sockets`
            writer.write_eof()
            async with self._patient(connection):
                while await reader.read(RECEIVE_SIZE):
                    pass

    async def _receive(self, reader: StreamReader, connection: Connection) -> bytes:
        async with self._patient(connection):
            return await reader.read(RECEIVE_SIZE)

    @asynccontextmanager
    async def _patient(self, connection: Connection) -> AsyncIterator[None]:
        """Wait for a client no longer than it may be waited for, also when it is time to stop
        meanwhile."""
        async with timeout(self._patience(connection)) as self._reading[connection]:
            try:
                yield
            finally:
                del self._reading[connection]

    def _patience(self, connection: Connection) -> float:
        """How many seconds to wait for what a client sends."""
        if self._stopping:
            connection.drain()
            return 0.0 if connection.idle else self._site.timeouts.grace
        return self._site.timeouts.linger if connection.closing else self._site.timeouts.idle

"""asyncio with streams: a coroutine for each connection, which waits where the blocking server blocks."""

import asyncio
import socket
from asyncio import StreamReader, StreamWriter

from ..http1.connection import Connection
from ..http1.messages import Handler
from .exchange import RECEIVE_SIZE, next_answer
from .listening import BACKLOG
from .timeouts import Timeouts


def serve(listener: socket.socket, application: Handler, stop: socket.socket, timeouts: Timeouts) -> None:
    """Serve each client in its own coroutine; the handlers run on the event loop and must not block it."""
    asyncio.run(StreamServer(application, timeouts).serve(listener, stop))


class StreamServer:
    """The connections of one server, and how long each may still be waited for."""

    def __init__(self, application: Handler, timeouts: Timeouts) -> None:
        self._application = application
        self._timeouts = timeouts
        self._clients: set[asyncio.Future[None]] = set()
        self._reading: dict[Connection, asyncio.Timeout] = {}
        self._stopping = False

    async def serve(self, listener: socket.socket, stop: socket.socket) -> None:
        """Serve until `stop` becomes readable, then finish what is in flight."""
        loop = asyncio.get_running_loop()
        server = await asyncio.start_server(self._on_client, sock=listener, backlog=BACKLOG)
        await loop.sock_recv(stop, 1)
        server.close()
        self._stopping = True
        for connection, timeout in self._reading.items():
            timeout.reschedule(loop.time() + self._patience(connection))
        if self._clients:
            await asyncio.wait(self._clients, timeout=self._timeouts.grace)

    async def _on_client(self, reader: StreamReader, writer: StreamWriter) -> None:
        done = asyncio.get_running_loop().create_future()
        self._clients.add(done)
        writer.transport.set_write_buffer_limits(0)  # drain() returns when the kernel has taken everything
        try:
            await self._converse(reader, writer, Connection())
        except OSError:
            pass  # the client reset, or was silent for too long: a TimeoutError is an OSError
        finally:
            writer.transport.abort()
            self._clients.discard(done)
            done.set_result(None)

    async def _converse(self, reader: StreamReader, writer: StreamWriter, connection: Connection) -> None:
        while not connection.closing and (data := await self._receive(reader, connection)):
            connection.receive(data)
            while (answer := next_answer(connection, self._application)) is not None:
                writer.write(answer)
                async with asyncio.timeout(self._timeouts.idle):
                    await writer.drain()
        if connection.closing:  # linger, as in `sockets`: RFC 9112 9.6
            writer.write_eof()
            async with asyncio.timeout(self._timeouts.linger):
                while await reader.read(RECEIVE_SIZE):
                    pass

    async def _receive(self, reader: StreamReader, connection: Connection) -> bytes:
        async with asyncio.timeout(self._patience(connection)) as timeout:
            self._reading[connection] = timeout
            try:
                return await reader.read(RECEIVE_SIZE)
            finally:
                del self._reading[connection]

    def _patience(self, connection: Connection) -> float:
        """Seconds to wait for the next bytes of this client."""
        if not self._stopping:
            return self._timeouts.idle
        connection.drain()
        return 0.0 if connection.idle else self._timeouts.grace

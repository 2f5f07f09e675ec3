"""asyncio with callbacks: one object for each connection, called when something happens to it."""

import asyncio
import socket
from functools import partial
from typing import cast

from ..http1.connection import Connection
from ..http1.messages import Handler
from .exchange import next_answer
from .listening import BACKLOG
from .timeouts import Timeouts


def serve(listener: socket.socket, application: Handler, stop: socket.socket, timeouts: Timeouts) -> None:
    """Serve each client from callbacks; the handlers run on the event loop and must not block it."""
    asyncio.run(_serve(listener, application, stop, timeouts))


async def _serve(
    listener: socket.socket, application: Handler, stop: socket.socket, timeouts: Timeouts
) -> None:
    loop = asyncio.get_running_loop()
    clients: set[HTTPProtocol] = set()
    new_client = partial(HTTPProtocol, application, timeouts, clients)
    server = await loop.create_server(new_client, sock=listener, backlog=BACKLOG)
    await loop.sock_recv(stop, 1)
    server.close()
    if leaving := [client.drain() for client in clients]:
        await asyncio.wait(leaving, timeout=timeouts.grace)
    for client in clients:
        client.transport.abort()


class HTTPProtocol(asyncio.Protocol):
    """One client. While it does not take its answers we read no more of its requests, so nothing piles up."""

    transport: asyncio.Transport
    _timer: asyncio.TimerHandle

    def __init__(self, application: Handler, timeouts: Timeouts, clients: set["HTTPProtocol"]) -> None:
        self._application, self._timeouts, self._clients = application, timeouts, clients
        self._connection = Connection()
        self._gone = asyncio.get_running_loop().create_future()
        self._writable = True
        self._lingering = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.set_write_buffer_limits(0)  # writable: the kernel has taken everything
        self._clients.add(self)
        self._expect_life(self._timeouts.idle)

    def data_received(self, data: bytes) -> None:
        if not self._lingering:
            self._connection.receive(data)
            self._proceed()

    def pause_writing(self) -> None:
        self._writable = False
        self.transport.pause_reading()

    def resume_writing(self) -> None:
        self._writable = True
        self.transport.resume_reading()
        self._proceed()

    def connection_lost(self, error: Exception | None) -> None:
        self._timer.cancel()
        self._clients.discard(self)
        self._gone.set_result(None)

    def drain(self) -> asyncio.Future[None]:
        """Finish what has begun, at once if nothing has; the future is done when the client is gone."""
        self._connection.drain()
        if self._connection.idle:
            self.transport.close()
        return self._gone

    def _proceed(self) -> None:
        self._expect_life(self._timeouts.idle)
        while self._writable and (answer := next_answer(self._connection, self._application)) is not None:
            self.transport.write(answer)
        if self._writable and self._connection.closing:  # linger, as in `sockets`: RFC 9112 9.6
            self._lingering = True
            self.transport.write_eof()
            self._expect_life(self._timeouts.linger)

    def _expect_life(self, seconds: float) -> None:
        """Drop the client unless something happens within this time."""
        if hasattr(self, "_timer"):
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, self.transport.abort)

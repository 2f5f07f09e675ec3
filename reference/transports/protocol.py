"""asyncio with callbacks: an object for each client, called when something happens to it.

The event loop calls `connection_made`, then `data_received` again and again, then
`connection_lost`. A callback returns at once: there is no line of code where this transport waits
for a client, so what a coroutine would keep in local variables is kept in attributes here.

The streams of the standard library are made of such an object. In them, `await drain()` waits for a
client that reads slowly. Here one sees what is behind it: `pause_writing` and `resume_writing`.
"""

import asyncio
from functools import partial
from typing import cast

from ..sockets import BACKLOG
from . import Peer, Site


def serve(site: Site) -> None:
    """Serve each client from callbacks. The handlers run on the event loop and must not block
    it."""
    asyncio.run(_serve(site))


async def _serve(site: Site) -> None:
    loop, clients = asyncio.get_running_loop(), set[ClientProtocol]()
    server = await loop.create_server(
        partial(ClientProtocol, site, clients), sock=site.listener, backlog=BACKLOG
    )
    await loop.sock_recv(site.stop, 1)
    server.close()
    if leaving := [client.finish() for client in clients]:
        await asyncio.wait(leaving, timeout=site.timeouts.grace)
    for client in clients:
        client.transport.abort()


class ClientProtocol(asyncio.Protocol):
    """One client. While it takes no answers we read no requests: this is backpressure."""

    transport: asyncio.Transport

    def __init__(self, site: Site, clients: set["ClientProtocol"]) -> None:
        self._site, self._clients = site, clients
        self._loop = asyncio.get_running_loop()
        self._gone = self._loop.create_future()
        self._writable, self._lingering = True, False
        self._left_to_send = 0  # when we began to wait

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        address = transport.get_extra_info("peername")
        client = Peer(address[0] if address else "-", lambda: self._wake)
        self._conversation = self._site.conversation(client)
        # With no buffer of its own, "writable" means that the kernel has taken every byte.
        self.transport.set_write_buffer_limits(0)
        self._timer = self._loop.call_later(self._site.timeouts.silence, self._silent)
        self._clients.add(self)

    def data_received(self, data: bytes) -> None:
        if not self._lingering:
            self._conversation.receive(data)
            self._proceed()

    def pause_writing(self) -> None:
        self._writable = False
        self.transport.pause_reading()

    def resume_writing(self) -> None:
        self._writable = True
        self.transport.resume_reading()
        self._proceed()

    def connection_lost(self, _error: Exception | None) -> None:
        self._timer.cancel()
        self._conversation.end()
        self._clients.discard(self)
        self._gone.set_result(None)

    def finish(self) -> asyncio.Future[None]:
        """Finish what has begun, at once if nothing has; the future is done when the client is
        gone."""
        self._conversation.close_after_answer()
        if self._conversation.idle:
            self.transport.close()
        return self._gone

    def _wake(self) -> None:
        """Proceed although the client has said nothing: soon, for another client is just being
        answered."""
        self._loop.call_soon(self._woken)

    def _woken(self) -> None:
        if not self._lingering and not self.transport.is_closing():
            self._proceed()

    def _proceed(self) -> None:
        """Answer what can be answered, and wait for the client no longer than it may take now."""
        while self._writable and (answer := self._conversation.next_answer()) is not None:
            self.transport.write(answer)
        if self._writable and self._conversation.closing:
            # linger, for the reason given in `blocking`
            self._lingering = True
            self.transport.write_eof()
            self._wait(self._site.timeouts.linger)
        else:
            self._wait(self._site.timeouts.silence)

    def _wait(self, patience: float) -> None:
        """Wait for the client so many seconds from now."""
        self._left_to_send = self.transport.get_write_buffer_size()
        self._timer.cancel()
        self._timer = self._loop.call_later(patience, self._silent)

    def _silent(self) -> None:
        """The client has not made us proceed for too long. One that still takes its answer, however
        slowly, is not silent."""
        if self.transport.get_write_buffer_size() < self._left_to_send:
            self._wait(self._site.timeouts.silence)
            return
        may_send = self._writable and not self._lingering
        if may_send and (answer := self._conversation.answer_to_silence()):
            self.transport.write(answer)
            self._proceed()
        else:
            self.transport.abort()

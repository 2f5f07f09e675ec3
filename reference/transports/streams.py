"""asyncio with streams: a coroutine for each client, which waits where the blocking transport
blocks.

One thread serves every client. `await` is the place where a coroutine steps aside: while it waits
for its client, the event loop runs the coroutines whose clients have sent something. Nothing else
can run between two awaits, so nothing here needs a lock; and for the same reason a handler that
blocks would block all clients.

The steps are those of `blocking`: receive, answer, linger. What is new is how a wait ends early.
`asyncio.timeout` ends it after some seconds, and when the server is to stop, these seconds are
changed while the coroutine waits.
"""

import asyncio
from asyncio import StreamReader, StreamWriter, get_running_loop, timeout
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ..sockets import BACKLOG, RECEIVE_SIZE, SEND_SIZE
from . import Peer, Site


def serve(site: Site) -> None:
    """Serve each client in its own coroutine. The handlers run on the event loop and must not block
    it."""
    asyncio.run(StreamServer(site).serve())


class StreamServer:
    """The clients of a site, until it is time to stop."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._stopping = False
        self._clients: set[StreamClient] = set()

    async def serve(self) -> None:
        """Serve until it is time to stop, then finish what is in flight."""
        server = await asyncio.start_server(
            self._client_connected, sock=self._site.listener, backlog=BACKLOG
        )
        await get_running_loop().sock_recv(self._site.stop, 1)
        server.close()  # accept no more clients; those who are here stay
        self._stopping = True
        for client in self._clients:
            client.finish()
        if self._clients:
            gone = [client.gone for client in self._clients]
            await asyncio.wait(gone, timeout=self._site.timeouts.grace)

    async def _client_connected(self, reader: StreamReader, writer: StreamWriter) -> None:
        # With no buffer of its own, drain() waits until the kernel has taken every byte: a client
        # that does not read is noticed, and costs one answer of memory, not many.
        writer.transport.set_write_buffer_limits(0)
        client = StreamClient(self._site, reader, writer)
        self._clients.add(client)
        if self._stopping:  # it was accepted just before
            client.finish()
        try:
            await client.serve()
        except (OSError, asyncio.CancelledError):
            # The client reset, or fell silent (TimeoutError is an OSError); or asyncio.run cancels
            # what is left at the server's end.
            pass
        finally:
            client.end()
            self._clients.discard(client)


class StreamClient:
    """One client, and how long it may still be waited for.

    `_waiting` is the timeout while we wait for the client. To end a wait early is to change it.
    """

    def __init__(self, site: Site, reader: StreamReader, writer: StreamWriter) -> None:
        self._timeouts, self._reader, self._writer = site.timeouts, reader, writer
        address = writer.get_extra_info("peername")
        client = Peer(address[0] if address else "-", lambda: self._wake)
        self._conversation = site.conversation(client)
        self._waiting: asyncio.Timeout | None = None
        self._stopping = self._woken = False
        self.gone = get_running_loop().create_future()

    async def serve(self) -> None:
        """Answer the client until either side is done."""
        while not self._conversation.closing and (data := await self._receive()) is not None:
            if data:
                self._conversation.receive(data)
            # One read can complete no request, or several: answer all that there are.
            while (answer := self._conversation.next_answer()) is not None:
                await self._send(answer)
        if self._conversation.closing:  # linger, for the reason given in `blocking`
            self._writer.write_eof()
            async with self._patient():
                while await self._reader.read(RECEIVE_SIZE):
                    pass

    def finish(self) -> None:
        """Finish what has begun, at once if nothing has: it is time to stop."""
        self._stopping = True
        self._wait_anew()

    def end(self) -> None:
        """Leave the client."""
        self._writer.transport.abort()
        self._conversation.end()
        self.gone.set_result(None)

    def _wake(self) -> None:
        """Wait no longer for what the client says: there is something to send."""
        self._woken = True
        self._wait_anew()

    async def _send(self, answer: bytes) -> None:
        """Send all of it. Raises TimeoutError when the client takes nothing for too long."""
        view = memoryview(answer)
        for at in range(0, len(view), SEND_SIZE):
            self._writer.write(view[at : at + SEND_SIZE])
            async with timeout(self._timeouts.silence):
                await self._writer.drain()

    async def _receive(self) -> bytes | None:
        """The next bytes; none when there may be something to send first; None when the client
        left, was silent for too long, or is idle while we stop."""
        self._woken = False
        try:
            async with self._patient():
                return await self._reader.read(RECEIVE_SIZE) or None
        except TimeoutError:
            if self._woken:
                return b""
            if self._stopping:
                return None
            await self._send(answer := self._conversation.answer_to_silence())
            return b"" if answer else None

    @asynccontextmanager
    async def _patient(self) -> AsyncIterator[None]:
        """Wait for the client no longer than it may be waited for, also when that changes
        meanwhile."""
        async with timeout(self._patience()) as self._waiting:
            try:
                yield
            finally:
                self._waiting = None

    def _wait_anew(self) -> None:
        patience = self._patience()
        if self._waiting is not None and not self._waiting.expired():
            self._waiting.reschedule(get_running_loop().time() + patience)

    def _patience(self) -> float:
        """How many seconds to wait for what the client sends."""
        if self._stopping:
            self._conversation.close_after_answer()
        if self._woken or (self._stopping and self._conversation.idle):
            return 0.0
        if self._stopping:
            return self._timeouts.grace
        closing = self._conversation.closing
        return self._timeouts.linger if closing else self._timeouts.silence

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
from . import Conversation, Site


def serve(site: Site) -> None:
    """Serve each client in its own coroutine. The handlers run on the event loop and must not block
    it."""
    asyncio.run(StreamServer(site).serve())


class StreamServer:
    """The clients of a site, and how long each may still be waited for.

    `_clients` holds a future for each client, which is done when the client is gone. `_reading`
    holds the timeout of each connection that waits for its client just now.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._stopping = False
        self._clients: set[asyncio.Future[None]] = set()
        self._reading: dict[Conversation, asyncio.Timeout] = {}

    async def serve(self) -> None:
        """Serve until it is time to stop, then finish what is in flight."""
        server = await asyncio.start_server(
            self._client_connected, sock=self._site.listener, backlog=BACKLOG
        )
        await get_running_loop().sock_recv(self._site.stop, 1)
        server.close()  # accept no more clients; those who are here stay
        self._stopping = True
        for conversation, patience in self._reading.items():
            patience.reschedule(get_running_loop().time() + self._patience(conversation))
        if self._clients:
            await asyncio.wait(self._clients, timeout=self._site.timeouts.grace)

    async def _client_connected(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._clients.add(gone := get_running_loop().create_future())
        # With no buffer of its own, drain() waits until the kernel has taken every byte: a client
        # that does not read is noticed, and costs one answer of memory, not many.
        writer.transport.set_write_buffer_limits(0)
        try:
            await self._serve_client(reader, writer, self._site.conversation())
        except (OSError, asyncio.CancelledError):
            # The client reset, or fell silent (TimeoutError is an OSError); or asyncio.run cancels
            # what is left at the server's end.
            pass
        finally:
            writer.transport.abort()
            self._clients.discard(gone)
            gone.set_result(None)

    async def _serve_client(
        self, reader: StreamReader, writer: StreamWriter, conversation: Conversation
    ) -> None:
        while not conversation.closing and (
            data := await self._receive(reader, writer, conversation)
        ):
            conversation.receive(data)
            # One read can complete no request, or several: answer all that there are.
            while (answer := conversation.next_answer()) is not None:
                await self._send(writer, answer)
        if conversation.closing:  # linger, for the reason given in `blocking`
            writer.write_eof()
            async with self._patient(conversation):
                while await reader.read(RECEIVE_SIZE):
                    pass

    async def _send(self, writer: StreamWriter, answer: bytes) -> None:
        """Send all of it. Raises TimeoutError when the client takes nothing for too long."""
        view = memoryview(answer)
        for at in range(0, len(view), SEND_SIZE):
            writer.write(view[at : at + SEND_SIZE])
            async with timeout(self._site.timeouts.silence):
                await writer.drain()

    async def _receive(
        self, reader: StreamReader, writer: StreamWriter, conversation: Conversation
    ) -> bytes:
        """The next bytes; b"" when the client left, was silent for too long, or is idle while we
        stop."""
        try:
            async with self._patient(conversation):
                return await reader.read(RECEIVE_SIZE)
        except TimeoutError:
            if not self._stopping:
                await self._send(writer, conversation.answer_to_silence())
            return b""

    @asynccontextmanager
    async def _patient(self, conversation: Conversation) -> AsyncIterator[None]:
        """Wait for a client no longer than it may be waited for, also when it is time to stop
        meanwhile."""
        async with timeout(self._patience(conversation)) as self._reading[conversation]:
            try:
                yield
            finally:
                del self._reading[conversation]

    def _patience(self, conversation: Conversation) -> float:
        """How many seconds to wait for what a client sends."""
        if self._stopping:
            conversation.close_after_answer()
            return 0.0 if conversation.idle else self._site.timeouts.grace
        return self._site.timeouts.linger if conversation.closing else self._site.timeouts.silence

"""The simplest transport: one client at a time, and all others wait until it is over.

Start reading here. The whole server is a loop in a loop: accept a client, and then receive bytes
and send answers, until either side is done. The other transports do the same steps, and differ only
in who waits: here it is the whole process.
"""

import select
import socket
import time
from collections.abc import Iterator
from contextlib import closing, suppress

from ..sockets import RECEIVE_SIZE, SEND_SIZE, wakeup_pair
from . import Conversation, Peer, Site, Wake


def serve(site: Site) -> None:
    """Serve the clients one after the other."""
    for client in clients(site):
        serve_client(site, client)


def clients(site: Site) -> Iterator[socket.socket]:
    """Accept one client after the other, until the server is to stop."""
    with site.listener as listener:
        while site.stop not in readable(listener, site.stop):
            try:
                client, _ = listener.accept()
            except OSError:
                # The client left before we came, or we are out of descriptors: that takes a while.
                readable(site.stop, timeout=0.1)
            else:
                yield client


def serve_client(site: Site, client: socket.socket) -> None:
    """Answer one client until either side is done. A client that resets or falls silent just ends
    it."""
    with closing(Bell()) as bell, client, suppress(OSError):
        client.settimeout(site.timeouts.silence)
        address = client.getpeername()
        conversation = site.conversation(Peer(address[0] if address else "-", bell.hang))
        try:
            while (
                not conversation.closing
                and (data := _receive(site, client, bell, conversation)) is not None
            ):
                if data:
                    conversation.receive(data)
                # One read can complete no request, or several: answer all that there are.
                while (answer := conversation.next_answer()) is not None:
                    _send(client, answer)
            if conversation.closing:
                _linger(site, client)
        finally:
            conversation.end()


class Bell:
    """Wakes the thread of a client from another thread, as the server's stop does: to ring is to
    write to one of two sockets, and the other is waited for. Most clients need none."""

    def __init__(self) -> None:
        self._pair: tuple[socket.socket, ...] = ()

    def hang(self) -> Wake:
        """Be ready; returns what rings."""
        self._pair = wakeup_pair()
        return self._ring

    @property
    def heard(self) -> tuple[socket.socket, ...]:
        """What to wait for; nothing if it does not hang."""
        return self._pair[:1]

    def has_rung(self, ready: list[socket.socket]) -> bool:
        """Whether it is among what is readable now. It rings once, however often that was."""
        return any(one in ready and one.recv(RECEIVE_SIZE) for one in self.heard)

    def close(self) -> None:
        for one in self._pair:
            one.close()

    def _ring(self) -> None:
        with suppress(BlockingIOError):  # nobody has listened for very long
            self._pair[1].send(b"\0")


def _send(client: socket.socket, answer: bytes) -> None:
    """Send all of it. Raises TimeoutError when the client takes nothing for too long."""
    view = memoryview(answer)
    for at in range(0, len(view), SEND_SIZE):
        client.sendall(view[at : at + SEND_SIZE])


def readable(*sockets: socket.socket, timeout: float | None = None) -> list[socket.socket]:
    """Those of the sockets that have bytes, a client or an end to offer; none after `timeout`
    seconds."""
    poll = select.poll()
    for one in sockets:
        poll.register(one, select.POLLIN)
    ready = {descriptor for descriptor, _ in poll.poll(None if timeout is None else timeout * 1000)}
    return [one for one in sockets if one.fileno() in ready]


def _receive(
    site: Site, client: socket.socket, bell: Bell, conversation: Conversation
) -> bytes | None:
    """The next bytes; none when there may be something to send first; None when the client left,
    was silent for too long, or is idle while we stop."""
    ready = readable(client, site.stop, *bell.heard, timeout=site.timeouts.silence)
    if not ready:
        _send(client, answer := conversation.answer_to_silence())
        return b"" if answer else None
    if site.stop in ready:
        conversation.close_after_answer()
        if client not in ready and not conversation.idle:
            ready = readable(client, *bell.heard, timeout=site.timeouts.grace)
    if bell.has_rung(ready):
        return b""
    return client.recv(RECEIVE_SIZE) or None if client in ready else None


def _linger(site: Site, client: socket.socket) -> None:
    """Close our half and read on until the client closes its own (RFC 9112 9.6), or we stop.

    Closing both halves while bytes of the client are on their way makes the kernel answer them with
    a reset, and a reset can overtake and destroy the answer.
    """
    client.shutdown(socket.SHUT_WR)
    deadline = time.monotonic() + site.timeouts.linger
    while (left := deadline - time.monotonic()) > 0 and readable(
        client, site.stop, timeout=left
    ) == [client]:
        if not client.recv(RECEIVE_SIZE):
            break

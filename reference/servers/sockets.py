"""One client over a blocking socket, from first byte to last: what `threaded` and `blocking` share."""

import select
import socket
import time
from collections.abc import Iterator
from contextlib import suppress

from ..http1.connection import Connection
from ..http1.messages import Handler
from .exchange import RECEIVE_SIZE, next_answer
from .timeouts import Timeouts


def clients(listener: socket.socket, stop: socket.socket) -> Iterator[socket.socket]:
    """Accept one client after the other, until the server is to stop."""
    with listener:
        while stop not in readable(listener, stop):
            try:
                client, _ = listener.accept()
            except OSError:  # it left before we came, or we are out of descriptors: that takes a while
                readable(stop, timeout=0.1)
            else:
                yield client


def serve_client(
    client: socket.socket, application: Handler, stop: socket.socket, timeouts: Timeouts
) -> None:
    """Answer one client until either side is done. A client that resets or falls silent just ends it."""
    connection = Connection()
    with client, suppress(OSError):
        client.settimeout(timeouts.idle)
        while not connection.closing and (data := _receive(client, connection, stop, timeouts)):
            connection.receive(data)
            while (answer := next_answer(connection, application)) is not None:
                client.sendall(answer)
        if connection.closing:
            _linger(client, timeouts.linger)


def readable(*sockets: socket.socket, timeout: float | None = None) -> list[socket.socket]:
    """Those of the sockets that have bytes, a client or an end to offer; none after `timeout` seconds."""
    poll = select.poll()
    for one in sockets:
        poll.register(one, select.POLLIN)
    ready = {descriptor for descriptor, _ in poll.poll(None if timeout is None else timeout * 1000)}
    return [one for one in sockets if one.fileno() in ready]


def _receive(client: socket.socket, connection: Connection, stop: socket.socket, timeouts: Timeouts) -> bytes:
    """The next bytes; b"" when the client left, is silent for too long, or idle while we stop."""
    ready = readable(client, stop, timeout=timeouts.idle)
    if stop in ready:
        connection.drain()
        if client not in ready and not connection.idle:
            ready = readable(client, timeout=timeouts.grace)
    return client.recv(RECEIVE_SIZE) if client in ready else b""


def _linger(client: socket.socket, seconds: float) -> None:
    """Close our half and read on until the client closes its own (RFC 9112 9.6).

    Closing both halves while bytes of the client are on their way makes the kernel answer them with a
    reset, and a reset can overtake and destroy the answer.
    """
    client.shutdown(socket.SHUT_WR)
    deadline = time.monotonic() + seconds
    while readable(client, timeout=max(0.0, deadline - time.monotonic())) and client.recv(RECEIVE_SIZE):
        pass

"""One client over a blocking socket, from first byte to last; for `threaded` and `blocking`."""

import select
import socket
import time
from collections.abc import Iterator
from contextlib import suppress

from ..http1.connection import Connection
from .exchange import RECEIVE_SIZE, next_answer
from .site import Site


def clients(site: Site) -> Iterator[socket.socket]:
    """Accept one client after the other, until the server is to stop."""
    with site.listener as listener:
        while site.stop not in readable(listener, site.stop):
            try:
                client, _ = listener.accept()
            except OSError:
                # it left before we came, or we are out of descriptors: that takes a while
                readable(site.stop, timeout=0.1)
            else:
                yield client


def serve_client(site: Site, client: socket.socket) -> None:
    """Answer one client until either side is done. Who resets or falls silent just ends it."""
    connection = Connection()
    with client, suppress(OSError):
        client.settimeout(site.timeouts.idle)
        while not connection.closing and (data := _receive(site, client, connection)):
            connection.receive(data)
            while (answer := next_answer(connection, site.application)) is not None:
                client.sendall(answer)
        if connection.closing:
            _linger(site, client)


def readable(*sockets: socket.socket, timeout: float | None = None) -> list[socket.socket]:
    """Those of the sockets that offer bytes, a client or an end; none after `timeout` seconds."""
    poll = select.poll()
    for one in sockets:
        poll.register(one, select.POLLIN)
    ready = {descriptor for descriptor, _ in poll.poll(None if timeout is None else timeout * 1000)}
    return [one for one in sockets if one.fileno() in ready]


def _receive(site: Site, client: socket.socket, connection: Connection) -> bytes:
    """The next bytes; b"" when the client left, is silent for too long, or idle while we stop."""
    ready = readable(client, site.stop, timeout=site.timeouts.idle)
    if site.stop in ready:
        connection.drain()
        if client not in ready and not connection.idle:
            ready = readable(client, timeout=site.timeouts.grace)
    return client.recv(RECEIVE_SIZE) if client in ready else b""


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

"""udp-echo: every datagram goes back to where it came from, in four forms.

UDP has no connections. One socket serves all clients: `recvfrom` returns a whole datagram with the
address of its sender, and `sendto` sends one there. Nothing is accepted, nothing is closed, and one
client cannot keep another waiting. So even the blocking form serves many at once.

A datagram may get lost on its way, and no one is told. A client that needs an answer asks again.
"""

import asyncio
import socket
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import Final, cast

from ..server import Run
from ..transports.blocking import readable

LONGEST: Final = 65_535
"""Bytes to receive at once: what a datagram has beyond that number would be lost."""

THREADS: Final = 4


def blocking(endpoint: socket.socket, stop: socket.socket) -> None:
    """Wait for a datagram, send it back, and so on."""
    while stop not in readable(endpoint, stop):
        # Another thread may have been faster; and that one client cannot be reached is no reason to
        # stop serving the others.
        with suppress(OSError):
            data, client = endpoint.recvfrom(LONGEST, socket.MSG_DONTWAIT)
            endpoint.sendto(data, client)


def threaded(endpoint: socket.socket, stop: socket.socket) -> None:
    """Several threads wait at the same socket, and the kernel gives each datagram to one of
    them."""
    threads = [Thread(target=blocking, args=(endpoint, stop)) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def streams(endpoint: socket.socket, stop: socket.socket) -> None:
    """A coroutine that waits where `blocking` blocks. asyncio has no streams of datagrams: it waits
    for the socket itself."""
    asyncio.run(_serve_in_coroutine(endpoint, stop))


async def _serve_in_coroutine(endpoint: socket.socket, stop: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    endpoint.setblocking(False)
    echoing = asyncio.create_task(_echo(endpoint))
    await loop.sock_recv(stop, 1)
    echoing.cancel()


async def _echo(endpoint: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    while True:
        with suppress(OSError):
            data, client = await loop.sock_recvfrom(endpoint, LONGEST)
            await loop.sock_sendto(endpoint, data, client)


def protocol(endpoint: socket.socket, stop: socket.socket) -> None:
    """An object that the event loop calls with each datagram."""
    asyncio.run(_serve_in_callbacks(endpoint, stop))


async def _serve_in_callbacks(endpoint: socket.socket, stop: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    endpoint.setblocking(False)
    transport, _ = await loop.create_datagram_endpoint(
        partial(EchoProtocol, endpoint), sock=endpoint
    )
    await loop.sock_recv(stop, 1)
    transport.close()


class EchoProtocol(asyncio.DatagramProtocol):
    """All clients: there is one object, because there is one socket."""

    def __init__(self, endpoint: socket.socket) -> None:
        self._endpoint = endpoint

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, client: tuple[str, int]) -> None:
        if data:
            self._transport.sendto(data, client)
        else:  # the transport sends no empty datagram before Python 3.13
            with suppress(OSError):
                self._endpoint.sendto(data, client)


FORMS: Final[Mapping[str, Run]] = {
    "streams": streams,
    "protocol": protocol,
    "threaded": threaded,
    "blocking": blocking,
}
"""By the names of `reference.transports.TRANSPORTS`."""

"""When segments leave: by two ends of a connection, and what the kernel says of them."""

from __future__ import annotations

import contextlib
import socket
import sys

import pytest

from grader.net.socket_options import acknowledge_at_once

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="tcp(7)")


def test_what_comes_is_acknowledged_at_once_although_we_have_answered_before() -> None:
    """After a few exchanges the kernel waits with it, until it is told not to."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        client = stack.enter_context(socket.create_connection(listener.getsockname()))
        server = stack.enter_context(listener.accept()[0])
        for _ in range(3):
            client.sendall(b"request")
            assert server.recv(100) == b"request"
            server.sendall(b"head")
            assert client.recv(100) == b"head"
        assert not _at_once(client)
        acknowledge_at_once(client)
        assert _at_once(client)


def test_nothing_is_said_to_an_end_that_has_none() -> None:
    one, other = socket.socketpair()
    with one, other, socket.socket() as closed:
        acknowledge_at_once(one)
    acknowledge_at_once(closed)


def _at_once(connection: socket.socket) -> bool:
    return bool(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK))

"""What several looks at a server's connections come to."""

from __future__ import annotations

import socket
import sys

import pytest
from msgspec.structs import replace

from grader.bench.held import ConnectionLook, HeldConnections, held, look_at
from grader.system.sockets import SocketTable
from grader.system.tcp_socket import CLOSE_WAIT, ESTABLISHED, LISTEN, TcpSocket


def end(peer_port: int, delivered: int | None, inode: int = 7) -> TcpSocket:
    return TcpSocket(ESTABLISHED, "127.0.0.1", 4221, peer_port, 0, 0, inode, "", delivered)


def test_accepted_is_what_has_an_owner_and_a_client() -> None:
    listener = TcpSocket(LISTEN, "127.0.0.1", 4221, 0, 2, 0, 9)
    left = replace(end(3, None), state=CLOSE_WAIT)
    look = look_at([listener, end(1, 10), end(2, 0, inode=0), end(4, None), left], 0.5)
    assert look == ConnectionLook(0.5, 2, {1: 10, 2: 0})


def test_who_got_no_byte_from_the_first_look_to_the_last_has_waited() -> None:
    looks = [
        ConnectionLook(0.3, 1, {1: 10, 2: 0, 3: 0, 4: 5}),
        ConnectionLook(0.6, 4, {1: 10, 2: 0, 3: 0}),
        ConnectionLook(0.9, 2, {1: 20, 2: 0, 3: 7, 5: 0}),  # the fourth has gone, a fifth has come
    ]
    assert held(looks) == HeldConnections(3, 4, 2, 1, pytest.approx(0.6))


def test_one_look_shows_nothing() -> None:
    assert held([]) is None
    assert held([ConnectionLook(0.3, 1, {})]) is None


@pytest.mark.skipif(sys.platform != "linux", reason="sock_diag is Linux's")
def test_the_kernel_tells_how_much_was_delivered() -> None:
    with SocketTable() as table, socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as client:
            theirs, _ = listener.accept()
            with theirs:
                before = _delivered(table, port, client)
                theirs.sendall(b"x" * 1000)
                assert client.recv(1000, socket.MSG_WAITALL) == b"x" * 1000
                assert _delivered(table, port, client) - before == 1000
        assert all(it.delivered is None for it in table.look(port=port) or ())


def _delivered(table: SocketTable, port: int, client: socket.socket) -> int:
    found = table.look(port=port, peer_port=client.getsockname()[1], counted=True) or ()
    (count,) = [it.delivered for it in found if it.state == ESTABLISHED]
    assert count is not None
    return count

"""A port whose server is dead can be bound again at once, without SO_REUSEADDR, whoever closed
first and how."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pytest

from grader.net.closing import hang_up
from grader.program.port import end_orphans, vacate
from grader.system.sockets import SocketTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere TIME_WAIT may not hold a port"
)

V4, V6, BOTH = ("127.0.0.1", socket.AF_INET), ("::1", socket.AF_INET6), ("::", socket.AF_INET6)


@dataclass(slots=True)
class Pair:
    """A listener, a client of it, and the server's end."""

    listener: socket.socket
    client: socket.socket
    server: socket.socket

    @property
    def port(self) -> int:
        return cast("int", self.listener.getsockname()[1])


def _listener(where: tuple[str, int], port: int = 0) -> socket.socket:
    """As a program makes one that does not know SO_REUSEADDR."""
    address, family = where
    made = socket.socket(family)
    try:
        if address == "::":
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        made.bind((address, port))
        made.listen()
    except OSError:
        made.close()
        raise
    return made


@contextlib.contextmanager
def _pair(where: tuple[str, int] = V4) -> Iterator[Pair]:
    try:
        listener = _listener(where)
    except OSError as error:
        pytest.skip(f"no {where[0]} here: {error}")
    with listener:
        client = socket.create_connection(
            ("127.0.0.1" if where == BOTH else where[0], listener.getsockname()[1]), 5
        )
        client.setblocking(False)
        server, _ = listener.accept()
        with client, server:
            yield Pair(listener, client, server)


def _can_bind(where: tuple[str, int], port: int) -> bool:
    try:
        _listener(where, port).close()
    except OSError:
        return False
    return True


def _closes(pair: Pair) -> None:
    pair.server.close()
    hang_up(pair.client)


def _lingers(pair: Pair) -> None:
    """As servers do that wait until the client has read all: they must not see a reset."""
    pair.server.shutdown(socket.SHUT_WR)
    hang_up(pair.client)
    assert pair.server.recv(1) == b""
    pair.server.close()


def _closes_after_the_client(pair: Pair) -> None:
    hang_up(pair.client)
    assert pair.server.recv(1) == b""
    pair.server.close()


@pytest.mark.parametrize("where", [V4, V6, BOTH], ids=["IPv4", "IPv6", "both"])
@pytest.mark.parametrize("ends", [_closes, _lingers, _closes_after_the_client])
def test_it_can_be_bound_again(where: tuple[str, int], ends: Callable[[Pair], None]) -> None:
    with _pair(where) as pair, SocketTable() as table:
        port = pair.port
        ends(pair)
        pair.listener.close()
        assert _can_bind(where, port) == (ends is _closes_after_the_client)
        vacate(table, port)
        assert _can_bind(where, port)


def test_it_can_be_bound_again_after_a_client_with_another_address() -> None:
    """Every address that begins with 127 is this machine."""
    with _listener(V4) as listener, socket.socket() as client, SocketTable() as table:
        port = listener.getsockname()[1]
        client.bind(("127.9.8.7", 0))
        client.connect(("127.0.0.1", port))
        listener.accept()[0].close()
        hang_up(client)
        listener.close()
        assert not _can_bind(V4, port)
        vacate(table, port)
        assert _can_bind(V4, port)


def test_it_can_be_bound_again_where_no_table_is_shown() -> None:
    class Unseen(SocketTable):
        def look(self, states: int = 0, *, port: int = 0, peer_port: int = 0) -> None:
            return None

    with _pair() as pair, Unseen() as table:
        port, own = pair.port, pair.client.getsockname()[1]
        _closes(pair)
        pair.listener.close()
        vacate(table, port)
        assert not _can_bind(V4, port)
        end_orphans(table, port, {own})
        assert _can_bind(V4, port)


def test_who_listens_there_is_left_alone() -> None:
    with _pair() as pair, SocketTable() as table:
        _closes(pair)
        vacate(table, pair.port)
        pair.listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            pair.listener.accept()


def test_an_end_that_is_still_held_is_left_to_its_holder() -> None:
    with _pair() as pair, SocketTable() as table:
        port = pair.port
        pair.server.close()
        pair.listener.close()
        vacate(table, port)
        assert pair.client.recv(1) == b""
        pair.client.send(b"late")
        hang_up(pair.client)
        vacate(table, port)
        assert _can_bind(V4, port)


# --- how a client hangs up ------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, 100_000])
def test_a_client_that_leaves_something_unread_does_not_reset(size: int) -> None:
    with _pair() as pair:
        pair.server.sendall(bytes(size))
        hang_up(pair.client)
        assert pair.server.recv(1) == b""


def test_a_client_that_meets_an_endless_answer_leaves() -> None:
    with _pair() as pair:
        sending = threading.Thread(target=_send_without_an_end, args=(pair.server,))
        sending.start()
        pair.client.setblocking(True)
        assert pair.client.recv(1, socket.MSG_PEEK)
        hang_up(pair.client)
        sending.join()


def _send_without_an_end(server: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            server.send(bytes(1 << 16))

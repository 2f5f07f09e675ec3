"""The kernel's table of sockets: who listens, who was not accepted, what lies unread, and whose it
is."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from grader.system import portable, processes
from grader.system.sockets import SocketTable, inodes_of, listeners_of
from grader.system.tcp_socket import CLOSE_WAIT, ESTABLISHED, LISTEN, UNCONNECTED, TcpSocket
from tests.unit.system.watched import python, running, until

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="sock_diag is Linux's")


@pytest.fixture
def table() -> Iterator[SocketTable]:
    with SocketTable() as made:
        yield made


def looked(table: SocketTable) -> tuple[TcpSocket, ...]:
    found = table.look()
    assert found is not None
    return found


def listening(table: SocketTable, port: int) -> list[TcpSocket]:
    return [s for s in looked(table) if s.state == LISTEN and s.port == port]


def peer(table: SocketTable, port: int, peer_port: int) -> TcpSocket | None:
    return next(
        (
            s
            for s in looked(table)
            if (s.port, s.peer_port) == (port, peer_port) and s.state != LISTEN
        ),
        None,
    )


def port_of(opened: socket.socket) -> int:
    return int(opened.getsockname()[1])


@pytest.mark.parametrize(
    ("family", "address", "shown"),
    [
        (socket.AF_INET, "127.0.0.1", "127.0.0.1"),
        (socket.AF_INET, "0.0.0.0", "0.0.0.0"),
        (socket.AF_INET, "127.3.2.1", "127.3.2.1"),
        (socket.AF_INET6, "::1", "::1"),
        (socket.AF_INET6, "::", "::"),
        (socket.AF_INET6, "::ffff:127.0.0.1", "::ffff:127.0.0.1"),
    ],
)
def test_a_listener_is_seen(table: SocketTable, family: int, address: str, shown: str) -> None:
    with socket.socket(family) as listener:
        listener.bind((address, 0))
        listener.listen()
        (found,) = listening(table, port_of(listener))
        assert found.address == shown
        assert found.inode == os.fstat(listener.fileno()).st_ino
        assert (found.unread, found.peer_port) == (0, 0)
    assert listening(table, found.port) == []


def test_a_bound_socket_does_not_listen(table: SocketTable) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        assert listening(table, port_of(bound)) == []


@pytest.mark.parametrize(
    ("family", "address"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
)
def test_a_connection_that_nobody_accepted(table: SocketTable, family: int, address: str) -> None:
    with socket.create_server((address, 0), family=family) as listener:
        port = port_of(listener)
        clients = [socket.create_connection((address, port)) for _ in range(3)]
        assert [s.unread for s in listening(table, port)] == [3]
        waiting = peer(table, port, port_of(clients[0]))
        assert waiting is not None
        assert (waiting.state, waiting.inode) == (ESTABLISHED, 0)
        accepted, _ = listener.accept()
        assert [s.unread for s in listening(table, port)] == [2]
        taken = peer(table, port, port_of(clients[0]))
        assert taken is not None
        assert taken.inode == os.fstat(accepted.fileno()).st_ino
        for opened in (*clients, accepted):
            opened.close()


def test_bytes_that_lie_unread_and_unsent(table: SocketTable) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname())
        accepted, _ = listener.accept()
        port, client_port = port_of(listener), port_of(client)

        def end() -> TcpSocket:
            found = peer(table, port, client_port)
            assert found is not None
            return found

        client.sendall(b"x" * 1000)
        until(lambda: end().unread == 1000, "all of it arrived")
        assert len(accepted.recv(400)) == 400
        assert end().unread == 600
        accepted.setblocking(False)
        with suppress(BlockingIOError):
            while accepted.send(bytes(1 << 16)):
                pass
        until(lambda: end().unsent > 0, "the client's buffer is full")
        client.shutdown(socket.SHUT_WR)
        until(lambda: end().state == CLOSE_WAIT, "the end arrived")
        client.close()
        accepted.close()
        assert peer(table, port, client_port) is None


def test_many_sockets_are_all_seen(table: SocketTable) -> None:
    """More than fit into one message of the kernel's."""
    opened = [socket.create_server(("127.0.0.1", 0)) for _ in range(300)]
    found = {s.inode for s in looked(table) if s.state == LISTEN}
    assert {os.fstat(listener.fileno()).st_ino for listener in opened} <= found
    for listener in opened:
        listener.close()


def test_listeners_are_told_apart_by_their_owner(table: SocketTable) -> None:
    source = (
        "a = socket.create_server(('127.0.0.1', 0)); b = socket.create_server(('::1', 0),"
        " family=10)\nready(); a.accept()"
    )
    with running(python(source)) as watched, socket.create_server(("127.0.0.1", 0)) as ours:
        theirs = listeners_of(table, watched.tree)
        assert {s.address for s in theirs} == {"127.0.0.1", "::1"}
        assert port_of(ours) in {s.port for s in listeners_of(table, [os.getpid()])}
        assert port_of(ours) not in {s.port for s in theirs}
        assert {s.inode for s in theirs} <= (inodes_of(watched.tree) or set())
        assert listeners_of(table, []) == ()


def test_what_takes_datagrams_is_told_apart_by_its_owner(table: SocketTable) -> None:
    source = (
        "a = socket.socket(type=socket.SOCK_DGRAM); a.bind(('127.0.0.1', 0))\nready(); a.recv(1)"
    )
    with running(python(source)) as watched, socket.socket(type=socket.SOCK_DGRAM) as ours:
        ours.bind(("127.0.0.1", 0))
        (theirs,) = listeners_of(table, watched.tree, udp=True)
        assert (theirs.state, theirs.address, theirs.unread) == (UNCONNECTED, "127.0.0.1", 0)
        assert table.takers(theirs.port) == (theirs,)
        assert listeners_of(table, watched.tree, port_of(ours), udp=True) == ()
        assert listeners_of(table, watched.tree) == (), "nothing of it listens"
        same = {(s.state, s.address, s.port) for s in portable.listeners(watched.tree, udp=True)}
        assert same == {(theirs.state, theirs.address, theirs.port)}
        (before,) = table.takers(port_of(ours)) or ()
        with socket.socket(type=socket.SOCK_DGRAM) as client:
            client.sendto(b"x", ours.getsockname())
        (after,) = table.takers(port_of(ours)) or ()
        assert (before.unread, after.unread > 0) == (0, True)


def test_a_listener_of_a_child_is_the_trees(table: SocketTable) -> None:
    source = (
        "if not os.fork():\n"
        "    s = socket.create_server(('127.0.0.1', 0)); ready(); s.accept()\n"
        "os.wait()"
    )
    with running(python(source)) as watched:
        assert listeners_of(table, [watched.process.pid]) == ()
        assert len(listeners_of(table, watched.tree)) == 1


def test_owners_that_may_not_be_seen(table: SocketTable, monkeypatch: pytest.MonkeyPatch) -> None:
    """All there are, then: better another's than none."""
    with socket.create_server(("127.0.0.1", 0)) as ours:

        def refused(_path: str) -> list[str]:
            raise PermissionError(13, "no")

        monkeypatch.setattr("os.listdir", refused)
        assert inodes_of([1]) is None
        assert port_of(ours) in {s.port for s in listeners_of(table, [1])}


def test_a_process_that_is_gone_holds_nothing() -> None:
    with running(python("ready()")) as watched:
        watched.process.wait()
        assert inodes_of([watched.process.pid]) == frozenset()


def test_without_sock_diag_there_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("socket.AF_NETLINK")
    with SocketTable() as table:
        assert table.look() is None


def test_a_closed_table_has_no_answer() -> None:
    with SocketTable() as table:
        assert table.look() is not None
    assert table.look() is None


def test_the_portable_answers_are_ours(table: SocketTable) -> None:
    source = (
        "a = socket.create_server(('127.0.0.1', 0)); "
        "b = socket.create_server(('::', 0), family=10)\n"
        "if not os.fork():\n"
        "    c = socket.create_server(('127.0.0.1', 0))\n"
        "    if not os.fork():\n"
        "        signal.pause()\n"
        "    ready(); os.wait()\n"
        "a.accept()"
    )
    with running(python(source)) as watched:
        root = watched.process.pid
        until(lambda: len(processes.descendants(root)) == 2, "its two descendants")
        assert set(portable.descendants(root)) == set(processes.descendants(root))
        ours = {(s.state, s.address, s.port) for s in listeners_of(table, watched.tree)}
        assert len(ours) == 3
        assert {(s.state, s.address, s.port) for s in portable.listeners(watched.tree)} == ours


def test_without_sock_diag_listeners_are_asked_of_psutil(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("socket.AF_NETLINK")
    with socket.create_server(("127.0.0.1", 0)) as ours:
        assert port_of(ours) in {s.port for s in listeners_of(SocketTable(), [os.getpid()])}


def test_the_portable_answers_on_nobody() -> None:
    with running(python("ready()")) as watched:
        watched.process.wait()
        assert portable.descendants(watched.process.pid) == ()
        assert portable.listeners([watched.process.pid]) == ()

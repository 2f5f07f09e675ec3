"""More threads, descriptors and sockets than are looked at: the work has a bound, and what is said
stays certain."""

from __future__ import annotations

import os
import socket
import sys

import pytest

from grader.system import blocked, sockets, waits
from grader.system.blocked import blocked_for_good
from grader.system.sockets import SocketTable, inodes_of, listeners_of
from grader.system.tcp_socket import LISTEN
from tests.unit.system.watched import Watched, python, running, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")

THREADS, DESCRIPTORS = 8, 50
CROWDED = f"""
held = [os.dup(0) for _ in range({DESCRIPTORS})]
lock = threading.Lock(); lock.acquire()
for _ in range({THREADS - 1}):
    threading.Thread(target=lock.acquire, daemon=True).start()
ready(); os.read(0, 1)
"""


def links_read(monkeypatch: pytest.MonkeyPatch, watched: Watched) -> int:
    """How many links are read for the answer to one question."""
    count, readlink = 0, os.readlink

    def counting(path: str) -> str:
        nonlocal count
        count += 1
        return readlink(path)

    with monkeypatch.context() as patched:
        patched.setattr(os, "readlink", counting)
        blocked_for_good(watched.tree)
    return count


def test_too_many_descriptors_leave_the_question_open(monkeypatch: pytest.MonkeyPatch) -> None:
    with running(python(CROWDED)) as watched:
        until(watched.rests_for_certain, "all of them asleep")
        assert links_read(monkeypatch, watched) >= THREADS * DESCRIPTORS
        monkeypatch.setattr(blocked, "_MOST_DESCRIPTORS", 100)
        assert not blocked_for_good(watched.tree)
        assert links_read(monkeypatch, watched) <= 100 + THREADS


def test_a_thread_that_runs_is_found_without_a_look_at_descriptors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with running(python(CROWDED.replace("os.read(0, 1)", "time.sleep(600)"))) as watched:
        assert not blocked_for_good(watched.tree)
        assert links_read(monkeypatch, watched) <= THREADS


def test_too_many_descriptors_are_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        running(python(CROWDED)) as watched,
        SocketTable() as table,
        socket.create_server(("127.0.0.1", 0)) as ours,
    ):
        assert inodes_of(watched.tree) == frozenset()
        monkeypatch.setattr(sockets, "MOST_SOCKETS", DESCRIPTORS)
        assert inodes_of(watched.tree) is None
        assert ours.getsockname()[1] in {s.port for s in listeners_of(table, watched.tree)}, (
            "all there are, then"
        )


def test_a_table_of_many_sockets_is_told_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the next answer is whole again: nothing of the last one is left in the kernel's queue."""
    opened = [socket.create_server(("127.0.0.1", 0)) for _ in range(20)]
    with SocketTable() as table:
        with monkeypatch.context() as patched:
            patched.setattr(sockets, "MOST_SOCKETS", 5)
            found = [s for s in table.listeners() or () if "." in s.address]
            assert len(found) == 5
        inodes = {s.inode for s in table.listeners() or ()}
    assert {os.fstat(listener.fileno()).st_ino for listener in opened} <= inodes
    for listener in opened:
        listener.close()


@pytest.mark.parametrize(
    ("family", "address"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
)
def test_the_kernel_is_asked_for_one_port_alone(family: int, address: str) -> None:
    with SocketTable() as table, socket.create_server((address, 0), family=family) as listener:
        port = listener.getsockname()[1]
        clients = [socket.create_connection((address, port)) for _ in range(3)]
        ports = [client.getsockname()[1] for client in clients]
        assert [(s.port, s.state) for s in table.listeners(port) or ()] == [(port, LISTEN)]
        assert sorted(s.peer_port for s in table.look(port=port) or ()) == sorted([0, *ports])
        assert [s.peer_port for s in table.look(port=port, peer_port=ports[1]) or ()] == [ports[1]]
        assert table.look(port=port, peer_port=port) == ()
        for client in clients:
            client.close()


def test_a_connection_that_speaks_ipv4_to_an_ipv6_listener_is_found() -> None:
    with (
        SocketTable() as table,
        socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True) as listener,
    ):
        port = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as client:
            found = table.look(port=port, peer_port=client.getsockname()[1])
    assert found is not None
    assert [s.state for s in found] != []


def test_the_first_threads_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    with running(python(CROWDED)) as watched:
        assert len(waits.waits(watched.tree)) == THREADS
        monkeypatch.setattr(waits, "MOST_THREADS", 3)
        found = waits.waits(watched.tree)
        assert [wait.main for wait in found] == [True, False, False]
        assert len(list(waits.threads_of(watched.tree))) == THREADS

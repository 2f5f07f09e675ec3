"""Datagrams: what is received, what is said when none come, and the script that shows it."""

from __future__ import annotations

import re
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

import pytest
from msgspec.structs import replace

from grader.check.failure import Failure, Kind
from grader.check.random_inputs import RandomInputs
from grader.check.transcript import Direction, Entry, Transcript
from grader.course import Launch
from grader.net.datagrams import ANSWERED_ELSEWHERE
from grader.net.session import Surroundings
from grader.program.datagram_server import DatagramServer
from grader.program.program import Program
from grader.program.readiness import Readiness
from grader.system.sockets import SocketTable
from grader.udp import expect
from grader.udp.by_hand import script
from grader.udp.session import UdpSession, UdpSocket
from tests.unit.tiny_servers import PATIENT, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAD = """
import os, signal, socket, sys
server = socket.socket(type=socket.SOCK_DGRAM)
server.bind(("127.0.0.1", int(sys.argv[1])))
"""
LOOP = """
while True:
    data, address = server.recvfrom(65535)
    handle(data, address)
"""


@contextmanager
def session(source: str, place: Path, **budgets: float) -> Iterator[UdpSession]:
    """What a check holds of a server with this source, once it is bound."""
    port = free_port()
    command = [sys.executable, "-S", "-E", "-c", source, str(port)]
    allowed = replace(PATIENT, **budgets)
    with SocketTable() as table:
        program = Program(command, directory=place, environment={})
        try:
            address = Readiness(program, Launch(port, transport="udp"), table).wait(60)
            server = DatagramServer(program, address, port, table)
            around = Surroundings(server, None, cast("Any", None), allowed)
            held = UdpSession(around, RandomInputs(0, "x"), Transcript(time.monotonic))
            try:
                yield held
            finally:
                held.close()
        finally:
            program.kill()


def handling(statement: str) -> str:
    return f"{HEAD}\ndef handle(data, address):\n    {statement}\n{LOOP}"


def test_each_socket_receives_its_own_answers(tmp_path: Path) -> None:
    with session(handling("server.sendto(data[::-1], address)"), tmp_path) as held:
        first, second = held.socket(), held.socket()
        second.send(b"two")
        expect.datagram(first.ask(b"one"), b"eno")
        expect.datagram(second.receive(), b"owt")
        assert held.ask(b"") == b"", "a datagram can be empty"
        assert held.server.listening
    ways = [entry.direction for entry in held.transcript.entries if entry.connection == 1]
    assert ways == [Direction.OPENED, Direction.SENT, Direction.RECEIVED, Direction.CLOSED]


@pytest.mark.parametrize(
    ("source", "kind", "words"),
    [
        (handling("pass"), Kind.SILENCE, "your server read the whole datagram"),
        (f"{HEAD}\nsignal.pause()", Kind.SILENCE, "4 bytes"),
        (handling("os._exit(3)"), Kind.EXIT, "exit status 3 while handling this request"),
        (handling("1 / 0"), Kind.EXIT, "ZeroDivisionError"),
    ],
)
def test_why_no_datagram_comes(source: str, kind: Kind, words: str, tmp_path: Path) -> None:
    with session(source, tmp_path, answer=0.3) as held, pytest.raises(Failure) as caught:
        held.ask(b"PING")
    failure = caught.value
    assert (failure.kind, words in failure.summary) == (kind, True), failure.summary
    assert failure.hint


def test_a_socket_that_is_closed_is_told_of_it(tmp_path: Path) -> None:
    with session(handling("server.close(); signal.pause()"), tmp_path, close=0.2) as held:
        client = held.socket()
        client.send(b"one")
        while held.server.listening:
            held.server.program.wait_exit(0.001)
        with pytest.raises(Failure, match="does not take datagrams") as caught:
            client.ask(b"two")
    assert caught.value.kind is Kind.CONNECTION


def test_one_datagram_answers_a_request(tmp_path: Path) -> None:
    twice = handling("server.sendto(data, address); server.sendto(data, address)")
    with session(twice, tmp_path, quiet=0.2) as held:
        client = held.socket()
        client.ask(b"x")
        with pytest.raises(Failure, match="A second datagram came"):
            expect.no_more(client)
        expect.no_more(client)


def test_a_program_that_is_bound_elsewhere(tmp_path: Path) -> None:
    port, other = free_port(), free_port()
    program = Program(
        [sys.executable, "-S", "-E", "-c", f"{HEAD}\nsignal.pause()", str(other)],
        directory=tmp_path,
        environment={},
    )
    try:
        with SocketTable() as table, pytest.raises(Failure) as caught:
            Readiness(program, Launch(port, transport="udp"), table).wait(60)
    finally:
        program.kill()
    assert caught.value.summary == f"Your program listens on port {other}, not on UDP port {port}."
    assert str(caught.value.expected).startswith(f"a UDP socket on port {port} of 127.0.0.1")


def entry(connection: int, direction: Direction, data: bytes = b"") -> Entry:
    return Entry(connection, direction, 0.0, data)


def test_a_script_does_what_the_clients_did() -> None:
    entries = [
        entry(1, Direction.OPENED),
        entry(2, Direction.OPENED),
        entry(1, Direction.SENT, b"one"),
        entry(2, Direction.SENT, b"two"),
        entry(2, Direction.RECEIVED, b"owt"),
        entry(1, Direction.CLOSED),
    ]
    lines = (script(entries, 6379) or "").splitlines()
    assert lines[0] == "python3 - <<'END'"
    assert lines[4:] == [
        "c1.send(b'one')",
        "c2.send(b'two')",
        "print(c2.recv(65535))",
        "print(c1.recv(65535))  # TimeoutError when nothing comes",
        "END",
    ]
    assert script(entries[:2], 6379) is None
    assert script([entry(1, Direction.SENT, b"%d" % number) for number in range(30)], 6379) is None


def test_a_script_of_a_client_that_is_gone_does_not_wait_for_it() -> None:
    entries = [
        entry(1, Direction.OPENED),
        entry(1, Direction.SENT, b"one"),
        entry(1, Direction.CLOSED),
        entry(2, Direction.OPENED),
        entry(2, Direction.SENT, b"x" * 65_507),
    ]
    lines = (script(entries, 6379, anywhere=True) or "").splitlines()
    assert lines[3:5] == ["c1.sendto(b'one', (\"localhost\", 6379))", "c1.close()"]
    assert lines[6:] == [
        "c2.sendto(b'x' * 65507, (\"localhost\", 6379))",
        "print(c2.recvfrom(65535))  # TimeoutError when nothing comes",
        "END",
    ]


def failure_of(source: str, place: Path, clients: int = 1) -> Failure:
    """What it comes to that one client after the other sends a datagram, and waits for it."""
    budgets = {"answer": 0.3, "close": 0.3}
    with session(source, place, **budgets) as held, pytest.raises(Failure) as caught:
        _echo_each([held.socket() for _ in range(clients)])
    return caught.value


def _echo_each(clients: list[UdpSocket]) -> None:
    for number, one in enumerate(clients):
        one.send(b"%d" % number)
        expect.echoed(one, b"%d" % number)


@pytest.mark.skipif(sys.platform != "linux", reason="what comes from elsewhere is seen on Linux")
def test_an_answer_from_another_port_is_named(tmp_path: Path) -> None:
    other = "socket.socket(type=socket.SOCK_DGRAM).sendto(data, address)"
    failure = failure_of(handling(other), tmp_path)
    assert re.fullmatch(r"Your server answered from port \d+, not from .*", failure.summary)
    assert failure.cause == ANSWERED_ELSEWHERE


@pytest.mark.parametrize(
    ("statement", "clients", "words"),
    [
        ("held.append(address); server.sendto(data, held[0])", 2, "to another client"),
        ("server.connect(address); server.send(data)", 2, "has connected its socket"),
        (
            "server.sendto(data[:1], address) if data != b'0' else None",
            1,
            "read the whole datagram",
        ),
        ("server.sendto(b'b' + repr(data)[1:].encode(), address)", 1, "Python prints"),
    ],
)
def test_where_answers_go(statement: str, clients: int, words: str, tmp_path: Path) -> None:
    assert words in failure_of(f"held = []\n{handling(statement)}", tmp_path, clients).summary


def test_what_gets_lost_is_sent_again_and_a_copy_is_right(tmp_path: Path) -> None:
    second = "seen.append(data); [server.sendto(data, address) for _ in range(len(seen) - 1)]"
    with session(f"seen = []\n{handling(second)}", tmp_path, answer=0.9) as held:
        client = held.socket()
        client.send(b"lost")
        expect.echoed(client, b"lost")
        assert client.may_get_copies
        client.send(b"next")
        expect.echoed(client, b"next")
    sent = [it.data for it in held.transcript.entries if it.direction is Direction.SENT]
    assert sent == [b"lost", b"lost", b"next"]

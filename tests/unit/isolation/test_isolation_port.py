"""At every level a server without SO_REUSEADDR is launched again at once, whoever closed its
connections first."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.unit.isolation.inside import LEVEL_NAMES, WALLED, inside
from tests.unit.tiny_servers import free_port

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere TIME_WAIT may not hold a port"
)

SERVER = """
import socket, sys
listener = socket.socket()
listener.bind(("127.0.0.1", int(sys.argv[1])))
listener.listen()
while True:
    client, _ = listener.accept()
    kind = client.recv(9)
    if kind == b"linger":
        client.shutdown(socket.SHUT_WR)
    if kind != b"first":
        print(repr(client.recv(9)), flush=True)
    client.close()
"""
AGAIN = """
from grader.program import host as hosting
from grader.budgets import Budgets
from grader.http1.connection import Connection
from grader.course import Launch
from grader.system.sockets import SocketTable
from grader.program.submission import Submission
from grader.program.launch import Launcher
from grader.check.transcript import Transcript

port, helped = int(arguments[0]), arguments[1] == "helped"
if not helped:
    hosting.vacate = hosting.end_orphans = lambda *_: None
(directory / "server.py").write_text(arguments[2])
budgets, said = Budgets(start=60, answer=60, message=60, close=60, quiet=60), []
with SocketTable() as sockets:
    submission = Submission("server.py", directory, (sys.executable, str(directory / "server.py")))
    launcher = Launcher(submission, entered, scratch, sockets)
    with hosting.Host(launcher, Launch(port, (str(port),)), budgets, sockets) as host:
        for _ in range(2):
            server = host.server(fresh=True)
            for kind in (b"first", b"linger", b"last"):
                connection = Connection(server, budgets, Transcript(time.monotonic))
                connection.send(kind)
                if kind != b"last":
                    assert connection.ends_within(60)
                connection.close()
            said += lines(server.program, 2)
say(said)
"""


@pytest.mark.parametrize("level", LEVEL_NAMES)
def test_a_server_that_closes_first_is_launched_again(level: str, tmp_path: Path) -> None:
    said = inside(level, tmp_path, AGAIN, str(free_port()), "helped", SERVER)
    assert said == ["b''"] * 4  # what it read when the client left: an end, and no reset


@pytest.mark.parametrize("level", WALLED)
def test_a_network_of_our_own_forgets_connections_by_itself(level: str, tmp_path: Path) -> None:
    assert inside(level, tmp_path, AGAIN, str(free_port()), "", SERVER) == ["b''"] * 4

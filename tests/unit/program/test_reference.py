"""The reference as the grader meets it: on a socket with a name, and on one that has none any
more."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from grader.course import Course, course_root
from grader.errors import MachineError
from grader.program.reference import Reference
from grader.system.processes import children
from grader.system.sockets import SocketTable

if TYPE_CHECKING:
    from pathlib import Path

REQUEST = b"GET /echo/pear HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def course_in(root: Path) -> Course:
    return Course("one", "One", (), root)


def answer_of(connection: socket.socket) -> bytes:
    with connection:
        connection.settimeout(30)
        connection.sendall(REQUEST)
        return b"".join(iter(lambda: connection.recv(4096), b""))


def test_a_secluded_reference_answers_us_and_has_no_name(tmp_path: Path) -> None:
    with (
        SocketTable() as sockets,
        Reference(course_in(course_root()), tmp_path, sockets) as reference,
    ):
        assert answer_of(reference.connect(30)).endswith(b"pear")
        name = tmp_path / "reference.sock"
        by_name = socket.socket(socket.AF_UNIX)
        by_name.connect(str(name))  # as anybody of our user could
        assert answer_of(by_name).endswith(b"pear")
        for _ in range(2):
            reference.seclude()
            assert list(tmp_path.iterdir()) == []
            with socket.socket(socket.AF_UNIX) as nobody, pytest.raises(FileNotFoundError):
                nobody.connect(str(name))
            assert answer_of(reference.connect(30)).endswith(b"pear")


def test_on_demand_it_is_launched_when_somebody_connects(tmp_path: Path) -> None:
    before = children(os.getpid())
    course = course_in(course_root())
    with (
        SocketTable() as sockets,
        Reference(course, tmp_path, sockets, on_demand=True) as reference,
    ):
        assert children(os.getpid()) == before
        for _ in range(2):
            assert answer_of(reference.connect(30)).endswith(b"pear")
            assert len(children(os.getpid())) == len(before) + 1
    assert children(os.getpid()) == before


def test_a_reference_that_does_not_start_is_the_machines_fault(tmp_path: Path) -> None:
    (tmp_path / "reference.py").write_text("raise SystemExit('it is broken')\n")
    with (
        SocketTable() as sockets,
        Reference(course_in(tmp_path), tmp_path, sockets) as reference,
        pytest.raises(MachineError, match="does not start: it is broken"),
    ):
        reference.seclude()


def test_a_name_comes_before_connections_are_taken(tmp_path: Path) -> None:
    """A socket has its name from bind(2) on, and takes connections from listen(2) on."""
    (tmp_path / "reference.py").write_text(
        "import socket, sys, time\n"
        "server = socket.socket(socket.AF_UNIX)\n"
        "server.bind(sys.argv[2])\n"
        "time.sleep(0.3)\n"
        "server.listen()\n"
        "server.accept()\n"  # who only looked whether we are there
        "while True:\n"
        "    server.accept()[0].send(b'pear', socket.MSG_NOSIGNAL)\n"
    )
    with (
        SocketTable() as sockets,
        Reference(course_in(tmp_path), tmp_path, sockets) as reference,
        reference.connect(30) as connection,
    ):
        assert connection.recv(4) == b"pear"

"""A reference in any language: a command of the course, which a check of any protocol can ask."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, cast

import pytest
from msgspec.structs import replace

from grader.check.random_inputs import RandomInputs
from grader.check.transcript import Transcript
from grader.course import Launch, load_course
from grader.errors import MachineError
from grader.net.session import Surroundings
from grader.program.reference import Reference
from grader.system.sockets import SocketTable
from grader.tcp.session import TcpSession

if TYPE_CHECKING:
    from grader.course import Course

COURSE: Final = Path(__file__).parents[2] / "examples/courses/key-value"
SILENT: Final = SimpleNamespace(program=SimpleNamespace(output=SimpleNamespace(count=0)))
"""A server that is not asked, and prints nothing."""


def asked(course: Course, place: Path, line: str, launch: Launch | None = None) -> bytes:
    """What the reference answers to a line, as a check asks it."""
    with SocketTable() as sockets, Reference(course, place, sockets, launch) as reference:
        around = Surroundings(cast("Any", SILENT), None, reference, course.stages[0].budgets)
        session = TcpSession(around, RandomInputs(0, "x"), Transcript(lambda: 0.0))
        try:
            return session.reference(line)
        finally:
            session.close()


@pytest.mark.sample
def test_the_reference_of_the_course_answers_a_check(tmp_path: Path) -> None:
    assert asked(load_course(COURSE, only=()), tmp_path, "PING") == b"PONG\n"


@pytest.mark.sample
def test_a_command_in_another_language(tmp_path: Path) -> None:
    (tmp_path / "reference.sh").write_text(
        'exec "$2" -c \'import os, socket, sys\nlistener = socket.socket(socket.AF_UNIX)\n'
        "listener.bind(sys.argv[1]); listener.listen()\n"
        "while True:\n"
        "    client, _ = listener.accept()\n"
        "    if data := client.recv(99):\n"
        '        client.sendall(os.path.basename(os.getcwd()).encode() + b":" + data)\' "$1"\n'
    )
    course = replace(
        load_course(COURSE, only=()),
        root=tmp_path,
        reference=("sh", "reference.sh", "{socket}", "{python}"),
    )
    assert asked(course, tmp_path, "PING") == f"{tmp_path.name}:PING\n".encode()


@pytest.mark.sample
def test_fixtures_are_given_to_the_reference_too(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/index.txt").write_text("hello\n")
    course = replace(
        load_course(COURSE, only=()),
        root=tmp_path,
        reference=(
            "{python}",
            "-c",
            "import pathlib, socket, sys\nlistener = socket.socket(socket.AF_UNIX)\n"
            "listener.bind(sys.argv[1]); listener.listen()\n"
            "while True:\n"
            "    client, _ = listener.accept()\n"
            "    if client.recv(99):\n"
            "        client.sendall(pathlib.Path(sys.argv[2], 'index.txt').read_bytes())\n",
            "{socket}",
        ),
    )
    launch = Launch(1, ("{pages}",), fixtures=(("pages", tmp_path / "pages"),))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    assert asked(course, scratch, "PING", launch) == b"hello\n"


@pytest.mark.sample
def test_a_reference_that_ends_is_a_fault_of_the_course(tmp_path: Path) -> None:
    course = replace(
        load_course(COURSE, only=()), reference=("sh", "-c", "echo no such key; exit 3", "{socket}")
    )
    with pytest.raises(MachineError, match="does not start: no such key"):
        asked(course, tmp_path, "PING")

"""Who gets the signal when a program is asked to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from grader.program.stopping import Asked, ask_to_stop, topmost
from grader.system import processes
from grader.system.sockets import SocketTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.program.stopping import StopSignal

    Launch = Callable[[list[str]], tuple[subprocess.Popen[str], int]]

SERVER = """
import os, signal, socket, sys
{before}
listener = socket.create_server(("127.0.0.1", 0))
{after}
print(listener.getsockname()[1], flush=True)
signal.pause()
"""
ASKING = (signal.SIGTERM, signal.SIGINT)
FORKS = "if not os.fork(): signal.pause()"


class Tree:
    """A program, as far as it is asked who belongs to it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._pid = process.pid

    def tree(self) -> tuple[int, ...]:
        return (self._pid, *processes.descendants(self._pid))


@pytest.fixture
def launched() -> Iterator[Launch]:
    """Starts a server, whose port is known once it listens. No signal is ignored in it, whatever
    other tests, or who runs all of them in the background, have left."""
    before = {number: signal.signal(number, signal.SIG_DFL) for number in ASKING}
    running: list[subprocess.Popen[str]] = []

    def launch(command: list[str]) -> tuple[subprocess.Popen[str], int]:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        running.append(process)
        assert process.stdout is not None
        return process, int(process.stdout.readline())

    yield launch
    for process in running:
        with suppress(ProcessLookupError):  # its workers stay in its group when it has ended
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    for number, handler in before.items():
        signal.signal(number, handler)


def python(*, before: str = "", after: str = "") -> list[str]:
    return [sys.executable, "-c", SERVER.format(before=before, after=after)]


def ask(process: subprocess.Popen[str], port: int, name: StopSignal = "SIGTERM") -> Asked:
    with SocketTable() as sockets:
        program: Any = Tree(process)
        return ask_to_stop(program, sockets, port, name)


def test_the_only_process_gets_it(launched: Launch) -> None:
    process, port = launched(python())
    asked = ask(process, port)
    assert asked == Asked("SIGTERM", judged=True)
    assert process.wait(20) == -signal.SIGTERM
    assert asked.right == (0, 128 + signal.SIGTERM)


def test_a_shell_above_it_gets_none(launched: Launch) -> None:
    process, port = launched(["sh", "-c", '"$@"; exit 7', "sh", *python()])
    assert ask(process, port) == Asked("SIGTERM", judged=False)
    assert process.wait(20) == 7


def test_of_a_server_and_its_worker_the_server_gets_it(launched: Launch) -> None:
    process, port = launched(python(after=FORKS))
    assert ask(process, port).judged
    assert process.wait(20) == -signal.SIGTERM


def test_one_that_ignores_it_is_seen(launched: Launch) -> None:
    process, port = launched(python(before="signal.signal(signal.SIGTERM, signal.SIG_IGN)"))
    asked = ask(process, port)
    assert asked.note == "your program ignores SIGTERM"
    assert not ask(process, port, "SIGINT").note


def test_topmost_of_a_family(launched: Launch) -> None:
    process, _ = launched(python(after=FORKS))
    (child,) = processes.descendants(process.pid)
    assert topmost([process.pid, child]) == (process.pid,)
    assert topmost([child]) == (child,)

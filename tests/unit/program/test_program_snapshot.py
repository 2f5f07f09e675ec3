"""What is seen of a running program: its waits and its lines; without the lines once their time is
over."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from grader.diagnosis import Activity, Snapshot, SourceLine, lined
from grader.program import ask_for_stacks as asking
from grader.program import take_snapshot
from grader.program.ask_for_stacks import ask_for_stacks
from grader.program.program import Program
from grader.program.sources import Sources
from grader.system import waits as kernel_waits
from grader.system.waits import threads_of, waits
from tests.unit.system.watched import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux shows what a process waits for"
)

SOURCE = "import socket\none, other = socket.socketpair()\none.recv(1)\n"


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    (tmp_path / "waits.py").write_text(SOURCE)
    with started(tmp_path) as program:
        yield program


@contextmanager
def started(directory: Path) -> Iterator[Program]:
    """Its waits.py, once it waits in recv."""
    program = Program(
        [sys.executable, "-S", "waits.py"],
        directory=directory,
        environment={"PATH": os.defpath, "PYTHONFAULTHANDLER": "1"},
        sources=Sources(directory, directory),
    )
    try:
        until(
            lambda: any(wait.call == "recvfrom" for wait in waits(program.tree())), "a wait in recv"
        )
        yield program
    finally:
        program.kill()


def test_a_thread_its_wait_and_its_line(program: Program) -> None:
    (inode,) = {wait.inode for wait in waits(program.tree())}

    snapshot = take_snapshot.scene_of(program, {inode: 3})

    assert (snapshot.threads, snapshot.raised) == (1, None)
    assert snapshot.activities == (Activity("recvfrom", None, 3, main=True),)

    with_lines = lined(snapshot, ask_for_stacks(program))

    place = SourceLine("waits.py", 3, "", "one.recv(1)")
    assert with_lines.activities == (Activity("recvfrom", place, 3, main=True),)
    assert program.output.tail() == b""  # what it prints of its stacks is not its own output


@pytest.mark.parametrize(
    "handler",
    [
        "faulthandler.disable()",
        "signal.signal(signal.SIGABRT, lambda *_: print('mine', flush=True))",
        "signal.signal(signal.SIGABRT, signal.SIG_IGN)",
        "signal.signal(signal.SIGABRT, lambda *_: print('Current thread 0x1 (most recent call"
        ' first):\\n  File "/etc/passwd", line 1 in f\', flush=True))',
    ],
)
def test_a_program_that_does_not_say_its_lines(
    handler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "_LONGEST_S", 0.5)
    (tmp_path / "waits.py").write_text(f"import faulthandler, signal\n{handler}\n{SOURCE}")
    with started(tmp_path) as program:
        snapshot = take_snapshot.scene_of(program, {})
        assert lined(snapshot, ask_for_stacks(program)).activities == snapshot.activities


def test_a_program_that_has_ended_says_nothing(program: Program) -> None:
    program.kill()
    assert not ask_for_stacks(program).threads


CROWD = """import os, threading
lock = threading.Lock()
lock.acquire()
for _ in range(7):
    threading.Thread(target=lock.acquire, daemon=True).start()
lock.acquire()
"""


def test_of_many_threads_some_are_looked_at_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (take_snapshot, kernel_waits):
        monkeypatch.setattr(module, "MOST_THREADS", 3)
    (tmp_path / "waits.py").write_text(CROWD)
    started = Program(
        [sys.executable, "-S", "waits.py"], directory=tmp_path, environment={"PATH": os.defpath}
    )
    try:
        until(lambda: len(list(threads_of(started.tree()))) == 8, "all of its threads")
        until(
            lambda: all(wait.call == "futex" for wait in waits(started.tree())),
            "a wait for the lock",
        )
        snapshot = take_snapshot.scene_of(started, {})
    finally:
        started.kill()

    assert (snapshot.threads, snapshot.unseen, len(snapshot.activities)) == (8, 5, 3)
    assert "the grader looked at 3 of its 8 threads" in snapshot.evidence(1)


def test_what_not_all_threads_were_seen_to_do_is_not_said_of_all() -> None:
    accepts = Activity("accept", main=True)
    assert Snapshot((accepts,), 1).all_accept is accepts
    assert Snapshot((accepts,), 3, unseen=2).all_accept is None

"""What is seen of a running program: its waits and its lines; without the lines once their time is
over."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from grader.diagnosis import Activity, Snapshot, SourceLine
from grader.program import take_snapshot
from grader.program.program import Program
from grader.program.sources import Sources
from grader.system import waits as kernel_waits
from grader.system.waits import threads_of, waits
from tests.golden import lines_are_seen
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
    started = Program(
        [sys.executable, "-S", "waits.py"],
        directory=tmp_path,
        environment={"PATH": os.defpath},
        sources=Sources(tmp_path, tmp_path),
    )
    try:
        until(
            lambda: any(wait.call == "recvfrom" for wait in waits(started.tree())), "a wait in recv"
        )
        yield started
    finally:
        started.kill()


def test_a_thread_its_wait_and_its_line(program: Program) -> None:
    (inode,) = {wait.inode for wait in waits(program.tree())}

    snapshot = take_snapshot.scene_of(program, {inode: 3})

    place = SourceLine("waits.py", 3, "", "one.recv(1)") if lines_are_seen() else None
    assert (snapshot.threads, snapshot.raised) == (1, None)
    assert snapshot.activities == (Activity("recvfrom", place, 3, main=True),)


def test_lines_are_not_waited_for_for_ever(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take_snapshot, "_LONGEST_S", 0.0)
    monkeypatch.setattr(
        take_snapshot, "python_stacks", lambda *_: pytest.fail("there is no time for a look")
    )

    assert take_snapshot.scene_of(program, {}).activities == (Activity("recvfrom", main=True),)


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

"""The lines and the waits of a process, seen from outside; a look that takes too long ends."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from grader.system import python_stacks
from grader.system.waits import waits
from tests.unit.system.watched import python, running, until

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux shows what a process waits for"
)


def test_a_python_program_shows_its_lines_and_its_wait() -> None:
    source = "def wait():\n    one, _ = socket.socketpair()\n    ready(); one.recv(1)\nwait()"
    with running(python(source)) as program:
        pid = program.process.pid
        until(lambda: any(wait.call == "recvfrom" for wait in waits([pid])), "a wait in recv")
        (wait,) = waits([pid])
        found = python_stacks.python_stacks(pid)

    assert (wait.pid, wait.tid, wait.main) == (pid, pid, True)
    assert wait.inode
    assert found[wait.number][0].function == "wait"


def test_another_program_shows_none() -> None:
    with subprocess.Popen([shutil.which("sleep") or "sleep", "600"]) as other:
        assert not python_stacks.runs_python(other.pid)
        assert python_stacks.python_stacks(other.pid) == {}
        other.kill()


def test_what_is_gone_shows_nothing() -> None:
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    assert python_stacks.python_stacks(gone.pid) == {}
    assert waits([gone.pid]) == ()


@pytest.mark.parametrize(
    "script", ["exec sleep 600", "echo nonsense", "echo '[1]'", "yes", "exit 1"]
)
def test_a_look_that_fails_says_less(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "py-spy"
    fake.write_text(f"#!/bin/sh\n{script}\n")
    fake.chmod(0o755)
    monkeypatch.setattr(python_stacks, "_py_spy", lambda: str(fake))

    assert python_stacks.python_stacks(os.getpid(), longest_s=0.5) == {}

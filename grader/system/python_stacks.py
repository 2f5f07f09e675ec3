"""The source lines that the threads of a Python process are at, read from outside by py-spy where
it is installed.

py-spy only reads the process's memory and never stops it (`--nonblocking`). A hostile program can
make it show what it likes, or nothing: what it says is bounded here, and it is killed when it takes
too long.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

LONGEST_S: Final = 3.0  # it takes 0.02 s; a busy machine may be a hundred times slower
_MOST_BYTES: Final = 4 << 20
_MOST_MEMORY: Final = 1 << 30
_MOST_FRAMES: Final = 200
_LONGEST_NAME: Final = 400


@dataclass(frozen=True, slots=True)
class Frame:
    """One call: the file as the program names it, the line from 1, and the function's name. All
    three are hostile."""

    path: str
    line: int
    function: str


Stacks = Mapping[int, tuple[Frame, ...]]
"""A thread's number, as the program itself sees it -> its calls, the innermost first."""


def runs_python(pid: int) -> bool:
    """Whether this process is a Python interpreter, by the name of its program or a library."""
    with contextlib.suppress(OSError):
        if "python" in os.path.basename(os.readlink(f"/proc/{pid}/exe")):
            return True
        with open(f"/proc/{pid}/maps", "rb") as file:
            return b"/libpython" in file.read(_MOST_BYTES)
    return False


def python_stacks(pid: int, longest_s: float = LONGEST_S) -> Stacks:
    """What each Python thread of this process does; empty when that cannot be seen."""
    program = _py_spy()
    if program is None or not runs_python(pid):
        return {}
    command = (program, "dump", "--json", "--nonblocking", "--pid", str(pid))
    try:
        return _parsed(json.loads(_said(command, longest_s)))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def _py_spy() -> str | None:
    """Where py-spy is: beside the interpreter that runs us, else on PATH."""
    beside = os.pathsep.join((sysconfig.get_path("scripts"), os.path.dirname(sys.executable)))
    return shutil.which("py-spy", path=beside) or shutil.which("py-spy")


def _said(command: tuple[str, ...], longest_s: float) -> bytes:
    """What a command prints in its time and within bounds; `ValueError` if that is too little."""
    deadline = time.monotonic() + longest_s
    said = bytearray()
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
    ) as spy:
        try:
            _bound(spy.pid)
            assert spy.stdout is not None
            poller = select.poll()
            poller.register(spy.stdout, select.POLLIN)
            while poller.poll(max(0.0, deadline - time.monotonic()) * 1000):
                data = os.read(spy.stdout.fileno(), 1 << 16)
                said += data
                if not data or len(said) > _MOST_BYTES:
                    break
            else:
                raise ValueError("it took too long")
        finally:
            spy.kill()
    return bytes(said)


def _bound(pid: int) -> None:
    """A process that is being read may lie about its sizes."""
    if sys.platform == "linux":
        import resource

        with contextlib.suppress(OSError):
            resource.prlimit(pid, resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


def _parsed(dump: list[dict[str, Any]]) -> Stacks:
    return {
        int(thread["os_thread_id"]): tuple(
            _frame(frame) for frame in thread["frames"][:_MOST_FRAMES]
        )
        for thread in dump
        if thread["os_thread_id"] is not None
    }


def _frame(frame: dict[str, Any]) -> Frame:
    name = str(frame["name"]).rpartition(".")[2]  # without its class: not every Python knows that
    return Frame(str(frame["filename"])[:_LONGEST_NAME], int(frame["line"]), name[:_LONGEST_NAME])

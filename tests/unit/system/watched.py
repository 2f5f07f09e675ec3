"""Small programs to be looked at from outside: started, known to be under way, and gone with all
they started."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import textwrap
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from grader.system import processes
from grader.system.blocked import blocked_for_good

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PATIENCE_S = 60.0  # until a test gives up; nothing is judged by it
STEP_S = 0.002
_LOOKS = 25  # in a row without a change, until a program is taken to be where it stays

Found = TypeVar("Found")


def until(fact: Callable[[], Found], what: str) -> Found:
    """Wait until something is so that can only be seen by looking."""
    deadline = time.monotonic() + PATIENCE_S
    while not (found := fact()):
        assert time.monotonic() < deadline, f"never seen: {what}"
        select.select([], [], [], STEP_S)
    return found


@dataclass(frozen=True, slots=True)
class Watched:
    """A program that has said that it is ready."""

    process: subprocess.Popen[bytes]

    @property
    def tree(self) -> tuple[int, ...]:
        return (self.process.pid, *processes.descendants(self.process.pid))

    def look(self) -> processes.Look:
        found = processes.look(self.tree)
        assert found is not None
        return found

    def line(self) -> str:
        """The next line it prints."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().decode().strip()

    def says_more(self) -> bool:
        """Whether it has printed something that was not read, or ended."""
        return bool(select.select([self.process.stdout], [], [], 0)[0])

    def rests_for_certain(self) -> bool:
        """As the grader asks: nothing ran before, between and after the question, and the answer is
        yes."""
        before = self.look()
        return (
            processes.asleep(before)
            and blocked_for_good(self.tree)
            and processes.stood_still(before, self.look())
        )

    def ever_rests(self) -> bool:
        """Whether it is ever said to rest until it is where it stays."""
        return self.ever(self.rests_for_certain)

    def ever(self, said: Callable[[], bool]) -> bool:
        """Whether this is ever so until the program has stood still for long enough to be where it
        stays."""
        same, before = 0, self.look()
        deadline = time.monotonic() + PATIENCE_S
        while same < _LOOKS:
            assert time.monotonic() < deadline, "it never stands still"
            if said():
                return True
            select.select([], [], [], STEP_S)
            now = self.look()
            same, before = (same + 1 if processes.stood_still(before, now) else 0), now
        return False


@contextmanager
def running(command: Sequence[str]) -> Iterator[Watched]:
    """The command, once it has printed "ready". Its input is a pipe that nothing is written to."""
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        watched = Watched(process)
        try:
            assert watched.line() == "ready"
            yield watched
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def python(source: str) -> list[str]:
    """The command that runs this source, which is to call `ready()`, in a bare interpreter."""
    head = (
        "import ctypes, os, select, signal, socket, sys, threading, time\n"
        "def ready(): print('ready', flush=True)\n"
    )
    return [sys.executable, "-S", "-E", "-c", head + textwrap.dedent(source)]

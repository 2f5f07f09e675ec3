"""Asks a program for its own stacks, by a signal that mostly ends it: the lines at which it waits.

How it works: once a failure stands that was explained by a look at the program, nobody needs the
program any more. Then each of its processes that runs Python, Go, Java or Ruby gets the signal on
which its language prints the stack of every thread, or of the first (`stack_dumps`), and what it
prints until it ends is read. The threads of that print are those of the look, by their numbers.
Nothing of the print is shown as the program's own output. A program that has turned this off, or
has a handler of its own, prints nothing, and the sentence without lines is what is told.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import select
import signal
import sys
import time
from typing import TYPE_CHECKING, Final

from grader.diagnosis import Activity, Lines, ThreadLine
from grader.system.processes import executable
from grader.system.stack_dumps import SIGNALS, Stack, numbered, stacks_of
from grader.system.waits import WAITS_FOR_CHILDREN, waits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.diagnosis import SourceLine
    from grader.program.program import Program
    from grader.system.stack_dumps import Frame

_LONGEST_S: Final = 3.0  # a print takes some milliseconds; a busy machine may be much slower
_MOST_PROCESSES: Final = 4
_MOST_BYTES: Final = 4 << 20
_STEP_S: Final = 0.005
_GO_MARK: Final = b"\xff Go buildinf:"  # debug/buildinfo of Go: in each program it has linked
_END_OF_JAVA: Final = b"JNI global ref"  # the last part of a print, after all threads

_GO_WAITS: Final = {
    "Accept": "accept4", "accept": "accept4", "Read": "recvfrom", "Write": "sendto",
}  # fmt: skip
_GO_STATES: Final = {"sleep": "nanosleep", "running": "", "runnable": ""}


def ask_for_stacks(program: Program) -> Lines:
    """The lines of its threads. Afterwards the program has ended, as a rule; what it prints from
    here on is not kept."""
    threads: dict[tuple[int, int], ThreadLine] = {}
    goroutines: list[Activity] = []
    program.output.keep_no_more()
    # a child does not outlive every parent
    for pid in reversed(program.tree()[:_MOST_PROCESSES]):
        found = waits([pid])
        language = language_of(pid)
        if language is None or all(wait.call in WAITS_FOR_CHILDREN for wait in found):
            continue
        numbers = [wait.number for wait in found]
        most = sys.maxsize if language == "go" else len(numbers)
        stacks = _asked(program, pid, language, most)
        if language == "go":
            goroutines += _goroutines(stacks, program)
        else:
            for number, stack in numbered(stacks, numbers).items():
                threads[pid, number] = _thread_line(stack, program)
    return Lines(threads, tuple(goroutines))


def language_of(pid: int) -> str | None:
    """Which of the languages that print their stacks this process runs; None for any other."""
    with contextlib.suppress(OSError, ValueError):
        name = os.path.basename(executable(pid))
        if "python" in name:
            return "python"
        if name == "java":
            return "java"
        if name.startswith("ruby"):
            return "ruby"
        with open(f"/proc/{pid}/maps", "rb") as file:
            if b"/libpython" in file.read(_MOST_BYTES):
                return "python"
        if _is_of_go(f"/proc/{pid}/exe"):
            return "go"
    return None


def _is_of_go(path: str) -> bool:
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        return whole.find(_GO_MARK) >= 0


def _asked(program: Program, pid: int, language: str, most: int) -> tuple[Stack, ...]:
    """The stacks that this process prints: `most` of them, or fewer when it says no more.

    What a process has written before its end may reach the other end of the terminal after it; and
    as long as others hold the terminal, nothing says that all of it has come: then it is taken for
    whole once all stacks are there and two looks show the same.
    """
    since, printed = program.output.count, b""
    stacks: tuple[Stack, ...] = ()
    deadline = time.monotonic() + _LONGEST_S
    with _watched(pid) as process:
        if process is None or pid not in program.tree():  # now that the number cannot be another's
            return ()
        for number in (SIGNALS[language], signal.SIGCONT):  # it may be stopped
            with contextlib.suppress(OSError):
                signal.pidfd_send_signal(process, number)
        if language != "java":  # which goes on
            select.select([process], [], [], _LONGEST_S)
        while time.monotonic() < deadline:
            ended, before = program.output.ends_within(_STEP_S), printed
            printed = program.output.heard_since(since)
            stacks = stacks_of(language, printed.decode("utf-8", "replace"))
            if ended or _END_OF_JAVA in printed or (len(stacks) >= most and printed == before):
                break
    return stacks


@contextlib.contextmanager
def _watched(pid: int) -> Iterator[int | None]:
    """A descriptor that can be read once the process has ended; None when it has, or there are no
    more."""
    try:
        process = os.pidfd_open(pid)
    except OSError:
        yield None
        return
    try:
        yield process
    finally:
        os.close(process)


def _thread_line(stack: Stack, program: Program) -> ThreadLine:
    line = _own(stack.frames, program)
    if line is None:
        return ThreadLine(None)
    begins = program.sources.definition(line) if program.sources and line.function else line
    return ThreadLine(line, begins, loop=_in_event_loop(stack.frames))


def _own(frames: Iterable[Frame], program: Program) -> SourceLine | None:
    steps = [(frame.path, frame.line, frame.function) for frame in frames]
    return program.sources.innermost(steps) if program.sources else None


def _in_event_loop(frames: Iterable[Frame]) -> bool:
    return any(
        frame.function == "_run_once" and frame.path.endswith("asyncio/base_events.py")
        for frame in frames
    )


def _goroutines(stacks: Iterable[Stack], program: Program) -> Iterator[Activity]:
    """Those that are in the submission's own code."""
    for at, stack in enumerate(stacks):
        place = _own(stack.frames, program)
        if place is None:
            continue
        call = _GO_STATES.get(stack.state, "futex")
        if stack.state == "IO wait":
            names = (frame.function for frame in stack.frames)
            call = next((_GO_WAITS[name] for name in names if name in _GO_WAITS), "epoll_wait")
        yield Activity(call, place, computes=not call, main=not at)

"""The stacks that a program prints of itself when a signal asks for them: which signal, and what
the print says. Pure.

How it works: the interpreters and runtimes of some languages print the stack of every thread, with
file and line, on a signal; no debugger and no permission is needed. Python does so on SIGABRT when
its faulthandler is on (`PYTHONFAULTHANDLER=1`), Go and Java on SIGQUIT; Ruby ends by SIGINT, as by
an exception of its first thread. All but Java end with it, so it is asked for last. Java names each
thread by its number; Python prints its threads from the youngest to the oldest, which are as many
as the kernel's where no library has begun some of its own (`numbered`); a goroutine has no thread,
and is told by what it waits for.

All of this is written by the submission, which may print what it likes: it is bounded here, and
only names lines of the submission's own files later on.

Sources: Python's faulthandler.c, Go's runtime/traceback.go, HotSpot's thread.cpp, and Ruby's
eval_error.c.
"""

from __future__ import annotations

import re
import signal
from typing import TYPE_CHECKING, Final

from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_MOST_STACKS: Final = 500
_MOST_FRAMES: Final = 200
_LONGEST_NAME: Final = 400


class Frame(Value, frozen=True):
    """One call: the file as the program names it, the line from 1, and the function's name. All
    three are hostile."""

    path: str
    line: int
    function: str


class Stack(Value, frozen=True):
    """One thread's calls, the innermost first. number: the thread's id as the program itself sees
    it; None where the print does not say. state: what it waits for, in the runtime's words; empty
    where the print does not say."""

    frames: tuple[Frame, ...]
    number: int | None = None
    state: str = ""


SIGNALS: Final[Mapping[str, int]] = {
    "python": signal.SIGABRT,
    "go": signal.SIGQUIT,
    "java": signal.SIGQUIT,
    "ruby": signal.SIGINT,
}
"""What asks a program in this language for its stacks. Only Java goes on afterwards."""

_PYTHON_THREAD: Final = re.compile(r"(?:Current thread|Thread) 0x[0-9a-f]+.*most recent call first")
_PYTHON_FRAME: Final = re.compile(r'  File "(.*)", line (\d+) in (.*)')
_GOROUTINE: Final = re.compile(r"goroutine [1-9]\d* .*\[([^\],]*).*\]:")
_GO_CALL: Final = re.compile(r"(\S.*)\([^()]*\)")
_GO_PLACE: Final = re.compile(r"\t(.+):(\d+)(?: \+0x[0-9a-f]+.*)?")
_JAVA_THREAD: Final = re.compile(r'".*" .*\bnid=(0x[0-9a-f]+|\d+) (.*?)\s*(?:\[0x[0-9a-f]+\])?')
_JAVA_FRAME: Final = re.compile(r"\s+at (?!javax?\.|jdk\.|sun\.)([\w.$<>]+)\(([\w$]+\.\w+):(\d+)\)")
"""Not of the library, whose classes name their module, or begin so."""


_COLOUR: Final = re.compile(r"\x1b\[[\d;]*m")
_RUBY_BEGINS: Final = re.compile(r"(\S.*):(\d+):in [`'](.*)': .*\bInterrupt\b.*")
_RUBY_FRAME: Final = re.compile(r"\s+from (.+):(\d+):in [`'](.*)'")


def stacks_of(language: str, printed: str) -> tuple[Stack, ...]:
    """What a program in this language has printed of its stacks; empty when that is none.

    >>> said = 'Current thread 0x7f (most recent call first):\\n  File "a.py", line 3 in f'
    >>> stacks_of("python", said)
    (Stack(frames=(Frame(path='a.py', line=3, function='f'),), number=None, state=''),)
    """
    found = _READERS[language](printed.splitlines())
    return tuple(stack for stack, _ in zip(found, range(_MOST_STACKS), strict=False))


def numbered(stacks: Sequence[Stack], numbers: Sequence[int]) -> Mapping[int, Stack]:
    """The stack of each thread, by its number. numbers: all threads of the process, in the order
    in which they began.

    Where the print has no numbers and there are more threads than stacks, the first thread is the
    only one that is known: it has the last stack.
    """
    if all(stack.number is not None for stack in stacks):
        return {stack.number: stack for stack in stacks if stack.number is not None}
    if len(stacks) == len(numbers):
        return dict(zip(numbers, reversed(stacks), strict=True))
    return {numbers[0]: stacks[-1]} if stacks and numbers else {}


def _python(lines: Sequence[str]) -> Iterator[Stack]:
    frames: list[Frame] | None = None
    for line in lines:
        if _PYTHON_THREAD.match(line):
            if frames is not None:
                yield Stack(tuple(frames))
            frames = []
        elif (found := _PYTHON_FRAME.fullmatch(line)) and frames is not None:
            _add(frames, *found.groups())
        elif line and not line.startswith(" ") and frames:  # "Extension modules: ..."
            break
    if frames is not None:
        yield Stack(tuple(frames))


def _go(lines: Sequence[str]) -> Iterator[Stack]:
    """Each call is a line with its name, and below it a line with its place."""
    frames: list[Frame] | None = None
    state = call = ""
    for line in lines:
        if found := _GOROUTINE.fullmatch(line):
            if frames is not None:
                yield Stack(tuple(frames), state=state)
            frames, state = [], found[1]
        elif (found := _GO_PLACE.fullmatch(line)) and frames is not None and call:
            _add(frames, found[1], found[2], call)
            call = ""
        else:
            # "created by" has no arguments: it says where it was begun, not where it is
            call = found[1] if (found := _GO_CALL.fullmatch(line)) else ""
    if frames is not None:
        yield Stack(tuple(frames), state=state)


def _java(lines: Sequence[str]) -> Iterator[Stack]:
    frames: list[Frame] | None = None
    number, state = 0, ""
    for line in lines:
        if found := _JAVA_THREAD.fullmatch(line):
            if frames is not None:
                yield Stack(tuple(frames), number, state)
            frames, number, state = [], int(found[1], 0), found[2].strip()[:_LONGEST_NAME]
        elif (found := _JAVA_FRAME.fullmatch(line)) and frames is not None:
            _add(frames, found[2], found[3], found[1])
    if frames is not None:
        yield Stack(tuple(frames), number, state)


def _add(frames: list[Frame], path: str, line: str, function: str) -> None:
    """A name without what it belongs to: not every version knows that."""
    if len(frames) < _MOST_FRAMES and len(line) < 10:
        name = function.rpartition(".")[2]
        frames.append(Frame(path[:_LONGEST_NAME], int(line), name[:_LONGEST_NAME]))


def _ruby(lines: Sequence[str]) -> Iterator[Stack]:
    """Of the first thread alone. A terminal gets it in colours."""
    frames: list[Frame] = []
    for line in (_COLOUR.sub("", line) for line in lines):
        if found := _RUBY_BEGINS.fullmatch(line):
            frames = []
            _add(frames, *found.groups())
        elif (found := _RUBY_FRAME.fullmatch(line)) and frames:
            _add(frames, *found.groups())
    if frames:
        yield Stack(tuple(frames))


_READERS: Final = {"python": _python, "go": _go, "java": _java, "ruby": _ruby}

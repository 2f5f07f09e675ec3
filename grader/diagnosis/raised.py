"""Finds the last traceback that a program printed: what was raised, through which lines. Pure."""

from __future__ import annotations

import re
from typing import Final

from grader.diagnosis.panics import last_panic
from grader.diagnosis.traceback import Step, Traceback
from grader.system.stack_dumps import stacks_of

_PYTHON: Final = re.compile(
    r'^ *File "(?P<path>[^"]+)", line (?P<line>\d{1,7})(?:, in (?P<function>.+))?$'
)
_NEVER_AWAITED: Final = re.compile(
    r"^(?P<path>\S.*?):(?P<line>\d{1,7}): RuntimeWarning: coroutine '(?P<name>[\w.<>]{1,100})' was"
    r" never awaited",
    re.MULTILINE,
)
_FATAL: Final = "Fatal Python error: "
_HEAD: Final = "Traceback (most recent call last):"
_ERROR: Final = re.compile(r"[A-Za-z_][\w.]*(?::.*)?$")
_MOST_LINES: Final = 2000


def last_traceback(text: str) -> Traceback | None:
    """The last traceback of Python, or the last failure of another language, or `None`."""
    lines = text.splitlines()[-_MOST_LINES:]
    return _python(lines) or _fatal(lines) or last_panic(lines)


def last_unawaited(text: str) -> Traceback | None:
    """What Python warns of a coroutine that was called without await, with the line, or `None`."""
    *_, found = (None, *_NEVER_AWAITED.finditer(text))
    if found is None:
        return None
    step = (found["path"], int(found["line"]), "")
    return Traceback(f"coroutine '{found['name']}' was never awaited", (step,))


def _fatal(lines: list[str]) -> Traceback | None:
    """What Python's faulthandler prints when C code ends the process."""
    found = [at for at, line in enumerate(lines) if line.startswith(_FATAL)]
    current = [at for at in range(len(lines)) if lines[at].startswith("Current thread ")]
    if not found or not current:
        return None
    stacks = stacks_of("python", "\n".join(lines[current[-1] :]))
    frames = stacks[0].frames if stacks else ()
    steps = tuple((frame.path, frame.line, frame.function) for frame in frames)
    return Traceback(lines[found[-1]].removeprefix(_FATAL), steps)


def _python(lines: list[str]) -> Traceback | None:
    """From its heading; an error of syntax has none at the top level: from its `File` line on."""
    heads = [number for number, line in enumerate(lines) if line.strip().endswith(_HEAD)]
    start = (
        heads[-1] + 1
        if heads
        else next((n for n, line in enumerate(lines) if _PYTHON.match(line)), None)
    )
    if start is None:
        return None
    steps: list[Step] = []
    for line in lines[start:]:
        if found := _PYTHON.match(line):
            steps.append((found["path"], int(found["line"]), found["function"] or ""))
        elif line[:1] not in (" ", "") and steps:
            return Traceback(line.strip(), tuple(reversed(steps))) if _ERROR.match(line) else None
    return None

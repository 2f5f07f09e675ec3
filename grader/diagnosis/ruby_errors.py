"""Finds how a program in Ruby says that it fails: what was raised, and through which calls. Pure.

Sources: Ruby's eval_error.c, and what 3.1 prints on a terminal: the error and the first place in
one line, in colours, perhaps the line of source, then a line for each call further out. Ruby 2.5 to
2.7 print the calls before the error, the outermost first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.diagnosis.traceback import Step, Traceback

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_COLOUR: Final = re.compile(r"\x1b\[[\d;]*m")
_PLACE: Final = r"(?P<path>[^\s:][^:]*):(?P<line>\d{1,7})(?::in [`'](?P<function>.*)')?"
_RAISED: Final = re.compile(rf"{_PLACE}: (?P<message>.*) \((?P<name>[A-Z]\w*(?:::[A-Z]\w*)*)\)")
_SYNTAX: Final = re.compile(
    r"(?P<path>[^\s:][^:]*\.rb):(?P<line>\d{1,7})(?P<function>): syntax error, (?P<message>.*)"
)
_CALL: Final = re.compile(rf"\s+(?:from|\d+: from) {_PLACE}")
_FARTHEST: Final = 8
"""Lines between the error and its calls: the line of source, and what was perhaps meant."""


def ruby_error(lines: Sequence[str]) -> Traceback | None:
    """The last error, or `None`."""
    if (at := ruby_error_begins(lines)) is None:
        return None
    line = _plain(lines[at])
    raised = _RAISED.fullmatch(line)
    found = raised or _SYNTAX.fullmatch(line)
    if found is None:
        return None
    error = f"{raised['name'] if raised else 'SyntaxError'}: {found['message']}"
    calls = _calls(lines[at + 1 :]) or _calls(reversed(lines[:at]), farthest=1)
    return Traceback(error, (_step(found), *calls))


def ruby_error_begins(lines: Sequence[str]) -> int | None:
    """The line of the last error; None where there is none."""
    for at in range(len(lines) - 1, -1, -1):
        line = _plain(lines[at])
        if _RAISED.fullmatch(line) or _SYNTAX.fullmatch(line):
            return at
    return None


def _calls(lines: Iterable[str], farthest: int = _FARTHEST) -> tuple[Step, ...]:
    return tuple(_run_of_calls(lines, farthest))


def _run_of_calls(lines: Iterable[str], farthest: int) -> Iterator[Step]:
    """The first run of calls that begins within so many lines."""
    begun = False
    for at, line in enumerate(lines):
        found = _CALL.fullmatch(_plain(line))
        if found is None and (begun or at >= farthest):
            return
        if found is not None:
            begun = True
            yield _step(found)


def _step(found: re.Match[str]) -> Step:
    return found["path"], int(found["line"]), found["function"] or ""


def _plain(line: str) -> str:
    return _COLOUR.sub("", line).rstrip("\r")

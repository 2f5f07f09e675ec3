"""Finds how a program in Node says that it fails: an error with its stack, or an event of it. Pure.

An error is printed as its name and message, then its calls, the innermost first; an error of the
system has its fields after the last call, in braces. Node's own calls (`node:fs`) are among them.

Sources: Node's lib/events.js, V8's messages.js, lib/internal/util/inspect.js.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.diagnosis.traceback import Step, Traceback

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_EVENT: Final = "throw er; // Unhandled 'error' event"
_ERROR: Final = re.compile(
    r"(?:Uncaught )?(?:[A-Z]\w*(?: \[\w+\])?: .*|[A-Z]\w*Error(?: \[\w+\])?)"
)
_CALL: Final = re.compile(r" +at (?:async )?(?:(?P<function>.+) \()?(?P<place>[^()]+)\)?(?: \{)?")
_PLACE: Final = re.compile(r"(?:file://)?(?P<path>/[^():]+):(?P<line>\d{1,7}):\d+")
_MOST_LINES_OF_A_MESSAGE: Final = 5
_SYNTAX: Final = re.compile(r"SyntaxError: .+")
_FILE: Final = re.compile(r"(?:file://)?(?P<path>/[^:]+):(?P<line>\d{1,7})")
_MOST_OF_A_LINE: Final = 6  # from the place to the error: the line itself, wrapped, and its mark


def node_event(lines: Sequence[str]) -> Traceback | None:
    """An 'error' event is thrown by Node itself where nothing listens to it."""
    events = [at for at, line in enumerate(lines) if line.strip() == _EVENT]
    if not events:
        return None
    rest = lines[events[-1] :]
    at = next((at for at, line in enumerate(rest) if _ERROR.fullmatch(line)), None)
    if at is None:
        return None
    message = rest[at].partition(": ")[2]
    return Traceback(f"'error' event without a listener: {message}", tuple(_steps(rest[at + 1 :])))


def node_syntax(lines: Sequence[str]) -> Traceback | None:
    """What Node cannot read it does not call: the place stands above the line that is wrong."""
    for at in range(len(lines) - 1, -1, -1):
        if not _SYNTAX.fullmatch(lines[at]):
            continue
        above = (
            _FILE.fullmatch(line) for line in reversed(lines[max(0, at - _MOST_OF_A_LINE) : at])
        )
        place = next(filter(None, above), None)
        return Traceback(lines[at], ((place["path"], int(place["line"]), ""),)) if place else None
    return None


def node_stack(lines: Sequence[str]) -> Traceback | None:
    """The last error that stands above its calls."""
    at = node_error_begins(lines)
    if at is None:
        return None
    first = next(n for n in range(at, len(lines)) if _CALL.fullmatch(lines[n]))
    return Traceback(lines[at].strip().removeprefix("Uncaught "), tuple(_steps(lines[first:])))


def node_error_begins(lines: Sequence[str]) -> int | None:
    """The line of the last error that stands above its calls; a message may have several lines."""
    calls = [number for number, line in enumerate(lines) if _CALL.fullmatch(line)]
    runs = [number for number in calls if number - 1 not in calls]
    for first in reversed(runs):
        for at in range(first - 1, max(-1, first - 1 - _MOST_LINES_OF_A_MESSAGE), -1):
            if _ERROR.fullmatch(lines[at].strip()):
                return at
    return None


def _steps(lines: Sequence[str]) -> Iterator[Step]:
    """The calls that the lines begin with, as far as they name a file."""
    for line in lines:
        if (call := _CALL.fullmatch(line)) is None:
            return
        if place := _PLACE.fullmatch(call["place"]):
            yield place["path"], int(place["line"]), call["function"] or ""

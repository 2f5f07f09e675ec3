"""Finds how a program in Go, Rust, Java, Node or C says that it fails: the error and its calls.
Pure.

Each language prints this in a form of its own: a line with the error, then its calls, each with a
file and a line. The frames of its library are there too, and are sorted out where the submission's
own files are known (`Sources.innermost`).

Sources: Go's runtime/panic.go, Rust's std/src/panicking.rs, Java's Throwable.printStackTrace,
Node's lib/events.js, the reports of AddressSanitizer, glibc's malloc.c and fortify_fail.c.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.diagnosis.traceback import Step, Traceback
from grader.system.stack_dumps import stacks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_GO: Final = re.compile(
    r"(?P<date>\d{4}/\d\d/\d\d \d\d:\d\d:\d\d )?"
    r"(?P<error>(?:panic|fatal error|http: panic serving \S+): .*)"
)
_RUST: Final = re.compile(r"thread '.*'.* panicked at (?P<path>[^:]+):(?P<line>\d{1,7}):\d+:")
_JAVA: Final = re.compile(r'Exception in thread ".*" (?P<error>[\w.$]+(?:Exception|Error).*)')
_JAVA_CALL: Final = re.compile(r"\s+at [\w.$<>/@]+\((?P<path>[\w$]+\.\w+):(?P<line>\d{1,7})\)")
_NODE_EVENT: Final = "throw er; // Unhandled 'error' event"
_NODE_ERROR: Final = re.compile(r"(?P<name>[A-Z]\w*(?: \[\w+\])?): (?P<message>.*)")
_NODE_CALL: Final = re.compile(
    r" +at (?:(?P<function>.+) \()?(?:file://)?(?P<path>/[^():]+):(?P<line>\d{1,7}):\d+\)?"
)
_NODE_SYNTAX: Final = re.compile(r"SyntaxError: .+")
_NODE_PLACE: Final = re.compile(r"(?:file://)?(?P<path>/[^:]+):(?P<line>\d{1,7})")
_MOST_OF_A_LINE: Final = 6  # from the place to the error: the line itself, wrapped, and its mark
_SANITIZER: Final = re.compile(r"==\d+==ERROR: (?P<error>\w+Sanitizer: [\w-]+).*")
_SANITIZER_CALL: Final = re.compile(
    r" +#\d+ 0x[0-9a-f]+ in (?P<function>\S+) (?P<path>[^\s:()]+):(?P<line>\d{1,7})(?::\d+)?"
)
HEAP: Final = re.compile(
    r"(?:malloc|free|realloc|calloc|munmap_chunk|malloc_consolidate|unlink_chunk)\(\): .+"
    r"|double free or corruption.*|corrupted .*(?:size|list|chunk).*|\*\*\* .* detected \*\*\*.*"
)
"""What glibc says of memory that was written over, before it ends the program with SIGABRT."""


def last_panic(lines: Sequence[str]) -> Traceback | None:
    """The last failure in the form of one of these languages, or `None`."""
    return next(filter(None, (reader(lines) for reader in _READERS)), None)


def _last(lines: Sequence[str], pattern: re.Pattern[str]) -> tuple[int, re.Match[str]] | None:
    found = ((at, pattern.fullmatch(line)) for at, line in enumerate(lines))
    matches = [(at, match) for at, match in found if match]
    return matches[-1] if matches else None


def _calls(lines: Sequence[str], pattern: re.Pattern[str]) -> tuple[Step, ...]:
    """The calls from the first line on that is one to the last of its run."""
    steps: list[Step] = []
    for line in lines:
        if match := pattern.fullmatch(line):
            named = match.groupdict()
            steps.append((match["path"], int(match["line"]), named.get("function") or ""))
        elif steps:
            break
    return tuple(steps)


def _go(lines: Sequence[str]) -> Traceback | None:
    """The goroutine that panicked is printed first."""
    if (found := _last(lines, _GO)) is None:
        return None
    at, match = found
    stacks = stacks_of("go", "\n".join(lines[at:]))
    frames = stacks[0].frames if stacks else ()
    return Traceback(match["error"], tuple((it.path, it.line, it.function) for it in frames))


def _rust(lines: Sequence[str]) -> Traceback | None:
    if (found := _last(lines, _RUST)) is None:
        return None
    at, match = found
    message = lines[at + 1].strip() if at + 1 < len(lines) else ""
    return Traceback(f"panic: {message}", ((match["path"], int(match["line"]), ""),))


def _java(lines: Sequence[str]) -> Traceback | None:
    if (found := _last(lines, _JAVA)) is None:
        return None
    at, match = found
    name, colon, message = match["error"].partition(": ")
    error = f"{name.rpartition('.')[2]}{colon}{message}"
    return Traceback(error, _calls(lines[at + 1 :], _JAVA_CALL))


def _node_event(lines: Sequence[str]) -> Traceback | None:
    """An 'error' event is thrown by Node itself where nobody listens to it."""
    events = [at for at, line in enumerate(lines) if line.strip() == _NODE_EVENT]
    if not events:
        return None
    rest = lines[events[-1] :]
    at = next((at for at, line in enumerate(rest) if _NODE_ERROR.fullmatch(line)), None)
    if at is None:
        return None
    message = rest[at].partition(": ")[2]
    steps = _calls(rest[at + 1 :], _NODE_CALL)
    return Traceback(f"'error' event without a listener: {message}", steps)


def _node_syntax(lines: Sequence[str]) -> Traceback | None:
    """What Node cannot read it does not call: the place stands above the line that is wrong."""
    if (found := _last(lines, _NODE_SYNTAX)) is None:
        return None
    at, match = found
    above = lines[max(0, at - _MOST_OF_A_LINE) : at]
    if (place := _last(above, _NODE_PLACE)) is None:
        return None
    step = (place[1]["path"], int(place[1]["line"]), "")
    return Traceback(match.group(), (step,))


def _sanitizer(lines: Sequence[str]) -> Traceback | None:
    if (found := _last(lines, _SANITIZER)) is None:
        return None
    at, match = found
    return Traceback(match["error"], _calls(lines[at + 1 :], _SANITIZER_CALL))


_READERS: Final[Sequence[Callable[[Sequence[str]], Traceback | None]]] = (
    _node_event, _node_syntax, _go, _rust, _java, _sanitizer,
)  # fmt: skip

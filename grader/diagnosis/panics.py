"""Finds how a program in Go, Rust, Java, Node, Ruby or C says that it fails: the error and its
calls. Pure.

Each language prints this in a form of its own: a line with the error, then its calls, each with a
file and a line. The frames of its library are there too, and are sorted out where the submission's
own files are known (`Sources.innermost`).

Sources: Go's runtime/panic.go, Rust's std/src/panicking.rs, Java's Throwable.printStackTrace,
the reports of AddressSanitizer, glibc's malloc.c and fortify_fail.c.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.diagnosis.node_errors import (
    node_error_begins,
    node_event,
    node_stack,
    node_syntax,
)
from grader.diagnosis.ruby_errors import ruby_error, ruby_error_begins
from grader.diagnosis.traceback import Step, Traceback
from grader.system.stack_dumps import stacks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_GO: Final = re.compile(
    r"(?P<date>\d{4}/\d\d/\d\d \d\d:\d\d:\d\d )?"
    r"(?P<error>(?:panic|fatal error|http: panic serving \S+): .*)"
)
_RUST: Final = re.compile(r"thread '.*'.* panicked at (?P<path>[^:]+):(?P<line>\d{1,7}):\d+:")
_JAVA: Final = re.compile(
    r'(?:Exception in thread ".*" )?(?P<error>[\w.$]+(?:Exception|Error)(?:: .*)?)'
)
_JAVA_CALL: Final = re.compile(
    r"\s+at (?!javax?\.|jdk\.|sun\.)[\w.$<>]+\((?P<path>[\w$]+\.\w+):(?P<line>\d{1,7})\)"
)
"""Not of the library, whose classes name their module, or begin so."""
_JAVA_STACK: Final = re.compile(r"\s+at \S+\(.*\)")
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


def error_begins(lines: Sequence[str]) -> int | None:
    """The line with which the last failure begins, in a language that says its error first and then
    its calls; None where there is none. Python says it last."""
    ends = (*(_last(lines, pattern) for pattern in (_GO, _RUST, _SANITIZER)), _last_of_java(lines))
    found = [it[0] for it in ends if it is not None]
    begins = (node_error_begins(lines), ruby_error_begins(lines))
    found += [at for at in begins if at is not None]
    return max(found, default=None)


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


def _last_of_java(lines: Sequence[str]) -> tuple[int, re.Match[str]] | None:
    """The last error that stands above its calls: also one that was caught and printed."""
    for at in range(len(lines) - 2, -1, -1):
        if _JAVA_STACK.fullmatch(lines[at + 1]) and (match := _JAVA.fullmatch(lines[at])):
            return at, match
    return None


def _java(lines: Sequence[str]) -> Traceback | None:
    if (found := _last_of_java(lines)) is None:
        return None
    at, match = found
    name, colon, message = match["error"].partition(": ")
    error = f"{name.rpartition('.')[2]}{colon}{message}"
    return Traceback(error, _calls(lines[at + 1 :], _JAVA_CALL))


def _sanitizer(lines: Sequence[str]) -> Traceback | None:
    if (found := _last(lines, _SANITIZER)) is None:
        return None
    at, match = found
    return Traceback(match["error"], _calls(lines[at + 1 :], _SANITIZER_CALL))


_READERS: Final[Sequence[Callable[[Sequence[str]], Traceback | None]]] = (
    node_event, node_syntax, _go, _rust, _java, _sanitizer, ruby_error, node_stack,
)  # fmt: skip

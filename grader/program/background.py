"""Where a program puts itself into the background, by its source: its first process ends, and with
it all that it has started.

The line is looked for only where the first process has ended with status 0. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORK: Final = re.compile(r"(?P<before>[^\n]*?)\bfork\(\)")
_NAME: Final = re.compile(r"(\w+)\s*=\s*(?:\w+\.)?$")
_ENDS: Final = (
    r"\s*(?:>\s*0|!=\s*0)?\s*\)?\s*[:{]?\s*(?:(?:#|//).*\s*)?(?:\w+\.)?(?:_?exit|return)\b"
)
_PARENT: Final = re.compile(rf"\s*\)?{_ENDS}")
_NEAR: Final = 200  # characters between a fork and the end of the parent
_CALLS: Final = {
    ".c": re.compile(r"\bdaemon\s*\(\s*\w+\s*,\s*\w+\s*\)"),
    ".go": re.compile(r"\bSetsid:\s*true\b"),
    ".js": re.compile(r"\bdetached:\s*true\b"),
    ".py": re.compile(r"\bDaemonContext\(|\bstart_new_session\s*=\s*True\b"),
    ".rb": re.compile(r"\bProcess\.daemon\b"),
}
_SAME: Final = {".cc": ".c", ".cpp": ".c", ".mjs": ".js", ".cjs": ".js", ".ts": ".js"}
SUFFIXES: Final = (*_CALLS, *_SAME)
"""Of the files that are worth a look."""


def background_line(text: str, suffix: str) -> int | None:
    """The line of a source file, from 1, that puts the program into the background; None where none
    does.

    >>> background_line("import os\\nif os.fork():\\n    os._exit(0)\\n", ".py")
    2
    """
    return next((text.count("\n", 0, place) + 1 for place in _places(text, suffix)), None)


def _places(text: str, suffix: str) -> Iterator[int]:
    calls = _CALLS.get(_SAME.get(suffix, suffix))
    for found in calls.finditer(text) if calls else ():
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        if not _is_comment(line):
            yield found.start()
    for found in _FORK.finditer(text):
        if not _is_comment(found["before"]) and _parent_ends(found, text):
            yield found.end()


def _is_comment(before: str) -> bool:
    return "#" in before or "//" in before or before.lstrip().startswith("*")


def _parent_ends(fork: re.Match[str], text: str) -> bool:
    """Whether the process that has called fork ends at once: not the child, for which it is 0."""
    before, after = fork["before"], text[fork.end() : fork.end() + _NEAR]
    if re.search(r"(?:\bnot|!)\s*(?:\w+\.)?$", before):
        return False
    if re.search(r"\bif\b", before) and _PARENT.match(after):
        return True
    named = _NAME.search(before)
    return bool(named and re.search(rf"\bif\b[ (]*{named[1]}\b{_ENDS}", after))
